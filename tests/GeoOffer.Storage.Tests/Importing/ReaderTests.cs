using System.Text;
using GeoOffer.Storage.Importing;
using GeoOffer.Storage.Importing.Reading;

namespace GeoOffer.Storage.Tests.Importing;

public sealed class ReaderTests
{
    private const string TwoFeatures =
        """
        {"name":"x","features":[
          {"type":"Feature","id":"a","properties":{"text":"caffè \"\\","list":[1,{"deep":[]}]},"geometry":{"type":"Point","coordinates":[9,45]}},
          {"type":"Feature","id":7,"properties":null,"geometry":null}
        ],"type":"FeatureCollection"}
        """;

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(64)]
    [InlineData(1 << 16)]
    public async Task A_collection_is_read_alike_however_its_bytes_arrive(int drop)
    {
        var rows = await ReadAsync(SourceFormat.GeoJson, TwoFeatures, drop);
        Assert.Equal(["1 /features/0 a POINT (9 45) text=caffè \"\\ list=an array", "2 /features/1 7  "], rows);
    }

    [Fact]
    public async Task A_byte_order_mark_is_skipped()
        => Assert.Equal(2, (await ReadAsync(SourceFormat.GeoJson, "\uFEFF" + TwoFeatures, 1)).Count);

    [Theory]
    [InlineData("""{"type":"Feature","properties":{"a":"1"},"geometry":null}""")]
    [InlineData("""{"properties":{"a":"1"},"geometry":null,"type":"Feature"}""")]
    public async Task A_single_feature_is_a_row(string json)
        => Assert.Equal(["1    a=1"], await ReadAsync(SourceFormat.GeoJson, json));

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    public async Task A_line_is_a_feature_of_a_sequence(string end)
    {
        var text = $$"""{"type":"Feature","properties":{"a":1},"geometry":null}{{end}}{{end}}{"type":"Feature","properties":{"a":2},"geometry":null}""";
        Assert.Equal(["1 line 1   a=1", "2 line 3   a=2"], await ReadAsync(SourceFormat.GeoJsonSeq, text, 5));
    }

    [Fact]
    public async Task A_record_separator_begins_a_feature_of_a_sequence()
    {
        const string Text = "\u001e{\"type\":\"Feature\",\n\"properties\":{\"a\":1},\"geometry\":null}\n\u001e{\"type\":\"Feature\",\"properties\":{\"a\":2},\"geometry\":null}\n";
        Assert.Equal(["1 line 1   a=1", "2 line 3   a=2"], await ReadAsync(SourceFormat.GeoJsonSeq, Text, 7));
    }

    [Fact]
    public async Task A_broken_record_of_a_sequence_does_not_hide_those_after_it()
    {
        const string Text = "{\"type\":\"Feature\",\"properties\":{}\n{\"type\":\"Feature\",\"properties\":{\"a\":2},\"geometry\":null}";
        Assert.Equal(["1 line 1    JsonBroken", "2 line 2   a=2"], await ReadAsync(SourceFormat.GeoJsonSeq, Text));
    }

    [Theory]
    [InlineData("a,b\r\n1,2\r\n", "1 line 2   a=1 b=2")]
    [InlineData("a;b\n1;\"x;y\"\n", "1 line 2   a=1 b=x;y")]
    [InlineData("a\tb\n1\t2", "1 line 2   a=1 b=2")]
    [InlineData("a|b\n\n  \n1|2", "1 line 4   a=1 b=2")]
    [InlineData("\uFEFFa,b\n1,\"say \"\"so\"\"\nand so\"\n", "1 line 2   a=1 b=say \"so\"·and so")]
    [InlineData("\"a\nb\",c\n1,2\n", "1 line 3   a b=1 c=2")]
    [InlineData("a,b\n1,2,3\n", "1 line 2   a=1 b=2 WrongCellCount")]
    [InlineData("a,b\n1,2,,\n", "1 line 2   a=1 b=2")]
    [InlineData("a,b\n1\n", "1 line 2   a=1 (WrongCellCount)")]
    [InlineData("a,b\n \"1,5\" , \"x \"\"y\"\"\"\n", "1 line 2   a=1,5 b=x \"y\"")]
    [InlineData("a,b\n\"1\"x,2\n", "1 line 2   a=1\"x b=2 BadQuotes")]
    [InlineData("a,b\r1,2\r", "1 line 2   a=1 b=2")]
    public async Task Separated_text_is_cut_into_cells(string text, string expected)
    {
        foreach (var drop in (int[])[1, 2, 1 << 16])
        {
            Assert.Equal([expected], await ReadAsync(SourceFormat.Csv, text, drop));
        }
    }

    [Theory]
    [InlineData(SourceFormat.GeoJson, "{\"type\":\"FeatureCollection\",\n\"features\":[{]}", FileFaultCode.Syntax, 2)]
    [InlineData(SourceFormat.GeoJson, "{\"type\":\"FeatureCollection\",\"features\":[", FileFaultCode.Syntax, 1)]
    [InlineData(SourceFormat.GeoJson, "{\"type\":\"FeatureCollection\",\"features\":[]} x", FileFaultCode.Syntax, 1)]
    [InlineData(SourceFormat.GeoJson, "{\"type\":\"FeatureCollection\"}", FileFaultCode.Structure, 1)]
    [InlineData(SourceFormat.GeoJson, "{\"type\":\"FeatureCollection\",\"features\":{}}", FileFaultCode.Structure, null)]
    [InlineData(SourceFormat.GeoJson, "{\"type\":\"FeatureCollection\",\"features\":[],\"features\":[]}", FileFaultCode.Structure, 1)]
    [InlineData(SourceFormat.GeoJson, "{\"type\":\"Topology\",\"objects\":{}}", FileFaultCode.Structure, 1)]
    [InlineData(SourceFormat.GeoJson, "[1]", FileFaultCode.Structure, 1)]
    [InlineData(SourceFormat.GeoJson, "{}", FileFaultCode.Structure, 1)]
    [InlineData(SourceFormat.Csv, "a,b\n1,\"2\n3,4\n", FileFaultCode.Syntax, 2)]
    [InlineData(SourceFormat.Csv, "Geo X,b,GEOX\n", FileFaultCode.Header, 1)]
    public async Task What_cannot_be_read_says_where(SourceFormat format, string text, FileFaultCode code, int? line)
    {
        foreach (var drop in (int[])[1, 1 << 16])
        {
            var exception = await Assert.ThrowsAsync<UnreadableFileException>(() => ReadAsync(format, text, drop));
            Assert.Equal((code, (long?)line), (exception.Fault.Code, exception.Fault.Line));
        }
    }

    [Theory]
    [InlineData("x.geojson", """{"type":"FeatureCollection","features":[]}""", SourceFormat.GeoJson)]
    [InlineData("x.json", """{"type":"Feature","properties":{}}""" + "\n" + """{"type":"Feature","properties":{}}""", SourceFormat.GeoJsonSeq)]
    [InlineData("x.geojson", "{\n\"type\":\"Feature\",\"properties\":{}}", SourceFormat.GeoJson)]
    [InlineData("x", "\u001e{\"type\":\"Feature\"}", SourceFormat.GeoJsonSeq)]
    [InlineData("x.txt", "code;name\nA;b", SourceFormat.Csv)]
    [InlineData("x.csv", "code\nA", SourceFormat.Csv)]
    public async Task The_format_is_told_from_content_and_extension(string name, string text, SourceFormat expected)
        => Assert.Equal(expected, await SniffAsync(name, Encoding.UTF8.GetBytes(text)));

    [Theory]
    [InlineData("x.csv", new byte[] { 0x50, 0x4B, 0x03, 0x04, 0x14 }, FileFaultCode.UnknownFormat)]
    [InlineData("x.csv", new byte[] { 0x61, 0x2C, 0x00, 0x62 }, FileFaultCode.UnknownFormat)]
    [InlineData("x.geojson", new byte[] { 0x61, 0x2C, 0x62 }, FileFaultCode.UnknownFormat)]
    [InlineData("x.html", new byte[] { 0x3C, 0x68, 0x74 }, FileFaultCode.UnknownFormat)]
    [InlineData("x.geojson", new byte[0], FileFaultCode.Empty)]
    [InlineData("x.geojson", new byte[] { 0xEF, 0xBB, 0xBF, 0x20, 0x0A }, FileFaultCode.Empty)]
    public async Task What_is_no_format_is_refused(string name, byte[] bytes, FileFaultCode code)
    {
        var exception = await Assert.ThrowsAsync<UnreadableFileException>(() => SniffAsync(name, bytes));
        Assert.Equal(code, exception.Fault.Code);
    }

    private static async Task<SourceFormat> SniffAsync(string name, byte[] bytes)
    {
        await using var stream = new MemoryStream(bytes);
        return await FormatSniffer.SniffAsync(stream, name, TestContext.Current.CancellationToken);
    }

    private static async Task<List<string>> ReadAsync(SourceFormat format, string text, int drop = 1 << 16)
    {
        var file = new ImportFile("x", _ => ValueTask.FromResult<Stream>(new DripStream(Encoding.UTF8.GetBytes(text), drop)));
        await using var source = await Source.OpenAsync(file, new SourceOptions { Format = format }, TestContext.Current.CancellationToken);
        var rows = new List<string>();
        await foreach (var row in source.ReadAsync(TestContext.Current.CancellationToken))
        {
            var fields = row.Fields.Select(field => $"{MessageText.Shorten(field.Name)}={field.Value.Describe()}");
            rows.Add(string.Join(' ', [
                $"{row.Number}", row.Place, $"{row.Id}", $"{row.Geometry?.AsText()}", string.Join(' ', fields), .. row.Doubts.Select(doubt => $"({doubt.Code})"), .. row.Fault is { } fault ? [$"{fault.Code}"] : Array.Empty<string>()]));
        }

        return rows;
    }
}
