using NetTopologySuite.Geometries;
using NetTopologySuite.IO;

namespace GeoOffer.Storage.Tests.Facts;

/// <summary>The oracle of measures itself, held to figures of GeographicLib 2.1.2 (GeodSolve, Planimeter).</summary>
public sealed class EllipsoidTests
{
    [Theory]
    [InlineData(9.19, 45.46, 9.2, 45.47, 35.12933098243, 1358.990222)]
    [InlineData(8.5, 44.7, 11.4, 46.6, 45.91958034205, 309307.101028)]
    [InlineData(9, 45, 9.0001, 45.00005, 54.82637420788, 9.645925)]
    [InlineData(8.4, 45.6, 11.5, 45.6, 88.89243465221, 241845.663481)]
    [InlineData(10, 44.6, 10, 46.7, 0, 233403.404155)]
    [InlineData(9.5, 45.5, 9.5, 45.5000001, 0, 0.011114)]
    [InlineData(0, 0, 0.5, 0.5, 45.19132751125, 78451.248031)]
    [InlineData(9, 46.7, 9.00000002, 46.7, 89.99999999272, 0.001530)]
    [InlineData(11.5, 44.6, 8.4, 46.7, -44.89386542828, 335909.893773)]
    public void Inverse_agrees_with_GeographicLib(double lon1, double lat1, double lon2, double lat2, double azimuth, double metres)
    {
        var (measured, direction) = Ellipsoid.Inverse(new(lon1, lat1), new(lon2, lat2));

        Assert.Equal(metres, measured, 1e-6 + (1e-10 * metres));
        Assert.Equal(azimuth, direction, metres > 1 ? 1e-8 : 1e-5);
    }

    [Theory]
    [InlineData(9.19, 45.46, 30, 1000, 9.19639364826, 45.46779196463)]
    [InlineData(9.19, 45.46, 210, 50000, 8.87254476446, 45.06993600881)]
    [InlineData(11.4, 46.5, -90, 250000, 8.14504850409, 46.45366075242)]
    public void Direct_agrees_with_GeographicLib(double lon, double lat, double azimuth, double metres, double toLon, double toLat)
    {
        var to = Ellipsoid.Direct(new(lon, lat), azimuth, metres);

        Assert.Equal(toLon, to.X, 1e-10);
        Assert.Equal(toLat, to.Y, 1e-10);
    }

    [Theory]
    [InlineData("POLYGON((9 45, 9.01 45, 9.01 45.01, 9 45.01, 9 45))", 876163.4)]
    [InlineData("POLYGON((9.654321 45.123456, 9.654321 45.123556, 9.654421 45.123556, 9.654321 45.123456))", 43.7)]
    [InlineData("POLYGON((8.4 44.6, 11.5 44.6, 11.5 46.7, 8.4 46.7, 8.4 44.6))", 56390386968.4)]
    [InlineData("POLYGON((10 45.5, 10.01 45.505, 9.99 45.52, 9.985 45.51, 9.98 45.503, 10 45.5))", 2627456.3)]
    public void Geodesic_area_agrees_with_GeographicLib(string polygon, double squareMetres) =>
        Assert.Equal(squareMetres, Ellipsoid.GeodesicArea(new WKTReader().Read(polygon)), 0.06 + (1e-9 * squareMetres));

    [Fact]
    public void An_edge_straight_in_degrees_is_the_limit_of_many_geodesics()
    {
        var square = new WKTReader().Read("POLYGON((9 45, 9.2 45.1, 9.3 45.4, 9.1 45.3, 9 45))");
        var dense = NetTopologySuite.Densify.Densifier.Densify(square, 0.0005);

        Assert.Equal(Ellipsoid.GeodesicArea(dense), Ellipsoid.LonLatArea(square), 1e-9 * Ellipsoid.LonLatArea(square));
        Assert.NotEqual(Ellipsoid.GeodesicArea(square), Ellipsoid.LonLatArea(square), 1e-7 * Ellipsoid.LonLatArea(square));
    }

    /// <summary>Distance between shapes against the plain minimum over points sampled along all their geodesic edges.</summary>
    [Theory]
    [InlineData("LINESTRING(9 45, 9.3 45.2, 9.7 45.1)", "LINESTRING(9.1 45.3, 9.25 45.24, 9.9 45.4)")]
    [InlineData("POLYGON((9 45, 9.01 45, 9.012 45.008, 9 45.01, 9 45))", "LINESTRING(8.7 45.02, 9.6 45.015)")]
    [InlineData("POLYGON((9 45, 9.01 45, 9.012 45.008, 9 45.01, 9 45))", "POLYGON((9.013 45.002, 9.5 45.1, 9.4 44.8, 9.013 45.002))")]
    [InlineData("POINT(11.2 44.8)", "LINESTRING(8.5 46.5, 9.5 46.6, 9.7 46)")]
    public void Distance_between_shapes_is_the_least_over_sampled_edges(string first, string second)
    {
        var (a, b) = (new WKTReader().Read(first), new WKTReader().Read(second));
        var measured = new MeasuredShape(a).DistanceTo(new MeasuredShape(b));

        var (fromA, fromB) = (Sample(a, 120), Sample(b, 120));
        var sampled = fromA.Min(from => fromB.Min(to => Ellipsoid.Distance(from, to)));
        Assert.True(measured <= sampled * (1 + 1e-9), $"{measured} is more than a sampled {sampled}");
        Assert.Equal(Refined(fromA, fromB), measured, 1e-5 * measured);
    }

    private static List<Coordinate> Sample(Geometry shape, int steps) => Between([.. shape.Coordinates], steps);

    /// <summary>Narrows the sampled steps around the nearest pair until they no longer matter.</summary>
    private static double Refined(List<Coordinate> fromA, List<Coordinate> fromB)
    {
        for (var round = 0; round < 12; round++)
        {
            var pairs = fromA.Index().SelectMany(x => fromB.Index().Select(y => (X: x, Y: y)));
            var nearest = pairs.MinBy(pair => Ellipsoid.Distance(pair.X.Item, pair.Y.Item));
            fromA = Around(fromA, nearest.X.Index);
            fromB = Around(fromB, nearest.Y.Index);
        }

        return fromA.Min(x => fromB.Min(y => Ellipsoid.Distance(x, y)));
    }

    private static List<Coordinate> Around(List<Coordinate> points, int index) =>
        Between(points[Math.Max(0, index - 4)..(Math.Min(points.Count - 1, index + 4) + 1)], 4);

    /// <summary>The vertices, and points on the geodesics between them.</summary>
    private static List<Coordinate> Between(List<Coordinate> vertices, int steps) => [vertices[0], .. vertices.Zip(vertices.Skip(1)).SelectMany(edge =>
    {
        var (metres, azimuth) = Ellipsoid.Inverse(edge.First, edge.Second);
        return Enumerable.Range(1, steps - 1).Select(step => Ellipsoid.Direct(edge.First, azimuth, metres * step / steps)).Append(edge.Second);
    })];
}
