using FsCheck;
using FsCheck.Fluent;
using GeoOffer.Domain.Scouting;

namespace GeoOffer.Domain.Tests.Scouting;

public sealed class JudgePropertyTests
{
    private static readonly Config Thorough = Config.QuickThrowOnFailure.WithMaxTest(30000);

    [Fact]
    public void Adding_a_site_never_changes_the_others()
        => Check(
            from brief in Generators.Briefs
            from sites in Gen.ArrayOf(Generators.Sites, 3)
            from newcomer in Generators.Sites
            select (brief, sites, newcomer),
            item =>
            {
                var before = item.sites.Select(site => site.Judged(item.brief)).Order(Judgement.Ranking).ToArray();
                var after = item.sites.Append(item.newcomer).Select(site => site.Judged(item.brief)).Order(Judgement.Ranking).ToList();
                after.Remove(item.newcomer.Judged(item.brief));
                return before.SequenceEqual(after);
            });

    [Fact]
    public void Relaxing_any_threshold_never_makes_an_outcome_worse()
        => Check(
            from brief in Generators.Briefs
            from site in Generators.Sites
            from factor in Generators.Number(0, 1)
            select (brief, site, factor),
            item =>
            {
                var outcome = item.site.Judged(item.brief).Bucket;
                return Relaxed(item.brief, item.factor).All(relaxed => item.site.Judged(relaxed).Bucket <= outcome);
            });

    [Fact]
    public void The_score_lies_between_0_and_1_and_is_the_sum_of_the_contributions()
        => Check(
            Pairs(),
            item =>
            {
                var judgement = item.Site.Judged(item.Brief);
                var scored = judgement.Reasons.Where(reason => reason.Weight is not null).ToArray();
                return judgement.Score is >= 0 and <= 1
                    && scored.All(reason => reason.Contribution is >= 0)
                    && (scored.Length == 0
                        ? judgement.Score == 1
                        : Math.Abs(judgement.Score - scored.Sum(reason => reason.Contribution!.Value)) <= 0.5e-6 + 1e-12);
            });

    [Fact]
    public void Unknown_has_a_cause_and_no_value_and_only_a_failed_number_has_a_gap()
        => Check(
            Pairs(),
            item => item.Site.Judged(item.Brief).Reasons.All(reason =>
                (reason.Verdict == Verdict.Unknown) == (reason.UnknownBecause is not null && reason.Role == CriterionRole.Constraint)
                && (reason.UnknownBecause is null || reason.Value is null || reason.Criterion is Criterion.Function or Criterion.Within)
                && (reason.Gap is not null) == (reason.Verdict == Verdict.Fail && reason.Value is NumberValue)
                && (!reason.Near || reason.Verdict == Verdict.Fail)
                && reason.Gap != 0));

    [Fact]
    public void Reasons_come_in_the_order_of_the_brief()
        => Check(
            Pairs(),
            item =>
            {
                string[] ids =
                [
                    .. item.Brief.Area is null ? Array.Empty<string>() : ["area"],
                    .. item.Brief.Within is null ? Array.Empty<string>() : ["within"],
                    .. item.Brief.Constraints.Select(constraint => constraint.Id),
                    .. item.Brief.Preferences.Select(preference => preference.Id),
                ];
                return ids.SequenceEqual(item.Site.Judged(item.Brief).Reasons.Select(reason => reason.Id));
            });

    [Fact]
    public void Preferences_never_change_the_bucket()
        => Check(Pairs(), item => item.Site.Judged(item.Brief).Bucket == item.Site.Judged(item.Brief with { Preferences = [] }).Bucket);

    [Fact]
    public void A_strict_policy_never_answers_more_than_a_lenient_one()
        => Check(
            Pairs(),
            item =>
            {
                Bucket By(UnknownsPolicy unknowns) => item.Site.Judged(item.Brief with { Unknowns = unknowns }).Bucket;
                return By(UnknownsPolicy.Pass) <= By(UnknownsPolicy.Verify) && By(UnknownsPolicy.Verify) <= By(UnknownsPolicy.Fail);
            });

    [Fact]
    public void Bounds_are_inclusive_to_the_last_bit()
        => Check(
            from target in Gen.Choose(1, 100_000).Select(cents => cents / 100m)
            from percent in Gen.Choose(0, 99)
            select (target, percent),
            item =>
            {
                var (low, high) = ((double)(item.target * (100 - item.percent) / 100), (double)(item.target * (100 + item.percent) / 100));
                var brief = new Brief { Area = Given.About((double)item.target, item.percent / 100.0) };
                Verdict? At(double areaHa) => Given.Site().WithArea(areaHa).OnlyReason(brief).Verdict;
                return (At(low), At(high), At(Math.BitDecrement(low)), At(Math.BitIncrement(high)))
                    == (Verdict.Pass, Verdict.Pass, Verdict.Fail, Verdict.Fail);
            });

    private static IEnumerable<Brief> Relaxed(Brief brief, double factor)
    {
        if (brief.Area is { } area)
        {
            yield return brief with { Area = area with { Tolerance = area.Tolerance + ((1 - area.Tolerance) * factor) } };
            yield return brief with { Area = area with { Slack = area.Slack + factor } };
            yield return brief with { Area = area with { MinHa = area.MinHa * (1 - (factor / 2)), MaxHa = area.MaxHa * (1 + factor) } };
            yield return brief with { Area = area with { Oversize = Oversize.Accept } };
        }

        for (var i = 0; i < brief.Constraints.Count; i++)
        {
            BriefConstraint relaxed = brief.Constraints[i] switch
            {
                FunctionConstraint function => function with { AnyOf = [.. function.AnyOf, "sports"] },
                KindConstraint kind => kind with { AnyOf = [.. kind.AnyOf, "brownfield"] },
                DistanceConstraint distance => distance with { MaxMetres = distance.MaxMetres * (1 + factor) },
                OverlapConstraint overlap => overlap with { MaxShare = overlap.MaxShare + ((1 - overlap.MaxShare) * factor) },
                var other => other,
            };
            yield return brief with { Constraints = [.. brief.Constraints.Take(i), relaxed, .. brief.Constraints.Skip(i + 1)] };
            yield return brief with { Constraints = [.. brief.Constraints.Take(i), .. brief.Constraints.Skip(i + 1)] };
        }
    }

    private static Gen<(Brief Brief, SiteFacts Site)> Pairs()
        => from brief in Generators.Briefs
           from site in Generators.Sites
           select (brief, site);

    private static void Check<T>(Gen<T> gen, Func<T, bool> holds)
        => FsCheck.Check.One(Thorough, Prop.ForAll(gen.ToArbitrary(), holds));
}
