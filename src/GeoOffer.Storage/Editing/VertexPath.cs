using System.Globalization;
using NetTopologySuite.Algorithm;
using NetTopologySuite.Geometries;

namespace GeoOffer.Storage.Editing;

/// <summary>Where vertices stand in the GeoJSON of a geometry.</summary>
internal static class VertexPath
{
    /// <summary>A vertex and its place as a JSON pointer (RFC 6901) from the geometry object.</summary>
    public sealed record Vertex(string Path, Coordinate Position);

    // Of two edges that cross, both are nearest: the first is named, whatever the last digit says.
    private const double Nothing = 1e-9;

    private readonly record struct Part(string Path, CoordinateSequence Positions, bool IsPoint = false)
    {
        public string At(int index) => IsPoint ? Path : Child(Path, index);
    }

    /// <summary>The first vertex of which a condition holds; null where there is none.</summary>
    public static Vertex? First(Geometry geometry, Func<Coordinate, bool> condition)
    {
        foreach (var part in Parts(geometry, ""))
        {
            for (var index = 0; index < part.Positions.Count; index++)
            {
                var position = part.Positions.GetCoordinate(index);
                if (condition(position))
                {
                    return new Vertex(part.At(index), position);
                }
            }
        }

        return null;
    }

    /// <summary>The vertex at a position, or where the nearest edge begins.</summary>
    public static string Nearest(Geometry geometry, Coordinate position)
    {
        if (First(geometry, vertex => vertex.Equals2D(position)) is { } there)
        {
            return there.Path;
        }

        var (nearest, least) = ("", double.PositiveInfinity);
        foreach (var part in Parts(geometry, ""))
        {
            for (var index = 1; index < part.Positions.Count; index++)
            {
                var distance = DistanceComputer.PointToSegment(position, part.Positions.GetCoordinate(index - 1), part.Positions.GetCoordinate(index));
                if (distance < least - Nothing)
                {
                    (nearest, least) = (part.At(index - 1), distance);
                }
            }
        }

        return nearest;
    }

    private static IEnumerable<Part> Parts(Geometry geometry, string at) => geometry.OgcGeometryType == OgcGeometryType.GeometryCollection
        ? ((GeometryCollection)geometry).Geometries.SelectMany((part, index) => Parts(part, Child($"{at}/geometries", index)))
        : Coordinates(geometry, $"{at}/coordinates");

    private static IEnumerable<Part> Coordinates(Geometry geometry, string at) => geometry switch
    {
        Point point => [new Part(at, point.CoordinateSequence, IsPoint: true)],
        LineString line => [new Part(at, line.CoordinateSequence)],
        Polygon { IsEmpty: true } => [],
        Polygon polygon => polygon.InteriorRings.Prepend(polygon.ExteriorRing).Select((ring, index) => new Part(Child(at, index), ring.CoordinateSequence)),
        GeometryCollection parts => parts.Geometries.SelectMany((part, index) => Coordinates(part, Child(at, index))),
        _ => throw new InvalidOperationException(geometry.GeometryType),
    };

    private static string Child(string path, int index) => string.Create(CultureInfo.InvariantCulture, $"{path}/{index}");
}
