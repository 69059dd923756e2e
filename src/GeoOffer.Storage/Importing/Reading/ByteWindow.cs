using System.Buffers;

namespace GeoOffer.Storage.Importing.Reading;

/// <summary>The unread part of a stream that is in memory; it grows to the greatest record and no further.</summary>
/// <param name="stream">The stream; a byte order mark of UTF-8 is passed over.</param>
/// <param name="lineBreak">What ends a line.</param>
internal sealed class ByteWindow(Stream stream, byte lineBreak = (byte)'\n') : IDisposable
{
    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(1 << 16);
    private int _start;
    private int _end;
    private bool _begun;

    /// <summary>Whether the stream holds nothing after what is unread.</summary>
    public bool IsFinal { get; private set; }

    /// <summary>The line on which the unread part starts, from 1.</summary>
    public long Line { get; private set; } = 1;

    /// <summary>What is read from the stream and not yet consumed.</summary>
    public ReadOnlyMemory<byte> Unread => _buffer.AsMemory(_start, _end - _start);

    /// <summary>Marks bytes as read.</summary>
    public void Consume(int count)
    {
        Line += _buffer.AsSpan(_start, count).Count(lineBreak);
        _start += count;
    }

    /// <summary>Passes over bytes at the beginning.</summary>
    public async ValueTask SkipAsync(int count, CancellationToken cancellationToken)
    {
        while (count > 0 && !IsFinal)
        {
            await FillAsync(cancellationToken);
            var passed = Math.Min(count, Unread.Length);
            Consume(passed);
            count -= passed;
        }
    }

    /// <summary>Reads more from the stream.</summary>
    /// <exception cref="UnreadableFileException">The unread part is as great as a record may be.</exception>
    public async ValueTask FillAsync(CancellationToken cancellationToken)
    {
        MakeRoom();
        var least = _begun ? 1 : ByteOrderMark.Length;
        var read = await stream.ReadAtLeastAsync(_buffer.AsMemory(_end), least, throwOnEndOfStream: false, cancellationToken);
        _end += read;
        IsFinal = read < least;
        if (!_begun)
        {
            _begun = true;
            _start += Unread.Span.StartsWith(ByteOrderMark) ? ByteOrderMark.Length : 0;
        }
    }

    public void Dispose() => ArrayPool<byte>.Shared.Return(_buffer);

    private void MakeRoom()
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
        }

        if (_end < _buffer.Length)
        {
            return;
        }

        if (_buffer.Length >= SourceReader.LargestRecord)
        {
            throw new UnreadableFileException(new FileFault(
                FileFaultCode.RecordTooLarge,
                $"a single feature or value is greater than {SourceReader.LargestRecord >> 20} MB",
                "split or generalise it; a file that is one single long value is no collection of features",
                Line));
        }

        var larger = ArrayPool<byte>.Shared.Rent(_buffer.Length * 2);
        _buffer.AsSpan(0, _end).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
    }
}
