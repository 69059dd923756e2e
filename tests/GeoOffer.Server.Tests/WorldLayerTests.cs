using System.Net;
using GeoOffer.Server.Commands;
using GeoOffer.Testing;
using Microsoft.Extensions.Configuration;

namespace GeoOffer.Server.Tests;

/// <summary>A layer of the whole world, with the names of its file: it is stored, and filters speak of it by those names.</summary>
public sealed class WorldLayerTests(WorldLayer world) : IClassFixture<WorldLayer>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("NAME='Horn'", "horn")]
    [InlineData("name='Horn'", "horn")]
    [InlineData("\"POP_EST\">=100 AND POP_EST<>200", "horn,isle")]
    [InlineData("\"date\"=DATE('2022-04-16')", "horn")]
    [InlineData("\"date\" IS NULL", "city,isle")]
    [InlineData("date<>DATE('2022-04-16')", "north")]
    [InlineData("start<=TIMESTAMP('2022-04-16T10:13:19Z')", "horn")]
    [InlineData("start<end", "horn,north")]
    [InlineData("T_INTERSECTS(INTERVAL(start,end),INTERVAL('2022-04-16T10:13:19Z','2022-04-16T10:15:00Z'))", "horn")]
    [InlineData("boolean=true", "horn")]
    [InlineData("NOT boolean", "north")]
    [InlineData("\"Città (nome)\" LIKE 'L_n%'", "isle")]
    [InlineData("CASEI(citta_nome)=CASEI('LÖN')", "isle")]
    [InlineData("ACCENTI(CASEI(\"Città (nome)\")) IN (ACCENTI(CASEI('LON')))", "isle")]
    [InlineData("A_CONTAINS(Tags,('a','b'))", "horn")]
    [InlineData("A_OVERLAPS(tags,('b'))", "horn,north")]
    [InlineData("\"odd \"\"one\"\" ✓\"=1", "city")]
    [InlineData("POP_EST BETWEEN NAME_LEN AND 150", "horn,isle")]
    [InlineData("S_INTERSECTS(geom,BBOX(170,-90,-170,90))", "north")]
    [InlineData("S_WITHIN(BBOX(44,3,45,4),geom)", "horn")]
    [InlineData("S_INTERSECTS(geometry,POINT(48 9))", "city,horn")]
    [InlineData("geom IS NULL", "")]
    [InlineData("S_DISJOINT(geom,BBOX(-180,-90,0,90))", "city,horn,north")]
    public async Task Filters_know_the_names_of_the_file(string filter, string ids)
    {
        var page = await world.Client.GetJsonAsync($"{WorldLayer.Items}?filter={Uri.EscapeDataString(filter)}");
        Assert.Equal(ids, string.Join(',', page.GetProperty("features").EnumerateArray().Select(feature => feature.GetProperty("id").GetString())));
        var hits = await world.Client.GetJsonAsync($"{WorldLayer.Items}?limit=0&filter={Uri.EscapeDataString(filter)}");
        Assert.Equal(ids.Length == 0 ? 0 : ids.Split(',').Length, hits.GetProperty("numberMatched").GetInt32());
    }

    [Theory]
    [InlineData("Name='Horn'")]
    [InlineData("GEOM IS NULL")]
    [InlineData("\"città (nome)\"='Lön'")]
    public async Task Other_letters_are_another_name(string filter)
    {
        using var response = await world.Client.GetAsync($"{WorldLayer.Items}?filter={Uri.EscapeDataString(filter)}", Token);
        Assert.Equal(["filter"], (await response.ProblemAsync(HttpStatusCode.BadRequest)).Parameters());
    }

    [Fact]
    public async Task Filters_as_json_know_them_too()
    {
        const string Filter = """{"op":"and","args":[{"op":"=","args":[{"property":"NAME"},"Horn"]},{"op":"s_intersects","args":[{"property":"geom"},{"bbox":[40,0,50,10]}]}]}""";
        var page = await world.Client.GetJsonAsync($"{WorldLayer.Items}?filter-lang=cql2-json&filter={Uri.EscapeDataString(Filter)}");
        Assert.Equal("horn", Assert.Single(page.GetProperty("features").EnumerateArray()).GetProperty("id").GetString());
    }

    [Fact]
    public async Task A_rounding_error_at_the_antimeridian_is_taken_off()
    {
        var north = await world.Client.GetJsonAsync($"{WorldLayer.Items}/north");
        Assert.Equal(180, north.GetProperty("geometry").GetProperty("coordinates")[0].EnumerateArray().Max(position => position[0].GetDouble()));
        await using var source = Npgsql.NpgsqlDataSource.Create(world.ConnectionString);
        await using var command = source.CreateCommand("SELECT ST_XMax(extent) = 180 FROM geooffer.layer WHERE name = 'world'");
        Assert.True((bool)(await command.ExecuteScalarAsync(Token))!);
    }
}

