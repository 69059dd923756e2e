using GeoOffer.Storage.Importing;
using GeoOffer.Storage.Importing.Fields;
using GeoOffer.Storage.Importing.Profiles;
using GeoOffer.Storage.Importing.Reading;

namespace GeoOffer.Storage.Tests.Importing;

/// <summary>Rows of a register seen through a profile, before any field reads them.</summary>
public sealed class ProfiledRowTests
{
    [Theory]
    [InlineData("\"gross_area_declared_ha\": {\"columns\": \"v\", \"factor\": 0.0001}", "97540", "9.754")]
    [InlineData("\"gross_area_declared_ha\": {\"columns\": \"v\", \"factor\": 100}", "0.5", "50")]
    [InlineData("\"gross_area_declared_ha\": {\"columns\": \"v\", \"factor\": 0.0001}", "1.5e4", "1.5")]
    [InlineData("\"gross_area_declared_ha\": {\"columns\": \"v\", \"factor\": 0.0001}", "9 mila", "9 mila")]
    [InlineData("\"gross_area_declared_ha\": {\"columns\": \"v\", \"factor\": 0.0001}", "1e27", "1e27")]
    [InlineData("\"ownership\": {\"columns\": \"v\", \"values\": {\"Pubblica\": \"public\"}}", "PUBBLICA", "public")]
    [InlineData("\"ownership\": {\"columns\": \"v\", \"values\": {\"publicité d'État\": \"public\"}}", "Publicite  d’Etat", "public")]
    [InlineData("\"ownership\": {\"columns\": \"v\", \"values\": {\"2*\": \"private\", \"21\": \"public\"}}", "21", "public")]
    [InlineData("\"ownership\": {\"columns\": \"v\", \"values\": {\"2*\": \"private\", \"21\": \"public\"}}", "22", "private")]
    [InlineData("\"ownership\": {\"columns\": \"v\", \"values\": {\"3\": \"public\"}}", "03", "public")]
    [InlineData("\"ownership\": {\"columns\": \"v\", \"values\": {\"a\": \"public\"}}", "b", "b")]
    [InlineData("\"ownership\": {\"columns\": \"v\", \"values\": {\"a\": null}}", "a", null)]
    [InlineData("\"ownership\": {\"columns\": \"v\", \"values\": {\"a\": \"public\"}, \"otherwise\": \"keep\"}", "private", "private")]
    [InlineData("\"ownership\": {\"columns\": \"v\", \"values\": {\"a\": \"public\"}, \"otherwise\": \"unknown\"}", "b", "unknown!")]
    [InlineData("\"ownership\": {\"columns\": \"v\", \"values\": {\"a\": \"public\"}, \"empty\": \"unknown\"}", "", "unknown")]
    [InlineData("\"ownership\": {\"columns\": \"v\", \"separators\": \"|\", \"values\": {\"a\": \"public\", \"b\": \"private\"}, \"several\": \"mixed\"}", "a|b", "mixed")]
    [InlineData("\"ownership\": {\"columns\": \"v\", \"separators\": \"|\", \"values\": {\"a\": \"public\", \"b\": \"private\"}, \"several\": \"mixed\"}", "a|a", "public")]
    [InlineData("\"ownership\": {\"columns\": \"v\", \"separators\": \"|\", \"values\": {\"a\": \"public\", \"c\": \"unknown\"}, \"several\": \"mixed\"}", "a|c", "unknown")]
    [InlineData("\"ownership\": {\"columns\": \"v\", \"separators\": \"|\", \"values\": {\"a\": \"public\", \"b\": \"private\"}}", "a|b", "a|b")]
    [InlineData("\"functions\": {\"columns\": \"v\", \"separators\": [\",\", \" e \"], \"values\": {\"ind*\": \"industrial\", \"uff*\": \"offices\"}}", "industria, uffici e industria", "industrial offices industrial")]
    [InlineData("\"functions\": {\"columns\": \"v\", \"after_last\": \"/\", \"values\": {\"2_*\": \"industrial\"}}", "http://inspire.ec.europa.eu/codelist/HILUCSValue/2_4_EnergyProduction", "industrial")]
    [InlineData("\"verified_on\": {\"columns\": \"v\", \"dates\": [\"dd/MM/yyyy\", \"d-MMM-yy\"]}", "31/12/2024", "2024-12-31")]
    [InlineData("\"verified_on\": {\"columns\": \"v\", \"dates\": [\"dd/MM/yyyy\", \"d-MMM-yy\"]}", "28-Oct-15", "2015-10-28")]
    [InlineData("\"verified_on\": {\"columns\": \"v\", \"dates\": \"yyyy\"}", "1998", "1998-01-01")]
    [InlineData("\"verified_on\": {\"columns\": \"v\", \"dates\": \"dd/MM/yyyy\"}", "2024-12-31", "2024-12-31")]
    [InlineData("\"verified_on\": {\"columns\": \"v\", \"dates\": \"dd/MM/yyyy\"}", "12/31/2024", "12/31/2024")]
    [InlineData("\"municipality_code\": {\"columns\": \"v\", \"digits\": 6}", "15146", "015146")]
    [InlineData("\"municipality_code\": {\"columns\": \"v\", \"digits\": 6}", "Milano", "Milano")]
    [InlineData("\"planning_zone\": {\"columns\": \"v\"}", "n.d.", null)]
    [InlineData("\"planning_zone\": {\"columns\": \"v\"}", "1.001", "1.001")]
    public async Task A_value_becomes_what_the_profile_says(string field, string value, string? expected)
    {
        var row = Assert.Single(await ReadAsync($"{{\"missing\": [\"N.D.\"], \"fields\": {{{field}}}}}", "id,Nome,v", $"A,x,\"{value}\""));
        var read = row.Fields.Last(other => other.Name is not ("code" or "name_it")).Value;
        var text = read.Kind == SourceValueKind.Array ? string.Join(' ', read.Items().Select(item => item.Text)) : read.Stated ?? read.Text;
        Assert.Equal(expected, text + (row.Doubts.Count > 0 ? "!" : "") is { Length: > 0 } shown ? shown : null);
    }

