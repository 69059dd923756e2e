using GeoOffer.Storage.Importing.Publishing;
using Npgsql;

namespace GeoOffer.Storage.Layers;

/// <summary>Takes a criterion away.</summary>
internal static class LayerCriterion
{
    /// <summary>
    /// Ends that sites are measured against a layer, in the open transaction, which holds the lock of layer publishers. The columns of its
    /// facts stay until nobody can be reading them.
    /// </summary>
    public static async Task WithdrawAsync(NpgsqlConnection connection, LayerRow layer, CancellationToken cancellationToken)
    {
        await connection.ExecuteAsync("SET LOCAL geooffer.facts = 'by_caller'", cancellationToken);
        await connection.ExecuteAsync("DELETE FROM geooffer.dataset_coverage WHERE layer = $1", cancellationToken, layer.Name);
        await connection.ExecuteAsync("DELETE FROM geooffer.fact_layer WHERE name = $1", cancellationToken, layer.Name);
        if (layer.Severity == "excludes")
        {
            await connection.ExecuteAsync("SELECT geooffer.refresh_facts(NULL, ARRAY['constraint'])", cancellationToken);
        }
    }
}
