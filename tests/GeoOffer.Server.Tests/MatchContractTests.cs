using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace GeoOffer.Server.Tests;

public sealed class MatchContractTests(SampleService sample) : IClassFixture<SampleService>
{
    private static readonly string[] ReasonKeys =
    [
        "id", "criterion", "target", "role", "verdict", "value", "unit", "operator", "threshold", "gap", "weight", "contribution",
        "unknown_because", "feature", "source", "as_of", "method",
    ];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_key_of_the_contract_is_there_and_no_other()
    {
        var answer = await sample.Client.GetJsonAsync($"/api/match?{SampleData.Query}");
        Assert.Equal(
            ["type", "features", "numberReturned", "timeStamp", "links", "brief", "rules_version", "data_version", "counts"], Names(answer));
        Assert.Equal(["match", "match_if_verified", "near_miss", "excluded"], Names(answer.GetProperty("counts")));
        Assert.Equal(["total"], Names(answer.GetProperty("counts").GetProperty("excluded")));
        Assert.Matches("^sha256:[0-9a-f]{64}$", answer.GetProperty("rules_version").GetString());
        Assert.True(answer.GetProperty("data_version").GetInt64() > 0);
        Assert.True(answer.GetProperty("timeStamp").TryGetDateTimeOffset(out _));
        foreach (var feature in answer.GetProperty("features").EnumerateArray())
        {
            Assert.Equal(["type", "id", "geometry", "properties"], Names(feature));
            Assert.Equal("Polygon", feature.GetProperty("geometry").GetProperty("type").GetString());
            var properties = feature.GetProperty("properties");
            Assert.Equal(
                ["code", "name_it", "name_en", "area_ha", "rank", "bucket", "score", "completeness", "stale", "reasons"], Names(properties));
            Assert.Equal(feature.GetProperty("id").GetString(), properties.GetProperty("code").GetString());
            Assert.All(properties.GetProperty("reasons").EnumerateArray(), reason => Assert.Equal(ReasonKeys, Names(reason)));
        }
    }

    [Fact]
    public async Task Sites_come_in_their_buckets_and_what_is_not_published_does_not_come_at_all()
    {
        var answer = await sample.Client.GetJsonAsync($"/api/match?{SampleData.Query}");
        Assert.Equal(["GO-1 match", "GO-2 match_if_verified", "GO-3 near_miss"], Outcomes(answer));
        var counts = answer.GetProperty("counts");
        Assert.Equal([1, 1, 1], new[] { "match", "match_if_verified", "near_miss" }.Select(name => counts.GetProperty(name).GetInt32()));
        Assert.Equal(27, counts.GetProperty("excluded").GetProperty("total").GetInt32());
        Assert.Equal(3, answer.GetProperty("numberReturned").GetInt32());
    }

    [Fact]
    public async Task A_near_miss_says_how_much_is_missing_to_what_and_who_says_so()
    {
        var answer = await sample.Client.GetJsonAsync($"/api/match?{SampleData.Query}&buckets=near_miss");
        var reason = Reason(Assert.Single(answer.GetProperty("features").EnumerateArray()), "freight_terminal");
        Assert.Equal("fail", reason.GetProperty("verdict").GetString());
        Assert.Equal(10000, reason.GetProperty("threshold").GetDouble());
        Assert.Equal(reason.GetProperty("value").GetDouble() - 10000, reason.GetProperty("gap").GetDouble(), 6);
        Assert.InRange(reason.GetProperty("value").GetDouble(), 13_900, 14_300);
        Assert.Equal("FT-1", reason.GetProperty("feature").GetProperty("id").GetString());
        Assert.Equal("Sample survey", reason.GetProperty("source").GetString());
        Assert.Equal("2024-05-01", reason.GetProperty("as_of").GetString());
        Assert.Equal("straight_line", reason.GetProperty("method").GetString());
    }

    [Fact]
    public async Task The_feature_of_a_reason_is_found_by_the_link_of_the_answer()
    {
        var answer = await sample.Client.GetJsonAsync($"/api/match?{SampleData.Query}");
        var link = answer.GetProperty("links").EnumerateArray().Single(link => link.GetProperty("rel").GetString() == "item");
        Assert.True(link.GetProperty("templated").GetBoolean());
        var cited = Reason(answer.GetProperty("features")[0], "freight_terminal").GetProperty("feature");
        var address = link.GetProperty("href").GetString()!
            .Replace("{collection}", cited.GetProperty("collection").GetString(), StringComparison.Ordinal)
            .Replace("{id}", cited.GetProperty("id").GetString(), StringComparison.Ordinal);
        var feature = await sample.Client.GetJsonAsync(address);
        Assert.Equal("Terminal di prova", feature.GetProperty("properties").GetProperty("name_it").GetString());
    }

