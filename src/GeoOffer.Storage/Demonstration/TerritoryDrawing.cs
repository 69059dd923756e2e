using System.Collections.Immutable;
using NetTopologySuite.Geometries;
using NetTopologySuite.Geometries.Prepared;
using NetTopologySuite.Geometries.Utilities;
using NetTopologySuite.Operation.OverlayNG;
using NetTopologySuite.Precision;
using NetTopologySuite.Triangulate;

namespace GeoOffer.Storage.Demonstration;

/// <summary>
/// Draws areas of municipalities from their seats alone: each is what lies nearer to its seat than to any other, inside an outline
/// (Voronoi cells). The areas cover the outline and do not overlap.
/// </summary>
internal static class TerritoryDrawing
{
    // A degree of longitude is about so many degrees of latitude long at 45.6° N: nearness is meant on the ground.
    private const double LongitudeScale = 0.7;

    /// <summary>Vertices lie on this grid (1e-7°, a centimetre), so that the drawing is the same on every machine.</summary>
    public static readonly PrecisionModel Grid = new(1e7);

    /// <summary>The areas in the order of the seats, EPSG:4326.</summary>
    /// <param name="seats">Distinct positions inside the outline.</param>
    /// <param name="outline">What is divided among them.</param>
    public static ImmutableArray<MultiPolygon> DrawAreas(IReadOnlyList<Coordinate> seats, Polygon outline)
    {
        var cells = CellsBySeat(seats, outline);
        var inside = PreparedGeometryFactory.Prepare(outline);
        return [.. seats.Select(seat => Polygons(
            inside.ContainsProperly(cells[seat])
                ? OnGrid(cells[seat])
                : OverlayNG.Overlay(cells[seat], outline, OverlayNG.INTERSECTION, Grid),
            outline.Factory))];
    }

    /// <summary>The union of areas that share borders.</summary>
    public static MultiPolygon Join(IEnumerable<Geometry> areas)
    {
        var parts = areas.ToList();
        return Polygons(UnaryUnionNG.Union(parts, Grid), parts[0].Factory);
    }

    private static Dictionary<Coordinate, Geometry> CellsBySeat(IReadOnlyList<Coordinate> seats, Polygon outline)
    {
        var builder = new VoronoiDiagramBuilder { ClipEnvelope = Stretched(outline.EnvelopeInternal, LongitudeScale) };
        var stretched = new Dictionary<Coordinate, Coordinate>();
        foreach (var seat in seats)
        {
            stretched.Add(new Coordinate(seat.X * LongitudeScale, seat.Y), seat);
        }

        builder.SetSites(stretched.Keys.ToList());
        var unstretch = AffineTransformation.ScaleInstance(1 / LongitudeScale, 1);
        var cells = new Dictionary<Coordinate, Geometry>();
        foreach (var cell in builder.GetDiagram(outline.Factory).Geometries)
        {
            cells.Add(stretched[(Coordinate)cell.UserData], unstretch.Transform(cell));
        }

        return cells;
    }

    /// <summary>Neighbours share their vertices, so these move alike; a cell is kilometres wide and stays as it is.</summary>
    private static Geometry OnGrid(Geometry cell) => GeometryPrecisionReducer.ReducePointwise(cell, Grid);

    private static Envelope Stretched(Envelope box, double scale) => new(box.MinX * scale, box.MaxX * scale, box.MinY, box.MaxY);

    private static MultiPolygon Polygons(Geometry geometry, GeometryFactory factory)
    {
        var polygons = PolygonExtracter.GetPolygons(geometry).Cast<Polygon>().ToArray();
        return factory.CreateMultiPolygon(polygons);
    }
}
