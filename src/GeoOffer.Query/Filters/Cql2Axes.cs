using GeoOffer.Query.Crs;
using NetTopologySuite.Geometries;

namespace GeoOffer.Query.Filters;

/// <summary>How coordinates go into and come out of text and JSON: in the axis order of their reference system.</summary>
internal static class Cql2Axes
{
    /// <summary>x and y in the order of the system, or two numbers in that order as x and y.</summary>
    public static (double First, double Second) InOrder(this ReferenceSystem system, double first, double second) =>
        system.AxisOrder == AxisOrder.EastNorth ? (first, second) : (second, first);

    /// <summary>The lower and the upper corner of a box.</summary>
    public static double[] Corners(this ReferenceSystem system, BoundingBox box)
    {
        var (lower, upper) = (system.InOrder(box.West, box.South), system.InOrder(box.East, box.North));
        return [lower.First, lower.Second, upper.First, upper.Second];
    }

    /// <summary>The box of two corners, which may have heights.</summary>
    /// <param name="system">The reference system.</param>
    /// <param name="corners">4 or 6 numbers.</param>
    public static BoundingBox Box(this ReferenceSystem system, IReadOnlyList<double> corners)
    {
        var upper = corners.Count / 2;
        var ((west, south), (east, north)) = (system.InOrder(corners[0], corners[1]), system.InOrder(corners[upper], corners[upper + 1]));
        return new BoundingBox(west, south, east, north, system.Srid);
    }

    /// <summary>Makes sure that a geometry is in the system.</summary>
    /// <exception cref="NotSupportedException">It is not, or has no coordinates.</exception>
    public static void Require(this ReferenceSystem system, Geometry geometry)
    {
        if (geometry.SRID != system.Srid || geometry.IsEmpty)
        {
            throw new NotSupportedException(
                $"Only geometries in EPSG:{system.Srid} with coordinates are written, not one {(geometry.IsEmpty ? "without" : $"in {geometry.SRID}")}.");
        }
    }

    /// <summary>Makes sure that a box is in the system.</summary>
    /// <exception cref="NotSupportedException">It is not.</exception>
    public static void Require(this ReferenceSystem system, BoundingBox box)
    {
        if (box.Srid != system.Srid)
        {
            throw new NotSupportedException($"Only boxes in EPSG:{system.Srid} are written, not one in {box.Srid}.");
        }
    }
}
