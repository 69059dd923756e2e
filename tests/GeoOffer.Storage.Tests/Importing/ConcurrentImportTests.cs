using GeoOffer.Storage.Importing;
using GeoOffer.Testing;

namespace GeoOffer.Storage.Tests.Importing;

/// <summary>Two imports of one dataset at once: what is stored is what the later of them would have stored alone after the other.</summary>
public sealed class ConcurrentImportTests(PostGisCluster cluster) : IAsyncLifetime
{
    private MigratedDatabase _database = null!;

    public async ValueTask InitializeAsync() => _database = await MigratedDatabase.CreateAsync(cluster);

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task One_that_replaces_removes_what_another_has_stored_since_it_looked(bool exists)
    {
        if (exists)
        {
            await _database.Database.StoreAsync(Sites("OLD1", "OLD2"));
        }

        using var hold = new Hold();
        var held = Task.Run(() => new Importer(_database.Database).RunAsync(Sites("B1", "B2", "B3"), hold, TestContext.Current.CancellationToken));
        await hold.Reached.Task.WaitAsync(TimeSpan.FromMinutes(2), TestContext.Current.CancellationToken);
        Assert.Equal(2, (await _database.Database.StoreAsync(Sites("A1", "A2"))).Rows.New);
        hold.Go.Set();

        var report = await held;
        Assert.True(report.IsStored);
        Assert.Equal((3L, 2L), (report.Rows.New, report.Rows.Removed));
        Assert.Equal("B1 B2 B3", await _database.ScalarAsync<string>("SELECT string_agg(code, ' ' ORDER BY code) FROM geooffer.site WHERE lifecycle_state <> 'withdrawn'"));
    }

    [Fact]
    public async Task Many_at_once_all_end_well_and_leave_the_rows_of_one()
    {
        var reports = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => Task.Run(() => new Importer(_database.Database).RunAsync(
            Sites([.. Enumerable.Range(0, 50).Select(row => $"S{(row * (i + 1)) % 97}")]), null, TestContext.Current.CancellationToken))));
        Assert.All(reports, report => Assert.True(report.IsStored));
        var stored = await _database.ScalarAsync<string>("SELECT string_agg(code, ' ' ORDER BY code) FROM geooffer.site WHERE lifecycle_state <> 'withdrawn'");
        Assert.Contains(stored, Enumerable.Range(0, 6).Select(i => string.Join(' ', Enumerable.Range(0, 50).Select(row => $"S{(row * (i + 1)) % 97}").Order(StringComparer.Ordinal))));
        Assert.Equal(0, await _database.ScalarAsync<long>("SELECT count(*) FROM pg_class WHERE relnamespace = 'geooffer_staging'::regnamespace"));
    }

    private static ImportRequest Sites(params string[] codes) => Imports.Request(
        "sites", "sites.csv", "code,kind,name,lon,lat,lifecycle_state\n" + string.Join('\n', codes.Select(code => $"{code},greenfield,x,9.1,45.1,published"))) with
    {
        Mode = ImportMode.Replace,
    };

    /// <summary>Holds an import when it is about to publish for the first time.</summary>
    private sealed class Hold : IProgress<ImportProgress>, IDisposable
    {
        public TaskCompletionSource Reached { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public ManualResetEventSlim Go { get; } = new();

        public void Report(ImportProgress value)
        {
            if (value.Stage == ImportStage.Publishing && Reached.TrySetResult())
            {
                Go.Wait(TimeSpan.FromMinutes(2));
            }
        }

        public void Dispose() => Go.Dispose();
    }
}
