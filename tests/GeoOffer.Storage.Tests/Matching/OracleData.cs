using System.Collections.Frozen;
using GeoOffer.Domain.Scouting;
using NetTopologySuite.Geometries;
using Npgsql;

namespace GeoOffer.Storage.Tests.Matching;

/// <summary>A site as the raw columns of <c>site</c> and <c>site_fact</c> have it; numbers and feature keys by the name of their column.</summary>
internal sealed record OracleSite(
    string Code, bool IsPublic, string Kind, string[] Functions, Geometry? Geometry, string? MunicipalityCode, string? ProvinceCode, string[] NetAreaMissing,
    string? SheetSource, DateOnly? VerifiedOn, FrozenDictionary<string, double> Numbers, FrozenDictionary<string, long> FeatureKeys)
{
    public bool IsPolygon => Geometry is Polygon or MultiPolygon;
}

/// <summary>What is known of a layer: whether it is there at all, and the newest of the datasets that cover it.</summary>
internal sealed record OracleLayer(string Name, string Collection, bool IsMissing, string? Source, DateOnly? AsOf);

/// <summary>A feature that facts may come from.</summary>
internal sealed record OracleFeature(FeatureReference Reference, bool IsPublic, string? Source, DateOnly? AsOf);

/// <summary>The whole of a small database, read column by column.</summary>
internal sealed record OracleData(
    IReadOnlyList<OracleSite> Sites, FrozenDictionary<string, OracleLayer> Layers, FrozenDictionary<(string Collection, long Key), OracleFeature> Features)
{
    public static async Task<OracleData> ReadAsync(NpgsqlDataSource source, CancellationToken cancellationToken)
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, cancellationToken);
        var data = new OracleData(
            await ReadSitesAsync(connection, cancellationToken),
            (await ReadLayersAsync(connection, cancellationToken)).ToFrozenDictionary(layer => layer.Name),
            (await ReadFeaturesAsync(connection, cancellationToken)).ToFrozenDictionary());
        await transaction.CommitAsync(cancellationToken);
        return data;
    }

    private static async Task<List<OracleSite>> ReadSitesAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            """
            SELECT s.code AS site_code, s.is_public AS site_is_public, s.kind AS site_kind, s.functions AS site_functions, s.geom AS site_geom,
              s.verified_on, d.source AS sheet_source, f.*
            FROM geooffer.site AS s JOIN geooffer.site_fact AS f ON f.site_id = s.id LEFT JOIN geooffer.dataset AS d ON d.id = s.dataset_id
            """,
            connection);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var sites = new List<OracleSite>();
        while (await reader.ReadAsync(cancellationToken))
        {
            var known = Enumerable.Range(0, reader.FieldCount).Where(ordinal => !reader.IsDBNull(ordinal))
                .ToDictionary(reader.GetName, reader.GetValue);
            sites.Add(new OracleSite(
                (string)known["site_code"], (bool)known["site_is_public"], (string)known["site_kind"], (string[])known["site_functions"],
                known.GetValueOrDefault("site_geom") as Geometry, known.GetValueOrDefault("municipality_code") as string,
                known.GetValueOrDefault("province_code") as string, (string[])known["net_area_missing"], known.GetValueOrDefault("sheet_source") as string,
                known.TryGetValue("verified_on", out var day) ? (DateOnly)day : null,
                known.Where(column => column.Value is double).ToFrozenDictionary(column => column.Key, column => (double)column.Value),
                known.Where(column => column.Value is long).ToFrozenDictionary(column => column.Key, column => (long)column.Value)));
        }

        return sites;
    }

    private static async Task<List<OracleLayer>> ReadLayersAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            """
            SELECT l.name, l.collection, l.coverage IS NULL, d.source, d.as_of
            FROM geooffer.fact_layer AS l
            LEFT JOIN geooffer.dataset_coverage AS c ON c.layer = l.name LEFT JOIN geooffer.dataset AS d ON d.id = c.dataset_id
            ORDER BY d.as_of NULLS FIRST, d.id
            """,
            connection);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var layers = new Dictionary<string, OracleLayer>();
        while (await reader.ReadAsync(cancellationToken))
        {
            var layer = new OracleLayer(
                reader.GetString(0), reader.GetString(1), reader.GetBoolean(2),
                reader.IsDBNull(3) ? null : reader.GetString(3), reader.IsDBNull(4) ? null : reader.GetFieldValue<DateOnly>(4));
            layers[layer.Name] = layer;
        }

        return [.. layers.Values];
    }

    private static async Task<Dictionary<(string, long), OracleFeature>> ReadFeaturesAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            """
            SELECT f.collection, f.id, f.code, f.name_it, f.is_public, d.source, d.as_of
            FROM (SELECT 'infrastructure' AS collection, id, code, name_it, is_public, dataset_id FROM geooffer.infrastructure
              UNION ALL SELECT 'constraints', id, code, name_it, is_public, dataset_id FROM geooffer.constraint_area) AS f
            LEFT JOIN geooffer.dataset AS d ON d.id = f.dataset_id
            """,
            connection);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var features = new Dictionary<(string, long), OracleFeature>();
        while (await reader.ReadAsync(cancellationToken))
        {
            var collection = reader.GetString(0);
            features.Add((collection, reader.GetInt64(1)), new OracleFeature(
                new FeatureReference(collection, reader.GetString(2), reader.IsDBNull(3) ? null : reader.GetString(3)), reader.GetBoolean(4),
                reader.IsDBNull(5) ? null : reader.GetString(5), reader.IsDBNull(6) ? null : reader.GetFieldValue<DateOnly>(6)));
        }

        return features;
    }
}
