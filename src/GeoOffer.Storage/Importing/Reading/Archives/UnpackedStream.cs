using System.Globalization;

namespace GeoOffer.Storage.Importing.Reading.Archives;

/// <summary>
/// What comes out of an archive: bounded against bombs, held to the length and checksum that the archive states, and with damage in words.
/// </summary>
/// <param name="inner">The decompressed bytes.</param>
/// <param name="packedLength">The number of compressed bytes that they are made of.</param>
/// <param name="check">What the archive states of them.</param>
/// <param name="owner">What is disposed of after the stream.</param>
internal sealed class UnpackedStream(Stream inner, long packedLength, ArchiveCheck check, IAsyncDisposable? owner) : Stream
{
    /// <summary>No file is refused before so many bytes, however well it is compressed.</summary>
    public const long AlwaysUnpacked = 100 << 20;

    /// <summary>Text of many equal rows is compressed a hundredfold; what deflate can do at most is a thousandfold.</summary>
    public const int GreatestRatio = 250;

    private long _length;

    /// <inheritdoc />
    public override bool CanRead => true;

    /// <inheritdoc />
    public override bool CanSeek => false;

    /// <inheritdoc />
    public override bool CanWrite => false;

    /// <inheritdoc />
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc />
    public override long Position
    {
        get => _length;
        set => throw new NotSupportedException();
    }

    /// <inheritdoc />
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            var read = await inner.ReadAsync(buffer, cancellationToken);
            Account(buffer.Span[..read], isEnd: read == 0 && buffer.Length > 0);
            return read;
        }
        catch (Exception exception) when (exception is InvalidDataException or EndOfStreamException)
        {
            throw Damaged(exception);
        }
    }

    /// <inheritdoc />
    public override int Read(byte[] buffer, int offset, int count)
    {
        try
        {
            var read = inner.Read(buffer, offset, count);
            Account(buffer.AsSpan(offset, read), isEnd: read == 0 && count > 0);
            return read;
        }
        catch (Exception exception) when (exception is InvalidDataException or EndOfStreamException)
        {
            throw Damaged(exception);
        }
    }

    /// <inheritdoc />
    public override void Flush()
    {
    }

    /// <inheritdoc />
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc />
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc />
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc />
    public override async ValueTask DisposeAsync()
    {
        await inner.DisposeAsync();
        if (owner is not null)
        {
            await owner.DisposeAsync();
        }

        await base.DisposeAsync();
    }

    /// <summary>The fault of an archive.</summary>
    public static UnreadableFileException Damaged(Exception? cause = null) => new(
        new FileFault(
            FileFaultCode.Syntax,
            cause is null ? "the archive is cut or damaged" : $"the archive is cut or damaged: {MessageText.Shorten(cause.Message)}",
            "copy or download it again"),
        cause);

    private void Account(ReadOnlySpan<byte> bytes, bool isEnd)
    {
        _length += bytes.Length;
        if (_length > AlwaysUnpacked && _length / GreatestRatio > packedLength)
        {
            throw new UnreadableFileException(new FileFault(
                FileFaultCode.RecordTooLarge,
                string.Create(CultureInfo.InvariantCulture, $"the archive unpacks to more than {GreatestRatio} times its size"),
                "unpack it, and import what it holds"));
        }

        if (!check.Holds(bytes, isEnd))
        {
            throw Damaged();
        }
    }
}
