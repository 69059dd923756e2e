using System.IO.Compression;
using System.Net;
using System.Text.Json;
using GeoOffer.Testing;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace GeoOffer.Server.Tests;

/// <summary>What RFC 9110 and web pages ask of every route of OGC API.</summary>
public sealed class HttpContractTests(SampleService sample, PostGisCluster cluster) : IClassFixture<SampleService>
{
    private const string Sites = "/ogc/collections/sites";
    private const string Tile = Sites + "/tiles/WebMercatorQuad/12/1465/2151";

    private static readonly Dictionary<string, string> Values = new()
    {
        ["collection"] = "sites",
        ["id"] = "GO-1",
        ["tileMatrixSet"] = "WebMercatorQuad",
        ["tileMatrix"] = "12",
        ["tileRow"] = "1465",
        ["tileCol"] = "2151",
    };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Head_is_get_without_its_body_on_every_route()
    {
        var addresses = Addresses();
        Assert.True(addresses.Count > 15);
        foreach (var address in (string[])[.. addresses, .. new[] { "html", "csv", "geojsonseq", "gpkg", "flatgeobuf" }.Select(format => $"{Sites}/items?f={format}"), $"{Sites}/items?limit=0"])
        {
            using var get = await sample.Client.GetAsync(address, Token);
            using var request = new HttpRequestMessage(HttpMethod.Head, address);
            using var head = await sample.Client.SendAsync(request, Token);
            Assert.True(get.StatusCode == HttpStatusCode.OK, $"{address}: {get.StatusCode}");
            Assert.Equal(get.StatusCode, head.StatusCode);
            Assert.Empty(await head.Content.ReadAsByteArrayAsync(Token));
            Assert.Equal(get.Content.Headers.ContentType, head.Content.Headers.ContentType);
            Assert.Equal(get.Content.Headers.ContentDisposition, head.Content.Headers.ContentDisposition);
            Assert.Equal(get.Content.Headers.ContentLanguage, head.Content.Headers.ContentLanguage);
            foreach (var name in (string[])["ETag", "Vary", "Cache-Control", "Content-Crs", "Link"])
            {
                Assert.Equal(Header(get, name), Header(head, name));
            }

            if (get.Headers.ETag is { IsWeak: false })
            {
                Assert.Equal(get.Content.Headers.ContentLength, head.Content.Headers.ContentLength);
            }
        }
    }

    [Fact]
    public async Task Options_tell_what_a_route_can_and_pages_anywhere_may_read()
    {
        foreach (var address in Addresses())
        {
            using var request = new HttpRequestMessage(HttpMethod.Options, address);
            using var plain = await sample.Client.SendAsync(request, Token);
            Assert.Equal(HttpStatusCode.OK, plain.StatusCode);
            Assert.Empty(new[] { "GET", "HEAD", "OPTIONS" }.Except(plain.Content.Headers.Allow));

            using var question = new HttpRequestMessage(HttpMethod.Options, address);
            question.Headers.Add("Origin", "https://map.example");
            question.Headers.Add("Access-Control-Request-Method", "GET");
            question.Headers.Add("Access-Control-Request-Headers", "if-none-match,accept-language,x-api-key,authorization");
            using var preflight = await sample.Client.SendAsync(question, Token);
            Assert.True(preflight.IsSuccessStatusCode);
            Assert.Equal("*", Header(preflight, "Access-Control-Allow-Origin"));
            Assert.Contains("GET", Header(preflight, "Access-Control-Allow-Methods"), StringComparison.Ordinal);
            var allowed = Header(preflight, "Access-Control-Allow-Headers").Split(',').Select(name => name.Trim().ToLowerInvariant());
            Assert.Empty(new[] { "if-none-match", "accept-language", "x-api-key", "authorization" }.Except(allowed));
        }

        using var read = new HttpRequestMessage(HttpMethod.Get, $"{Sites}/items?limit=1") { Headers = { { "Origin", "https://map.example" } } };
        using var response = await sample.Client.SendAsync(read, Token);
        var exposed = Header(response, "Access-Control-Expose-Headers").Split(',').Select(name => name.Trim());
        Assert.Empty(new[] { "Link", "ETag", "Content-Crs" }.Except(exposed));
    }

    [Theory]
    [InlineData("html")]
    [InlineData("csv")]
    [InlineData("geojsonseq")]
    [InlineData("gpkg")]
    public async Task A_number_alone_is_told_in_json_and_nothing_else_is_called_otherwise(string format)
    {
        using var response = await sample.Client.GetAsync($"{Sites}/items?limit=0&f={format}", Token);
        Assert.Equal(["limit"], (await response.ProblemAsync(HttpStatusCode.BadRequest)).Parameters());
    }

