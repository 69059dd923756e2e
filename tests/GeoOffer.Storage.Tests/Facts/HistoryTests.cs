using GeoOffer.Testing;
using Npgsql;

namespace GeoOffer.Storage.Tests.Facts;

/// <summary>What was there at any version can be told: current rows and superseded ones together.</summary>
public sealed class HistoryTests(PostGisCluster cluster)
{
    private static readonly string[] Registers =
        ["site", "infrastructure", "constraint_area", "municipality", "province", "pole", "pilot_area", "agreement"];

    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    public async Task Every_version_can_be_read_again_as_it_was(int seed)
    {
        await using var migrated = await MigratedDatabase.CreateAsync(cluster);
        var columns = new Dictionary<string, string>();
        foreach (var register in Registers)
        {
            columns.Add(register, await migrated.ScalarAsync<string>(
                """
                SELECT string_agg('t.' || quote_ident(column_name), ', ' ORDER BY ordinal_position)
                FROM information_schema.columns WHERE table_schema = 'geooffer' AND table_name = $1
                """,
                register));
        }

        await migrated.ExecuteAsync(new RandomWriter(seed).Beginning());
        await migrated.ExecuteAsync("INSERT INTO geooffer.agreement (code, municipality_code, name_it) VALUES ('A', '016000', 'x'), ('B', '016000', 'x')");
        var seen = new Dictionary<(string Register, long Version), string>();
        for (var turn = 0; turn < 30; turn++)
        {
            try
            {
                await migrated.ExecuteAsync(turn % 7 == 0
                    ? $"UPDATE geooffer.agreement SET name_it = name_it || '{turn}' WHERE code = 'A'; UPDATE geooffer.agreement SET state = 'signed'"
                    : new RandomWriter((1000 * seed) + turn).Transaction());
            }
            catch (PostgresException refused) when (refused.SqlState.StartsWith("23", StringComparison.Ordinal))
            {
                continue;
            }

            var version = await migrated.ScalarAsync<long>("SELECT version FROM geooffer.data_version");
            foreach (var register in Registers)
            {
                seen[(register, version)] = await migrated.ScalarAsync<string>(
                    $"""
                    SELECT coalesce(string_agg(row::text, E'\n' ORDER BY row::text), '')
                    FROM (SELECT {columns[register]} FROM geooffer.{register} AS t) AS row
                    """);
            }
        }

        Assert.True(await migrated.ScalarAsync<long>("SELECT count(*) FROM geooffer.site_history") > 10, "too little was superseded");
        foreach (var ((register, version), then) in seen)
        {
            var asOf = await migrated.ScalarAsync<string>(
                $"""
                SELECT coalesce(string_agg(row::text, E'\n' ORDER BY row::text), '') FROM (
                  SELECT {columns[register]} FROM geooffer.{register} AS t JOIN geooffer.change_set AS w ON w.id = t.change_set_id WHERE w.version <= $1
                  UNION ALL
                  SELECT {columns[register]} FROM geooffer.{register}_history AS t
                  JOIN geooffer.change_set AS w ON w.id = t.change_set_id JOIN geooffer.change_set AS g ON g.id = t.to_change_set_id
                  WHERE w.version <= $1 AND g.version > $1) AS row
                """,
                version);
            Assert.Equal(then, asOf);
        }
    }

    [Fact]
    public async Task Superseded_rows_are_kept_from_change_set_to_change_set()
    {
        await using var migrated = await MigratedDatabase.CreateAsync(cluster);
        await migrated.ExecuteAsync("INSERT INTO geooffer.site (code, kind, name_it) VALUES ('S', 'brownfield', 'first')");
        await migrated.ExecuteAsync("UPDATE geooffer.site SET name_it = 'second'");
        await migrated.ExecuteAsync("UPDATE geooffer.site SET name_it = 'nobody' WHERE code = 'none'");
        await migrated.ExecuteAsync("DELETE FROM geooffer.site");

        Assert.Equal(
            ["first 1-2", "second 2-4"],
            await migrated.ScalarAsync<string[]>(
                """
                SELECT array_agg(h.name_it || ' ' || f.version || '-' || t.version ORDER BY f.version)
                FROM geooffer.site_history AS h
                JOIN geooffer.change_set AS f ON f.id = h.change_set_id JOIN geooffer.change_set AS t ON t.id = h.to_change_set_id
                """));
    }

