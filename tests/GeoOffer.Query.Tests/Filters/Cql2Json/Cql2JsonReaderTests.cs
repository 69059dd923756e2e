using System.Text;
using System.Text.Json;
using GeoOffer.Query.Crs;
using GeoOffer.Query.Filters;
using GeoOffer.Query.Filters.Cql2Json;
using GeoOffer.Query.Filters.Cql2Text;
using static GeoOffer.Query.Tests.Sample;

namespace GeoOffer.Query.Tests.Filters.Cql2Json;

public sealed class Cql2JsonReaderTests
{
    [Theory]
    [InlineData("""{"op":"and","args":[{"property":"is_served"},{"op":"f","args":[]}]}""", "is_served AND f()")]
    [InlineData("""{"op":"=","args":[{"op":">","args":[{"property":"area_ha"},4]},true]}""", "(area_ha > 4) = TRUE")]
    [InlineData("""{"op":"isNull","args":[{"op":"not","args":[true]}]}""", "(NOT (TRUE)) IS NULL")]
    [InlineData("""{"op":"or","args":[{"op":"or","args":[true,false]},{"op":"between","args":[{"property":"a"},-1,1.0]}]}""", "TRUE OR FALSE OR a BETWEEN -1 AND 1.0")]
    [InlineData("""{"op":"t_FinishedBy","args":[{"interval":["..",{"property":"b"}]},{"interval":["2023-01-31","2023-02-01T00:00:00+01:00"]}]}""",
        "T_FINISHEDBY(INTERVAL('..', b), INTERVAL('2023-01-31', '2023-01-31T23:00:00Z'))")]
    [InlineData("""{"op":"f","args":[["a",["b"]],[],[{"op":"+","args":[1,2]}]]}""", "f(('a', ('b')), (), ((1 + 2)))")]
    [InlineData("""{"op":"like","args":[{"property":"name"},{"op":"casei","args":[{"op":"accenti","args":["\u00e9\\_"]}]}]}""", "name LIKE CASEI(ACCENTI('é\\_'))")]
    [InlineData("""{"op":"s_within","args":[{"type":"GeometryCollection","geometries":[{"type":"Point","coordinates":[9,45,120]}]},{"bbox":[9,45,0,10,46,9]}]}""",
        "S_WITHIN(GEOMETRYCOLLECTION(POINT(9 45)), BBOX(9, 45, 10, 46))")]
    public void A_document_reads_as_the_tree_of_its_text(string json, string text) =>
        Assert.Equal(Cql2TextReader.Read(text).Value, Cql2JsonReader.Read(Encoding.UTF8.GetBytes(json)).Value);

    [Theory]
    [InlineData("""1""", "", "a condition: an object with op and args, true or false", "1")]
    [InlineData("""{"op":"+","args":[1,2]}""", "", "a condition: an object with op and args, true or false", "the operator +")]
    [InlineData("""{"op":"not","args":[{"op":"my func","args":[]}]}""", "/args/0", "a condition: an object with op and args, true or false", "the operator my func")]
    [InlineData("""{"op":"=","args":[{"property":"a"}]}""", "/args", "args, an array of 2", "1")]
    [InlineData("""{"op":"and","args":[true]}""", "/args", "args, an array of at least 2", "1")]
    [InlineData("""{"op":"="}""", "", "args, an array of 2", "none")]
    [InlineData("""{"op":"=","args":[{"property":1},2]}""", "/args/0/property", "a text", "1")]
    [InlineData("""{"op":"=","args":[{"property":"a"},null]}""", "/args/1",
        "a value: a text, a number, true, false, an array, or an object with op, property, date, timestamp, interval, bbox or type", "null")]
    [InlineData("""{"op":"=","args":[{"property":"a"},1e999]}""", "/args/1", "a finite number", "1e999")]
    [InlineData("""{"op":"=","args":[{"property":"a"},{"date":"31/01/2023"}]}""", "/args/1/date", "a date YYYY-MM-DD", "the text '31/01/2023'")]
    [InlineData("""{"op":"in","args":[{"property":"a"},"b"]}""", "/args/1", "an array of values", "the text 'b'")]
    [InlineData("""{"op":"like","args":[{"property":"a"},{"property":"b"}]}""", "/args/1", "a pattern: a text, or casei or accenti of one", "another value")]
    [InlineData("""{"op":"t_after","args":[{"property":"a"},{"interval":["..",true]}]}""", "/args/1/interval/1",
        "a date YYYY-MM-DD, an instant YYYY-MM-DDThh:mm:ssZ, '..', or an object with property or op", "true")]
    [InlineData("""{"op":"s_within","args":[{"property":"a"},{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1],[0,1]]]}]}""", "/args/1/coordinates/0",
        "a ring that ends where it starts", "an open ring")]
    [InlineData("""{"op":"s_within","args":[{"property":"a"},{"type":"LineString","coordinates":[[0,0],[1,"x"]]}]}""", "/args/1/coordinates/1/1", "a finite number",
        "the text 'x'")]
    [InlineData("""{"op":"s_within","args":[{"property":"a"},{"type":"Circle","coordinates":[0,0]}]}""", "/args/1/type",
        "Point, LineString, Polygon, MultiPoint, MultiLineString or MultiPolygon", "the text 'Circle'")]
    [InlineData("""{"op":"s_within","args":[{"property":"a"},{"type":["Point"]}]}""", "/args/1", "a geometry, whose type is a text", "an object")]
    [InlineData("""{"op":"s_within","args":[{"property":"a"},{"bbox":[1,2,3]}]}""", "/args/1/bbox", "4 or 6 numbers", "3")]
    public void What_cannot_be_read_is_told_with_its_pointer(string json, string path, string expected, string got) => Assert.Equal(
        new FilterError(path, null, expected, got), Assert.Single(Cql2JsonReader.Read(Encoding.UTF8.GetBytes(json)).Errors));

