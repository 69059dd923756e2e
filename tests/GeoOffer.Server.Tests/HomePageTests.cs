using System.Text.RegularExpressions;

namespace GeoOffer.Server.Tests;

public sealed partial class HomePageTests(SampleService sample) : IClassFixture<SampleService>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_link_of_the_page_leads_somewhere()
    {
        var page = await sample.Client.GetStringAsync("/", Token);
        var links = Link().Matches(page).Select(match => System.Net.WebUtility.HtmlDecode(match.Groups[1].Value)).ToList();
        Assert.Contains("/ogc", links);
        foreach (var link in links)
        {
            using var response = await sample.Client.GetAsync(link, Token);
            Assert.True(response.IsSuccessStatusCode, $"{link} answered {response.StatusCode}");
        }
    }

    [Theory]
    [InlineData("en", "settlement opportunities")]
    [InlineData("it", "opportunità insediative")]
    public async Task The_page_speaks_both_languages_and_runs_nothing(string language, string words)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/") { Headers = { { "Accept-Language", language } } };
        using var response = await sample.Client.SendAsync(request, Token);
        var page = System.Net.WebUtility.HtmlDecode(await response.Content.ReadAsStringAsync(Token));
        Assert.Contains(words, page, StringComparison.Ordinal);
        Assert.Equal([language], response.Content.Headers.ContentLanguage);
        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
    }

    [GeneratedRegex("href=\"([^\"]+)\"")]
    private static partial Regex Link();
}
