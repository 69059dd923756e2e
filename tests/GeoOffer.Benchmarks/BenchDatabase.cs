using System.Globalization;
using GeoOffer.Storage;
using Npgsql;

namespace GeoOffer.Benchmarks;

/// <summary>A database of its own, emptied and filled anew with synthetic layers and sites.</summary>
internal sealed class BenchDatabase(GeoOfferDatabase database)
{
    /// <summary>The database.</summary>
    public GeoOfferDatabase Database { get; } = database;

    /// <summary>Makes the schema anew, with layers and no sites.</summary>
    public async Task ResetAsync(CancellationToken cancellationToken)
    {
        await ExecuteAsync("DROP SCHEMA IF EXISTS geooffer CASCADE; DROP SCHEMA IF EXISTS geooffer_layers CASCADE", cancellationToken);
        await Database.MigrateAsync(
            new RegionSettings("00", "Prova", "Bench", 32632, 0.001, [8.4, 44.6, 11.5, 46.7], ["it", "en"]), cancellationToken);
        await ExecuteAsync($"BEGIN; {Read("layers.sql")}; COMMIT", cancellationToken);
        await ExecuteAsync(
            """
            DROP TABLE IF EXISTS bench_site;
            CREATE UNLOGGED TABLE bench_site (
              id bigint, geom geometry, kind text, functions text[], gross_area_declared_ha double precision, is_public boolean);
            """,
            cancellationToken);
        await ExecuteAsync("VACUUM ANALYZE", cancellationToken);
    }

    /// <summary>Adds synthetic sites to <c>bench_site</c>, numbered from <paramref name="first"/>.</summary>
    public async Task DrawSitesAsync(int count, int first, CancellationToken cancellationToken)
    {
        await using var command = Database.Source.CreateCommand(Read("sites.sql"));
        command.Parameters.Add(new() { Value = count });
        command.Parameters.Add(new() { Value = first });
        await command.ExecuteNonQueryAsync(cancellationToken);
        await ExecuteAsync("ANALYZE bench_site", cancellationToken);
    }

    /// <summary>Makes the schema anew, with layers and so many sites whose facts are drawn at random.</summary>
    public async Task FillAsync(int count, CancellationToken cancellationToken)
    {
        await ResetAsync(cancellationToken);
        await DrawSitesAsync(count, 1, cancellationToken);
        var sites = Read("match_sites.sql").Replace("$1", count.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);
        await ExecuteAsync($"BEGIN; {sites}; COMMIT", cancellationToken);
        await ExecuteAsync("VACUUM ANALYZE", cancellationToken);
    }

    /// <summary>The one value of a statement without parameters.</summary>
    public async Task<object?> ScalarAsync(string sql, CancellationToken cancellationToken)
    {
        await using var command = Database.Source.CreateCommand(sql);
        return await command.ExecuteScalarAsync(cancellationToken);
    }

    /// <summary>Runs statements without parameters.</summary>
    public async Task ExecuteAsync(string sql, CancellationToken cancellationToken)
    {
        await using var connection = await Database.Source.OpenConnectionAsync(cancellationToken);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>The text of a file of <c>Sql/</c>.</summary>
    public static string Read(string file)
    {
        using var reader = new StreamReader(typeof(BenchDatabase).Assembly.GetManifestResourceStream(file)!);
        return reader.ReadToEnd();
    }
}
