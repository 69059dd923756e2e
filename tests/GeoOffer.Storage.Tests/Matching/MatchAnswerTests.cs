using GeoOffer.Domain.Scouting;
using GeoOffer.Query.Catalogue;
using GeoOffer.Storage.Matching;
using GeoOffer.Testing;
using NetTopologySuite.Geometries;

namespace GeoOffer.Storage.Tests.Matching;

/// <summary>What an answer says beside its ranking: versions, features, sources, why something is unknown, what is stale.</summary>
public sealed class MatchAnswerTests(PostGisCluster cluster) : IAsyncLifetime
{
    private MatchWorld _world = null!;

    public async ValueTask InitializeAsync() => _world = await ComputedFacts.CreateWorldAsync(cluster);

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task The_data_version_is_that_of_the_last_write()
    {
        var before = await _world.AnswerAsync(new Brief());
        await _world.Database.ExecuteAsync("UPDATE geooffer.site SET name_en = 'Renamed' WHERE code = 'GO-1'");
        var after = await _world.AnswerAsync(new Brief());
        Assert.Equal(before.DataVersion + 1, after.DataVersion);
        Assert.Equal(await _world.Database.ScalarAsync<long>("SELECT version FROM geooffer.data_version"), after.DataVersion);
    }

    [Fact]
    public async Task Counts_follow_every_write()
    {
        var before = (await _world.AnswerAsync(new Brief())).Counts.Match;
        await _world.Database.ExecuteAsync("UPDATE geooffer.site SET is_public = false WHERE id = (SELECT min(id) FROM geooffer.site WHERE is_public)");
        Assert.Equal(before - 1, (await _world.AnswerAsync(new Brief())).Counts.Match);
        await _world.Database.ExecuteAsync("DELETE FROM geooffer.site WHERE is_public");
        var nothing = await _world.AnswerAsync(Brief(new KindConstraint("c1", ["greenfield"])));
        Assert.Equal(new MatchCounts(0, 0, 0, 0, null), nothing.Counts);
        Assert.Empty(nothing.Sites);
    }

    [Fact]
    public void The_rules_version_names_the_rules()
    {
        Assert.Matches("^sha256:[0-9a-f]{64}$", _world.Service.RulesVersion);
        Assert.Equal(_world.Service.RulesVersion, _world.ServiceWith(new ScoutingRules()).RulesVersion);
        Assert.NotEqual(_world.Service.RulesVersion, _world.ServiceWith(new ScoutingRules { DistanceSlack = 2 }).RulesVersion);
    }

    [Theory]
    [InlineData(Role.Public)]
    [InlineData(Role.Scout)]
    public async Task The_feature_of_a_reason_is_in_its_collection_and_may_be_seen(Role role)
    {
        var catalogue = await _world.Catalogue.GetAsync(TestContext.Current.CancellationToken);
        var reasons = (await _world.AnswerAsync(Everything(), isCountedInFull: false, role)).Sites.SelectMany(site => site.Judgement.Reasons).ToList();
        var features = reasons.Select(reason => reason.Feature).OfType<FeatureReference>().Distinct().ToList();
        Assert.Equal(["constraints", "infrastructure"], features.Select(feature => feature.Collection).Distinct().Order());
        foreach (var feature in features)
        {
            var collection = catalogue.Find(feature.Collection);
            Assert.NotNull(collection);
            Assert.True(await _world.Database.ScalarAsync<bool>(
                $"SELECT name_it = $2 AND (is_public OR $3) FROM {collection.Relation.Schema}.{collection.Relation.Name} WHERE {collection.Key.Column} = $1",
                feature.Id, feature.Name!, role >= Role.Scout));
        }

        // Every third feature is not public: a fact that comes from it keeps its value, and its source.
        var unnamed = reasons.Where(reason => reason is { Criterion: Criterion.Distance, Value: not null, Feature: null }).ToList();
        Assert.Equal(role == Role.Public, unnamed.Count > 0);
        Assert.Equal(role == Role.Scout, features.Any(feature => feature.Id == "university.3"));
    }

