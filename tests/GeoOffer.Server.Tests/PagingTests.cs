using System.Net;
using System.Text.Json;
using GeoOffer.Testing;

namespace GeoOffer.Server.Tests;

/// <summary>Page by page, whatever the order, whoever writes meanwhile, and however the client changes its mind on the way.</summary>
public sealed class PagingTests(SampleService sample, PostGisCluster cluster) : IClassFixture<SampleService>
{
    private const string Items = "/ogc/collections/sites/items";

    // Many ties and many missing values in every column that is sorted by.
    private const string Sites =
        """
        INSERT INTO geooffer.site (code, kind, name_it, functions, lifecycle_state, is_public, verified_on, gross_area_declared_ha, name_en)
        SELECT 'T-' || to_char(n, 'FM000'), CASE WHEN n % 2 = 0 THEN 'brownfield' ELSE 'greenfield' END, 'Nome ' || n % 7, '{retail}', 'published', n % 11 <> 0,
          CASE WHEN n % 3 = 0 THEN NULL ELSE date '2024-01-01' + n % 5 END, CASE WHEN n % 4 = 0 THEN NULL ELSE (1 + n % 6) / 2.0 END, CASE WHEN n % 5 = 0 THEN NULL ELSE 'à' || n % 3 END
        FROM generate_series(1, 120) AS n
        """;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("code")]
    [InlineData("-code")]
    [InlineData("verified_on")]
    [InlineData("-verified_on,name_it")]
    [InlineData("gross_area_declared_ha,-verified_on,kind")]
    [InlineData("-gross_area_declared_ha,-name_en")]
    [InlineData("name_en,-code")]
    [InlineData("kind,-name_en&filter=verified_on+IS+NULL+OR+gross_area_declared_ha>0.5")]
    public async Task What_stays_is_seen_once_and_in_order_while_others_write(string order)
    {
        await using var service = await RunningService.StartAsync(cluster, Sites);
        var before = Codes(await service.Client.GetJsonAsync($"{Items}?limit=1000&sortby={order}"));
        Assert.True(before.Count > 50);
        var (seen, page) = (new List<string>(), 0);
        for (var address = $"{Items}?limit=7&sortby={order}"; address is not null;)
        {
            var answer = await service.Client.GetJsonAsync(address);
            seen.AddRange(Codes(answer));
            address = Link(answer, "next");

            // Rows come with values that tie with others everywhere, one goes that was seen, and one that was not changes in no sorted column.
            page++;
            await service.ExecuteAsync(
                $"""
                INSERT INTO geooffer.site (code, kind, name_it, functions, lifecycle_state, is_public, verified_on, gross_area_declared_ha, name_en)
                VALUES ('A-{page}', 'brownfield', 'Nome 3', '{"{retail}"}', 'published', true, '2024-01-03', 1.5, 'à1'), ('Z-{page}', 'greenfield', 'Nome 0', '{"{retail}"}', 'published', true, NULL, NULL, NULL);
                DELETE FROM geooffer.site WHERE code = '{seen[^1]}';
                UPDATE geooffer.site SET internal_note = 'seen {page}' WHERE code = '{before[^1]}'
                """);
        }

        Assert.Distinct(seen);
        Assert.Equal(before, seen.Where(before.Contains));
    }

    [Theory]
    [InlineData("limit=7", "limit=9")]
    [InlineData("limit=7", "limit=10000")]
    [InlineData("limit=7", "limit=7&lang=en")]
    [InlineData("limit=7", "limit=7&properties=code")]
    [InlineData("limit=7", "limit=7&crs=http://www.opengis.net/def/crs/EPSG/0/32632")]
    public async Task A_cursor_goes_on_with_another_limit_language_or_form(string first, string then)
    {
        const string Order = "&sortby=-kind,name_it";
        var whole = Codes(await sample.Client.GetJsonAsync($"{Items}?limit=10000{Order}"));
        var page = await sample.Client.GetJsonAsync($"{Items}?{first}{Order}");
        var cursor = Cursor(Link(page, "next")!);
        var rest = Codes(await sample.Client.GetJsonAsync($"{Items}?{then}{Order}&cursor={cursor}"));
        Assert.Equal(whole.Skip(7).Take(rest.Count), rest);
        Assert.NotEmpty(rest);
        foreach (var format in (string[])["csv", "geojsonseq"])
        {
            var text = await sample.Client.GetStringAsync($"{Items}?{then}{Order}&cursor={cursor}&f={format}", Token);
            Assert.All(rest, code => Assert.Contains(code, text, StringComparison.Ordinal));
            Assert.All(whole.Take(7), code => Assert.DoesNotContain($"\"{code}\"", text, StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Every_cursor_with_one_letter_changed_is_refused()
    {
        var cursor = Cursor(Link(await sample.Client.GetJsonAsync($"{Items}?limit=3&sortby=-verified_on"), "next")!);
        for (var at = 0; at < cursor.Length; at++)
        {
            foreach (var letter in "AZ_")
            {
                await RefusedAsync($"{cursor[..at]}{(cursor[at] == letter ? 'b' : letter)}{cursor[(at + 1)..]}");
            }

            await RefusedAsync(cursor[..at]);
            await RefusedAsync(cursor[..at] + cursor[(at + 1)..]);
        }

        await RefusedAsync(cursor + "A");
        await RefusedAsync(cursor + "%3D");
        await RefusedAsync(cursor + cursor);

        async Task RefusedAsync(string changed)
        {
            using var response = await sample.Client.GetAsync($"{Items}?limit=3&sortby=-verified_on&cursor={changed}", Token);
            Assert.Equal(["cursor"], (await response.ProblemAsync(HttpStatusCode.BadRequest)).Parameters());
        }
    }

    [Fact]
    public async Task A_cursor_belongs_to_its_database()
    {
        await using var other = await RunningService.StartAsync(cluster, SampleData.Sql);
        await other.ExecuteAsync("UPDATE geooffer.instance_secret SET value = sha256(value) WHERE name = 'cursor'");
        var cursor = Cursor(Link(await sample.Client.GetJsonAsync($"{Items}?limit=3"), "next")!);
        using var response = await other.Client.GetAsync($"{Items}?limit=3&cursor={cursor}", Token);
        Assert.Equal(["cursor"], (await response.ProblemAsync(HttpStatusCode.BadRequest)).Parameters());
    }

    private static string Cursor(string next) => next[(next.IndexOf("cursor=", StringComparison.Ordinal) + "cursor=".Length)..];

    private static List<string> Codes(JsonElement page) =>
        [.. page.GetProperty("features").EnumerateArray().Select(feature => feature.GetProperty("id").GetString()!)];

    private static string? Link(JsonElement page, string relation) => page.GetProperty("links").EnumerateArray()
        .Where(link => link.GetProperty("rel").GetString() == relation)
        .Select(link => link.GetProperty("href").GetString())
        .SingleOrDefault();
}
