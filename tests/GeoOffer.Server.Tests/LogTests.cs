using System.Diagnostics;
using System.Text.Json;
using GeoOffer.Server.Hosting;
using Microsoft.Extensions.Logging;
using Serilog;
using Serilog.Core;
using Serilog.Events;
using Serilog.Extensions.Logging;

namespace GeoOffer.Server.Tests;

public sealed class LogTests
{
    [Fact]
    public void An_event_is_a_line_of_json_with_its_trace_and_without_the_address()
    {
        using var activity = new Activity("request").Start();
        var line = Write(log =>
        {
            using var scope = log.BeginScope(new Dictionary<string, object> { ["RequestPath"] = "/items/Mario-Rossi", ["RequestId"] = "r1" });
            log.LogWarning(new InvalidOperationException("no \"quotes\"\nand no lines"), "{Count} of {Name}", 3, "città");
        });
        Assert.Single(line.TrimEnd('\n').Split('\n'));
        Assert.DoesNotContain("Rossi", line, StringComparison.Ordinal);
        var json = JsonDocument.Parse(line).RootElement;
        Assert.Equal("Warning", json.GetProperty("level").GetString());
        Assert.Equal("{Count} of {Name}", json.GetProperty("template").GetString());
        Assert.Equal("3 of città", json.GetProperty("message").GetString());
        Assert.Equal(activity.TraceId.ToHexString(), json.GetProperty("trace_id").GetString());
        Assert.Equal(activity.SpanId.ToHexString(), json.GetProperty("span_id").GetString());
        Assert.Contains("no lines", json.GetProperty("exception").GetString(), StringComparison.Ordinal);
        Assert.Equal(3, json.GetProperty("properties").GetProperty("Count").GetInt32());
        Assert.Equal("r1", json.GetProperty("properties").GetProperty("RequestId").GetString());
        Assert.True(json.GetProperty("time").TryGetDateTimeOffset(out _));
    }

    private static string Write(Action<Microsoft.Extensions.Logging.ILogger> use)
    {
        using var writer = new StringWriter();
        using var logger = new LoggerConfiguration().Enrich.With<WithoutAddress>().WriteTo.Sink(new WriterSink(writer)).CreateLogger();
        using var provider = new SerilogLoggerProvider(logger);
        use(provider.CreateLogger("test"));
        return writer.ToString();
    }

    private sealed class WriterSink(TextWriter writer) : ILogEventSink
    {
        private readonly JsonLineFormatter _formatter = new();

        public void Emit(LogEvent logEvent) => _formatter.Format(logEvent, writer);
    }
}
