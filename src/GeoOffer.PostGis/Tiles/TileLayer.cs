using NetTopologySuite.Geometries;

namespace GeoOffer.PostGis.Tiles;

/// <summary>
/// Makes one layer of a vector tile (MVT 2.1) from features, one at a time and in any order: the bytes depend on the features alone.
/// </summary>
/// <remarks>
/// A tile that outgrows its budget is thinned by steps, each as far as needed: properties that are not essential go first; then features
/// smaller than a pixel become pixels, all of one pixel together, then those smaller than 2, 4, 8, … pixels, in squares of that side. So
/// there is something on the map wherever there is something, and large features stay themselves. A merged feature has the least id of
/// its members and, where they are several, their number as <see cref="CountName"/>.
/// </remarks>
public sealed class TileLayer
{
    /// <summary>The property that tells how many features became one.</summary>
    public const string CountName = "feature_count";

    private const int Largest = TileFrame.Extent;

    private readonly TileFrame _frame;
    private readonly IReadOnlyList<TileProperty> _properties;
    private readonly TileBudget _budget;
    private readonly TileDrawing _drawing;
    private readonly List<int> _tags = [];
    private readonly double _unitsPerDegree;
    private TileContent _content = new(0);
    private bool _hasAllProperties = true;
    private FeaturePlace _place;
    private byte[] _key = [];

    /// <summary>An empty layer.</summary>
    /// <param name="frame">The grid of the tile.</param>
    /// <param name="properties">The properties of the features; the id is none of them.</param>
    /// <param name="budget">How large the layer may become.</param>
    /// <param name="isExact">Whether vertices stay that differ by less than half a pixel.</param>
    public TileLayer(TileFrame frame, IReadOnlyList<TileProperty> properties, TileBudget budget, bool isExact)
    {
        _frame = frame;
        _properties = properties;
        _budget = budget;
        _drawing = new TileDrawing(frame, isExact);
        _unitsPerDegree = frame.X(1) - frame.X(0);
    }

    /// <summary>Starts a feature; its values follow. False where they are not needed.</summary>
    /// <param name="key">Its id, UTF-8.</param>
    /// <param name="ewkb">Its geometry in longitude and latitude.</param>
    /// <exception cref="EwkbException">The bytes are no simple feature.</exception>
    public bool Begin(ReadOnlySpan<byte> key, ReadOnlySpan<byte> ewkb)
    {
        _tags.Clear();
        var box = EwkbExtent.Of(ewkb);
        if (box.IsEmpty || !double.IsFinite(box.MinX + box.MinY + box.MaxX + box.MaxY))
        {
            return false;
        }

        _place = Place(box, KindOf(new EwkbCursor(ewkb).ReadHeader().Type));
        if (_content.Merges(_place))
        {
            _content.Merge(key, _place);
            Thin();
            return false;
        }

        _drawing.Draw(ewkb);
        _key = key.ToArray();
        return true;
    }

    /// <summary>Whether a property is still written: not any more where the tile has become too large for it.</summary>
    public bool IsWanted(int property) => _hasAllProperties || _properties[property].IsEssential;

    /// <summary>Text of a property, UTF-8.</summary>
    public void AddText(int property, ReadOnlySpan<byte> utf8)
    {
        if (IsWanted(property))
        {
            Add(property, _content.Values.Text(utf8));
        }
    }

    /// <summary>Whole number of a property.</summary>
    public void AddInteger(int property, long number)
    {
        if (IsWanted(property))
        {
            Add(property, _content.Values.Integer(number));
        }
    }

    /// <summary>Number of a property.</summary>
    public void AddNumber(int property, double number)
    {
        if (IsWanted(property))
        {
            Add(property, _content.Values.Number(number));
        }
    }

    /// <summary>Truth of a property.</summary>
    public void AddBoolean(int property, bool value)
    {
        if (IsWanted(property))
        {
            Add(property, _content.Values.Boolean(value));
        }
    }

    /// <summary>Ends a feature that <see cref="Begin"/> wanted the values of.</summary>
    public void End()
    {
        FeaturePlace? place = _place;
        int[] tags = [.. _tags];
        foreach (var drawn in _drawing.Drawn)
        {
            _content.Add(new DrawnFeature(_key, drawn.Kind, drawn.Commands().ToArray(), tags, place));
            place = null;
        }

        Thin();
    }

    /// <summary>The tile with this layer; empty where it has no feature.</summary>
    /// <param name="name">The name of the layer.</param>
    /// <param name="keyName">The name under which ids are among the properties.</param>
    public byte[] ToTile(string name, string keyName) => TileWriter.Write(_content, name, keyName, _properties);

    private void Add(int property, int value)
    {
        _tags.Add(property);
        _tags.Add(value);
    }

    private void Thin()
    {
        while (_content.Exceeds(_budget) && (_hasAllProperties || _content.Side < Largest))
        {
            var side = _hasAllProperties ? 0 : Math.Max(TileFrame.Pixel, 2 * _content.Side);
            _hasAllProperties = false;
            _content = _content.Thin(side, IsWanted);
        }
    }

    private FeaturePlace Place(EwkbExtent box, DrawnKind kind)
    {
        var (north, south) = (_frame.Y(box.MaxY), _frame.Y(box.MinY));
        return new FeaturePlace(
            kind, _frame.X((box.MinX + box.MaxX) / 2), (north + south) / 2, Math.Max((box.MaxX - box.MinX) * _unitsPerDegree, south - north));
    }

    private static DrawnKind KindOf(OgcGeometryType type) => type switch
    {
        OgcGeometryType.LineString or OgcGeometryType.MultiLineString => DrawnKind.Lines,
        OgcGeometryType.Polygon or OgcGeometryType.MultiPolygon => DrawnKind.Areas,
        _ => DrawnKind.Points,
    };
}
