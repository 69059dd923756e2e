using GeoOffer.Domain.Scouting;

namespace GeoOffer.Domain.Tests.Scouting;

public sealed class OverlapJudgementTests
{
    [Theory]
    [InlineData(0.0, 0.0, Bucket.Match, null)]
    [InlineData(0.0, 0.04, Bucket.NearMiss, 0.04)]
    [InlineData(0.0, 0.05, Bucket.NearMiss, 0.05)]
    [InlineData(0.0, 0.0625, Bucket.Excluded, 0.0625)]
    [InlineData(0.25, 0.25, Bucket.Match, null)]
    [InlineData(0.75, 0.8, Bucket.NearMiss, 0.05)]
    [InlineData(0.75, 0.85, Bucket.Excluded, 0.1)]
    public void A_share_may_exceed_its_threshold_by_the_slack(double maxShare, double share, Bucket bucket, double? gap)
    {
        var judgement = Given.Site().WithOverlap("protected_area", share).Judged(Avoid(maxShare));
        var reason = Assert.Single(judgement.Reasons);
        Assert.Equal(bucket, judgement.Bucket);
        Assert.Equal(gap is null, reason.Gap is null);
        Assert.Equal(gap ?? 0, reason.Gap ?? 0, 12);
        Assert.Equal(("share", "protected_area", 1.0), (reason.Unit, reason.Target, judgement.Score));
        Assert.Null(reason.Weight);
        Assert.Null(reason.Contribution);
        Assert.Null(reason.Method);
    }

    [Fact]
    public void The_edge_of_the_slack_is_the_decimal_sum()
    {
        var constraint = new OverlapConstraint("c1", Given.ProtectedArea, 0.7, 0.1);
        Assert.Equal(0.8, constraint.NearMaxShare);
        Assert.NotEqual(0.8, 0.7 + 0.1);
        Assert.Equal(Bucket.NearMiss, Given.Site().WithOverlap("protected_area", 0.8).Judged(new Brief { Constraints = [constraint] }).Bucket);
    }

    [Theory]
    [InlineData(UnknownBecause.LayerMissing)]
    [InlineData(UnknownBecause.NotCovered)]
    [InlineData(UnknownBecause.NoPolygon)]
    public void Outside_the_coverage_of_a_layer_an_overlap_is_unknown_and_not_zero(UnknownBecause because)
    {
        var site = Given.Site() with { Overlaps = new Dictionary<string, Fact> { ["protected_area"] = Fact.Unknown(because) } };
        var judgement = site.Judged(Avoid(1));
        Assert.Equal((Bucket.MatchIfVerified, because), (judgement.Bucket, judgement.Reasons[0].UnknownBecause));
    }

    private static Brief Avoid(double maxShare)
        => new() { Constraints = [new OverlapConstraint("c1", Given.ProtectedArea, maxShare, 0.05)] };
}
