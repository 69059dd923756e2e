using GeoOffer.Domain.Scouting;

namespace GeoOffer.Domain.Tests.Scouting;

public sealed class CodeJudgementTests
{
    [Theory]
    [InlineData("industrial", Verdict.Pass)]
    [InlineData("retail offices", Verdict.Pass)]
    [InlineData("industrial unknown", Verdict.Pass)]
    [InlineData("logistics", Verdict.Fail)]
    [InlineData("logistics unknown", Verdict.Unknown)]
    [InlineData("unknown", Verdict.Unknown)]
    [InlineData("", Verdict.Unknown)]
    [InlineData(null, Verdict.Unknown)]
    public void Functions_intersect_and_unknown_is_never_no(string? functions, Verdict verdict)
    {
        var site = Given.Site() with { Functions = functions?.Split(' ', StringSplitOptions.RemoveEmptyEntries).ToValueList() };
        var constraint = site.OnlyReason(new Brief { Constraints = [new FunctionConstraint("c1", ["industrial", "offices"])] });
        Assert.Equal(verdict, constraint.Verdict);
        Assert.Equal(verdict == Verdict.Unknown ? UnknownBecause.NotStated : null, constraint.UnknownBecause);
        Assert.False(constraint.Near);

        var preferred = site.Judged(new Brief { Preferences = [new FunctionPreference("p1", 2, ["industrial", "offices"])] });
        Assert.Equal(verdict == Verdict.Pass ? 1 : 0, preferred.Score);
        Assert.Equal(Bucket.Match, preferred.Bucket);
        Assert.Null(preferred.Reasons[0].Verdict);
    }

    [Theory]
    [InlineData("greenfield", Verdict.Pass)]
    [InlineData("brownfield", Verdict.Fail)]
    [InlineData("unknown", Verdict.Unknown)]
    [InlineData(null, Verdict.Unknown)]
    public void A_site_is_of_one_kind(string? kind, Verdict verdict)
    {
        var site = Given.Site() with { Kind = kind };
        Assert.Equal(verdict, site.OnlyReason(new Brief { Constraints = [new KindConstraint("c1", ["greenfield"])] }).Verdict);
        Assert.Equal(
            verdict == Verdict.Pass ? 1 : 0, site.Judged(new Brief { Preferences = [new KindPreference("p1", 1, ["greenfield"])] }).Score);
    }

    [Theory]
    [InlineData("015146", "015", null, Verdict.Pass)]
    [InlineData("016024", "016", null, Verdict.Pass)]
    [InlineData("016025", "016", null, Verdict.Fail)]
    [InlineData(null, null, null, Verdict.Unknown)]
    public void Codes_of_provinces_and_municipalities_are_alternatives(string? municipality, string? province, bool? inside, Verdict verdict)
    {
        var site = Given.Site() with { MunicipalityCode = municipality, ProvinceCode = province, InsideGeometry = inside };
        var reason = site.OnlyReason(new Brief { Within = new AreaOfInterest(["MI", "016024"], ["015"], ["016024"], Geometry: null) });
        Assert.Equal((verdict, "within", ReasonOperator.AnyOf), (reason.Verdict, reason.Id, reason.Operator));
        Assert.Equal(new CodesValue(["MI", "016024"]), reason.Threshold);
        Assert.Equal(verdict == Verdict.Unknown ? UnknownBecause.NotStated : null, reason.UnknownBecause);
    }

    [Theory]
    [InlineData("015146", true, Verdict.Pass, null)]
    [InlineData("015146", false, Verdict.Fail, null)]
    [InlineData("015146", null, Verdict.Unknown, UnknownBecause.NoPolygon)]
    [InlineData("017029", true, Verdict.Fail, null)]
    [InlineData("017029", null, Verdict.Fail, null)]
    [InlineData(null, true, Verdict.Unknown, UnknownBecause.NotStated)]
    [InlineData(null, false, Verdict.Fail, null)]
    public void Codes_and_geometry_must_both_hold(string? municipality, bool? inside, Verdict verdict, UnknownBecause? because)
    {
        var within = new AreaOfInterest(["MI"], ["015"], [], Given.Square(9, 45, 1));
        var site = Given.Site() with { MunicipalityCode = municipality, ProvinceCode = municipality?[..3], InsideGeometry = inside };
        var judgement = site.Judged(new Brief { Within = within });
        Assert.Equal((verdict, because), (judgement.Reasons[0].Verdict, judgement.Reasons[0].UnknownBecause));
        Assert.Equal(verdict == Verdict.Fail, judgement.Bucket == Bucket.Excluded);
    }

    [Theory]
    [InlineData(true, Verdict.Pass)]
    [InlineData(false, Verdict.Fail)]
    [InlineData(null, Verdict.Unknown)]
    public void A_geometry_alone_does_not_need_the_municipality(bool? inside, Verdict verdict)
    {
        var within = new AreaOfInterest([], [], [], Given.Square(9, 45, 1));
        var reason = (Given.Site() with { InsideGeometry = inside }).OnlyReason(new Brief { Within = within });
        Assert.Equal(verdict, reason.Verdict);
        Assert.Null(reason.Threshold);
    }

    [Fact]
    public void Reasons_on_codes_carry_the_source_of_the_sheet()
    {
        var site = Given.Site() with { Kind = "greenfield", SheetSource = "Comune di Rho", SheetAsOf = new DateOnly(2024, 5, 1) };
        var reason = site.OnlyReason(new Brief { Constraints = [new KindConstraint("c1", ["brownfield"])] });
        Assert.Equal(("Comune di Rho", new DateOnly(2024, 5, 1)), (reason.Source, reason.AsOf));
        Assert.Null(reason.Gap);
        Assert.Null(reason.Unit);
    }
}
