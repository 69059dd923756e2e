using GeoOffer.Storage.Importing.Publishing;

namespace GeoOffer.Storage.Layers;

/// <summary>The layers that there are.</summary>
public sealed class LayerStore(GeoOfferDatabase database)
{
    /// <summary>All layers, by name.</summary>
    public async Task<IReadOnlyList<LayerRow>> ListAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.Source.OpenConnectionAsync(cancellationToken);
        return await LayerRow.ListAsync(connection, cancellationToken);
    }

    /// <summary>The layer of a name; null when there is none.</summary>
    public async Task<LayerRow?> FindAsync(string name, CancellationToken cancellationToken)
    {
        await using var connection = await database.Source.OpenConnectionAsync(cancellationToken);
        return await LayerRow.FindAsync(connection, name, cancellationToken);
    }

    /// <summary>
    /// Drops a layer: its collection, its criterion and the facts of sites. What it was stays on record; its tables go when nobody can be
    /// reading them any more.
    /// </summary>
    /// <returns>Whether there was one.</returns>
    public async Task<bool> DropAsync(string name, string author, CancellationToken cancellationToken)
    {
        await using (var connection = await database.Source.OpenConnectionAsync(cancellationToken))
        {
            await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
            await connection.ExecuteAsync("SELECT geooffer.begin_change_set($1, 'layer', $2)", cancellationToken, author, $"drop layer {name}");
            await connection.ExecuteAsync("SELECT pg_advisory_xact_lock(7702, 1)", cancellationToken);
            await connection.ExecuteAsync("SELECT pg_advisory_xact_lock(hashtextextended($1, 7702))", cancellationToken, $"layer {name}");
            if (await LayerRow.FindAsync(connection, name, cancellationToken) is not { } layer)
            {
                return false;
            }

            if (layer.IsMeasured)
            {
                await LayerCriterion.WithdrawAsync(connection, layer, cancellationToken);
            }

            await connection.ExecuteAsync(
                "UPDATE geooffer.layer SET dropped = true, relation = NULL, change_set_id = geooffer.current_change_set() WHERE id = $1", cancellationToken, layer.Id);
            await connection.ExecuteAsync(
                "UPDATE geooffer.layer_relation SET superseded_at = clock_timestamp() WHERE layer_id = $1 AND superseded_at IS NULL", cancellationToken, layer.Id);
            await transaction.CommitAsync(cancellationToken);
        }

        return true;
    }

    /// <summary>Drops the tables and columns that layers have left behind, but for those that somebody may still be reading.</summary>
    /// <param name="grace">How long ago they must have been superseded; a minute without it.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>Whether it was done; a reader or an import may have stood in the way.</returns>
    public Task<bool> SweepAsync(TimeSpan? grace, CancellationToken cancellationToken) => LayerSweep.TryAsync(database.Source, cancellationToken, grace);
}
