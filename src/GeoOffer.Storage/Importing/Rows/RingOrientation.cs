using NetTopologySuite.Algorithm;
using NetTopologySuite.Geometries;

namespace GeoOffer.Storage.Importing.Rows;

/// <summary>
/// Brings rings into one orientation, that of RFC 7946: exteriors run counter-clockwise, holes clockwise. So a polygon that is exported in a
/// format with a custom of its own comes back as the same.
/// </summary>
internal static class RingOrientation
{
    /// <summary>The geometry with its rings so; the very same where they are.</summary>
    public static Geometry RightHanded(Geometry geometry) => geometry switch
    {
        Polygon polygon when !IsRightHanded(polygon) => Turn(polygon),
        MultiPolygon areas when !areas.Geometries.All(part => IsRightHanded((Polygon)part)) =>
            areas.Factory.CreateMultiPolygon([.. areas.Geometries.Select(part => (Polygon)RightHanded(part))]),
        _ => geometry,
    };

    private static bool IsRightHanded(Polygon polygon)
    {
        if (polygon.IsEmpty)
        {
            return true;
        }

        if (!IsCounterClockwise(polygon.ExteriorRing))
        {
            return false;
        }

        for (var hole = 0; hole < polygon.NumInteriorRings; hole++)
        {
            if (IsCounterClockwise(polygon.GetInteriorRingN(hole)))
            {
                return false;
            }
        }

        return true;
    }

    private static Polygon Turn(Polygon polygon) => polygon.Factory.CreatePolygon(
        Ring(polygon.ExteriorRing, isCounterClockwise: true), [.. polygon.InteriorRings.Select(hole => Ring(hole, isCounterClockwise: false))]);

    private static LinearRing Ring(LineString ring, bool isCounterClockwise) =>
        (LinearRing)(IsCounterClockwise(ring) == isCounterClockwise ? ring : ring.Reverse());

    private static bool IsCounterClockwise(LineString ring) => Orientation.IsCCW(ring.CoordinateSequence);
}
