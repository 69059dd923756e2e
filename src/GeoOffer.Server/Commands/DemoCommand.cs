using System.CommandLine;
using System.Globalization;
using GeoOffer.Storage.Demonstration;
using Spectre.Console;

namespace GeoOffer.Server.Commands;

/// <summary><c>geooffer demo</c>: loads the demonstration.</summary>
internal static class DemoCommand
{
    private const string Description =
        """
        Loads demonstration data: municipalities and provinces with approximate areas, stations, terminals, junctions, synthetic
        constraints, and some hundreds of synthetic sites in all twelve provinces. Loading again on the same date changes nothing;
        data that came from elsewhere are never touched.

        Examples:
          geooffer demo                       load it, with dates relative to today
          geooffer demo --date 2026-03-31     the same data as of another day
          geooffer demo --if-empty            only into a database without sites; nothing otherwise
          geooffer demo --yes                 beside sites that are not of the demonstration
        """;

    /// <summary>The command.</summary>
    public static Command Create(CommandHost host)
    {
        var yes = new Option<bool>("--yes", "-y") { Description = "Load it even when there are sites that are not of the demonstration." };
        var ifEmpty = new Option<bool>("--if-empty") { Description = "Load it only when there are no sites at all; do nothing otherwise." };
        var date = new Option<DateOnly?>("--date")
        {
            Description = "The day that dates of sites are relative to, as YYYY-MM-DD; today unless given.",
            HelpName = "YYYY-MM-DD",
            CustomParser = result =>
            {
                var text = result.Tokens[0].Value;
                if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
                    && day.Year is >= 2000 and < 2200)
                {
                    return day;
                }

                result.AddError($"--date: '{text}' is no day between 2000-01-01 and 2199-12-31; write it as YYYY-MM-DD.");
                return null;
            },
        };
        var command = new Command("demo", Description) { yes, ifEmpty, date };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var today = parsed.GetValue(date) ?? DateOnly.FromDateTime(TimeProvider.System.GetLocalNow().DateTime);
            await using var database = host.OpenDatabase();
            var loader = new DemonstrationLoader(database);
            if (parsed.GetValue(ifEmpty) && await loader.CountSitesAsync(cancellationToken) > 0)
            {
                return ExitCode.Ok;
            }

            try
            {
                var report = await WithProgressAsync(
                    host.Console,
                    parsed.InvocationConfiguration.Error,
                    progress => loader.LoadAsync(today, parsed.GetValue(yes), progress, cancellationToken));
                host.OutputConsole.Write(Tabulate(report));
                await host.Output.WriteLineAsync(Sum(report));
                return ExitCode.Ok;
            }
            catch (DemonstrationRefusedException refusal)
            {
                throw new CommandException($"{refusal.Message} Nothing was loaded; say --yes to load it all the same.");
            }
        });
        return command;
    }

    /// <summary>A bar on a terminal, a line for each step elsewhere.</summary>
    private static Task<DemonstrationReport> WithProgressAsync(
        IAnsiConsole console, TextWriter error, Func<IProgress<DemonstrationProgress>, Task<DemonstrationReport>> load) =>
        console.Profile.Capabilities.Interactive && !Console.IsErrorRedirected && error == Console.Error
            ? console.Progress().AutoClear(true).StartAsync(progress => load(new Bar(progress.AddTask("territory"))))
            : load(new Lines(error));

    private static Table Tabulate(DemonstrationReport report)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumn("collection");
        foreach (var column in (string[])["rows", "added", "changed", "removed", "left to others"])
        {
            table.AddColumn(new TableColumn(column).RightAligned());
        }

        foreach (var count in report.Counts)
        {
            table.AddRow([count.Collection, .. new[] { count.Rows, count.Added, count.Changed, count.Removed, count.Kept }
                .Select(number => number.ToString("N0", CultureInfo.InvariantCulture))]);
        }

        return table;
    }

    private static string Sum(DemonstrationReport report)
    {
        var done = report.Counts.Any(count => count.HasChanges)
            ? $"Loaded as of {report.Date:yyyy-MM-dd}. All of it is for demonstration: sites are synthetic, areas approximate."
            : $"Nothing to do: the demonstration of {report.Date:yyyy-MM-dd} is already there.";
        return $"""
            {done}

            Three things to try:
              geooffer match --area-ha 40 --function industrial --near freight_terminal:10000 --avoid protected_area
              curl 'http://localhost:8080/ogc/collections/sites/items?limit=5'
              curl 'http://localhost:8080/api/match?area_ha=20&function=logistics&near=motorway_junction:5000&lang=en'
            """;
    }

    /// <summary>Moves the bar at once: <see cref="Progress{T}"/> would do so later, on another thread.</summary>
    private sealed class Bar(ProgressTask bar) : IProgress<DemonstrationProgress>
    {
        public void Report(DemonstrationProgress value)
        {
            bar.Description = value.Step;
            bar.MaxValue = value.Total;
            bar.Value = value.Done;
        }
    }

    private sealed class Lines(TextWriter error) : IProgress<DemonstrationProgress>
    {
        public void Report(DemonstrationProgress value)
        {
            if (value.Done < value.Total)
            {
                error.WriteLine($"Demonstration: {value.Step} …");
            }
        }
    }
}
