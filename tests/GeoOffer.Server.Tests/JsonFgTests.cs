using System.Net;
using System.Text.Json;
using GeoOffer.Server.Commands;
using GeoOffer.Server.Features;
using GeoOffer.Testing;
using Microsoft.Extensions.Configuration;

namespace GeoOffer.Server.Tests;

/// <summary>JSON-FG 1.0 (OGC 21-045), and the other ways of writing features as GeoJSON.</summary>
public sealed class JsonFgTests(JsonFgTests.Fixture fixture) : IClassFixture<JsonFgTests.Fixture>
{
    private const string Items = "/ogc/collections/sites/items";
    private const string Crs84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84";
    private const string Epsg = "http://www.opengis.net/def/crs/EPSG/0/";
    private const string Profiles = "http://www.opengis.net/def/profile/OGC/0/";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private HttpClient Client => fixture.Service.Client;

    [Fact]
    public async Task In_CRS84_the_geometry_is_that_of_GeoJSON_and_there_is_no_place()
    {
        var plain = (await Client.GetJsonAsync($"{Items}?code=GO-1")).GetProperty("features")[0];
        var page = await Client.GetJsonAsync($"{Items}?code=GO-1&f=jsonfg");
        Assert.Equal(
            ["http://www.opengis.net/spec/json-fg-1/1.0/conf/core", "http://www.opengis.net/spec/json-fg-1/1.0/conf/types-schemas"],
            page.GetProperty("conformsTo").EnumerateArray().Select(name => name.GetString()!));
        Assert.Equal("sites", page.GetProperty("featureType").GetString());
        Assert.False(page.TryGetProperty("coordRefSys", out _));
        var feature = page.GetProperty("features")[0];
        Assert.Equal(["type", "id", "time", "geometry", "properties"], feature.EnumerateObject().Select(member => member.Name));
        Assert.Equal(plain.GetProperty("geometry").GetRawText(), feature.GetProperty("geometry").GetRawText());
        Assert.Equal(plain.GetProperty("properties").GetRawText(), feature.GetProperty("properties").GetRawText());
        var schema = await Client.GetJsonAsync(new Uri(page.GetProperty("featureSchema").GetString()!).PathAndQuery);
        Assert.Equal(page.GetProperty("featureSchema").GetString(), schema.GetProperty("$id").GetString());
    }

    [Theory]
    [InlineData(32632)]
    [InlineData(4326)]
    [InlineData(6707)]
    public async Task In_another_system_the_place_has_its_axis_order_and_the_geometry_is_null_or_in_CRS84(int srid)
    {
        var plain = await Client.GetJsonAsync($"{Items}/GO-1");
        var there = await Client.GetJsonAsync($"{Items}/GO-1?crs={Epsg}{srid}");
        foreach (var (profile, fallback) in ((string, string)[])[("jsonfg", "null"), ("jsonfg-plus", plain.GetProperty("geometry").GetRawText())])
        {
            using var response = await Client.GetAsync($"{Items}?code=GO-1&crs={Epsg}{srid}&profile={profile}", Token);
            Assert.Equal([$"<{Epsg}{srid}>"], response.Headers.GetValues("Content-Crs"));
            Assert.Equal("application/geo+json", response.Content.Headers.ContentType?.MediaType);
            Assert.Contains($"<{Profiles}{profile}>; rel=\"profile\"", string.Join(", ", response.Headers.GetValues("Link")), StringComparison.Ordinal);
            var page = await response.JsonAsync();
            var alone = await Client.GetJsonAsync($"{Items}/GO-1?crs={Epsg}{srid}&profile={profile}");
            Assert.Equal([$"{Epsg}{srid}", $"{Epsg}{srid}"], ((JsonElement[])[page, alone]).Select(root => root.GetProperty("coordRefSys").GetString()));
            foreach (var feature in (JsonElement[])[page.GetProperty("features")[0], alone])
            {
                Assert.Equal(there.GetProperty("geometry").GetRawText(), feature.GetProperty("place").GetRawText());
                Assert.Equal(fallback, feature.GetProperty("geometry").GetRawText());
            }

            Assert.Equal("sites", alone.GetProperty("featureType").GetString());
            Assert.False(page.GetProperty("features")[0].TryGetProperty("conformsTo", out _));
            Assert.False(page.GetProperty("features")[0].TryGetProperty("coordRefSys", out _));
        }

        var placeless = await Client.GetJsonAsync($"{Items}/GO-6?crs={Epsg}{srid}&profile=jsonfg-plus");
        Assert.Equal(JsonValueKind.Null, placeless.GetProperty("geometry").ValueKind);
        Assert.Equal(JsonValueKind.Null, placeless.GetProperty("place").ValueKind);
    }