/// <summary>The service with that layer, imported by the command.</summary>
public sealed class WorldLayer(PostGisCluster cluster) : IAsyncLifetime
{
    public const string Items = "/ogc/collections/world/items";

    // The horn lies in the region when its axes are exchanged, and is larger; the other areas and the towns do not.
    private const string File =
        """
        {"type":"FeatureCollection","features":[
          {"type":"Feature","id":"horn","geometry":{"type":"Polygon","coordinates":[[[41,-1.7],[51,-1.7],[51,12],[41,12],[41,-1.7]]]},
           "properties":{"NAME":"Horn","NAME_LEN":4,"POP_EST":100,"date":"2022-04-16","start":"2022-04-16T10:13:19Z","end":"2022-04-16T10:15:10Z","boolean":true,"Città (nome)":null,"Tags":["a","b"],"odd \"one\" ✓":null}},
          {"type":"Feature","id":"north","geometry":{"type":"Polygon","coordinates":[[[170,60],[180.00000000000006,60],[180.00000000000006,71],[170,60]]]},
           "properties":{"NAME":"North","NAME_LEN":5,"POP_EST":200,"date":"2023-04-16","start":"2023-04-16T10:13:19Z","end":"2023-04-16T10:15:10Z","boolean":false,"Città (nome)":"Ärö","Tags":["b"],"odd \"one\" ✓":2}},
          {"type":"Feature","id":"isle","geometry":{"type":"Point","coordinates":[-30,-50]},
           "properties":{"NAME":"Isle","NAME_LEN":4,"POP_EST":150,"date":null,"start":null,"end":null,"boolean":null,"Città (nome)":"Lön","Tags":["c"],"odd \"one\" ✓":null}},
          {"type":"Feature","id":"city","geometry":{"type":"Point","coordinates":[48,9]},
           "properties":{"NAME":null,"NAME_LEN":0,"POP_EST":null,"date":null,"start":null,"end":null,"boolean":null,"Città (nome)":"Alt","Tags":[],"odd \"one\" ✓":1}}]}
        """;

    private RunningService? _service;

    internal HttpClient Client => _service!.Client;

    internal string ConnectionString => _service!.ConnectionString;

    public async ValueTask InitializeAsync()
    {
        _service = await RunningService.StartAsync(cluster);
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            var file = Path.Combine(folder.FullName, "world.geojson");
            await System.IO.File.WriteAllTextAsync(file, File);
            using var output = new StringWriter();
            var configuration = new ConfigurationBuilder().AddInMemoryCollection(
                new Dictionary<string, string?> { ["ConnectionStrings:GeoOffer"] = ConnectionString }).Build();
            var code = await CommandLine.RunAsync(["import", "layer", "world", file, "--source", "made up"], output, output, configuration);
            Assert.True(code == 0, output.ToString());
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_service is not null)
        {
            await _service.DisposeAsync();
        }
    }
}
