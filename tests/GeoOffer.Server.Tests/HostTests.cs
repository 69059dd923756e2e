using System.Collections.Concurrent;
using System.Net;
using GeoOffer.Testing;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace GeoOffer.Server.Tests;

public sealed class HostTests(PostGisCluster cluster)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_migrated_database_makes_the_service_ready()
    {
        await using var service = await RunningService.StartAsync(cluster);
        Assert.Equal("live", (await service.Client.GetJsonAsync("/health/live")).GetProperty("status").GetString());
        Assert.Equal("ready", (await service.Client.GetJsonAsync("/health/ready")).GetProperty("status").GetString());
    }

    [Fact]
    public async Task A_database_that_was_never_migrated_is_not_ready_and_says_what_to_do()
    {
        await using var empty = await cluster.CreateDatabaseAsync();
        await using var service = RunningService.StartOn(empty.ConnectionString);
        using var response = await service.Client.GetAsync("/health/ready", Token);
        var problem = await response.ProblemAsync(HttpStatusCode.ServiceUnavailable);
        Assert.Contains("geooffer migrate", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_database_the_process_lives_and_everything_else_says_when_to_come_back()
    {
        await using var service = RunningService.StartOn("Host=127.0.0.1;Port=1;Username=nobody;Database=none;Timeout=2");
        using var live = await service.Client.GetAsync("/health/live", Token);
        Assert.Equal(HttpStatusCode.OK, live.StatusCode);
        foreach (var address in (string[])["/health/ready", "/api/match?area_ha=40", "/ogc/collections"])
        {
            using var response = await service.Client.GetAsync(address, Token);
            await response.ProblemAsync(HttpStatusCode.ServiceUnavailable);
            Assert.NotNull(response.Headers.RetryAfter);
        }
    }

    [Fact]
    public async Task A_broken_connection_costs_one_503_and_the_next_request_is_answered()
    {
        await using var service = await RunningService.StartAsync(cluster);
        await service.Client.GetJsonAsync("/ogc/collections/sites/items");
        await using (var postgres = NpgsqlDataSource.Create(await cluster.GetConnectionStringAsync()))
        await using (var kill = postgres.CreateCommand("SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = $1"))
        {
            kill.Parameters.Add(new() { Value = new NpgsqlConnectionStringBuilder(service.ConnectionString).Database });
            await kill.ExecuteScalarAsync(Token);
        }

        var statuses = new List<HttpStatusCode>();
        for (var i = 0; i < 10; i++)
        {
            using var response = await service.Client.GetAsync("/ogc/collections/sites/items", Token);
            statuses.Add(response.StatusCode);
        }

        Assert.All(statuses, status => Assert.True(status is HttpStatusCode.OK or HttpStatusCode.ServiceUnavailable, status.ToString()));
        Assert.Equal(HttpStatusCode.OK, statuses[^1]);
    }

    [Fact]
    public async Task An_unknown_address_and_a_wrong_method_are_problems_in_the_language_of_the_caller()
    {
        await using var service = await RunningService.StartAsync(cluster);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/no/such/thing");
        request.Headers.Add("Accept-Language", "de, en;q=0.8, it;q=0.3");
        using var missing = await service.Client.SendAsync(request, Token);
        var english = await missing.ProblemAsync(HttpStatusCode.NotFound);
        Assert.Equal("There is nothing at this address.", english.GetProperty("title").GetString());
        Assert.Equal(["en"], missing.Content.Headers.ContentLanguage);

        using var wrong = await service.Client.DeleteAsync("/health/live", Token);
        var italian = await wrong.ProblemAsync(HttpStatusCode.MethodNotAllowed);
        Assert.Equal("Questo indirizzo non accetta questo metodo.", italian.GetProperty("title").GetString());
        Assert.Equal(["GET", "HEAD"], wrong.Content.Headers.Allow.Order());
    }

    [Fact]
    public async Task Every_answer_carries_the_headers_that_browsers_and_caches_need()
    {
        await using var service = await RunningService.StartAsync(cluster);
        foreach (var address in (string[])["/", "/health/live", "/no/such/thing", "/api/match?nonsense=1"])
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, address) { Headers = { { "Origin", "https://example.org" } } };
            using var response = await service.Client.SendAsync(request, Token);
            Assert.Equal("nosniff", response.Headers.GetValues("X-Content-Type-Options").Single());
            Assert.Equal("DENY", response.Headers.GetValues("X-Frame-Options").Single());
            Assert.Equal("*", response.Headers.GetValues("Access-Control-Allow-Origin").Single());
            Assert.True(response.Headers.CacheControl!.NoCache);
            Assert.Contains("Accept-Language", string.Join(",", response.Headers.Vary), StringComparison.Ordinal);
            Assert.False(response.Headers.Contains("Server"));
        }
    }

    [Fact]
    public async Task A_page_anywhere_may_ask_by_post_for_a_match_and_for_nothing_else()
    {
        await using var service = await RunningService.StartAsync(cluster);
        Assert.Contains("POST", await PreflightAsync("/api/match"), StringComparison.Ordinal);
        Assert.DoesNotContain("POST", await PreflightAsync("/ogc/collections"), StringComparison.Ordinal);

        async Task<string> PreflightAsync(string address)
        {
            using var request = new HttpRequestMessage(HttpMethod.Options, address);
            request.Headers.Add("Origin", "https://example.org");
            request.Headers.Add("Access-Control-Request-Method", "POST");
            request.Headers.Add("Access-Control-Request-Headers", "content-type,x-api-key");
            using var response = await service.Client.SendAsync(request, Token);
            return response.Headers.TryGetValues("Access-Control-Allow-Methods", out var methods) ? string.Join(",", methods) : "";
        }
    }

    [Fact]
    public async Task A_request_is_one_log_event_that_names_the_route_and_no_value()
    {
        using var log = new RecordedLog("GeoOffer.Server.Http.RequestLogMiddleware");
        await using var service = await RunningService.StartAsync(cluster, log: log);
        using var response = await service.Client.GetAsync("/ogc/collections/sites/items/Mario-Rossi?name_it=Mario+Rossi", Token);
        var line = await log.FirstAsync(Token);
        Assert.StartsWith("GET /ogc/collections/{collection}/items/{id} answered 400 in ", line, StringComparison.Ordinal);
        Assert.EndsWith("to public", line, StringComparison.Ordinal);
        Assert.DoesNotContain("Rossi", line, StringComparison.Ordinal);
        Assert.Single(log.Lines);
    }

    private sealed class RecordedLog(string category) : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> Lines { get; } = new();

        /// <summary>The first line; it is written when the client has its answer already.</summary>
        public async Task<string> FirstAsync(CancellationToken cancellationToken)
        {
            string? line;
            while (!Lines.TryPeek(out line))
            {
                await Task.Delay(10, cancellationToken);
            }

            return line;
        }

        public ILogger CreateLogger(string categoryName) =>
            categoryName == category ? this : Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Enqueue(formatter(state, exception));

        public void Dispose()
        {
        }
    }
}
