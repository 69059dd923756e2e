using System.Buffers.Binary;

namespace GeoOffer.Storage.Importing.Reading.Shapefiles;

/// <summary>What a .shx says of the records of its .shp.</summary>
/// <param name="Count">The number of records.</param>
/// <param name="IsSequential">Whether they follow each other from the header on, with nothing between them.</param>
internal sealed record ShapeIndex(long Count, bool IsSequential)
{
    /// <summary>The length of the header of a .shp or .shx in bytes.</summary>
    public const int HeaderLength = 100;

    /// <summary>The length of an entry in bytes: where the record stands, and the length of its content, in words of 16 bits.</summary>
    public const int EntryLength = 8;

    private const int FileCode = 9994;
    private const long WordLength = 2;
    private const long RecordHeaderWords = 4;

    /// <summary>Where the record of an entry stands in the .shp, in bytes.</summary>
    public static long Offset(ReadOnlySpan<byte> entry) => BinaryPrimitives.ReadUInt32BigEndian(entry) * WordLength;

    /// <summary>Reads the header that .shp and .shx have alike.</summary>
    /// <param name="header">Its bytes.</param>
    /// <param name="length">The length of the file in bytes, as it states.</param>
    /// <returns>False when it is none.</returns>
    public static bool TryReadHeader(ReadOnlySpan<byte> header, out long length)
    {
        length = BinaryPrimitives.ReadUInt32BigEndian(header[24..]) * WordLength;
        return BinaryPrimitives.ReadInt32BigEndian(header) == FileCode && length >= HeaderLength;
    }

    /// <summary>Reads a .shx once through.</summary>
    /// <returns>Null when it is not there or damaged: the .shp can be read without.</returns>
    public static async Task<ShapeIndex?> InspectAsync(ImportFile? file, CancellationToken cancellationToken)
    {
        if (file is null)
        {
            return null;
        }

        await using var bytes = new ForwardBytes(await file.OpenStreamAsync(cancellationToken));
        if (!await bytes.TryFillAsync(HeaderLength, cancellationToken)
            || !TryReadHeader(bytes.Take(HeaderLength).Span, out var length)
            || (length - HeaderLength) % EntryLength != 0)
        {
            return null;
        }

        var count = (length - HeaderLength) / EntryLength;
        var isSequential = true;
        var expected = HeaderLength / WordLength;
        for (long i = 0; i < count; i++)
        {
            if (!await bytes.TryFillAsync(EntryLength, cancellationToken))
            {
                return null;
            }

            var entry = bytes.Take(EntryLength).Span;
            isSequential &= BinaryPrimitives.ReadUInt32BigEndian(entry) == expected;
            expected += RecordHeaderWords + BinaryPrimitives.ReadUInt32BigEndian(entry[4..]);
        }

        return new ShapeIndex(count, isSequential);
    }
}
