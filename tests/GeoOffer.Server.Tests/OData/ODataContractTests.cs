using System.Net;
using System.Text.Json;

namespace GeoOffer.Server.Tests.OData;

/// <summary>What clients of OData may rely on.</summary>
public sealed class ODataContractTests(SampleService sample) : IClassFixture<SampleService>
{
    private const string Near = "geo.distance(geometry,geography'SRID=4326;POINT(9.12 45.5)') lt 2000";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_service_document_names_every_collection()
    {
        var sets = (await GetAsync("")).GetProperty("value").EnumerateArray().Select(set => (set.GetProperty("name").GetString(), set.GetProperty("url").GetString()));
        var collections = (await sample.Client.GetJsonAsync("/ogc/collections")).GetProperty("collections").EnumerateArray()
            .Select(collection => collection.GetProperty("id").GetString()!.Replace("-", "", StringComparison.Ordinal));
        Assert.Equal(collections, sets.Select(set => set.Item1!.ToLowerInvariant()));
        Assert.Contains(("PilotAreas", "PilotAreas"), sets);
    }

    [Theory]
    [InlineData("$filter=name_en eq null", 27, "GO-2,GO-6,P-001")]
    [InlineData("$filter=not (measured_area_ha lt 1000)", 1, "GO-6")]
    [InlineData("$filter=name_en ne 'Small' and startswith(code,'GO')", 4, "GO-1,GO-2,GO-3")]
    [InlineData("filter=code in ('GO-6','','GO-1','x\\y')", 2, "GO-1,GO-6")]
    [InlineData("$filter='industrial' in functions", 3, "GO-1,GO-3,GO-4")]
    [InlineData("$filter=functions/any(f:f eq 'logistics') or code eq @c&@c='GO-4'", 2, "GO-1,GO-4")]
    [InlineData("$filter=" + Near, 1, "GO-1")]
    [InlineData("$filter=geo.intersects(geometry,geography'SRID=4326;POLYGON((9.1 45.4,9.11 45.4,9.11 45.6,9.1 45.6,9.1 45.4))')", 2, "GO-1,GO-4")]
    [InlineData("$filter=code eq 'GO-5'", 0)]
    public async Task Conditions_find_what_is_public(string query, int count, string? first = null)
    {
        var page = await GetAsync($"Sites?{Escape(query)}&$count=true&$select=code&$orderby=code");
        var codes = page.GetProperty("value").EnumerateArray().Select(site => site.GetProperty("code").GetString()!).ToList();
        Assert.Equal(count, page.GetProperty("@odata.count").GetInt32());
        Assert.Equal(count, codes.Count);
        Assert.Equal(first ?? "", string.Join(',', codes.Take(3)));
        var number = await sample.Client.GetStringAsync($"/odata/Sites/$count?{Escape(query)}", Token);
        Assert.Equal(count.ToString(System.Globalization.CultureInfo.InvariantCulture), number);
    }

    [Theory]
    [InlineData("measured_area_ha gt 20 and functions/any(f:f eq 'industrial')", "measured_area_ha > 20 AND A_OVERLAPS(functions, ('industrial'))")]
    [InlineData(Near + " or kind eq 'brownfield'", "distance(geometry, POINT(9.12 45.5)) < 2000 OR kind = 'brownfield'")]
    [InlineData("contains(tolower(name_it),'pag') and not endswith(name_it,'5')", "lower(name_it) LIKE '%pag%' AND NOT name_it LIKE '%5'")]
    [InlineData("distance_freight_terminal_m le 5000.5 or name_en eq null", "distance_freight_terminal_m <= 5000.5 OR name_en IS NULL")]
    public async Task The_same_question_in_OData_and_CQL2_finds_the_same(string odata, string cql2)
    {
        var one = (await GetAsync($"Sites?$filter={Escape(odata)}")).GetProperty("value").EnumerateArray().Select(site => site.GetProperty("code").GetString());
        var other = (await sample.Client.GetJsonAsync($"/ogc/collections/sites/items?filter={Uri.EscapeDataString(cql2)}")).GetProperty("features").EnumerateArray()
            .Select(feature => feature.GetProperty("id").GetString()).ToList();
        Assert.NotEmpty(other);
        Assert.Equal(other, one);
    }

    [Theory]
    [InlineData("asc", true)]
    [InlineData("desc", false)]
    public async Task Missing_values_stand_first_where_the_order_ascends(string direction, bool first)
    {
        var names = (await GetAsync($"Sites?$orderby=name_en {direction}&$select=name_en")).GetProperty("value").EnumerateArray()
            .Select(site => site.GetProperty("name_en").ValueKind == JsonValueKind.Null).ToList();
        Assert.Equal(first, names[0]);
        Assert.Equal(!first, names[^1]);
        Assert.Equal(names.Order(), first ? Enumerable.Reverse(names) : names);
    }

