using Npgsql;

namespace GeoOffer.Server.Tests;

/// <summary>A lock on the sites and their facts: whoever reads them waits for its end.</summary>
internal sealed class SiteLock : IAsyncDisposable
{
    private readonly NpgsqlDataSource _source;
    private readonly NpgsqlConnection _connection;
    private readonly NpgsqlTransaction _transaction;

    private SiteLock(NpgsqlDataSource source, NpgsqlConnection connection, NpgsqlTransaction transaction) =>
        (_source, _connection, _transaction) = (source, connection, transaction);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<SiteLock> TakeAsync(string connectionString)
    {
        var source = NpgsqlDataSource.Create(connectionString);
        var connection = await source.OpenConnectionAsync(Token);
        var transaction = await connection.BeginTransactionAsync(Token);
        await using var command = new NpgsqlCommand(
            "LOCK TABLE geooffer.site, geooffer.site_fact IN ACCESS EXCLUSIVE MODE", connection, transaction);
        await command.ExecuteNonQueryAsync(Token);
        return new SiteLock(source, connection, transaction);
    }

    /// <summary>Waits until so many sessions of the service wait for the lock.</summary>
    public async Task WaitUntilAsync(int waiting, CancellationToken cancellationToken)
    {
        while (true)
        {
            await using var command = _source.CreateCommand(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'");
            if ((long)(await command.ExecuteScalarAsync(cancellationToken))! == waiting)
            {
                return;
            }

            await Task.Delay(50, cancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _transaction.DisposeAsync();
        await _connection.DisposeAsync();
        await _source.DisposeAsync();
    }
}
