using System.CommandLine;
using System.Text.Json;
using GeoOffer.Storage.Importing;
using Spectre.Console;

namespace GeoOffer.Server.Commands;

/// <summary><c>geooffer import</c>: files into collections.</summary>
internal static class ImportCommand
{
    private const int Stored = 0;
    private const int Refused = 1;
    private const int WrongUsage = 2;

    private const string Lesson =
        """
        Import a file into a collection: all rows or none.

        Formats: GeoJSON, GeoJSONSeq (a feature per line), and UTF-8 CSV with a header and columns lon and lat, or wkt.
        Every row is checked first; a report names each rejected row with its number, field, reason and a proposed fix. Swapped axes,
        metres of a projection, decimal commas and lost zeros are found and proposed, never repaired in silence.
        The same import again changes nothing.

        Examples:
          geooffer import provinces provinces.geojson --source ISTAT --as-of 2026-01-01 --licence "CC BY 4.0"
          geooffer import municipalities municipalities.geojson --source ISTAT --as-of 2026-01-01
          geooffer import infrastructure stations.geojson --kind passenger_station --source RFI
          geooffer import constraints parks.geojson --kind protected_area --coverage region --source "Regione Lombardia"
          geooffer import sites sites.csv --map "Nome sito"=name_it --map Tipo=kind --dry-run
          geooffer import sites sites.geojson --crs EPSG:32632 --replace --report report.json

        Ends with 0 when the file is stored, 1 when a row is rejected or the file cannot be read, 2 when used wrongly, 3 when the database is away.
        """;

    /// <summary>Makes the command.</summary>
    public static Command Create(CommandHost host)
    {
        var options = new ImportOptions();
        var command = new Command("import", Lesson);
        options.AddTo(command);
        command.SetAction((parsed, cancellationToken) => RunAsync(host, options, parsed, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(CommandHost host, ImportOptions options, ParseResult parsed, CancellationToken cancellationToken)
    {
        var error = parsed.InvocationConfiguration.Error;
        ImportReport report;
        try
        {
            var request = await options.ToRequestAsync(parsed, cancellationToken);
            await using var database = host.OpenDatabase();
            var importer = new Importer(database);
            report = parsed.GetValue(options.Quiet)
                ? await importer.RunAsync(request, null, cancellationToken)
                : await ImportProgressDisplay.RunAsync(error, progress => importer.RunAsync(request, progress, cancellationToken));
        }
        catch (ImportRequestException exception)
        {
            await error.WriteLineAsync($"geooffer: {exception.Message}");
            await error.WriteLineAsync("Try 'geooffer import --help'.");
            return WrongUsage;
        }

        if (parsed.GetValue(options.Report) is { } path)
        {
            await using var file = File.Create(path);
            await JsonSerializer.SerializeAsync(file, report, ImportReportText.Json, cancellationToken);
        }

        if (!parsed.GetValue(options.Quiet) || report.Fault is not null || report.Rejections.Count > 0)
        {
            ImportReportText.Write(report, Console(parsed.InvocationConfiguration.Output));
        }

        return report.Fault is null && report.Rejections.Count == 0 ? Stored : Refused;
    }

    private static IAnsiConsole Console(TextWriter output) => AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output) });
}
