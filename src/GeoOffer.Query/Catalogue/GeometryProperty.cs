namespace GeoOffer.Query.Catalogue;

/// <summary>Sets of geometry types (OGC Simple Features).</summary>
[Flags]
public enum GeometryTypes
{
    /// <summary>No type.</summary>
    None = 0,

    /// <summary>Point.</summary>
    Point = 1,

    /// <summary>LineString.</summary>
    LineString = 2,

    /// <summary>Polygon.</summary>
    Polygon = 4,

    /// <summary>MultiPoint.</summary>
    MultiPoint = 8,

    /// <summary>MultiLineString.</summary>
    MultiLineString = 16,

    /// <summary>MultiPolygon.</summary>
    MultiPolygon = 32,

    /// <summary>GeometryCollection.</summary>
    GeometryCollection = 64,

    /// <summary>Any type.</summary>
    Any = 127,
}

/// <summary>Says what sets of geometry types have in common.</summary>
public static class GeometryTypesDimension
{
    private const GeometryTypes Points = GeometryTypes.Point | GeometryTypes.MultiPoint;
    private const GeometryTypes Lines = GeometryTypes.LineString | GeometryTypes.MultiLineString;
    private const GeometryTypes Areas = GeometryTypes.Polygon | GeometryTypes.MultiPolygon;

    /// <summary>0 for points, 1 for lines, 2 for areas; null where they differ or are not known.</summary>
    public static int? Dimension(this GeometryTypes types) => types == GeometryTypes.None ? null
        : (types & ~Points) == 0 ? 0
        : (types & ~Lines) == 0 ? 1
        : (types & ~Areas) == 0 ? 2
        : null;
}

/// <summary>The geometry of the features of a collection.</summary>
/// <param name="Name">The public name by which filters speak of it.</param>
/// <param name="Column">The column it is stored in, with a GiST index.</param>
/// <param name="Srid">The EPSG code of the stored coordinates (x east, y north).</param>
/// <param name="Types">The geometry types a feature can have.</param>
public sealed record GeometryProperty(string Name, string Column, int Srid, GeometryTypes Types)
{
    /// <summary>Another name by which filters may speak of it, where nothing else bears it; null for none.</summary>
    public string? OtherName { get; init; }

    /// <summary>Whether features without geometry exist.</summary>
    public bool Nullable { get; init; } = true;

    /// <summary>Whether an editor may set it.</summary>
    public bool IsWritable { get; init; }
}
