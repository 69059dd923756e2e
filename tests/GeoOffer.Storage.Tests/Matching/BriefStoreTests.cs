using GeoOffer.Domain.Scouting;
using GeoOffer.Query.Catalogue;
using GeoOffer.Storage.Matching;
using GeoOffer.Testing;

namespace GeoOffer.Storage.Tests.Matching;

public sealed class BriefStoreTests(PostGisCluster cluster) : IAsyncLifetime
{
    private MatchWorld _world = null!;
    private BriefStore _store = null!;

    public async ValueTask InitializeAsync()
    {
        _world = await ComputedFacts.CreateWorldAsync(cluster);
        _store = new BriefStore(_world.Database.Database);
        await _store.KeepDecreeBriefsAsync(TestContext.Current.CancellationToken);
    }

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task The_nine_of_the_decree_are_listed_in_its_order()
    {
        var briefs = await ListAsync(Role.Public);
        Assert.Equal(Enumerable.Range(1, 9).Select(number => $"decree-{number}"), briefs.Select(brief => brief.Code));
        Assert.Equal(
            DecreeBriefs.All.Select(brief => (brief.TitleIt, brief.TitleEn, brief.SectorEn, brief.JobsMax)),
            briefs.Select(brief => (brief.TitleIt, brief.TitleEn, brief.About.GetProperty("sector_en").GetString()!, brief.About.GetProperty("jobs_max").GetInt32())));
    }

    [Fact]
    public async Task Keeping_them_again_writes_nothing()
    {
        var before = await VersionAsync();
        await _store.KeepDecreeBriefsAsync(TestContext.Current.CancellationToken);
        Assert.Equal(before, await VersionAsync());
    }

    [Fact]
    public async Task One_that_was_changed_or_removed_is_written_again()
    {
        await _world.Database.ExecuteAsync("UPDATE geooffer.brief SET document = '{}' WHERE code = 'decree-5'; DELETE FROM geooffer.brief WHERE code = 'decree-9'");
        var before = await VersionAsync();
        await _store.KeepDecreeBriefsAsync(TestContext.Current.CancellationToken);
        Assert.Equal(before + 1, await VersionAsync());
        Assert.Equal(9, (await ListAsync(Role.Public)).Count);
        Assert.Equal(40, (await FindAsync("decree-5", Role.Public))!.Document.GetProperty("area").GetProperty("target_ha").GetDouble());
    }

    [Fact]
    public async Task One_that_is_not_public_is_for_scouts()
    {
        await _world.Database.ExecuteAsync("UPDATE geooffer.brief SET is_public = false WHERE code = 'decree-2'");
        Assert.Equal((8, 9), ((await ListAsync(Role.Public)).Count, (await ListAsync(Role.Scout)).Count));
        Assert.Null(await FindAsync("decree-2", Role.Public));
        Assert.Equal("decree-2", (await FindAsync("decree-2", Role.Scout))?.Code);
    }

    [Theory]
    [InlineData("decree-10")]
    [InlineData("")]
    [InlineData("DECREE-1")]
    [InlineData("decree-1\0")]
    [InlineData("' OR true --")]
    public async Task One_that_there_is_not_is_null(string code) => Assert.Null(await FindAsync(code, Role.Administrator));

    [Fact]
    public async Task Every_one_is_read_and_answered()
    {
        var reader = new BriefJsonReader(_world.Vocabulary, ScoutingRules.Default);
        foreach (var stored in await ListAsync(Role.Public))
        {
            var reading = reader.Read(stored.Document);
            Assert.True(reading.IsValid, $"{stored.Code}: {string.Join("; ", reading.Faults)}");
            Assert.NotNull(reading.Request.Brief.Area);
            foreach (var role in Enum.GetValues<Role>())
            {
                var answer = await _world.AnswerAsync(reading.Request.Brief, isCountedInFull: true, role);
                Assert.Equal(
                    _world.Data.Sites.Count(site => site.IsPublic || role >= Role.Scout),
                    answer.Counts.Match + answer.Counts.MatchIfVerified + answer.Counts.NearMiss + answer.Counts.ExcludedTotal);
            }
        }
    }

    private Task<IReadOnlyList<StoredBrief>> ListAsync(Role role) => _store.ListAsync(role, TestContext.Current.CancellationToken);

    private Task<StoredBrief?> FindAsync(string code, Role role) => _store.FindAsync(code, role, TestContext.Current.CancellationToken);

    private Task<long> VersionAsync() => _world.Database.ScalarAsync<long>("SELECT version FROM geooffer.data_version");
}
