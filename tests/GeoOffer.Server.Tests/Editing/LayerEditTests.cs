using System.Globalization;
using System.Net;
using System.Text.Json;
using GeoOffer.Server.Commands;
using GeoOffer.Testing;
using Microsoft.Extensions.Configuration;
using Npgsql;

namespace GeoOffer.Server.Tests.Editing;

/// <summary>Features of imported layers are edited like all others, and what follows from a layer follows from the edit.</summary>
public sealed class LayerEditTests(PostGisCluster cluster) : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;
    private RunningService _service = null!;
    private Editor _editor = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _service = await RunningService.StartAsync(cluster, SampleData.Sql);
        _editor = await Editor.OfAsync(_service);
    }

    public async ValueTask DisposeAsync()
    {
        await _service.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Wells_that_are_edited_are_measured_to()
    {
        var file = await WriteAsync(
            "wells.geojson",
            Collection(Well("w1", 9.105, 45.503, 30), Well("w2", 9.2, 45.45, 300), Well("w3", 9.41, 45.65, 400)));
        await ImportAsync("wells", file, "--role", "proximity", "--where", "depth_m > 100", "--coverage", "region");
        Assert.InRange((await DistanceAsync("GO-1")).GetDouble(), 5000, 20_000);

        var tag = (await _editor.GetAsync(Editor.Address("wells", "w1"))).Headers.ETag!.ToString();
        using var deeper = await _editor.PatchAsync("wells", "w1", """{"properties":{"depth_m":150,"drilled":"2020-01-01T10:00:00+01:00"}}""", ("If-Match", tag));
        Assert.Equal(HttpStatusCode.NoContent, deeper.StatusCode);
        Assert.Equal(0, (await DistanceAsync("GO-1")).GetDouble());
        using var stale = await _editor.PatchAsync("wells", "w1", """{"properties":{"depth_m":10}}""", ("If-Match", tag));
        await stale.ProblemAsync(HttpStatusCode.PreconditionFailed);

        // The rows that nobody has touched are still what they were.
        var other = await _editor.GetAsync(Editor.Address("wells", "w2"));
        using var moved = await _editor.PatchAsync("wells", "w2", """{"geometry":{"type":"Point","coordinates":[9.6,45.3]}}""", ("If-Match", other.Headers.ETag!.ToString()));
        Assert.Equal(HttpStatusCode.NoContent, moved.StatusCode);
        using var added = await _editor.PostAsync("wells", Well("w4", 9.305, 45.503, 500));
        Assert.EndsWith("/wells/items/w4", added.Headers.Location!.ToString(), StringComparison.Ordinal);
        Assert.Equal(0, (await DistanceAsync("GO-3")).GetDouble());
        using var shallow = await _editor.PostAsync("wells", Well("w5", 9.1015, 45.481, 5));
        Assert.NotEqual(0, (await DistanceAsync("GO-4")).GetDouble());
        foreach (var renamed in (HttpResponseMessage[])[await _editor.PatchAsync("wells", "w1", """{"properties":{"code":"w9"}}"""), await _editor.PutAsync("wells", "w1", Well("w9", 9.105, 45.503, 150))])
        {
            var problem = await renamed.ProblemAsync(HttpStatusCode.UnprocessableEntity);
            Assert.Equal("/properties/code", problem.GetProperty("errors")[0].GetProperty("pointer").GetString());
        }

        using var deleted = await _editor.DeleteAsync("wells", "w1");
        Assert.NotEqual(0, (await DistanceAsync("GO-1")).GetDouble());

        Assert.Equal(0L, await ScalarAsync<long>("SELECT geooffer.refresh_facts()"));
        Assert.Equal(4L, await ScalarAsync<long>("SELECT feature_count FROM geooffer.layer WHERE name = 'wells'"));
        Assert.Equal("BOX(9.1015 45.3,9.6 45.65)", await ScalarAsync<string>("SELECT Box2D(extent)::text FROM geooffer.layer WHERE name = 'wells'"));

        // Another import takes the place of all.
        await ImportAsync("wells", file, "--role", "proximity", "--where", "depth_m > 100", "--coverage", "region");
        var items = await _service.Client.GetJsonAsync("/ogc/collections/wells/items");
        Assert.Equal(["w1", "w2", "w3"], items.GetProperty("features").EnumerateArray().Select(feature => feature.GetProperty("id").GetString()!).Order());
        Assert.Equal(0L, await ScalarAsync<long>("SELECT geooffer.refresh_facts()"));
    }

    [Fact]
    public async Task Woods_that_are_edited_are_overlapped_with()
    {
        await ImportAsync(
            "woods", await WriteAsync("woods.geojson", Collection(Wood("a", 9.0, 45.3), Wood("b", 9.3, 45.4))), "--role", "constraint", "--severity", "excludes", "--coverage", "region");
        Assert.Equal(0, (await ShareAsync("GO-1")).GetDouble());
        using var moved = await _editor.PatchAsync("woods", "a", JsonSerializer.Serialize(new { geometry = JsonDocument.Parse(Wood("a", 9.1, 45.5)).RootElement.GetProperty("geometry") }));
        Assert.Equal(HttpStatusCode.NoContent, moved.StatusCode);
        Assert.InRange((await ShareAsync("GO-1")).GetDouble(), 0.1, 0.9);
        Assert.Equal(0L, await ScalarAsync<long>("SELECT geooffer.refresh_facts()"));
        using var deleted = await _editor.DeleteAsync("woods", "a");
        Assert.Equal(0, (await ShareAsync("GO-1")).GetDouble());
        Assert.Equal(0L, await ScalarAsync<long>("SELECT geooffer.refresh_facts()"));
        using var line = await _editor.PatchAsync("woods", "b", """{"geometry":{"type":"Point","coordinates":[9.1,45.5]}}""");
        await line.ProblemAsync(HttpStatusCode.UnprocessableEntity);

        async Task<JsonElement> ShareAsync(string id) =>
            (await _service.Client.GetJsonAsync(Editor.Address("sites", id))).GetProperty("properties").GetProperty("overlap_woods_share");
    }

    [Fact]
    public async Task Features_known_by_a_column_or_by_an_area_keep_to_it()
    {
        await ImportAsync("plots", await WriteAsync("plots.csv", "number,use,lon,lat\n1,field,9.1,45.5\n2,barn,9.2,45.5\n"), "--key", "number");
        using var renamed = await _editor.PatchAsync("plots", "1", """{"properties":{"number":3}}""");
        await renamed.ProblemAsync(HttpStatusCode.UnprocessableEntity);
        using var used = await _editor.PatchAsync("plots", "1", """{"properties":{"use":"road"}}""");
        Assert.Equal(HttpStatusCode.NoContent, used.StatusCode);
        using var nameless = await _editor.PostAsync("plots", """{"type":"Feature","geometry":null,"properties":{"use":"field"}}""");
        await nameless.ProblemAsync(HttpStatusCode.UnprocessableEntity);
        using var added = await _editor.PostAsync("plots", """{"type":"Feature","geometry":null,"properties":{"number":3,"use":"field"}}""");
        Assert.EndsWith("/plots/items/3", added.Headers.Location!.ToString(), StringComparison.Ordinal);

        await ImportAsync("risk", await WriteAsync("risk.csv", "istat,class\n015146,high\n016024,low\n"), "--join", "municipalities", "--join-column", "istat");
        var id = (await _service.Client.GetJsonAsync("/ogc/collections/risk/items?class=high")).GetProperty("features")[0].GetProperty("id").GetString()!;
        using var joined = await _editor.PatchAsync("risk", id, """{"properties":{"istat":"016024"}}""");
        await joined.ProblemAsync(HttpStatusCode.BadRequest);
        using var changed = await _editor.PatchAsync("risk", id, """{"properties":{"class":"medium"},"geometry":null}""", ("Prefer", "return=representation"));
        var feature = await changed.JsonAsync();
        Assert.Equal(("medium", "015146"), (feature.GetProperty("properties").GetProperty("class").GetString(), feature.GetProperty("properties").GetProperty("istat").GetString()));
        Assert.NotEqual(JsonValueKind.Null, feature.GetProperty("geometry").ValueKind);
        using var another = await _editor.PostAsync("risk", """{"type":"Feature","geometry":null,"properties":{"class":"low"}}""");
        await another.ProblemAsync(HttpStatusCode.MethodNotAllowed);
    }

    [Fact]
    public async Task A_layer_that_was_imported_at_this_moment_is_the_one_that_is_edited()
    {
        await ImportAsync("plots", await WriteAsync("plots.csv", "number,use,lon,lat\nA,field,9.1,45.5\n"), "--key", "number");
        for (var round = 0; round < 3; round++)
        {
            await ImportOnlyAsync("plots", await WriteAsync("plots.csv", $"number,size_{round},lon,lat\nA,1,9.1,45.5\n"), "--key", "number");
            using var changed = await _editor.PatchAsync("plots", "A", $"{{\"properties\":{{\"size_{round}\":2}}}}", ("Prefer", "return=representation"));
            Assert.Equal(HttpStatusCode.OK, changed.StatusCode);
            Assert.Equal(2, (await changed.JsonAsync()).GetProperty("properties").GetProperty($"size_{round}").GetInt32());
            using var seen = await _editor.GetAsync(Editor.Address("plots", "A"));
            Assert.Equal(changed.Headers.ETag, seen.Headers.ETag);
        }
    }

    [Theory]
    [InlineData("0001-01-01", "0001-01-01T00:00:00Z", "0001-01-01T00:00:00Z")]
    [InlineData("9999-12-31", "9999-12-31T23:59:59.9999999Z", "9999-12-31T23:59:59.999999Z")]
    public async Task The_first_and_the_last_day_are_days(string day, string instant, string kept)
    {
        await ImportAsync("grants", await WriteAsync("grants.csv", "number,until,seen,lon,lat\nG1,2026-01-01,2026-01-01T12:00:00Z,9.1,45.5\n"), "--key", "number");
        using var changed = await _editor.PatchAsync("grants", "G1", $"{{\"properties\":{{\"until\":\"{day}\",\"seen\":\"{instant}\"}}}}");
        Assert.Equal(HttpStatusCode.NoContent, changed.StatusCode);
        using var added = await _editor.PostAsync(
            "grants", $"{{\"type\":\"Feature\",\"geometry\":{{\"type\":\"Point\",\"coordinates\":[9.1,45.5]}},\"properties\":{{\"number\":\"G2\",\"until\":\"{day}\",\"seen\":\"{instant}\"}}}}");
        Assert.Equal(HttpStatusCode.Created, added.StatusCode);

        // GeoJSON shows what is infinite as the last day too; files refuse it.
        var rows = (await _service.Client.GetStringAsync("/ogc/collections/grants/items?f=csv", Token)).Split('\n', StringSplitOptions.RemoveEmptyEntries)[1..];
        Assert.Equal(2, rows.Length);
        Assert.All(rows, row => Assert.Contains($"{day},{kept}", row, StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_id_with_any_sign_leads_to_its_feature()
    {
        string[] ids = ["17/3", "17%2F3", "17%252F3", "a/b?c=d#e", "../x", "a/", "';--", "è 🎉", "+"];
        await ImportAsync("wells", await WriteAsync("wells.geojson", Collection([.. ids.Take(4).Select(id => Well(id, 9.1, 45.5, 1))])));
        foreach (var id in ids)
        {
            if (Array.IndexOf(ids, id) >= 4)
            {
                using var made = await _editor.PostAsync("wells", Well(id, 9.1, 45.5, 1));
                Assert.Equal(HttpStatusCode.Created, made.StatusCode);
                Assert.Equal(id, (await _service.Client.GetJsonAsync(made.Headers.Location!.ToString())).GetProperty("id").GetString());
            }

            using var changed = await _editor.PatchAsync("wells", id, """{"properties":{"depth_m":2}}""");
            Assert.True(changed.StatusCode == HttpStatusCode.NoContent, id);
        }

        var items = await _service.Client.GetJsonAsync("/ogc/collections/wells/items");
        foreach (var feature in items.GetProperty("features").EnumerateArray())
        {
            var id = feature.GetProperty("id").GetString()!;
            Assert.Equal(2, feature.GetProperty("properties").GetProperty("depth_m").GetInt32());
            Assert.Equal(HttpStatusCode.NoContent, (await _editor.DeleteAsync("wells", id)).StatusCode);
            using var gone = await _editor.GetAsync(Editor.Address("wells", id));
            Assert.True(gone.StatusCode == HttpStatusCode.NotFound, id);
        }

        Assert.Equal(ids.Length, items.GetProperty("features").GetArrayLength());
        Assert.Equal(0L, await ScalarAsync<long>("SELECT feature_count FROM geooffer.layer WHERE name = 'wells'"));
    }

    private static string Well(string id, double x, double y, int depthMetres) => string.Create(
        CultureInfo.InvariantCulture,
        $"{{\"type\":\"Feature\",\"id\":\"{id}\",\"properties\":{{\"code\":\"{id}\",\"depth_m\":{depthMetres},\"drilled\":\"2019-05-01T12:00:00Z\"}},\"geometry\":{{\"type\":\"Point\",\"coordinates\":[{x},{y}]}}}}");

    private static string Wood(string id, double x, double y) => string.Create(
        CultureInfo.InvariantCulture,
        $"{{\"type\":\"Feature\",\"id\":\"{id}\",\"properties\":{{\"name\":\"Bosco {id}\"}},\"geometry\":{{\"type\":\"Polygon\",\"coordinates\":[[[{x},{y}],[{x + 0.004},{y}],[{x + 0.004},{y + 0.004}],[{x},{y}]]]}}}}");

    private static string Collection(params string[] features) => $"{{\"type\":\"FeatureCollection\",\"features\":[{string.Join(',', features)}]}}";

    private async Task<JsonElement> DistanceAsync(string id) =>
        (await _service.Client.GetJsonAsync(Editor.Address("sites", id))).GetProperty("properties").GetProperty("distance_wells_m");

    private async Task<string> WriteAsync(string name, string text)
    {
        var file = Path.Combine(_folder, name);
        await File.WriteAllTextAsync(file, text, Token);
        return file;
    }

    private async Task ImportAsync(string name, string file, params string[] options)
    {
        await ImportOnlyAsync(name, file, options);
        await _service.Client.GetJsonAsync($"/ogc/collections/{name}");
        await Task.Delay(TimeSpan.FromSeconds(1.1), Token);
    }

    private async Task ImportOnlyAsync(string name, string file, params string[] options)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(
            new Dictionary<string, string?> { ["ConnectionStrings:GeoOffer"] = _service.ConnectionString }).Build();
        var code = await CommandLine.RunAsync(["import", "layer", name, file, .. options, "--source", "ARPA", "--quiet"], output, error, configuration);
        Assert.True(code == 0, $"{output}{error}");
    }

    private async Task<T> ScalarAsync<T>(string sql)
    {
        await using var source = NpgsqlDataSource.Create(_service.ConnectionString);
        await using var command = source.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync(Token))!;
    }
}
