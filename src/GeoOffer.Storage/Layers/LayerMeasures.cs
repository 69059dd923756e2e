using GeoOffer.Storage.Importing;
using GeoOffer.Storage.Importing.Publishing;
using GeoOffer.Storage.Reading;
using Npgsql;

namespace GeoOffer.Storage.Layers;

/// <summary>Measures sites against a layer that is not published yet, on several connections at once, and makes the facts theirs at its publication.</summary>
internal sealed class LayerMeasures(
    NpgsqlDataSource source,
    StagingArea staging,
    string name,
    LayerSettings settings,
    LayerRow? known,
    LayerCondition? condition,
    LayerArea area)
{
    private const int MostAttempts = 30;

    // An overlap depends on the layer alone; the net area on all constraints that exclude building.
    private const string BasisSql =
        "SELECT md5(string_agg(name || ':' || revision, ',' ORDER BY name)) FROM geooffer.fact_layer WHERE role = 'constraint' AND name <> $1";

    private string? _basis;
    private string[] _columns = [];

    /// <summary>What the area of coverage follows, as it is remembered.</summary>
    public string CoverageBasis => area.Remembered;

    private string Role => settings.Role == LayerRole.Proximity ? "proximity" : "constraint";

    private string[] Parts => settings.Severity == "excludes" || known?.Severity == "excludes" ? ["constraint"] : [name];

    /// <summary>Cuts the features into pieces, and computes the facts of all sites.</summary>
    public async Task PrepareAsync(IProgress<ImportProgress>? progress, CancellationToken cancellationToken)
    {
        var connection = staging.Connection;
        await CutAsync(cancellationToken);
        await MakeRoomAsync(cancellationToken);
        _basis = await connection.ScalarAsync<string>(BasisSql, cancellationToken, name);
        await RegisterInStagingAsync(cancellationToken);
        _columns = await connection.ScalarAsync<string[]>(
            "SELECT array_agg(quote_ident(c) ORDER BY place) FROM unnest(geooffer.fact_columns($1, $2)) WITH ORDINALITY AS f (c, place)",
            cancellationToken, Parts, staging.Registry) ?? [];
        await connection.ExecuteAsync(
            $"""
            DROP TABLE IF EXISTS {staging.FactSource}, {staging.Facts};
            CREATE UNLOGGED TABLE {staging.FactSource} AS
            SELECT row_number() OVER (ORDER BY geom) AS place, id AS site_id, geom, municipality_code AS stated_municipality_code, change_set_id
            FROM geooffer.site;
            CREATE UNIQUE INDEX ON {staging.FactSource} (place);
            CREATE UNLOGGED TABLE {staging.Facts} AS SELECT NULL::bigint AS site_id, {string.Join(", ", _columns)} FROM geooffer.site_fact WITH NO DATA;
            """,
            cancellationToken);
        await connection.ExecuteAsync($"ANALYZE {staging.FactSource} (place)", cancellationToken);
        var count = await connection.ScalarAsync<long>($"SELECT count(*) FROM {staging.FactSource}", cancellationToken);
        var statement = await connection.ScalarAsync<string>(
            "SELECT geooffer.facts_sql($1, $2, $3)", cancellationToken,
            $"(SELECT site_id, geom, stated_municipality_code FROM {staging.FactSource} WHERE place BETWEEN $1 AND $2)", Parts, staging.Registry);
        await FactBatches.RunAsync(
            source, $"INSERT INTO {staging.Facts} (site_id, {string.Join(", ", _columns)}) {statement}", count, progress, cancellationToken);
        await connection.ExecuteAsync($"CREATE UNIQUE INDEX ON {staging.Facts} (site_id)", cancellationToken);
        await connection.ExecuteAsync($"ANALYZE {staging.Facts}", cancellationToken);
    }

    /// <summary>Registers the criterion in the open transaction, which holds the lock of layer publishers, and writes the facts that differ.</summary>
    public async Task PublishAsync(long layerId, long datasetId, long changeSetId, string pieces, CancellationToken cancellationToken)
    {
        var connection = staging.Connection;
        await connection.ExecuteAsync("SET LOCAL geooffer.facts = 'by_caller'; SET LOCAL jit = off; SET LOCAL join_collapse_limit = 1", cancellationToken);
        await connection.ExecuteAsync(
            $"""
            INSERT INTO geooffer.fact_layer (name, role, ordinal, title_it, title_en, collection, default_severity, piece_table, coverage, revision, layer_id, condition)
            SELECT name, role, ordinal, title_it, title_en, collection, default_severity, $2, coverage, $3, $4, condition
            FROM {staging.Registry} WHERE name = $1
            ON CONFLICT (name) DO UPDATE SET role = excluded.role, title_it = excluded.title_it, title_en = excluded.title_en,
              default_severity = excluded.default_severity, piece_table = excluded.piece_table, coverage = excluded.coverage,
              revision = excluded.revision, layer_id = excluded.layer_id, condition = excluded.condition
            """,
            cancellationToken, name, pieces, changeSetId, layerId);
        await connection.ExecuteAsync("DELETE FROM geooffer.dataset_coverage WHERE layer = $1", cancellationToken, name);
        await connection.ExecuteAsync(
            $"""
            INSERT INTO geooffer.dataset_coverage (dataset_id, layer, coverage)
            SELECT $2, name, coverage FROM {staging.Registry} WHERE name = $1 AND coverage IS NOT NULL
            """,
            cancellationToken, name, datasetId);

        // The coverage that facts were computed with, to the byte.
        await connection.ExecuteAsync(
            $"UPDATE geooffer.fact_layer AS l SET coverage = r.coverage FROM {staging.Registry} AS r WHERE l.name = $1 AND r.name = $1", cancellationToken, name);
        var isCurrent = Parts is not ["constraint"] || await connection.ScalarAsync<string>(BasisSql, cancellationToken, name) == _basis;
        if (!isCurrent)
        {
            await connection.ExecuteAsync("SELECT geooffer.refresh_facts(NULL, $1)", cancellationToken, [Parts]);
            return;
        }

        string Of(string alias) => string.Join(", ", _columns.Select(column => $"{alias}.{column}"));
        await connection.ExecuteAsync(
            $"""
            UPDATE geooffer.site_fact AS f SET ({string.Join(", ", _columns)}, change_set_id) = ROW({Of("n")}, $1::bigint)
            FROM {staging.Facts} AS n
            JOIN {staging.FactSource} AS o ON o.site_id = n.site_id
            JOIN geooffer.site AS t ON t.id = n.site_id AND t.change_set_id = o.change_set_id
            WHERE f.site_id = n.site_id AND ROW({Of("f")}) IS DISTINCT FROM ROW({Of("n")})
            """,
            cancellationToken, changeSetId);

        // Sites that were written while the others were measured.
        await connection.ExecuteAsync(
            $"""
            SELECT geooffer.refresh_facts(array_agg(t.id), $1)
            FROM geooffer.site AS t
            WHERE NOT EXISTS (SELECT FROM {staging.FactSource} AS o WHERE o.site_id = t.id AND o.change_set_id = t.change_set_id)
            HAVING count(*) > 0
            """,
            cancellationToken, [Parts]);
    }

    private async Task CutAsync(CancellationToken cancellationToken)
    {
        var connection = staging.Connection;
        await connection.ExecuteAsync($"DROP TABLE IF EXISTS {staging.Pieces}", cancellationToken);
        var isProximity = settings.Role == LayerRole.Proximity;
        await connection.ExecuteAsync(
            $"CREATE TABLE {staging.Pieces} (feature_id bigint NOT NULL, {(isProximity ? "" : "kind text NOT NULL, excludes boolean NOT NULL, ")}geom geometry NOT NULL)",
            cancellationToken);
        var sql = LayerPieces.Insert(staging.Pieces, staging.Layer, name, settings.Role, settings.Severity, condition);
        await using (var command = sql.Build().ToCommand(connection))
        {
            command.CommandTimeout = 0;
            await command.ExecuteNonQueryAsync(cancellationToken);
        }

        await connection.ExecuteAsync(
            $"CREATE INDEX ON {staging.Pieces} USING gist (geom); CREATE INDEX ON {staging.Pieces} (feature_id)", cancellationToken);
        await connection.ExecuteAsync($"ANALYZE {staging.Pieces}", cancellationToken);
    }

    private async Task RegisterInStagingAsync(CancellationToken cancellationToken)
    {
        var connection = staging.Connection;
        var features = $"(SELECT t.geom FROM {staging.Layer} AS t WHERE EXISTS (SELECT FROM {staging.Pieces} AS p WHERE p.feature_id = t.id)) AS f";
        await connection.ExecuteAsync(
            $"DROP TABLE IF EXISTS {staging.Registry}; CREATE UNLOGGED TABLE {staging.Registry} AS SELECT * FROM geooffer.fact_layer WHERE name <> '{name}'",
            cancellationToken);
        await connection.ExecuteAsync(
            $"""
            INSERT INTO {staging.Registry} (name, role, ordinal, title_it, title_en, collection, default_severity, piece_table, coverage, revision, condition)
            SELECT '{name}', '{Role}',
              coalesce((SELECT ordinal FROM geooffer.fact_layer WHERE name = '{name}'), (SELECT greatest(1000, max(ordinal)) + 1 FROM geooffer.fact_layer)),
              $2, $3, '{name}', $4, '{staging.Pieces}', ({await area.SqlAsync(connection, features, cancellationToken)}), 0, $5
            """,
            cancellationToken, area.Declared, settings.TitleIt, settings.TitleEn, settings.Severity, settings.Condition);
    }

    /// <summary>Readers of sites are never kept waiting behind a statement that itself waits.</summary>
    private async Task MakeRoomAsync(CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await using var transaction = await staging.Connection.BeginTransactionAsync(cancellationToken);
                await staging.Connection.ExecuteAsync("SET LOCAL lock_timeout = '500ms'", cancellationToken);
                await staging.Connection.ExecuteAsync("SELECT geooffer.make_room_for_facts($1, $2)", cancellationToken, name, Role);
                await transaction.CommitAsync(cancellationToken);
                return;
            }
            catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.LockNotAvailable && attempt < MostAttempts)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(100 * attempt), cancellationToken);
            }
        }
    }
}
