using System.Text.Json;
using GeoOffer.Domain.Geometries;
using NetTopologySuite.Geometries;

namespace GeoOffer.Domain.Tests.Geometries;

public sealed class GeoJsonGeometryReaderTests
{
    [Theory]
    [InlineData("""{"type":"Point","coordinates":[9.19,45.46]}""", "POINT (9.19 45.46)")]
    [InlineData("""{"coordinates":[9.19,45.46,120,7],"type":"Point","title":"heights and foreign members"}""", "POINT (9.19 45.46)")]
    [InlineData("""{"type":"Point","coordinates":[514000.5,5034000]}""", "POINT (514000.5 5034000)")]
    [InlineData("""{"type":"MultiPoint","coordinates":[[1,2],[3,4]]}""", "MULTIPOINT ((1 2), (3 4))")]
    [InlineData("""{"type":"LineString","coordinates":[[1,2],[3,4]],"bbox":[1,2,3,4]}""", "LINESTRING (1 2, 3 4)")]
    [InlineData("""{"type":"MultiLineString","coordinates":[[[1,2],[3,4]],[]]}""", "MULTILINESTRING ((1 2, 3 4), EMPTY)")]
    [InlineData(
        """{"type":"Polygon","coordinates":[[[0,0],[9,0],[9,9],[0,0]],[[4,1],[5,1],[5,2],[4,1]]]}""",
        "POLYGON ((0 0, 9 0, 9 9, 0 0), (4 1, 5 1, 5 2, 4 1))")]
    [InlineData("""{"type":"MultiPolygon","coordinates":[[[[0,0],[9,0],[9,9],[0,0]]]]}""", "MULTIPOLYGON (((0 0, 9 0, 9 9, 0 0)))")]
    [InlineData(
        """{"type":"GeometryCollection","geometries":[{"type":"Point","coordinates":[1,2]},{"type":"GeometryCollection","geometries":[]}]}""",
        "GEOMETRYCOLLECTION (POINT (1 2), GEOMETRYCOLLECTION EMPTY)")]
    [InlineData("""{"type":"Point","coordinates":[]}""", "POINT EMPTY")]
    [InlineData("""{"type":"LineString","coordinates":[]}""", "LINESTRING EMPTY")]
    [InlineData("""{"type":"Polygon","coordinates":[]}""", "POLYGON EMPTY")]
    [InlineData("""{"type":"MultiPolygon","coordinates":[]}""", "MULTIPOLYGON EMPTY")]
    public void A_geometry_is_read_in_two_dimensions_with_its_reference_system(string json, string wkt)
    {
        var geometry = Read(json);
        Assert.Equal(wkt, geometry!.AsText());
        Assert.Equal(4326, geometry.SRID);
        Assert.All(geometry.Coordinates, coordinate => Assert.True(double.IsNaN(coordinate.Z)));
    }

    [Fact]
    public void Null_is_no_geometry_and_no_fault() => Assert.Null(Read("null"));

    [Fact]
    public void Collections_may_be_nested_eight_deep()
    {
        Assert.NotNull(Read(Nested(8)));
        Assert.Equal(GeometryFaultKind.NestedTooDeep, Fault(Nested(9)).Kind);
    }

    [Fact]
    public void Positions_are_counted_over_the_whole_geometry()
    {
        const string Json = """{"type":"MultiLineString","coordinates":[[[1,2],[3,4]],[[1,2],[3,4]]]}""";
        Assert.Equal(4, Read(Json, maxPositions: 4)!.NumPoints);
        var fault = Fault(Json, maxPositions: 3);
        Assert.Equal((GeometryFaultKind.TooManyPositions, "/geometry/coordinates/1"), (fault.Kind, fault.JsonPointer));
    }

