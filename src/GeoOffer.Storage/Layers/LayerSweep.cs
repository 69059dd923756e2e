using GeoOffer.Storage.Importing.Publishing;
using Npgsql;

namespace GeoOffer.Storage.Layers;

/// <summary>
/// Drops what layers have left behind: tables that were superseded, and columns of facts that no criterion has. Readers with a catalogue of
/// a moment ago may still want them, so they go a while later, and never while an import is on its way.
/// </summary>
internal static class LayerSweep
{
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(1);

    /// <summary>Sweeps if nothing stands in the way; otherwise a later sweep will.</summary>
    /// <returns>Whether it was done.</returns>
    public static async Task<bool> TryAsync(NpgsqlDataSource source, CancellationToken cancellationToken, TimeSpan? grace = null)
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        if (!await connection.ScalarAsync<bool>("SELECT pg_try_advisory_xact_lock(7702, 3)", cancellationToken))
        {
            return false;
        }

        try
        {
            // A DROP that waits for one reader would make all the others wait for it.
            await connection.ExecuteAsync("SET LOCAL lock_timeout = '200ms'", cancellationToken);
            await connection.ExecuteAsync("SELECT geooffer.sweep_layers(clock_timestamp() - $1::interval)", cancellationToken, grace ?? Grace);
            await transaction.CommitAsync(cancellationToken);
            return true;
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.LockNotAvailable)
        {
            return false;
        }
    }
}
