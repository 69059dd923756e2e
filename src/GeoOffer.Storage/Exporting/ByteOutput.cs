using System.Buffers;

namespace GeoOffer.Storage.Exporting;

/// <summary>Gathers bytes and sends them on in pieces worth their while; it grows only where a single feature is larger.</summary>
internal sealed class ByteOutput(Stream destination) : IBufferWriter<byte>
{
    private const int Piece = 64 * 1024;

    private byte[] _buffer = new byte[2 * Piece];
    private int _used;

    /// <summary>Sends what has gathered, if it is enough; call it after each feature.</summary>
    public ValueTask BreatheAsync(CancellationToken cancellationToken) =>
        _used < Piece ? ValueTask.CompletedTask : FlushAsync(cancellationToken);

    /// <summary>Sends all.</summary>
    public async ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        await destination.WriteAsync(_buffer.AsMemory(0, _used), cancellationToken);
        _used = 0;
    }

    /// <summary>Room for so many bytes, to be claimed by <see cref="Advance"/>.</summary>
    public Span<byte> Reserve(int size)
    {
        if (_buffer.Length - _used < size)
        {
            Array.Resize(ref _buffer, (int)Math.Max(_used + (long)size, Math.Min(_buffer.Length * 2L, Array.MaxLength)));
        }

        return _buffer.AsSpan(_used);
    }

    /// <inheritdoc/>
    public void Advance(int count) => _used += count;

    /// <summary>Writes a byte.</summary>
    public void Write(byte value)
    {
        Reserve(1)[0] = value;
        _used++;
    }

    /// <summary>Writes bytes.</summary>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Reserve(bytes.Length));
        _used += bytes.Length;
    }

    /// <summary>What has gathered, until more is written.</summary>
    public ReadOnlySpan<byte> Written => _buffer.AsSpan(0, _used);

    /// <summary>What has gathered from a place on, to be written over.</summary>
    public Span<byte> At(int start) => _buffer.AsSpan(start, _used - start);

    /// <summary>Forgets what has gathered.</summary>
    public void Clear() => _used = 0;

    Memory<byte> IBufferWriter<byte>.GetMemory(int sizeHint)
    {
        Reserve(Math.Max(sizeHint, 1));
        return _buffer.AsMemory(_used);
    }

    Span<byte> IBufferWriter<byte>.GetSpan(int sizeHint) => Reserve(Math.Max(sizeHint, 1));
}
