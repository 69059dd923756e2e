using System.Net;
using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace GeoOffer.Server.Tests;

public sealed class HostileInputTests(SampleService sample) : IClassFixture<SampleService>
{
    private const int Megabyte = 1024 * 1024;

    private static readonly string[] Paths =
    [
        "/", "/ogc", "/ogc/collections", "/ogc/collections/sites", "/ogc/collections/sites/items", "/ogc/collections/sites/items/GO-1",
        "/api/match", "/api/briefs", "/api/briefs/decree-5", "/api/briefs/decree-5/match", "/api/vocabulary", "/api/openapi.json", "/api/export/sites", "/api/export/infrastructure", "/health/live", "/health/ready", "/nothing",
    ];

    private static readonly string[] Tails = ["/", "//", "/%2e%2e/", "/%00", "/%FF", "/%zz", "/%2F", ";x", "/" + new string('a', 3000)];

    private static readonly string[] Names =
    [
        "area_ha", "tolerance", "near", "avoid", "within", "function", "kind", "limit", "buckets", "counts", "lang", "unknowns", "bbox",
        "cursor", "code", "name_it", "functions", "measured_area_ha", "f", "crs", "bbox-crs", "filter", "filter-crs", "properties", "sortby", "precision", "bom", "rs", "verified_on", "population", "x", "",
    ];

    private static readonly string[] Values =
    [
        "40", "-1", "1e308", "1e999", "NaN", "Infinity", "-0", "0x10", "9,45,10,46", "9,45,10", "1,2,3,4,5,6,7", "180,90,-180,-90", "true",
        "2024-02-30", "9999-12-31", "0001-01-01", "industrial", "match,near_miss", "geojson", "csv", "gpkg", "fgb", "shp", "EPSG:25832", "EPSG:0", "-code,name_it", "code,code", "functions",
        "code='GO-1'", "name_it%20LIKE%20'%25\\'", "s_intersects(geometry,point(0%2095))", "functions='x'", "((((((", "MI", "rail:5000", "rail:", ":5000", "rail:1e400",
        "protected_area:2", "full", "it", "%00", "%FF", "%C3%28", "%ED%A0%80", "%F0%9F%8F%AD", "%", "%2", "%zz", "+", "'", ">",
        "';DROP%20TABLE%20site;--", "%0d%0aX:y", "%3E", "\u00e9", "99999999999999999999", "AQ", "../..", "{collection}", "",
    ];

    private static readonly string[] Bodies =
    [
        "", "{", "null", "[]", "0", "\"x\"", "{}", """{"area":{"target_ha":1e400}}""", """{"limit":-1}""", """{"constraints":[{}]}""",
        """{"constraints":{}}""", """{"area":[]}""", """{"within":{"geometry":{"type":"Polygon","coordinates":[[[0,0],[1,1]]]}}}""",
        """{"within":{"any_of":["\u0000"]}}""", """{"\ud800":1}""", """{"a":1,"a":2}""",
        """{"constraints":[{"id":"\u0000","criterion":"kind","any_of":["greenfield"]}]}""", SampleData.Brief,
    ];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private Uri Address => sample.Client.BaseAddress!;

    [Fact]
    public void No_address_produces_a_500()
    {
        var pair = from name in Gen.Elements(Names) from value in Gen.Elements(Values) select $"{name}={value}";
        var target =
            from path in Gen.Elements(Paths)
            from tail in Gen.Frequency((4, Gen.Constant("")), (1, Gen.Elements(Tails)))
            from pairs in pair.ListOf()
            select $"{path}{tail}?{string.Join('&', pairs.Take(8))}";
        var method = Gen.Frequency((9, Gen.Constant("GET")), (1, Gen.Elements("HEAD", "POST", "PUT", "DELETE", "OPTIONS", "BREW")));
        var headers = Gen.Elements(
            "", "", "", "Accept: ///\r\n", "Accept: text/csv\r\n", "Accept-Language: \u00ff;q=x\r\n", "Accept-Language: it;q=2,en\r\n",
            "X-Api-Key: go_x\r\n", "Authorization: Bearer\r\n", "Origin: null\r\n", "If-None-Match: \"\r\n");
        Check(from m in method from t in target from h in headers select RawHttp.Request(m, t, h), 400);
    }

