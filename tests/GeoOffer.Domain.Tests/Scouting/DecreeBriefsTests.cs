using GeoOffer.Domain.Scouting;

namespace GeoOffer.Domain.Tests.Scouting;

public sealed class DecreeBriefsTests
{
    [Fact]
    public void There_are_nine_and_each_is_told_in_both_languages()
    {
        Assert.Equal(Enumerable.Range(1, 9).Select(number => $"decree-{number}"), DecreeBriefs.All.Select(brief => brief.Code));
        Assert.All(DecreeBriefs.All, brief =>
        {
            Assert.All(
                (string[])[brief.TitleIt, brief.TitleEn, brief.SectorIt, brief.SectorEn, brief.OriginIt, brief.OriginEn, brief.RequirementIt, brief.RequirementEn],
                text => Assert.False(string.IsNullOrWhiteSpace(text)));
            Assert.NotEqual(brief.RequirementIt, brief.RequirementEn);
            Assert.Equal(brief.NotAskedIt is null, brief.NotAskedEn is null);
        });
    }

    [Fact]
    public void Investment_and_jobs_are_those_of_the_decree()
        => Assert.Equal(
            [
                (200, 400, 1000, 5000), (200, 400, 1000, 1000), (300, 300, 500, 500), (240, 240, 700, 700), (150, 150, 130, 130), (150, 150, 50, 50),
                (50, 100, 100, 100), (50, 50, 100, 100), (30, 50, 20, 50),
            ],
            DecreeBriefs.All.Select(brief => (brief.InvestmentMinEurMillion, brief.InvestmentMaxEurMillion, brief.JobsMin, brief.JobsMax)));

    [Fact]
    public void The_reader_takes_all_of_them()
        => Assert.All(DecreeBriefs.All, brief =>
        {
            var reading = Given.JsonReader.Read(brief.Brief);
            Assert.Empty(reading.Faults);
            Assert.NotNull(reading.Request!.Brief.Area);
            Assert.NotEmpty(reading.Request.Brief.Constraints);
            Assert.NotEmpty(reading.Request.Brief.Preferences);
        });

    [Fact]
    public void The_fifth_is_about_40_ha_industrial_near_rail_freight()
    {
        var brief = Given.JsonReader.Read(DecreeBriefs.All[4].Brief).Request!.Brief;
        var site = (Given.Site() with { Functions = ["industrial"] })
            .WithArea(41).WithDistance("freight_terminal", 4000).WithOverlap("protected_area", 0);
        Assert.Equal(Bucket.Match, site.Judged(brief).Bucket);
        Assert.Equal(Bucket.NearMiss, site.WithArea(32).Judged(brief).Bucket);
        Assert.Equal(Bucket.Excluded, (site with { Functions = ["logistics"] }).Judged(brief).Bucket);
    }
}
