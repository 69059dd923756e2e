using System.CommandLine;
using System.Text.Json;
using GeoOffer.Storage.Importing;
using GeoOffer.Storage.Importing.Profiles;

namespace GeoOffer.Server.Commands;

/// <summary><c>geooffer import</c>: files into collections.</summary>
internal static class ImportCommand
{
    private const string Description =
        """
        Imports a file into a collection: all rows or none.

        Formats: GeoJSON, GeoJSONSeq (a feature per line), JSON arrays of objects, CSV with a header and columns lon and lat, or wkt,
        shapefiles (the .shp with its parts beside it, or zipped), GeoPackage and FlatGeobuf; each also in a .zip, or compressed as .gz. A
        file with several layers, or an archive with several files, is refused with their names: --source-layer chooses one.
        GML, KML, OpenStreetMap (XML and PBF), GPX and DXF are read through GDAL where it is installed (package gdal-bin; found by PATH, or
        in the folder that GEOOFFER__Gdal__Folder names); --format gdal gives it any other file. OpenStreetMap always needs --source-layer:
        points, lines, multilinestrings, multipolygons or other_relations.
        CSV is read as people write it: its encoding, its separator, the line of its header and the marks of its numbers are found out and
        told in the report; --encoding, --separator, --header-line, --decimal and --thousands say otherwise. Empty cells, cells of blanks
        and errors of spreadsheets (#N/A, #RIF!) are no values.
        Every row is checked first; a report names each rejected row with its number, field, reason and a proposed fix. Swapped axes,
        metres of a projection, lost zeros and letters that were read wrongly are found and proposed, never repaired in silence.
        The reference system is that of the file, or --crs. A file whose system cannot be told, or puts its features where they cannot be,
        is refused with the likely codes and the metres between them.
        Files of known registers, and any whose codes and units are their own, are read through a profile: --profile NAME, or
        --profile my.json; 'geooffer import profiles' lists those there are, and its --help says how one is written.
        The same import again changes nothing.

        Examples:
          geooffer import provinces provinces.geojson --source ISTAT --as-of 2026-01-01 --licence "CC BY 4.0"
          geooffer import municipalities municipalities.geojson --source ISTAT --as-of 2026-01-01
          geooffer import infrastructure stations.geojson --kind passenger_station --source RFI
          geooffer import constraints parks.geojson --kind protected_area --coverage region --source "Regional geoportal"
          geooffer import sites sites.csv --map "Nome sito"=name_it --map Tipo=kind --dry-run
          geooffer import sites export.csv --encoding windows-1252 --separator ";" --decimal , --header-line 3
          geooffer import sites register.csv --profile uk-brownfield-land --dry-run
          geooffer import constraints parks.zip --source-layer 2024/parks.shp --kind protected_area --coverage region
          geooffer import infrastructure osm.pbf --source-layer points --kind passenger_station --source OpenStreetMap
          geooffer import sites sites.geojson --crs EPSG:25832 --replace --report report.json
          geooffer import sites sites.geojson --repair --accept-rejects --report report.json

        Ends with 0 when the file is stored, with --accept-rejects also when only some of its rows are: the last line says how many were
        left out; with 1 when nothing is stored because a row is rejected or the file cannot be read or placed, 2 when used wrongly, 3 when
        the database is away or its disk is full.
        """;

    private const string LayerDescription =
        """
        Imports a file as a layer: a collection under its name, at once and on every running service.

        The columns of the file become properties with the types of their values. With --role proximity the distance of every site to the
        layer becomes a fact and a criterion of briefs (near=NAME:metres), with --role constraint the share that it overlaps (avoid=NAME).
        Another import of the name replaces the layer at one moment: readers see the one or the other, never half. Features that are as
        before keep their identity.

        Examples:
          geooffer import layer power_lines lines.gpkg --title-it Elettrodotti --title-en "Power lines" --source Terna --as-of 2026-01-01
          geooffer import layer substations stations.geojson --role proximity --where "voltage_kv >= 132" --coverage region
          geooffer import layer woods boschi.zip --role constraint --severity conditions --coverage region
          geooffer import layer parks parks.gml --source "Regional geoportal"
          geooffer import layer hazard hazard.csv --join municipalities --join-column istat_code --code-year 2021
          geooffer match --area-ha 40 --near substations:3000 --avoid woods
          geooffer layer describe substations
        """;

    /// <summary>Makes the command.</summary>
    public static Command Create(CommandHost host)
    {
        var options = new ImportOptions();
        var command = new Command("import", Description);
        options.AddTo(command);
        command.SetAction((parsed, cancellationToken) => RunAsync(host, options, parsed, cancellationToken));
        command.Subcommands.Add(CreateLayer(host));
        command.Subcommands.Add(ProfilesCommand.Create(host));
        return command;
    }

    private static Command CreateLayer(CommandHost host)
    {
        var options = new ImportOptions(new LayerOptions());
        var command = new Command("layer", LayerDescription);
        options.AddTo(command);
        command.SetAction((parsed, cancellationToken) => RunAsync(host, options, parsed, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(
        CommandHost host, ImportOptions options, ParseResult parsed, CancellationToken cancellationToken)
    {
        // Opened before anything is stored: a report that cannot be written is known in time.
        await using var file = CreateReport(parsed.GetValue(options.Report));
        var report = await ImportAsync(host, options, parsed, cancellationToken);
        if (file is not null)
        {
            await JsonSerializer.SerializeAsync(file, report, ImportReportText.Json, cancellationToken);
        }

        if (report.Fault is not null || report.Rows.Rejected > 0 || !parsed.GetValue(options.Quiet))
        {
            ImportReportText.Write(report, host.OutputConsole);
        }

        return report.IsRefused ? ExitCode.Refused : ExitCode.Ok;
    }

    private static FileStream? CreateReport(string? path)
    {
        try
        {
            return path is null ? null : File.Create(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CommandException($"--report '{path}': {exception.Message}", ExitCode.WrongUsage);
        }
    }

    private static async Task<ImportReport> ImportAsync(
        CommandHost host, ImportOptions options, ParseResult parsed, CancellationToken cancellationToken)
    {
        try
        {
            var request = await options.ToRequestAsync(parsed, cancellationToken) with { GdalFolder = host.Configuration["Gdal:Folder"] };
            await using var database = host.OpenDatabase();
            var importer = new Importer(database);
            return parsed.GetValue(options.Quiet)
                ? await importer.RunAsync(request, null, cancellationToken)
                : await ImportProgressDisplay.RunAsync(
                    host.Console,
                    parsed.InvocationConfiguration.Error,
                    progress => importer.RunAsync(request, progress, cancellationToken));
        }
        catch (Exception exception) when (exception is ImportRequestException or ImportProfileException)
        {
            throw new CommandException(exception.Message, ExitCode.WrongUsage);
        }
    }
}
