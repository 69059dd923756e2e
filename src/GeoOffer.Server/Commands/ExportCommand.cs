using System.CommandLine;
using System.Globalization;
using GeoOffer.Query.Catalogue;
using GeoOffer.Query.Paging;
using GeoOffer.Server.Exporting;
using GeoOffer.Server.Http;
using GeoOffer.Server.Problems;
using GeoOffer.Storage;
using GeoOffer.Storage.Catalogues;
using GeoOffer.Storage.Exporting;
using GeoOffer.Storage.Security;

namespace GeoOffer.Server.Commands;

/// <summary><c>geooffer export</c>: collections into files.</summary>
internal static class ExportCommand
{
    private const string Description =
        """
        Export collections to a file, or to standard output.

        The format is that of the extension: .geojson; .geojsonl or .ndjson, a feature per line; .csv, with the geometry as well-known
        text; .fgb, with a spatial index in whose order the features stand; .gpkg and .shp.zip, which take several collections. With .gz
        after it the file is compressed. Coordinates are x east, y north (longitude, latitude; easting, northing) in every reference
        system, and exact: what is exported comes back unchanged when it is imported. All features are of one moment, and a file is
        there whole or not at all.

        A filter is CQL2 text: comparisons, AND, OR, NOT, IN, BETWEEN, LIKE 'x%', IS NULL, DATE('2026-01-31'), S_INTERSECTS(geometry,
        POLYGON((…))) and A_CONTAINS(functions, ('industrial')); texts stand between single quotes.

        Examples:
          geooffer export sites --output sites.geojson
          geooffer export sites --filter "measured_area_ha >= 40 AND kind = 'brownfield'" --properties code,name_it,measured_area_ha --output large.geojson
          geooffer export municipalities --bbox 9,45.4,9.3,45.6 --crs EPSG:25832 --output around-milan.geojson.gz
          geooffer export sites municipalities infrastructure --role scout --output region.gpkg
          geooffer export infrastructure --filter "kind = 'airport'" --precision 6 | jq .
          geooffer export sites --role scout --sortby -measured_area_ha --limit 20 --format geojsonseq

        Ends with 0 when all is written, 1 when something cannot be written so, 2 when used wrongly, 3 when the database is away.
        """;

    /// <summary>Makes the command.</summary>
    public static Command Create(CommandHost host)
    {
        var options = new ExportArguments();
        var command = new Command("export", Description);
        options.AddTo(command);
        command.SetAction((parsed, cancellationToken) => RunAsync(host, options, parsed, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(CommandHost host, ExportArguments arguments, ParseResult parsed, CancellationToken cancellationToken)
    {
        var target = ExportTarget.Read(arguments, parsed);
        await using var database = host.OpenDatabase();
        var request = await ReadAsync(database, target, arguments, parsed, cancellationToken);
        var exporter = new Exporter(database);
        var report = await target.WriteAsync(
            request.Queries[0].Collection.Id,
            output => parsed.GetValue(arguments.Quiet)
                ? exporter.RunAsync(request, output, null, cancellationToken)
                : ExportProgressDisplay.RunAsync(
                    host.Console,
                    parsed.InvocationConfiguration.Error,
                    progress => exporter.RunAsync(request, output, progress, cancellationToken)),
            cancellationToken);
        if (!parsed.GetValue(arguments.Quiet))
        {
            await TellAsync(report, target, parsed.InvocationConfiguration.Error);
        }

        return ExitCode.Ok;
    }

    private static async Task<ExportRequest> ReadAsync(
        GeoOfferDatabase database, ExportTarget target, ExportArguments arguments, ParseResult parsed, CancellationToken cancellationToken)
    {
        using var source = new CatalogueSource(database);
        var catalogue = await source.GetAsync(cancellationToken);
        var names = parsed.GetRequiredValue(arguments.Collections).Distinct().ToList();
        if (names.Count > 1 && !target.Format.HoldsSeveral)
        {
            var several = string.Join(" or ", ExportFormat.All.Where(format => format.HoldsSeveral).Select(format => format.Name));
            throw new CommandException($"{target.Format.Name} holds one collection, and {names.Count} are named; export {several}.", ExitCode.WrongUsage);
        }

        var role = RoleCode.Parse(parsed.GetValue(arguments.Role))!.Value;
        var (query, faults) = (new RequestQuery(arguments.Read(parsed), []), new List<RequestFault>());
        var settings = ExportParameters.ReadSettings(query, target.Format, faults);
        var queries = new List<FeatureQuery>();
        foreach (var name in names)
        {
            var collection = catalogue.Find(name) ?? throw new CommandException(
                $"There is no collection '{name}'; expected one of {string.Join(", ", catalogue.Collections.Select(known => known.Id))}.",
                ExitCode.WrongUsage);
            if (ExportParameters.ReadQuery(query, collection, role, faults) is { } features)
            {
                queries.Add(features);
            }
        }

        return settings is null || faults.Count > 0
            ? throw new CommandException(
                string.Join(Environment.NewLine, faults.Distinct().Select(fault => $"--{fault.At}: expected {fault.Expected}, got {Shown(fault.Got)}")),
                ExitCode.WrongUsage)
            : new ExportRequest
            {
                Queries = [.. queries],
                Format = target.Format,
                System = settings.System,
                InOrder = settings.InOrder,
                IsPatient = true,
                Options = settings.Options with { Language = RequestLanguage.Parse(parsed.GetValue(arguments.Language)) ?? Language.It },
            };
    }

    private static string Shown(string got) => got.Length == 0 ? "nothing" : got;

    private static async Task TellAsync(ExportReport report, ExportTarget target, TextWriter error)
    {
        var counts = string.Join(", ", report.Counts.Select(count =>
            string.Create(CultureInfo.InvariantCulture, $"{count.Features:N0} {(count.Features == 1 ? "feature" : "features")} of {count.Collection}")));
        await error.WriteLineAsync($"Exported {counts} to {target}.");
        foreach (var notice in report.Notices)
        {
            await error.WriteLineAsync(notice);
        }
    }
}
