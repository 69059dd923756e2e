using GeoOffer.Domain.Scouting;

namespace GeoOffer.Domain.Tests.Scouting;

public sealed class ScoreTests
{
    [Fact]
    public void The_score_is_the_weighted_mean_over_area_distances_and_preferences()
    {
        var brief = new Brief
        {
            Area = Given.About(40),
            Constraints =
            [
                new FunctionConstraint("c1", ["industrial"]),
                new DistanceConstraint("c2", Given.Near("freight_terminal"), 10_000, 1),
                new OverlapConstraint("c3", Given.ProtectedArea, 0, 0.05),
            ],
            Preferences = [new DistancePreference("p1", 2, Given.Near("motorway_junction"), new LinearValue(0, 20_000))],
        };
        var site = Given.Site()
            .WithArea(43).WithDistance("freight_terminal", 2500).WithDistance("motorway_junction", 5000).WithOverlap("protected_area", 0)
            with
        { Functions = ["industrial"] };

        var judgement = site.Judged(brief);

        // area 0.5, terminal 0.75, junction 0.75 twice
        Assert.Equal(0.6875, judgement.Score);
        Assert.Equal(["area", "c1", "c2", "c3", "p1"], judgement.Reasons.Select(reason => reason.Id));
        Assert.Equal([1, null, 1, null, 2], judgement.Reasons.Select(reason => reason.Weight));
        Assert.Equal([0.125, null, 0.1875, null, 0.375], judgement.Reasons.Select(reason => reason.Contribution));
    }

    [Fact]
    public void An_unknown_value_keeps_its_weight_and_earns_nothing()
    {
        var brief = new Brief
        {
            Preferences =
            [
                new KindPreference("p1", 1, ["greenfield"]),
                new DistancePreference("p2", 3, Given.Near("airport"), new LinearValue(0, 1000)),
            ],
        };
        var judgement = (Given.Site() with { Kind = "greenfield" }).Judged(brief);
        Assert.Equal((Bucket.Match, 0.25), (judgement.Bucket, judgement.Score));
        Assert.Equal(UnknownBecause.LayerMissing, judgement.Reasons[1].UnknownBecause);
        Assert.Equal(0, judgement.Reasons[1].Contribution);
    }

    [Fact]
    public void A_preference_for_a_group_takes_the_nearest_known_member()
    {
        var brief = new Brief { Preferences = [new DistancePreference("p1", 1, Given.Near("rail"), new LinearValue(0, 1000))] };
        Assert.Equal(0.75, Given.Site().WithDistance("freight_terminal", 250).WithDistance("rail_line", 600).Judged(brief).Score);
    }

    [Theory]
    [InlineData(0.1234565, 0.123456)]
    [InlineData(0.1234575, 0.123458)]
    [InlineData(0.9999996, 1.0)]
    [InlineData(1.0 / 3, 0.333333)]
    public void Scores_are_rounded_to_six_decimals_half_to_even(double raw, double rounded)
        => Assert.Equal(rounded, ScoutingRules.Default.Round(raw));

    [Theory]
    [InlineData(0.0, 1.0)]
    [InlineData(5.0, 0.75)]
    [InlineData(20.0, 0.0)]
    [InlineData(25.0, 0.0)]
    [InlineData(-3.0, 1.0)]
    public void A_line_is_flat_beyond_its_ends(double value, double worth)
    {
        Assert.Equal(worth, new LinearValue(best: 0, worst: 20).Worth(value));
        Assert.Equal(1 - worth, new LinearValue(best: 20, worst: 0).Worth(value));
    }

    [Theory]
    [InlineData(10.0, 0.0)]
    [InlineData(15.0, 0.5)]
    [InlineData(20.0, 1.0)]
    [InlineData(30.0, 0.75)]
    [InlineData(60.0, 0.0)]
    [InlineData(5.0, 0.0)]
    [InlineData(99.0, 0.0)]
    public void A_triangle_rises_to_its_peak_and_falls(double value, double worth)
        => Assert.Equal(worth, new TriangularValue(10, 20, 60).Worth(value));

    [Fact]
    public void A_triangle_may_be_a_cliff_on_one_side()
    {
        Assert.Equal([0, 1, 0.5, 0], new double[] { -1, 0, 5, 10 }.Select(new TriangularValue(0, 0, 10).Worth));
        Assert.Equal([0, 0.5, 1, 0], new double[] { 0, 5, 10, 11 }.Select(new TriangularValue(0, 10, 10).Worth));
    }

    [Fact]
    public void A_function_without_extent_is_no_function()
    {
        Assert.Throws<ArgumentException>(() => new LinearValue(5, 5));
        Assert.Throws<ArgumentException>(() => new TriangularValue(5, 5, 5));
        Assert.Throws<ArgumentException>(() => new TriangularValue(5, 4, 6));
        Assert.Throws<ArgumentException>(() => new TriangularValue(double.NaN, 4, 6));
    }

    [Fact]
    public void A_fact_is_finite()
        => Assert.Throws<ArgumentOutOfRangeException>(() => Fact.Known(double.PositiveInfinity));
}
