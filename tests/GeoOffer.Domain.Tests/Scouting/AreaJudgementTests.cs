using GeoOffer.Domain.Scouting;

namespace GeoOffer.Domain.Tests.Scouting;

public sealed class AreaJudgementTests
{
    [Theory]
    [InlineData(40.0, Bucket.Match, null, 1.0)]
    [InlineData(34.0, Bucket.Match, null, 0.0)]
    [InlineData(46.0, Bucket.Match, null, 0.0)]
    [InlineData(37.0, Bucket.Match, null, 0.5)]
    [InlineData(43.0, Bucket.Match, null, 0.5)]
    [InlineData(32.0, Bucket.NearMiss, -2.0, 0.0)]
    [InlineData(50.0, Bucket.NearMiss, 4.0, 0.0)]
    [InlineData(22.0, Bucket.NearMiss, -12.0, 0.0)]
    [InlineData(58.0, Bucket.NearMiss, 12.0, 0.0)]
    [InlineData(21.75, Bucket.Excluded, -12.25, 0.0)]
    [InlineData(58.25, Bucket.Excluded, 12.25, 0.0)]
    [InlineData(0.0, Bucket.Excluded, -34.0, 0.0)]
    public void About_40_ha_is_a_target_and_not_a_minimum(double areaHa, Bucket bucket, double? gap, double score)
    {
        var judgement = Given.Site().WithArea(areaHa).Judged(new Brief { Area = Given.About(40) });
        var reason = Assert.Single(judgement.Reasons);
        Assert.Equal((bucket, score), (judgement.Bucket, judgement.Score));
        Assert.Equal(gap, reason.Gap);
        Assert.Equal(bucket == Bucket.Match ? Verdict.Pass : Verdict.Fail, reason.Verdict);
        Assert.Equal(bucket == Bucket.NearMiss, reason.Near);
    }

    [Fact]
    public void Square_metres_are_no_hectares()
        => Assert.Equal(Bucket.Excluded, Given.Site().WithArea(400_000).Judged(new Brief { Area = Given.About(40) }).Bucket);

    [Theory]
    [InlineData(40.0, 1.0)]
    [InlineData(40.0000001, 0.0)]
    public void Without_tolerance_only_the_target_counts(double areaHa, double score)
    {
        var judgement = Given.Site().WithArea(areaHa).Judged(new Brief { Area = Given.About(40, tolerance: 0) });
        Assert.Equal(score, judgement.Score);
        Assert.Equal(score == 1 ? Bucket.Match : Bucket.Excluded, judgement.Bucket);
    }

    [Fact]
    public void An_accepted_oversize_matches_and_is_worth_nothing_beyond_the_tolerance()
    {
        var brief = new Brief { Area = Given.About(40) with { Oversize = Oversize.Accept } };
        var judgement = Given.Site().WithArea(400).Judged(brief);
        Assert.Equal((Bucket.Match, 0.0), (judgement.Bucket, judgement.Score));
        var reason = Assert.Single(judgement.Reasons);
        Assert.Equal((ReasonOperator.AtLeast, new NumberValue(34)), (reason.Operator, reason.Threshold));
    }

    [Theory]
    [InlineData(null, 50.0, "<=")]
    [InlineData(10.0, null, ">=")]
    [InlineData(10.0, 50.0, "between")]
    public void Explicit_bounds_carry_no_weight(double? min, double? max, string comparison)
    {
        var brief = new Brief { Area = Given.About(null, min: min, max: max) };
        var judgement = Given.Site().WithArea(30).Judged(brief);
        var reason = Assert.Single(judgement.Reasons);
        Assert.Equal((Bucket.Match, 1.0), (judgement.Bucket, judgement.Score));
        Assert.Equal(comparison, reason.Operator);
        Assert.Null(reason.Weight);
        Assert.Null(reason.Contribution);
    }

    [Theory]
    [InlineData(AreaBasis.Gross, "gross", UnknownBecause.NoPolygon)]
    [InlineData(AreaBasis.Net, "net", UnknownBecause.NoPolygon)]
    [InlineData(AreaBasis.Declared, "declared", UnknownBecause.NotStated)]
    [InlineData(AreaBasis.Useful, "useful", UnknownBecause.NotStated)]
    [InlineData(AreaBasis.ForSale, "for_sale", UnknownBecause.NotStated)]
    public void Each_basis_is_its_own_fact(AreaBasis basis, string target, UnknownBecause because)
    {
        var brief = new Brief { Area = Given.About(40) with { Basis = basis } };
        var others = Enum.GetValues<AreaBasis>().Where(other => other != basis).Aggregate(Given.Site(), (site, other) => site.WithArea(1, other));

        var known = others.WithArea(40, basis).OnlyReason(brief);
        Assert.Equal((Verdict.Pass, target, "ha"), (known.Verdict, known.Target, known.Unit));

        var unknown = others.OnlyReason(brief);
        Assert.Equal((Verdict.Unknown, because), (unknown.Verdict, unknown.UnknownBecause));
        Assert.Null(unknown.Value);
        Assert.Null(unknown.Gap);
        Assert.Equal((1.0, 0.0), (unknown.Weight, unknown.Contribution));
    }

    [Fact]
    public void A_missing_layer_leaves_the_net_area_unknown()
    {
        var site = Given.Site() with
        {
            Areas = new Dictionary<AreaBasis, Fact> { [AreaBasis.Net] = Fact.Unknown(UnknownBecause.LayerMissing) },
        };
        var reason = site.OnlyReason(new Brief { Area = Given.About(40) with { Basis = AreaBasis.Net } });
        Assert.Equal(UnknownBecause.LayerMissing, reason.UnknownBecause);
    }
}