    [Fact]
    public async Task Parameters_and_the_equivalent_brief_give_the_same_body()
    {
        var byQuery = await sample.Client.GetJsonAsync($"/api/match?{SampleData.Query}");
        var byBody = await (await PostAsync(SampleData.Brief)).JsonAsync();
        Assert.Equal(WithoutTime(byQuery), WithoutTime(byBody));

        using var again = await PostAsync(byQuery.GetProperty("brief").GetRawText());
        Assert.Equal(WithoutTime(byQuery), WithoutTime(await again.JsonAsync()));
    }

    [Theory]
    [InlineData(SampleData.Query)]
    [InlineData("area_ha=40&tolerance=0.3&oversize=accept&kind=greenfield&within=MI&within=016024&unknowns=pass")]
    [InlineData("buckets=near_miss,match&limit=7&counts=full&lang=en")]
    [InlineData("area_min_ha=1&area_max_ha=50.5&avoid=protected_area&avoid=flood_p3:0.25&near=rail:5000")]
    [InlineData("")]
    public async Task The_link_to_itself_asks_the_same_and_is_its_own(string query)
    {
        var answer = await sample.Client.GetJsonAsync($"/api/match?{query}");
        var self = Self(answer);
        var again = await sample.Client.GetJsonAsync(self);
        Assert.Equal(self, Self(again));
        Assert.Equal(WithoutTime(answer), WithoutTime(again));
    }

