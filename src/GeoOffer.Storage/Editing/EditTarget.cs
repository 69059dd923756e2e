using GeoOffer.Query.Catalogue;
using GeoOffer.Storage.Importing.Fields;
using GeoOffer.Storage.Layers;
using GeoOffer.Storage.Model;
using Npgsql;

namespace GeoOffer.Storage.Editing;

/// <summary>Where the features of a collection are written, and the rules, which are those of imports.</summary>
/// <param name="Table">The table, with its schema.</param>
/// <param name="Rules">Fields, and what is settled between them.</param>
/// <param name="Layer">The layer, where it is one.</param>
internal sealed record EditTarget(string Table, ImportCollection Rules, LayerRow? Layer)
{
    /// <summary>The property of a layer that its ids are made of; null where none is.</summary>
    public string? KeyProperty => Layer?.Properties.FirstOrDefault(column => column.Title == Layer.KeyColumn)?.Name;

    /// <summary>
    /// Finds it in the open transaction, and takes the locks of a writer in the order of all writers: a site and a layer that are written at once
    /// must see each other, and a layer is not replaced meanwhile. Null where the collection is gone.
    /// </summary>
    public static async Task<EditTarget?> FindAsync(NpgsqlConnection connection, Collection collection, CancellationToken cancellationToken)
    {
        if (ImportCollections.All.FirstOrDefault(rules => rules.Name == collection.Id) is { } register)
        {
            var kind = register.Role == CollectionRole.Sites ? "_shared" : "";
            await connection.ExecuteEditAsync($"SELECT pg_advisory_xact_lock{kind}(7702, 1)", cancellationToken);
            return new EditTarget($"{GeoOfferContext.Schema}.{register.Table}", register, null);
        }

        await connection.ExecuteEditAsync(
            "SELECT pg_advisory_xact_lock(7702, 1) FROM geooffer.layer WHERE name = $1 AND NOT dropped AND role <> 'context'", cancellationToken, collection.Id);
        await connection.ExecuteEditAsync("SELECT pg_advisory_xact_lock(hashtextextended($1, 7702))", cancellationToken, $"layer {collection.Id}");
        return await LayerRow.FindAsync(connection, collection.Id, cancellationToken) is { } layer
            ? new EditTarget($"{LayerCollection.Schema}.{LayerTable.Quote(layer.Table)}", layer.Schema.ToCollection(layer.Name, layer.Role), layer)
            : null;
    }
}
