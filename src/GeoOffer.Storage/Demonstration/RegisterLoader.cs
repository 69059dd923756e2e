using GeoOffer.Storage.Model;
using Npgsql;

namespace GeoOffer.Storage.Demonstration;

/// <summary>
/// Brings the demonstration's rows of one register to what they should be, and writes nothing where they are so already: even a statement
/// that touches no row would keep other writers waiting.
/// </summary>
internal abstract class RegisterLoader(string collection)
{
    /// <summary>The id of the collection.</summary>
    public string Collection { get; } = collection;

    /// <summary>Adds and changes rows.</summary>
    public abstract Task<DemonstrationCount> WriteAsync(
        NpgsqlConnection connection, GeoOfferContext context, long datasetId, CancellationToken cancellationToken);

    /// <summary>Removes rows of an earlier loading that are no longer there; comes after <see cref="WriteAsync"/>.</summary>
    public abstract Task<long> RemoveAsync(
        NpgsqlConnection connection, GeoOfferContext context, long datasetId, CancellationToken cancellationToken);
}

/// <inheritdoc />
/// <typeparam name="TRow">A row; it has a code that is its public identifier.</typeparam>
internal sealed class RegisterLoader<TRow>(string collection, IReadOnlyCollection<TRow> rows) : RegisterLoader(collection)
    where TRow : class
{
    /// <inheritdoc />
    public override async Task<DemonstrationCount> WriteAsync(
        NpgsqlConnection connection, GeoOfferContext context, long datasetId, CancellationToken cancellationToken)
    {
        var table = RegisterTable.Of<TRow>(context);
        await StageAsync(connection, table, cancellationToken);
        var count = await CompareAsync(connection, table, datasetId, cancellationToken);
        if (count.Added > 0)
        {
            await ExecuteAsync(
                $"""
                INSERT INTO {table.Name} ({table.List()}, dataset_id)
                SELECT {table.List("s.")}, $1 FROM {table.StageName} AS s
                WHERE NOT EXISTS (SELECT FROM {table.Name} AS t WHERE t.code = s.code) ORDER BY s.code
                """);
        }

        if (count.Changed > 0)
        {
            await ExecuteAsync(
                $"""
                UPDATE {table.Name} AS t SET ({table.List()}) = ROW({table.List("s.")}) FROM {table.StageName} AS s
                WHERE t.code = s.code AND t.dataset_id = $1 AND ({table.List("t.")}) IS DISTINCT FROM ({table.List("s.")})
                """);
        }

        return count;

        Task ExecuteAsync(string sql) => RegisterLoader<TRow>.ExecuteAsync(connection, sql, datasetId, cancellationToken);
    }

    /// <inheritdoc />
    public override async Task<long> RemoveAsync(
        NpgsqlConnection connection, GeoOfferContext context, long datasetId, CancellationToken cancellationToken)
    {
        var table = RegisterTable.Of<TRow>(context);
        var gone =
            $"""
            FROM {table.Name} AS t
            WHERE t.dataset_id = $1 AND NOT EXISTS (SELECT FROM {table.StageName} AS s WHERE s.code = t.code)
            """;
        await using var select = new NpgsqlCommand($"SELECT count(*) {gone}", connection) { Parameters = { new() { Value = datasetId } } };
        var removed = (long)(await select.ExecuteScalarAsync(cancellationToken))!;
        if (removed > 0)
        {
            await ExecuteAsync(connection, $"DELETE {gone}", datasetId, cancellationToken);
        }

        return removed;
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, long datasetId, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection) { Parameters = { new() { Value = datasetId } }, CommandTimeout = 300 };
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private async Task StageAsync(NpgsqlConnection connection, RegisterTable table, CancellationToken cancellationToken)
    {
        await using (var create = new NpgsqlCommand(
            $"CREATE TEMP TABLE {table.StageName} ON COMMIT DROP AS SELECT {table.List()} FROM {table.Name} WITH NO DATA", connection))
        {
            await create.ExecuteNonQueryAsync(cancellationToken);
        }

        await using var import = await connection.BeginBinaryImportAsync(
            $"COPY {table.StageName} ({table.List()}) FROM STDIN (FORMAT BINARY)", cancellationToken);
        foreach (var row in rows)
        {
            await import.StartRowAsync(cancellationToken);
            foreach (var column in table.Columns)
            {
                if (column.Property.GetValue(row) is { } value)
                {
                    await import.WriteAsync(value, column.TypeName, cancellationToken);
                }
                else
                {
                    await import.WriteNullAsync(cancellationToken);
                }
            }
        }

        await import.CompleteAsync(cancellationToken);
    }

    private async Task<DemonstrationCount> CompareAsync(
        NpgsqlConnection connection, RegisterTable table, long datasetId, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            $"""
            SELECT count(*) FILTER (WHERE t.code IS NULL),
              count(*) FILTER (WHERE t.dataset_id = $1 AND ({table.List("t.")}) IS DISTINCT FROM ({table.List("s.")})),
              count(*) FILTER (WHERE t.code IS NOT NULL AND t.dataset_id IS DISTINCT FROM $1)
            FROM {table.StageName} AS s LEFT JOIN {table.Name} AS t ON t.code = s.code
            """,
            connection)
        {
            Parameters = { new() { Value = datasetId } },
        };
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        await row.ReadAsync(cancellationToken);
        return new DemonstrationCount(Collection, rows.Count, row.GetInt64(0), row.GetInt64(1), Removed: 0, row.GetInt64(2));
    }
}
