using Npgsql;

namespace GeoOffer.Server.Tests.Faults;

/// <summary>A stage of an import at which a test holds it.</summary>
public enum ImportMoment
{
    /// <summary>Some thousand rows are copied beside the data.</summary>
    Reading,

    /// <summary>Facts of the new rows are being written beside the data.</summary>
    Facts,

    /// <summary>The rows are written in the open transaction, their facts are not.</summary>
    Publishing,

    /// <summary>A layer is described and registered in the open transaction, the facts of sites are not.</summary>
    LayerPublishing,
}

/// <summary>Stops whoever comes to a moment of an import, by a lock that the test holds.</summary>
internal sealed class Barrier : IAsyncDisposable
{
    private readonly NpgsqlDataSource _source;
    private readonly NpgsqlConnection _holder;

    private Barrier(NpgsqlDataSource source, NpgsqlConnection holder) => (_source, _holder) = (source, holder);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<Barrier> CloseAsync(string connectionString, ImportMoment moment)
    {
        var source = NpgsqlDataSource.Create(connectionString);
        var holder = await source.OpenConnectionAsync(Token);
        var barrier = new Barrier(source, holder);
        var (pattern, when) = moment == ImportMoment.Facts
            ? ("_facts$", "STATEMENT")
            : ("[.]import_[0-9a-f]{32}$", "ROW WHEN (NEW.row_number = 1500)");
        await barrier.ExecuteAsync(
            """
            CREATE SCHEMA barrier;
            CREATE FUNCTION barrier.wait() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN PERFORM pg_advisory_lock_shared(4711); PERFORM pg_advisory_unlock_shared(4711); RETURN NEW; END $$;
            SELECT pg_advisory_lock(4711);
            """);
        await barrier.ExecuteAsync(moment switch
        {
            ImportMoment.Publishing => OnFacts("INSERT"),
            ImportMoment.LayerPublishing => OnFacts("UPDATE"),
            _ => $"""
              CREATE FUNCTION barrier.arm() RETURNS event_trigger LANGUAGE plpgsql AS $$
              DECLARE made record;
              BEGIN
                FOR made IN SELECT object_identity FROM pg_event_trigger_ddl_commands() WHERE object_identity ~ '{pattern}' LOOP
                  EXECUTE format('CREATE TRIGGER a_barrier BEFORE INSERT ON %s FOR EACH {when} EXECUTE FUNCTION barrier.wait()', made.object_identity);
                END LOOP;
              END $$;
              CREATE EVENT TRIGGER barrier ON ddl_command_end WHEN TAG IN ('CREATE TABLE', 'CREATE TABLE AS') EXECUTE FUNCTION barrier.arm();
              """,
        });
        return barrier;
    }

    /// <summary>The process of the database that waits.</summary>
    public async Task<int> WaitForArrivalAsync()
    {
        for (var attempt = 0; attempt < 2_400; attempt++)
        {
            await using var command = new NpgsqlCommand("SELECT l.pid FROM pg_locks AS l JOIN pg_database AS d ON d.oid = l.database AND d.datname = current_database() WHERE l.locktype = 'advisory' AND l.objid = 4711 AND NOT l.granted LIMIT 1", _holder);
            if (await command.ExecuteScalarAsync(Token) is int process)
            {
                return process;
            }

            await Task.Delay(50, Token);
        }

        throw new TimeoutException("The import never came to the moment at which it was to be held.");
    }

    /// <summary>Lets go whoever waits, waits until no import is left in the database, and takes the barrier away.</summary>
    public async Task OpenAsync()
    {
        await ExecuteAsync("SELECT pg_advisory_unlock(4711)");
        await WaitForSilenceAsync();
        await RemoveAsync();
    }

    /// <summary>Takes the barrier away after the database was killed, and with it the lock.</summary>
    public static async Task RemoveAsync(string connectionString)
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        await using var barrier = new Barrier(source, await source.OpenConnectionAsync(Token));
        await barrier.RemoveAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _holder.DisposeAsync();
        await _source.DisposeAsync();
    }

    private static string OnFacts(string action) =>
        $"CREATE TRIGGER a_barrier BEFORE {action} ON geooffer.site_fact FOR EACH STATEMENT EXECUTE FUNCTION barrier.wait()";

    private async Task WaitForSilenceAsync()
    {
        for (var attempt = 0; attempt < 2_400; attempt++)
        {
            await using var command = new NpgsqlCommand(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'geooffer'", _holder);
            if (await command.ExecuteScalarAsync(Token) is 0L)
            {
                return;
            }

            await Task.Delay(50, Token);
        }

        throw new TimeoutException("Sessions of the import that was killed do not end.");
    }

    private Task RemoveAsync() => ExecuteAsync("DROP EVENT TRIGGER IF EXISTS barrier; DROP SCHEMA barrier CASCADE");

    private async Task ExecuteAsync(string sql)
    {
        await using var command = new NpgsqlCommand(sql, _holder);
        await command.ExecuteNonQueryAsync(Token);
    }
}
