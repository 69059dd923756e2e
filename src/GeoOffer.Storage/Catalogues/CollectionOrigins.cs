using Npgsql;

namespace GeoOffer.Storage.Catalogues;

/// <summary>A dataset that a collection holds.</summary>
/// <param name="Source">Whose data they are.</param>
/// <param name="AsOf">The day for which they hold.</param>
/// <param name="Licence">Their licence.</param>
/// <param name="ImportedAt">When they were imported last.</param>
public sealed record DatasetOrigin(string Source, DateOnly? AsOf, string? Licence, DateTimeOffset ImportedAt);

/// <summary>Where the data of collections come from, and when they changed last.</summary>
/// <param name="Datasets">By collection, the newest first.</param>
/// <param name="ChangedAt">The last change of any data.</param>
public sealed record CollectionOrigins(IReadOnlyDictionary<string, IReadOnlyList<DatasetOrigin>> Datasets, DateTimeOffset ChangedAt)
{
    /// <summary>Reads them all.</summary>
    public static async Task<CollectionOrigins> ReadAsync(GeoOfferDatabase database, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(database);
        await using var connection = await database.Source.OpenConnectionAsync(cancellationToken);
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                new("SELECT committed_at FROM geooffer.data_version"),
                new("SELECT collection, source, as_of, licence, imported_at FROM geooffer.dataset ORDER BY collection, as_of DESC NULLS LAST, id DESC"),
            },
        };
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        var changedAt = reader.GetFieldValue<DateTimeOffset>(0);
        var datasets = new Dictionary<string, List<DatasetOrigin>>();
        await reader.NextResultAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var collection = reader.GetString(0);
            if (!datasets.TryGetValue(collection, out var origins))
            {
                datasets.Add(collection, origins = []);
            }

            origins.Add(new DatasetOrigin(
                reader.GetString(1),
                reader.IsDBNull(2) ? null : reader.GetFieldValue<DateOnly>(2),
                reader.IsDBNull(3) ? null : reader.GetString(3),
                reader.GetFieldValue<DateTimeOffset>(4)));
        }

        return new CollectionOrigins(datasets.ToDictionary(pair => pair.Key, pair => (IReadOnlyList<DatasetOrigin>)pair.Value), changedAt);
    }
}
