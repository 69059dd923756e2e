using GeoOffer.Storage.Importing.Fields;
using GeoOffer.Storage.Importing.Publishing;
using GeoOffer.Storage.Importing.Reading;
using GeoOffer.Storage.Importing.Systems;
using Npgsql;

namespace GeoOffer.Storage.Importing.Rows;

/// <summary>Reads the rows of a file for a collection, and copies those that nothing is wrong with to a staging table.</summary>
internal sealed class RowIntake : IAsyncDisposable
{
    private readonly ImportCollection _collection;
    private readonly ImportRequest _request;
    private readonly ReportBuilder _report;
    private readonly SystemGuess _guess;
    private readonly SystemChoice _systems;
    private readonly PositionTransformer _transformer;
    private readonly GeometryChecker _checker;

    /// <exception cref="ImportRequestException">A fixed value or a mapping of the request makes no sense.</exception>
    public RowIntake(
        NpgsqlDataSource source, ImportCollection collection, ImportRequest request, ImportContext context, ReportBuilder report)
    {
        (_collection, _request, _report) = (collection, request, report);
        var catalogue = new SystemCatalogue(source);
        _guess = new SystemGuess(catalogue, context);
        _transformer = new PositionTransformer(source);
        _systems = new SystemChoice(request, context, catalogue, _guess, _transformer, report);
        _checker = new GeometryChecker(collection, context, _guess, request.Repair, request.Profile?.Extent);
        Rows = new RowReader(collection, request, context, _checker);
    }

    /// <summary>What the rows were found to have.</summary>
    public RowReader Rows { get; }

    /// <summary>Looks up the reference system that the request states, before anything is read.</summary>
    /// <exception cref="ImportRequestException">The database does not know it, or it has no map coordinates.</exception>
    public Task RequireSystemAsync(CancellationToken cancellationToken) => _systems.RequireOptionAsync(cancellationToken);

    /// <summary>Reads all rows.</summary>
    /// <exception cref="UnreadableFileException">The file cannot be read on from some point, or its reference system is refused.</exception>
    public async Task ReadAsync(Source file, StagingArea staging, IProgress<ImportProgress>? progress, CancellationToken cancellationToken)
    {
        await using (var copier = await RowCopier.BeginAsync(staging, _collection, cancellationToken))
        {
            var pipeline = new RowPipeline(Rows, _checker, _request, _systems, _guess, _transformer, _report, copier);
            try
            {
                await ReadAsync(file, pipeline, progress, cancellationToken);
            }
            catch (UnreadableFileException)
            {
                await pipeline.TellAsync(file.Description, cancellationToken);
                throw;
            }

            await copier.CompleteAsync(cancellationToken);
        }

        _report.Close(file.Description);
        _report.EndOfRows(Rows);
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        Rows.Dispose();
        await _transformer.DisposeAsync();
    }

    private async Task ReadAsync(
        Source file, RowPipeline pipeline, IProgress<ImportProgress>? progress, CancellationToken cancellationToken)
    {
        var count = 0L;
        await foreach (var source in file.ReadAsync(cancellationToken))
        {
            await pipeline.AddAsync(source, file.Description, cancellationToken);
            if (_report.IsFull)
            {
                break;
            }

            if (++count % 500 == 0)
            {
                progress?.Report(new ImportProgress(ImportStage.Reading, count, file.ShareRead));
            }
        }

        await pipeline.CompleteAsync(file.Description, cancellationToken);
    }
}
