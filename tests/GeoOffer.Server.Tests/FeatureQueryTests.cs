using System.Net;
using System.Text.Json;
using GeoOffer.Server.Features;
using GeoOffer.Testing;

namespace GeoOffer.Server.Tests;

/// <summary>Reference systems, filters, orders and selections of OGC API - Features, Parts 2, 3, 5 and 8.</summary>
public sealed class FeatureQueryTests(SampleService sample, PostGisCluster cluster) : IClassFixture<SampleService>
{
    private const string Items = "/ogc/collections/sites/items";
    private const string Epsg = "http://www.opengis.net/def/crs/EPSG/0/";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("filter=kind='brownfield' AND measured_area_ha > 0&sortby=code&limit=1", "GO-2")]
    [InlineData("filter=code IN ('GO-3','GO-1')&sortby=-code", "GO-3,GO-1")]
    [InlineData("filter=code LIKE 'GO-_' AND code < 'GO-3'", "GO-1,GO-2")]
    [InlineData("filter=S_INTERSECTS(geometry,BBOX(9.09,45.49,9.13,45.51))", "GO-1")]
    [InlineData("filter=S_INTERSECTS(geometry,BBOX(45.49,9.09,45.51,9.13))&filter-crs=http://www.opengis.net/def/crs/EPSG/0/4326", "GO-1")]
    [InlineData("filter=A_CONTAINS(functions,('logistics'))&filter-lang=cql2-text", "GO-1")]
    [InlineData("filter=geometry IS NULL", "GO-6")]
    [InlineData("filter=measured_area_ha*2 > measured_area_ha%2B30 AND code LIKE 'GO-%25'", "GO-1,GO-2,GO-3")]
    [InlineData("filter=CASEI(name_it)=CASEI('CITTÀ DEI MESTIERI')", "GO-1")]
    [InlineData("filter=ACCENTI(CASEI(name_it)) LIKE ACCENTI(CASEI('CITTA%25'))", "GO-1")]
    [InlineData("filter=distance(geometry,POINT(9.104 45.503)) <= 1000", "GO-1")]
    [InlineData("filter=T_AFTER(verified_on,DATE('2020-01-01')) AND kind='greenfield' AND geometry IS NOT NULL&limit=2", "GO-1,GO-3")]
    [InlineData("filter-lang=cql2-json&filter={\"op\":\"in\",\"args\":[{\"property\":\"code\"},[\"GO-1\",\"GO-3\"]]}", "GO-1,GO-3")]
    [InlineData("datetime=2024-06-01&code=GO-1", "GO-1")]
    [InlineData("datetime=2024-06-01T12:00:00%2B02:00&code=GO-1", "GO-1")]
    [InlineData("datetime=2024-05-01/2024-06-01&code=GO-1", "GO-1")]
    [InlineData("datetime=2024-06-01/..&code=GO-1", "GO-1")]
    [InlineData("datetime=2024-06-01T/..&code=GO-1", "GO-1")]
    [InlineData("datetime=/2024-05-31&code=GO-1", "")]
    [InlineData("datetime=2024-06-02/..&code=GO-1", "")]
    [InlineData("bbox=45.49,9.09,45.51,9.13&bbox-crs=http://www.opengis.net/def/crs/EPSG/0/4326", "GO-1,GO-6")]
    [InlineData("bbox=507000,5037500,510000,5039600&bbox-crs=http://www.opengis.net/def/crs/EPSG/0/32632&code=GO-1", "GO-1")]
    [InlineData("code=GO-1&offset=1", "")]
    [InlineData("filter=code IN ('GO-1','GO-2','GO-3')&offset=1", "GO-2,GO-3")]
    public async Task Conditions_orders_and_positions_select(string query, string codes) =>
        Assert.Equal(codes, string.Join(',', Codes(await sample.Client.GetJsonAsync($"{Items}?{query}"))));

    [Theory]
    [InlineData("filter=contact='x'", "filter")]
    [InlineData("filter=kind=", "filter")]
    [InlineData("filter=kind='x'&filter-lang=cql2-jsonp", "filter-lang")]
    [InlineData("filter-crs=EPSG:9999", "filter-crs")]
    [InlineData("filter-lang=cql2-json&filter=kind='x'", "filter")]
    [InlineData("filter-lang=cql2-json&filter={\"op\":\"=\",\"args\":[{\"property\":\"contact\"},\"x\"]}", "filter")]
    [InlineData("filter=measured_area_ha*1e308*1e308 > 1", "filter")]
    [InlineData("filter=nonsense(kind)", "filter")]
    [InlineData("datetime=yesterday", "datetime")]
    [InlineData("datetime=2024-06-02/2024-06-01", "datetime")]
    [InlineData("datetime=2024-06-01/2024-06-02/2024-06-03", "datetime")]
    [InlineData("crs=http://www.opengis.net/def/crs/EPSG/0/9999", "crs")]
    [InlineData("bbox=1,2,3,4&bbox-crs=nonsense", "bbox-crs")]
    [InlineData("sortby=contact", "sortby")]
    [InlineData("sortby=functions", "sortby")]
    [InlineData("properties=code,contact", "properties")]
    [InlineData("offset=-1", "offset")]
    [InlineData("f=shapefile", "f")]
    public async Task What_cannot_be_answered_is_named(string query, string parameter)
    {
        using var response = await sample.Client.GetAsync($"{Items}?{query}", Token);
        Assert.Equal([parameter], (await response.ProblemAsync(HttpStatusCode.BadRequest)).Parameters());
    }

    [Theory]
    [InlineData("sortby=kind,-measured_area_ha")]
    [InlineData("sortby=-verified_on,kind")]
    [InlineData("sortby=-measured_area_ha&kind=brownfield")]
    [InlineData("sortby=name_it&offset=3")]
    public async Task Every_order_is_paged_through_without_gap_or_repetition(string query)
    {
        var whole = Codes(await sample.Client.GetJsonAsync($"{Items}?{query}&limit=10000"));
        var seen = new List<string>();
        for (var address = $"{Items}?{query}&limit=4"; address is not null;)
        {
            var page = await sample.Client.GetJsonAsync(address);
            seen.AddRange(Codes(page));
            address = Link(page, "next");
        }

        Assert.Equal(whole, seen);
        Assert.True(whole.Count > 20);
    }

    [Fact]
    public async Task Every_feature_is_seen_once_while_others_come_and_go()
    {
        await using var service = await RunningService.StartAsync(cluster, SampleData.Sql);
        var before = Codes(await service.Client.GetJsonAsync($"{Items}?limit=100"));
        var seen = new List<string>();
        var written = 0;
        for (var address = $"{Items}?limit=4&sortby=-code"; address is not null;)
        {
            var page = await service.Client.GetJsonAsync(address);
            seen.AddRange(Codes(page));

            // One comes before the place that was reached and one after it; the last of the page goes.
            await service.ExecuteAsync(
                $"""
                INSERT INTO geooffer.site (code, kind, name_it, functions, lifecycle_state, is_public)
                VALUES ('Z-{++written}', 'brownfield', 'x', '{"{retail}"}', 'published', true), ('A-{written}', 'brownfield', 'x', '{"{retail}"}', 'published', true);
                DELETE FROM geooffer.site WHERE code = '{seen[^1]}'
                """);
            address = written < 20 ? Link(page, "next") : null;
        }

        Assert.Distinct(seen);
        Assert.Empty(before.Except(seen));
    }

    [Fact]
    public async Task Coordinates_are_in_the_system_and_axis_order_asked_for()
    {
        var (longitude, latitude) = First(await AskAsync($"{Items}/GO-1", "<http://www.opengis.net/def/crs/OGC/1.3/CRS84>"));
        Assert.InRange(longitude, 9, 9.2);
        Assert.Equal((latitude, longitude), First(await AskAsync($"{Items}/GO-1?crs={Epsg}4326", $"<{Epsg}4326>")));
        var (east, north) = First(await AskAsync($"{Items}/GO-1?crs={Epsg}32632", $"<{Epsg}32632>"));
        Assert.InRange(east, 500_000, 520_000);
        Assert.InRange(north, 5_030_000, 5_050_000);
        var (y, x) = First(await AskAsync($"{Items}/GO-1?crs={Epsg}6707", $"<{Epsg}6707>"));
        Assert.Equal(east, x, 0.01);
        Assert.Equal(north, y, 0.01);
        var page = await AskAsync($"{Items}?code=GO-1&crs={Epsg}32632", $"<{Epsg}32632>");
        Assert.Equal((east, north), First(page.GetProperty("features")[0]));
        Assert.Contains($"crs={Uri.EscapeDataString(Epsg + "32632")}".Replace("%3A", ":", StringComparison.Ordinal), Link(page, "self")!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_the_properties_asked_for_are_there_in_their_order()
    {
        var page = await sample.Client.GetJsonAsync($"{Items}?code=GO-1&properties=kind,code");
        var properties = page.GetProperty("features")[0].GetProperty("properties").EnumerateObject().Select(property => property.Name);
        Assert.Equal(["kind", "code"], properties);
    }

    [Fact]
    public async Task The_number_of_features_is_exact_where_it_is_told()
    {
        var hits = await sample.Client.GetJsonAsync($"{Items}?limit=0&kind=brownfield");
        var page = await sample.Client.GetJsonAsync($"{Items}?limit=10000&kind=brownfield");
        Assert.Empty(Codes(hits));
        Assert.Equal(Codes(page).Count, hits.GetProperty("numberMatched").GetInt32());
        Assert.Equal(Codes(page).Count, page.GetProperty("numberMatched").GetInt32());
        Assert.False((await sample.Client.GetJsonAsync($"{Items}?limit=3")).TryGetProperty("numberMatched", out _));
    }

    [Fact]
    public async Task Schemas_name_what_the_caller_may_see_and_nothing_else()
    {
        var schema = await SchemaAsync("schema");
        var feature = (await sample.Client.GetJsonAsync($"{Items}/GO-1")).GetProperty("properties");
        Assert.Equal(feature.EnumerateObject().Select(property => property.Name), Names(schema).Except(["geometry"]));
        Assert.Equal("id", schema.GetProperty("properties").GetProperty("code").GetProperty("x-ogc-role").GetString());
        var geometry = (await SchemaAsync("queryables")).GetProperty("properties").GetProperty("geometry");
        Assert.StartsWith("geometry-", geometry.GetProperty("format").GetString(), StringComparison.Ordinal);
        Assert.False(geometry.TryGetProperty("type", out _));
        foreach (var name in Names(await SchemaAsync("sortables")))
        {
            await sample.Client.GetJsonAsync($"{Items}?limit=1&sortby={name}");
        }
    }

    [Fact]
    public async Task The_functions_of_filters_are_listed_with_their_types()
    {
        var functions = (await sample.Client.GetJsonAsync("/ogc/functions")).GetProperty("functions").EnumerateArray().ToList();
        var distance = functions.Single(function => function.GetProperty("name").GetString() == "distance");
        Assert.Equal("number", distance.GetProperty("returns")[0].GetString());
        Assert.Equal(2, distance.GetProperty("arguments").GetArrayLength());
    }

    [Fact]
    public async Task The_landing_page_leads_to_the_classes_that_are_served()
    {
        var landing = await sample.Client.GetJsonAsync("/ogc?f=json");
        var declared = await sample.Client.GetJsonAsync(new Uri(Link(landing, "conformance")!).PathAndQuery);
        Assert.Equal(ConformanceClasses.All, declared.GetProperty("conformsTo").EnumerateArray().Select(name => name.GetString()!));
        Assert.Distinct(ConformanceClasses.All);
    }

    [Theory]
    [InlineData("/ogc", false)]
    [InlineData("/ogc/collections", false)]
    [InlineData("/ogc/collections/sites", false)]
    [InlineData("/ogc/collections/sites/queryables", false)]
    [InlineData($"{Items}/GO-1", false)]
    [InlineData($"{Items}?limit=5", true)]
    [InlineData($"{Items}?limit=0", true)]
    public async Task What_a_client_has_already_is_not_sent_again(string address, bool isWeak)
    {
        using var first = await sample.Client.GetAsync(address, Token);
        var tag = first.Headers.ETag!;
        Assert.Equal(isWeak, tag.IsWeak);
        using var again = await AskAgainAsync(address, tag.ToString());
        Assert.Equal((HttpStatusCode.NotModified, tag), (again.StatusCode, again.Headers.ETag));
        Assert.Empty(await again.Content.ReadAsByteArrayAsync(Token));
        Assert.Contains("Accept-Language", again.Headers.Vary);
        using var stale = await AskAgainAsync(address, "\"other\"");
        Assert.Equal(HttpStatusCode.OK, stale.StatusCode);
        using var otherwise = await AskAgainAsync($"{address}{(address.Contains('?', StringComparison.Ordinal) ? '&' : '?')}lang=en", isWeak ? tag.ToString() : "W/\"other\"");
        Assert.Equal(HttpStatusCode.OK, otherwise.StatusCode);
    }

    [Fact]
    public async Task A_page_of_changed_data_has_another_tag()
    {
        await using var service = await RunningService.StartAsync(cluster, SampleData.Sql);
        using var before = await service.Client.GetAsync(Items, Token);
        await service.ExecuteAsync("UPDATE geooffer.site SET name_it = 'Altro' WHERE code = 'GO-1'");
        await Task.Delay(TimeSpan.FromSeconds(1.2), Token);
        using var after = await service.Client.GetAsync(Items, Token);
        Assert.NotEqual(before.Headers.ETag, after.Headers.ETag);
    }

    [Theory]
    [InlineData("/ogc", "href=\"http", "/ogc/collections?lang=en\"")]
    [InlineData("/ogc/conformance", "conf/core", "<html lang=\"en\">")]
    [InlineData("/ogc/collections", "Settlement opportunities", "/ogc/collections/sites?lang=en\"")]
    [InlineData("/ogc/collections/sites", "measured_area_ha", "Sample sheets")]
    [InlineData($"{Items}?limit=3", "<svg", "cursor=")]
    [InlineData($"{Items}?code=GO-2", "=SOMMA(A1:A9)", "GO-2")]
    [InlineData($"{Items}/GO-1", "<svg", "Città dei mestieri")]
    [InlineData($"{Items}/GO-6", "Senza luogo", "GO-6")]
    public async Task Pages_for_people_say_what_the_documents_say(string address, string one, string other)
    {
        var separator = address.Contains('?', StringComparison.Ordinal) ? '&' : '?';
        using var named = await sample.Client.GetAsync($"{address}{separator}lang=en&f=html", Token);
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{address}{separator}lang=en");
        request.Headers.Accept.ParseAdd("text/html,application/xhtml+xml,*/*;q=0.8");
        using var agreed = await sample.Client.SendAsync(request, Token);
        foreach (var response in (HttpResponseMessage[])[named, agreed])
        {
            Assert.Equal("text/html", response.Content.Headers.ContentType?.MediaType);
            var page = await response.Content.ReadAsStringAsync(Token);
            Assert.Contains(one, page, StringComparison.Ordinal);
            Assert.Contains(other, page, StringComparison.Ordinal);
            Assert.DoesNotContain("Rossi", page, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task What_was_typed_into_a_sheet_is_text_on_a_page()
    {
        await using var service = await RunningService.StartAsync(
            cluster, SampleData.Sql + "UPDATE geooffer.site SET name_it = '<script>alert(1)</script>', name_en = '\"><img src=x>' WHERE code = 'GO-1';");
        foreach (var address in (string[])[$"{Items}?f=html", $"{Items}/GO-1?f=html"])
        {
            var page = await service.Client.GetStringAsync(address, Token);
            Assert.DoesNotContain("<script", page, StringComparison.Ordinal);
            Assert.DoesNotContain("<img", page, StringComparison.Ordinal);
            Assert.Contains("&lt;script&gt;", page, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Pages_are_files_too_and_lead_to_the_next()
    {
        var seen = new List<string>();
        for (var address = $"{Items}?f=csv&limit=7&sortby=-code&properties=code&crs={Epsg}4326"; address is not null;)
        {
            using var response = await sample.Client.GetAsync(address, Token);
            Assert.Equal("text/csv", response.Content.Headers.ContentType?.MediaType);
            Assert.Equal(["<http://www.opengis.net/def/crs/OGC/1.3/CRS84>"], response.Headers.GetValues("Content-Crs"));
            var lines = (await response.Content.ReadAsStringAsync(Token)).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
            seen.AddRange(lines[1..].Select(line => line.Split(',')[0]));
            address = string.Join(", ", response.Headers.GetValues("Link")).Split(", ").FirstOrDefault(link => link.Contains("rel=\"next\"", StringComparison.Ordinal))
                ?.Split('<', '>')[1];
        }

        Assert.Equal(Codes(await sample.Client.GetJsonAsync($"{Items}?sortby=-code&limit=100")), seen);
        foreach (var (format, start) in ((string, string)[])[("flatgeobuf", "fgb"), ("gpkg", "SQLite format 3"), ("geojsonseq", "{\"type\":\"Feature\"")])
        {
            var bytes = await sample.Client.GetByteArrayAsync($"{Items}?limit=2&f={format}", Token);
            Assert.StartsWith(start, System.Text.Encoding.Latin1.GetString(bytes), StringComparison.Ordinal);
        }
    }

    private async Task<HttpResponseMessage> AskAgainAsync(string address, string tag)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.TryAddWithoutValidation("If-None-Match", tag);
        return await sample.Client.SendAsync(request, Token);
    }

    private static (double X, double Y) First(JsonElement feature)
    {
        var position = feature.GetProperty("geometry").GetProperty("coordinates")[0][0];
        return (position[0].GetDouble(), position[1].GetDouble());
    }

    private static List<string> Codes(JsonElement page) =>
        [.. page.GetProperty("features").EnumerateArray().Select(feature => feature.GetProperty("id").GetString()!)];

    private static List<string> Names(JsonElement schema) =>
        [.. schema.GetProperty("properties").EnumerateObject().Select(property => property.Name)];

    private static string? Link(JsonElement page, string relation) => page.GetProperty("links").EnumerateArray()
        .Where(link => link.GetProperty("rel").GetString() == relation)
        .Select(link => link.GetProperty("href").GetString())
        .SingleOrDefault();

    private async Task<JsonElement> AskAsync(string address, string contentCrs)
    {
        using var response = await sample.Client.GetAsync(address, Token);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal([contentCrs], response.Headers.TryGetValues("Content-Crs", out var values) ? values : []);
        return await response.JsonAsync();
    }

    private async Task<JsonElement> SchemaAsync(string path)
    {
        using var response = await sample.Client.GetAsync($"/ogc/collections/sites/{path}?lang=en", Token);
        Assert.Equal("application/schema+json", response.Content.Headers.ContentType?.MediaType);
        var schema = await response.JsonAsync();
        Assert.Equal($"{sample.Client.BaseAddress}ogc/collections/sites/{path}", schema.GetProperty("$id").GetString());
        Assert.DoesNotContain("contact", Names(schema));
        return schema;
    }
}
