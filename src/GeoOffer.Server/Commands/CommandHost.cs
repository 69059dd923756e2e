using GeoOffer.Server.Hosting;
using GeoOffer.Storage;
using Spectre.Console;

namespace GeoOffer.Server.Commands;

/// <summary>What every command works with: the settings, the console, and the database they name.</summary>
internal sealed class CommandHost(IConfiguration configuration, IAnsiConsole console)
{
    private const int WidthOfFiles = 200;

    /// <summary>Settings from appsettings.json and the environment.</summary>
    public IConfiguration Configuration { get; } = configuration;

    /// <summary>Where people read; progress and notices go to standard error.</summary>
    public IAnsiConsole Console { get; } = console;

    /// <summary>Where results go.</summary>
    public TextWriter Output { get; init; } = System.Console.Out;

    /// <summary>Where results go that are laid out as tables.</summary>
    public IAnsiConsole OutputConsole => CreateConsole(Output);

    /// <summary>A console on a writer. Files and pipes take neither colours nor the breaks of an edge that they do not have.</summary>
    public static IAnsiConsole CreateConsole(TextWriter writer)
    {
        var output = new AnsiConsoleOutput(writer);
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = output, Ansi = output.IsTerminal ? AnsiSupport.Detect : AnsiSupport.No });
        if (!output.IsTerminal)
        {
            console.Profile.Width = WidthOfFiles;
        }

        return console;
    }

    /// <summary>Opens the database that the settings name.</summary>
    /// <exception cref="SettingsException"><c>ConnectionStrings__GeoOffer</c> is not set, or cannot be used.</exception>
    public GeoOfferDatabase OpenDatabase() => GeoOfferDatabase.Open(ServiceSettings.ReadConnectionString(Configuration));
}
