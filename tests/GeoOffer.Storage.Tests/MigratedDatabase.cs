using GeoOffer.Testing;
using Npgsql;

namespace GeoOffer.Storage.Tests;

/// <summary>A database of Lombardy of one test or class: all tables, no data.</summary>
public sealed class MigratedDatabase : IAsyncDisposable
{
    private readonly TestDatabase _database;

    private MigratedDatabase(TestDatabase database) => (_database, Database) = (database, GeoOfferDatabase.Open(database.ConnectionString));

    public static RegionSettings Lombardy { get; } = new("03", "Lombardia", "Lombardy", 32632, 0.001, [8.4, 44.6, 11.5, 46.7], ["it", "en"]);

    public GeoOfferDatabase Database { get; }

    public NpgsqlDataSource Source => Database.Source;

    public static async Task<MigratedDatabase> CreateAsync(PostGisCluster cluster) => new(await cluster.CreateDatabaseAsync("migrated", async connectionString =>
    {
        await using var database = GeoOfferDatabase.Open(connectionString);
        await database.MigrateAsync(Lombardy);
    }));

    /// <summary>A copy of a migrated database that was filled once per cluster.</summary>
    /// <param name="cluster">Where.</param>
    /// <param name="templateName">Names the content; see <see cref="PostGisCluster"/>.</param>
    /// <param name="fill">Fills the template.</param>
    public static async Task<MigratedDatabase> CreateAsync(PostGisCluster cluster, string templateName, Func<GeoOfferDatabase, Task> fill) =>
        new(await cluster.CreateDatabaseAsync(templateName, async connectionString =>
        {
            await using var database = GeoOfferDatabase.Open(connectionString);
            await database.MigrateAsync(Lombardy);
            await fill(database);
        }));

    /// <summary>Runs statements in one transaction, so in one change set.</summary>
    public async Task ExecuteAsync(string sql, params object[] parameters)
    {
        await using var command = Source.CreateCommand(sql);
        foreach (var parameter in parameters)
        {
            command.Parameters.Add(new() { Value = parameter });
        }

        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

    public async Task<T> ScalarAsync<T>(string sql, params object[] parameters)
    {
        await using var command = Source.CreateCommand(sql);
        foreach (var parameter in parameters)
        {
            command.Parameters.Add(new() { Value = parameter });
        }

        return (T)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
    }

    public async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync();
        await _database.DisposeAsync();
    }
}
