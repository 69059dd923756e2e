using System.Text;
using GeoOffer.Domain.Scouting;
using GeoOffer.Query.Catalogue;

namespace GeoOffer.Storage.Tests.Matching;

/// <summary>No number that the reader lets through may break the statement: PostgreSQL raises errors where doubles of .NET go to nought or infinity.</summary>
public sealed class ExtremeBriefTests(MadeUpWorld fixture) : IClassFixture<MadeUpWorld>
{
    private static readonly string[] Numbers = ["5e-324", "1e-320", "2.3e-308", "1e-300", "1e-160", "1e-15", "0.000001", "0.5", "1", "1e3", "1e6", "999999.9999999999"];

    public static TheoryData<string> Documents =>
    [
        """{"preferences":[{"criterion":"kind","any_of":["greenfield"],"weight":N}]}""",
        """{"preferences":[{"criterion":"distance","target":"rail","weight":N,"value_function":{"type":"linear","best":0,"worst":20000,"unit":"m"}}]}""",
        """{"preferences":[{"criterion":"distance","target":"rail","value_function":{"type":"linear","best":0,"worst":N,"unit":"m"}}]}""",
        """{"preferences":[{"criterion":"distance","target":"rail","value_function":{"type":"linear","best":N,"worst":0,"unit":"m"}}]}""",
        """{"preferences":[{"criterion":"distance","target":"rail","value_function":{"type":"linear","best":1e6,"worst":N,"unit":"m"}}]}""",
        """{"preferences":[{"criterion":"overlap","target":"landscape","value_function":{"type":"triangular","low":0,"peak":N,"high":1,"unit":"share"}}]}""",
        """{"preferences":[{"criterion":"area","value_function":{"type":"triangular","low":0,"peak":0,"high":N,"unit":"ha"}}]}""",
        """{"constraints":[{"criterion":"distance","target":"rail","max_m":N,"slack":100}]}""",
        """{"constraints":[{"criterion":"distance","target":"airport","max_m":1000,"slack":N}]}""",
        """{"constraints":[{"criterion":"overlap","target":"landscape","max_share":N,"slack":1}]}""",
        """{"area":{"target_ha":N,"tolerance":0.15}}""",
        """{"area":{"target_ha":40,"tolerance":N}}""",
        """{"area":{"target_ha":1e6,"tolerance":1,"slack":N}}""",
        """{"area":{"min_ha":N,"slack":100,"tolerance":1}}""",
        """{"area":{"max_ha":N,"basis":"useful"}}""",
        """{"limit":N}""",
    ];

    [Theory]
    [MemberData(nameof(Documents))]
    public async Task It_is_refused_or_answered_and_judged_alike(string document)
    {
        var world = fixture.World;
        var reader = new BriefJsonReader(world.Vocabulary, ScoutingRules.Default);
        var oracle = new MatchOracle(world.Data, ScoutingRules.Default, Role.Public);
        var answered = 0;
        foreach (var number in Numbers)
        {
            if (reader.Read(Encoding.UTF8.GetBytes(document.Replace("N", number, StringComparison.Ordinal))) is not { IsValid: true } reading)
            {
                continue;
            }

            answered++;
            var brief = reading.Request.Brief with { Limit = 1000 };
            var answer = await world.AnswerAsync(brief);
            Assert.Equal(
                oracle.Answer(brief).Judged.Where(site => site.Bucket != Bucket.Excluded).Select(site => (site.Site.Code, site.Bucket, site.Score)),
                answer.Sites.Select(site => (site.Judgement.Code, site.Judgement.Bucket, site.Judgement.Score)));
        }

        Assert.NotEqual(0, answered);
    }

    [Fact]
    public async Task The_largest_brief_is_answered()
    {
        var vocabulary = fixture.World.Vocabulary;
        var brief = new Brief
        {
            Area = new AreaRequirement { TargetHa = 40, Tolerance = 1, Slack = 100, Basis = AreaBasis.Gross, Oversize = Oversize.Accept },
            Within = new AreaOfInterest(["MI"], ["015", "016", "097"], [.. Enumerable.Range(0, 2000).Select(number => $"{number:D6}")], BriefPool.Areas[3]),
            Constraints = [.. Enumerable.Range(1, 30).Select(number => new DistanceConstraint($"c{number}", vocabulary.ProximityTargets[0], 1e6, 100))],
            Preferences =
            [
                .. Enumerable.Range(1, 30).Select(number => new DistancePreference($"p{number}", 0.1, vocabulary.ProximityTargets[0], new TriangularValue(0, 5, 1e6))),
            ],
            Unknowns = UnknownsPolicy.Pass,
            Limit = 1000,
        };
        var expected = new MatchOracle(fixture.World.Data, ScoutingRules.Default, Role.Public).Answer(brief);
        var answer = await fixture.World.AnswerAsync(brief, isCountedInFull: true);
        Assert.NotEmpty(answer.Sites);
        Assert.Equal(
            expected.Judged.Where(site => site.Bucket != Bucket.Excluded).Select(site => (site.Site.Code, site.Score)),
            answer.Sites.Select(site => (site.Judgement.Code, site.Judgement.Score)));
    }
}
