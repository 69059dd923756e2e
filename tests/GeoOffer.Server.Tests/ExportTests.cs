using System.IO.Compression;
using System.Net;
using System.Text.Json;
using GeoOffer.Storage.Exporting;
using GeoOffer.Testing;

namespace GeoOffer.Server.Tests;

public sealed class ExportTests(SampleService sample, PostGisCluster cluster) : IClassFixture<SampleService>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string> Formats => [.. ExportFormat.All.Select(format => format.Code)];

    [Fact]
    public async Task The_whole_collection_is_one_answer_with_the_features_of_all_pages()
    {
        var paged = await sample.Client.GetJsonAsync("/ogc/collections/sites/items?limit=10000");
        var whole = await sample.Client.GetJsonAsync("/api/export/sites?sortby=code&precision=7");
        Assert.Equal(Features(paged), Features(whole));

        static IEnumerable<string> Features(JsonElement collection) =>
            collection.GetProperty("features").EnumerateArray().Select(feature => feature.GetRawText());
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public async Task Each_format_comes_as_a_file_of_its_type(string code)
    {
        var format = ExportFormat.Find(code)!;
        using var byName = await sample.Client.GetAsync($"/api/export/pilot-areas?f={code}", Token);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/export/pilot-areas") { Headers = { { "Accept", format.MediaType } } };
        using var byAccept = await sample.Client.SendAsync(request, Token);
        foreach (var response in (HttpResponseMessage[])[byName, byAccept])
        {
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            Assert.Equal(format.MediaType, response.Content.Headers.ContentType!.ToString());
            Assert.Equal($"attachment; filename=pilot-areas{format.Extension}", response.Content.Headers.ContentDisposition!.ToString());
        }

        using var head = await sample.Client.SendAsync(new HttpRequestMessage(HttpMethod.Head, $"/api/export/sites?f={code}"), Token);
        Assert.Equal(format.MediaType, head.Content.Headers.ContentType!.ToString());
        Assert.Empty(await head.Content.ReadAsByteArrayAsync(Token));
    }

    [Theory]
    [InlineData("kind=brownfield&limit=2&sortby=-code", "P-025,P-024")]
    [InlineData("filter=code%20LIKE%20%27GO-%25%27%20AND%20kind%20=%20%27greenfield%27&sortby=code", "GO-1,GO-3,GO-4,GO-6")]
    [InlineData("bbox=9.09,45.49,9.13,45.51&sortby=code", "GO-1,GO-6")]
    [InlineData("bbox=45.49,9.09,45.51,9.13&bbox-crs=EPSG:4326&sortby=code", "GO-1,GO-6")]
    [InlineData("filter=S_INTERSECTS(geometry,BBOX(9.09,45.49,9.13,45.51))", "GO-1")]
    [InlineData("filter=S_INTERSECTS(geometry,BBOX(45.49,9.09,45.51,9.13))&filter-crs=EPSG:4326", "GO-1")]
    [InlineData("filter=A_OVERLAPS(functions,(%27logistics%27,%27sports%27))", "GO-1")]
    [InlineData("functions=logistics", "GO-1")]
    [InlineData("code=GO-5", "")]
    public async Task Conditions_select_and_sort(string query, string codes)
    {
        var answer = await sample.Client.GetJsonAsync($"/api/export/sites?{query}");
        Assert.Equal(codes, string.Join(',', answer.GetProperty("features").EnumerateArray().Select(feature => feature.GetProperty("id").GetString())));
    }

    [Fact]
    public async Task Properties_and_reference_system_are_those_asked_for()
    {
        var answer = await sample.Client.GetJsonAsync("/api/export/sites?code=GO-1&properties=name_it,kind&crs=http://www.opengis.net/def/crs/EPSG/0/25832&precision=2");
        var feature = answer.GetProperty("features")[0];
        Assert.Equal("""{"name_it":"Città dei mestieri","kind":"greenfield"}""", feature.GetProperty("properties").GetRawText());
        Assert.Contains("[507812.68,5038501.37]", feature.GetProperty("geometry").GetRawText(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("gzip", "gzip")]
    [InlineData("br", "br")]
    [InlineData("gzip;q=0.5, br;q=0.8", "br")]
    [InlineData("*", "br")]
    [InlineData("br;q=0, *;q=0.1", "gzip")]
    [InlineData("identity", null)]
    [InlineData("gzip;q=0", null)]
    [InlineData(";;q", null)]
    public async Task Text_is_compressed_as_the_client_prefers(string accept, string? expected)
    {
        var plain = await sample.Client.GetByteArrayAsync("/api/export/sites?sortby=code", Token);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/export/sites?sortby=code");
        request.Headers.TryAddWithoutValidation("Accept-Encoding", accept);
        using var response = await sample.Client.SendAsync(request, Token);
        Assert.Equal(expected, response.Content.Headers.ContentEncoding.SingleOrDefault());
        Assert.Contains("Accept-Encoding", string.Join(", ", response.Headers.GetValues("Vary")), StringComparison.Ordinal);
        await using var body = await response.Content.ReadAsStreamAsync(Token);
        await using var decoded = expected switch { "gzip" => new GZipStream(body, CompressionMode.Decompress), "br" => new BrotliStream(body, CompressionMode.Decompress), _ => body };
        using var copy = new MemoryStream();
        await decoded.CopyToAsync(copy, Token);
        Assert.Equal(plain, copy.ToArray());
    }

    [Theory]
    [InlineData("f=pdf", "f")]
    [InlineData("f=csv&rs=true", "rs")]
    [InlineData("crs=EPSG:1&bbox-crs=x&filter-crs=", "crs,filter-crs,bbox-crs")]
    [InlineData("limit=0", "limit")]
    [InlineData("precision=16", "precision")]
    [InlineData("precision=-1", "precision")]
    [InlineData("bom=yes", "bom")]
    [InlineData("bom=true", "bom")]
    [InlineData("rs=true", "rs")]
    [InlineData("properties=name_it,contact", "properties")]
    [InlineData("sortby=functions,nothing", "sortby,sortby")]
    [InlineData("filter=contact%20IS%20NULL", "filter")]
    [InlineData("filter=a&filter=b", "filter")]
    [InlineData("colour=red", "colour")]
    [InlineData("cursor=x", "cursor")]
    [InlineData("f=x&crs=x&bbox=x&filter=x&properties=x&sortby=x&limit=x&precision=x&colour=x&lang=x", "lang,f,colour,bbox,filter,limit,sortby,properties,crs,precision")]
    public async Task What_cannot_be_answered_is_named_all_at_once(string query, string parameters)
    {
        using var response = await sample.Client.GetAsync($"/api/export/sites?{query}", Token);
        Assert.Equal(
            parameters.Split(',').Order(), (await response.ProblemAsync(HttpStatusCode.BadRequest)).Parameters().Order());
    }

    [Fact]
    public async Task A_fault_in_a_filter_says_where_it_is()
    {
        using var response = await sample.Client.GetAsync("/api/export/sites?filter=kind%20%3D%20%27brownfield%27%20AND%20aera_ha%20%3E%205", Token);
        var error = (await response.ProblemAsync(HttpStatusCode.BadRequest)).GetProperty("errors")[0];
        Assert.Equal("aera_ha at line 1, column 25", error.GetProperty("got").GetString());
    }

    [Fact]
    public async Task A_collection_that_does_not_exist_is_a_404()
    {
        using var response = await sample.Client.GetAsync("/api/export/nothing", Token);
        await response.ProblemAsync(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_collection_links_to_its_files()
    {
        var collection = await sample.Client.GetJsonAsync("/ogc/collections/poles");
        var links = collection.GetProperty("links").EnumerateArray().Where(link => link.GetProperty("rel").GetString() == "enclosure").ToList();
        Assert.Equal(ExportFormat.All.Select(format => format.MediaType), links.Select(link => link.GetProperty("type").GetString()));
        foreach (var link in links)
        {
            using var response = await sample.Client.GetAsync(link.GetProperty("href").GetString(), Token);
            Assert.Equal(link.GetProperty("type").GetString(), response.Content.Headers.ContentType!.ToString());
        }
    }

    [Fact]
    public async Task What_cannot_be_written_so_is_a_422_and_never_half_an_answer()
    {
        await using var service = await RunningService.StartAsync(cluster, SampleData.Sql);
        await service.ExecuteAsync("INSERT INTO geooffer.infrastructure (code, kind, geom) VALUES ('port.far', 'port', ST_SetSRID(ST_MakePoint(120, 10), 4326))");
        foreach (var encoding in (string[])["identity", "gzip", "br"])
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/api/export/infrastructure?crs=EPSG:3003") { Headers = { { "Accept-Encoding", encoding } } };
            using var response = await service.Client.SendAsync(request, Token);
            var problem = await response.ProblemAsync(HttpStatusCode.UnprocessableEntity);
            Assert.Contains("port.far", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
            Assert.Null(response.Content.Headers.ContentDisposition);
            Assert.Empty(response.Content.Headers.ContentEncoding);
        }

        // Enough before the row that fails for a part to have left.
        await service.ExecuteAsync(
            """
            UPDATE geooffer.infrastructure SET code = 'z' || code WHERE code = 'port.far';
            INSERT INTO geooffer.infrastructure (code, kind, name_it, geom)
            SELECT 'port.' || n, 'port', repeat('x', 1000), ST_SetSRID(ST_MakePoint(9, 45), 4326) FROM generate_series(1, 2000) AS n
            """);
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => service.Client.GetStringAsync("/api/export/infrastructure?crs=EPSG:3003&sortby=code", Token));
    }

    [Fact]
    public async Task A_scout_gets_what_is_not_published()
    {
        await using var service = await RunningService.StartAsync(cluster, SampleData.Sql);
        var key = await new Storage.Security.UserKeys(Storage.GeoOfferDatabase.Open(service.ConnectionString)).AddAsync("Anna", Query.Catalogue.Role.Scout, null, Token);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/export/sites?code=GO-5") { Headers = { { "X-Api-Key", key } } };
        using var response = await service.Client.SendAsync(request, Token);
        var feature = (await response.JsonAsync()).GetProperty("features")[0];
        Assert.False(feature.GetProperty("properties").GetProperty("is_public").GetBoolean());
        Assert.False(feature.GetProperty("properties").TryGetProperty("contact", out _));
    }
}
