using GeoOffer.Storage.Importing.Fields;
using GeoOffer.Storage.Importing.Publishing;
using GeoOffer.Storage.Importing.Reading;
using GeoOffer.Storage.Importing.Rows;

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
        var collection = ImportCollections.Get(request.Collection);
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
        report.Format = request.Format ?? await SniffAsync(request.File, cancellationToken);
        var context = await ContextReader.ReadAsync(database.Source, cancellationToken);
        using var rows = new RowReader(collection, request, context);
        await using var staging = await StagingArea.CreateAsync(database.Source, collection, cancellationToken);
        var sha256 = await ReadRowsAsync(request, collection, report, rows, staging, progress, cancellationToken);

        progress?.Report(new ImportProgress(ImportStage.Comparing, report.RowsRead, null));
        await staging.Connection.ExecuteAsync($"ANALYZE {staging.Rows} (row_number, code)", cancellationToken);
        var columns = new WrittenColumns(collection, rows);
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
            }
        }
    }

    private static async Task<SourceFormat> SniffAsync(ImportFile file, CancellationToken cancellationToken)
    {
        await using var stream = await OpenAsync(file, cancellationToken);
        return await FormatSniffer.SniffAsync(stream, file.Name, cancellationToken);
    }

    private static async Task<Stream> OpenAsync(ImportFile file, CancellationToken cancellationToken)
    {
        try
        {
            return await file.OpenAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            var reason = exception switch
            {
                FileNotFoundException or DirectoryNotFoundException => "there is no such file",
                UnauthorizedAccessException => "it may not be read, or is a folder",
                _ => MessageText.Shorten(exception.Message),
            };
            throw new UnreadableFileException(
                new FileFault(FileFaultCode.NotOpened, reason, "check the path and its permissions"), exception);
        }
    }

    private static async Task<string> ReadRowsAsync(
        ImportRequest request,
        ImportCollection collection,
        ReportBuilder report,
        RowReader rows,
        StagingArea staging,
        IProgress<ImportProgress>? progress,
        CancellationToken cancellationToken)
    {
        await using var stream = new MeasuredStream(await OpenAsync(request.File, cancellationToken));
        var reader = SourceReader.Of(report.Format!.Value);
        await using (var copier = await RowCopier.BeginAsync(staging, collection, cancellationToken))
        {
            await foreach (var source in reader.ReadAsync(stream, cancellationToken))
            {
                var row = rows.Read(source);
                report.Add(row);
                if (row.Rejections.Count == 0)
                {
                    await copier.WriteAsync(row, cancellationToken);
                }

                if (report.IsFull)
                {
                    break;
                }

                if (report.RowsRead % 500 == 0)
                {
                    var share = request.File.Length is > 0 and var length ? (double)stream.BytesRead / length : (double?)null;
                    progress?.Report(new ImportProgress(ImportStage.Reading, report.RowsRead, share));
                }
            }

            await copier.CompleteAsync(cancellationToken);
        }

        report.EndOfRows(rows, reader.DeclaredReferenceSystem);
        return stream.Sha256;
    }
}
