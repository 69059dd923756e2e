using GeoOffer.Storage.Importing.Fields;
using GeoOffer.Storage.Importing.Publishing;
using Npgsql;

namespace GeoOffer.Storage.Importing;

/// <summary>From staged rows to published data; it can be run again when others have written in between.</summary>
internal sealed class ImportJob(
    NpgsqlDataSource source,
    StagingArea staging,
    ImportCollection collection,
    ImportRequest request,
    WrittenColumns columns,
    ReportBuilder report,
    string sha256,
    IProgress<ImportProgress>? progress)
{
    private const int ManyRows = 10_000;

    /// <summary>Keeps other imports of the dataset from publishing until this one has ended.</summary>
    public Task HoldDatasetAsync(CancellationToken cancellationToken) => staging.Connection.ExecuteAsync(
        "SELECT pg_advisory_lock(hashtextextended($1, 7702))", cancellationToken, DatasetRow.Lock(collection.Name, report.Dataset));

    /// <summary>Compares, and publishes what differs.</summary>
    /// <exception cref="StalePlanException">Others wrote the same rows meanwhile.</exception>
    public async Task<ImportReport> RunAsync(CancellationToken cancellationToken)
    {
        var connection = staging.Connection;
        var dataset = await DatasetRow.FindAsync(connection, request, report.Dataset, cancellationToken);
        var plan = await CheckAsync(dataset, cancellationToken);
        if (report.IsRefused)
        {
            return report.Build(plan);
        }

        await NoticeAsync(dataset, cancellationToken);
        var coverage = await CoverageAsync(dataset, cancellationToken);
        if (request.DryRun)
        {
            return report.Build(plan);
        }

        var isSame = !plan.ChangesRows
            && !dataset.Differs
            && (coverage is null || !await coverage.DiffersAsync(dataset.Id!.Value, cancellationToken));
        if (isSame)
        {
            return report.Build(plan, isStored: true);
        }

        SiteFacts? facts = null;
        if (collection.Role == CollectionRole.Sites)
        {
            facts = new SiteFacts(source, staging, columns);
            await facts.ComputeAsync(progress, cancellationToken);
        }

        progress?.Report(new ImportProgress(ImportStage.Publishing, report.RowsRead, null));
        var publication = new Publication(staging, collection, request, columns, plan);
        var kinds = await KindsAsync(cancellationToken);
        var version = await publication.PublishAsync(report.Dataset, sha256, facts, coverage, kinds, cancellationToken);
        if (plan.New + plan.Changed + plan.Removed > ManyRows)
        {
            await VacuumAsync(cancellationToken);
        }

        return report.Build(plan, isStored: true, version);
    }

    /// <summary>Plans and checks; where rejected rows are accepted, again without those that the check has found.</summary>
    private async Task<ImportPlan> CheckAsync(DatasetRow dataset, CancellationToken cancellationToken)
    {
        while (true)
        {
            var plan = await PlanAsync(dataset, cancellationToken);
            List<RowProblem> rejections = [], warnings = [];
            await new SetChecks(staging, collection).RunAsync(report.Dataset, rejections, warnings, cancellationToken);
            if (rejections.Count == 0 || !request.AcceptRejects)
            {
                report.Add(rejections, warnings);
                return plan;
            }

            report.Add(rejections, []);
            report.Settle();
            await staging.RemoveRowsAsync(rejections, cancellationToken);
        }
    }

    private async Task<ImportPlan> PlanAsync(DatasetRow dataset, CancellationToken cancellationToken)
    {
        // Any row that would be removed may be one that is in the file, rejected and nameless.
        var mode = report.HasNamelessRejections ? ImportMode.Upsert : request.Mode;
        return await ImportPlan.MakeAsync(staging, collection, columns, dataset.Id, mode, report.RejectedCodes, cancellationToken);
    }

    private async Task NoticeAsync(DatasetRow dataset, CancellationToken cancellationToken)
    {
        if (dataset.Id is null && request.Source is null)
        {
            report.Notice($"no source was stated: the dataset '{report.Dataset}' has the name of the file for one; state it with --source");
        }

        if (request.Mode == ImportMode.Replace && report.HasNamelessRejections)
        {
            report.Notice("nothing was removed: a rejected row bears no code that can be read, and may be any of those that seem to be gone");
        }

        if (collection.Role == CollectionRole.Sites)
        {
            var withdrawn = await staging.Connection.ScalarAsync<long>(
                $"""
                SELECT count(*) FROM {staging.Plan} AS p JOIN geooffer.site AS t ON t.code = p.code
                WHERE p.row_number IS NOT NULL AND t.lifecycle_state = 'withdrawn'
                """,
                cancellationToken);
            if (withdrawn > 0 && !columns.IsUpdated("lifecycle_state"))
            {
                report.Notice($"{withdrawn} sites of the file are withdrawn, and stay so: state lifecycle_state to bring them back");
            }
        }
    }

    private async Task<LayerCoverage?> CoverageAsync(DatasetRow dataset, CancellationToken cancellationToken)
    {
        if (!collection.IsLayers)
        {
            return null;
        }

        var kinds = await staging.Connection.ScalarAsync<string[]>(
            $"SELECT array_agg(DISTINCT kind ORDER BY kind) FROM {staging.Rows}", cancellationToken) ?? [];
        var coverage = new LayerCoverage(staging, collection, request.Coverage, kinds);
        await coverage.ReadAsync(dataset.Id, cancellationToken);
        foreach (var kind in kinds.Where(kind => coverage.IsOfFeatures && !coverage.Kept.Contains(kind)))
        {
            report.Notice(
                $"{kind} is known only inside the features of this file: elsewhere a site's overlap stays unknown. "
                + "If the file is complete, declare --coverage region (or bbox:w,s,e,n, or a polygon file)");
        }

        foreach (var kind in coverage.Kept)
        {
            report.Notice($"{kind} keeps the coverage that was declared before: state --coverage to change it");
        }

        return coverage;
    }

    private async Task<string[]> KindsAsync(CancellationToken cancellationToken) => !collection.IsLayers
        ? []
        : await staging.Connection.ScalarAsync<string[]>(
            $"""
            SELECT array_agg(DISTINCT kind ORDER BY kind)
            FROM (SELECT kind FROM {staging.Rows}
              UNION ALL SELECT t.kind FROM {staging.Plan} AS p JOIN geooffer.{collection.Table} AS t ON t.code = p.code
              WHERE p.action IN ('changed', 'removed')) AS k
            """,
            cancellationToken) ?? [];

    private async Task VacuumAsync(CancellationToken cancellationToken)
    {
        var tables = collection.Role switch
        {
            CollectionRole.Sites => new[] { collection.Table, "site_fact" },
            CollectionRole.ProximityLayers => [collection.Table, "infrastructure_piece", "site_fact"],
            CollectionRole.ConstraintLayers => [collection.Table, "constraint_piece", "site_fact"],
            _ => [collection.Table, "site_fact"],
        };
        await staging.Connection.ExecuteAsync(
            $"VACUUM (ANALYZE) {string.Join(", ", tables.Select(table => $"geooffer.{table}"))}", cancellationToken);
    }
}