    [Fact]
    public async Task Source_and_day_are_those_of_the_feature_else_of_the_layer_else_of_the_sheet()
    {
        await _world.Database.ExecuteAsync(
            """
            INSERT INTO geooffer.dataset (collection, name, source, as_of) VALUES ('infrastructure', 'old', 'Old survey', NULL);
            UPDATE geooffer.infrastructure SET dataset_id = (SELECT id FROM geooffer.dataset WHERE name = 'old') WHERE code = 'university.1';
            UPDATE geooffer.site SET verified_on = '2024-02-29' WHERE code = 'GO-2'
            """);
        var reasons = (await _world.AnswerAsync(Everything(), isCountedInFull: false, Role.Scout)).Sites.SelectMany(site => site.Judgement.Reasons).ToList();
        (string?, DateOnly?) Of(string featureId) =>
            reasons.Where(reason => reason.Feature?.Id == featureId).Select(reason => (reason.Source, reason.AsOf)).Distinct().Single();
        Assert.Equal(("Operator of the network", new DateOnly(2023, 1, 1)), Of("university.2"));
        Assert.Equal(("Operator of the network", new DateOnly(2023, 1, 1)), Of("university.5"));
        Assert.Equal(("Old survey", null), Of("university.1"));
        Assert.Equal((null, null), Of("motorway.1"));
        Assert.Equal(("Regional plan", new DateOnly(2020, 6, 30)), Of("natura_2000.1"));

        var sheet = (await _world.AnswerAsync(Brief(new KindConstraint("c1", ["greenfield", "brownfield"])), isCountedInFull: false, Role.Scout))
            .Sites.Single(site => site.Judgement.Code == "GO-2").Judgement.Reasons.Single();
        Assert.Equal(("Expression of interest", new DateOnly(2024, 2, 29)), (sheet.Source, sheet.AsOf));
    }

    /// <summary>East of 9.3 floods are not covered; every 11th site is a point, every 13th is nowhere; there is no layer of airports.</summary>
    [Theory]
    [InlineData("GO-13", "airport", UnknownBecause.LayerMissing)]
    [InlineData("GO-1", "airport", UnknownBecause.LayerMissing)]
    [InlineData("GO-1", "seveso", UnknownBecause.LayerMissing)]
    [InlineData("GO-11", "seveso", UnknownBecause.LayerMissing)]
    [InlineData("GO-13", "university", UnknownBecause.NoPolygon)]
    [InlineData("GO-11", "natura_2000", UnknownBecause.NoPolygon)]
    [InlineData("GO-13", "natura_2000", UnknownBecause.NoPolygon)]
    [InlineData("EAST", "flood_p3", UnknownBecause.NotCovered)]
    [InlineData("EAST", "university", null)]
    [InlineData("EAST", "natura_2000", null)]
    [InlineData("FAR", "university", UnknownBecause.NotCovered)]
    [InlineData("GO-11", "gross", UnknownBecause.NoPolygon)]
    [InlineData("GO-13", "net", UnknownBecause.NoPolygon)]
    [InlineData("EAST", "net", UnknownBecause.NotCovered)]
    [InlineData("EAST", "useful", UnknownBecause.NotStated)]
    [InlineData("EAST", "declared", UnknownBecause.NotStated)]
    [InlineData("EAST", "for_sale", UnknownBecause.NotStated)]
    [InlineData("EAST", "function", UnknownBecause.NotStated)]
    [InlineData("GO-13", "within", UnknownBecause.NoPolygon)]
    [InlineData("GO-11", "within", null)]
    [InlineData("FAR", "codes", UnknownBecause.NotStated)]
    public async Task An_unknown_value_says_why(string code, string what, UnknownBecause? because)
    {
        await _world.Database.ExecuteAsync(
            """
            INSERT INTO geooffer.site (code, kind, name_it, is_public, geom) VALUES
              ('EAST', 'greenfield', 'Est', true, ST_MakeEnvelope(9.4, 45.4, 9.41, 45.41, 4326)), ('FAR', 'greenfield', 'Fuori', true, ST_Point(7, 44, 4326))
            """);
        var brief = Everything() with
        {
            Within = what switch
            {
                "within" => new AreaOfInterest([], [], [], BriefPool.Box(8, 44, 3, 3)),
                "codes" => new AreaOfInterest(["MI"], ["015"], [], null),
                _ => null,
            },
            Unknowns = UnknownsPolicy.Pass,
        };
        var site = (await _world.AnswerAsync(brief, isCountedInFull: false, Role.Scout)).Sites.Single(site => site.Judgement.Code == code);
        var reason = site.Judgement.Reasons.Single(reason => (reason.Target ?? reason.Id) == (what == "codes" ? "within" : what));
        Assert.Equal(because, reason.UnknownBecause);
        Assert.Equal(because is null, reason.Value is not null || reason.Verdict == Verdict.Pass);
    }

