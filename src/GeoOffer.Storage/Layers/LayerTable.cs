using GeoOffer.Storage.Importing.Publishing;

namespace GeoOffer.Storage.Layers;

/// <summary>The table of one import of a layer: made in staging, compared with the one before, and never changed after.</summary>
internal sealed class LayerTable(StagingArea staging, LayerSchema schema, LayerRow? before)
{
    /// <summary>What follows the name of the table that rows are copied to.</summary>
    public static string Definition(LayerSchema schema) =>
        $"(row_number bigint, place text, code text{string.Concat(schema.Columns.Select(column => $", {Quote(column.Name)} {column.SqlType}"))}, geom geometry(Geometry, 4326))";

    public static string Quote(string name) => $"\"{name}\"";

    private string Columns => string.Concat(schema.Columns.Select(column => $", s.{Quote(column.Name)}"));

    private string Old => $"geooffer_layers.{Quote(before!.Table)}";

    /// <summary>Whether the columns are those of the table before.</summary>
    private bool IsOfSameForm => before is not null
        && before.Properties.Select(column => (column.Name, column.Type)).SequenceEqual(schema.Columns.Select(column => (column.Name, column.Type)));

    private string Same => IsOfSameForm
        ? $"ROW(o.geom::bytea{Of("o")}) IS NOT DISTINCT FROM ROW(s.geom::bytea{Of("s")})"
        : "false";

    /// <summary>Compares the rows with those of the table before.</summary>
    public async Task<ImportPlan> CompareAsync(CancellationToken cancellationToken)
    {
        await using var command = staging.Connection.Command(
            before is null
                ? $"SELECT count(*), 0::bigint, 0::bigint, 0::bigint FROM {staging.Rows}"
                : $"""
                  SELECT count(*) FILTER (WHERE o.code IS NULL), count(*) FILTER (WHERE s.code IS NOT NULL AND o.code IS NOT NULL AND NOT {Same}),
                    count(*) FILTER (WHERE s.code IS NOT NULL AND o.code IS NOT NULL AND {Same}), count(*) FILTER (WHERE s.code IS NULL)
                  FROM {staging.Rows} AS s FULL JOIN {Old} AS o ON o.code = s.code
                  """);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        var (come, changed, same, gone) = (reader.GetInt64(0), reader.GetInt64(1), reader.GetInt64(2), reader.GetInt64(3));
        return new ImportPlan(come, changed, same, gone, come + changed + gone);
    }

    /// <summary>
    /// Makes the table, neighbours on the same pages. A row that is as before keeps its change set; the others have none, which stands for
    /// that of the layer. A feature keeps its number.
    /// </summary>
    public async Task BuildAsync(CancellationToken cancellationToken)
    {
        var connection = staging.Connection;
        await connection.ExecuteAsync($"DROP TABLE IF EXISTS {staging.Layer}", cancellationToken);
        await connection.ExecuteAsync(
            $"""
            CREATE TABLE {staging.Layer} (
              id bigint NOT NULL, code text NOT NULL{string.Concat(schema.Columns.Select(column => $", {Quote(column.Name)} {column.SqlType}"))},
              geom geometry(Geometry, 4326), change_set_id bigint);
            """,
            cancellationToken);
        await connection.ExecuteAsync(
            before is null
                ? $"""
                  INSERT INTO {staging.Layer}
                  SELECT nextval('geooffer.layer_feature_id'), s.code{Columns}, s.geom, NULL FROM {staging.Rows} AS s ORDER BY s.geom, s.row_number
                  """
                : $"""
                  INSERT INTO {staging.Layer}
                  SELECT coalesce(o.id, nextval('geooffer.layer_feature_id')), s.code{Columns}, s.geom,
                    CASE WHEN {Same} THEN coalesce(o.change_set_id, {before.PublishedChangeSetId}) END
                  FROM {staging.Rows} AS s LEFT JOIN {Old} AS o ON o.code = s.code ORDER BY s.geom, s.row_number
                  """,
            cancellationToken);
        await connection.ExecuteAsync(
            $"""
            ALTER TABLE {staging.Layer} ADD PRIMARY KEY (code);
            CREATE UNIQUE INDEX ON {staging.Layer} (id);
            CREATE INDEX ON {staging.Layer} USING gist (geom);
            CREATE INDEX ON {staging.Layer} (code) WHERE geom IS NULL;
            """,
            cancellationToken);
        await connection.ExecuteAsync($"ANALYZE {staging.Layer}", cancellationToken);
    }

    /// <summary>What the features are together.</summary>
    public async Task<(long Count, string[] Types)> DescribeAsync(CancellationToken cancellationToken)
    {
        await using var command = staging.Connection.Command(
            $"""
            SELECT coalesce(sum(count), 0)::bigint, coalesce(array_agg(type ORDER BY type) FILTER (WHERE type IS NOT NULL), '{"{}"}')
            FROM (SELECT GeometryType(geom) AS type, count(*) AS count FROM {staging.Layer} GROUP BY 1) AS t
            """);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return (reader.GetInt64(0), reader.GetFieldValue<string[]>(1));
    }

    private string Of(string alias) => string.Concat(schema.Columns.Select(column => $", {alias}.{Quote(column.Name)}"));
}
