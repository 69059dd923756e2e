using System.Net;
using System.Net.Sockets;
using GeoOffer.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace GeoOffer.Server.Tests;

/// <summary>What happens while the database makes a request wait: here by a lock on the sites.</summary>
public sealed class PatienceTests(PostGisCluster cluster)
{
    private const string Sites = "/ogc/collections/sites/items";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_statement_that_takes_too_long_is_a_503()
    {
        await using var service = await RunningService.StartAsync(cluster, SampleData.Sql, new Dictionary<string, string> { ["Limits:StatementSeconds"] = "1" });
        await service.Client.GetJsonAsync(Sites);
        await using (await SiteLock.TakeAsync(service.ConnectionString))
        {
            using var response = await service.Client.GetAsync(Sites, Token);
            await response.ProblemAsync(HttpStatusCode.ServiceUnavailable);
            Assert.NotNull(response.Headers.RetryAfter);
        }

        await service.Client.GetJsonAsync(Sites);
    }

    [Theory]
    [InlineData(Sites)]
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
}
