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

    private sealed class SiteLock : IAsyncDisposable
    {
        private readonly NpgsqlDataSource _source;
        private readonly NpgsqlConnection _connection;
        private readonly NpgsqlTransaction _transaction;

        private SiteLock(NpgsqlDataSource source, NpgsqlConnection connection, NpgsqlTransaction transaction) =>
            (_source, _connection, _transaction) = (source, connection, transaction);

        public static async Task<SiteLock> TakeAsync(string connectionString)
        {
            var source = NpgsqlDataSource.Create(connectionString);
            var connection = await source.OpenConnectionAsync(Token);
            var transaction = await connection.BeginTransactionAsync(Token);
            await using var command = new NpgsqlCommand(
                "LOCK TABLE geooffer.site, geooffer.site_fact IN ACCESS EXCLUSIVE MODE", connection, transaction);
            await command.ExecuteNonQueryAsync(Token);
            return new SiteLock(source, connection, transaction);
        }

        /// <summary>Waits until so many sessions of the service wait for the lock.</summary>
        public async Task WaitUntilAsync(int waiting, CancellationToken cancellationToken)
        {
            while (true)
            {
                await using var command = _source.CreateCommand(
                    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'");
                if ((long)(await command.ExecuteScalarAsync(cancellationToken))! == waiting)
                {
                    return;
                }

                await Task.Delay(50, cancellationToken);
            }
        }

        public async ValueTask DisposeAsync()
        {
            await _transaction.DisposeAsync();
            await _connection.DisposeAsync();
            await _source.DisposeAsync();
        }
    }
}
