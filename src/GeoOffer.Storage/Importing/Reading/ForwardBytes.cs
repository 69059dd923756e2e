using System.Buffers;

namespace GeoOffer.Storage.Importing.Reading;

/// <summary>
/// Reads a binary stream forward, piece by piece. The buffer grows with the bytes that arrive, never with a length that the file only
/// states.
/// </summary>
internal sealed class ForwardBytes(Stream stream) : IAsyncDisposable
{
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(1 << 17);
    private int _start;
    private int _end;

    /// <summary>Bytes taken or skipped so far.</summary>
    public long Position { get; private set; }

    /// <summary>Reads on until so many bytes can be taken.</summary>
    /// <returns>False when the stream ends before.</returns>
    /// <exception cref="UnreadableFileException">So many bytes are more than a record may have.</exception>
    public async ValueTask<bool> TryFillAsync(long count, CancellationToken cancellationToken)
    {
        if (count > SourceReader.LargestRecord)
        {
            throw TooLarge();
        }

        while (_end - _start < count)
        {
            MakeRoom();
            var read = await stream.ReadAsync(_buffer.AsMemory(_end), cancellationToken);
            if (read == 0)
            {
                return false;
            }

            _end += read;
        }

        return true;
    }

    /// <summary>Takes bytes that are there; valid until more are filled in.</summary>
    public ReadOnlyMemory<byte> Take(int count)
    {
        var taken = _buffer.AsMemory(_start, Math.Min(count, _end - _start));
        _start += taken.Length;
        Position += taken.Length;
        return taken;
    }

    /// <summary>Passes over bytes.</summary>
    /// <returns>False when the stream ends before.</returns>
    public async ValueTask<bool> TrySkipAsync(long count, CancellationToken cancellationToken)
    {
        while (count > 0)
        {
            if (_start == _end && !await TryFillAsync(1, cancellationToken))
            {
                return false;
            }

            count -= Take((int)Math.Min(count, _end - _start)).Length;
        }

        return true;
    }

    /// <summary>Frees buffer and stream.</summary>
    public ValueTask DisposeAsync()
    {
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
        (_start, _end) = (0, 0);
        return stream.DisposeAsync();
    }

    /// <summary>The fault of a record that is not held in memory.</summary>
    public static UnreadableFileException TooLarge() => new(new FileFault(
        FileFaultCode.RecordTooLarge,
        $"a single feature is greater than {SourceReader.LargestRecord >> 20} MB, or its length is damaged",
        "split or generalise it"));

    private void MakeRoom()
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
        }

        if (_end == _buffer.Length)
        {
            var larger = ArrayPool<byte>.Shared.Rent(_buffer.Length * 2);
            _buffer.AsSpan(0, _end).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = larger;
        }
    }
}
