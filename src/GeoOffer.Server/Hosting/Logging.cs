using Serilog;
using Serilog.Core;
using Serilog.Events;

namespace GeoOffer.Server.Hosting;

/// <summary>Structured logging to standard output by Serilog, levels from the section <c>Serilog</c>.</summary>
internal static class Logging
{
    public static void AddJsonLogging(this WebApplicationBuilder builder)
    {
        var logger = new LoggerConfiguration()
            .ReadFrom.Configuration(builder.Configuration)
            .Enrich.FromLogContext()
            .Enrich.With<WithoutAddress>()
            .WriteTo.Console(new JsonLineFormatter())
            .CreateLogger();
        builder.Logging.ClearProviders().AddSerilog(logger, dispose: true);
    }
}

/// <summary>Takes out the address that the host adds to every event of a request: its parts may be personal data.</summary>
internal sealed class WithoutAddress : ILogEventEnricher
{
    /// <inheritdoc/>
    public void Enrich(LogEvent logEvent, ILogEventPropertyFactory propertyFactory) => logEvent.RemovePropertyIfPresent("RequestPath");
}
