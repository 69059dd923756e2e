using System.Globalization;

namespace GeoOffer.Storage.Importing.Reading.Shapefiles;

/// <summary>The records of a .shp as they follow each other.</summary>
internal sealed class ShapeSequence : ShapeCursor
{
    private readonly ForwardBytes _bytes;
    private readonly long? _fileLength;
    private readonly long? _count;
    private long _statedLength;
    private long _number;
    private ReadOnlyMemory<byte> _content;

    private ShapeSequence(ForwardBytes bytes, long? fileLength, long? count) => (_bytes, _fileLength, _count) = (bytes, fileLength, count);

    /// <inheritdoc />
    public override ReadOnlySpan<byte> Content => _content.Span;

    /// <inheritdoc />
    public override double? ShareRead => _fileLength is > 0 and var length ? (double)_bytes.Position / length : null;

    /// <summary>Opens a .shp before its first record.</summary>
    /// <param name="shapes">The .shp.</param>
    /// <param name="count">The number of records, where an index tells it; else the header of the .shp tells where they end.</param>
    /// <param name="cancellationToken">Ends reading.</param>
    public static async Task<ShapeSequence> OpenSequenceAsync(ImportFile shapes, long? count, CancellationToken cancellationToken)
    {
        var sequence = new ShapeSequence(new ForwardBytes(await shapes.OpenStreamAsync(cancellationToken)), shapes.Length, count);
        try
        {
            await sequence.ReadHeaderAsync(cancellationToken);
            return sequence;
        }
        catch
        {
            await sequence.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc />
    public override async ValueTask<bool> MoveNextAsync(CancellationToken cancellationToken)
    {
        if (_count is { } known ? _number == known : _bytes.Position >= _statedLength)
        {
            return false;
        }

        _number++;
        if (!await _bytes.TryFillAsync(RecordHeaderLength, cancellationToken))
        {
            throw Broken(string.Create(CultureInfo.InvariantCulture, $"it ends before record {_number}"));
        }

        var length = StatedLength(_bytes.Take(RecordHeaderLength).Span);
        if (_fileLength - _bytes.Position < length || !await _bytes.TryFillAsync(length, cancellationToken))
        {
            throw Leaves(_number, length);
        }

        _content = _bytes.Take((int)length);
        return true;
    }

    /// <inheritdoc />
    public override ValueTask DisposeAsync() => _bytes.DisposeAsync();

    private async Task ReadHeaderAsync(CancellationToken cancellationToken)
    {
        if (!await _bytes.TryFillAsync(ShapeIndex.HeaderLength, cancellationToken)
            || !ShapeIndex.TryReadHeader(_bytes.Take(ShapeIndex.HeaderLength).Span, out _statedLength))
        {
            throw Broken("it does not begin with the file code 9994 and a length");
        }
    }
}
