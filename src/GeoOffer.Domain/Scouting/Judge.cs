using System.Diagnostics;

namespace GeoOffer.Domain.Scouting;

/// <summary>Holds a site to a brief. This is the meaning of matching; every query that answers a brief must agree with it.</summary>
/// <remarks>
/// The outcome:
/// <list type="bullet">
/// <item><description>no failure and nothing unknown that the brief wants verified: match;</description></item>
/// <item><description>no failure, something to verify: match if verified;</description></item>
/// <item><description>at most <see cref="ScoutingRules.NearMissLimit"/> failures, each near: near miss, even with unknowns;</description></item>
/// <item><description>else excluded.</description></item>
/// </list>
/// The score is Σ(weight · worth) / Σ(weight) over the target area, the distance constraints and the preferences, summed in that order
/// in doubles; an unknown value is worth 0; with nothing to score it is 1.
/// </remarks>
public static class Judge
{
    /// <summary>The judgement of one site. It depends on nothing but the arguments.</summary>
    public static Judgement Assess(SiteFacts site, Brief brief, ScoutingRules rules)
    {
        ArgumentNullException.ThrowIfNull(site);
        ArgumentNullException.ThrowIfNull(brief);
        ArgumentNullException.ThrowIfNull(rules);
        var assessments = Assessments(site, brief, rules).ToArray();
        double worths = 0, weights = 0;
        foreach (var (reason, worth) in assessments)
        {
            if (reason.Weight is { } weight)
            {
                worths += weight * worth;
                weights += weight;
            }
        }

        var reasons = assessments
            .Select(item => item.Reason with { Contribution = item.Reason.Weight * item.Worth / weights })
            .ToValueList();
        return new Judgement(site.Code, BucketOf(reasons, brief.Unknowns, rules), weights > 0 ? rules.Round(worths / weights) : 1, reasons);
    }

    private static IEnumerable<Assessment> Assessments(SiteFacts site, Brief brief, ScoutingRules rules)
    {
        if (brief.Area is { } area)
        {
            yield return NumberAssessment.Of(area, site, rules);
        }

        if (brief.Within is { } within)
        {
            yield return CodeAssessment.Of(within, site);
        }

        foreach (var constraint in brief.Constraints)
        {
            yield return constraint switch
            {
                FunctionConstraint function => CodeAssessment.Of(function, site),
                KindConstraint kind => CodeAssessment.Of(kind, site),
                DistanceConstraint distance => NumberAssessment.Of(distance, site, rules),
                OverlapConstraint overlap => NumberAssessment.Of(overlap, site),
                _ => throw new UnreachableException(constraint.GetType().Name),
            };
        }

        foreach (var preference in brief.Preferences)
        {
            yield return preference switch
            {
                FunctionPreference function => CodeAssessment.Of(function, site),
                KindPreference kind => CodeAssessment.Of(kind, site),
                DistancePreference distance => NumberAssessment.Of(distance, site),
                OverlapPreference overlap => NumberAssessment.Of(overlap, site),
                AreaPreference areaPreference => NumberAssessment.Of(areaPreference, site),
                _ => throw new UnreachableException(preference.GetType().Name),
            };
        }
    }

    private static Bucket BucketOf(ValueList<Reason> reasons, UnknownsPolicy unknowns, ScoutingRules rules)
    {
        int near = 0, beyond = 0, unknown = 0;
        foreach (var reason in reasons)
        {
            switch (reason.Verdict)
            {
                case Verdict.Fail when reason.Near:
                    near++;
                    break;
                case Verdict.Fail:
                    beyond++;
                    break;
                case Verdict.Unknown:
                    unknown++;
                    break;
            }
        }

        if (beyond > 0 || near > rules.NearMissLimit || (unknown > 0 && unknowns == UnknownsPolicy.Fail))
        {
            return Bucket.Excluded;
        }

        if (near > 0)
        {
            return Bucket.NearMiss;
        }

        return unknown > 0 && unknowns == UnknownsPolicy.Verify ? Bucket.MatchIfVerified : Bucket.Match;
    }
}
