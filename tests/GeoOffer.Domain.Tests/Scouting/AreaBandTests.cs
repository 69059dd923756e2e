using GeoOffer.Domain.Scouting;

namespace GeoOffer.Domain.Tests.Scouting;

public sealed class AreaBandTests
{
    [Theory]
    [InlineData(40.0, 0.15, null, null, 34.0, 46.0, 22.0, 58.0)]
    [InlineData(20.0, 0.15, null, null, 17.0, 23.0, 11.0, 29.0)]
    [InlineData(40.0, 0.0, null, null, 40.0, 40.0, 40.0, 40.0)]
    [InlineData(null, 0.15, 10.0, null, 10.0, null, 7.0, null)]
    [InlineData(null, 0.15, null, 10.0, null, 10.0, null, 13.0)]
    [InlineData(null, 0.15, 10.0, 20.0, 10.0, 20.0, 7.0, 26.0)]
    [InlineData(40.0, 0.15, 38.0, null, 38.0, 46.0, 22.0, 58.0)]
    [InlineData(40.0, 0.15, 20.0, 60.0, 34.0, 46.0, 14.0, 78.0)]
    [InlineData(40.0, 0.15, null, 44.0, 34.0, 44.0, 22.0, 58.0)]
    public void The_band_follows_from_target_tolerance_and_bounds(
        double? target, double tolerance, double? min, double? max, double? low, double? high, double? nearLow, double? nearHigh)
        => Assert.Equal(new AreaBand(low, high, nearLow, nearHigh), AreaBand.Of(Given.About(target, tolerance, min, max)));

    [Fact]
    public void Accepting_oversize_opens_the_upper_side_of_the_target_but_not_an_explicit_maximum()
    {
        var open = Given.About(40) with { Oversize = Oversize.Accept };
        Assert.Equal(new AreaBand(34, null, 22, null), AreaBand.Of(open));
        Assert.Equal(new AreaBand(34, 100, 22, 130), AreaBand.Of(open with { MaxHa = 100 }));
    }

    [Fact]
    public void The_slack_is_a_multiple_of_the_tolerance()
    {
        Assert.Equal(new AreaBand(34, 46, 34, 46), AreaBand.Of(Given.About(40) with { Slack = 1 }));
        Assert.Equal(new AreaBand(34, 46, 28, 52), AreaBand.Of(Given.About(40) with { Slack = 2 }));
        Assert.Equal(new AreaBand(10, null, 10, null), AreaBand.Of(Given.About(null, min: 10) with { Slack = 1 }));
    }

    [Fact]
    public void Every_decimal_edge_is_the_double_that_an_investor_would_write()
    {
        for (var target = 1; target <= 200; target++)
        {
            for (var percent = 0; percent <= 100; percent++)
            {
                var band = AreaBand.Of(Given.About(target, percent / 100.0));
                Assert.Equal((double)(target * (100m - percent) / 100), band.LowHa);
                Assert.Equal((double)(target * (100m + percent) / 100), band.HighHa);
            }
        }
    }

    [Fact]
    public void The_target_itself_always_passes_whatever_its_digits()
    {
        foreach (var target in (double[])[1.0 / 3, 0.1 + 0.2, 123456.78901234567, double.Epsilon, 1e-300])
        {
            Assert.True(AreaBand.Of(Given.About(target, 0)).Contains(target));
            Assert.True(AreaBand.Of(Given.About(target, 1e-17)).Contains(target));
        }
    }
}
