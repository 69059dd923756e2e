using NetTopologySuite.Geometries;
using Npgsql;

namespace GeoOffer.Storage.Tests.Facts;

/// <summary>Writes sites and features as anybody with SQL would, and reads stored facts by column.</summary>
internal static class FactRows
{
    /// <summary>Declares every layer complete inside an area.</summary>
    public static async Task CoverAsync(this MigratedDatabase migrated, MultiPolygon area, string role = "constraint") => await migrated.ExecuteAsync(
        """
        WITH made AS (
          INSERT INTO geooffer.dataset (collection, name, source) VALUES ('constraints', 'coverage of ' || $2, 'test') RETURNING id)
        INSERT INTO geooffer.dataset_coverage (dataset_id, layer, coverage)
        SELECT made.id, name, $1 FROM geooffer.fact_layer, made WHERE role = $2
        """,
        area,
        role);

    public static Task<long> AddSiteAsync(this MigratedDatabase migrated, string code, Geometry? shape) => migrated.ScalarAsync<long>(
        "INSERT INTO geooffer.site (code, kind, name_it, geom) VALUES ($1, 'brownfield', 'x', $2) RETURNING id", code, shape ?? (object)DBNull.Value);

    public static Task<long> AddInfrastructureAsync(this MigratedDatabase migrated, string code, string kind, Geometry shape) => migrated.ScalarAsync<long>(
        "INSERT INTO geooffer.infrastructure (code, kind, geom) VALUES ($1, $2, $3) RETURNING id", code, kind, shape);

    public static Task<long> AddConstraintAsync(this MigratedDatabase migrated, string code, string kind, string severity, MultiPolygon shape) =>
        migrated.ScalarAsync<long>(
            "INSERT INTO geooffer.constraint_area (code, kind, severity, geom) VALUES ($1, $2, $3, $4) RETURNING id", code, kind, severity, shape);

    /// <summary>Stored facts by the code of the site, then by column.</summary>
    public static async Task<Dictionary<string, Dictionary<string, object?>>> FactsAsync(this MigratedDatabase migrated)
    {
        await using var connection = await migrated.Source.OpenConnectionAsync(TestContext.Current.CancellationToken);
        return await FactsAsync(connection, "SELECT f.* FROM geooffer.site_fact AS f ORDER BY f.code");
    }

    public static async Task<Dictionary<string, Dictionary<string, object?>>> FactsAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        var facts = new Dictionary<string, Dictionary<string, object?>>();
        while (await reader.ReadAsync(TestContext.Current.CancellationToken))
        {
            var row = Enumerable.Range(0, reader.FieldCount).ToDictionary(reader.GetName, field => reader.IsDBNull(field) ? null : reader.GetValue(field));
            facts.Add((string)row["code"]!, row);
        }

        return facts;
    }
}
