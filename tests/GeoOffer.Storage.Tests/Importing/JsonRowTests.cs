using GeoOffer.Storage.Importing;
using GeoOffer.Storage.Importing.Reading;

namespace GeoOffer.Storage.Tests.Importing;

/// <summary>JSON that is no GeoJSON document: arrays and lines of objects.</summary>
public sealed class JsonRowTests
{
    private const string Feature = """{"type":"Feature","id":"f","geometry":{"type":"Point","coordinates":[9,45]},"properties":{"name":"x"}}""";

    [Theory]
    [InlineData(1)]
    [InlineData(1 << 16)]
    public async Task An_array_of_objects_is_read_as_rows_without_geometry(int drop)
    {
        var table = await ReadTable.OfAsync("""[ {"CITY":"Ancona","LATITUDE":43.62,"note":null}, {"CITY":"Bari","LATITUDE":41.14} ]"""u8.ToArray(), drop: drop);
        Assert.Equal((SourceFormat.GeoJson, 2), (table.Description.Format, table.Rows.Count));
        Assert.Equal(["Ancona", "Bari"], table["CITY"]);
        Assert.Equal(["43.62", "41.14"], table["LATITUDE"]);
        Assert.Equal(["/0", "/1"], table.Rows.Select(row => row.Place));
        Assert.All(table.Rows, row => Assert.False(row.CarriesGeometry));
    }

    [Fact]
    public async Task An_array_of_features_is_read_as_features()
    {
        var table = await ReadTable.OfAsync($"[{Feature},{{\"geometry\":null,\"properties\":{{}}}},{{\"name\":\"y\"}},7]");
        Assert.Equal(["POINT (9 45)", null, null, null], table.Rows.Select(row => row.Geometry?.AsText()));
        Assert.Equal([true, true, false, true], table.Rows.Select(row => row.CarriesGeometry));
        Assert.Equal(
            [null, RejectionCode.NoFeature, null, RejectionCode.NoFeature], table.Rows.Select(row => row.Fault?.Code));
    }

    [Fact]
    public async Task A_plain_object_per_line_is_a_row()
    {
        var table = await ReadTable.OfAsync("{\"code\":\"A\",\"lon\":9}\n{\"code\":\"B\",\"lon\":10}\n" + Feature + "\n");
        Assert.Equal(SourceFormat.GeoJsonSeq, table.Description.Format);
        Assert.Equal(["A", "B", null], table["code"]);
        Assert.Equal([false, false, true], table.Rows.Select(row => row.CarriesGeometry));
    }

    [Theory]
    [InlineData("[1,2]", FileFaultCode.Structure)]
    [InlineData("[\"a\"]", FileFaultCode.Structure)]
    [InlineData("[{\"a\":1}", FileFaultCode.Syntax)]
    [InlineData("[{\"a\":1}] x", FileFaultCode.Syntax)]
    [InlineData("[{\"a\":1},]", FileFaultCode.Syntax)]
    public async Task An_array_of_anything_else_is_no_table(string json, FileFaultCode code)
    {
        var exception = await Assert.ThrowsAsync<UnreadableFileException>(() => ReadTable.OfAsync(json));
        Assert.Equal(code, exception.Fault.Code);
    }

    [Fact]
    public async Task A_hostile_name_of_a_member_is_a_damaged_name()
    {
        var table = await ReadTable.OfAsync("""[{"\ud800":1,"a":"\ud800","type":"\ud800"},{"\ud800":1,"type":"Feature","properties":{"\ud800":1}}]""");
        Assert.Equal(
            [("\uFFFD", SourceValueKind.Text), ("a", SourceValueKind.Damaged), ("type", SourceValueKind.Damaged)],
            table.Rows[0].Fields.Select(field => (field.Name, field.Value.Kind)));
        Assert.Equal("\uFFFD", Assert.Single(table.Rows[1].Fields).Name);
    }
}
