using System.Buffers.Binary;
using System.IO.Compression;

namespace GeoOffer.Storage.Importing.Reading.Archives;

/// <summary>Files compressed with gzip (RFC 1952), of one member.</summary>
internal static class Gzip
{
    private const int ShortestLength = 18;
    private const int TrailerLength = 8;

    /// <summary>The file inside; its length is not known before it is read.</summary>
    public static ImportFile Unpack(ImportFile file)
    {
        var name = Path.GetExtension(file.Name).Equals(".gz", StringComparison.OrdinalIgnoreCase) ? file.Name[..^3] : file.Name;
        return new ImportFile(name, async cancellationToken => await OpenAsync(file, cancellationToken));
    }

    private static async Task<Stream> OpenAsync(ImportFile file, CancellationToken cancellationToken)
    {
        var packed = await Spool.SeekableAsync(await file.OpenStreamAsync(cancellationToken), cancellationToken);
        try
        {
            // GZipStream takes the end of a file that was cut for the end of the data: the trailer tells them apart.
            var trailer = new byte[TrailerLength];
            packed.Position = Math.Max(0, packed.Length - TrailerLength);
            await packed.ReadAtLeastAsync(trailer, TrailerLength, throwOnEndOfStream: false, cancellationToken);
            packed.Position = 0;
            var length = packed.Length;
            var check = new ArchiveCheck(
                BinaryPrimitives.ReadUInt32LittleEndian(trailer), BinaryPrimitives.ReadUInt32LittleEndian(trailer.AsSpan(4)), longest: null);
            return length < ShortestLength
                ? throw UnpackedStream.Damaged()
                : new UnpackedStream(new GZipStream(packed, CompressionMode.Decompress), length, check, owner: null);
        }
        catch
        {
            await packed.DisposeAsync();
            throw;
        }
    }
}