    [Theory]
    [InlineData("""7""", GeometryFaultKind.WrongJsonType, "")]
    [InlineData("""{"coordinates":[1,2]}""", GeometryFaultKind.MissingMember, "")]
    [InlineData("""{"type":null,"coordinates":[1,2]}""", GeometryFaultKind.WrongJsonType, "/type")]
    [InlineData("""{"type":"\ud800","coordinates":[1,2]}""", GeometryFaultKind.WrongJsonType, "/type")]
    [InlineData("""{"type":"point","coordinates":[1,2]}""", GeometryFaultKind.UnknownType, "/type")]
    [InlineData("""{"type":"Feature","geometry":null}""", GeometryFaultKind.UnknownType, "/type")]
    [InlineData("""{"type":"Point"}""", GeometryFaultKind.MissingMember, "")]
    [InlineData("""{"type":"Point","coordinates":null}""", GeometryFaultKind.WrongJsonType, "/coordinates")]
    [InlineData("""{"type":"Point","coordinates":[1]}""", GeometryFaultKind.IncompletePosition, "/coordinates")]
    [InlineData("""{"type":"Point","coordinates":["9","45"]}""", GeometryFaultKind.WrongJsonType, "/coordinates/0")]
    [InlineData("""{"type":"Point","coordinates":[1,2,null]}""", GeometryFaultKind.WrongJsonType, "/coordinates/2")]
    [InlineData("""{"type":"Point","coordinates":[1,1e999]}""", GeometryFaultKind.NotFinite, "/coordinates/1")]
    [InlineData("""{"type":"Point","coordinates":[1,2],"coordinates":[3,4]}""", GeometryFaultKind.DuplicateMember, "/coordinates")]
    [InlineData("""{"type":"Point","coordinates":[1,2],"bbox":[1,2,1]}""", GeometryFaultKind.BadBoundingBox, "/bbox")]
    [InlineData("""{"type":"LineString","coordinates":[[1,2]]}""", GeometryFaultKind.TooFewPositions, "/coordinates")]
    [InlineData("""{"type":"LineString","coordinates":[[1,2],3]}""", GeometryFaultKind.WrongJsonType, "/coordinates/1")]
    [InlineData("""{"type":"Polygon","coordinates":[[]]}""", GeometryFaultKind.TooFewPositions, "/coordinates/0")]
    [InlineData("""{"type":"Polygon","coordinates":[[[0,0],[1,1],[0,0]]]}""", GeometryFaultKind.TooFewPositions, "/coordinates/0")]
    [InlineData("""{"type":"Polygon","coordinates":[[[0,0],[9,0],[9,9],[0,1]]]}""", GeometryFaultKind.RingNotClosed, "/coordinates/0/3")]
    [InlineData(
        """{"type":"GeometryCollection","geometries":[{"type":"Point","coordinates":[1,2]},null]}""",
        GeometryFaultKind.WrongJsonType,
        "/geometries/1")]
    [InlineData("""{"type":"GeometryCollection","geometries":{}}""", GeometryFaultKind.WrongJsonType, "/geometries")]
    public void A_fault_says_what_and_where(string json, GeometryFaultKind kind, string at)
    {
        var fault = Fault(json);
        Assert.Equal((kind, "/geometry" + at), (fault.Kind, fault.JsonPointer));
        Assert.NotEmpty(fault.Expected);
        Assert.NotEmpty(fault.Got);
    }

    [Fact]
    public void Every_valid_conformance_document_is_read()
    {
        var folder = SharedFolder.Find("conformance/geojson/valid");
        Assert.SkipWhen(folder is null, "../shared is absent");
        var files = Directory.GetFiles(folder!, "*.json", SearchOption.AllDirectories);
        Assert.Equal(30, files.Length);
        Assert.All(files, file => Assert.All(Geometries(File.ReadAllText(file)), geometry => Assert.Null(TryRead(geometry).Fault)));
    }

    [Fact]
    public void Every_invalid_conformance_geometry_is_refused()
    {
        var folder = SharedFolder.Find("conformance/geojson/invalid");
        Assert.SkipWhen(folder is null, "../shared is absent");
        var files = Directory.GetDirectories(folder!)
            .Where(path => !Path.GetFileName(path).StartsWith("feature", StringComparison.Ordinal))
            .SelectMany(path => Directory.GetFiles(path, "*.json"))
            .ToArray();
        Assert.Equal(28, files.Length);
        Assert.All(files, file => Assert.NotNull(TryRead(JsonElement.Parse(File.ReadAllText(file))).Fault));
    }

    private static IEnumerable<JsonElement> Geometries(string json)
    {
        var document = JsonElement.Parse(json);
        return document.GetProperty("type").GetString() switch
        {
            "Feature" => [document.GetProperty("geometry")],
            "FeatureCollection" => document.GetProperty("features").EnumerateArray().Select(feature => feature.GetProperty("geometry")),
            _ => [document],
        };
    }

    private static string Nested(int depth)
        => depth == 0
            ? """{"type":"Point","coordinates":[1,2]}"""
            : $$"""{"type":"GeometryCollection","geometries":[{{Nested(depth - 1)}}]}""";

    private static (Geometry? Geometry, GeometryFault? Fault) TryRead(JsonElement element, int maxPositions = int.MaxValue)
    {
        var isRead = GeoJsonGeometryReader.TryRead(element, "/geometry", out var geometry, out var fault, maxPositions);
        Assert.Equal(isRead, fault is null);
        return (geometry, fault);
    }

    private static Geometry? Read(string json, int maxPositions = int.MaxValue)
    {
        var (geometry, fault) = TryRead(JsonElement.Parse(json), maxPositions);
        Assert.Null(fault);
        return geometry;
    }

    private static GeometryFault Fault(string json, int maxPositions = int.MaxValue)
    {
        var (geometry, fault) = TryRead(JsonElement.Parse(json), maxPositions);
        Assert.Null(geometry);
        return fault!;
    }
}
