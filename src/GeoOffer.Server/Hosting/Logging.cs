using Serilog;

namespace GeoOffer.Server.Hosting;

/// <summary>Structured logging to standard output by Serilog, levels from the section <c>Serilog</c>.</summary>
internal static class Logging
{
    public static void AddJsonLogging(this WebApplicationBuilder builder)
    {
        var logger = new LoggerConfiguration()
            .ReadFrom.Configuration(builder.Configuration)
            .Enrich.FromLogContext()
            .WriteTo.Console(new JsonLineFormatter())
            .CreateLogger();
        builder.Logging.ClearProviders().AddSerilog(logger, dispose: true);
    }
}
