using GeoOffer.Storage.Importing.Fields;

namespace GeoOffer.Storage.Importing.Publishing;

/// <summary>Where the layers of a dataset are complete: one area for each kind that the file has.</summary>
internal sealed class LayerCoverage(
    StagingArea staging, ImportCollection collection, ImportCoverage? requested, IReadOnlyList<string> kinds)
{
    private readonly HashSet<string> _kept = [];

    private bool IsConstraint => collection.Role == CollectionRole.ConstraintLayers;

    private ImportCoverage Effective => requested ?? (IsConstraint ? ImportCoverage.Features : ImportCoverage.Region);

    /// <summary>Kinds that keep a coverage that was declared before, because this import declares none.</summary>
    public IReadOnlyCollection<string> Kept => _kept;

    /// <summary>Whether coverage follows from the features of the file.</summary>
    public bool IsOfFeatures => Effective is ImportCoverage.OfFeatures;

    /// <summary>Finds which kinds keep what they have; asked before the features change.</summary>
    public async Task ReadAsync(long? datasetId, CancellationToken cancellationToken)
    {
        if (requested is not null || datasetId is null)
        {
            return;
        }

        // A coverage that is just the features so far was never declared: it follows them.
        var declared = await staging.Connection.ScalarAsync<string[]>(
            $"""
            SELECT array_agg(c.layer) FROM geooffer.dataset_coverage AS c
            WHERE c.dataset_id = $1 AND c.layer = ANY ($2)
              AND ({(IsConstraint ? "false" : "true")} OR NOT coalesce(ST_Equals(c.coverage, ({FeaturesSql("c.layer")})), false))
            """,
            cancellationToken, datasetId, kinds.ToArray());
        _kept.UnionWith(declared ?? []);
    }

    /// <summary>Whether writing would change anything while the features stay as they are.</summary>
    public async Task<bool> DiffersAsync(long datasetId, CancellationToken cancellationToken)
    {
        foreach (var kind in kinds.Where(kind => !_kept.Contains(kind)))
        {
            var (sql, area) = Wanted();
            var differs = await staging.Connection.ScalarAsync<bool>(
                $"""
                SELECT CASE WHEN wanted IS NULL OR had IS NULL THEN (wanted IS NULL) <> (had IS NULL) ELSE NOT ST_Equals(wanted, had) END
                FROM (SELECT ({sql}) AS wanted, (SELECT coverage FROM geooffer.dataset_coverage WHERE dataset_id = $1 AND layer = $2) AS had
                  WHERE $3::geometry IS NULL OR true) AS c
                """,
                cancellationToken, datasetId, kind, area);
            if (differs)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Writes the areas.</summary>
    public async Task WriteAsync(long datasetId, CancellationToken cancellationToken)
    {
        foreach (var kind in kinds.Where(kind => !_kept.Contains(kind)))
        {
            var (sql, area) = Wanted();
            await staging.Connection.ExecuteAsync(
                $"""
                WITH wanted AS MATERIALIZED (SELECT ({sql}) AS coverage WHERE $3::geometry IS NULL OR true),
                gone AS (
                  DELETE FROM geooffer.dataset_coverage
                  WHERE dataset_id = $1 AND layer = $2 AND (SELECT coverage FROM wanted) IS NULL)
                INSERT INTO geooffer.dataset_coverage (dataset_id, layer, coverage)
                SELECT $1, $2, coverage FROM wanted WHERE coverage IS NOT NULL
                ON CONFLICT (dataset_id, layer) DO UPDATE SET coverage = excluded.coverage
                WHERE NOT ST_Equals(dataset_coverage.coverage, excluded.coverage)
                """,
                cancellationToken, datasetId, kind, area);
        }

        await staging.Connection.ExecuteAsync(
            $"""
            DELETE FROM geooffer.dataset_coverage AS c
            WHERE c.dataset_id = $1
              AND NOT EXISTS (SELECT FROM geooffer.{collection.Table} AS t WHERE t.dataset_id = $1 AND t.kind = c.layer)
            """,
            cancellationToken, datasetId);
    }

    private string FeaturesSql(string layer) =>
        $"""
        SELECT ST_Multi(ST_CollectionExtract(ST_Union(t.geom), 3)) FROM geooffer.{collection.Table} AS t
        WHERE t.dataset_id = $1 AND t.kind = {layer} AND ST_Dimension(t.geom) = 2
        """;

    private (string Sql, NetTopologySuite.Geometries.Geometry? Area) Wanted() => Effective switch
    {
        ImportCoverage.OfRegion => ("SELECT ST_Multi(extent) FROM geooffer.region", null),
        ImportCoverage.OfFeatures => (FeaturesSql("$2"), null),
        ImportCoverage.Area area => ("SELECT ST_Multi($3::geometry)", area.Geometry),
        _ => ("SELECT NULL::geometry", null),
    };
}
