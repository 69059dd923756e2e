using System.Buffers;

namespace GeoOffer.PostGis;

/// <summary>Writes to a buffer writer a chunk at a time, because asking for a span per number costs more than the number.</summary>
internal ref struct Utf8Sink(IBufferWriter<byte> output)
{
    private const int ChunkSize = 4096;

    private Span<byte> _chunk;
    private int _used;

    /// <summary>A span of at least <paramref name="size"/> bytes to write to, then to be claimed by <see cref="Advance"/>.</summary>
    public Span<byte> Reserve(int size)
    {
        if (_chunk.Length - _used < size)
        {
            Flush();
            _chunk = output.GetSpan(Math.Max(size, ChunkSize));
        }

        return _chunk[_used..];
    }

    public void Advance(int count) => _used += count;

    public void Write(byte value)
    {
        Reserve(1)[0] = value;
        _used++;
    }

    public void Write(ReadOnlySpan<byte> text)
    {
        text.CopyTo(Reserve(text.Length));
        _used += text.Length;
    }

    /// <summary>Hands everything written to the buffer writer.</summary>
    public void Flush()
    {
        output.Advance(_used);
        _chunk = default;
        _used = 0;
    }
}