    [Fact]
    public async Task A_layer_that_is_missing_makes_the_net_area_unknown()
    {
        await _world.Database.ExecuteAsync("DELETE FROM geooffer.dataset_coverage WHERE layer = 'buffer_strip'");
        var site = (await _world.AnswerAsync(Everything(), isCountedInFull: false, Role.Scout)).Sites.Single(site => site.Judgement.Code == "GO-1");
        Assert.Equal(UnknownBecause.LayerMissing, site.Judgement.Reasons.Single(reason => reason.Target == "net").UnknownBecause);
    }

    [Theory]
    [InlineData("2024-07-15T00:00:00Z", "2024-01-15", false)]
    [InlineData("2024-07-15T23:59:59Z", "2024-01-15", false)]
    [InlineData("2024-07-16T00:00:00Z", "2024-01-15", true)]
    [InlineData("2024-08-31T12:00:00Z", "2024-02-29", false)]
    [InlineData("2024-07-15T00:00:00Z", null, true)]
    public async Task A_sheet_that_nobody_confirmed_for_six_months_is_stale(string now, string? verifiedOn, bool isStale)
    {
        await _world.Database.ExecuteAsync("UPDATE geooffer.site SET verified_on = $1::text::date WHERE code = 'GO-1'", (object?)verifiedOn ?? DBNull.Value);
        var clock = new StoppedClock(DateTimeOffset.Parse(now, System.Globalization.CultureInfo.InvariantCulture));
        var service = new MatchService(_world.Database.Database, _world.Catalogue, time: clock);
        var answer = await service.AnswerAsync(new Brief { Limit = 1000 }, isCountedInFull: false, Role.Scout, TestContext.Current.CancellationToken);
        Assert.Equal(isStale, answer.Sites.Single(site => site.Judgement.Code == "GO-1").Stale);
        Assert.Equal(clock.GetUtcNow(), answer.TimeStamp);
    }

    [Fact]
    public async Task A_site_shows_its_sheet_and_the_area_that_was_asked_for()
    {
        await _world.Database.ExecuteAsync(
            """
            INSERT INTO geooffer.site (code, kind, name_it, name_en, is_public, gross_area_declared_ha, electricity, verified_on, geom)
            VALUES ('SHEET', 'greenfield', 'Scheda', 'Sheet', true, 3.5, 'yes', '2024-01-01', ST_MakeEnvelope(9.1, 45.1, 9.11, 45.11, 4326))
            """);
        var site = await FindAsync(new Brief { Limit = 1000 });
        Assert.Equal(("Scheda", "Sheet", 3 / 25.0), (site.NameIt, site.NameEn, site.Completeness));
        Assert.Equal(new Envelope(9.1, 9.11, 45.1, 45.11), site.Geometry!.Value.ToGeometry().EnvelopeInternal);
        Assert.Equal(await _world.Database.ScalarAsync<double>("SELECT measured_area_ha FROM geooffer.site_fact WHERE code = 'SHEET'"), site.AreaHa);

        var declared = new AreaRequirement { TargetHa = 3.5, Tolerance = 0.1, Slack = 3, Basis = AreaBasis.Declared, Oversize = Oversize.Fail };
        Assert.Equal(3.5, (await FindAsync(new Brief { Area = declared, Limit = 1000 })).AreaHa);
        Assert.Null((await FindAsync(new Brief { Area = declared with { Basis = AreaBasis.Useful }, Limit = 1000 })).AreaHa);

        async Task<MatchedSite> FindAsync(Brief brief) => (await _world.AnswerAsync(brief)).Sites.Single(found => found.Judgement.Code == "SHEET");
    }

    private static Brief Brief(params BriefConstraint[] constraints) => new() { Constraints = [.. constraints], Limit = 1000 };

    /// <summary>A preference for each thing that can be asked, so that every site matches and has a reason for each.</summary>
    private Brief Everything() => new()
    {
        Preferences =
        [
            .. _world.Vocabulary.ProximityTargets.Select(target => new DistancePreference(target.Name, 1, target, new LinearValue(0, 1000))),
            .. _world.Vocabulary.OverlapTargets.Select(target => new OverlapPreference(target.Name, 1, target, new LinearValue(0, 1))),
            .. Enum.GetValues<AreaBasis>().Select(basis => new AreaPreference(basis.ToCode(), 1, basis, new LinearValue(10, 0))),
            new FunctionPreference("function", 1, ["industrial"]),
        ],
        Limit = 1000,
    };
}
