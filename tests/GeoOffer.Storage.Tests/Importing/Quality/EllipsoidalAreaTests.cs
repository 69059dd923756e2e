using FsCheck;
using FsCheck.Fluent;
using GeoOffer.Storage.Importing.Rows;
using GeoOffer.Testing;
using NetTopologySuite.Geometries;

namespace GeoOffer.Storage.Tests.Importing.Quality;

/// <summary>Areas in the process against those of GeographicLib in the database.</summary>
public sealed class EllipsoidalAreaTests(PostGisCluster cluster) : IAsyncLifetime
{
    private static readonly GeometryFactory Factory = new(new PrecisionModel(), 4326);

    private MigratedDatabase _database = null!;

    public async ValueTask InitializeAsync() => _database = await MigratedDatabase.CreateAsync(cluster);

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task Areas_are_those_of_the_geodesic_polygon_within_a_fraction_of_a_per_mille()
    {
        var polygons = Polygons().Sample(200).ToArray();
        var geodesic = await _database.ScalarAsync<double[]>(
            "SELECT array_agg(ST_Area(geom::geography) ORDER BY n) FROM unnest($1::geometry[]) WITH ORDINALITY AS g (geom, n)", [polygons]);
        var max = 0.0;
        for (var i = 0; i < polygons.Length; i++)
        {
            max = Math.Max(max, Math.Abs(1 - (EllipsoidalArea.SquareMetres(polygons[i]) / geodesic[i])));
        }

        Assert.InRange(max, 0, 5e-5);
    }

    [Fact]
    public void Holes_are_left_out_parts_are_added_and_lines_have_none()
    {
        var square = (Polygon)Factory.ToGeometry(new Envelope(9, 9.01, 45, 45.01));
        var hole = (LinearRing)((Polygon)Factory.ToGeometry(new Envelope(9.002, 9.004, 45.002, 45.004))).ExteriorRing.Reverse();
        var holed = Factory.CreatePolygon((LinearRing)square.ExteriorRing, [hole]);
        var (whole, part) = (EllipsoidalArea.SquareMetres(square), EllipsoidalArea.SquareMetres(Factory.CreatePolygon(hole)));
        Assert.Equal(whole - part, EllipsoidalArea.SquareMetres(holed), 1e-6);
        Assert.Equal((2 * whole) - part, EllipsoidalArea.SquareMetres(Factory.CreateMultiPolygon([square, holed])), 1e-6);
        Assert.Equal(0, EllipsoidalArea.SquareMetres(square.ExteriorRing));
    }

    private static Gen<Geometry> Polygons() =>
        from longitude in Gen.Choose(-17_900, 17_900)
        from latitude in Gen.Choose(-7_000, 7_000)
        from vertices in Gen.Choose(3, 12)
        from radii in Gen.ListOf(Gen.Choose(50, 100), vertices)
        select (Geometry)Factory.CreatePolygon(
            [.. radii.Append(radii[0]).Select((radius, i) => new Coordinate(
                (longitude / 100.0) + (radius / 2e4 * Math.Cos(2 * Math.PI * (i % radii.Count) / radii.Count)),
                (latitude / 100.0) + (radius / 2e4 * Math.Sin(2 * Math.PI * (i % radii.Count) / radii.Count))))]);
}
