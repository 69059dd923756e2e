using System.Globalization;
using GeoOffer.Domain.Scouting;

namespace GeoOffer.Domain.Tests.Scouting;

public sealed class RulesVersionTests
{
    private static readonly string Version = RulesVersion.Compute(ScoutingRules.Default);

    public static TheoryData<string, ScoutingRules> Changes()
    {
        var rules = ScoutingRules.Default;
        return new()
        {
            { nameof(rules.NearMissLimit), rules with { NearMissLimit = 1 } },
            { nameof(rules.AreaTolerance), rules with { AreaTolerance = 0.2 } },
            { nameof(rules.AreaSlack), rules with { AreaSlack = 2 } },
            { nameof(rules.DistanceSlack), rules with { DistanceSlack = 0.5 } },
            { nameof(rules.OverlapSlack), rules with { OverlapSlack = 0.1 } },
            { nameof(rules.AreaWeight), rules with { AreaWeight = 2 } },
            { nameof(rules.DistanceWeight), rules with { DistanceWeight = 2 } },
            { nameof(rules.PreferenceWeight), rules with { PreferenceWeight = 2 } },
            { nameof(rules.ScoreDecimals), rules with { ScoreDecimals = 5 } },
            { nameof(rules.Limit), rules with { Limit = 10 } },
            { nameof(rules.FreshnessMonths), rules with { FreshnessMonths = 12 } },
        };
    }

    [Fact]
    public void It_is_a_digest_that_depends_on_nothing_else()
    {
        var culture = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("it-IT");
            Assert.Equal(Version, RulesVersion.Compute(ScoutingRules.Default));
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }

        Assert.Matches("^sha256:[0-9a-f]{64}$", Version);
    }

    [Theory]
    [MemberData(nameof(Changes), DisableDiscoveryEnumeration = true)]
    public void Every_number_of_the_rules_changes_it(string number, ScoutingRules changed)
    {
        Assert.NotEqual(ScoutingRules.Default, changed);
        Assert.True(Version != RulesVersion.Compute(changed), number);
    }

    [Fact]
    public void There_is_no_number_without_a_change_above()
        => Assert.Equal(
            typeof(ScoutingRules).GetProperties().Where(property => property.CanWrite).Select(property => property.Name).Order(),
            Changes().Select(row => row.Data.Item1).Order());

    [Fact]
    public void Texts_of_facts_change_it_and_their_borders_count()
    {
        var versions = new[]
        {
            Version,
            RulesVersion.Compute(ScoutingRules.Default, "select 1"),
            RulesVersion.Compute(ScoutingRules.Default, "select 2"),
            RulesVersion.Compute(ScoutingRules.Default, "ab", "c"),
            RulesVersion.Compute(ScoutingRules.Default, "a", "bc"),
        };
        Assert.Equal(versions.Length, versions.Distinct().Count());
    }

    [Fact]
    public void Another_behaviour_of_the_judge_changes_it()
    {
        Func<SiteFacts, Brief, ScoutingRules, Judgement>[] others =
        [
            (site, brief, rules) => Judge.Assess(Strict(site, "near", 10_000), brief, rules),
            (site, brief, rules) => Judge.Assess(site, brief with { Unknowns = UnknownsPolicy.Verify }, rules),
            (site, brief, rules) => Judge.Assess(site with { InsideGeometry = site.InsideGeometry ?? true }, brief, rules),
            (site, brief, rules) => Judge.Assess(site with { Functions = site.Functions ?? ["logistics"] }, brief, rules),
            (site, brief, rules) => Judge.Assess(site, brief, rules) with { Score = 1 },
        ];
        Assert.All(others, judge => Assert.NotEqual(Version, RulesVersion.Compute(ScoutingRules.Default, judge)));
    }

    // A judge whose bound is not inclusive: a value on it counts as beyond it.
    private static SiteFacts Strict(SiteFacts site, string member, double bound)
        => site.Distances[member].Value == bound ? site.WithDistance(member, Math.BitIncrement(bound)) : site;
}
