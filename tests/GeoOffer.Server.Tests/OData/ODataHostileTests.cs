using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace GeoOffer.Server.Tests.OData;

/// <summary>Whatever stands in an address, the service stays honest and alive.</summary>
public sealed class ODataHostileTests(SampleService sample) : IClassFixture<SampleService>
{
    private const int Addresses = 3000;

    private static readonly string[] Paths =
    [
        "Sites", "Sites('GO-1')", "Sites/GO-1/name_it", "Sites('GO-1')/geometry/$value", "Sites/$count", "Sites('", "Sites(code='GO-1')", "Sites(@k)", "$metadata", "$batch",
        "Sites/$filter(name_it eq 'x')", "Sites('GO-1')/$links/x", "Sites()/$ref", "Nothing", "PilotAreas", "Sites(1)", "Sites('a','b')", "$entity", "$crossjoin(Sites,Poles)", "$all",
    ];

    private static readonly string[] Options =
    [
        "$filter", "filter", "$orderby", "$select", "$top", "$skip", "$count", "$skiptoken", "$format", "$expand", "$apply", "$compute", "$search", "@a", "@b", "lang", "$", "", "$FILTER", "x",
    ];

    private static readonly string[] Pieces =
    [
        "name_it", "measured_area_ha", "functions", "geometry", "verified_on", "code", "contact", " eq ", " ne ", " lt ", " and ", " or ", "not ", " in ", " add ", " div ", " mod ", " mul ", "-",
        "(", ")", ",", "/", "'x'", "'", "''", "null", "true", "1", "1.5", "1e308", "1e999", "INF", "NaN", "99999999999999999999", "-9223372036854775808", "2024-02-29", "2024-02-30", "0000-00-00",
        "2024-01-01T00:00:00Z", "9999-12-31T23:59:59.9999999-14:00", "duration'P1D'", "duration'x'", "binary'AA'", "guid'x'", "00000000-0000-0000-0000-000000000000", "@a", "@b", "$it", "$this", "$root/Sites('GO-1')",
        "geography'POINT(9 45)'", "geography'SRID=4326;POLYGON((9 45,10 45,10 46,9 45))'", "geography'POINT(999 45)'", "geography'POLYGON EMPTY'", "geography'SRID=0;POINT(1 1)'", "geography'POINT(NaN 1)'",
        "geography'LINESTRING(0 0)'", "geography'MULTIPOINT EMPTY'", "geography'", "geometry'POINT(1 1)'", "geo.distance(geometry,geography'POINT(9 45)')", "geo.intersects(", "geo.length(geometry)", "contains(name_it,'%')",
        "functions/any(f:f eq 'x')", "functions/all(", "functions/$count", "cast(code,Edm.Int32)", "isof(code,Edm.String)", "now()", "length(", "substring(name_it,1)", "matchesPattern(code,'(a+)+$')",
        "[", "]", "{", "}", "[\"a\"]", "{\"a\":1}", "*", "desc", "asc", "json", "application/json;odata.metadata=full", "application/json;x=y", "xml", "%00", "%FF", "%C3%28", "%", "%zz", "%27", "+", "#", "\\", "%5C", "%F0%9F%8F%AD", "%ED%A0%80", ";", ":", "=", "&", "GeoOffer.Sites", "Edm.String",
    ];

    private static readonly string[] Headers =
    [
        "", "", "", "", "OData-MaxVersion: x\r\n", "OData-MaxVersion: 4.0\r\n", "Prefer: maxpagesize=-1\r\n", "Prefer: ,,;=\r\n", "Accept: application/json;odata.metadata=\r\n", "Accept: ///\r\n",
        "Accept: application/json;q=0\r\n", "If-None-Match: \"\r\n", "If-None-Match: *\r\n",
    ];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void No_address_is_a_fault_of_the_service()
    {
        var value = Gen.Elements(Pieces).ListOf().Select(pieces => string.Concat(pieces.Take(12)).Replace(" ", "%20", StringComparison.Ordinal));
        var pair = from name in Gen.Elements(Options) from text in value select $"{name}={text}";
        var request =
            from path in Gen.Elements(Paths)
            from pairs in pair.ListOf()
            from header in Gen.Elements(Headers)
            select RawHttp.Request("GET", $"/odata/{path.Replace(" ", "%20", StringComparison.Ordinal)}?{string.Join('&', pairs.Take(4))}", header);
        Prop.ForAll(request.ToArbitrary(), bytes =>
        {
            var status = RawHttp.SendAsync(sample.Client.BaseAddress!, bytes, Token).GetAwaiter().GetResult();
            return status is (>= 200 and < 500) or 501 ? true : throw new InvalidOperationException($"{status}: {Encoding.Latin1.GetString(bytes)}");
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(Addresses));
    }

    [Theory]
    [InlineData("(", "true", ")")]
    [InlineData("not ", "true", "")]
    [InlineData("tolower(", "name_it", ")")]
    [InlineData("-", "1", " eq 1")]
    [InlineData("functions/any(f:", "true", ")")]
    [InlineData("1 add ", "1", " eq 1")]
    public async Task Nesting_without_end_ends_no_process(string open, string middle, string close)
    {
        foreach (var depth in new[] { 50, 200, 900, 3000 })
        {
            var filter = string.Concat(Enumerable.Repeat(open, depth)) + middle + (close.StartsWith(' ') ? close : string.Concat(Enumerable.Repeat(close, depth)));
            var request = RawHttp.Request("GET", "/odata/Sites?$filter=" + filter.Replace(" ", "%20", StringComparison.Ordinal));
            var status = await RawHttp.SendAsync(sample.Client.BaseAddress!, request, Token);
            Assert.True(status is 200 or 400 or 414 or 501, $"{status} at {depth}");
        }

        Assert.Equal(200, await RawHttp.SendAsync(sample.Client.BaseAddress!, RawHttp.Request("GET", "/odata/Sites"), Token));
    }
}
