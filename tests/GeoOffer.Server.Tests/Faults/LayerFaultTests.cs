using GeoOffer.Testing;
using Npgsql;

namespace GeoOffer.Server.Tests.Faults;

/// <summary>The importer of a layer and its database, ended in the midst: the layer that was there is there, whole, with the facts of its sites.</summary>
public sealed class LayerFaultTests(PostGisCluster cluster) : IDisposable
{
    private const int Sites = 50;
    private const int Before = 300;
    private const int After = 2_000;

    private readonly List<string> _files = [];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(ImportMoment.Reading)]
    [InlineData(ImportMoment.Facts)]
    [InlineData(ImportMoment.LayerPublishing)]
    public async Task An_importer_that_is_killed_leaves_the_layer_as_it_was(ImportMoment moment)
    {
        await using var database = await cluster.CreateDatabaseAsync("migrated_with_briefs", RunningService.MigrateAsync);
        var state = await StoreFirstAsync(database.ConnectionString);
        await using (var barrier = await Barrier.CloseAsync(database.ConnectionString, moment))
        {
            using var importer = ImporterProcess.StartLayer(database.ConnectionString, Write(After, 1));
            await barrier.WaitForArrivalAsync();
            await importer.KillAsync();
            await barrier.OpenAsync();
        }

        Assert.Equal(state, await StoredState.ReadAsync(database.ConnectionString));
        await StoreSecondAsync(database.ConnectionString);
    }

    [Theory]
    [InlineData(ImportMoment.Reading)]
    [InlineData(ImportMoment.LayerPublishing)]
    public async Task A_database_that_is_killed_comes_back_with_the_layer_as_it_was(ImportMoment moment)
    {
        await using var mortal = await MortalCluster.StartAsync();
        var connectionString = await mortal.CreateDatabaseAsync("geooffer");
        await RunningService.MigrateAsync(connectionString);
        var state = await StoreFirstAsync(connectionString);
        await mortal.ExecuteAsync("CHECKPOINT");
        using (var importer = ImporterProcess.StartLayer(connectionString, Write(After, 1)))
        {
            await using (var barrier = await Barrier.CloseAsync(connectionString, moment))
            {
                await barrier.WaitForArrivalAsync();
                mortal.Kill();
            }

            var (code, _, error) = await importer.EndAsync();
            Assert.StartsWith("geooffer: The database is away or not ready: ", error, StringComparison.Ordinal);
            Assert.Equal(3, code);
        }

        await mortal.StartAgainAsync();
        await Barrier.RemoveAsync(connectionString);
        Assert.Equal(state, await StoredState.ReadAsync(connectionString));
        await StoreSecondAsync(connectionString);
    }

    [Fact]
    public async Task A_disk_that_is_full_leaves_the_layer_as_it_was()
    {
        await using var disk = await SmallDisk.MountAsync(megabytes: 96);
        await using var mortal = await MortalCluster.StartAsync();
        await mortal.ExecuteAsync($"CREATE TABLESPACE small LOCATION '{disk.Folder}'");
        var connectionString = await mortal.CreateDatabaseAsync("geooffer", "TABLESPACE small");
        await RunningService.MigrateAsync(connectionString);
        var state = await StoreFirstAsync(connectionString);
        disk.FillAllBut(megabytes: 1);
        using (var importer = ImporterProcess.StartLayer(connectionString, Write(After, 1)))
        {
            var (code, _, error) = await importer.EndAsync();
            Assert.StartsWith("geooffer: The disk of the database is full", error, StringComparison.Ordinal);
            Assert.Equal(3, code);
        }

        Assert.Equal(state, await StoredState.ReadAsync(connectionString));
        disk.Clear();
        await StoreSecondAsync(connectionString);
    }

    public void Dispose() => _files.ForEach(File.Delete);

    private async Task<StoredState> StoreFirstAsync(string connectionString)
    {
        using (var sites = ImporterProcess.Start(connectionString, Write(Sites, 0)))
        {
            Assert.Equal((0, "", ""), await sites.EndAsync());
        }

        using var importer = ImporterProcess.StartLayer(connectionString, Write(Before, 0));
        Assert.Equal((0, "", ""), await importer.EndAsync());
        Assert.Equal((Before, Sites), await CountAsync(connectionString));
        return await StoredState.ReadAsync(connectionString);
    }

    private async Task StoreSecondAsync(string connectionString)
    {
        using var importer = ImporterProcess.StartLayer(connectionString, Write(After, 1));
        Assert.Equal((0, "", ""), await importer.EndAsync());
        Assert.Equal((After, Sites), await CountAsync(connectionString));
        Assert.Equal(0, (await StoredState.CountAsync(connectionString)).Left);
    }

    /// <summary>The features of the layer as it is described, and the sites whose distance from it is known.</summary>
    private static async Task<(long Features, long Measured)> CountAsync(string connectionString)
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        await using var command = source.CreateCommand(
            """
            SELECT (SELECT feature_count FROM geooffer.layer WHERE name = 'fields'),
              (SELECT count(*) FROM geooffer.site_fact AS f WHERE to_jsonb(f) ->> 'distance_fields_m' IS NOT NULL)
            """);
        await using var reader = await command.ExecuteReaderAsync(Token);
        await reader.ReadAsync(Token);
        return (reader.GetInt64(0), reader.GetInt64(1));
    }

    private string Write(int count, int edition)
    {
        var path = ImporterProcess.WriteSites(count, edition);
        _files.Add(path);
        return path;
    }
}
