using System.Data;
using GeoOffer.Testing;
using Npgsql;

namespace GeoOffer.Storage.Tests.Facts;

/// <summary>Versions of the data: in the order of commits, without gaps, and seen in that order.</summary>
public sealed class ChangeSetTests(PostGisCluster cluster)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Versions_become_visible_in_their_order_and_without_gaps()
    {
        await using var migrated = await MigratedDatabase.CreateAsync(cluster);
        var writers = Task.WhenAll(Enumerable.Range(0, 6).Select(writer => WriteAsync(migrated, writer)));

        // Whatever version a reader sees, it sees all that came before, complete, and never less than it saw.
        var last = 0L;
        while (!writers.IsCompleted)
        {
            await using var command = migrated.Source.CreateCommand(
                """
                SELECT v.version, count(c.version), coalesce(max(c.version), 0), count(*) FILTER (WHERE c.id IS NOT NULL AND c.version IS NULL),
                  (SELECT count(*) FROM geooffer.site AS s LEFT JOIN geooffer.change_set AS w ON w.id = s.change_set_id WHERE w.version IS NULL)
                FROM geooffer.data_version AS v LEFT JOIN geooffer.change_set AS c ON true GROUP BY v.version
                """);
            await using var reader = await command.ExecuteReaderAsync(Cancellation);
            Assert.True(await reader.ReadAsync(Cancellation));
            var version = reader.GetInt64(0);
            Assert.Equal((version, version, 0L, 0L), (reader.GetInt64(1), reader.GetInt64(2), reader.GetInt64(3), reader.GetInt64(4)));
            Assert.True(version >= last, $"version {version} after {last}");
            last = version;
        }

        var committed = (await writers).SelectMany(codes => codes).ToList();
        var stored = await migrated.ScalarAsync<string[]>("SELECT array_agg(code ORDER BY code COLLATE \"C\") FROM geooffer.site");
        Assert.Equal(committed.Order(StringComparer.Ordinal), stored);
        Assert.True(last > 0, "no version was seen while writers were at work");
        Assert.Equal(
            0L,
            await migrated.ScalarAsync<long>(
                "SELECT count(*) FROM (SELECT committed_at < lag(committed_at) OVER (ORDER BY version) AS early FROM geooffer.change_set) AS c WHERE early"));
    }

    /// <summary>Transactions of one to three sites that take their time; some are taken back.</summary>
    private static async Task<List<string>> WriteAsync(MigratedDatabase migrated, int writer)
    {
        var random = new Random(writer);
        var committed = new List<string>();
        for (var turn = 0; turn < 15; turn++)
        {
            await using var connection = await migrated.Source.OpenConnectionAsync(Cancellation);
            await using var transaction = await connection.BeginTransactionAsync(Cancellation);
            var codes = Enumerable.Range(0, 1 + random.Next(3)).Select(n => $"{writer}-{turn}-{n}").ToList();
            foreach (var code in codes)
            {
                const string Insert = "INSERT INTO geooffer.site (code, kind, name_it) VALUES ($1, 'brownfield', 'x')";
                await using var insert = new NpgsqlCommand(Insert, connection, transaction)
                {
                    Parameters = { new() { Value = code } },
                };
                await insert.ExecuteNonQueryAsync(Cancellation);
                await Task.Delay(random.Next(15), Cancellation);
            }

            if (random.Next(4) == 0)
            {
                await transaction.RollbackAsync(Cancellation);
            }
            else
            {
                await transaction.CommitAsync(Cancellation);
                committed.AddRange(codes);
            }
        }

        return committed;
    }

    [Theory]
    [InlineData(IsolationLevel.RepeatableRead)]
    [InlineData(IsolationLevel.Serializable)]
    public async Task Writers_with_an_older_snapshot_are_refused_with_the_reason(IsolationLevel level)
    {
        await using var migrated = await MigratedDatabase.CreateAsync(cluster);
        string[] statements =
        [
            "INSERT INTO geooffer.site (code, kind, name_it) VALUES ('S', 'brownfield', 'x')",
            "UPDATE geooffer.site SET name_it = 'y'",
            "DELETE FROM geooffer.infrastructure",
            "INSERT INTO geooffer.municipality (code, name_it, province_code) VALUES ('015001', 'x', '015')",
            "DELETE FROM geooffer.dataset_coverage",
            "INSERT INTO geooffer.dataset (collection, name, source) VALUES ('sites', 'x', 'x')",
            "SELECT geooffer.begin_change_set('x', 'y')",
        ];
        foreach (var statement in statements)
        {
            await using var connection = await migrated.Source.OpenConnectionAsync(Cancellation);
            await using var transaction = await connection.BeginTransactionAsync(level, Cancellation);
            await using var command = new NpgsqlCommand(statement, connection, transaction);
            var refusal = await Assert.ThrowsAsync<PostgresException>(() => command.ExecuteNonQueryAsync(Cancellation));
            Assert.Equal("25000", refusal.SqlState);
            Assert.Contains("READ COMMITTED", refusal.MessageText, StringComparison.Ordinal);
        }

        Assert.Equal(0L, await migrated.ScalarAsync<long>("SELECT version FROM geooffer.data_version"));
    }

    [Fact]
    public async Task One_transaction_is_one_change_set_and_what_is_taken_back_leaves_none()
    {
        await using var migrated = await MigratedDatabase.CreateAsync(cluster);
        await migrated.ExecuteAsync(
            """
            BEGIN;
            SAVEPOINT nothing;
            INSERT INTO geooffer.site (code, kind, name_it) VALUES ('back', 'brownfield', 'x');
            ROLLBACK TO nothing;
            INSERT INTO geooffer.infrastructure (code, kind, geom) VALUES ('I', 'port', 'SRID=4326;POINT(9 45)');
            SAVEPOINT later;
            UPDATE geooffer.infrastructure SET name_it = 'taken back';
            ROLLBACK TO later;
            INSERT INTO geooffer.site (code, kind, name_it) VALUES ('S', 'brownfield', 'x');
            COMMIT
            """);
        await migrated.ExecuteAsync("BEGIN; INSERT INTO geooffer.site (code, kind, name_it) VALUES ('T', 'brownfield', 'x'); ROLLBACK");

        Assert.Equal((1L, 1L), await VersionsAsync(migrated));
        Assert.Equal(
            1L,
            await migrated.ScalarAsync<long>(
                "SELECT count(*) FROM (SELECT change_set_id FROM geooffer.site UNION SELECT change_set_id FROM geooffer.infrastructure) AS written"));

        await migrated.ExecuteAsync("UPDATE geooffer.site SET name_it = 'y'");
        Assert.Equal((2L, 2L), await VersionsAsync(migrated));
    }

    [Fact]
    public async Task A_reader_of_one_snapshot_sees_a_change_set_whole()
    {
        await using var migrated = await MigratedDatabase.CreateAsync(cluster);
        await migrated.ExecuteAsync("INSERT INTO geooffer.site (code, kind, name_it) SELECT 'S' || n, 'brownfield', '0' FROM generate_series(1, 20) AS n");
        var writing = Task.Run(
            async () =>
            {
                for (var turn = 1; turn <= 50; turn++)
                {
                    await migrated.ExecuteAsync("UPDATE geooffer.site SET name_it = $1", $"{turn}");
                }
            },
            Cancellation);
        do
        {
            Assert.Equal(1L, await migrated.ScalarAsync<long>(
                """
                SELECT count(DISTINCT (s.name_it, c.version, v.version))
                FROM geooffer.site AS s JOIN geooffer.change_set AS c ON c.id = s.change_set_id JOIN geooffer.data_version AS v ON v.version = c.version
                """));
        }
        while (!writing.IsCompleted);

        await writing;
    }

    private static async Task<(long Version, long ChangeSets)> VersionsAsync(MigratedDatabase migrated) => (
        await migrated.ScalarAsync<long>("SELECT version FROM geooffer.data_version"),
        await migrated.ScalarAsync<long>("SELECT count(*) FROM geooffer.change_set"));
}
