using System.Net;
using System.Net.Sockets;
using GeoOffer.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;

namespace GeoOffer.Server.Tests;

/// <summary>What happens while the database makes a request wait: here by a lock on the sites.</summary>
public sealed class PatienceTests(PostGisCluster cluster)
{
    private const string Sites = "/ogc/collections/sites/items";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Sites)]
    [InlineData(Sites + "?limit=0")]
    [InlineData(Sites + "?bbox=9,45,10,46&sortby=-name_it&filter=kind='brownfield'")]
    [InlineData(Sites + "?f=html")]
    [InlineData(Sites + "?f=gpkg")]
    [InlineData(Sites + "?f=csv")]
    [InlineData(Sites + "/GO-1")]
    [InlineData(Sites + "/GO-1?f=html")]
    public async Task A_statement_that_takes_too_long_is_a_503(string address)
    {
        await using var service = await RunningService.StartAsync(cluster, SampleData.Sql, new Dictionary<string, string> { ["Limits:StatementSeconds"] = "1" });
        await service.Client.GetJsonAsync(Sites);
        await using (await SiteLock.TakeAsync(service.ConnectionString))
        {
            using var response = await service.Client.GetAsync(address, Token);
            await response.ProblemAsync(HttpStatusCode.ServiceUnavailable);
            Assert.NotNull(response.Headers.RetryAfter);
            Assert.Null(response.Headers.ETag);
            Assert.Empty(response.Content.Headers.ContentEncoding);
        }

        await service.Client.GetStringAsync(address, Token);
    }

    [Theory]
    [InlineData(Sites)]
    [InlineData(Sites + "?limit=0")]
    [InlineData(Sites + "?f=gpkg")]
    [InlineData(Sites + "/GO-1")]
    [InlineData("/api/match?area_ha=40")]
    [InlineData("/api/export/sites")]
    public async Task A_client_that_hangs_up_frees_its_query(string address)
    {
        await using var service = await RunningService.StartAsync(cluster, SampleData.Sql);
        await service.Client.GetStringAsync(address, Token);
        await using (var held = await SiteLock.TakeAsync(service.ConnectionString))
        {
            using (var client = new TcpClient())
            {
                await client.ConnectAsync(service.Client.BaseAddress!.Host, service.Client.BaseAddress.Port, Token);
                await client.GetStream().WriteAsync(RawHttp.Request("GET", address), Token);
                await held.WaitUntilAsync(waiting: 1, Token);
            }

            await held.WaitUntilAsync(waiting: 0, Token);
        }

        await service.Client.GetStringAsync(address, Token);
    }

    [Theory]
    [InlineData(Sites + "?limit=10000")]
    [InlineData(Sites + "?limit=10000&f=csv")]
    [InlineData("/api/export/sites?f=geojson")]
    public async Task A_client_that_hangs_up_in_the_middle_frees_its_query(string address)
    {
        // Longer by far than what sockets hold, so that the service is still writing.
        await using var service = await RunningService.StartAsync(
            cluster,
            """
            INSERT INTO geooffer.site (code, kind, name_it, lifecycle_state, is_public, description_it)
            SELECT 'S-' || n, 'brownfield', 'x', 'published', true, repeat(md5(n::text), 150) FROM generate_series(1, 10000) AS n
            """);
        using (var client = new TcpClient { ReceiveBufferSize = 4096 })
        {
            await client.ConnectAsync(service.Client.BaseAddress!.Host, service.Client.BaseAddress.Port, Token);
            await client.GetStream().WriteAsync(RawHttp.Request("GET", address), Token);
            await client.GetStream().ReadExactlyAsync(new byte[2048], Token);
            await WaitUntilAsync(service, queries: 1);
        }

        await WaitUntilAsync(service, queries: 0);
        await service.Client.GetJsonAsync(Sites + "?limit=1");
    }

    [Fact]
    public async Task A_request_in_flight_is_answered_before_the_service_stops()
    {
        await using var service = await RunningService.StartAsync(cluster, SampleData.Sql);
        await service.Client.GetJsonAsync(Sites);
        Task<HttpResponseMessage> request;
        await using (var held = await SiteLock.TakeAsync(service.ConnectionString))
        {
            request = service.Client.GetAsync(Sites, Token);
            await held.WaitUntilAsync(waiting: 1, Token);
            service.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();
            await Task.Delay(TimeSpan.FromMilliseconds(500), Token);
        }

        using var response = await request;
        Assert.Equal(30, (await response.JsonAsync()).GetProperty("numberReturned").GetInt32());
    }

    private static async Task WaitUntilAsync(RunningService service, int queries)
    {
        await using var source = NpgsqlDataSource.Create(service.ConnectionString);
        await using var command = source.CreateCommand(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND state = 'active' AND pid <> pg_backend_pid() AND query LIKE '%geooffer%site%'");
        while ((long)(await command.ExecuteScalarAsync(Token))! != queries)
        {
            await Task.Delay(50, Token);
        }
    }
}
