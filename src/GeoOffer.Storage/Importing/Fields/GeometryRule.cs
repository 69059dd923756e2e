using NetTopologySuite.Geometries;

namespace GeoOffer.Storage.Importing.Fields;

/// <summary>What a collection does with a row that has no geometry.</summary>
internal enum MissingGeometry
{
    Allowed,
    Doubtful,
    Rejected,
}

/// <summary>What geometries a collection takes.</summary>
/// <param name="Missing">What a row without one is.</param>
/// <param name="Types">The types it takes.</param>
/// <param name="IsMultiPolygon">Whether polygons are stored as multipolygons.</param>
internal sealed record GeometryRule(MissingGeometry Missing, IReadOnlyList<OgcGeometryType> Types, bool IsMultiPolygon)
{
    /// <summary>Areas only.</summary>
    public static GeometryRule Areas(MissingGeometry missing) =>
        new(missing, [OgcGeometryType.Polygon, OgcGeometryType.MultiPolygon], true);

    /// <summary>Everything but collections of mixed types.</summary>
    public static GeometryRule Anything(MissingGeometry missing) => new(
        missing,
        [
            OgcGeometryType.Point, OgcGeometryType.MultiPoint, OgcGeometryType.LineString, OgcGeometryType.MultiLineString,
            OgcGeometryType.Polygon, OgcGeometryType.MultiPolygon,
        ],
        false);
}
