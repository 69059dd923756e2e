using System.Net;
using System.Text;
using System.Text.Json;
using GeoOffer.Query.Catalogue;
using GeoOffer.Storage;
using GeoOffer.Storage.Security;
using GeoOffer.Testing;

namespace GeoOffer.Server.Tests;

/// <summary>What a caller may not see is in no answer of OGC API, in none of its headers, and in no answer that was kept for somebody else.</summary>
public sealed class RowRightsTests(GuardedService guarded) : IClassFixture<GuardedService>
{
    private const string Sites = "/ogc/collections/sites";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string> Answers =>
    [
        .. from format in (string[])["json", "html", "geojsonseq", "csv", "flatgeobuf", "gpkg"]
           from query in (string[])["limit=10000", "limit=10000&sortby=-name_it", "limit=10000&bbox=10.8,46.4,11,46.6", "limit=10000&filter=functions+IS+NOT+NULL"]
           select $"{Sites}/items?f={format}&{query}",
        .. from format in (string[])["geojson", "geojsonseq", "csv", "flatgeobuf", "gpkg"] select $"/api/export/sites?f={format}",
        $"{Sites}/items?code=H-1",
    ];

    [Theory]
    [MemberData(nameof(Answers))]
    public async Task A_hidden_row_is_in_the_answers_to_scouts_alone(string address)
    {
        Assert.DoesNotContain("Segretissimo", await TextAsync(address, guarded.Public), StringComparison.Ordinal);
        Assert.Contains("Segretissimo", await TextAsync(address, guarded.Scout), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("?f=html")]
    [InlineData("?crs=http://www.opengis.net/def/crs/EPSG/0/32632")]
    public async Task A_hidden_row_is_not_found_as_one_that_does_not_exist(string query)
    {
        using var hidden = await guarded.Public.GetAsync($"{Sites}/items/H-1{query}", Token);
        using var missing = await guarded.Public.GetAsync($"{Sites}/items/H-0{query}", Token);
        Assert.Equal(
            (await missing.ProblemAsync(HttpStatusCode.NotFound)).GetRawText().Replace("H-0", "H-1", StringComparison.Ordinal),
            (await hidden.ProblemAsync(HttpStatusCode.NotFound)).GetRawText());
        Assert.Null(hidden.Headers.ETag);
        using var seen = await guarded.Scout.GetAsync($"{Sites}/items/H-1{query}", Token);
        Assert.Equal(HttpStatusCode.OK, seen.StatusCode);
    }

    [Theory]
    [InlineData("limit=0", 30, 32)]
    [InlineData("limit=10000", 30, 32)]
    [InlineData("limit=0&filter=kind='greenfield'", 4, 6)]
    [InlineData("limit=0&bbox=10.8,46.4,11,46.6", 1, 2)]
    [InlineData("limit=0&code=H-1", 0, 1)]
    [InlineData("limit=0&filter=NOT(code='GO-1')", 29, 31)]
    [InlineData("offset=29&limit=10", 30, 32)]
    public async Task Numbers_leave_hidden_rows_out(string query, int seenByPublic, int seenByScouts)
    {
        Assert.Equal(seenByPublic, (await guarded.Public.GetJsonAsync($"{Sites}/items?{query}")).GetProperty("numberMatched").GetInt32());
        Assert.Equal(seenByScouts, (await guarded.Scout.GetJsonAsync($"{Sites}/items?{query}")).GetProperty("numberMatched").GetInt32());
    }

    [Theory]
    [InlineData("/ogc")]
    [InlineData("/ogc/api")]
    [InlineData("/ogc/collections")]
    [InlineData("/ogc/collections?f=html")]
    [InlineData(Sites)]
    [InlineData(Sites + "?f=html")]
    [InlineData(Sites + "/queryables")]
    [InlineData(Sites + "/sortables")]
    [InlineData(Sites + "/schema")]
    [InlineData(Sites + "/tiles")]
    [InlineData(Sites + "/tiles/WebMercatorQuad")]
    [InlineData(Sites + "/tiles/WebMercatorQuad?f=tilejson")]
    [InlineData("/api/metadata")]
    [InlineData("/api/metadata/sites")]
    public async Task Documents_tell_nothing_of_hidden_rows_and_properties(string address)
    {
        var text = await TextAsync(address, guarded.Public);
        foreach (var hidden in (string[])["Segretissimo", "H-1", "internal_note", "is_public", "46.51", "nota interna", "internal note"])
        {
            Assert.DoesNotContain(hidden, text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Extents_are_those_of_the_region_wherever_hidden_rows_lie()
    {
        // The other hidden site lies outside the region.
        double[] region = [8.4, 44.6, 11.5, 46.7];
        foreach (var client in (HttpClient[])[guarded.Public, guarded.Scout])
        {
            var collection = await client.GetJsonAsync(Sites);
            Assert.Equal(region, Numbers(collection.GetProperty("extent").GetProperty("spatial").GetProperty("bbox")[0]));
            Assert.Equal(region, Numbers((await client.GetJsonAsync($"{Sites}/tiles/WebMercatorQuad?f=tilejson")).GetProperty("bounds")));
            var box = (await client.GetJsonAsync($"{Sites}/tiles/WebMercatorQuad")).GetProperty("boundingBox");
            Assert.Equal(region, Numbers(box.GetProperty("lowerLeft")).Concat(Numbers(box.GetProperty("upperRight"))));
        }
    }

    [Theory]
    [InlineData("/ogc/collections/sites/items?NAME=x")]
    [InlineData("/ogc/collections/sites/items?filter=NAME='x'")]
    [InlineData("/ogc/collections/sites/items?filter=kind='greenfield'+OR+NAME+IS+NULL")]
    [InlineData("/ogc/collections/sites/items?filter-lang=cql2-json&filter={\"op\":\"isNull\",\"args\":[{\"property\":\"NAME\"}]}")]
    [InlineData("/ogc/collections/sites/items?sortby=-NAME")]
    [InlineData("/ogc/collections/sites/items?properties=code,NAME")]
    [InlineData("/ogc/collections/sites/items?limit=0&filter=NAME='x'")]
    [InlineData("/ogc/collections/sites/tiles/WebMercatorQuad/12/1465/2151?filter=NAME='x'")]
    [InlineData("/ogc/collections/sites/tiles/WebMercatorQuad/12/1465/2151?NAME=x")]
    [InlineData("/ogc/collections/sites/tiles/WebMercatorQuad/12/1465/2151?properties=NAME")]
    [InlineData("/api/export/sites?filter=NAME='x'")]
    [InlineData("/api/export/sites?sortby=NAME")]
    public async Task A_hidden_property_is_refused_as_any_unknown_name(string address)
    {
        foreach (var property in (string[])["internal_note", "is_public", "contact"])
        {
            var unknown = string.Concat(property.Reverse());
            using var hidden = await guarded.Public.GetAsync(address.Replace("NAME", property, StringComparison.Ordinal), Token);
            using var other = await guarded.Public.GetAsync(address.Replace("NAME", unknown, StringComparison.Ordinal), Token);
            Assert.Equal(
                (await other.ProblemAsync(HttpStatusCode.BadRequest)).GetRawText().Replace(unknown, property, StringComparison.Ordinal),
                (await hidden.ProblemAsync(HttpStatusCode.BadRequest)).GetRawText());
        }
    }

    [Theory]
    [InlineData("limit=5")]
    [InlineData("limit=5&sortby=-name_it")]
    [InlineData("limit=5&filter=kind='greenfield'")]
    public async Task A_cursor_of_a_scout_opens_nothing_to_the_public(string query)
    {
        for (var address = $"{Sites}/items?{query}"; address is not null;)
        {
            var next = Link(await guarded.Scout.GetJsonAsync(address), "next");
            if (next is not null)
            {
                Assert.DoesNotContain("Segretissimo", await TextAsync(next, guarded.Public), StringComparison.Ordinal);
            }

            address = next;
        }
    }

    [Fact]
    public async Task A_cursor_in_an_order_that_only_scouts_know_is_refused_to_the_public()
    {
        var next = Link(await guarded.Scout.GetJsonAsync($"{Sites}/items?limit=5&sortby=internal_note"), "next")!;
        using var response = await guarded.Public.GetAsync(next, Token);
        var problem = await response.ProblemAsync(HttpStatusCode.BadRequest);
        Assert.Contains("sortby", problem.Parameters());
        using var withoutOrder = await guarded.Public.GetAsync(next.Replace("sortby=internal_note", "sortby=code", StringComparison.Ordinal), Token);
        Assert.Equal(["cursor"], (await withoutOrder.ProblemAsync(HttpStatusCode.BadRequest)).Parameters());
    }

    [Theory]
    [InlineData(Sites + "/items")]
    [InlineData(Sites + "/items?limit=0")]
    [InlineData(Sites + "/items?f=csv")]
    [InlineData(Sites + "/items?f=html")]
    [InlineData(Sites + "/items/GO-1")]
    [InlineData(Sites + "/queryables")]
    [InlineData(Sites + "/schema")]
    [InlineData(Sites + "/tiles/WebMercatorQuad/12/1465/2151")]
    public async Task A_tag_of_one_role_answers_nobody_else(string address)
    {
        var (ofPublic, ofScout) = (await TagAsync(guarded.Public), await TagAsync(guarded.Scout));
        Assert.NotEqual(ofPublic, ofScout);
        Assert.Equal(HttpStatusCode.NotModified, await AskAsync(guarded.Public, ofPublic));
        Assert.Equal(HttpStatusCode.NotModified, await AskAsync(guarded.Scout, ofScout));
        Assert.Equal(HttpStatusCode.OK, await AskAsync(guarded.Public, ofScout));
        Assert.Equal(HttpStatusCode.OK, await AskAsync(guarded.Scout, ofPublic));

        async Task<string> TagAsync(HttpClient client)
        {
            using var response = await client.GetAsync(address, Token);
            return response.Headers.ETag!.ToString();
        }

        async Task<HttpStatusCode> AskAsync(HttpClient client, string tag)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, address);
            request.Headers.TryAddWithoutValidation("If-None-Match", tag);
            using var response = await client.SendAsync(request, Token);
            return response.StatusCode;
        }
    }

    [Theory]
    [InlineData(Sites + "/items", 200)]
    [InlineData(Sites + "/items?f=gpkg", 200)]
    [InlineData(Sites + "/items/GO-1", 200)]
    [InlineData(Sites + "/items/H-1", 404)]
    [InlineData(Sites + "/items?is_public=true", 400)]
    [InlineData(Sites + "/queryables", 200)]
    [InlineData(Sites + "/tiles/WebMercatorQuad/12/1465/2151", 200)]
    [InlineData(Sites + "/tiles/WebMercatorQuad/5/0/0", 204)]
    [InlineData("/api/export/sites?f=csv", 200)]
    public async Task Caches_are_told_who_an_answer_is_for(string address, int status)
    {
        using var response = await guarded.Public.GetAsync(address, Token);
        Assert.Equal(status, (int)response.StatusCode);
        HoldsVary(response);
        using var forScout = await guarded.Scout.GetAsync(address, Token);
        HoldsVary(forScout);
        Assert.True(forScout.Headers.CacheControl!.Private);
        if (response.Headers.ETag is { } tag)
        {
            using var again = new HttpRequestMessage(HttpMethod.Get, address) { Headers = { IfNoneMatch = { tag } } };
            using var unchanged = await guarded.Public.SendAsync(again, Token);
            Assert.Equal(HttpStatusCode.NotModified, unchanged.StatusCode);
            HoldsVary(unchanged);
        }

        static void HoldsVary(HttpResponseMessage response)
        {
            Assert.True(response.Headers.CacheControl!.NoCache);
            Assert.Empty(new[] { "Accept", "Accept-Language", "Authorization", "X-Api-Key" }.Except(
                response.Headers.Vary.SelectMany(names => names.Split(',', StringSplitOptions.TrimEntries))));
        }
    }

    [Fact]
    public async Task A_tile_that_a_scout_asked_for_first_is_not_what_the_public_gets()
    {
        const string Tile = Sites + "/tiles/WebMercatorQuad/14/5795/8688?properties=name_it";
        var ofScout = await guarded.Scout.GetByteArrayAsync(Tile, Token);
        Assert.Contains(DecodedTile.Read(ofScout).Features, feature => (string)feature.Properties["name_it"] == "Segretissimo");
        using var ofPublic = await guarded.Public.GetAsync(Tile, Token);
        Assert.Equal(HttpStatusCode.NoContent, ofPublic.StatusCode);
        Assert.Equal(ofScout, await guarded.Scout.GetByteArrayAsync(Tile, Token));
    }

    private static double[] Numbers(JsonElement array) => [.. array.EnumerateArray().Select(number => number.GetDouble())];

    private static string? Link(JsonElement page, string relation) => page.GetProperty("links").EnumerateArray()
        .Where(link => link.GetProperty("rel").GetString() == relation)
        .Select(link => link.GetProperty("href").GetString())
        .SingleOrDefault();

    private static async Task<string> TextAsync(string address, HttpClient client)
    {
        using var response = await client.GetAsync(address, Token);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return Encoding.Latin1.GetString(await response.Content.ReadAsByteArrayAsync(Token));
    }
}

/// <summary>The sample data with two hidden sites, one of them outside the region, and a client of a scout beside that of the public.</summary>
public sealed class GuardedService(PostGisCluster cluster) : IAsyncLifetime
{
    private const string Hidden =
        """
        DELETE FROM geooffer.site WHERE code = 'GO-5';
        INSERT INTO geooffer.site (code, kind, name_it, functions, geom, lifecycle_state, is_public, internal_note, contact) VALUES
          ('H-1', 'greenfield', 'Segretissimo', ARRAY['industrial'], ST_MakeEnvelope(10.9, 46.51, 10.908, 46.515, 4326), 'admitted', false, 'nota', 'Anna'),
          ('H-2', 'greenfield', 'Segretissimo fuori', ARRAY['industrial'], ST_MakeEnvelope(2, 49, 2.01, 49.01, 4326), 'admitted', false, 'altra', 'Anna');
        """;

    private RunningService? _service;
    private HttpClient? _scout;

    internal HttpClient Public => _service!.Client;

    internal HttpClient Scout => _scout!;

    public async ValueTask InitializeAsync()
    {
        _service = await RunningService.StartAsync(cluster, SampleData.Sql + Hidden);
        await using var database = GeoOfferDatabase.Open(_service.ConnectionString);
        _scout = _service.CreateClient();
        _scout.DefaultRequestHeaders.Add("X-Api-Key", await new UserKeys(database).AddAsync("Anna Rossi", Role.Scout, null, CancellationToken.None));
    }

    public async ValueTask DisposeAsync()
    {
        _scout?.Dispose();
        if (_service is not null)
        {
            await _service.DisposeAsync();
        }
    }
}