    [Fact]
    public void What_is_no_JSON_is_told_with_its_position()
    {
        Assert.Equal(new TextPosition(2, 9), Assert.Single(Cql2JsonReader.Read("{\n\"à\":\"b\" x}"u8.ToArray()).Errors).Position);
        Assert.StartsWith("JSON", Assert.Single(Cql2JsonReader.Read("""{"op":"=","op":"<","args":[1,2]}"""u8.ToArray()).Errors).Expected, StringComparison.Ordinal);
        Assert.NotNull(Assert.Single(Cql2JsonReader.Read(Encoding.UTF8.GetBytes(new string('[', 500_000))).Errors).Position);
        Assert.Equal("5000000 bytes", Assert.Single(Cql2JsonReader.Read(new byte[5_000_000]).Errors).Got);
    }

    [Theory]
    [InlineData("""{"op":"\ud83c","args":[]}""", 8)]
    [InlineData("""{"\udf3e":1,"op":"=","args":[1,1]}""", 3)]
    [InlineData("""{"op":"=","args":["\\ud83c\ud83c\udf3e","\ud83c\u0041"]}""", 42)]
    [InlineData("""{"op":"=","args":[1,{"type":"Po\ud83cint","coordinates":[1,2]}]}""", 32)]
    public void Half_a_surrogate_pair_is_refused_wherever_it_stands(string json, int column)
    {
        using var document = JsonDocument.Parse(json);

        Assert.Equal(new TextPosition(1, column), Assert.Single(Cql2JsonReader.Read(Encoding.UTF8.GetBytes(json)).Errors).Position);
        Assert.Equal("texts of whole Unicode characters, in UTF-8", Assert.Single(Cql2JsonReader.Read(document.RootElement).Errors).Expected);
    }

    [Fact]
    public void Bytes_that_are_no_UTF_8_are_refused_wherever_they_stand()
    {
        foreach (var json in new[] { """{"op":"~","args":[]}""", """{"~":1}""", "\"~\"", """{"op":"=","args":[1,{"type":"~","coordinates":[1,2]}]}""" })
        {
            var bytes = Encoding.UTF8.GetBytes(json).Select(unit => unit == (byte)'~' ? (byte)0xFF : unit).ToArray();

            Assert.Equal(new TextPosition(1, json.IndexOf('~', StringComparison.Ordinal) + 1), Assert.Single(Cql2JsonReader.Read(bytes).Errors).Position);
        }
    }

    [Fact]
    public void Errors_of_the_collection_point_into_the_document_though_the_tree_is_flatter()
    {
        const string Json = """
            {"op":"and","args":[{"op":"and","args":[true,{"op":"=","args":[{"property":"nom"},1]}]},
              {"op":"a_contains","args":[{"property":"functions"},["offices"]]},{"property":"area_ha"},
              {"op":"in","args":[{"property":"kind"},["greenfield",5]]},{"op":"=","args":[{"op":"f","args":[1]},1]}]}
            """;

        Assert.Equal(
            ["/args/0/args/1/args/0", "/args/2", "/args/3/args/1/1", "/args/4/args/0"],
            Cql2JsonReader.Read(Encoding.UTF8.GetBytes(Json), Open).Errors.Select(error => error.Path));
    }

    [Fact]
    public void Geometries_are_in_the_axis_order_of_their_system()
    {
        var north = CoordinateSystems.Get(4326);
        var tree = Cql2TextReader.Read("S_WITHIN(geometry, BBOX(9, 45, 10, 46)) OR S_WITHIN(geometry, POINT(9 45))").Value;
        var json = Cql2JsonWriter.Write(tree, north);
        using var document = JsonDocument.Parse(json);

        Assert.Contains("[45,9,46,10]", json, StringComparison.Ordinal);
        Assert.Contains("[45,9]", json, StringComparison.Ordinal);
        Assert.Equal(tree, Cql2JsonReader.Read(document.RootElement, north).Value);
        Assert.Equal(tree, Cql2TextReader.Read(Cql2TextWriter.Write(tree, north), north).Value);
        Assert.Throws<NotSupportedException>(() => Cql2TextWriter.Write(tree, CoordinateSystems.Get(32632)));
    }

    [Fact]
    public void What_CQL2_has_no_form_for_is_not_written()
    {
        Filter[] foreign = [new IsTrue(new Constant(true)), new TupleComparison(ComparisonOperator.Less, [Literal.Of(1)], [Literal.Of(2)]), Equal("a", Literal.Of(double.NaN))];

        Assert.All(foreign, filter => Assert.Throws<NotSupportedException>(() => Cql2JsonWriter.Write(filter)));
        Assert.All(foreign, filter => Assert.Throws<NotSupportedException>(() => Cql2TextWriter.Write(filter)));
        Assert.Throws<NotSupportedException>(() => Cql2TextWriter.Write(Equal("a", Literal.Of(@"b\"))));
        Assert.Equal(Equal("a", Literal.Of(@"\'\b''")), Cql2TextReader.Read(Cql2TextWriter.Write(Equal("a", Literal.Of(@"\'\b''")))).Value);
    }
}
