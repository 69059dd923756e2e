using GeoOffer.Query.Crs;
using GeoOffer.Query.Filters;
using NetTopologySuite.Geometries;
using NetTopologySuite.IO;
using static GeoOffer.Query.Tests.Sample;

namespace GeoOffer.Query.Tests.Filters;

public sealed class SpatialCheckTests
{
    [Theory]
    [InlineData("POINT(45.4 190)", 4326, "coordinates inside WGS 84: x -180 to 180, y -90 to 90", "45.4 190")]
    [InlineData("POINT(517000 5034000)", 4326, "coordinates inside WGS 84: x -180 to 180, y -90 to 90", "517000 5034000")]
    [InlineData("POINT(9 NaN)", 4326, "coordinates inside WGS 84: x -180 to 180, y -90 to 90", "9 NaN")]
    [InlineData("POINT EMPTY", 4326, "a geometry with coordinates", "an empty geometry")]
    [InlineData("POLYGON((0 0, 1 1, 1 0, 0 1, 0 0))", 4326, "a valid geometry", "Self-intersection at 0.5 0.5")]
    [InlineData("POINT(9 45)", 0, "one of the reference systems EPSG:4326, EPSG:32632, EPSG:25832, EPSG:7791, EPSG:6707, EPSG:3003, EPSG:3857", "SRID 0")]
    public void A_geometry_that_cannot_be_asked_for_is_an_error(string wkt, int srid, string expected, string got)
    {
        var error = Assert.Single(Check(SpatialOperator.Intersects, wkt, srid).Errors);

        Assert.Equal(new FilterError("/args/1", null, expected, got), error);
    }

    [Fact]
    public void Only_relations_that_PostGIS_gives_of_them_take_geometry_collections()
    {
        const string Wkt = "GEOMETRYCOLLECTION(POINT(9 45), LINESTRING(9 45, 10 46))";

        Assert.True(Check(SpatialOperator.Intersects, Wkt, 4326).TryGet(out _, out _));
        Assert.True(Check(SpatialOperator.Disjoint, Wkt, 4326).TryGet(out _, out _));
        Assert.Equal("a geometry of a single type", Assert.Single(Check(SpatialOperator.Within, Wkt, 4326).Errors).Expected);
    }

    [Fact]
    public void Literals_come_into_the_reference_system_of_the_column()
    {
        var metric = Open with { Geometry = Open.Geometry! with { Srid = 32632 } };
        var filter = new SpatialRelation(SpatialOperator.Intersects, new BoundingBoxLiteral(new BoundingBox(9, 45, 10, 46)), Reference("geometry"));

        var relation = Assert.IsType<SpatialRelation>(FilterChecker.Check(filter, metric).Value.Root);
        var geometry = Assert.IsType<GeometryLiteral>(relation.Left).Geometry;

        Assert.Equal(32632, geometry.SRID);
        Assert.Equal(500_000, geometry.EnvelopeInternal.MinX, 1e-3);
    }

    [Theory]
    [InlineData(32632)]
    [InlineData(3003)]
    [InlineData(3857)]
    public void A_search_of_the_whole_world_is_cut_off_where_the_system_of_the_column_ends(int srid)
    {
        var system = CoordinateSystems.Get(srid);
        var metric = Open with { Geometry = Open.Geometry! with { Srid = srid } };
        Geometry Image(BoundingBox box) => Assert.IsType<GeometryLiteral>(Assert.IsType<SpatialRelation>(FilterChecker.Check(
            new SpatialRelation(SpatialOperator.Within, Reference("geometry"), new BoundingBoxLiteral(box)), metric).Value.Root).Right).Geometry;

        var world = Image(new BoundingBox(-180, -90, 180, 90));
        var (x, y) = CoordinateSystems.Between(4326, srid).Transform(9.19, 45.46);

        Assert.True(world.IsValid);
        Assert.Equal(srid, world.SRID);
        Assert.True(world.Contains(new Point(x, y)));
        Assert.True(world.EnvelopeInternal.MaxY <= system.MaxY * 1.01);
        Assert.Equal(srid, Image(new BoundingBox(-180, 86, 180, 90)).SRID);
        Assert.True(Image(new BoundingBox(-180, 86, 180, 90)).IsEmpty);
        Assert.True(Image(new BoundingBox(170, -90, -170, 90)).IsValid);
    }

