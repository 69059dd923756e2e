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
          geooffer demo --yes                 beside sites that are not of the demonstration
        """;

    /// <summary>The command.</summary>
    public static Command Create(CommandHost host)
    {
        var yes = new Option<bool>("--yes", "-y") { Description = "Load it even when there are sites that are not of the demonstration." };
        var date = new Option<DateOnly?>("--date")
        {
            Description = "The day that dates of sites are relative to, as YYYY-MM-DD; today unless given.",
            HelpName = "YYYY-MM-DD",
            CustomParser = result =>
            {
                var text = result.Tokens[0].Value;
                if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is >= 2000 and < 2200)
                {
                    return day;
                }

                result.AddError($"--date: '{text}' is no day between 2000-01-01 and 2199-12-31; write it as YYYY-MM-DD.");
                return null;
            },
        };
        var command = new Command("demo", Description) { yes, date };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var today = parsed.GetValue(date) ?? DateOnly.FromDateTime(TimeProvider.System.GetLocalNow().DateTime);
            await using var database = host.OpenDatabase();
            try
            {
                var report = await LoadAsync(host.Console, new DemonstrationLoader(database), today, parsed.GetValue(yes), cancellationToken);
                Print(host.Console, report);
                return 0;
            }
            catch (DemonstrationRefusedException refusal)
            {
                host.Console.WriteLine($"{refusal.Message} Nothing was loaded. Say --yes to load it all the same.");
                return 1;
            }
        });
        return command;
    }

    private static Task<DemonstrationReport> LoadAsync(
        IAnsiConsole console, DemonstrationLoader loader, DateOnly today, bool besideOtherSites, CancellationToken cancellationToken) =>
        console.Progress().AutoClear(true).StartAsync(progress =>
        {
            var bar = progress.AddTask("demonstration");
            return loader.LoadAsync(today, besideOtherSites, new Follower(bar), cancellationToken);
        });

    private static void Print(IAnsiConsole console, DemonstrationReport report)
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

        console.Write(table);
        console.WriteLine(report.Counts.Any(count => count.HasChanges)
            ? $"Loaded as of {report.Date:yyyy-MM-dd}. All of it is for demonstration: sites and constraints are synthetic, areas approximate."
            : $"Nothing to do: the demonstration of {report.Date:yyyy-MM-dd} is already there.");
        console.WriteLine();
        console.WriteLine("Three things to try:");
        console.WriteLine("  geooffer match --area-ha 40 --function industrial --near freight_terminal:10000 --avoid protected_area");
        console.WriteLine("  curl 'http://localhost:8080/ogc/collections/sites/items?limit=5'");
        console.WriteLine("  curl 'http://localhost:8080/api/match?area_ha=20&function=logistics&near=motorway_junction:5000&within=MN&lang=en'");
    }

    /// <summary>Moves the bar at once: <see cref="Progress{T}"/> would do so later, on another thread.</summary>
    private sealed class Follower(ProgressTask bar) : IProgress<DemonstrationProgress>
    {
        public void Report(DemonstrationProgress value)
        {
            bar.Description = value.Step;
            bar.MaxValue = value.Total;
            bar.Value = value.Done;
        }
    }
}
