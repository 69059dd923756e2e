using Npgsql;

namespace GeoOffer.Storage.Importing.Publishing;

/// <summary>Computes the facts of staged sites on several connections at once, before anybody sees the sites.</summary>
internal sealed class SiteFacts(NpgsqlDataSource source, StagingArea staging, WrittenColumns columns)
{
    // Every layer and every area that facts were computed from, each with the change set that it last changed in.
    private const string BasisSql = """
        SELECT md5(concat(
          (SELECT string_agg(name || ':' || revision, ',' ORDER BY name) FROM geooffer.fact_layer), '|',
          (SELECT string_agg(code || ':' || change_set_id, ',' ORDER BY code) FROM geooffer.municipality), '|',
          (SELECT string_agg(code || ':' || change_set_id, ',' ORDER BY code) FROM geooffer.province), '|',
          (SELECT string_agg(code || ':' || change_set_id, ',' ORDER BY code) FROM geooffer.pole), '|',
          (SELECT string_agg(code || ':' || change_set_id, ',' ORDER BY code) FROM geooffer.pilot_area)))
        """;

    private string? _basis;
    private string[] _names = [];

    /// <summary>Columns of facts, quoted.</summary>
    public string Columns => string.Join(", ", _names);

    /// <summary>The same out of a relation.</summary>
    public string ColumnsOf(string relation) => string.Join(", ", _names.Select(name => $"{relation}.{name}"));

    /// <summary>Computes the facts of all rows that are new, or lie elsewhere.</summary>
    public async Task ComputeAsync(IProgress<ImportProgress>? progress, CancellationToken cancellationToken)
    {
        var connection = staging.Connection;
        _basis = await connection.ScalarAsync<string>(BasisSql, cancellationToken);
        _names = await connection.ScalarAsync<string[]>(
            "SELECT array_agg(quote_ident(c) ORDER BY place) FROM unnest(geooffer.fact_columns()) WITH ORDINALITY AS f (c, place)",
            cancellationToken) ?? [];
        var count = await PrepareAsync(connection, cancellationToken);
        var statement = await connection.ScalarAsync<string>(
            "SELECT geooffer.facts_sql($1)", cancellationToken,
            $"(SELECT row_number AS site_id, geom, stated_municipality_code FROM {staging.FactSource} WHERE place BETWEEN $1 AND $2)");

        await FactBatches.RunAsync(
            source, $"INSERT INTO {staging.Facts} (row_number, {Columns}) {statement}", count, progress, cancellationToken);
    }

    /// <summary>Whether what the facts were computed from is still so; asked under the lock that site writers share.</summary>
    public async Task<bool> AreCurrentAsync(CancellationToken cancellationToken) =>
        await staging.Connection.ScalarAsync<string>(BasisSql, cancellationToken) == _basis;

    /// <summary>Neighbours go to one batch, so that it touches little of the layers.</summary>
    private async Task<long> PrepareAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await connection.ExecuteAsync(
            $"""
            DROP TABLE IF EXISTS {staging.FactSource}, {staging.Facts};
            CREATE UNLOGGED TABLE {staging.FactSource} AS
            SELECT row_number() OVER (ORDER BY geom) AS place, row_number, geom, stated_municipality_code
            FROM (
              SELECT p.row_number,
                {(columns.HasGeometry ? "s.geom" : "t.geom")} AS geom,
                {(columns.IsUpdated("municipality_code") ? "s.municipality_code" : "t.municipality_code")} AS stated_municipality_code
              FROM {staging.Plan} AS p JOIN {staging.Rows} AS s USING (row_number) LEFT JOIN geooffer.site AS t ON t.code = p.code
              WHERE p.moved AND p.action <> 'removed') AS moved;
            CREATE UNIQUE INDEX ON {staging.FactSource} (place);
            ANALYZE {staging.FactSource} (place);
            CREATE UNLOGGED TABLE {staging.Facts} AS SELECT NULL::bigint AS row_number, {Columns} FROM geooffer.site_fact WITH NO DATA;
            """,
            cancellationToken);
        return await connection.ScalarAsync<long>($"SELECT count(*) FROM {staging.FactSource}", cancellationToken);
    }
}
