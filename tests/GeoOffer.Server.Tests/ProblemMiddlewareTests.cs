using System.Net.Sockets;
using System.Text.Json;
using GeoOffer.Server.Problems;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace GeoOffer.Server.Tests;

public sealed class ProblemMiddlewareTests
{
    [Fact]
    public async Task A_defect_is_a_500_that_tells_nothing_and_is_logged_once()
    {
        var log = new CountingLog();
        var (status, body) = await AnswerAsync(new InvalidOperationException("the secret cause"), log);
        Assert.Equal(500, status);
        Assert.DoesNotContain("secret", body, StringComparison.Ordinal);
        Assert.Equal("about:blank", JsonDocument.Parse(body).RootElement.GetProperty("type").GetString());
        Assert.Equal([LogLevel.Error], log.Levels);
    }

    [Theory]
    [InlineData("57014", 503)]
    [InlineData("57P01", 503)]
    [InlineData("57P03", 503)]
    [InlineData("53300", 503)]
    [InlineData("40P01", 503)]
    [InlineData("42P01", 503)]
    [InlineData("3D000", 503)]
    [InlineData("28P01", 503)]
    [InlineData("42601", 500)]
    [InlineData("23505", 500)]
    public async Task The_state_of_the_database_decides(string sqlState, int status) =>
        Assert.Equal(status, (await AnswerAsync(new PostgresException("message", "ERROR", "ERROR", sqlState))).Status);

    [Fact]
    public async Task A_connection_that_fails_is_a_503()
    {
        Assert.Equal(503, (await AnswerAsync(new NpgsqlException("away", new SocketException(111)))).Status);
        Assert.Equal(503, (await AnswerAsync(new NpgsqlException("slow", new TimeoutException()))).Status);
        Assert.Equal(503, (await AnswerAsync(new InvalidOperationException("wrapped", new NpgsqlException("x", new IOException())))).Status);
    }

    [Fact]
    public async Task Half_an_answer_is_broken_off_instead_of_mended()
    {
        var context = new DefaultHttpContext();
        var lifetime = new Lifetime();
        context.Features.Set<IHttpRequestLifetimeFeature>(lifetime);
        context.Features.Set<IHttpResponseFeature>(new StartedResponse());
        await new ProblemMiddleware(_ => throw new InvalidOperationException(), new CountingLog()).InvokeAsync(context);
        Assert.True(lifetime.IsAborted);
    }

    private static async Task<(int Status, string Body)> AnswerAsync(Exception exception, CountingLog? log = null)
    {
        var context = new DefaultHttpContext { Response = { Body = new MemoryStream() } };
        await new ProblemMiddleware(_ => throw exception, log ?? new CountingLog()).InvokeAsync(context);
        context.Response.Body.Position = 0;
        using var reader = new StreamReader(context.Response.Body);
        return (context.Response.StatusCode, await reader.ReadToEndAsync(TestContext.Current.CancellationToken));
    }

    private sealed class CountingLog : ILogger<ProblemMiddleware>
    {
        public List<LogLevel> Levels { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => Levels.Add(logLevel);
    }

    private sealed class Lifetime : IHttpRequestLifetimeFeature
    {
        public bool IsAborted { get; private set; }

        public CancellationToken RequestAborted { get; set; }

        public void Abort() => IsAborted = true;
    }

    private sealed class StartedResponse : HttpResponseFeature
    {
        public override bool HasStarted => true;
    }
}