    [Fact]
    public async Task Codes_get_dashes_and_texts_are_joined_from_the_columns_that_are_filled()
    {
        var rows = await ReadAsync(
            """{"fields": {"description_it": {"columns": ["via", "comune", "note"], "join": ", "}}}""", "ID,Nome,Via,Comune,Note",
            "P2013/10 89,x,via Po,,bella", "B,x,,,");
        Assert.Equal(["P2013-10-89", "B"], rows.Select(row => row.Fields[0].Value.Text));
        Assert.Equal(["via Po, bella", null], rows.Select(row => Value(row, "description_it")));
    }

    [Fact]
    public async Task The_first_filled_column_goes_and_one_column_may_make_many_fields()
    {
        var rows = await ReadAsync(
            """{"fields": {"name_en": {"columns": ["title", "NOME"]}, "planning_zone": {"columns": "nome"}}}""", "id,nome,TITLE", "A,uno,one", "B,due,");
        Assert.Equal(["one", "due"], rows.Select(row => Value(row, "name_en")));
        Assert.Equal(["uno", "due"], rows.Select(row => Value(row, "planning_zone")));
        Assert.Equal(["uno", "due"], rows.Select(row => Value(row, "name_it")));
    }

    [Theory]
    [InlineData("\"x\": [\"Est\", \"X\"], \"y\": [\"Nord\", \"Y\"], \"srid\": 3003", "Est,Nord", "1515000,5033900", "lon=1515000 lat=5033900", 3003)]
    [InlineData("\"geometry\": \"geom\"", "geom", "\"POINT (9 45)\"", "wkt=POINT (9 45)", null)]
    [InlineData("\"pair\": {\"columns\": \"pos\", \"order\": \"lon_lat\"}", "pos", "\"9.1, 45.2\"", "lon=9.1 lat=45.2", null)]
    [InlineData("\"pair\": {\"columns\": \"pos\", \"order\": \"lat_lon\"}", "pos", "\"45.2 9.1\"", "lon=9.1 lat=45.2", null)]
    [InlineData("\"pair\": {\"columns\": \"pos\", \"order\": \"lat_lon\"}", "pos", "Lodi", "wkt=Lodi", null)]
    [InlineData("\"x\": \"a\", \"y\": \"b\", \"system\": {\"columns\": \"crs\", \"values\": {\"OSGB36\": 27700}}", "a,b,crs", "1,2, osgb36 ", "lon=1 lat=2", 27700)]
    [InlineData("\"x\": \"a\", \"y\": \"b\", \"srid\": 4258, \"system\": {\"columns\": \"crs\", \"values\": {\"OSGB36\": 27700}}", "a,b,crs", "1,2,", "lon=1 lat=2", 4258)]
    [InlineData("\"x\": \"a\", \"y\": \"b\", \"system\": {\"columns\": \"crs\", \"values\": {\"OSGB36\": 27700}, \"otherwise\": 4326}", "a,b,crs", "1,2,Mars", "lon=1 lat=2", 4326)]
    [InlineData("\"x\": \"a\", \"y\": \"b\", \"system\": {\"columns\": \"crs\", \"values\": {\"OSGB36\": 27700}}", "a,b,crs", "1,2,Mars", "lon=1 lat=2 OutsideDomain", null)]
    [InlineData("\"x\": \"a\", \"y\": \"b\", \"system\": {\"columns\": \"crs\", \"values\": {\"OSGB36\": 27700}}", "a,b,crs", ",,Mars", "lon= lat=", null)]
    public async Task Positions_and_their_system_are_where_the_profile_says(string position, string header, string cells, string expected, int? srid)
    {
        var row = Assert.Single(await ReadAsync($"{{\"position\": {{{position}}}}}", $"id,nome,{header}", $"A,x,{cells}"));
        var shown = row.Fields.Where(field => field.Name is "lon" or "lat" or "wkt").Select(field => $"{field.Name}={field.Value.Text}");
        Assert.Equal(expected, string.Join(' ', [.. shown, .. row.Fault is { } fault ? [$"{fault.Code}"] : Array.Empty<string>()]));
        Assert.Equal(srid, row.Srid);
    }

