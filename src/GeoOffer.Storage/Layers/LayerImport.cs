using GeoOffer.Storage.Importing;
using GeoOffer.Storage.Importing.Fields;
using GeoOffer.Storage.Importing.Publishing;
using GeoOffer.Storage.Importing.Reading;
using GeoOffer.Storage.Importing.Rows;

namespace GeoOffer.Storage.Layers;

/// <summary>
/// Imports a file as a layer: a table of its own with typed columns, a collection of the catalogue, and for layers that sites are measured
/// against a criterion with a fact of every site. Another import of the name replaces it whole, at one moment.
/// </summary>
internal sealed class LayerImport(GeoOfferDatabase database, ImportRequest request, IProgress<ImportProgress>? progress)
{
    private const int MostAttempts = 5;

    private ReportBuilder? _report;

    /// <summary>Runs the import.</summary>
    /// <exception cref="ImportRequestException">The request makes no sense.</exception>
    public async Task<ImportReport> RunAsync(CancellationToken cancellationToken)
    {
        LayerNames.Require(request.Collection);
        await using var registered = await database.Source.OpenConnectionAsync(cancellationToken);
        var known = await LayerRow.FindAsync(registered, request.Collection, cancellationToken);
        var settings = await LayerSettings.ReadAsync(registered, request, known, cancellationToken);
        await registered.CloseAsync();

        try
        {
            await using var file = await Source.OpenAsync(request.File, request.Reading, cancellationToken);
            var context = await ContextReader.ReadAsync(database.Source, cancellationToken);
            var schema = await new LayerSchemaReader(file, request, settings, known).ReadAsync(isGuess: true, cancellationToken);
            var report = await RunAsync(file, schema, context, settings, cancellationToken);
            if (report is null)
            {
                schema = await new LayerSchemaReader(file, request, settings, known).ReadAsync(isGuess: false, cancellationToken);
                report = await RunAsync(file, schema, await ContextReader.ReadAsync(database.Source, cancellationToken), settings, cancellationToken);
            }

            if (report!.Version is not null)
            {
                await LayerSweep.TryAsync(database.Source, cancellationToken);
            }

            return report;
        }
        catch (UnreadableFileException exception)
        {
            return (_report ?? new ReportBuilder(request, Nothing(request.Collection))).Unreadable(exception.Fault);
        }
    }

    private static ImportCollection Nothing(string name) =>
        new(name, name, CollectionRole.Layer, [], GeometryRule.Anything(MissingGeometry.Allowed));

    /// <summary>Reads and publishes; null when a row contradicts types that were only guessed.</summary>
    private async Task<ImportReport?> RunAsync(
        Source file, LayerSchema schema, ImportContext context, LayerSettings settings, CancellationToken cancellationToken)
    {
        var collection = schema.ToCollection(request.Collection, settings.Role);
        var report = _report = new ReportBuilder(request, collection);
        report.Open(file.Description);
        var sha256 = await request.File.Sha256Async(cancellationToken);
        await using var intake = new RowIntake(database.Source, collection, request, context, report);
        await intake.RequireSystemAsync(cancellationToken);
        await using var staging = await StagingArea.CreateAsync(database.Source, LayerTable.Definition(schema), cancellationToken);

        // While this is held nobody sweeps the columns that facts are about to be written to.
        await staging.Connection.ExecuteAsync("SELECT pg_advisory_lock_shared(7702, 3)", cancellationToken);
        await intake.ReadAsync(file, staging, progress, cancellationToken);
        if (schema.IsGuessed && (report.HasRejections || intake.Rows.IgnoredColumns.Count > 0))
        {
            return null;
        }

        if (intake.Rows.LeftGeometryOut)
        {
            report.Notice($"the rows have geometries of their own, which are left out: they are shown by the areas of {settings.JoinedTo}");
        }

        progress?.Report(new ImportProgress(ImportStage.Comparing, report.RowsRead, null));
        await staging.Connection.ExecuteAsync($"ANALYZE {staging.Rows} (row_number, code)", cancellationToken);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await new LayerJob(database.Source, staging, collection, schema, request, settings, report, sha256, progress)
                    .RunAsync(cancellationToken);
            }
            catch (StalePlanException) when (attempt < MostAttempts)
            {
                report.Forget();
            }
        }
    }
}