    [Theory]
    [InlineData("Sites?$orderby=name_en&$select=code", 30)]
    [InlineData("Sites?$orderby=kind desc,measured_area_ha&$select=name_it", 30)]
    [InlineData("Sites?$skip=3&$top=12&$select=code", 12)]
    [InlineData("Sites?top=0", 0)]
    public async Task Pages_follow_each_other_without_gaps_or_repetition(string address, int count)
    {
        var whole = (await GetAsync(address)).GetProperty("value").EnumerateArray().Select(site => site.GetRawText()).ToList();
        var gathered = new List<string>();
        for (var next = "/odata/" + address; next is not null;)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, next);
            request.Headers.Add("Prefer", "maxpagesize=7");
            using var response = await sample.Client.SendAsync(request, Token);
            Assert.Equal("maxpagesize=7", response.Headers.GetValues("Preference-Applied").Single());
            var page = JsonElement.Parse(await response.Content.ReadAsStringAsync(Token));
            Assert.InRange(page.GetProperty("value").GetArrayLength(), 0, 7);
            gathered.AddRange(page.GetProperty("value").EnumerateArray().Select(site => site.GetRawText()));
            next = page.TryGetProperty("@odata.nextLink", out var link) ? link.GetString() : null;
        }

        Assert.Equal(count, whole.Count);
        Assert.Equal(whole, gathered);
    }

    [Theory]
    [InlineData("maxpagesize=0")]
    [InlineData("maxpagesize=")]
    [InlineData("odata.maxpagesize=99999999999")]
    [InlineData("maxpagesize")]
    public async Task A_preference_that_means_nothing_is_not_applied(string preference)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/odata/Sites?$select=code");
        request.Headers.Add("Prefer", preference);
        using var response = await sample.Client.SendAsync(request, Token);
        Assert.False(response.Headers.Contains("Preference-Applied"));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Theory]
    [InlineData(null, "4.01")]
    [InlineData("4.0", "4.0")]
    [InlineData("4.01", "4.01")]
    [InlineData("5.0", "4.01")]
    public async Task The_version_is_said_once_and_is_one_that_the_client_takes(string? greatest, string expected)
    {
        foreach (var address in new[] { "", "$metadata", "Sites", "Sites('GO-1')", "Sites/$count", "Sites('GO-1')/code/$value", "Nothing", "Sites?$filter=(" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, $"/odata/{address}");
            if (greatest is not null)
            {
                request.Headers.Add("OData-MaxVersion", greatest);
            }

            using var response = await sample.Client.SendAsync(request, Token);
            Assert.Equal([expected], response.Headers.GetValues("OData-Version"));
        }

        using var old = new HttpRequestMessage(HttpMethod.Get, "/odata/Sites");
        old.Headers.Add("OData-MaxVersion", "3.0");
        using var refused = await sample.Client.SendAsync(old, Token);
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
    }

    [Theory]
    [InlineData("Sites('GO-1')")]
    [InlineData("Sites/GO-1")]
    [InlineData("Sites(code='GO-1')")]
    public async Task An_entity_is_found_by_its_key_and_known_by_its_tag(string address)
    {
        using var response = await sample.Client.GetAsync($"/odata/{address}", Token);
        var entity = JsonElement.Parse(await response.Content.ReadAsStringAsync(Token));
        Assert.Equal("Città dei mestieri", entity.GetProperty("name_it").GetString());
        Assert.Equal("Polygon", entity.GetProperty("geometry").GetProperty("type").GetString());
        Assert.EndsWith("/odata/$metadata#Sites/$entity", entity.GetProperty("@odata.context").GetString(), StringComparison.Ordinal);
        Assert.Equal(response.Headers.ETag!.ToString(), entity.GetProperty("@odata.etag").GetString());
        Assert.False(entity.TryGetProperty("contact", out _));

        using var again = new HttpRequestMessage(HttpMethod.Get, $"/odata/{address}");
        again.Headers.IfNoneMatch.Add(response.Headers.ETag);
        using var known = await sample.Client.SendAsync(again, Token);
        Assert.Equal(HttpStatusCode.NotModified, known.StatusCode);
    }

    [Theory]
    [InlineData("Sites?$top=3")]
    [InlineData("Sites/$count")]
    [InlineData("$metadata")]
    [InlineData("")]
    public async Task What_has_not_changed_is_not_sent_again(string address)
    {
        using var first = await sample.Client.GetAsync($"/odata/{address}", Token);
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/odata/{address}");
        request.Headers.IfNoneMatch.Add(first.Headers.ETag!);
        using var second = await sample.Client.SendAsync(request, Token);
        Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
    }

    [Theory]
    [InlineData("", "", "application/xml")]
    [InlineData("", "application/json, application/xml;q=0.5", "application/xml")]
    [InlineData("?$format=json", "", "application/json")]
    [InlineData("?$format=application/json", "application/xml", "application/json")]
    public async Task The_model_is_in_JSON_for_those_alone_who_name_it(string query, string accept, string mediaType)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/odata/$metadata" + query);
        request.Headers.TryAddWithoutValidation("Accept", accept);
        using var response = await sample.Client.SendAsync(request, Token);
        Assert.Equal(mediaType, response.Content.Headers.ContentType!.MediaType);
        Assert.Contains("PilotAreas", await response.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Properties_are_read_by_themselves_and_bare()
    {
        Assert.Equal("Città dei mestieri", await sample.Client.GetStringAsync("/odata/Sites('GO-1')/name_it/$value", Token));
        var functions = await GetAsync("Sites('GO-1')/functions");
        Assert.Equal(["industrial", "logistics"], functions.GetProperty("value").EnumerateArray().Select(code => code.GetString()));
        Assert.EndsWith("$metadata#Sites('GO-1')/functions", functions.GetProperty("@odata.context").GetString(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NoContent, await StatusAsync("Sites('GO-2')/name_en"));
        Assert.Equal(HttpStatusCode.NoContent, await StatusAsync("Sites('GO-2')/name_en/$value"));
        Assert.Equal(HttpStatusCode.NoContent, await StatusAsync("Sites('GO-6')/geometry"));
    }

    [Theory]
    [InlineData("Sites('GO-5')", 404)]
    [InlineData("Sites('GO-1')/contact", 404)]
    [InlineData("sites", 404)]
    [InlineData("Sites?$filter=contact eq 'Mario Rossi'", 400)]
    [InlineData("Sites?$filter=nothing eq null", 400)]
    [InlineData("Sites?$orderby=is_public", 400)]
    [InlineData("Sites?$select=contact", 400)]
    [InlineData("Sites?$top=x", 400)]
    [InlineData("Sites?$skiptoken=AQ", 400)]
    [InlineData("Sites?$nothing=1", 400)]
    [InlineData("Sites?$format=atom", 406)]
    [InlineData("Sites?$expand=Municipality", 501)]
    [InlineData("Sites?$search=Milano", 501)]
    [InlineData("$batch", 501)]
    [InlineData("Sites('GO-1')/$ref", 501)]
    public async Task Refusals_are_those_of_OData(string address, int status)
    {
        using var response = await sample.Client.GetAsync($"/odata/{Escape(address)}", Token);
        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal("application/json", response.Content.Headers.ContentType!.MediaType);
        var error = JsonElement.Parse(await response.Content.ReadAsStringAsync(Token)).GetProperty("error");
        Assert.NotEmpty(error.GetProperty("code").GetString()!);
        Assert.NotEmpty(error.GetProperty("message").GetString()!);
        Assert.All(error.GetProperty("details").EnumerateArray(), detail => Assert.NotEmpty(detail.GetProperty("target").GetString()!));
    }

    [Fact]
    public async Task A_method_that_is_not_served_is_refused_in_the_same_form()
    {
        using var response = await sample.Client.DeleteAsync("/odata/Sites('GO-1')", Token);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, response.StatusCode);
        Assert.Equal("MethodNotAllowed", JsonElement.Parse(await response.Content.ReadAsStringAsync(Token)).GetProperty("error").GetProperty("code").GetString());
    }

    [Fact]
    public async Task An_answer_says_as_much_of_itself_as_is_asked()
    {
        var none = await GetAsync("Sites('GO-1')?$format=application/json;odata.metadata=none");
        Assert.DoesNotContain(none.EnumerateObject(), member => member.Name.Contains('@', StringComparison.Ordinal));
        var full = await GetAsync("Sites('GO-1')?$format=application/json;metadata=full");
        Assert.Equal("#GeoOffer.Sites", full.GetProperty("@odata.type").GetString());
        Assert.EndsWith("/odata/Sites('GO-1')", full.GetProperty("@odata.id").GetString(), StringComparison.Ordinal);
        Assert.Equal("#Collection(String)", full.GetProperty("functions@odata.type").GetString());
        var withoutKey = await GetAsync("Sites?$top=1&$select=name_it");
        Assert.EndsWith("#Sites(name_it)", withoutKey.GetProperty("@odata.context").GetString(), StringComparison.Ordinal);
        Assert.EndsWith("/odata/Sites('GO-1')", withoutKey.GetProperty("value")[0].GetProperty("@odata.id").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Great_whole_numbers_are_texts_for_clients_that_ask()
    {
        await sample.Service.ExecuteAsync("UPDATE geooffer.municipality SET population = 1000000 WHERE code = '015146'");
        var plain = await GetAsync("Municipalities('015146')?$select=population");
        Assert.Equal(1_000_000, plain.GetProperty("population").GetInt64());
        var careful = await GetAsync("Municipalities('015146')?$select=population&$format=application/json;IEEE754Compatible=true");
        Assert.Equal("1000000", careful.GetProperty("population").GetString());
    }

    private static string Escape(string address) =>
        address.Replace(" ", "%20", StringComparison.Ordinal).Replace("\\", "%5C", StringComparison.Ordinal);

    private async Task<HttpStatusCode> StatusAsync(string address)
    {
        using var response = await sample.Client.GetAsync($"/odata/{Escape(address)}", Token);
        return response.StatusCode;
    }

    private Task<JsonElement> GetAsync(string address) => sample.Client.GetJsonAsync($"/odata/{Escape(address)}");
}