    [Fact]
    public async Task A_brief_that_no_parameters_can_ask_links_to_the_address_alone()
    {
        using var response = await PostAsync(
            """
            {"preferences":[{"criterion":"distance","target":"freight_terminal",
              "value_function":{"type":"linear","best":0,"worst":5000,"unit":"m"}}]}
            """);
        Assert.EndsWith("/api/match", Self(await response.JsonAsync()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Everything_wrong_with_the_parameters_is_said_at_once()
    {
        using var response = await sample.Client.GetAsync(
            "/api/match?area_ha=-1&function=bakery&near=moon:3&near=rail&limit=0&lang=fr&colour=red&within=XX", Token);
        var problem = await response.ProblemAsync(HttpStatusCode.BadRequest);
        Assert.Equal(["area_ha", "colour", "function", "lang", "limit", "near", "near", "within"], problem.Parameters().Order());
        var area = problem.GetProperty("errors").EnumerateArray().Single(error => error.GetProperty("parameter").GetString() == "area_ha");
        Assert.Equal("-1", area.GetProperty("got").GetString());
        Assert.Contains("hectares", area.GetProperty("expected").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Everything_wrong_with_a_brief_is_said_at_once_with_pointers()
    {
        using var response = await PostAsync(
            """{"area":{"target_ha":"forty"},"constraints":[{"criterion":"distance","target":"moon","max_m":1}],"colour":"red"}""");
        var problem = await response.ProblemAsync(HttpStatusCode.BadRequest);
        Assert.Equal(
            ["/area/target_ha", "/colour", "/constraints/0/target"],
            problem.GetProperty("errors").EnumerateArray().Select(error => error.GetProperty("pointer").GetString()).Order());
    }

    [Fact]
    public async Task Excluded_sites_are_counted_by_reason_when_asked()
    {
        var answer = await sample.Client.GetJsonAsync($"/api/match?{SampleData.Query}&counts=full");
        var excluded = answer.GetProperty("counts").GetProperty("excluded");
        var failed = excluded.GetProperty("by_reason").EnumerateArray().ToDictionary(
            reason => reason.GetProperty("id").GetString()!, reason => reason.GetProperty("failed").GetInt32());
        Assert.Equal(27, excluded.GetProperty("total").GetInt32());
        Assert.Equal(26, failed["area"]);
        Assert.Equal(26, failed["c1"]);
    }

    [Fact]
    public async Task Names_come_in_both_languages_and_the_answer_says_which_it_speaks()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/match?{SampleData.Query}");
        request.Headers.AcceptLanguage.ParseAdd("en-GB,it;q=0.5");
        using var response = await sample.Client.SendAsync(request, Token);
        Assert.Equal(["en"], response.Content.Headers.ContentLanguage);
        var properties = (await response.JsonAsync()).GetProperty("features")[0].GetProperty("properties");
        Assert.Equal("Città dei mestieri", properties.GetProperty("name_it").GetString());
        Assert.Equal("City of crafts", properties.GetProperty("name_en").GetString());

        using var overridden = await sample.Client.GetAsync($"/api/match?{SampleData.Query}&lang=it", Token);
        Assert.Equal(["it"], overridden.Content.Headers.ContentLanguage);
    }

    [Fact]
    public async Task The_answer_is_geojson_unless_only_json_is_wanted()
    {
        Assert.Equal("application/geo+json", await TypeAsync("application/geo+json, application/json"));
        Assert.Equal("application/geo+json", await TypeAsync("text/html,application/xhtml+xml,*/*;q=0.8"));
        Assert.Equal("application/json", await TypeAsync("application/json"));
        Assert.Equal("application/json", await TypeAsync("application/geo+json;q=0.1, application/json"));
        Assert.Equal("application/geo+json", await TypeAsync("///"));

        using var refused = await AcceptAsync("text/csv, application/geo+json;q=0, application/json;q=0");
        Assert.Equal(["Accept"], (await refused.ProblemAsync(HttpStatusCode.NotAcceptable)).Parameters());

        async Task<string?> TypeAsync(string accept)
        {
            using var response = await AcceptAsync(accept);
            return response.Content.Headers.ContentType?.MediaType;
        }

        Task<HttpResponseMessage> AcceptAsync(string accept)
        {
            var request = new HttpRequestMessage(HttpMethod.Get, $"/api/match?{SampleData.Query}");
            request.Headers.TryAddWithoutValidation("Accept", accept);
            return sample.Client.SendAsync(request, Token);
        }
    }

    [Theory]
    [InlineData("text/plain", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("application/json; charset=utf-16", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("nonsense", HttpStatusCode.UnsupportedMediaType)]
    [InlineData(null, HttpStatusCode.UnsupportedMediaType)]
    [InlineData("application/json; charset=\"UTF-8\"", HttpStatusCode.OK)]
    public async Task A_brief_comes_as_json_in_utf_8(string? contentType, HttpStatusCode status)
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(SampleData.Brief));
        if (contentType is not null)
        {
            content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        }

        using var response = await sample.Client.PostAsync("/api/match", content, Token);
        Assert.Equal(status, response.StatusCode);
    }

    [Fact]
    public async Task The_briefs_of_the_decree_are_listed_and_each_is_answered_like_its_document()
    {
        var briefs = (await sample.Client.GetJsonAsync("/api/briefs?lang=en")).GetProperty("briefs").EnumerateArray().ToList();
        Assert.Equal(9, briefs.Count);
        Assert.All(briefs, brief => Assert.Equal(brief.GetProperty("title_en").GetString(), brief.GetProperty("title").GetString()));
        foreach (var brief in briefs)
        {
            var code = brief.GetProperty("code").GetString();
            var kept = await sample.Client.GetJsonAsync($"/api/briefs/{code}/match");
            using var posted = await PostAsync(brief.GetProperty("brief").GetRawText());
            Assert.Equal(Essence(kept), Essence(await posted.JsonAsync()));
            Assert.Equal(code, (await sample.Client.GetJsonAsync($"/api/briefs/{code}")).GetProperty("code").GetString());
        }

        using var missing = await sample.Client.GetAsync("/api/briefs/decree-10/match", Token);
        await missing.ProblemAsync(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task The_vocabulary_names_all_that_a_brief_accepts()
    {
        var words = await sample.Client.GetJsonAsync("/api/vocabulary");
        foreach (var (list, parameter) in ((string, Func<string, string>)[])[
            ("proximity_targets", name => $"near={name}:1000"), ("overlap_targets", name => $"avoid={name}")])
        {
            Assert.NotEqual(0, words.GetProperty(list).GetArrayLength());
            foreach (var target in words.GetProperty(list).EnumerateArray())
            {
                await sample.Client.GetJsonAsync($"/api/match?{parameter(target.GetProperty("name").GetString()!)}");
                Assert.NotEmpty(target.GetProperty("title_it").GetString()!);
            }
        }

        foreach (var (list, name) in ((string, string)[])[("functions", "function"), ("kinds", "kind")])
        {
            foreach (var entry in words.GetProperty(list).EnumerateArray())
            {
                await sample.Client.GetJsonAsync($"/api/match?{name}={entry.GetProperty("code").GetString()}");
            }
        }
    }

    private static async Task<HttpResponseMessage> PostAsync(HttpClient client, string brief)
    {
        using var content = new StringContent(brief, Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
        return await client.PostAsync("/api/match", content, Token);
    }

    private Task<HttpResponseMessage> PostAsync(string brief) => PostAsync(sample.Client, brief);

    private static List<string> Names(JsonElement element) => [.. element.EnumerateObject().Select(member => member.Name)];

    private static List<string> Outcomes(JsonElement answer) => [.. answer.GetProperty("features").EnumerateArray()
        .Select(feature => $"{feature.GetProperty("id")} {feature.GetProperty("properties").GetProperty("bucket")}")];

    private static JsonElement Reason(JsonElement feature, string target) =>
        feature.GetProperty("properties").GetProperty("reasons").EnumerateArray()
            .Single(reason => reason.GetProperty("target").GetString() == target);

    private static string Self(JsonElement answer) =>
        answer.GetProperty("links").EnumerateArray()
            .Single(link => link.GetProperty("rel").GetString() == "self")
            .GetProperty("href").GetString()!;

    private static string WithoutTime(JsonElement answer) => Without(answer, "timeStamp");

    private static string Essence(JsonElement answer) => Without(answer, "timeStamp", "links");

    private static string Without(JsonElement answer, params string[] members)
    {
        var copy = JsonObject.Create(answer)!;
        foreach (var member in members)
        {
            copy.Remove(member);
        }

        return copy.ToJsonString();
    }
}
