using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;
using NetTopologySuite.Geometries;

namespace GeoOffer.PostGis.EntityFramework;

/// <summary>A PostGIS column type with its facets, such as <c>geography(PointZ)</c> or <c>geometry(MultiPolygon, 4326)</c>.</summary>
/// <param name="IsGeography">Geodetic rather than planar.</param>
/// <param name="ClrType">The NetTopologySuite type of the subtype; <see cref="Geometry"/> where any may stand.</param>
internal sealed partial record SpatialStoreType(bool IsGeography, Type ClrType)
{
    /// <summary>Reads a column type; false where it is not a PostGIS type of a simple feature.</summary>
    public static bool TryParse(string storeType, [NotNullWhen(true)] out SpatialStoreType? parsed)
    {
        var match = Pattern().Match(storeType);
        parsed = match.Success
            ? new SpatialStoreType(
                match.Groups["base"].ValueSpan.Equals("geography", StringComparison.OrdinalIgnoreCase),
                ClrTypeOf(match.Groups["subtype"].Value.ToUpperInvariant()))
            : null;
        return parsed is not null;
    }

    private static Type ClrTypeOf(string subtype) => subtype switch
    {
        "POINT" => typeof(Point),
        "LINESTRING" => typeof(LineString),
        "POLYGON" => typeof(Polygon),
        "MULTIPOINT" => typeof(MultiPoint),
        "MULTILINESTRING" => typeof(MultiLineString),
        "MULTIPOLYGON" => typeof(MultiPolygon),
        "GEOMETRYCOLLECTION" => typeof(GeometryCollection),
        _ => typeof(Geometry),
    };

    [GeneratedRegex(
        """
        ^\s*(?<base>geometry|geography)\s*
        (\(\s*(?<subtype>point|linestring|polygon|multipoint|multilinestring|multipolygon|geometrycollection|geometry)(zm|z|m)?\s*
        (,\s*[0-9]{1,6}\s*)?\)\s*)?$
        """,
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.IgnorePatternWhitespace | RegexOptions.ExplicitCapture)]
    private static partial Regex Pattern();
}
