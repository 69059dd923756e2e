using System.Text.Json;
using GeoOffer.Query.Paging;
using NetTopologySuite.Geometries;

namespace GeoOffer.Storage.Tests.Exporting;

/// <summary>A feature as PostgreSQL itself tells it.</summary>
/// <param name="Properties">The columns as <c>to_jsonb</c> writes them.</param>
/// <param name="Geometry">In the reference system asked for, as PostGIS transforms it.</param>
internal sealed record StoredRow(JsonElement Properties, Geometry? Geometry);

/// <summary>Reads features past everything that exports use.</summary>
internal static class StoredRows
{
    public static async Task<SortedDictionary<string, StoredRow>> ReadAsync(MigratedDatabase database, FeatureQuery query, int srid = 4326)
    {
        var rows = new SortedDictionary<string, StoredRow>(StringComparer.Ordinal);
        var sql = $"SELECT code, to_jsonb(t), ST_Transform(geom, {srid}) FROM {query.Collection.Relation.Schema}.{query.Collection.Relation.Name} AS t";
        await using var command = database.Source.CreateCommand(query.Role >= Query.Catalogue.Role.Scout ? sql : sql + " WHERE is_public");
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        while (await reader.ReadAsync(TestContext.Current.CancellationToken))
        {
            using var document = JsonDocument.Parse(reader.GetString(1));
            rows.Add(
                reader.GetString(0),
                new StoredRow(document.RootElement.Clone(), await reader.IsDBNullAsync(2) ? null : reader.GetFieldValue<Geometry>(2)));
        }

        return rows;
    }
}
