using Npgsql;

namespace GeoOffer.Storage.Demonstration;

/// <summary>The datasets that mark rows as those of the demonstration: one for each collection, all of one name.</summary>
internal static class DemonstrationDataset
{
    /// <summary>The name of each dataset of the demonstration.</summary>
    public const string Name = "demonstration";

    /// <summary>Makes sure of the dataset of a collection, without writing when it is there already.</summary>
    /// <returns>Its id, and whether it was written.</returns>
    public static async Task<(long Id, bool IsNew)> EnsureAsync(
        NpgsqlConnection connection, string collection, string source, DateOnly asOf, CancellationToken cancellationToken)
    {
        const string licence = "MIT; names, codes and populations: ISTAT, CC BY 4.0";
        await using var select = new NpgsqlCommand(
            """
            SELECT id, (source, as_of, licence) IS NOT DISTINCT FROM ($3, $4, $5)
            FROM geooffer.dataset WHERE collection = $1 AND name = $2
            """,
            connection)
        {
            Parameters =
            {
                new() { Value = collection },
                new() { Value = Name },
                new() { Value = source },
                new() { Value = asOf },
                new() { Value = licence },
            },
        };
        await using (var row = await select.ExecuteReaderAsync(cancellationToken))
        {
            if (await row.ReadAsync(cancellationToken) && row.GetBoolean(1))
            {
                return (row.GetInt64(0), false);
            }
        }

        await using var upsert = new NpgsqlCommand(
            """
            INSERT INTO geooffer.dataset (collection, name, source, as_of, licence) VALUES ($1, $2, $3, $4, $5)
            ON CONFLICT (collection, name) DO UPDATE SET source = excluded.source, as_of = excluded.as_of, licence = excluded.licence,
              imported_at = clock_timestamp(), change_set_id = geooffer.current_change_set()
            RETURNING id
            """,
            connection)
        {
            Parameters =
            {
                new() { Value = collection },
                new() { Value = Name },
                new() { Value = source },
                new() { Value = asOf },
                new() { Value = licence },
            },
        };
        return ((long)(await upsert.ExecuteScalarAsync(cancellationToken))!, true);
    }
}
