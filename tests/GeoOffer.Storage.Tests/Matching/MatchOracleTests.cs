using System.Text;
using FsCheck;
using FsCheck.Fluent;
using GeoOffer.Domain.Scouting;
using GeoOffer.Query.Catalogue;
using GeoOffer.Storage.Matching;
using GeoOffer.Storage.Reading;
using GeoOffer.Testing;

namespace GeoOffer.Storage.Tests.Matching;

/// <summary>Every answer of the service is, to the last bit, the answer of a naive oracle that read all rows.</summary>
public sealed class MatchOracleTests(PostGisCluster cluster)
{
    private static readonly ScoutingRules OtherRules = new()
    {
        NearMissLimit = 1,
        AreaWeight = 0.3,
        DistanceWeight = 0.1,
        ScoreDecimals = 3,
    };

    [Theory]
    [InlineData(1, Role.Public)]
    [InlineData(2, Role.Scout)]
    public async Task Made_up_facts(int seed, Role role)
    {
        await using var world = await RandomFacts.CreateWorldAsync(cluster, 400, seed);
        await HoldAsync(world, world.Service, ScoutingRules.Default, role, world.Briefs.Mild, 400);
        await HoldAsync(world, world.Service, ScoutingRules.Default, role, world.Briefs.Any, 200);
        await HoldAsync(world, world.ServiceWith(OtherRules), OtherRules, role, world.Briefs.Mild, 100);
    }

    [Theory]
    [InlineData(Role.Public)]
    [InlineData(Role.Scout)]
    public async Task Facts_that_the_database_computed(Role role)
    {
        await using var world = await ComputedFacts.CreateWorldAsync(cluster);
        double[] Stored(string prefix, string suffix) =>
        [
            .. world.Data.Sites.SelectMany(site => site.Numbers)
                .Where(number => number.Key.StartsWith(prefix, StringComparison.Ordinal) && number.Key.EndsWith(suffix, StringComparison.Ordinal) && number.Value > 0)
                .Select(number => number.Value).Distinct().Order().Chunk(50).Select(chunk => chunk[0]),
        ];
        var briefs = new Briefs(world.Vocabulary, Stored("distance_", "_m"), Stored("measured_area", "_ha"), [0, .. Stored("overlap_", "_share")]);
        await HoldAsync(world, world.Service, ScoutingRules.Default, role, briefs.Mild, 250);
    }

    private static async Task HoldAsync(MatchWorld world, MatchService service, ScoutingRules rules, Role role, Arbitrary<Brief> briefs, int count)
    {
        var oracle = new MatchOracle(world.Data, rules, role);
        var cancellationToken = TestContext.Current.CancellationToken;
        var (matches, unverified, near) = (0L, 0L, 0L);

        // The checker waits for the task of a property: away from the scheduler of the tests, which has few threads.
        await Task.Run(
            () => Check.One(Config.QuickThrowOnFailure.WithMaxTest(count).WithQuietOnSuccess(true), Prop.ForAll(briefs, async (Brief brief) =>
            {
                var answer = await service.AnswerAsync(brief, isCountedInFull: true, role, cancellationToken);
                var expected = oracle.Answer(brief);
                Equal(expected, answer, brief);
                matches += answer.Counts.Match;
                unverified += answer.Counts.MatchIfVerified;
                near += answer.Counts.NearMiss;
                Assert.Equal(Listed(expected, brief).Select(item => item.Site.Score), await ReadScoresAsync(world, brief, rules, role));
            })),
            cancellationToken);
        Assert.True(matches > count && unverified > count / 2 && near > count, $"briefs that find nothing prove nothing: {matches}, {unverified}, {near}");
    }

    private static List<(OracleJudgement Site, int Rank)> Listed(OracleAnswer answer, Brief brief) =>
    [
        .. brief.Buckets.SelectMany(bucket =>
            answer.Judged.Where(site => site.Bucket == bucket).Take(brief.Limit).Select((site, place) => (site, place + 1))),
    ];

    /// <summary>The scores by which the database ranks: the answer shows those of the judge.</summary>
    private static async Task<List<double>> ReadScoresAsync(MatchWorld world, Brief brief, ScoutingRules rules, Role role)
    {
        await using var connection = await world.Database.Source.OpenConnectionAsync(TestContext.Current.CancellationToken);
        var layers = await world.Catalogue.LayersAsync(TestContext.Current.CancellationToken);
        await using var command = MatchSql.Ranked(brief, rules, layers, role).ToCommand(connection);
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        var scores = new List<double>();
        while (await reader.ReadAsync(TestContext.Current.CancellationToken))
        {
            if (!reader.IsDBNull(3))
            {
                scores.Add(reader.GetDouble(3));
            }
        }

        return scores;
    }

    private static void Equal(OracleAnswer expected, MatchAnswer actual, Brief brief)
    {
        try
        {
            Assert.Equal(
                (expected.Count(Bucket.Match), expected.Count(Bucket.MatchIfVerified), expected.Count(Bucket.NearMiss), expected.Count(Bucket.Excluded)),
                (actual.Counts.Match, actual.Counts.MatchIfVerified, actual.Counts.NearMiss, actual.Counts.ExcludedTotal));
            Assert.Equal(
                expected.ExcludedByReason.Select(reason => (reason.Id, reason.Failed)),
                actual.Counts.ExcludedByReason!.Select(reason => (reason.Id, reason.Failed)));

            var listed = Listed(expected, brief);
            Assert.Equal(
                listed.Select(item => (item.Site.Site.Code, item.Site.Bucket, item.Rank, item.Site.Score)),
                actual.Sites.Select(site => (site.Judgement.Code, site.Judgement.Bucket, site.Rank, site.Judgement.Score)));
            foreach (var ((site, _), got) in listed.Zip(actual.Sites))
            {
                Assert.Equal(site.Reasons, got.Judgement.Reasons);
            }
        }
        catch (Exception exception)
        {
            throw new InvalidOperationException(Encoding.UTF8.GetString(BriefJsonWriter.ToUtf8(brief)) + "\n" + exception.Message, exception);
        }
    }
}
