using GeoOffer.Storage;
using Spectre.Console;

namespace GeoOffer.Server.Commands;

/// <summary>What every command works with: the settings, the console, and the database they name.</summary>
internal sealed class CommandHost(IConfiguration configuration, IAnsiConsole console)
{
    /// <summary>Settings from appsettings.json and the environment.</summary>
    public IConfiguration Configuration { get; } = configuration;

    /// <summary>Where people read; progress and notices go to standard error.</summary>
    public IAnsiConsole Console { get; } = console;

    /// <summary>Opens the database that the settings name.</summary>
    /// <exception cref="InvalidOperationException"><c>ConnectionStrings__GeoOffer</c> is not set.</exception>
    public GeoOfferDatabase OpenDatabase() => GeoOfferDatabase.Open(
        Configuration.GetConnectionString("GeoOffer")
            ?? throw new InvalidOperationException("ConnectionStrings__GeoOffer is not set: name the database, or use ./scripts/geooffer, which does."));
}
