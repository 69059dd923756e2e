using GeoOffer.Storage.Importing.Fields;
using GeoOffer.Storage.Importing.Profiles;
using GeoOffer.Storage.Importing.Publishing;
using GeoOffer.Storage.Importing.Reading;
using GeoOffer.Storage.Importing.Rows;
using GeoOffer.Storage.Layers;

namespace GeoOffer.Storage.Importing;

/// <summary>
/// Imports files into collections: all rows or none. Rows are read one at a time, checked, copied beside the data, compared with them,
/// and made visible in one brief transaction. An import of what is stored already changes nothing.
/// </summary>
public sealed class Importer(GeoOfferDatabase database)
{
    private const int MostAttempts = 5;

    /// <summary>The collections that files can be imported into, in the order in which an empty database is filled.</summary>
    public static IReadOnlyList<string> Collections { get; } = [.. ImportCollections.All.Select(collection => collection.Name)];

    /// <summary>The fields of a collection: what a mapping leads to, and what can be fixed for all rows.</summary>
    /// <exception cref="ImportRequestException">There is no such collection.</exception>
    public static IReadOnlyList<string> FieldsOf(string collection) =>
        [.. ImportCollections.Get(collection).Fields.Select(field => field.Column)];

    /// <summary>Runs an import.</summary>
    /// <param name="request">What to import, and as what.</param>
    /// <param name="progress">Told now and then how far it is; from several threads.</param>
    /// <param name="cancellationToken">Until the change is committed; a cancelled import leaves nothing.</param>
    /// <returns>What became of it: a file that is at fault is a report, not an exception.</returns>
    /// <exception cref="ImportRequestException">The request makes no sense.</exception>
    /// <exception cref="Npgsql.NpgsqlException">The database is away, or refuses.</exception>
    public async Task<ImportReport> RunAsync(
        ImportRequest request, IProgress<ImportProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.Layer is not null)
        {
            return await new LayerImport(database, request, progress).RunAsync(cancellationToken);
        }

        var collection = ImportCollections.Get(request.Collection);
        request = ProfiledSource.Complete(request);
        if (request.Coverage is not null && !collection.IsLayers)
        {
            throw new ImportRequestException(
                "coverage",
                $"{collection.Name} have no coverage: it says where a layer of infrastructure or constraints is complete");
        }

        var report = new ReportBuilder(request, collection);
        try
        {
            return await RunAsync(request, collection, report, progress, cancellationToken);
        }
        catch (UnreadableFileException exception)
        {
            return report.Unreadable(exception.Fault);
        }
    }

    private async Task<ImportReport> RunAsync(
        ImportRequest request,
        ImportCollection collection,
        ReportBuilder report,
        IProgress<ImportProgress>? progress,
        CancellationToken cancellationToken)
    {
        await using var file = await ProfiledSource.OpenAsync(request, collection, cancellationToken);
        report.Open(file.Description);
        var sha256 = await request.File.Sha256Async(cancellationToken);
        var context = await ContextReader.ReadAsync(database.Source, cancellationToken);
        await using var intake = new RowIntake(database.Source, collection, request, context, report);
        await intake.RequireSystemAsync(cancellationToken);
        await using var staging = await StagingArea.CreateAsync(database.Source, collection, cancellationToken);
        await intake.ReadAsync(file, staging, progress, cancellationToken);

        progress?.Report(new ImportProgress(ImportStage.Comparing, report.RowsRead, null));
        await staging.Connection.ExecuteAsync($"ANALYZE {staging.Rows} (row_number, code)", cancellationToken);
        var columns = new WrittenColumns(collection, intake.Rows);
        var job = new ImportJob(database.Source, staging, collection, request, columns, report, sha256, progress);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await job.RunAsync(cancellationToken);
            }
            catch (StalePlanException) when (attempt < MostAttempts)
            {
                report.Forget();
                await job.HoldDatasetAsync(cancellationToken);
            }
        }
    }
}
