using GeoOffer.Storage.Importing.Fields;
using Npgsql;

namespace GeoOffer.Storage.Importing.Publishing;

/// <summary>How many rows come, change, stay and go.</summary>
/// <param name="New">Rows that are not stored.</param>
/// <param name="Changed">Rows that differ.</param>
/// <param name="Unchanged">Rows that do not.</param>
/// <param name="Removed">Rows of the dataset that are gone.</param>
/// <param name="Moved">Rows that are new, gone, or measured otherwise: what facts depend on.</param>
internal sealed record ImportPlan(long New, long Changed, long Unchanged, long Removed, long Moved)
{
    /// <summary>What is removed, of an import that replaces; null of another.</summary>
    public GoneRows? Gone { get; private init; }

    /// <summary>Whether any row is written.</summary>
    public bool ChangesRows => New + Changed + Removed > 0;

    /// <summary>Compares the staged rows with the data, and writes down what is to become of each.</summary>
    /// <param name="staging">The rows.</param>
    /// <param name="collection">Their collection.</param>
    /// <param name="columns">What is written of them.</param>
    /// <param name="datasetId">Their dataset; null when it is new.</param>
    /// <param name="mode">What becomes of rows of the dataset that are not there.</param>
    /// <param name="kept">Codes that stay even so.</param>
    /// <param name="cancellationToken">Until all are compared.</param>
    public static async Task<ImportPlan> MakeAsync(
        StagingArea staging,
        ImportCollection collection,
        WrittenColumns columns,
        long? datasetId,
        ImportMode mode,
        IReadOnlyCollection<string> kept,
        CancellationToken cancellationToken)
    {
        var connection = staging.Connection;
        await connection.ExecuteAsync($"TRUNCATE {staging.Plan}", cancellationToken);
        await connection.ExecuteAsync(
            $"""
            INSERT INTO {staging.Plan} (row_number, code, action, moved, seen_change_set_id)
            SELECT s.row_number, s.code,
              CASE WHEN t.code IS NULL THEN 'new'
                WHEN $1::bigint IS NULL OR t.dataset_id IS DISTINCT FROM $1 OR {columns.Differs} THEN 'changed'
                ELSE 'unchanged' END,
              t.code IS NULL OR {columns.Moves},
              t.change_set_id
            FROM {staging.Rows} AS s LEFT JOIN geooffer.{collection.Table} AS t ON t.code = s.code
            """,
            cancellationToken, datasetId);
        var gone = mode == ImportMode.Replace ? new GoneRows(collection, kept) : null;
        if (gone is not null && datasetId is { } id)
        {
            await gone.PlanAsync(staging, id, cancellationToken);
        }

        await connection.ExecuteAsync($"ANALYZE {staging.Plan}", cancellationToken);
        return await CountAsync(connection, staging, cancellationToken) with { Gone = gone };
    }

    private static async Task<ImportPlan> CountAsync(NpgsqlConnection connection, StagingArea staging, CancellationToken cancellationToken)
    {
        await using var command = connection.Command(
            $"""
            SELECT count(*) FILTER (WHERE action = 'new'), count(*) FILTER (WHERE action = 'changed'),
              count(*) FILTER (WHERE action = 'unchanged'), count(*) FILTER (WHERE action = 'removed'), count(*) FILTER (WHERE moved)
            FROM {staging.Plan}
            """);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return new ImportPlan(reader.GetInt64(0), reader.GetInt64(1), reader.GetInt64(2), reader.GetInt64(3), reader.GetInt64(4));
    }
}
