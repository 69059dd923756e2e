using GeoOffer.Domain.Scouting;

namespace GeoOffer.Domain.Tests.Scouting;

public sealed class DistanceJudgementTests
{
    private static readonly Brief Within10Km = Near("freight_terminal");

    [Theory]
    [InlineData(0.0, Bucket.Match, null, 1.0)]
    [InlineData(2500.0, Bucket.Match, null, 0.75)]
    [InlineData(10_000.0, Bucket.Match, null, 0.0)]
    [InlineData(12_000.0, Bucket.NearMiss, 2000.0, 0.0)]
    [InlineData(20_000.0, Bucket.NearMiss, 10_000.0, 0.0)]
    [InlineData(20_000.5, Bucket.Excluded, 10_000.5, 0.0)]
    public void Metres_are_compared_with_metres(double metres, Bucket bucket, double? gap, double score)
    {
        var judgement = Given.Site().WithDistance("freight_terminal", metres).Judged(Within10Km);
        var reason = Assert.Single(judgement.Reasons);
        Assert.Equal((bucket, score, gap), (judgement.Bucket, judgement.Score, reason.Gap));
        Assert.Equal(("m", ReasonOperator.AtMost, "straight_line"), (reason.Unit, reason.Operator, reason.Method));
        Assert.Equal((new NumberValue(metres), new NumberValue(10_000)), (reason.Value, reason.Threshold));
    }

    [Fact]
    public void Kilometres_given_for_metres_would_show_as_an_almost_perfect_score_and_10_metres_as_a_failure()
    {
        Assert.Equal(0.9998, Given.Site().WithDistance("freight_terminal", 2).Judged(Within10Km).Score);
        var tenMetres = new Brief { Constraints = [new DistanceConstraint("c1", Given.Near("freight_terminal"), 10, 1)] };
        Assert.Equal(Bucket.Excluded, Given.Site().WithDistance("freight_terminal", 2000).Judged(tenMetres).Bucket);
    }

    [Theory]
    [InlineData(0.0, 10_000.0)]
    [InlineData(0.5, 15_000.0)]
    [InlineData(1.0, 20_000.0)]
    public void The_slack_is_a_share_of_the_threshold(double slack, double nearMax)
    {
        var brief = new Brief { Constraints = [new DistanceConstraint("c1", Given.Near("airport"), 10_000, slack)] };
        Assert.NotEqual(Bucket.Excluded, Given.Site().WithDistance("airport", nearMax).Judged(brief).Bucket);
        Assert.Equal(Bucket.Excluded, Given.Site().WithDistance("airport", Math.BitIncrement(nearMax)).Judged(brief).Bucket);
    }

    [Fact]
    public void Another_kind_of_rail_is_no_freight_terminal()
    {
        var reason = Given.Site().WithDistance("rail_line", 10).WithDistance("passenger_station", 10).OnlyReason(Within10Km);
        Assert.Equal((Verdict.Unknown, UnknownBecause.LayerMissing), (reason.Verdict, reason.UnknownBecause));
    }

    [Theory]
    [InlineData(9000.0, 3000.0, 50_000.0, Verdict.Pass, 3000.0)]
    [InlineData(11_000.0, 13_000.0, 12_000.0, Verdict.Fail, 11_000.0)]
    [InlineData(null, 3000.0, null, Verdict.Pass, 3000.0)]
    [InlineData(null, 10_000.0, null, Verdict.Pass, 10_000.0)]
    [InlineData(null, 12_000.0, 15_000.0, Verdict.Unknown, null)]
    [InlineData(12_000.0, 15_000.0, null, Verdict.Unknown, null)]
    [InlineData(null, null, null, Verdict.Unknown, null)]
    public void A_group_is_its_nearest_member_and_unknown_only_while_nothing_decides(
        double? line, double? station, double? terminal, Verdict verdict, double? value)
    {
        var site = Given.Site().With("rail_line", Of(line)).With("passenger_station", Of(station)).With("freight_terminal", Of(terminal));
        var reason = site.OnlyReason(Near("rail"));
        Assert.Equal((verdict, "rail"), (reason.Verdict, reason.Target));
        Assert.Equal(value is { } metres ? new NumberValue(metres) : null, reason.Value);
        Assert.Equal(verdict == Verdict.Unknown ? UnknownBecause.NotCovered : null, reason.UnknownBecause);
    }

    [Fact]
    public void A_reason_names_the_feature_that_was_nearest_and_its_source()
    {
        var hupac = new FeatureReference("infrastructure", "17", "Busto Arsizio-Gallarate");
        var site = Given.Site()
            .WithDistance("rail_line", 5000)
            .With("freight_terminal", Fact.Known(4120.3, hupac, "RFI", new DateOnly(2023, 1, 1)));
        var reason = site.OnlyReason(Near("rail"));
        Assert.Equal((hupac, "RFI", new DateOnly(2023, 1, 1)), (reason.Feature, reason.Source, reason.AsOf));
    }

    [Fact]
    public void Of_equally_near_members_the_first_is_named()
    {
        var first = new FeatureReference("infrastructure", "1", null);
        var second = new FeatureReference("infrastructure", "2", null);
        var site = Given.Site().With("freight_terminal", Fact.Known(50, second)).With("rail_line", Fact.Known(50, first));
        Assert.Equal(first, site.OnlyReason(Near("rail")).Feature);
    }

    private static Brief Near(string target) => new() { Constraints = [new DistanceConstraint("c1", Given.Near(target), 10_000, 1)] };

    private static Fact Of(double? metres) => metres is { } known ? Fact.Known(known) : Fact.Unknown(UnknownBecause.NotCovered);
}
