using GeoOffer.Storage.Importing;
using GeoOffer.Storage.Importing.Profiles;

namespace GeoOffer.Storage.Tests.Importing;

/// <summary>Profiles as documents: those of the program can be used, and of others everything that is wrong is told at once.</summary>
public sealed class ProfileReaderTests
{
    private const string Least =
        """
        {
          "name": "my-register", "title": {"it": "Siti", "en": "Sites"}, "collection": "sites",
          "fields": {"code": {"columns": "ID"}, "kind": {"value": "brownfield"}, "name_it": {"columns": ["Nome"]}}
        }
        """;

    [Fact]
    public void The_profiles_of_the_program_can_be_used()
        => Assert.Equal(
            [
                "cnig-friches sites", "cnig-site-eco sites", "cnig-terrain-eco sites", "inspire-land-use sites", "istat-municipalities municipalities",
                "istat-provinces provinces", "lombardy-regeneration-areas sites", "uk-brownfield-land sites",
            ],
            ImportProfiles.BuiltIn.Select(profile => $"{profile.Name} {profile.Collection}"));

    [Fact]
    public void Every_profile_of_the_program_has_titles_and_says_what_was_not_known()
        => Assert.All(ImportProfiles.BuiltIn, profile =>
        {
            Assert.NotEmpty(profile.Notes);
            Assert.NotEqual(profile.TitleIt, profile.TitleEn);
            Assert.True(profile.TitleIt.Length > 10 && profile.TitleEn.Length > 10);
        });

    [Fact]
    public void The_least_profile_needs_its_required_fields_only()
    {
        var profile = Read(Least);
        Assert.Equal(("my-register", "Siti", "Sites", "sites"), (profile.Name, profile.TitleIt, profile.TitleEn, profile.Collection));
        Assert.Equal(["code", "name_it"], profile.Fields.Select(field => field.Field.Column));
        Assert.Equal("brownfield", profile.FixedValues["kind"]);
    }

    [Fact]
    public void Remarks_and_commas_at_the_end_are_taken()
        => Assert.Equal("my-register", Read(Least.Replace("\"name\"", "// a remark\n\"$why\": \"because\", \"name\"", StringComparison.Ordinal).Replace("}}", "},}", StringComparison.Ordinal)).Name);