    [Theory]
    [InlineData("f=jsonfg", null, "jsonfg")]
    [InlineData("f=jsonfg&profile=jsonfg-plus", null, "jsonfg-plus")]
    [InlineData("f=json&profile=jsonfg", null, "jsonfg")]
    [InlineData("f=geojson&profile=jsonfg-plus,jsonfg", null, "jsonfg-plus")]
    [InlineData("profile=no-such,jsonfg", null, "jsonfg")]
    [InlineData("profile=rel-as-link", null, "rfc7946")]
    [InlineData("profile=http://www.opengis.net/def/profile/OGC/0/jsonfg", null, "jsonfg")]
    [InlineData("", null, "rfc7946")]
    [InlineData("", "application/geo+json; profile=\"http://www.opengis.net/def/profile/OGC/0/jsonfg\"", "jsonfg")]
    [InlineData("profile=rfc7946", "application/geo+json; profile=\"http://www.opengis.net/def/profile/OGC/0/jsonfg\"", "rfc7946")]
    [InlineData("", "application/fg+json", "jsonfg")]
    [InlineData("", "application/vnd.ogc.fg+json, application/geo+json;q=0.5", "jsonfg")]
    [InlineData("profile=jsonfg-plus", "application/fg+json", "jsonfg-plus")]
    [InlineData("f=geojson-2008", "application/fg+json", "rfc7946")]
    public async Task The_profile_is_agreed_on_by_f_by_profile_and_by_Accept(string query, string? accept, string profile)
    {
        foreach (var address in (string[])[$"{Items}?limit=2&{query}", $"{Items}?limit=0&{query}", $"{Items}/GO-1?{query}"])
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, address);
            request.Headers.TryAddWithoutValidation("Accept", accept);
            using var response = await Client.SendAsync(request, Token);
            var expected = accept is null || accept.StartsWith("application/geo+json", StringComparison.Ordinal) || query.StartsWith("f=", StringComparison.Ordinal)
                ? "application/geo+json"
                : accept.Split(',')[0];
            Assert.Equal(expected, response.Content.Headers.ContentType?.MediaType);
            var document = await response.JsonAsync();
            Assert.Equal(profile != "rfc7946", document.TryGetProperty("conformsTo", out _));
            Assert.Equal([Profiles + profile], Links(document, "profile"));
        }
    }

    [Theory]
    [InlineData("profile=", "profile")]
    [InlineData("profile=a b", "profile")]
    [InlineData("profile=ftp://example.org/x", "profile")]
    [InlineData("profile=jsonfg&profile=jsonfg", "profile")]
    [InlineData("f=fg", "f")]
    public async Task What_names_no_profile_is_refused(string query, string parameter)
    {
        foreach (var address in (string[])[$"{Items}?{query}", $"{Items}/GO-1?{query}"])
        {
            using var response = await Client.GetAsync(address, Token);
            Assert.Equal([parameter], (await response.ProblemAsync(HttpStatusCode.BadRequest)).Parameters());
        }
    }

    [Theory]
    [InlineData("w1", """{"interval":["2020-01-01","2021-06-30"]}""")]
    [InlineData("w2", """{"interval":["2022-01-01",".."]}""")]
    [InlineData("w3", """{"interval":["..","2023-01-01"]}""")]
    [InlineData("w4", "null")]
    [InlineData("w5", "null")]
    public async Task The_time_of_a_feature_is_an_interval_open_where_an_end_is_missing(string id, string time)
    {
        foreach (var query in (string[])["", "&properties=name"])
        {
            var page = await Client.GetJsonAsync($"/ogc/collections/works/items?code={id}&f=jsonfg{query}");
            Assert.Equal(time, page.GetProperty("features")[0].GetProperty("time").GetRawText());
        }

        Assert.Equal(time, (await Client.GetJsonAsync($"/ogc/collections/works/items/{id}?f=jsonfg")).GetProperty("time").GetRawText());
    }

    [Fact]
    public async Task The_time_is_told_and_its_properties_are_not_shown_where_others_were_asked_for()
    {
        var page = await Client.GetJsonAsync("/ogc/collections/works/items?code=w1&f=jsonfg&properties=name");
        Assert.Equal("""{"name":"Uno"}""", page.GetProperty("features")[0].GetProperty("properties").GetRawText());
        using var csv = await Client.GetAsync("/ogc/collections/works/items?code=w1&f=csv&profile=jsonfg&properties=name", Token);
        Assert.DoesNotContain("2020-01-01", await csv.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
        var moment = await Client.GetJsonAsync("/ogc/collections/quakes/items/q1?f=jsonfg");
        Assert.Equal("""{"timestamp":"2024-05-01T10:00:00Z"}""", moment.GetProperty("time").GetRawText());
        Assert.False((await Client.GetJsonAsync("/ogc/collections/wells/items/p1?f=jsonfg")).TryGetProperty("time", out _));
    }

    [Theory]
    [InlineData("quakes", 0)]
    [InlineData("provinces", 2)]
    [InlineData("infrastructure", null)]
    public async Task The_dimension_of_geometries_is_told_where_all_have_the_same(string collection, int? dimension)
    {
        var page = await Client.GetJsonAsync($"/ogc/collections/{collection}/items?f=jsonfg&limit=1");
        Assert.Equal(dimension, page.TryGetProperty("geometryDimension", out var told) ? told.GetInt32() : null);
    }

    [Fact]
    public async Task Pages_of_JSON_FG_are_those_of_GeoJSON()
    {
        var seen = new List<string>();
        for (var address = $"{Items}?f=jsonfg&limit=7&sortby=-code&crs={Epsg}32632"; address is not null;)
        {
            using var response = await Client.GetAsync(address, Token);
            Assert.True(response.Headers.ETag!.IsWeak);
            Assert.Contains("Accept", response.Headers.Vary);
            var page = await response.JsonAsync();
            Assert.True(page.TryGetProperty("coordRefSys", out _));
            seen.AddRange(page.GetProperty("features").EnumerateArray().Select(feature => feature.GetProperty("id").GetString()!));
            address = Links(page, "next").SingleOrDefault();
        }

        var whole = await Client.GetJsonAsync($"{Items}?sortby=-code&limit=100");
        Assert.Equal(whole.GetProperty("features").EnumerateArray().Select(feature => feature.GetProperty("id").GetString()!), seen);
        var hits = await Client.GetJsonAsync($"{Items}?f=jsonfg&limit=0");
        Assert.Equal(30, hits.GetProperty("numberMatched").GetInt32());
        Assert.Equal("sites", hits.GetProperty("featureType").GetString());
    }

    [Fact]
    public async Task Another_profile_of_the_same_address_has_another_tag()
    {
        foreach (var address in (string[])[Items, $"{Items}/GO-1"])
        {
            var tags = new List<string>();
            foreach (var accept in (string[])
                ["application/geo+json", $"application/geo+json;profile=\"{Profiles}jsonfg\"", $"application/geo+json;profile=\"{Profiles}jsonfg-plus\"", "application/fg+json"])
            {
                using var request = new HttpRequestMessage(HttpMethod.Head, $"{address}?crs={Epsg}32632");
                request.Headers.TryAddWithoutValidation("Accept", accept);
                using var response = await Client.SendAsync(request, Token);
                tags.Add(response.Headers.ETag!.ToString());
            }

            Assert.Distinct(tags);
        }
    }

    [Fact]
    public async Task Every_document_leads_to_the_same_in_the_other_formats()
    {
        foreach (var (address, others) in ((string, int)[])[($"{Items}?limit=2&kind=brownfield&crs={Epsg}32632", 6), ($"{Items}/GO-1?crs={Epsg}32632", 2)])
        {
            var document = await Client.GetJsonAsync(address);
            var alternates = document.GetProperty("links").EnumerateArray().Where(link => link.GetProperty("rel").GetString() == "alternate").ToList();
            Assert.Equal(others, alternates.Count);
            foreach (var link in alternates)
            {
                using var response = await Client.GetAsync(link.GetProperty("href").GetString(), Token);
                Assert.Equal(HttpStatusCode.OK, response.StatusCode);
                Assert.Equal(link.GetProperty("type").GetString()!.Split(';')[0], response.Content.Headers.ContentType?.MediaType);
                if (link.GetProperty("title").GetString() == "JSON-FG")
                {
                    Assert.Equal($"{Epsg}32632", (await response.JsonAsync()).GetProperty("coordRefSys").GetString());
                }
            }
        }
    }

    [Theory]
    [InlineData(32632, "urn:ogc:def:crs:EPSG::32632", $"{Epsg}32632")]
    [InlineData(6707, "urn:ogc:def:crs:EPSG::7791", $"{Epsg}7791")]
    [InlineData(4326, null, Crs84)]
    public async Task GeoJSON_of_2008_names_its_system_and_has_x_before_y(int srid, string? name, string system)
    {
        foreach (var address in (string[])[$"{Items}?code=GO-1", $"{Items}/GO-1?lang=en"])
        {
            Assert.False((await Client.GetJsonAsync($"{address}&crs={Epsg}{srid}")).TryGetProperty("crs", out _));
            using var response = await Client.GetAsync($"{address}&crs={Epsg}{srid}&f=geojson-2008", Token);
            Assert.Equal([$"<{system}>"], response.Headers.GetValues("Content-Crs"));
            var document = await response.JsonAsync();
            Assert.Equal(name, document.TryGetProperty("crs", out var crs) ? crs.GetProperty("properties").GetProperty("name").GetString() : null);
            var feature = document.TryGetProperty("features", out var features) ? features[0] : document;
            var position = feature.GetProperty("geometry").GetProperty("coordinates")[0][0];
            Assert.True(position[0].GetDouble() < position[1].GetDouble());
        }
    }

    [Fact]
    public async Task A_web_page_may_read_the_system_and_the_profile()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{Items}/GO-1?crs={Epsg}32632");
        request.Headers.Add("Origin", "https://maps.example");
        using var response = await Client.SendAsync(request, Token);
        var exposed = string.Join(',', response.Headers.GetValues("Access-Control-Expose-Headers")).Split(',');
        Assert.Contains("Content-Crs", exposed);
        Assert.Contains("Link", exposed);
    }

    [Fact]
    public async Task GDAL_knows_the_system_of_a_downloaded_page()
    {
        var file = Path.Combine(fixture.Folder, "page.geojson");
        var copy = Path.Combine(fixture.Folder, "page-4326.geojson");
        await File.WriteAllBytesAsync(file, await Client.GetByteArrayAsync($"{Items}?f=geojson-2008&crs={Epsg}32632", Token), Token);
        Assert.Contains("ID[\"EPSG\",32632]", await ClientService.RunAsync("ogrinfo", "gdal-bin", "-ro", "-so", "-al", file), StringComparison.Ordinal);
        await ClientService.RunAsync("ogr2ogr", "gdal-bin", "-f", "GeoJSON", "-t_srs", "OGC:CRS84", copy, file);
        using var read = JsonDocument.Parse(await File.ReadAllBytesAsync(copy, Token));
        var expected = (await Client.GetJsonAsync($"{Items}/GO-1")).GetProperty("geometry").GetProperty("coordinates")[0][0];
        var got = read.RootElement.GetProperty("features").EnumerateArray()
            .Single(feature => feature.GetProperty("properties").GetProperty("code").GetString() == "GO-1")
            .GetProperty("geometry").GetProperty("coordinates")[0][0];
        Assert.Equal(expected[0].GetDouble(), got[0].GetDouble(), 1e-8);
        Assert.Equal(expected[1].GetDouble(), got[1].GetDouble(), 1e-8);
    }

    [Fact]
    public async Task The_classes_are_declared_and_the_parameter_is_described()
    {
        foreach (var name in (string[])["core", "types-schemas", "profiles", "api"])
        {
            Assert.Contains($"http://www.opengis.net/spec/json-fg-1/1.0/conf/{name}", ConformanceClasses.All);
        }

        Assert.Contains("http://www.opengis.net/spec/ogcapi-features-5/1.0/conf/profile-parameter", ConformanceClasses.All);
        var paths = (await Client.GetJsonAsync("/ogc/api")).GetProperty("paths");
        foreach (var path in (string[])["/collections/{collection}/items", "/collections/{collection}/items/{id}"])
        {
            var parameters = paths.GetProperty(path).GetProperty("get").GetProperty("parameters").EnumerateArray()
                .ToDictionary(parameter => parameter.GetProperty("name").GetString()!);
            Assert.Equal("form", parameters["profile"].GetProperty("style").GetString());
            Assert.False(parameters["profile"].GetProperty("explode").GetBoolean());
            Assert.Equal("array", parameters["profile"].GetProperty("schema").GetProperty("type").GetString());
            Assert.Contains("jsonfg", parameters["f"].GetProperty("schema").GetProperty("enum").EnumerateArray().Select(value => value.GetString()));
        }
    }

    private static List<string> Links(JsonElement document, string relation) =>
        [.. document.GetProperty("links").EnumerateArray()
            .Where(link => link.GetProperty("rel").GetString() == relation)
            .Select(link => link.GetProperty("href").GetString()!)];

    /// <summary>The sample data, and layers whose features are of an interval, of an instant, and of no time.</summary>
    public sealed class Fixture(PostGisCluster cluster) : IAsyncLifetime
    {
        private RunningService? _service;

        internal RunningService Service => _service!;

        internal string Folder { get; } = Directory.CreateTempSubdirectory().FullName;

        public async ValueTask InitializeAsync()
        {
            _service = await RunningService.StartAsync(cluster, SampleData.Sql);
            await ImportAsync(
                "works",
                """
                code,name,start,end,lon,lat
                w1,Uno,2020-01-01,2021-06-30,9.1,45.5
                w2,Due,2022-01-01,,9.1,45.5
                w3,Tre,,2023-01-01,9.1,45.5
                w4,Quattro,,,9.1,45.5
                w5,Cinque,2023-01-01,2022-01-01,9.1,45.5
                """);
            await ImportAsync(
                "quakes",
                """
                code,at,lon,lat
                q1,2024-05-01T12:00:00+02:00,9.1,45.5
                """);
            await ImportAsync(
                "wells",
                """
                code,depth_m,lon,lat
                p1,30,9.1,45.5
                """);
        }

        public async ValueTask DisposeAsync()
        {
            if (_service is not null)
            {
                await _service.DisposeAsync();
            }

            Directory.Delete(Folder, recursive: true);
        }

        private async Task ImportAsync(string layer, string table)
        {
            var file = Path.Combine(Folder, $"{layer}.csv");
            await File.WriteAllTextAsync(file, table, Token);
            using var output = new StringWriter();
            using var error = new StringWriter();
            var configuration = new ConfigurationBuilder().AddInMemoryCollection(
                new Dictionary<string, string?> { ["ConnectionStrings:GeoOffer"] = Service.ConnectionString }).Build();
            var code = await CommandLine.RunAsync(["import", "layer", layer, file, "--key", "code", "--quiet"], output, error, configuration);
            Assert.True(code == 0, $"{error}{output}");
        }
    }
}
