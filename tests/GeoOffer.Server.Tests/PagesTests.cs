using System.Net;
using System.Text.RegularExpressions;
using GeoOffer.Server.Commands;
using GeoOffer.Testing;
using Microsoft.Extensions.Configuration;

namespace GeoOffer.Server.Tests;

/// <summary>Pages for people: complete, in both languages, and without a way in for what somebody wrote into a file.</summary>
public sealed partial class PagesTests(SampleService sample, PostGisCluster cluster) : IClassFixture<SampleService>
{
    private const string Sites = "/ogc/collections/sites";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("it")]
    [InlineData("en")]
    public async Task Every_link_of_every_page_leads_somewhere_and_keeps_the_language(string language)
    {
        const int MostFeatures = 3;
        var root = sample.Client.BaseAddress!.AbsoluteUri.TrimEnd('/');
        var seen = new HashSet<string>();
        var open = new Queue<string>([$"{root}/ogc?lang={language}"]);
        var (pages, features) = (0, 0);
        while (open.TryDequeue(out var address))
        {
            if (!seen.Add(address) || (address.Contains("/items/", StringComparison.Ordinal) && ++features > MostFeatures))
            {
                continue;
            }

            using var request = new HttpRequestMessage(HttpMethod.Get, address);
            request.Headers.Accept.ParseAdd("text/html,application/xhtml+xml,*/*;q=0.8");
            using var response = await sample.Client.SendAsync(request, Token);
            Assert.True(response.StatusCode == HttpStatusCode.OK, $"{address} answered {response.StatusCode}");
            if (response.Content.Headers.ContentType?.MediaType != "text/html")
            {
                continue;
            }

            pages++;
            var page = await response.Content.ReadAsStringAsync(Token);
            Assert.Contains($"<html lang=\"{language}\">", page, StringComparison.Ordinal);
            Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("<tbody></tbody>", page, StringComparison.Ordinal);
            foreach (var link in Hrefs().Matches(page).Select(match => WebUtility.HtmlDecode(match.Groups[1].Value)))
            {
                var target = new Uri(new Uri(address), link).AbsoluteUri;
                if (target.StartsWith(root + "/ogc", StringComparison.Ordinal) && !target.Contains($"lang={(language == "it" ? "en" : "it")}", StringComparison.Ordinal))
                {
                    open.Enqueue(target);
                }
            }
        }

        Assert.InRange(pages, 50, 500);
    }

    [Theory]
    [InlineData("/ogc/functions", "distanza più breve", "shortest distance")]
    [InlineData($"{Sites}/schema", "superficie misurata", "measured area")]
    [InlineData($"{Sites}/queryables", "Area libera (greenfield)", "Greenfield")]
    [InlineData($"{Sites}/sortables", "sortby=-kind", "sortby=-kind")]
    [InlineData($"{Sites}/tiles", "tasselli vettoriali", "vector tiles")]
    [InlineData($"{Sites}/tiles/WebMercatorQuad", "/WebMercatorQuad/{z}/{y}/{x}", "?f=tilejson")]
    [InlineData("/ogc/conformance", "Classi di conformità", "Conformance classes")]
    [InlineData(Sites, "tasselli per le mappe", "tiles for maps")]
    [InlineData($"{Sites}/items?code=GO-99", "Nessun elemento", "No features")]
    [InlineData($"{Sites}/items/GO-1", "GO-1 – Città dei mestieri", "GO-1 – City of crafts")]
    public async Task A_page_says_what_it_is_about_in_both_languages(string address, string italian, string english)
    {
        foreach (var (language, text) in ((string, string)[])[("it", italian), ("en", english)])
        {
            using var response = await sample.Client.GetAsync($"{address}{(address.Contains('?', StringComparison.Ordinal) ? '&' : '?')}f=html&lang={language}", Token);
            Assert.Equal("text/html", response.Content.Headers.ContentType?.MediaType);
            Assert.Equal([language], response.Content.Headers.ContentLanguage);
            Assert.NotNull(response.Headers.ETag);
            Assert.Contains(text, await response.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Numbers_have_their_unit_and_the_digits_of_the_language()
    {
        var metres = (await sample.Client.GetJsonAsync($"{Sites}/items/GO-3")).GetProperty("properties").GetProperty("distance_freight_terminal_m").GetDouble();
        Assert.InRange(metres, 10_000, 20_000);
        var thousands = Math.Round(metres).ToString("#,0", System.Globalization.CultureInfo.InvariantCulture);
        Assert.Contains($"<td>{thousands} m</td>", await sample.Client.GetStringAsync($"{Sites}/items/GO-3?f=html&lang=en", Token), StringComparison.Ordinal);
        Assert.Contains($"<td>{thousands.Replace(',', '.')} m</td>", await sample.Client.GetStringAsync($"{Sites}/items/GO-3?f=html&lang=it", Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_typed_into_a_file_is_text_on_every_page()
    {
        const string Evil = "<script>alert('x')</script>";
        await using var service = await RunningService.StartAsync(cluster, SampleData.Sql);
        var file = Path.Combine(Directory.CreateTempSubdirectory().FullName, "evil.geojson");
        await File.WriteAllTextAsync(
            file,
            $$$"""{"type":"Feature","id":"\"><img src=x>","properties":{"name":"{{{Evil}}}","<b>bold</b>":"{{{Evil}}}"},"geometry":{"type":"Point","coordinates":[9.1,45.5]}}""",
            Token);
        using var output = new StringWriter();
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(
            new Dictionary<string, string?> { ["ConnectionStrings:GeoOffer"] = service.ConnectionString }).Build();
        var code = await CommandLine.RunAsync(
            ["import", "layer", "evil", file, "--title-it", Evil, "--title-en", Evil, "--source", Evil, "--licence", Evil, "--quiet"], output, output, configuration);
        Assert.True(code == 0, output.ToString());
        const string Evils = "/ogc/collections/evil";
        var feature = $"{Evils}/items/{Uri.EscapeDataString("\"><img src=x>")}";
        foreach (var address in (string[])
            ["/ogc/collections", Evils, $"{Evils}/schema", $"{Evils}/queryables", $"{Evils}/sortables", $"{Evils}/items", feature, $"{Evils}/tiles", $"{Evils}/tiles/WebMercatorQuad"])
        {
            foreach (var query in (string[])["?f=html&lang=en", "?f=html&lang=it"])
            {
                var page = await service.Client.GetStringAsync(address + query, Token);
                Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
                Assert.DoesNotContain("<img", page, StringComparison.OrdinalIgnoreCase);
                Assert.DoesNotContain("<b>", page, StringComparison.OrdinalIgnoreCase);
                Assert.Contains("&lt;script&gt;", page, StringComparison.Ordinal);
            }
        }
    }

    [GeneratedRegex("href=\"([^\"]*)\"")]
    private static partial Regex Hrefs();
}