    [Fact]
    public void No_body_produces_a_500()
    {
        var text = Gen.Elements(Bodies).Select(Encoding.UTF8.GetBytes);
        var broken =
            from bytes in text
            from cut in Gen.Choose(0, Math.Max(0, bytes.Length))
            from extra in Gen.ArrayOf(Gen.Choose(0, 255).Select(value => (byte)value))
            select (byte[])[.. bytes.AsSpan(0, cut), .. extra, .. bytes.AsSpan(cut)];
        var type = Gen.Frequency(
            (6, Gen.Constant("Content-Type: application/json\r\n")),
            (1, Gen.Elements("", "Content-Type: \r\n", "Content-Type: ;;\r\n", "Content-Type: application/json; charset=\r\n")));
        Check(from body in Gen.OneOf(text, broken) from header in type select RawHttp.Request("POST", "/api/match", header, body), 200);
    }

    [Theory]
    [InlineData("GET /api/match?area_ha=%zz HTTP/1.1\r\nHost: x\r\n\r\n", 400)]
    [InlineData("GET /ogc/collections/sites/items?name_it=%zz HTTP/1.1\r\nHost: x\r\n\r\n", 400)]
    [InlineData("GET /api/match?%C3%28=1 HTTP/1.1\r\nHost: x\r\n\r\n", 400)]
    [InlineData("GET /%zz HTTP/1.1\r\nHost: x\r\n\r\n", 404)]
    [InlineData("GET /api/briefs/%00 HTTP/1.1\r\nHost: x\r\n\r\n", 400)]
    [InlineData("GET /api/match HTTP/1.0\r\n\r\n", 200)]
    [InlineData("GET http://elsewhere/ogc HTTP/1.1\r\nHost: elsewhere\r\n\r\n", 200)]
    [InlineData("OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n", 200)]
    [InlineData("OPTIONS /api/match HTTP/1.1\r\nHost: x\r\n\r\n", 200)]
    [InlineData("POST /api/match HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 0\r\n\r\n", 400)]
    [InlineData("POST /api/match HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\n", 400)]
    [InlineData("nonsense\r\n\r\n", 400)]
    public async Task Requests_that_are_hardly_http_get_an_honest_status(string request, int status) =>
        Assert.Equal(status, await RawHttp.SendAsync(Address, Encoding.Latin1.GetBytes(request), Token));

    [Fact]
    public async Task An_address_or_header_without_end_is_refused()
    {
        Assert.Equal(414, await RawHttp.SendAsync(Address, RawHttp.Request("GET", "/api/match?x=" + new string('x', 100_000)), Token));
        var longHeader = RawHttp.Request("GET", "/api/match", $"X-Long: {new string('x', 100_000)}\r\n");
        Assert.Equal(431, await RawHttp.SendAsync(Address, longHeader, Token));
        var many = string.Join('&', Enumerable.Range(0, 5000).Select(number => $"a{number}"));
        Assert.Equal(400, await RawHttp.SendAsync(Address, RawHttp.Request("GET", "/api/match?" + many), Token));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_brief_of_a_hundred_megabytes_is_413_and_the_service_goes_on(bool isLengthKnown)
    {
        var request = isLengthKnown
            ? RawHttp.Request("POST", "/api/match", "Content-Type: application/json\r\n", new byte[100 * Megabyte])
            : Chunked(100);
        Assert.Equal(413, await RawHttp.SendAsync(Address, request, Token));
        await sample.Client.GetJsonAsync("/health/ready");

        static byte[] Chunked(int megabytes) =>
        [
            .. RawHttp.Request("POST", "/api/match", "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n"),
            .. Enumerable.Repeat((byte[])[.. "100000\r\n"u8, .. new byte[Megabyte], .. "\r\n"u8], megabytes).SelectMany(chunk => chunk),
            .. "0\r\n\r\n"u8,
        ];
    }

    [Fact]
    public async Task A_brief_of_just_the_greatest_size_is_read()
    {
        var brief = SampleData.Brief + new string(' ', Megabyte - Encoding.UTF8.GetByteCount(SampleData.Brief));
        using var fits = await sample.Client.PostAsync("/api/match", new StringContent(brief, Encoding.UTF8, "application/json"), Token);
        Assert.Equal(HttpStatusCode.OK, fits.StatusCode);

        // By socket: the service may answer and hang up before a client has sent all.
        var exceeds = RawHttp.Request("POST", "/api/match", "Content-Type: application/json\r\n", Encoding.UTF8.GetBytes(brief + " "));
        Assert.Equal(413, await RawHttp.SendAsync(Address, exceeds, Token));
    }

    private void Check(Gen<byte[]> requests, int count)
    {
        var config = Config.QuickThrowOnFailure.WithMaxTest(count);
        Prop.ForAll(requests.ToArbitrary(), request =>
        {
            var status = RawHttp.SendAsync(Address, request, Token).GetAwaiter().GetResult();
            return status is >= 200 and < 500;
        }).Check(config);
        Assert.Equal(200, RawHttp.SendAsync(Address, RawHttp.Request("GET", "/health/ready"), Token).GetAwaiter().GetResult());
    }
}