    [Fact]
    public void A_line_is_cut_off_too_and_keeps_its_stretches()
    {
        var metric = Open with { Geometry = Open.Geometry! with { Srid = 32632 } };
        var line = new WKTReader().Read("LINESTRING(-60 45, 60 45, 60 46, 10 46, 10 50, 60 50)");
        line.SRID = 4326;
        var filter = new SpatialRelation(SpatialOperator.Crosses, Reference("geometry"), new GeometryLiteral(line));

        var image = Assert.IsType<GeometryLiteral>(Assert.IsType<SpatialRelation>(FilterChecker.Check(filter, metric).Value.Root).Right).Geometry;
        var back = CoordinateSystems.Between(32632, 4326).Transform(image);

        Assert.Equal(2, image.NumGeometries);
        var (west, east) = (back.EnvelopeInternal.MinX, back.EnvelopeInternal.MaxX);
        Assert.InRange(west, -5, 0);
        Assert.InRange(east, 18.6, 23);
        Assert.Equal(east - west + (2 * (east - 10)) + 4, back.Length, 1e-3);
    }

    [Fact]
    public void Edges_without_end_are_an_error_and_no_use_of_memory()
    {
        var metric = Open with { Geometry = Open.Geometry! with { Srid = 32632 } };
        var line = new LineString([.. Enumerable.Range(0, 10_000).Select(index => new Coordinate(index % 2 == 0 ? 1 : 17, index % 3 == 0 ? -8 : 80))]) { SRID = 4326 };
        var filter = new SpatialRelation(SpatialOperator.Intersects, Reference("geometry"), new GeometryLiteral(line));

        Assert.Equal("a geometry of shorter or fewer edges", Assert.Single(FilterChecker.Check(filter, metric).Errors).Expected);
    }

    [Fact]
    public void Measures_take_literals_in_degrees_and_relations_in_the_system_of_the_column()
    {
        var metric = Open with { Geometry = Open.Geometry! with { Srid = 32632 } };
        var box = new BoundingBoxLiteral(new BoundingBox(500_000, 5_000_000, 501_000, 5_001_000, 32632));
        var far = new Comparison(ComparisonOperator.Greater, new FunctionCall("Distance", [Reference("geometry"), box]), Literal.Of(1));
        var near = new SpatialRelation(SpatialOperator.Within, new FunctionCall("centroid", [Reference("geometry")]), box);

        var call = Assert.IsType<FunctionCall>(Assert.IsType<Comparison>(FilterChecker.Check(far, metric).Value.Root).Left);
        var relation = Assert.IsType<SpatialRelation>(FilterChecker.Check(near, metric).Value.Root);

        Assert.Equal(4326, Assert.IsType<GeometryLiteral>(call.Arguments[1]).Geometry.SRID);
        Assert.Equal(32632, Assert.IsType<GeometryLiteral>(relation.Right).Geometry.SRID);
    }

    [Fact]
    public void Relations_that_are_not_those_of_parts_keep_a_box_across_the_antimeridian_whole()
    {
        var box = new BoundingBoxLiteral(new BoundingBox(170, -10, -170, 10));

        var within = FilterChecker.Check(new SpatialRelation(SpatialOperator.Within, Reference("geometry"), box), Open).Value.Root;
        var disjoint = FilterChecker.Check(new SpatialRelation(SpatialOperator.Disjoint, Reference("geometry"), box), Open).Value.Root;

        Assert.IsType<MultiPolygon>(Assert.IsType<GeometryLiteral>(Assert.IsType<SpatialRelation>(within).Right).Geometry);
        Assert.Equal(2, Assert.IsType<And>(disjoint).Operands.Length);
    }

    [Fact]
    public void A_collection_without_geometry_has_no_geometry_to_ask_for()
    {
        var register = Open with { Geometry = null };

        Assert.Equal(new Constant(true), BboxFilter.For(register, new BoundingBox(8, 44, 12, 47)));
        Assert.Equal("geometry", Assert.Single(FilterChecker.Check(new IsNull(Reference("geometry")), register).Errors).Property);
    }

    [Fact]
    public void Features_that_always_have_a_geometry_are_not_asked_whether_they_have()
    {
        var layer = Open with { Geometry = Open.Geometry! with { Nullable = false } };

        Assert.IsType<SpatialRelation>(BboxFilter.For(layer, new BoundingBox(8, 44, 12, 47)));
    }

    private static Outcome<CheckedFilter, FilterError> Check(SpatialOperator @operator, string wkt, int srid)
    {
        var geometry = new WKTReader().Read(wkt);
        geometry.SRID = srid;
        return FilterChecker.Check(new SpatialRelation(@operator, Reference("geometry"), new GeometryLiteral(geometry)), Open);
    }
}
