using GeoOffer.Storage.Importing.Fields;

namespace GeoOffer.Storage.Importing.Publishing;

/// <summary>
/// Brings the facts of sites after a change of layers or areas. A few rows are left to the triggers, which look at the sites concerned;
/// for many, or where coverage begins, facts are computed once after all is written.
/// </summary>
internal sealed class LayerFacts(StagingArea staging, ImportCollection collection, ImportPlan plan)
{
    private const int FewRows = 200;

    private bool _byCaller;

    private bool IsConstraint => collection.Role == CollectionRole.ConstraintLayers;

    /// <summary>Before anything is written: who computes facts, and what was there before.</summary>
    public async Task BeginAsync(long datasetId, CancellationToken cancellationToken)
    {
        if (collection.Role == CollectionRole.Register)
        {
            return;
        }

        _byCaller = IsConstraint
            || plan.Moved > FewRows
            || (collection.IsLayers && await BeginsCoverageAsync(datasetId, cancellationToken));
        if (!_byCaller)
        {
            return;
        }

        await staging.Connection.ExecuteAsync("SET LOCAL geooffer.facts = 'by_caller'", cancellationToken);
        if (IsConstraint)
        {
            await staging.Connection.ExecuteAsync(
                $"""
                CREATE TEMPORARY TABLE import_coverage_before ON COMMIT DROP AS SELECT name, coverage FROM geooffer.fact_layer;
                CREATE TEMPORARY TABLE import_touched ON COMMIT DROP AS
                SELECT ST_Envelope(t.geom) AS box
                FROM {staging.Plan} AS p JOIN geooffer.{collection.Table} AS t ON t.code = p.code WHERE p.moved
                UNION ALL
                SELECT ST_Envelope(s.geom) FROM {staging.Plan} AS p JOIN {staging.Rows} AS s USING (row_number) WHERE p.moved;
                """,
                cancellationToken);
        }
    }

    /// <summary>After everything is written.</summary>
    public async Task CompleteAsync(IReadOnlyList<string> kinds, CancellationToken cancellationToken)
    {
        if (!_byCaller)
        {
            return;
        }

        if (IsConstraint)
        {
            await RefreshConstrainedAsync(cancellationToken);
        }
        else
        {
            var parts = collection.IsLayers ? kinds.ToArray() : ["container"];
            await staging.Connection.ExecuteAsync("SELECT geooffer.refresh_facts(NULL, $1)", cancellationToken, [parts]);
        }
    }

    private async Task<bool> BeginsCoverageAsync(long datasetId, CancellationToken cancellationToken) =>
        await staging.Connection.ScalarAsync<bool>(
        $"""
        SELECT EXISTS (
          SELECT DISTINCT kind FROM {staging.Rows} AS s
          WHERE NOT EXISTS (SELECT FROM geooffer.dataset_coverage AS c WHERE c.dataset_id = $1 AND c.layer = s.kind))
        """,
        cancellationToken, datasetId);

    /// <summary>An overlap depends on nothing but the features that touch the site, and on whether the site is covered.</summary>
    private async Task RefreshConstrainedAsync(CancellationToken cancellationToken) => await staging.Connection.ExecuteAsync(
        """
        SELECT geooffer.refresh_facts(affected.sites, ARRAY['constraint'])
        FROM (
          SELECT array_agg(id) AS sites FROM (
            SELECT t.id FROM import_touched AS c JOIN geooffer.site AS t ON t.geom && c.box
            UNION
            SELECT t.id
            FROM import_coverage_before AS b JOIN geooffer.fact_layer AS a USING (name)
            JOIN geooffer.site AS t ON t.geom && a.coverage OR t.geom && b.coverage
            WHERE a.coverage::bytea IS DISTINCT FROM b.coverage::bytea
              AND coalesce(ST_Covers(a.coverage, t.geom), false) <> coalesce(ST_Covers(b.coverage, t.geom), false)) AS s) AS affected
        WHERE affected.sites IS NOT NULL
        """,
        cancellationToken);
}
