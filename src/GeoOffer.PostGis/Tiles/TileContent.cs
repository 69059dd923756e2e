namespace GeoOffer.PostGis.Tiles;

/// <summary>A feature of a tile, drawn.</summary>
/// <param name="Key">Its id, UTF-8.</param>
/// <param name="Geometry">What its commands draw.</param>
/// <param name="Commands">The commands of its geometry.</param>
/// <param name="Tags">Pairs of a property and a value of <see cref="TileContent.Values"/>.</param>
/// <param name="Place">Where it goes when features as small as it are merged; null for the further geometries of one feature.</param>
internal sealed record DrawnFeature(byte[] Key, DrawnKind Geometry, byte[] Commands, int[] Tags, FeaturePlace? Place);

/// <summary>What merging needs to know of a feature.</summary>
/// <param name="Kind">What it is merged with.</param>
/// <param name="X">The middle of its box, units.</param>
/// <param name="Y">The middle of its box, units.</param>
/// <param name="Side">The longer side of its box, units, also of what lies outside the tile.</param>
internal readonly record struct FeaturePlace(DrawnKind Kind, double X, double Y, double Side);

/// <summary>Features that have become one.</summary>
internal sealed class MergedFeatures(byte[] key, double x, double y, long count)
{
    /// <summary>The least id among them.</summary>
    public byte[] Key { get; private set; } = key;

    /// <summary>Where the feature of that id lies, units.</summary>
    public (double X, double Y) At { get; private set; } = (x, y);

    /// <summary>Their number.</summary>
    public long Count { get; private set; } = count;

    public void Add(ReadOnlySpan<byte> key, double x, double y, long count)
    {
        Count += count;
        if (key.SequenceCompareTo(Key) < 0)
        {
            Key = key.ToArray();
            At = (x, y);
        }
    }
}

/// <summary>
/// What a tile holds at one degree of thinning: features that are large enough as themselves, smaller ones as cells of a square grid. The
/// content follows from the set of features alone, whatever their order.
/// </summary>
/// <param name="side">The side of a cell, units; features whose box is smaller are merged, none at 0.</param>
internal sealed class TileContent(int side)
{
    private const int BytesOfFeature = 10;
    private const int BytesOfCell = 40;

    private readonly Dictionary<(DrawnKind Kind, int Column, int Row), MergedFeatures> _cells = [];
    private int _bytesOfFeatures;

    public int Side => side;

    public List<DrawnFeature> Features { get; } = [];

    public IReadOnlyDictionary<(DrawnKind Kind, int Column, int Row), MergedFeatures> Cells => _cells;

    public TileValues Values { get; } = new();

    /// <summary>The size when written, about.</summary>
    public int Bytes => _bytesOfFeatures + Values.Length + (BytesOfCell * _cells.Count);

    public bool Exceeds(TileBudget budget) => Bytes > budget.Bytes || Features.Count + _cells.Count > budget.Features;

    public bool Merges(FeaturePlace place) => place.Side < side;

    public void Merge(ReadOnlySpan<byte> key, FeaturePlace place, long count = 1)
    {
        if (!RectangleClipper.Contains(place.X, place.Y))
        {
            return;
        }

        var cell = (place.Kind, Column: (int)Math.Floor(place.X / side), Row: (int)Math.Floor(place.Y / side));

        // A large cell beyond the edge would reach out of the buffer; the tile on that side shows it.
        var last = TileFrame.Extent / side;
        if (side > TileFrame.Buffer && (cell.Column < 0 || cell.Row < 0 || cell.Column >= last || cell.Row >= last))
        {
            return;
        }

        if (_cells.TryGetValue(cell, out var merged))
        {
            merged.Add(key, place.X, place.Y, count);
        }
        else
        {
            _cells.Add(cell, new MergedFeatures(key.ToArray(), place.X, place.Y, count));
        }
    }

    public void Add(DrawnFeature feature)
    {
        Features.Add(feature);
        _bytesOfFeatures += BytesOfFeature + feature.Key.Length + feature.Commands.Length + (3 * feature.Tags.Length / 2);
    }

    /// <summary>The same content, thinned.</summary>
    /// <param name="coarser">The side of a cell, units.</param>
    /// <param name="keeps">Whether a property stays.</param>
    public TileContent Thin(int coarser, Func<int, bool> keeps)
    {
        var thinned = new TileContent(coarser);
        foreach (var ((kind, _, _), merged) in _cells)
        {
            thinned.Merge(merged.Key, new FeaturePlace(kind, merged.At.X, merged.At.Y, 0), merged.Count);
        }

        DrawnFeature? first = null;
        foreach (var feature in Features)
        {
            first = feature.Place is null ? first : feature;
            if (!thinned.Merges(first!.Place!.Value))
            {
                thinned.Add(feature with { Tags = Reduce(feature.Tags, keeps, thinned.Values) });
            }
            else if (feature.Place is { } place)
            {
                thinned.Merge(feature.Key, place);
            }
        }

        return thinned;
    }

    private int[] Reduce(int[] tags, Func<int, bool> keeps, TileValues values)
    {
        var reduced = new List<int>(tags.Length);
        for (var index = 0; index < tags.Length; index += 2)
        {
            if (keeps(tags[index]))
            {
                reduced.Add(tags[index]);
                reduced.Add(values.Message(Values[tags[index + 1]]));
            }
        }

        return [.. reduced];
    }
}
