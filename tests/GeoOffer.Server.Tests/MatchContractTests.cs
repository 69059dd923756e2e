using System.Net;
using System.Text.Json;
using GeoOffer.Testing;
using Microsoft.AspNetCore.Mvc.Testing;
using Npgsql;

[assembly: AssemblyFixture(typeof(PostGisCluster))]

namespace GeoOffer.Server.Tests;

public sealed class MatchContractTests(PostGisCluster cluster) : IAsyncLifetime
{
    private TestDatabase _database = null!;
    private WebApplicationFactory<Program> _service = null!;

    public async ValueTask InitializeAsync()
    {
        _database = await cluster.CreateDatabaseAsync("one_table", async connectionString =>
        {
            await using var source = NpgsqlDataSource.Create(connectionString);
            await using var command = source.CreateCommand(
                """
                CREATE EXTENSION IF NOT EXISTS postgis;
                CREATE TABLE site (code text PRIMARY KEY, name_it text NOT NULL, geom geometry(Polygon, 4326) NOT NULL);
                INSERT INTO site VALUES
                  ('GO-1', 'Quaranta ettari', ST_MakeEnvelope(9, 45, 9.0081, 45.00564, 4326)),
                  ('GO-2', 'Un ettaro', ST_MakeEnvelope(9.1, 45, 9.1013, 45.0009, 4326));
                """);
            await command.ExecuteNonQueryAsync();
        });
        _service = new WebApplicationFactory<Program>().WithWebHostBuilder(host => host.UseSetting("ConnectionStrings:GeoOffer", _database.ConnectionString));
    }

    public async ValueTask DisposeAsync()
    {
        await _service.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task The_service_says_it_is_well() =>
        Assert.Equal(HttpStatusCode.OK, (await _service.CreateClient().GetAsync("/health", TestContext.Current.CancellationToken)).StatusCode);

    [Fact]
    public async Task About_forty_hectares_is_answered_with_the_site_of_that_area()
    {
        using var answer = JsonDocument.Parse(await _service.CreateClient().GetStringAsync("/api/match?area_ha=40", TestContext.Current.CancellationToken));
        var feature = Assert.Single(answer.RootElement.GetProperty("features").EnumerateArray());
        Assert.Equal("GO-1", feature.GetProperty("id").GetString());
        Assert.InRange(feature.GetProperty("properties").GetProperty("area_ha").GetDouble(), 39, 41);
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("many")]
    [InlineData("")]
    public async Task A_bad_area_is_named_in_problem_details(string areaHa)
    {
        using var response = await _service.CreateClient().GetAsync($"/api/match?area_ha={areaHa}", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        using var problem = JsonDocument.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal("area_ha", problem.RootElement.GetProperty("errors")[0].GetProperty("parameter").GetString());
    }
}
