using GeoOffer.Storage.Importing;
using GeoOffer.Storage.Importing.Fields;
using GeoOffer.Storage.Importing.Publishing;
using Npgsql;

namespace GeoOffer.Storage.Layers;

/// <summary>From staged rows to a published layer; it can be run again when others have published in between.</summary>
internal sealed class LayerJob(
    NpgsqlDataSource source,
    StagingArea staging,
    ImportCollection collection,
    LayerSchema schema,
    ImportRequest request,
    LayerSettings settings,
    ReportBuilder report,
    string sha256,
    IProgress<ImportProgress>? progress)
{
    /// <summary>Compares, builds, measures and publishes.</summary>
    /// <exception cref="StalePlanException">Somebody else has published the layer meanwhile.</exception>
    public async Task<ImportReport> RunAsync(CancellationToken cancellationToken)
    {
        var connection = staging.Connection;
        var known = await LayerRow.FindAsync(connection, request.Collection, cancellationToken);
        var dataset = await DatasetRow.FindAsync(connection, request, report.Dataset, cancellationToken);
        await CheckAsync(cancellationToken);
        var table = new LayerTable(staging, schema, known);
        var plan = report.IsRefused ? new ImportPlan(0, 0, 0, 0, 0) : await table.CompareAsync(cancellationToken);
        if (report.IsRefused)
        {
            return report.Build(plan);
        }

        if (dataset.Id is null && request.Source is null)
        {
            report.Notice($"no source was stated: the layer has the name of the file for one; state it with --source");
        }

        if (settings.JoinedTo is null && !await staging.HasGeometriesAsync(cancellationToken))
        {
            report.Notice($"no row has a position, and the layer is on no map: name the columns that hold one, such as --map EAST=lon --map NORTH=lat");
        }

        var condition = LayerCondition.Read(settings, schema, request);
        if (request.DryRun)
        {
            return report.Build(plan);
        }

        var coverage = settings.Role == LayerRole.Context ? null : await LayerArea.ReadAsync(connection, request, settings, known, cancellationToken);
        var isSame = known is not null && !plan.ChangesRows && !dataset.Differs && IsAsBefore(known)
            && (coverage is null || !await coverage.DiffersAsync(connection, cancellationToken));
        if (isSame)
        {
            return report.Build(plan, isStored: true);
        }

        progress?.Report(new ImportProgress(ImportStage.Publishing, report.RowsRead, null));
        await table.BuildAsync(cancellationToken);
        LayerMeasures? measures = null;
        if (coverage is not null)
        {
            measures = new LayerMeasures(source, staging, request.Collection, settings, known, condition, coverage);
            await measures.PrepareAsync(progress, cancellationToken);
        }

        var publication = new LayerPublication(staging, schema.Remembering(known), request, settings, known, table, measures);
        var version = await publication.PublishAsync(report.Dataset, sha256, cancellationToken);
        return report.Build(plan, isStored: true, version);
    }

    private async Task CheckAsync(CancellationToken cancellationToken)
    {
        List<RowProblem> rejections = [], warnings = [];
        await new SetChecks(staging, collection).RunAsync(report.Dataset, rejections, warnings, cancellationToken);
        report.Add(rejections, warnings);
        if (request.AcceptRejects && rejections.Count > 0)
        {
            report.Settle();
            await staging.RemoveRowsAsync(rejections, cancellationToken);
        }

        if (settings.JoinedTo is not null)
        {
            List<RowProblem> unjoined = [];
            await new LayerJoin(staging, schema, settings).RunAsync(unjoined, report, cancellationToken);
            report.Add([], unjoined);
        }
    }

    private bool IsAsBefore(LayerRow known)
    {
        var remembered = schema.Remembering(known);
        return (known.Role, known.TitleIt, known.TitleEn, known.DescriptionIt, known.DescriptionEn, known.Severity, known.Condition, known.JoinedTo, known.CodeYear)
            == (settings.Role, settings.TitleIt, settings.TitleEn, settings.DescriptionIt, settings.DescriptionEn, settings.Severity, settings.Condition, settings.JoinedTo, settings.CodeYear)
            && (known.KeyColumn, known.LabelColumn) == (remembered.KeyColumn, remembered.LabelColumn)
            && known.Properties.SequenceEqual(remembered.Columns);
    }
}