    [Fact]
    public async Task An_unknown_parameter_is_named_on_every_route()
    {
        foreach (var address in Addresses())
        {
            foreach (var query in (string[])["nonsense=1", "f=json&LIMIT=1", "lang=it&limit%20=1"])
            {
                using var response = await sample.Client.GetAsync($"{address}?{query}", Token);
                Assert.True(response.StatusCode == HttpStatusCode.BadRequest, $"{address}?{query}: {response.StatusCode}");
                Assert.NotEmpty((await response.ProblemAsync(HttpStatusCode.BadRequest)).Parameters().Intersect(["nonsense", "LIMIT", "limit "]));
            }
        }
    }

    [Theory]
    [InlineData("/ogc")]
    [InlineData("/ogc/api")]
    [InlineData(Sites + "/schema")]
    [InlineData(Sites + "/items")]
    [InlineData(Sites + "/items?f=html")]
    [InlineData(Sites + "/items?f=gpkg")]
    [InlineData(Sites + "/items/GO-1")]
    [InlineData(Sites + "/tiles/WebMercatorQuad?f=tilejson")]
    [InlineData(Tile)]
    public async Task A_tag_is_found_in_a_list_and_any_stands_for_all(string address)
    {
        using var first = await sample.Client.GetAsync(address, Token);
        var tag = first.Headers.ETag!;
        foreach (var method in (HttpMethod[])[HttpMethod.Get, HttpMethod.Head])
        {
            foreach (var (condition, isKnown) in ((string, bool)[])[
                ($"\"a,b\", W/\"c\", {tag}", true),
                ($"{tag}, \"z\"", true),
                ($"W/{tag.Tag}", true),
                (tag.Tag, true),
                ("*", true),
                ("\"a\", \"b\"", false),
                (tag.Tag.Trim('"'), false),
                ($"\"{tag.Tag.Trim('"')[1..]}\"", false)])
            {
                using var request = new HttpRequestMessage(method, address);
                request.Headers.TryAddWithoutValidation("If-None-Match", condition);
                using var response = await sample.Client.SendAsync(request, Token);
                Assert.True((response.StatusCode == HttpStatusCode.NotModified) == isKnown, $"{method} {address} {condition}: {response.StatusCode}");
                Assert.Equal(tag, response.Headers.ETag);
                if (isKnown)
                {
                    Assert.Empty(await response.Content.ReadAsByteArrayAsync(Token));
                    Assert.Contains("no-cache", Header(response, "Cache-Control"), StringComparison.Ordinal);
                }
            }
        }
    }

    [Theory]
    [InlineData(Sites + "/items")]
    [InlineData(Sites + "/items?f=csv")]
    [InlineData(Sites + "/items?f=geojsonseq")]
    [InlineData("/api/export/sites?f=geojson")]
    [InlineData(Tile)]
    public async Task Codings_change_nothing_but_the_length(string address)
    {
        var plain = await BodyAsync(address, "identity", coding: null);
        Assert.NotEmpty(plain);
        Assert.Equal(plain, await BodyAsync(address, "br", "br"));
        Assert.Equal(plain, await BodyAsync(address, "gzip", "gzip"));
        Assert.Equal(plain, await BodyAsync(address, "gzip;q=0.5, br;q=0.1", "gzip"));
        Assert.Equal(plain, await BodyAsync(address, "zstd, br;q=0", coding: null));
    }

    [Fact]
    public async Task Without_the_database_whoever_needs_it_is_told_when_to_come_back()
    {
        await using var service = RunningService.StartOn("Host=127.0.0.1;Port=1;Username=nobody;Database=nothing;Timeout=2");
        foreach (var address in Addresses().Where(address => address.StartsWith("/ogc/collections", StringComparison.Ordinal)))
        {
            using var response = await service.Client.GetAsync(address, Token);
            Assert.True(response.StatusCode == HttpStatusCode.ServiceUnavailable, $"{address}: {response.StatusCode}");
            await response.ProblemAsync(HttpStatusCode.ServiceUnavailable);
            Assert.NotNull(response.Headers.RetryAfter);
            Assert.Null(response.Headers.ETag);
        }
    }

    [Fact]
    public async Task Every_link_of_every_document_believes_a_trusted_proxy()
    {
        var settings = new Dictionary<string, string> { ["Http:TrustedProxies:0"] = "127.0.0.1", ["Http:TrustedProxies:1"] = "::1" };
        await using var service = await RunningService.StartAsync(cluster, SampleData.Sql, settings);
        foreach (var address in (string[])[.. Addresses(), $"{Sites}/items?limit=3", $"{Sites}/items?limit=3&f=html", "/ogc?f=html", "/ogc/collections?f=html"])
        {
            var text = await AskAsync(service.Client, address);
            Assert.DoesNotContain(service.Client.BaseAddress!.Authority, text, StringComparison.Ordinal);
            var untrusted = await AskAsync(sample.Client, address);
            Assert.DoesNotContain("offer.example", untrusted, StringComparison.Ordinal);
            if (text.Contains("\"links\"", StringComparison.Ordinal))
            {
                Assert.Contains("https://offer.example/region/ogc", text, StringComparison.Ordinal);
            }
        }

        static async Task<string> AskAsync(HttpClient client, string address)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, address);
            request.Headers.Add("X-Forwarded-Host", "offer.example");
            request.Headers.Add("X-Forwarded-Proto", "https");
            request.Headers.Add("X-Forwarded-Prefix", "/region");
            using var response = await client.SendAsync(request, Token);
            return Header(response, "Link") + await response.Content.ReadAsStringAsync(Token);
        }
    }

    [Fact]
    public async Task A_collection_says_whose_it_is_and_on_what_terms()
    {
        await using var service = await RunningService.StartAsync(
            cluster,
            """
            INSERT INTO geooffer.dataset (collection, name, source, as_of, licence) VALUES
              ('sites', 'a', 'Sample sheets', '2024-06-01', 'https://licence.example/terms'),
              ('provinces', 'b', 'ISTAT', '2024-06-01', 'CC BY 4.0')
            """);
        var sites = await service.Client.GetJsonAsync(Sites);
        Assert.Equal("Sample sheets", sites.GetProperty("attribution").GetString());
        Assert.Equal("https://licence.example/terms", Link(sites, "license")?.GetProperty("href").GetString());
        var terms = Link(await service.Client.GetJsonAsync("/ogc/collections/provinces"), "license")!.Value;
        Assert.Equal("CC BY 4.0", terms.GetProperty("title").GetString());
        Assert.Contains("CC BY 4.0", await service.Client.GetStringAsync(terms.GetProperty("href").GetString(), Token), StringComparison.Ordinal);
        Assert.Null(Link(await service.Client.GetJsonAsync("/ogc/collections/poles"), "license"));
    }

    private static JsonElement? Link(JsonElement document, string relation) => document.GetProperty("links").EnumerateArray()
        .Where(link => link.GetProperty("rel").GetString() == relation)
        .Select(link => (JsonElement?)link)
        .SingleOrDefault();

    private static string Header(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out var values) ? string.Join(", ", values) : "";

    /// <summary>The routes of OGC API that are read, each with an address that has an answer.</summary>
    private List<string> Addresses() =>
    [
        .. sample.Service.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(route => route.Metadata.GetRequiredMetadata<HttpMethodMetadata>().HttpMethods.Contains("GET"))
            .Select(route => route.RoutePattern)
            .Where(pattern => pattern.RawText!.StartsWith("/ogc", StringComparison.Ordinal))
            .Select(pattern => pattern.Parameters.Aggregate(
                pattern.RawText!, (address, parameter) => address.Replace($"{{{parameter.Name}}}", Values[parameter.Name], StringComparison.Ordinal))),
    ];

    /// <summary>The body, decoded; of a page its features alone, since it says when it was made.</summary>
    private async Task<byte[]> BodyAsync(string address, string accept, string? coding)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.TryAddWithoutValidation("Accept-Encoding", accept);
        using var response = await sample.Client.SendAsync(request, Token);
        Assert.Equal(coding, response.Content.Headers.ContentEncoding.SingleOrDefault());
        Assert.Contains("Accept-Encoding", Header(response, "Vary"), StringComparison.Ordinal);
        await using var body = await response.Content.ReadAsStreamAsync(Token);
        await using Stream decoded = coding switch
        {
            "br" => new BrotliStream(body, CompressionMode.Decompress),
            "gzip" => new GZipStream(body, CompressionMode.Decompress),
            _ => body,
        };
        using var bytes = new MemoryStream();
        await decoded.CopyToAsync(bytes, Token);
        if (response.Content.Headers.ContentType?.MediaType != "application/geo+json")
        {
            return bytes.ToArray();
        }

        using var document = JsonDocument.Parse(bytes.ToArray());
        return JsonSerializer.SerializeToUtf8Bytes(document.RootElement.GetProperty("features"));
    }
}
