using NetTopologySuite.Geometries;
using Npgsql;

namespace GeoOffer.Storage.Demonstration;

/// <summary>
/// Brings the areas of coverage of layers to what they should be, and writes nothing where they are so already: a coverage that is
/// written again has all facts of its layer computed again.
/// </summary>
internal static class CoverageLoader
{
    /// <summary>Writes where the demonstration counts as complete, for the layers of one dataset.</summary>
    /// <param name="connection">An open transaction.</param>
    /// <param name="datasetId">The dataset that the layers come with.</param>
    /// <param name="role">proximity or constraint: layers of the other role belong to another dataset.</param>
    /// <param name="coverages">Areas by the name of the layer.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>Whether anything differed.</returns>
    public static async Task<bool> WriteAsync(
        NpgsqlConnection connection,
        long datasetId,
        string role,
        IReadOnlyDictionary<string, MultiPolygon> coverages,
        CancellationToken cancellationToken)
    {
        const string wanted =
            """
            FROM unnest($2::text[], $3::geometry[]) AS w (layer, coverage)
            JOIN geooffer.fact_layer AS l ON l.name = w.layer AND l.role = $4
            LEFT JOIN geooffer.dataset_coverage AS c ON c.dataset_id = $1 AND c.layer = w.layer
            WHERE c.coverage::bytea IS DISTINCT FROM ST_SetSRID(w.coverage, 4326)::bytea
            """;
        await using var select = Command($"SELECT EXISTS (SELECT {wanted})");
        if (await select.ExecuteScalarAsync(cancellationToken) is not true)
        {
            return false;
        }

        await using var upsert = Command(
            $"""
            INSERT INTO geooffer.dataset_coverage (dataset_id, layer, coverage)
            SELECT $1, w.layer, ST_SetSRID(w.coverage, 4326) {wanted}
            ON CONFLICT (dataset_id, layer) DO UPDATE SET coverage = excluded.coverage
            """);
        await upsert.ExecuteNonQueryAsync(cancellationToken);
        return true;

        NpgsqlCommand Command(string sql) => new(sql, connection)
        {
            CommandTimeout = 300,
            Parameters =
            {
                new() { Value = datasetId },
                new() { Value = coverages.Keys.ToArray() },
                new() { Value = coverages.Values.Select(Geometry (coverage) => coverage).ToArray() },
                new() { Value = role },
            },
        };
    }
}
