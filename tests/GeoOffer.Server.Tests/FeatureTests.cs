using System.Net;
using System.Text.Json;
using GeoOffer.Testing;

namespace GeoOffer.Server.Tests;

public sealed class FeatureTests(SampleService sample, PostGisCluster cluster) : IClassFixture<SampleService>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_collection_alone_is_its_entry_in_the_list()
    {
        var list = await sample.Client.GetJsonAsync("/ogc/collections?lang=en");
        var ids = list.GetProperty("collections").EnumerateArray().Select(collection => collection.GetProperty("id").GetString()!).ToList();
        string[] builtIn = ["sites", "municipalities", "provinces", "agreements", "poles", "pilot-areas", "infrastructure", "constraints"];
        Assert.Empty(builtIn.Except(ids));
        foreach (var entry in list.GetProperty("collections").EnumerateArray())
        {
            var alone = await sample.Client.GetJsonAsync($"/ogc/collections/{entry.GetProperty("id").GetString()}?lang=en");
            Assert.Equal(entry.GetRawText(), alone.GetRawText());
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(30)]
    [InlineData(10_000)]
    public async Task Following_next_gives_every_public_site_exactly_once(int limit)
    {
        var seen = new List<string>();
        string? address = $"/ogc/collections/sites/items?limit={limit}";
        while (address is not null)
        {
            using var response = await sample.Client.GetAsync(address, Token);
            var page = await response.JsonAsync();
            var codes = Codes(page);
            Assert.Equal(codes.Count, page.GetProperty("numberReturned").GetInt32());
            Assert.Equal(limit >= 30, page.TryGetProperty("numberMatched", out _));
            Assert.InRange(codes.Count, 1, limit);
            seen.AddRange(codes);
            address = Link(page, "next");
            var header = string.Join(", ", response.Headers.GetValues("Link"));
            Assert.Equal(address is not null, header.Contains("rel=\"next\"", StringComparison.Ordinal));
        }

        Assert.Equal(30, seen.Count);
        Assert.Equal(seen.Distinct().Order(StringComparer.Ordinal), seen);
        Assert.DoesNotContain("GO-5", seen);
    }

    [Fact]
    public async Task A_page_that_outgrows_its_bytes_ends_before_its_limit_and_the_next_goes_on()
    {
        // Each of the thirty is 100 kB long, so that eleven are more than a megabyte.
        await using var service = await RunningService.StartAsync(
            cluster,
            SampleData.Sql + "; UPDATE geooffer.site SET description_it = repeat('a', 100000)",
            new Dictionary<string, string> { ["Limits:PageMegabytes"] = "1" });
        var pages = new List<int>();
        for (string? address = "/ogc/collections/sites/items?limit=100000"; address is not null;)
        {
            var page = await service.Client.GetJsonAsync(address);
            pages.Add(Codes(page).Count);
            address = Link(page, "next");
        }

        Assert.Equal([11, 11, 8], pages);
    }

    [Fact]
    public async Task Next_keeps_the_conditions_and_survives_another_limit()
    {
        var first = await sample.Client.GetJsonAsync("/ogc/collections/sites/items?kind=brownfield&bbox=9,45,10,46&limit=5");
        var next = Link(first, "next")!;
        var rest = await sample.Client.GetJsonAsync(next.Replace("limit=5", "limit=10000", StringComparison.Ordinal));
        Assert.Equal(26, Codes(first).Count + Codes(rest).Count);
        Assert.Empty(Codes(first).Intersect(Codes(rest)));
        Assert.Null(Link(rest, "next"));
    }

    [Fact]
    public async Task A_cursor_that_was_changed_or_belongs_elsewhere_is_refused()
    {
        var next = Link(await sample.Client.GetJsonAsync("/ogc/collections/sites/items?limit=3"), "next")!;
        var cursor = next[(next.IndexOf("cursor=", StringComparison.Ordinal) + 7)..];
        var middle = cursor.Length / 2;
        var changed = $"{cursor[..middle]}{(cursor[middle] == 'A' ? 'B' : 'A')}{cursor[(middle + 1)..]}";
        foreach (var address in (string[])[
            $"/ogc/collections/sites/items?cursor={changed}",
            $"/ogc/collections/infrastructure/items?cursor={cursor}",
            $"/ogc/collections/sites/items?kind=brownfield&cursor={cursor}",
            "/ogc/collections/sites/items?cursor=nonsense",
            "/ogc/collections/sites/items?cursor=",
            $"/ogc/collections/sites/items?sortby=kind&cursor={cursor}",
            $"/ogc/collections/sites/items?cursor={cursor}&cursor={cursor}"])
        {
            using var response = await sample.Client.GetAsync(address, Token);
            Assert.Equal(["cursor"], (await response.ProblemAsync(HttpStatusCode.BadRequest)).Parameters());
        }
    }

    [Theory]
    [InlineData("bbox=9.09,45.49,9.13,45.51", "GO-1,GO-6")]
    [InlineData("bbox=9.09,45.49,0,9.13,45.51,100", "GO-1,GO-6")]
    [InlineData("bbox=9.1,45.5,9.1,45.5", "GO-1,GO-6")]
    [InlineData("bbox=170,-10,-170,10", "GO-6")]
    [InlineData("functions=logistics", "GO-1")]
    [InlineData("name_it=Citt%C3%A0+dei+mestieri", "GO-1")]
    [InlineData("code=GO-3&kind=greenfield", "GO-3")]
    [InlineData("code=GO-5", "")]
    [InlineData("verified_on=1999-01-01", "")]
    public async Task Boxes_and_values_select(string query, string codes) =>
        Assert.Equal(codes, string.Join(',', Codes(await sample.Client.GetJsonAsync($"/ogc/collections/sites/items?{query}"))));

    [Theory]
    [InlineData("limit=-5", "limit")]
    [InlineData("limit=ten", "limit")]
    [InlineData("limit=1&limit=2", "limit")]
    [InlineData("bbox=1,2,3", "bbox")]
    [InlineData("bbox=9,46,10,45", "bbox")]
    [InlineData("bbox=900,45,901,46", "bbox")]
    [InlineData("bbox=NaN,1,2,3", "bbox")]
    [InlineData("colour=red", "colour")]
    [InlineData("contact=Mario+Rossi", "contact")]
    [InlineData("internal_note=x", "internal_note")]
    [InlineData("is_public=true", "is_public")]
    [InlineData("Kind=brownfield", "Kind")]
    [InlineData("measured_area_ha=many", "measured_area_ha")]
    [InlineData("verified_on=yesterday", "verified_on")]
    [InlineData("name_it=%00", "name_it")]
    [InlineData("name_it=%FF", "name_it")]
    [InlineData("limit=ten&bbox=x&colour=red", "limit,bbox,colour")]
    public async Task What_cannot_be_answered_is_named(string query, string parameters)
    {
        using var response = await sample.Client.GetAsync($"/ogc/collections/sites/items?{query}", Token);
        Assert.Equal(parameters, string.Join(',', (await response.ProblemAsync(HttpStatusCode.BadRequest)).Parameters()));
    }

    [Fact]
    public async Task A_limit_above_the_maximum_counts_as_the_maximum()
    {
        var page = await sample.Client.GetJsonAsync("/ogc/collections/sites/items?limit=99999999999999999999999");
        Assert.Equal(30, page.GetProperty("numberReturned").GetInt32());
    }

    [Fact]
    public async Task A_feature_is_the_same_alone_and_in_the_list_and_hides_what_the_public_may_not_read()
    {
        var listed = (await sample.Client.GetJsonAsync("/ogc/collections/sites/items?code=GO-1")).GetProperty("features")[0];
        var alone = await sample.Client.GetJsonAsync("/ogc/collections/sites/items/GO-1");
        foreach (var member in (string[])["id", "geometry", "properties"])
        {
            Assert.Equal(listed.GetProperty(member).GetRawText(), alone.GetProperty(member).GetRawText());
        }

        Assert.DoesNotContain("Rossi", alone.GetRawText(), StringComparison.Ordinal);
        Assert.Equal("Città dei mestieri", alone.GetProperty("properties").GetProperty("name_it").GetString());
        Assert.InRange(alone.GetProperty("properties").GetProperty("distance_freight_terminal_m").GetDouble(), 900, 1000);
        var placeless = await sample.Client.GetJsonAsync("/ogc/collections/sites/items/GO-6");
        Assert.Equal(JsonValueKind.Null, placeless.GetProperty("geometry").ValueKind);
    }

    [Fact]
    public async Task Exterior_rings_run_counter_clockwise()
    {
        var feature = await sample.Client.GetJsonAsync("/ogc/collections/sites/items/GO-1");
        var ring = feature.GetProperty("geometry").GetProperty("coordinates")[0].EnumerateArray()
            .Select(position => (X: position[0].GetDouble(), Y: position[1].GetDouble()))
            .ToList();
        var (x, y) = ring[0];
        var twiceArea = ring.Zip(ring.Skip(1), (a, b) => ((a.X - x) * (b.Y - y)) - ((b.X - x) * (a.Y - y))).Sum();
        Assert.True(twiceArea > 0, $"twice the signed area is {twiceArea}");
    }

    [Theory]
    [InlineData("/ogc/collections/nothing")]
    [InlineData("/ogc/collections/Sites")]
    [InlineData("/ogc/collections/nothing/items")]
    [InlineData("/ogc/collections/sites/items/GO-5")]
    [InlineData("/ogc/collections/sites/items/GO-99")]
    [InlineData("/ogc/collections/sites/items/%F0%9F%8F%AD")]
    [InlineData("/ogc/collections/sites/items/' OR 1=1 --")]
    public async Task What_is_not_there_or_not_public_is_not_found(string address)
    {
        using var response = await sample.Client.GetAsync(address, Token);
        await response.ProblemAsync(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Head_gives_the_headers_of_get_without_a_body()
    {
        foreach (var address in (string[])[
            "/", "/ogc", "/ogc/collections", "/ogc/collections/sites/items", "/ogc/collections/sites/items/GO-1", "/api/openapi.json", "/api/match"])
        {
            using var request = new HttpRequestMessage(HttpMethod.Head, address);
            using var head = await sample.Client.SendAsync(request, Token);
            using var get = await sample.Client.GetAsync(address, Token);
            Assert.Equal(HttpStatusCode.OK, head.StatusCode);
            Assert.Equal(get.Content.Headers.ContentType, head.Content.Headers.ContentType);
            Assert.Empty(await head.Content.ReadAsByteArrayAsync(Token));
        }
    }

    [Fact]
    public async Task Links_believe_a_trusted_proxy_and_nobody_else()
    {
        await using var proxied = await RunningService.StartAsync(
            cluster, settings: new Dictionary<string, string> { ["Http:TrustedProxies:0"] = "127.0.0.1", ["Http:TrustedProxies:1"] = "::1" });
        Assert.Equal("https://offer.example/region/ogc/collections/sites", await AskAsync(proxied.Client, "/ogc/collections/sites"));
        var own = new Uri(sample.Client.BaseAddress!, "/ogc/collections/sites").AbsoluteUri;
        Assert.Equal(own, await AskAsync(sample.Client, "/ogc/collections/sites"));
    }

    [Fact]
    public async Task Links_start_with_the_path_under_which_the_service_is_published()
    {
        var settings = new Dictionary<string, string> { ["Http:PathBase"] = "/region" };
        await using var service = await RunningService.StartAsync(cluster, settings: settings);
        var own = new Uri(service.Client.BaseAddress!, "/region/ogc/collections/sites").AbsoluteUri;
        Assert.Equal(own, await AskAsync(service.Client, "/region/ogc/collections/sites"));
        Assert.Contains("href=\"/region/ogc\"", await service.Client.GetStringAsync("/region/", Token), StringComparison.Ordinal);
    }

    private static async Task<string?> AskAsync(HttpClient client, string address)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Add("X-Forwarded-Host", "offer.example");
        request.Headers.Add("X-Forwarded-Proto", "https");
        request.Headers.Add("X-Forwarded-Prefix", "/region");
        request.Headers.Add("X-Forwarded-For", "192.0.2.1");
        using var response = await client.SendAsync(request, Token);
        return Link(await response.JsonAsync(), "self");
    }

    private static List<string> Codes(JsonElement page) =>
        [.. page.GetProperty("features").EnumerateArray().Select(feature => feature.GetProperty("id").GetString()!)];

    private static string? Link(JsonElement page, string relation) => page.GetProperty("links").EnumerateArray()
        .Where(link => link.GetProperty("rel").GetString() == relation)
        .Select(link => link.GetProperty("href").GetString())
        .SingleOrDefault();
}
