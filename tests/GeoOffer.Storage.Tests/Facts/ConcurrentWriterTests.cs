using System.Collections.Concurrent;
using GeoOffer.Testing;
using Npgsql;

namespace GeoOffer.Storage.Tests.Facts;

/// <summary>Several connections write sites and layers at once; afterwards facts are those of one writer.</summary>
public sealed class ConcurrentWriterTests(PostGisCluster cluster)
{
    private const int Writers = 6, Transactions = 15;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Facts_are_right_after_many_writers_at_once()
    {
        await using var migrated = await MigratedDatabase.CreateAsync(cluster);
        await migrated.ExecuteAsync(new RandomWriter(7).Beginning());
        var outcomes = new ConcurrentBag<string>();

        await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(
            async () =>
            {
                var random = new Random(writer);
                for (var turn = 0; turn < Transactions; turn++)
                {
                    outcomes.Add(await TryAsync(migrated, new RandomWriter(random.Next()).Transaction()));
                }
            },
            Cancellation)));

        var counts = outcomes.CountBy(outcome => outcome).ToDictionary();
        var said = string.Join(", ", counts.Select(outcome => $"{outcome.Key} {outcome.Value}"));
        TestContext.Current.TestOutputHelper?.WriteLine(said);
        // Two that write a site first and a layer after can only wait for each other: the database must say so to one of them.
        string[] expected = ["done", PostgresErrorCodes.DeadlockDetected];
        Assert.All(counts.Keys, outcome => Assert.True(expected.Contains(outcome) || outcome.StartsWith("23", StringComparison.Ordinal), said));
        Assert.True(counts["done"] > Writers * Transactions / 2, said);
        await StoredAndFresh.AssertSameAsync(migrated, fromRegisters: false, said);
        await StoredAndFresh.AssertSameAsync(migrated, fromRegisters: true, said);
    }

    /// <summary>A site and a station are written at the same moment, each before the other commits, again and again.</summary>
    [Fact]
    public async Task A_site_and_a_station_that_are_written_at_once_see_each_other()
    {
        await using var migrated = await MigratedDatabase.CreateAsync(cluster);
        await migrated.ExecuteAsync("INSERT INTO geooffer.infrastructure (code, kind, geom) VALUES ('far', 'passenger_station', 'SRID=4326;POINT(11 46)')");
        for (var turn = 0; turn < 15; turn++)
        {
            await using var first = await migrated.Source.OpenConnectionAsync(Cancellation);
            await using var second = await migrated.Source.OpenConnectionAsync(Cancellation);
            var site = $"INSERT INTO geooffer.site (code, kind, name_it, geom) VALUES ('S{turn}', 'brownfield', 'x', 'SRID=4326;POINT(9.{turn:00} 45)')";
            var station = $"INSERT INTO geooffer.infrastructure (code, kind, geom) VALUES ('I{turn}', 'passenger_station', 'SRID=4326;POINT(9.{turn:00} 45)')";
            var (early, late) = turn % 2 == 0 ? (site, station) : (station, site);

            await using var transaction = await first.BeginTransactionAsync(Cancellation);
            await using (var command = new NpgsqlCommand(early, first, transaction))
            {
                await command.ExecuteNonQueryAsync(Cancellation);
            }

            await using var waiting = new NpgsqlCommand(late, second);
            var other = waiting.ExecuteNonQueryAsync(Cancellation);
            await UntilWaitingAsync(migrated, second.ProcessID, other);
            Assert.False(other.IsCompleted);
            await transaction.CommitAsync(Cancellation);
            await other;

            Assert.Equal(0d, (await migrated.FactsAsync())[$"S{turn}"]["distance_passenger_station_m"]);
        }
    }

    [Fact]
    public async Task Writers_of_sites_do_not_wait_for_each_other()
    {
        await using var migrated = await MigratedDatabase.CreateAsync(cluster);
        await using var first = await migrated.Source.OpenConnectionAsync(Cancellation);
        await using var transaction = await first.BeginTransactionAsync(Cancellation);
        await using var held = new NpgsqlCommand("INSERT INTO geooffer.site (code, kind, name_it) VALUES ('A', 'brownfield', 'x')", first, transaction);
        await held.ExecuteNonQueryAsync(Cancellation);

        await migrated.ExecuteAsync("SET lock_timeout = '20s'; INSERT INTO geooffer.site (code, kind, name_it) VALUES ('B', 'brownfield', 'x')");

        Assert.Equal(["B"], (await migrated.FactsAsync()).Keys);
        await transaction.CommitAsync(Cancellation);
        Assert.Equal(["A", "B"], (await migrated.FactsAsync()).Keys);
    }

    private static async Task<string> TryAsync(MigratedDatabase migrated, string sql)
    {
        await using var connection = await migrated.Source.OpenConnectionAsync(Cancellation);
        try
        {
            await using var command = new NpgsqlCommand(sql, connection);
            await command.ExecuteNonQueryAsync(Cancellation);
            return "done";
        }
        catch (PostgresException refused)
        {
            return refused.SqlState;
        }
    }

    private static async Task UntilWaitingAsync(MigratedDatabase migrated, int processId, Task waiting)
    {
        while (!waiting.IsCompleted && !await migrated.ScalarAsync<bool>("SELECT cardinality(pg_blocking_pids($1)) > 0", processId))
        {
            await Task.Delay(5, Cancellation);
        }
    }
}
