using Npgsql;
using NpgsqlTypes;

namespace GeoOffer.Storage.Demonstration;

/// <summary>Brings the history of municipal codes to what it should be.</summary>
internal static class CodeHistoryLoader
{
    /// <summary>Writes what is missing or differs; rows that others have added stay.</summary>
    public static async Task<DemonstrationCount> WriteAsync(
        NpgsqlConnection connection, IReadOnlyCollection<RetiredMunicipality> retired, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            """
            WITH written AS (
              INSERT INTO geooffer.municipality_code_history AS h (old_code, successor_code, kind, old_name_it, valid_until)
              SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::date[])
              ON CONFLICT (old_code, successor_code, valid_until) DO UPDATE SET kind = excluded.kind, old_name_it = excluded.old_name_it
              WHERE (h.kind, h.old_name_it) IS DISTINCT FROM (excluded.kind, excluded.old_name_it)
              RETURNING xmax = 0 AS is_new)
            SELECT count(*) FILTER (WHERE is_new), count(*) FILTER (WHERE NOT is_new) FROM written
            """,
            connection)
        {
            Parameters =
            {
                new() { Value = retired.Select(row => row.OldCode).ToArray() },
                new() { Value = retired.Select(row => row.SuccessorCode).ToArray() },
                new() { Value = retired.Select(row => row.Kind).ToArray() },
                new() { Value = retired.Select(row => row.OldNameIt).ToArray() },
                new() { Value = retired.Select(row => row.ValidUntil).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Date },
            },
        };
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        await row.ReadAsync(cancellationToken);
        return new DemonstrationCount("code-history", retired.Count, row.GetInt64(0), row.GetInt64(1), Removed: 0, Kept: 0);
    }
}
