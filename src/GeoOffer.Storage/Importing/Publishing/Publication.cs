using GeoOffer.Storage.Importing.Fields;
using Npgsql;

namespace GeoOffer.Storage.Importing.Publishing;

/// <summary>Somebody else wrote rows of the import after it had looked at them.</summary>
internal sealed class StalePlanException : Exception
{
    public StalePlanException()
        : base("Rows that an import was about to write have changed since it compared them.")
    {
    }

    public StalePlanException(Exception cause)
        : base("A row that an import was about to insert has been inserted by somebody else.", cause)
    {
    }
}

/// <summary>Makes a planned import visible in one brief transaction and one change set.</summary>
internal sealed class Publication(
    StagingArea staging, ImportCollection collection, ImportRequest request, WrittenColumns columns, ImportPlan plan)
{
    private bool IsSites => collection.Role == CollectionRole.Sites;

    private string Table => $"geooffer.{collection.Table}";

    /// <summary>Publishes.</summary>
    /// <param name="dataset">Name of the dataset.</param>
    /// <param name="sha256">Of the file, in hexadecimal.</param>
    /// <param name="facts">Facts of sites; null for other collections.</param>
    /// <param name="coverage">Coverage of layers; null for other collections.</param>
    /// <param name="kinds">Kinds of the layers whose features or coverage change.</param>
    /// <param name="cancellationToken">Up to the commit.</param>
    /// <returns>The version of the data.</returns>
    /// <exception cref="StalePlanException">The plan must be made again.</exception>
    public async Task<long> PublishAsync(
        string dataset,
        string sha256,
        SiteFacts? facts,
        LayerCoverage? coverage,
        IReadOnlyList<string> kinds,
        CancellationToken cancellationToken)
    {
        var connection = staging.Connection;
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await connection.ExecuteAsync("SET LOCAL jit = off; SET LOCAL join_collapse_limit = 1", cancellationToken);
        var changeSetId = await connection.ScalarAsync<long>(
            "SELECT geooffer.begin_change_set($1, 'import', $2)",
            cancellationToken,
            request.Author,
            $"{request.File.Name} → {collection.Name} '{dataset}'");

        // An import that has had to plan again holds the dataset already: this lock comes before the other everywhere.
        await connection.ExecuteAsync(
            "SELECT pg_advisory_xact_lock(hashtextextended($1, 7702))", cancellationToken, DatasetRow.Lock(collection.Name, dataset));
        await connection.ExecuteAsync(
            $"SELECT pg_advisory_xact_lock{(IsSites ? "_shared" : "")}(7702, 1)", cancellationToken);
        await RequireCurrentPlanAsync(dataset, cancellationToken);

        var datasetId = await DatasetRow.WriteAsync(connection, request, dataset, sha256, changeSetId, cancellationToken);
        if (facts is not null)
        {
            await connection.ExecuteAsync("SET LOCAL geooffer.facts = 'by_caller'", cancellationToken);
            await WriteRowsAsync(datasetId, changeSetId, cancellationToken);
            await WriteFactsAsync(facts, changeSetId, cancellationToken);
        }
        else
        {
            var layerFacts = new LayerFacts(staging, collection, plan);
            await layerFacts.BeginAsync(datasetId, cancellationToken);
            await WriteRowsAsync(datasetId, changeSetId, cancellationToken);
            if (coverage is not null)
            {
                await coverage.WriteAsync(datasetId, cancellationToken);
            }

            await layerFacts.CompleteAsync(kinds, cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        return await connection.ScalarAsync<long>(
            "SELECT version FROM geooffer.change_set WHERE id = $1", CancellationToken.None, changeSetId);
    }

    private async Task RequireCurrentPlanAsync(string dataset, CancellationToken cancellationToken)
    {
        var current = await staging.Connection.ScalarAsync<long>(
            $"""
            SELECT count(*) FROM (
              SELECT t.code FROM {staging.Plan} AS p JOIN {Table} AS t ON t.code = p.code
              WHERE p.action IN ('changed', 'removed') AND t.change_set_id = p.seen_change_set_id FOR UPDATE OF t) AS seen
            """,
            cancellationToken);
        if (current != plan.Changed + plan.Removed
            || (plan.Gone is { } gone && await gone.AreMoreAsync(staging, collection.Name, dataset, cancellationToken)))
        {
            throw new StalePlanException();
        }
    }

    private async Task WriteRowsAsync(long datasetId, long changeSetId, CancellationToken cancellationToken)
    {
        var connection = staging.Connection;
        if (plan.Removed > 0)
        {
            var isGone = $"FROM {staging.Plan} AS p WHERE p.code = t.code AND p.action = 'removed'";
            await connection.ExecuteAsync(
                IsSites
                    ? $"UPDATE {Table} AS t SET lifecycle_state = 'withdrawn', is_public = false {isGone}"
                    : $"DELETE FROM {Table} AS t USING {isGone["FROM ".Length..]}",
                cancellationToken);
        }

        if (plan.Changed > 0)
        {
            await connection.ExecuteAsync(
                $"""
                UPDATE {Table} AS t SET {columns.Assignments}dataset_id = $1, change_set_id = $2
                FROM {staging.Plan} AS p JOIN {staging.Rows} AS s USING (row_number)
                WHERE p.action = 'changed' AND t.code = p.code
                """,
                cancellationToken, datasetId, changeSetId);
        }

        if (plan.New > 0)
        {
            try
            {
                // Neighbours on the same pages: every later search in space reads fewer.
                await connection.ExecuteAsync(
                    $"""
                    INSERT INTO {Table} ({columns.InsertedColumns}, dataset_id, change_set_id)
                    SELECT {columns.InsertedValues}, $1, $2
                    FROM {staging.Plan} AS p JOIN {staging.Rows} AS s USING (row_number)
                    WHERE p.action = 'new' ORDER BY s.geom, s.row_number
                    """,
                    cancellationToken, datasetId, changeSetId);
            }
            catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.UniqueViolation)
            {
                throw new StalePlanException(exception);
            }
        }
    }

    private async Task WriteFactsAsync(SiteFacts facts, long changeSetId, CancellationToken cancellationToken)
    {
        var connection = staging.Connection;
        var moved = $"{staging.Plan} AS p JOIN {staging.Facts} AS n USING (row_number) JOIN geooffer.site AS t ON t.code = p.code";
        await connection.ExecuteAsync(
            $"""
            INSERT INTO geooffer.site_fact (site_id, code, kind, functions, is_public, is_placed, gross_area_declared_ha, useful_area_ha,
              for_sale_area_ha, stated_municipality_code, change_set_id, {facts.Columns})
            SELECT t.id, t.code, t.kind, t.functions, t.is_public, t.geom IS NOT NULL, t.gross_area_declared_ha, t.useful_area_ha,
              t.for_sale_area_ha, t.municipality_code, $1, {facts.ColumnsOf("n")}
            FROM {moved} WHERE p.action = 'new' ORDER BY t.id
            """,
            cancellationToken, changeSetId);
        await connection.ExecuteAsync(
            $"""
            UPDATE geooffer.site_fact AS f SET ({facts.Columns}, change_set_id) = ROW({facts.ColumnsOf("n")}, $1::bigint)
            FROM {moved}
            WHERE p.action = 'changed' AND f.site_id = t.id AND ROW({facts.ColumnsOf("f")}) IS DISTINCT FROM ROW({facts.ColumnsOf("n")})
            """,
            cancellationToken, changeSetId);
        if (!await facts.AreCurrentAsync(cancellationToken))
        {
            await connection.ExecuteAsync(
                $"""
                SELECT geooffer.refresh_facts(array_agg(t.id))
                FROM {staging.Plan} AS p JOIN geooffer.site AS t ON t.code = p.code WHERE p.moved HAVING count(*) > 0
                """,
                cancellationToken);
        }
    }
}
