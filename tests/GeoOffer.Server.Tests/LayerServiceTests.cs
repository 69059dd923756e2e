using System.Net;
using System.Text.Json;
using GeoOffer.Server.Commands;
using GeoOffer.Testing;
using Microsoft.Extensions.Configuration;

namespace GeoOffer.Server.Tests;

/// <summary>A layer that a command imports is a collection and a criterion of services that are running.</summary>
public sealed class LayerServiceTests(PostGisCluster cluster) : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;
    private RunningService _service = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _service = await RunningService.StartAsync(
        cluster,
        """
        INSERT INTO geooffer.site (code, kind, name_it, functions, lifecycle_state, is_public, geom)
        SELECT 'L-' || i, 'greenfield', 'Sito ' || i, '{industrial}', 'published', true,
          ST_Multi(ST_MakeEnvelope(9 + 0.1 * i, 45.2, 9.008 + 0.1 * i, 45.206, 4326))
        FROM generate_series(1, 5) AS i
        """);

    public async ValueTask DisposeAsync()
    {
        await _service.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task A_layer_appears_answers_briefs_and_goes_without_a_restart()
    {
        Assert.Equal(HttpStatusCode.NotFound, (await _service.Client.GetAsync("/ogc/collections/wells/items", Token)).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await _service.Client.GetAsync("/api/match?near=wells:1000", Token)).StatusCode);

        var file = Path.Combine(_folder, "wells.geojson");
        await File.WriteAllTextAsync(
            file,
            """
            {"type":"FeatureCollection","features":[
              {"type":"Feature","id":"w1","properties":{"name":"Pozzo uno","depth_m":30},"geometry":{"type":"Point","coordinates":[9.11,45.203]}},
              {"type":"Feature","id":"w2","properties":{"name":"Pozzo due","depth_m":300},"geometry":{"type":"Point","coordinates":[9.209,45.203]}}]}
            """,
            Token);
        await RunAsync(0, "import", "layer", "wells", file, "--title-it", "Pozzi", "--title-en", "Wells", "--role", "proximity", "--where", "depth_m > 100", "--source", "ARPA", "--quiet");

        var collection = await _service.Client.GetJsonAsync("/ogc/collections/wells?lang=it");
        Assert.Equal("Pozzi", collection.GetProperty("title").GetString());
        Assert.Equal("ARPA", collection.GetProperty("attribution").GetString());
        var items = await _service.Client.GetJsonAsync("/ogc/collections/wells/items?depth_m=300");
        Assert.Equal("w2", Assert.Single(items.GetProperty("features").EnumerateArray()).GetProperty("id").GetString());

        var tile = TileTests.Address(TileTests.AddressOf(14, 9.209, 45.203), "/ogc/collections/wells/tiles/WebMercatorQuad");
        var well = Assert.Single(DecodedTile.Read(await _service.Client.GetByteArrayAsync(tile, Token)).Features);
        Assert.Equal(("w2", 300L), (well.Properties["code"], well.Properties["depth_m"]));

        var answer = await MatchAsync("near=wells:1000");
        var site = Assert.Single(answer.GetProperty("features").EnumerateArray(), feature => feature.GetProperty("properties").GetProperty("bucket").GetString() == "match");
        Assert.Equal("L-2", site.GetProperty("id").GetString());
        var feature = site.GetProperty("properties").GetProperty("reasons").EnumerateArray().Single(reason => reason.GetProperty("target").GetString() == "wells").GetProperty("feature");
        Assert.Equal(("wells", "w2", "Pozzo due"), (feature.GetProperty("collection").GetString(), feature.GetProperty("id").GetString(), feature.GetProperty("name").GetString()));
        Assert.True((await _service.Client.GetJsonAsync("/ogc/collections/sites/items/L-2")).GetProperty("properties").TryGetProperty("distance_wells_m", out var metres));
        Assert.InRange(metres.GetDouble(), 50, 100);

        Assert.Contains("depth_m > 100", await RunAsync(0, "layer", "describe", "wells"), StringComparison.Ordinal);
        await RunAsync(0, "layer", "drop", "wells");
        await RunAsync(2, "layer", "drop", "wells");
        await Task.Delay(TimeSpan.FromSeconds(1.2), Token);
        Assert.Equal(HttpStatusCode.NotFound, (await _service.Client.GetAsync("/ogc/collections/wells/items", Token)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await _service.Client.GetAsync(tile, Token)).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await _service.Client.GetAsync("/api/match?near=wells:1000", Token)).StatusCode);
        Assert.False((await _service.Client.GetJsonAsync("/ogc/collections/sites/items/L-2")).GetProperty("properties").TryGetProperty("distance_wells_m", out _));
    }

    [Fact]
    public async Task Clients_read_and_match_undisturbed_while_layers_come_and_go()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var readers = Enumerable.Range(0, 4).Select(number => Task.Run(
            async () =>
            {
                var answers = 0;
                for (; !stop.IsCancellationRequested; answers++)
                {
                    var address = number % 2 == 0 ? "/ogc/collections/sites/items?limit=3" : "/api/match?area_ha=40&near=rail:5000";
                    using var response = await _service.Client.GetAsync(address, Token);
                    Assert.Equal(HttpStatusCode.OK, response.StatusCode);
                }

                return answers;
            },
            Token)).ToList();
        var file = Path.Combine(_folder, "woods.geojson");
        for (var round = 0; round < 6; round++)
        {
            await File.WriteAllTextAsync(
                file,
                FormattableString.Invariant(
                    $$$"""{"type":"Feature","id":"1","properties":{"n":{{{round}}}},"geometry":{"type":"Polygon","coordinates":[[[9,45.2],[9.3,45.2],[9.3,45.{{{3 + round}}}],[9,45.2]]]}}"""),
                Token);
            await RunAsync(0, "import", "layer", "woods", file, "--role", round % 2 == 0 ? "constraint" : "proximity", "--coverage", "region", "--quiet");
            if (round == 3)
            {
                await RunAsync(0, "layer", "drop", "woods");
            }
        }

        await stop.CancelAsync();
        Assert.All(await Task.WhenAll(readers), answers => Assert.True(answers > 0));
    }

    [Theory]
    [InlineData("--role king", "--role 'king'")]
    [InlineData("--severity excludes", "--role constraint")]
    [InlineData("--where n>1", "--role proximity or constraint")]
    [InlineData("--role proximity --where n>>1", "--where 'n>>1'")]
    [InlineData("--role proximity --where m>1", "found m, expected")]
    [InlineData("--join regions --join-column n", "municipalities or provinces")]
    [InlineData("--key nothing", "no such column")]
    [InlineData("--type n=integral", "texts")]
    public async Task A_wrong_option_is_named_with_what_would_be_right(string options, string says)
    {
        var file = Path.Combine(_folder, "x.geojson");
        await File.WriteAllTextAsync(file, """{"type":"Feature","id":"1","properties":{"n":1},"geometry":{"type":"Point","coordinates":[9,45.2]}}""", Token);
        var error = await RunAsync(2, ["import", "layer", "x", file, "--quiet", .. options.Split(' ')]);
        Assert.Contains(says, error, StringComparison.Ordinal);
        Assert.DoesNotContain((await RunAsync(0, "layer", "list")).Split('│'), cell => cell.Trim() == "x");
    }

    private Task<JsonElement> MatchAsync(string query) => _service.Client.GetJsonAsync($"/api/match?{query}");

    private async Task<string> RunAsync(int expected, params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(
            new Dictionary<string, string?> { ["ConnectionStrings:GeoOffer"] = _service.ConnectionString }).Build();
        var code = await CommandLine.RunAsync(arguments, output, error, configuration);
        Assert.True(code == expected, $"{string.Join(' ', arguments)} ended with {code}: {error}{output}");
        return output.ToString() + error;
    }
}
