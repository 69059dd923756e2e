using System.Buffers.Binary;
using System.Globalization;

namespace GeoOffer.Storage.Importing.Reading.Shapefiles;

/// <summary>Goes through the records of a .shp one by one.</summary>
internal abstract class ShapeCursor : IAsyncDisposable
{
    /// <summary>The length of the header of a record in bytes: its number, and the length of its content in words of 16 bits.</summary>
    protected const int RecordHeaderLength = 8;

    /// <summary>The content of the record, without its header; valid until the next.</summary>
    public abstract ReadOnlySpan<byte> Content { get; }

    /// <summary>The part of the records that is done, 0 to 1; null where that is not known.</summary>
    public abstract double? ShareRead { get; }

    /// <summary>Opens a .shp before its first record.</summary>
    /// <exception cref="UnreadableFileException">It cannot be opened, or is no .shp.</exception>
    public static async Task<ShapeCursor> OpenAsync(ShapefileParts parts, ShapeIndex? index, CancellationToken cancellationToken) =>
        index is { IsSequential: false }
            ? await IndexedShapes.OpenIndexedAsync(parts, index, cancellationToken)
            : await ShapeSequence.OpenSequenceAsync(parts.Shapes, index?.Count, cancellationToken);

    /// <summary>Goes on to the next record.</summary>
    /// <returns>False when there is none.</returns>
    /// <exception cref="UnreadableFileException">The file is damaged.</exception>
    public abstract ValueTask<bool> MoveNextAsync(CancellationToken cancellationToken);

    /// <inheritdoc />
    public abstract ValueTask DisposeAsync();

    /// <summary>The length in bytes that a record states for its content.</summary>
    protected static long StatedLength(ReadOnlySpan<byte> recordHeader) => BinaryPrimitives.ReadUInt32BigEndian(recordHeader[4..]) * 2L;

    /// <summary>The fault of a record whose length cannot be.</summary>
    protected static UnreadableFileException Leaves(long number, long length) => Broken(
        string.Create(CultureInfo.InvariantCulture, $"record {number} states a length of {length} bytes, with which it leaves the file"));

    /// <summary>The fault of a .shp.</summary>
    protected static UnreadableFileException Broken(string reason) => new(new FileFault(
        FileFaultCode.Structure, $"the .shp is cut or damaged: {reason}", "copy or export the shapefile again"));
}
