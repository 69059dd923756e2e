using System.CommandLine;
using System.CommandLine.Help;
using GeoOffer.Server.Hosting;
using GeoOffer.Server.Problems;

namespace GeoOffer.Server.Commands;

/// <summary>The command line of <c>geooffer</c>.</summary>
internal static class CommandLine
{
    // Longer than the service may take to finish what is in flight.
    private static readonly TimeSpan TerminationTime = TimeSpan.FromSeconds(60);

    private const string Description =
        """
        GeoOffer: what the region offers to investors, matched with what they ask for.

        Examples:
          geooffer migrate                                   make or update the database
          geooffer demo                                      load the demonstration data
          geooffer import infrastructure stations.geojson --kind passenger_station
          geooffer export sites --output sites.geojson
          geooffer serve                                     answer on http://localhost:8080
          geooffer match --area-ha 40 --function industrial --near freight_terminal:10000
          geooffer user add-key "Anna Rossi" --role scout    a key for a location scout

        The database is the one that ConnectionStrings__GeoOffer names. Exit codes: 0 done, 1 refused, 2 wrong usage, 3 database away.
        """;

    /// <summary>Runs the command that the arguments name.</summary>
    /// <param name="args">What was typed after the name of the program.</param>
    /// <param name="output">Results.</param>
    /// <param name="error">Everything else.</param>
    /// <param name="configuration">Settings; those of the environment unless given.</param>
    /// <returns>See <see cref="ExitCode"/>.</returns>
    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter error, IConfiguration? configuration = null)
    {
        var host = new CommandHost(configuration ?? Configuration.Read(), CommandHost.CreateConsole(error)) { Output = output };
        var parsed = CreateRoot(host).Parse(args);
        if (parsed.Errors.Count > 0)
        {
            foreach (var fault in parsed.Errors)
            {
                await error.WriteLineAsync($"geooffer: {fault.Message}");
            }

            await error.WriteLineAsync($"Try '{Path(parsed.CommandResult.Command)} --help'.");
            return ExitCode.WrongUsage;
        }

        try
        {
            return await parsed.InvokeAsync(new InvocationConfiguration
            {
                Output = output,
                Error = error,
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = TerminationTime,
            });
        }
        catch (Exception exception)
        {
            var (code, sentence) = Explain(exception);
            await error.WriteLineAsync($"geooffer: {sentence}");
            return code;
        }
    }

    private static RootCommand CreateRoot(CommandHost host)
    {
        var root = new RootCommand(Description)
        {
            ServeCommand.Create(),
            MigrateCommand.Create(host),
            DemoCommand.Create(host),
            ImportCommand.Create(host),
            LayerCommand.Create(host),
            MetadataCommand.Create(host),
            ExportCommand.Create(host),
            MatchCommand.Create(host),
            BriefCommand.Create(host),
            UserCommand.Create(host),
        };
        var help = new LessonHelpAction(root);
        root.Options.OfType<HelpOption>().Single().Action = help;
        root.SetAction(help.Invoke);
        return root;
    }

    private static (int Code, string Sentence) Explain(Exception exception) => exception switch
    {
        CommandException command => (command.ExitCode, command.Message),
        SettingsException settings => (ExitCode.Refused, settings.Message),
        OperationCanceledException => (ExitCode.Refused, "Stopped before it was done."),
        _ when DatabaseFailure.IsDiskFull(exception) => (
            ExitCode.DatabaseAway,
            $"The disk of the database is full, and nothing was stored: {Plain(exception.GetBaseException())}"),
        _ when DatabaseFailure.Matches(exception) =>
            (ExitCode.DatabaseAway, $"The database is away or not ready: {Plain(exception.GetBaseException())}"),
        _ => (ExitCode.Refused, Plain(exception)),
    };

    private static string Plain(Exception exception) => exception.Message.ReplaceLineEndings(" ");

    private static string Path(Command command) =>
        command is RootCommand ? "geooffer" : $"{Path(command.Parents.OfType<Command>().First())} {command.Name}";
}
