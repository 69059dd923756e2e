using GeoOffer.Domain;
using GeoOffer.Domain.Scouting;
using GeoOffer.Storage.Catalogues;
using GeoOffer.Storage.Matching;
using GeoOffer.Testing;

namespace GeoOffer.Storage.Tests.Matching;

public sealed class VocabularySourceTests(PostGisCluster cluster) : IAsyncLifetime
{
    private readonly StoppedClock _clock = new(DateTimeOffset.UnixEpoch);
    private MigratedDatabase _database = null!;
    private CatalogueSource _catalogue = null!;
    private VocabularySource _vocabulary = null!;

    public async ValueTask InitializeAsync()
    {
        _database = await MigratedDatabase.CreateAsync(cluster);
        await _database.ExecuteAsync(
            """
            INSERT INTO geooffer.province (code, sigla, name_it) VALUES ('015', 'MI', 'Milano'), ('020', 'MN', 'Mantova');
            INSERT INTO geooffer.municipality (code, name_it, province_code) VALUES
              ('015146', 'Milano', '015'), ('020071', 'San Giorgio Bigarello', '020'), ('020073', 'Borgo Mantovano', '020');
            INSERT INTO geooffer.municipality_code_history (old_code, successor_code, kind, old_name_it, valid_until) VALUES
              ('020057', '020071', 'renamed', 'San Giorgio di Mantova', '2018-12-31'),
              ('020004', '020057', 'merged', 'Bigarello', '2015-12-31'),
              ('020002', '020004', 'recoded', 'Prima di Bigarello', '2001-12-31'),
              ('020040', '020071', 'merged', 'Diviso', '2016-12-31'), ('020040', '020073', 'merged', 'Diviso', '2016-12-31'),
              ('020041', '020040', 'recoded', 'Prima di Diviso', '2010-12-31'), ('020041', '020073', 'recoded', 'Prima di Diviso', '2010-12-31'),
              ('020090', '020091', 'recoded', 'In tondo', '2010-12-31'), ('020091', '020090', 'recoded', 'In tondo', '2011-12-31'),
              ('020092', '020093', 'merged', 'Oltre confine', '2010-12-31'),
              ('015146', '020073', 'recoded', 'Codice usato di nuovo', '1950-12-31')
            """);
        _catalogue = new CatalogueSource(_database.Database, _clock);
        _vocabulary = new VocabularySource(_database.Database, _catalogue, _clock);
    }

    public async ValueTask DisposeAsync()
    {
        _catalogue.Dispose();
        await _database.DisposeAsync();
    }

    [Theory]
    [InlineData("MI", "MI", "015", "")]
    [InlineData("mi", "MI", "015", "")]
    [InlineData("015", "MI", "015", "")]
    [InlineData("020", "MN", "020", "")]
    [InlineData("015146", "015146", "", "015146")]
    [InlineData("020057", "020057", "", "020071")]
    [InlineData("020004", "020004", "", "020071")]
    [InlineData("020002", "020002", "", "020071")]
    [InlineData("020040", "020040", "", "020071,020073")]
    [InlineData("020041", "020041", "", "020071,020073")]
    public async Task A_code_means_what_the_registers_say_today(string code, string written, string provinces, string municipalities)
    {
        var resolved = (await GetAsync()).Areas.Resolve(code);
        Assert.Equal(new ResolvedArea(written, Split(provinces), Split(municipalities)), resolved);
    }

    [Theory]
    [InlineData("XX")]
    [InlineData("")]
    [InlineData("15")]
    [InlineData("015999")]
    [InlineData("020090")]
    [InlineData("020092")]
    [InlineData("020093")]
    [InlineData(" MI")]
    [InlineData("MI\0")]
    [InlineData("\ud800")]
    [InlineData("ı")]
    public async Task A_code_that_leads_nowhere_is_unknown(string code) => Assert.Null((await GetAsync()).Areas.Resolve(code));

    [Fact]
    public async Task Targets_are_the_layers_with_the_group_of_rail_before_them()
    {
        var vocabulary = await GetAsync();
        Assert.Equal(
            ["rail", "rail_line", "passenger_station", "freight_terminal", "motorway_junction", "motorway", "airport", "port", "watercourse",
                "primary_substation", "university", "research_centre"],
            vocabulary.ProximityTargets.Select(target => target.Name));
        Assert.Equal(["rail_line", "passenger_station", "freight_terminal"], vocabulary.FindProximityTarget("rail")!.Members);
        Assert.Equal(
            ["protected_area", "natura_2000", "landscape", "heritage", "flood_p1", "flood_p2", "flood_p3", "hydrogeological", "buffer_strip", "seveso"],
            vocabulary.OverlapTargets.Select(target => target.Name));
        Assert.All(
            vocabulary.ProximityTargets.Skip(1), target => Assert.Equal([target.Name], target.Members));
    }

    [Fact]
    public async Task A_new_municipality_is_known_a_second_later()
    {
        Assert.Null((await GetAsync()).Areas.Resolve("015182"));
        await _database.ExecuteAsync("INSERT INTO geooffer.municipality (code, name_it, province_code) VALUES ('015182', 'Rho', '015')");
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.NotNull((await GetAsync()).Areas.Resolve("015182"));
    }

    [Fact]
    public async Task Nothing_is_read_twice_while_nothing_changes()
    {
        var first = await GetAsync();
        Assert.Same(first, await GetAsync());
        _clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Same(first, await GetAsync());
    }

    [Fact]
    public async Task A_layer_that_is_registered_later_can_be_asked_for()
    {
        Assert.Null((await GetAsync()).FindProximityTarget("heliport"));
        await _database.ExecuteAsync(
            """
            SELECT geooffer.register_proximity_layer('heliport', 50, 'eliporto', 'heliport');
            UPDATE geooffer.fact_layer SET revision = geooffer.current_change_set() WHERE name = 'heliport';
            INSERT INTO geooffer.site (code, kind, name_it, is_public, geom) VALUES ('GO-1', 'greenfield', 'Sito', true, ST_Point(9, 45, 4326))
            """);
        _clock.Advance(TimeSpan.FromSeconds(1));
        var heliport = (await GetAsync()).FindProximityTarget("heliport")!;
        Assert.Equal(("eliporto", "heliport"), (heliport.TitleIt, heliport.TitleEn));
        var service = new MatchService(_database.Database, _catalogue);
        var answer = await service.AnswerAsync(
            new Brief { Constraints = [new DistanceConstraint("c1", heliport, 1000, 1)] }, isCountedInFull: true, default, TestContext.Current.CancellationToken);
        Assert.Equal(UnknownBecause.LayerMissing, Assert.Single(Assert.Single(answer.Sites).Judgement.Reasons).UnknownBecause);
    }

    private ValueTask<ScoutingVocabulary> GetAsync() => _vocabulary.GetAsync(TestContext.Current.CancellationToken);

    private static ValueList<string> Split(string codes) => codes.Split(',', StringSplitOptions.RemoveEmptyEntries).ToValueList();
}
