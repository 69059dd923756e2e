using GeoOffer.Storage.Importing.Publishing;
using NetTopologySuite.Geometries;
using Npgsql;

namespace GeoOffer.Storage.Importing;

/// <summary>Reads what rows are checked against.</summary>
internal static class ContextReader
{
    public static async Task<ImportContext> ReadAsync(NpgsqlDataSource source, CancellationToken cancellationToken)
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        var (extent, metricSrid) = await ReadRegionAsync(connection, cancellationToken);
        return new ImportContext(
            extent,
            metricSrid,
            await ReadPairsAsync(
                connection,
                "SELECT name, default_severity FROM geooffer.fact_layer WHERE role = 'constraint'",
                name => name,
                cancellationToken),
            await ReadPairsAsync(
                connection,
                "SELECT key, code FROM geooffer.province CROSS JOIN LATERAL (VALUES (sigla), (name_it)) AS k (key) ORDER BY code",
                FieldName.Normalise,
                cancellationToken));
    }

    private static async Task<(Envelope Extent, int MetricSrid)> ReadRegionAsync(
        NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = connection.Command("SELECT extent, metric_srid FROM geooffer.region");
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken)
            ? (reader.GetFieldValue<Geometry>(0).EnvelopeInternal, reader.GetInt32(1))
            : throw new InvalidOperationException("The database holds no settings of a region: run geooffer migrate.");
    }

    private static async Task<Dictionary<string, string>> ReadPairsAsync(
        NpgsqlConnection connection, string sql, Func<string, string> key, CancellationToken cancellationToken)
    {
        var pairs = new Dictionary<string, string>();
        await using var command = connection.Command(sql);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            pairs.TryAdd(key(reader.GetString(0)), reader.GetString(1));
        }

        return pairs;
    }
}
