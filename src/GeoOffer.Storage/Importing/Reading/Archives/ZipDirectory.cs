using System.Buffers.Binary;

namespace GeoOffer.Storage.Importing.Reading.Archives;

/// <summary>Bounds the directory at the end of a ZIP archive (APPNOTE 4.3.12 to 4.3.16), all of which is held in memory once it is read.</summary>
internal static class ZipDirectory
{
    private const int Greatest = 16 << 20;
    private const int EndLength = 22;
    private const int LocatorLength = 20;
    private const int End64Length = 56;
    private const uint InEnd64 = uint.MaxValue;

    private static ReadOnlySpan<byte> EndStart => "PK\u0005\u0006"u8;

    private static ReadOnlySpan<byte> LocatorStart => "PK\u0006\u0007"u8;

    private static ReadOnlySpan<byte> End64Start => "PK\u0006\u0006"u8;

    /// <summary>Checks that an archive ends with a directory of tolerable size.</summary>
    /// <exception cref="UnreadableFileException">It does not.</exception>
    public static async Task CheckAsync(Stream stream, CancellationToken cancellationToken)
    {
        var tail = await ReadAsync(stream, Math.Max(0, stream.Length - EndLength - ushort.MaxValue - LocatorLength), int.MaxValue, cancellationToken);
        var end = tail.AsSpan().LastIndexOf(EndStart);
        if (end < 0 || tail.Length - end < EndLength)
        {
            throw UnpackedStream.Damaged();
        }

        long start = BinaryPrimitives.ReadUInt32LittleEndian(tail.AsSpan(end + 16));
        if (start == InEnd64)
        {
            start = await ReadStart64Async(stream, tail.AsMemory(0, end), cancellationToken);
        }

        var size = stream.Length - tail.Length + end - start;
        if (start < 0 || size < 0)
        {
            throw UnpackedStream.Damaged();
        }

        if (size > Greatest)
        {
            throw new UnreadableFileException(new FileFault(
                FileFaultCode.RecordTooLarge, "the archive holds too many files", "unpack it, and import the file that is wanted"));
        }
    }

    private static async Task<long> ReadStart64Async(Stream stream, ReadOnlyMemory<byte> beforeEnd, CancellationToken cancellationToken)
    {
        if (beforeEnd.Length < LocatorLength || !beforeEnd.Span[^LocatorLength..].StartsWith(LocatorStart))
        {
            throw UnpackedStream.Damaged();
        }

        var at = BinaryPrimitives.ReadInt64LittleEndian(beforeEnd.Span[^LocatorLength..][8..]);
        var end = at < 0 || at > stream.Length ? [] : await ReadAsync(stream, at, End64Length, cancellationToken);
        return end.Length == End64Length && end.AsSpan().StartsWith(End64Start)
            ? BinaryPrimitives.ReadInt64LittleEndian(end.AsSpan(48))
            : throw UnpackedStream.Damaged();
    }

    private static async Task<byte[]> ReadAsync(Stream stream, long position, int most, CancellationToken cancellationToken)
    {
        var bytes = new byte[Math.Min(most, stream.Length - position)];
        stream.Position = position;
        var read = await stream.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellationToken);
        return bytes[..read];
    }
}
