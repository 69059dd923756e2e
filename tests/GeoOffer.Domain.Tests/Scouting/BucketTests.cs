using GeoOffer.Domain.Scouting;

namespace GeoOffer.Domain.Tests.Scouting;

public sealed class BucketTests
{
    // One letter per constraint: p pass, n near, f fails beyond its slack, u unknown.
    [Theory]
    [InlineData("ppp", Bucket.Match, Bucket.Match, Bucket.Match)]
    [InlineData("ppu", Bucket.MatchIfVerified, Bucket.Excluded, Bucket.Match)]
    [InlineData("uuu", Bucket.MatchIfVerified, Bucket.Excluded, Bucket.Match)]
    [InlineData("npp", Bucket.NearMiss, Bucket.NearMiss, Bucket.NearMiss)]
    [InlineData("nnp", Bucket.NearMiss, Bucket.NearMiss, Bucket.NearMiss)]
    [InlineData("nnn", Bucket.Excluded, Bucket.Excluded, Bucket.Excluded)]
    [InlineData("nnu", Bucket.NearMiss, Bucket.Excluded, Bucket.NearMiss)]
    [InlineData("nuu", Bucket.NearMiss, Bucket.Excluded, Bucket.NearMiss)]
    [InlineData("fpp", Bucket.Excluded, Bucket.Excluded, Bucket.Excluded)]
    [InlineData("fnp", Bucket.Excluded, Bucket.Excluded, Bucket.Excluded)]
    [InlineData("fuu", Bucket.Excluded, Bucket.Excluded, Bucket.Excluded)]
    [InlineData("", Bucket.Match, Bucket.Match, Bucket.Match)]
    public void Verdicts_make_a_bucket(string verdicts, Bucket verify, Bucket fail, Bucket pass)
    {
        string[] kinds = ["airport", "port", "university"];
        var site = verdicts.Select((verdict, index) => (verdict, kind: kinds[index])).Aggregate(
            Given.Site(),
            (site, item) => item.verdict switch
            {
                'p' => site.WithDistance(item.kind, 500),
                'n' => site.WithDistance(item.kind, 1500),
                'f' => site.WithDistance(item.kind, 2500),
                _ => site,
            });
        var brief = new Brief
        {
            Constraints = kinds.Take(verdicts.Length).Select(kind => (BriefConstraint)new DistanceConstraint(kind, Given.Near(kind), 1000, 1)).ToValueList(),
        };
        Assert.Equal(verify, site.Judged(brief with { Unknowns = UnknownsPolicy.Verify }).Bucket);
        Assert.Equal(fail, site.Judged(brief with { Unknowns = UnknownsPolicy.Fail }).Bucket);
        Assert.Equal(pass, site.Judged(brief with { Unknowns = UnknownsPolicy.Pass }).Bucket);
    }

    [Fact]
    public void The_limit_of_near_misses_is_a_rule()
    {
        var site = Given.Site().WithDistance("airport", 1500);
        var brief = new Brief { Constraints = [new DistanceConstraint("c1", Given.Near("airport"), 1000, 1)] };
        Assert.Equal(Bucket.Excluded, Judge.Assess(site, brief, ScoutingRules.Default with { NearMissLimit = 0 }).Bucket);
    }

    [Fact]
    public void An_empty_brief_matches_every_site_with_score_1()
    {
        var judgement = Given.Site().Judged(new Brief());
        Assert.Equal(new Judgement("GO-1", Bucket.Match, 1, []), judgement);
    }

    [Fact]
    public void The_order_is_bucket_then_score_then_code_by_code_points()
    {
        Judgement[] ordered =
        [
            new("Z", Bucket.Match, 0.9, []),
            new("GO-10", Bucket.Match, 0.5, []),
            new("GO-9", Bucket.Match, 0.5, []),
            new("go-1", Bucket.Match, 0.5, []),
            new("A", Bucket.MatchIfVerified, 1, []),
            new("A", Bucket.NearMiss, 1, []),
            new("A", Bucket.Excluded, 1, []),
        ];
        Assert.Equal(ordered, ordered.Reverse().Order(Judgement.Ranking));
    }
}
