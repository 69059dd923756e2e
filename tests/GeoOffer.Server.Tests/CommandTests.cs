using System.Text.Json;
using System.Text.Json.Nodes;
using GeoOffer.Server.Commands;
using GeoOffer.Testing;
using Microsoft.Extensions.Configuration;

namespace GeoOffer.Server.Tests;

public sealed class CommandTests(SampleService sample, PostGisCluster cluster) : IClassFixture<SampleService>
{
    private static readonly string[] Match = ["match", "--area-ha", "40", "--function", "industrial", "--near", "freight_terminal:10000"];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Without_arguments_it_teaches()
    {
        var (code, output, _) = await RunAsync(null);
        Assert.Equal(0, code);
        foreach (var command in (string[])["serve", "migrate", "import", "export", "demo", "match", "user", "brief", "Examples:"])
        {
            Assert.Contains(command, output, StringComparison.Ordinal);
        }

        Assert.DoesNotContain("geooffer import provinces", output, StringComparison.Ordinal);
        Assert.Equal(output, (await RunAsync(null, "--help")).Output);
    }

    [Theory]
    [InlineData("serve")]
    [InlineData("migrate")]
    [InlineData("match")]
    [InlineData("user add-key")]
    [InlineData("import")]
    [InlineData("import profiles")]
    [InlineData("import layer")]
    [InlineData("export")]
    [InlineData("demo")]
    public async Task The_help_of_a_command_has_its_usage_and_an_example(string command)
    {
        var (code, output, _) = await RunAsync(null, [.. command.Split(' '), "--help"]);
        Assert.Equal(0, code);
        Assert.Contains($" {command} ", output[..output.IndexOf("Options:", StringComparison.Ordinal)], StringComparison.Ordinal);
        Assert.Contains($"geooffer {command}", output[output.IndexOf("Example", StringComparison.Ordinal)..], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("match --nonsense")]
    [InlineData("match --format pdf")]
    [InlineData("user add-key Anna")]
    [InlineData("user add-key Anna --role king")]
    [InlineData("match --brief decree-1 --area-ha 40")]
    public async Task Wrong_usage_is_2_and_one_line_on_standard_error(string arguments)
    {
        var (code, output, error) = await RunAsync(sample.Service.ConnectionString, arguments.Split(' '));
        Assert.Equal(2, code);
        Assert.Empty(output);
        Assert.StartsWith("geooffer: ", error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_that_is_away_is_3_and_an_unset_one_is_1()
    {
        var (away, _, sentence) = await RunAsync("Host=127.0.0.1;Port=1;Username=nobody;Database=none;Timeout=2", Match);
        Assert.Equal(3, away);
        Assert.Single(sentence.Trim().Split('\n'));
        var (unset, _, advice) = await RunAsync(null, Match);
        Assert.Equal(1, unset);
        Assert.Contains("ConnectionStrings__GeoOffer", advice, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Migrating_twice_does_no_more_than_once()
    {
        await using var database = await cluster.CreateDatabaseAsync();
        for (var time = 0; time < 2; time++)
        {
            var (code, _, error) = await RunAsync(database.ConnectionString, "migrate");
            Assert.Equal((0, ""), (code, error));
            var (_, briefs, _) = await RunAsync(database.ConnectionString, "brief", "list");
            Assert.Equal(9, briefs.Split("decree-").Length - 1);
        }
    }

    [Fact]
    public async Task The_table_shows_buckets_marks_gaps_and_counts()
    {
        var (code, output, _) = await RunAsync(sample.Service.ConnectionString, [.. Match, "--lang", "en"]);
        Assert.Equal(0, code);
        Assert.Contains("1 match, 1 match if verified, 1 near misses, 27 excluded.", output, StringComparison.Ordinal);
        Assert.Matches(@"GO-1.+City of crafts.+match.+✓ 9\d\d m from", output);
        Assert.Matches(@"GO-2.+if verified.+\?", output);
        Assert.Matches(@"GO-3.+near miss.+≈ 14\.\d km \(\+4\.\d km\)", output);
        var (_, italian, _) = await RunAsync(sample.Service.ConnectionString, [.. Match, "--lang", "it"]);
        Assert.Contains("mancati di poco", italian, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("geojson")]
    [InlineData("json")]
    public async Task The_json_is_the_body_of_the_service(string format)
    {
        var (_, output, _) = await RunAsync(sample.Service.ConnectionString, [.. Match, "--format", format]);
        var http = await sample.Client.GetJsonAsync($"/api/match?{SampleData.Query}");
        Assert.Equal(Essence(http.GetRawText()), Essence(output));
    }

    [Fact]
    public async Task The_csv_has_a_row_per_site_and_runs_no_formula()
    {
        var file = Path.Combine(Path.GetTempPath(), $"geooffer-{Guid.NewGuid():N}.csv");
        try
        {
            var (code, output, _) = await RunAsync(sample.Service.ConnectionString, [.. Match, "--format", "csv", "--output", file]);
            Assert.Equal((0, ""), (code, output));
            var lines = (await File.ReadAllTextAsync(file, Token)).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
            Assert.Equal(4, lines.Length);
            Assert.StartsWith("bucket,rank,code,name_it,name_en,area_ha,score,", lines[0], StringComparison.Ordinal);
            Assert.Contains("c2_distance_freight_terminal_gap", lines[0], StringComparison.Ordinal);
            Assert.Contains(",'=SOMMA(A1:A9),", lines[2], StringComparison.Ordinal);
            Assert.All(lines, line => Assert.Equal(lines[0].Split(',').Length, line.Split(',').Length));
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public async Task A_scout_on_the_machine_sees_what_is_not_published()
    {
        Assert.DoesNotContain("GO-5", (await RunAsync(sample.Service.ConnectionString, Match)).Output, StringComparison.Ordinal);
        var (_, output, _) = await RunAsync(sample.Service.ConnectionString, [.. Match, "--as", "scout"]);
        Assert.Contains("GO-5", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_brief_is_read_from_a_file_or_by_its_code()
    {
        var file = Path.Combine(Path.GetTempPath(), $"geooffer-{Guid.NewGuid():N}.json");
        try
        {
            await File.WriteAllTextAsync(file, SampleData.Brief, Token);
            var (_, byFile, _) = await RunAsync(sample.Service.ConnectionString, "match", "--brief", file, "--format", "json");
            var http = await sample.Client.GetJsonAsync($"/api/match?{SampleData.Query}");
            Assert.Equal(Essence(http.GetRawText()), Essence(byFile));
        }
        finally
        {
            File.Delete(file);
        }

        var (_, byCode, _) = await RunAsync(sample.Service.ConnectionString, "match", "--brief", "decree-5", "--format", "json");
        Assert.Equal(Essence((await sample.Client.GetJsonAsync("/api/briefs/decree-5/match")).GetRawText()), Essence(byCode));
        var (code, _, error) = await RunAsync(sample.Service.ConnectionString, "match", "--brief", "decree-99");
        Assert.Equal(1, code);
        Assert.Contains("brief list", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Faults_are_named_by_their_option_all_at_once()
    {
        var (code, _, error) = await RunAsync(
            sample.Service.ConnectionString, "match", "--area-ha", "-3", "--near", "moon:5", "--limit", "0");
        Assert.Equal(1, code);
        foreach (var option in (string[])["--area-ha: expected hectares", "--near: expected", "--limit: expected"])
        {
            Assert.Contains(option, error, StringComparison.Ordinal);
        }

        Assert.Contains("got -3", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Keys_are_made_listed_without_their_secret_and_revoked()
    {
        await using var service = await RunningService.StartAsync(cluster, SampleData.Sql);
        var (_, made, _) = await RunAsync(service.ConnectionString, "user", "add-key", "Anna Rossi", "--role", "scout");
        var key = made.Trim();
        Assert.Matches("^go_[A-Za-z0-9_-]{43}$", key);
        Assert.Equal(200, await AskAsync());

        var (_, list, _) = await RunAsync(service.ConnectionString, "user", "list");
        Assert.Contains("Anna Rossi", list, StringComparison.Ordinal);
        Assert.Contains(key[..12], list, StringComparison.Ordinal);
        Assert.DoesNotContain(key[..14], list, StringComparison.Ordinal);

        Assert.Equal(0, (await RunAsync(service.ConnectionString, "user", "revoke", key[..12])).Code);
        Assert.Equal(1, (await RunAsync(service.ConnectionString, "user", "revoke", key[..12])).Code);
        Assert.Equal(401, await AskAsync());

        async Task<int> AskAsync()
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/ogc/collections/sites/items/GO-5");
            request.Headers.Add("X-Api-Key", key);
            using var response = await service.Client.SendAsync(request, Token);
            return (int)response.StatusCode;
        }
    }

    private static async Task<(int Code, string Output, string Error)> RunAsync(string? connectionString, params string[] args)
    {
        var configuration = new ConfigurationBuilder()
            .AddJsonFile(Path.Combine(AppContext.BaseDirectory, "appsettings.json"))
            .AddInMemoryCollection([new("ConnectionStrings:GeoOffer", connectionString)])
            .Build();
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = await CommandLine.RunAsync(args, output, error, configuration);
        return (code, output.ToString(), error.ToString());
    }

    private static string Essence(string answer)
    {
        var copy = JsonNode.Parse(answer)!.AsObject();
        copy.Remove("timeStamp");
        copy.Remove("links");
        return copy.ToJsonString(JsonSerializerOptions.Default);
    }
}