    [Theory]
    [InlineData("\"my-register\"", "\"My Register\"", "$.name", "no name")]
    [InlineData("\"sites\"", "\"site\"", "$.collection", "'site' is no collection")]
    [InlineData("\"it\": \"Siti\", ", "", "$.title.it", "missing")]
    [InlineData("\"Siti\"", "7", "$.title.it", "no text")]
    [InlineData("\"kind\": {\"value\": \"brownfield\"}, ", "", "$.fields", "kind is missing")]
    [InlineData("\"brownfield\"", "\"brownfeld\"", "$.fields.kind.value", "did you mean brownfield?")]
    [InlineData("\"value\": \"brownfield\"", "\"value\": \"brownfield\", \"columns\": \"a\"", "$.fields.kind.value", "not both")]
    [InlineData("\"value\": \"brownfield\"", "\"colums\": \"a\"", "$.fields.kind.colums", "did you mean columns?")]
    [InlineData("\"kind\": ", "\"sort\": ", "$.fields.sort", "no such field")]
    [InlineData("\"columns\": \"ID\"", "\"columns\": \"ID\", \"factor\": 2", "$.fields.code.factor", "code is no number")]
    [InlineData("\"columns\": \"ID\"", "\"columns\": \"ID\", \"dates\": \"dd\"", "$.fields.code.dates", "code is no day")]
    [InlineData("\"columns\": \"ID\"", "\"columns\": []", "$.fields.code.columns", "empty")]
    [InlineData("\"columns\": \"ID\"", "\"columns\": \"ID\", \"otherwise\": \"x\"", "$.fields.code.otherwise", "no values")]
    [InlineData("\"columns\": \"ID\"", "\"columns\": \"ID\", \"digits\": 0", "$.fields.code.digits", "from 1 to 20")]
    [InlineData("\"columns\": \"ID\"", "\"columns\": \"ID\", \"dashes\": \"yes\"", "$.fields.code.dashes", "true or false")]
    [InlineData("\"code\": {", "\"ownership\": {\"columns\": \"p\", \"values\": {\"a b\": \"publik\"}}, \"code\": {", "$.fields.ownership.values['a b']", "did you mean public?")]
    [InlineData("\"code\": {", "\"ownership\": {\"columns\": \"p\", \"values\": {\"a\": \"public\"}, \"otherwise\": \"none\"}, \"code\": {", "$.fields.ownership.otherwise", "cannot be 'none'")]
    [InlineData("\"code\": {", "\"verified_on\": {\"columns\": \"d\", \"dates\": [\"giorno\"]}, \"code\": {", "$.fields.verified_on.dates", "no pattern of a day")]
    [InlineData("\"code\": {", "\"verified_on\": {\"columns\": \"d\", \"dates\": [\"HH:mm\"]}, \"code\": {", "$.fields.verified_on.dates", "no pattern of a day")]
    [InlineData("\"collection\"", "\"position\": {\"x\": \"a\"}, \"collection\"", "$.position", "x and y go together")]
    [InlineData("\"collection\"", "\"position\": {\"pair\": {\"columns\": \"a\", \"order\": \"xy\"}}, \"collection\"", "$.position.pair.order", "lat_lon or lon_lat")]
    [InlineData("\"collection\"", "\"position\": {\"system\": {\"columns\": \"a\", \"values\": {\"WGS84\": \"world\"}}}, \"collection\"", "$.position.system.values.WGS84", "no EPSG code")]
    [InlineData("\"collection\"", "\"position\": {\"srid\": 7}, \"collection\"", "$.position.srid", "whole number")]
    [InlineData("\"collection\"", "\"extent\": [1, 2, 3], \"collection\"", "$.extent", "no box")]
    [InlineData("\"collection\"", "\"extent\": [3, 2, 1, 4], \"collection\"", "$.extent", "no box")]
    [InlineData("\"collection\"", "\"rows\": [{\"columns\": \"a\"}], \"collection\"", "$.rows[0].any_of", "missing")]
    [InlineData("\"collection\"", "\"rows\": 3, \"collection\"", "$.rows", "no array")]
    [InlineData("\"collection\"", "\"licens\": \"x\", \"collection\"", "$.licens", "did you mean licence?")]
    public void What_is_wrong_is_told_with_its_place_and_a_fix(string part, string other, string path, string said)
    {
        Assert.Contains(part, Least, StringComparison.Ordinal);
        var index = Least.IndexOf(part, StringComparison.Ordinal);
        var exception = Assert.Throws<ImportProfileException>(() => Read(Least[..index] + other + Least[(index + part.Length)..]));
        Assert.Contains(exception.Faults, fault => fault.Path == path && $"{fault.Reason}; {fault.Fix}".Contains(said, StringComparison.Ordinal));
        Assert.Contains($"at {path}: ", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void All_faults_are_told_at_once()
    {
        var exception = Assert.Throws<ImportProfileException>(() => Read(
            """{"name": "A B", "titel": 3, "collection": "sites", "fields": {"code": {"columns": []}, "kind": {"value": "x"}, "colour": {}}, "extent": "all"}"""));
        Assert.Equal(
            ["$.extent", "$.fields", "$.fields.code.columns", "$.fields.colour", "$.fields.kind.value", "$.name", "$.titel", "$.title"],
            exception.Faults.Select(fault => fault.Path).Order());
    }

    [Theory]
    [InlineData("{\"name\": \"a\",\n \"title\": }", "line 2")]
    [InlineData("[]", "$")]
    [InlineData("3", "$")]
    public void What_is_no_profile_is_told_as_such(string json, string path)
        => Assert.StartsWith(path, Assert.Single(Assert.Throws<ImportProfileException>(() => Read(json)).Faults).Path, StringComparison.Ordinal);

    [Fact]
    public async Task A_profile_is_found_by_name_or_path()
    {
        var token = TestContext.Current.CancellationToken;
        Assert.Equal("cnig-friches", (await ImportProfiles.GetAsync("cnig-friches", token)).Name);
        Assert.Contains("did you mean cnig-friches?", (await Assert.ThrowsAsync<ImportRequestException>(() => ImportProfiles.GetAsync("cnig-friche", token))).Message, StringComparison.Ordinal);
        Assert.Contains("cannot be read", (await Assert.ThrowsAsync<ImportRequestException>(() => ImportProfiles.GetAsync("/nowhere/my.json", token))).Message, StringComparison.Ordinal);

        var path = Path.Combine(Path.GetTempPath(), $"geooffer-{Guid.NewGuid():N}.json");
        try
        {
            await File.WriteAllTextAsync(path, Least, token);
            Assert.Equal("my-register", (await ImportProfiles.GetAsync(path, token)).Name);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static ImportProfile Read(string json) => ProfileReader.Read(json, "my.json");
}
