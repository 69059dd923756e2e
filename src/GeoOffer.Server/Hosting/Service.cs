using GeoOffer.Domain.Scouting;
using GeoOffer.Server.Description;
using GeoOffer.Server.Editing;
using GeoOffer.Server.Exporting;
using GeoOffer.Server.Features;
using GeoOffer.Server.Http;
using GeoOffer.Server.Metadata;
using GeoOffer.Server.OData;
using GeoOffer.Server.Operations;
using GeoOffer.Server.Pages;
using GeoOffer.Server.Problems;
using GeoOffer.Server.Scouting;
using GeoOffer.Server.Security;
using GeoOffer.Server.Tiles;
using GeoOffer.Storage;
using GeoOffer.Storage.Catalogues;
using GeoOffer.Storage.Editing;
using GeoOffer.Storage.Exporting;
using GeoOffer.Storage.Layers;
using GeoOffer.Storage.Matching;
using GeoOffer.Storage.Reading;
using GeoOffer.Storage.Security;
using GeoOffer.Storage.Tiles;
using Microsoft.AspNetCore.HttpOverrides;

namespace GeoOffer.Server.Hosting;

/// <summary>The HTTP service.</summary>
internal static class Service
{
    private const string DefaultAddress = "http://localhost:8080";

    private static readonly string[] AddressKeys = ["urls", "http_ports", "https_ports"];

    // Filters and areas of interest come in addresses too.
    private const int MaxRequestLineBytes = 32 * 1024;

    /// <summary>Serves until it is told to stop.</summary>
    /// <param name="args">Settings of the host, <c>--name=value</c>.</param>
    /// <param name="cancellationToken">Tells it to stop.</param>
    /// <exception cref="SettingsException">The settings cannot be used.</exception>
    public static async Task RunAsync(string[] args, CancellationToken cancellationToken)
    {
        await using var app = Build(args);
        await app.StartAsync(cancellationToken);
        await app.WaitForShutdownAsync(cancellationToken);
    }

    private static WebApplication Build(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.Configuration.AddServiceSettings(args);
        builder.AddJsonLogging();
        var settings = ServiceSettings.Read(builder.Configuration);
        if (!NamesAddress(builder.Configuration))
        {
            builder.WebHost.UseUrls(DefaultAddress);
        }

        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestLineSize = MaxRequestLineBytes;
            // Handlers refuse sooner; what is a little too large is heard out, or its sender would find a broken pipe in place of the refusal.
            kestrel.Limits.MaxRequestBodySize = 4L * Math.Max(settings.BriefBytes, settings.FeatureBytes);
        });
        AddServices(builder.Services, settings);
        var app = builder.Build();
        Use(app, settings);
        Map(app);
        return app;
    }

    private static void AddServices(IServiceCollection services, ServiceSettings settings)
    {
        services.Configure<HostOptions>(host => host.ShutdownTimeout = settings.ShutdownTime);
        services.AddSingleton(settings);
        services.AddSingleton(settings.Publisher);
        services.AddSingleton<MetadataSource>();
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(_ => GeoOfferDatabase.Open(settings.ConnectionString));
        services.AddSingleton<UserKeys>();
        services.AddSingleton<CatalogueSource>();
        services.AddSingleton<LayerStore>();
        services.AddHostedService<LayerSweeper>();
        services.AddSingleton<FeatureReader>();
        services.AddSingleton<FeatureEditor>();
        services.AddSingleton<Exporter>();
        services.AddSingleton<TileReader>();
        services.AddSingleton(provider => new TileSource(provider.GetRequiredService<TileReader>(), settings.TileCacheBytes));
        services.AddSingleton<CursorCodecSource>();
        services.AddSingleton<EntityModelSource>();
        services.AddSingleton(ScoutingRules.Default);
        services.AddSingleton<VocabularySource>();
        services.AddSingleton<MatchService>();
        services.AddSingleton<BriefStore>();
        services.AddReadingFromAnywhere();
        services.AddSingleton<TokenReader>();
    }

    private static void Use(WebApplication app, ServiceSettings settings)
    {
        if (settings.TrustedProxies.Count > 0)
        {
            app.UseForwardedHeaders(Trusting(settings.TrustedProxies));
        }

        app.UseMiddleware<RequestLogMiddleware>();
        app.UseSecurityHeaders();
        app.UseMiddleware<ProblemMiddleware>();
        if (settings.PathBase.Length > 0)
        {
            app.UsePathBase(settings.PathBase);
        }

        app.UseRouting();
        app.UseEncodedStrokes();
        app.UseCors();
        app.UseMiddleware<CallerMiddleware>();
        app.UseMiddleware<OperationMiddleware>();
    }

    private static void Map(WebApplication app)
    {
        app.MapHomePage();
        app.MapHealth();
        app.MapMatching();
        app.MapBriefs();
        app.MapVocabulary();
        app.MapOpenApi();
        app.MapFeatures();
        app.MapEditing();
        app.MapTiles();
        app.MapMetadata();
        app.MapExports();
        app.MapOData();
    }

    private static ForwardedHeadersOptions Trusting(IReadOnlyList<System.Net.IPNetwork> networks)
    {
        var options = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.All, ForwardLimit = null };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var network in networks)
        {
            options.KnownIPNetworks.Add(network);
        }

        return options;
    }

    private static bool NamesAddress(ConfigurationManager configuration) =>
        AddressKeys.Any(key => !string.IsNullOrEmpty(configuration[key]))
        || configuration.GetSection("Kestrel:Endpoints").Exists();
}