    [Fact]
    public async Task Rows_that_do_not_meet_the_condition_are_left_out_and_told()
    {
        const string Profile = """{"parameters": {"region": "3"}, "rows": [{"columns": "COD_REG", "any_of": ["{region}"]}, {"columns": "tipo", "any_of": ["a*", "b"]}]}""";
        var notices = new List<string>();
        var rows = await ReadAsync(Profile, "id,nome,cod_reg,tipo", ["A,x,03,abc", "B,x,3,c", "C,x,4,b", "D,x,,b", "E,x,3,B"], notices: notices);
        Assert.Equal(["A", "E"], rows.Select(row => row.Fields[0].Value.Text));
        Assert.Equal([1L, 5L], rows.Select(row => row.Number));
        Assert.Equal(["only rows are taken for which COD_REG is 3 and tipo is a* or b; left out: 3"], notices);

        var others = await ReadAsync(Profile, "id,nome,cod_reg,tipo", ["A,x,03,abc", "C,x,4,b"], parameters: new() { ["region"] = "4|5" });
        Assert.Equal(["C"], others.Select(row => row.Fields[0].Value.Text));
        var exception = await Assert.ThrowsAsync<UnreadableFileException>(() => ReadAsync(Profile, "id,nome,cod_reg,tipo", "A,x,9,a"));
        Assert.Equal(FileFaultCode.Empty, exception.Fault.Code);
        Assert.Contains("COD_REG is 3", exception.Fault.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_request_goes_before_its_profile()
    {
        var row = Assert.Single(await ReadAsync(
            """{"fields": {"ownership": {"columns": "prop", "values": {"a": "public"}}, "planning_zone": {"columns": "zona"}}}""",
            "id,nome,prop,prop due,zona,via,x",
            ["A,x,b,a,Z1,Po,y"],
            mapping: new() { ["Prop Due"] = "ownership", ["via"] = "description_it", ["x"] = "", ["zona"] = "planning_zone" },
            fixedValues: new() { ["planning_zone"] = "Z9" }));
        Assert.Equal(("public", "Po"), (Value(row, "ownership"), Value(row, "description_it")));
        Assert.DoesNotContain(row.Fields, field => field.Name is "planning_zone" or "x");
    }

    [Fact]
    public async Task Columns_that_the_profile_leaves_alone_cannot_be_taken_for_fields()
    {
        var row = Assert.Single(await ReadAsync("{}", "id,nome,name_en,lat,quartiere", "A,x,Name,45,Q1"));
        Assert.Equal(["code", "name_it", "name_en (of the file)", "lat (of the file)", "quartiere"], row.Fields.Select(field => field.Name));
    }

    [Fact]
    public async Task A_header_without_what_rows_must_have_is_told_with_the_names_that_were_looked_for()
    {
        var exception = await Assert.ThrowsAsync<UnreadableFileException>(() => ReadAsync("{}", "Codice,Titolo", "A,x"));
        Assert.Equal(FileFaultCode.Header, exception.Fault.Code);
        Assert.Contains("code (id), name_it (Nome)", exception.Fault.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("municipalities", null, "is for sites, not for municipalities")]
    [InlineData("sites", "colour", "has no parameters")]
    public void A_request_that_does_not_go_with_its_profile_is_refused(string collection, string? parameter, string said)
    {
        var request = Imports.Request(collection, "x.csv", "") with
        {
            Profile = Profile("{}"),
            ProfileValues = parameter is null ? [] : new Dictionary<string, string> { [parameter] = "x" },
        };
        Assert.Contains(said, Assert.Throws<ImportRequestException>(() => ProfiledSource.Complete(request)).Message, StringComparison.Ordinal);
    }

    private static string? Value(SourceRow row, string field) => row.Fields.Single(other => other.Name == field).Value.Text;

    private static Task<List<SourceRow>> ReadAsync(string profile, string header, params string[] lines) => ReadAsync(profile, header, lines, []);

    private static async Task<List<SourceRow>> ReadAsync(
        string profile,
        string header,
        string[] lines,
        Dictionary<string, string>? mapping = null,
        Dictionary<string, string>? fixedValues = null,
        Dictionary<string, string>? parameters = null,
        List<string>? notices = null)
    {
        var request = ProfiledSource.Complete(Imports.Request("sites", "x.csv", string.Join('\n', lines.Prepend(header))) with
        {
            Profile = Profile(profile),
            Mapping = mapping ?? [],
            FixedValues = fixedValues ?? [],
            ProfileValues = parameters ?? [],
            Text = new TextDialect { Separator = ',' },
        });
        await using var source = await ProfiledSource.OpenAsync(request, SiteFields.Sites, TestContext.Current.CancellationToken);
        var rows = new List<SourceRow>();
        await foreach (var row in source.ReadAsync(TestContext.Current.CancellationToken))
        {
            rows.Add(row);
        }

        notices?.AddRange(source.Description.Notices);
        return rows;
    }

    /// <summary>A profile with the parts that are given, and the least that every profile has.</summary>
    private static ImportProfile Profile(string parts)
    {
        var root = System.Text.Json.Nodes.JsonNode.Parse(parts)!.AsObject();
        var fields = root["fields"]?.AsObject() ?? [];
        root.Remove("fields");
        root["fields"] = System.Text.Json.Nodes.JsonNode.Parse(
            """{"code": {"columns": "id", "dashes": true}, "name_it": {"columns": "Nome"}, "kind": {"value": "brownfield"}}""");
        foreach (var (name, field) in fields.ToList())
        {
            root["fields"]![name] = field!.DeepClone();
        }

        root["name"] = "my-register";
        root["title"] = System.Text.Json.Nodes.JsonNode.Parse("""{"it": "a", "en": "b"}""");
        root["collection"] = "sites";
        return ProfileReader.Read(root.ToJsonString(), "my.json");
    }
}
