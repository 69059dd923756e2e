using System.Globalization;

namespace GeoOffer.Storage.Importing.Reading.Shapefiles;

/// <summary>
/// The records of a .shp in the order and at the places that the .shx states. Programs that change a shape in place move a greater one to
/// the end, and leave the old one where it was.
/// </summary>
internal sealed class IndexedShapes : ShapeCursor
{
    private readonly Stream _shapes;
    private readonly ForwardBytes _entries;
    private readonly long _count;
    private readonly byte[] _header = new byte[RecordHeaderLength];
    private long _number;
    private int _length;
    private byte[] _content = [];

    private IndexedShapes(Stream shapes, ForwardBytes entries, long count) => (_shapes, _entries, _count) = (shapes, entries, count);

    /// <inheritdoc />
    public override ReadOnlySpan<byte> Content => _content.AsSpan(0, _length);

    /// <inheritdoc />
    public override double? ShareRead => _count == 0 ? null : (double)_number / _count;

    /// <summary>Opens a .shp and its index.</summary>
    public static async Task<IndexedShapes> OpenIndexedAsync(ShapefileParts parts, ShapeIndex index, CancellationToken cancellationToken)
    {
        var shapes = await Spool.SeekableAsync(await parts.Shapes.OpenStreamAsync(cancellationToken), cancellationToken);
        try
        {
            var entries = new ForwardBytes(await parts.Index!.OpenStreamAsync(cancellationToken));
            await entries.TrySkipAsync(ShapeIndex.HeaderLength, cancellationToken);
            return new IndexedShapes(shapes, entries, index.Count);
        }
        catch
        {
            await shapes.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc />
    public override async ValueTask<bool> MoveNextAsync(CancellationToken cancellationToken)
    {
        if (_number == _count || !await _entries.TryFillAsync(ShapeIndex.EntryLength, cancellationToken))
        {
            return false;
        }

        _number++;
        var offset = ShapeIndex.Offset(_entries.Take(ShapeIndex.EntryLength).Span);
        if (offset > _shapes.Length - RecordHeaderLength)
        {
            throw Broken(string.Create(CultureInfo.InvariantCulture, $"the .shx has record {_number} at byte {offset}, beyond its end"));
        }

        _shapes.Position = offset;
        if (!await TryReadAsync(_header, cancellationToken))
        {
            throw Leaves(_number, RecordHeaderLength);
        }

        var length = StatedLength(_header);
        if (length > _shapes.Length - _shapes.Position)
        {
            throw Leaves(_number, length);
        }

        if (length > SourceReader.LargestRecord)
        {
            throw ForwardBytes.TooLarge();
        }

        _length = (int)length;
        _content = _content.Length < _length ? new byte[_length] : _content;
        return await TryReadAsync(_content.AsMemory(0, _length), cancellationToken) ? true : throw Leaves(_number, length);
    }

    /// <inheritdoc />
    public override async ValueTask DisposeAsync()
    {
        await _shapes.DisposeAsync();
        await _entries.DisposeAsync();
    }

    private async ValueTask<bool> TryReadAsync(Memory<byte> buffer, CancellationToken cancellationToken) =>
        await _shapes.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken) == buffer.Length;
}
