using System.Diagnostics;
using GeoOffer.Testing;

namespace GeoOffer.Server.Tests.Faults;

/// <summary>
/// The built importer and its database, ended in the midst of an import: the data are as they were, what is left beside them is swept by
/// the next import, and who is left to say something says what it is.
/// </summary>
public sealed class ImportFaultTests(PostGisCluster cluster) : IDisposable
{
    private const int Before = 300;
    private const int After = 2_000;

    private readonly List<string> _files = [];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(ImportMoment.Reading)]
    [InlineData(ImportMoment.Facts)]
    [InlineData(ImportMoment.Publishing)]
    public async Task An_importer_that_is_killed_leaves_the_data_as_they_were(ImportMoment moment)
    {
        await using var database = await cluster.CreateDatabaseAsync("migrated_with_briefs", RunningService.MigrateAsync);
        var state = await StoreFirstAsync(database.ConnectionString);
        await using (var barrier = await Barrier.CloseAsync(database.ConnectionString, moment))
        {
            using var importer = ImporterProcess.Start(database.ConnectionString, Write(After, 1));
            await barrier.WaitForArrivalAsync();
            await importer.KillAsync();
            await barrier.OpenAsync();
        }

        Assert.Equal(state, await StoredState.ReadAsync(database.ConnectionString));
        Assert.NotEqual(0, (await StoredState.CountAsync(database.ConnectionString)).Left);
        await StoreSecondAsync(database.ConnectionString);
    }

    [Theory]
    [InlineData(ImportMoment.Reading)]
    [InlineData(ImportMoment.Facts)]
    [InlineData(ImportMoment.Publishing)]
    public async Task A_process_of_the_database_that_is_killed_ends_the_import_with_a_word_and_nothing_else(ImportMoment moment)
    {
        await using var mortal = await MortalCluster.StartAsync();
        var connectionString = await MigrateAsync(mortal);
        var state = await StoreFirstAsync(connectionString);
        using (var importer = ImporterProcess.Start(connectionString, Write(After, 1)))
        {
            await using (var barrier = await Barrier.CloseAsync(connectionString, moment))
            {
                MortalCluster.KillBackend(await barrier.WaitForArrivalAsync());
            }

            AssertAway(await importer.EndAsync());
        }

        await RecoverAsync(connectionString);
        Assert.Equal(state, await StoredState.ReadAsync(connectionString));
        await StoreSecondAsync(connectionString);
    }

    [Theory]
    [InlineData(ImportMoment.Reading)]
    [InlineData(ImportMoment.Publishing)]
    public async Task A_database_that_is_killed_whole_comes_back_with_the_data_as_they_were(ImportMoment moment)
    {
        await using var mortal = await MortalCluster.StartAsync();
        var connectionString = await MigrateAsync(mortal);
        var state = await StoreFirstAsync(connectionString);

        // The clusters of tests do not wait for the disk: what is committed must be there before the power goes.
        await mortal.ExecuteAsync("CHECKPOINT");
        using (var importer = ImporterProcess.Start(connectionString, Write(After, 1)))
        {
            await using (var barrier = await Barrier.CloseAsync(connectionString, moment))
            {
                await barrier.WaitForArrivalAsync();
                mortal.Kill();
            }

            AssertAway(await importer.EndAsync());
        }

        await mortal.StartAgainAsync();
        await RecoverAsync(connectionString);
        Assert.Equal(state, await StoredState.ReadAsync(connectionString));
        await StoreSecondAsync(connectionString);
    }

    [Fact]
    public async Task A_disk_that_is_full_is_told_as_such_and_leaves_the_data_as_they_were()
    {
        await using var disk = await SmallDisk.MountAsync(megabytes: 96);
        await using var mortal = await MortalCluster.StartAsync();
        await mortal.ExecuteAsync($"CREATE TABLESPACE small LOCATION '{disk.Folder}'");
        var connectionString = await MigrateAsync(mortal, "TABLESPACE small");
        var state = await StoreFirstAsync(connectionString);
        disk.FillAllBut(megabytes: 1);

        using (var importer = ImporterProcess.Start(connectionString, Write(After, 1)))
        {
            var (code, _, error) = await importer.EndAsync();
            Assert.StartsWith("geooffer: The disk of the database is full", error, StringComparison.Ordinal);
            Assert.Equal(3, code);
            Assert.Single(error.Trim().Split('\n'));
        }

        Assert.Equal(state, await StoredState.ReadAsync(connectionString));
        disk.Clear();
        await StoreSecondAsync(connectionString);
    }

    public void Dispose() => _files.ForEach(File.Delete);

    private static async Task<string> MigrateAsync(MortalCluster mortal, string options = "")
    {
        var connectionString = await mortal.CreateDatabaseAsync("geooffer", options);
        await RunningService.MigrateAsync(connectionString);
        return connectionString;
    }

    private static void AssertAway((int Code, string Output, string Error) end)
    {
        Assert.StartsWith("geooffer: The database is away or not ready: ", end.Error, StringComparison.Ordinal);
        Assert.Equal(3, end.Code);
        Assert.Single(end.Error.Trim().Split('\n'));
    }

    /// <summary>Waits until the database answers again.</summary>
    private static async Task RecoverAsync(string connectionString)
    {
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                await Barrier.RemoveAsync(connectionString);
                return;
            }
            catch (Npgsql.NpgsqlException) when (Stopwatch.GetElapsedTime(started) < TimeSpan.FromMinutes(2))
            {
                await Task.Delay(200, Token);
            }
        }
    }

    private async Task<StoredState> StoreFirstAsync(string connectionString)
    {
        using var importer = ImporterProcess.Start(connectionString, Write(Before, 0));
        Assert.Equal((0, "", ""), await importer.EndAsync());
        return await StoredState.ReadAsync(connectionString);
    }

    private async Task StoreSecondAsync(string connectionString)
    {
        using var importer = ImporterProcess.Start(connectionString, Write(After, 1));
        Assert.Equal((0, "", ""), await importer.EndAsync());
        Assert.Equal((After, After, 0), await StoredState.CountAsync(connectionString));
    }

    private string Write(int count, int edition)
    {
        var path = ImporterProcess.WriteSites(count, edition);
        _files.Add(path);
        return path;
    }
}