    [Fact]
    public async Task Writers_are_named_and_their_rows_stamped_whatever_they_say()
    {
        await using var migrated = await MigratedDatabase.CreateAsync(cluster);
        await migrated.ExecuteAsync("INSERT INTO geooffer.agreement (code, municipality_code, name_it) VALUES ('A', '015001', 'x')");
        await migrated.ExecuteAsync(
            """
            BEGIN;
            SELECT geooffer.begin_change_set('Anna', 'import', 'a note');
            UPDATE geooffer.agreement SET change_set_id = 1, name_it = 'y';
            INSERT INTO geooffer.site (code, kind, name_it, change_set_id) VALUES ('S', 'brownfield', 'x', 1);
            COMMIT
            """);

        Assert.Equal(
            ["agreement: Anna by import, a note", "site: Anna by import, a note"],
            await migrated.ScalarAsync<string[]>(
                """
                SELECT array_agg(r.name || ': ' || c.author || ' by ' || c.channel || ', ' || c.note ORDER BY r.name)
                FROM (
                  SELECT 'site', change_set_id FROM geooffer.site UNION SELECT 'agreement', change_set_id FROM geooffer.agreement) AS r (name, change_set_id)
                JOIN geooffer.change_set AS c ON c.id = r.change_set_id
                """));
        Assert.Equal("postgres by sql", await migrated.ScalarAsync<string>("SELECT author || ' by ' || channel FROM geooffer.change_set WHERE version = 1"));
    }

    [Fact]
    public async Task A_dataset_that_is_described_anew_is_a_change()
    {
        await using var migrated = await MigratedDatabase.CreateAsync(cluster);
        await migrated.ExecuteAsync("INSERT INTO geooffer.dataset (collection, name, source) VALUES ('sites', 'x', 'x')");
        await migrated.ExecuteAsync("UPDATE geooffer.dataset SET as_of = '2023-01-01'");

        Assert.Equal(
            2L, await migrated.ScalarAsync<long>("SELECT c.version FROM geooffer.dataset AS d JOIN geooffer.change_set AS c ON c.id = d.change_set_id"));
    }

    [Theory]
    [InlineData("site")]
    [InlineData("infrastructure")]
    [InlineData("constraint_area")]
    [InlineData("municipality")]
    [InlineData("province")]
    [InlineData("pole")]
    [InlineData("pilot_area")]
    [InlineData("agreement")]
    [InlineData("dataset_coverage")]
    [InlineData("dataset")]
    [InlineData("change_set")]
    public async Task Truncate_is_refused_with_what_to_do_instead(string table)
    {
        await using var migrated = await MigratedDatabase.CreateAsync(cluster);

        var refusal = await Assert.ThrowsAsync<PostgresException>(() => migrated.ExecuteAsync($"TRUNCATE geooffer.{table} CASCADE"));

        Assert.Equal(PostgresErrorCodes.FeatureNotSupported, refusal.SqlState);
        Assert.Contains("use DELETE", refusal.MessageText, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("site", "INSERT INTO geooffer.site (code, kind, name_it) VALUES ('S', 'brownfield', 'x')")]
    [InlineData("infrastructure", "INSERT INTO geooffer.infrastructure (code, kind, geom) VALUES ('I', 'port', 'SRID=4326;POINT(9 45)')")]
    public async Task The_id_of_a_row_stays(string register, string insert)
    {
        await using var migrated = await MigratedDatabase.CreateAsync(cluster);
        await migrated.ExecuteAsync(insert);

        var refusal = await Assert.ThrowsAsync<PostgresException>(() => migrated.ExecuteAsync($"UPDATE geooffer.{register} SET id = DEFAULT"));

        Assert.Equal(PostgresErrorCodes.IntegrityConstraintViolation, refusal.SqlState);
    }

    /// <summary>Read ETags include the stamp of facts, so facts that change take a new one, and the sheet keeps its own.</summary>
    [Fact]
    public async Task Facts_are_stamped_apart_from_the_sheet()
    {
        await using var migrated = await MigratedDatabase.CreateAsync(cluster);
        await migrated.ExecuteAsync("INSERT INTO geooffer.site (code, kind, name_it, geom) VALUES ('S', 'brownfield', 'x', 'SRID=4326;POINT(9 45)')");
        Assert.Equal((1L, 1L), await StampsAsync(migrated));

        await migrated.ExecuteAsync("INSERT INTO geooffer.infrastructure (code, kind, geom) VALUES ('near', 'port', 'SRID=4326;POINT(9.1 45)')");
        Assert.Equal((1L, 2L), await StampsAsync(migrated));

        await migrated.ExecuteAsync("INSERT INTO geooffer.infrastructure (code, kind, geom) VALUES ('far', 'port', 'SRID=4326;POINT(9.9 45)')");
        await migrated.ExecuteAsync("UPDATE geooffer.infrastructure SET name_it = 'x', geom = geom");
        Assert.Equal((1L, 2L), await StampsAsync(migrated));

        await migrated.ExecuteAsync("UPDATE geooffer.site SET name_it = 'y'");
        Assert.Equal((5L, 2L), await StampsAsync(migrated));
    }

    private static async Task<(long Sheet, long Facts)> StampsAsync(MigratedDatabase migrated) => (
        await migrated.ScalarAsync<long>("SELECT version FROM geooffer.change_set WHERE id = (SELECT change_set_id FROM geooffer.site)"),
        await migrated.ScalarAsync<long>("SELECT version FROM geooffer.change_set WHERE id = (SELECT change_set_id FROM geooffer.site_fact)"));
}
