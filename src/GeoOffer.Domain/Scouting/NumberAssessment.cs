using System.Diagnostics;

namespace GeoOffer.Domain.Scouting;

/// <summary>Assesses the criteria that compare a number: area, distance, overlap.</summary>
internal static class NumberAssessment
{
    private const string Hectares = "ha", Metres = "m", Share = "share", StraightLine = "straight_line";

    public static Assessment Of(AreaRequirement area, SiteFacts site, ScoutingRules rules)
    {
        var band = AreaBand.Of(area);
        var fact = site.Area(area.Basis);
        var (comparison, threshold) = band switch
        {
            { LowHa: { } low, HighHa: { } high } => (ReasonOperator.Between, (ReasonValue)new RangeValue(low, high)),
            { LowHa: { } low } => (ReasonOperator.AtLeast, new NumberValue(low)),
            { HighHa: { } high } => (ReasonOperator.AtMost, new NumberValue(high)),
            _ => throw new UnreachableException("an area requirement has a target or a bound"),
        };
        var reason = Measured(fact, Criterion.Area, "area", area.Basis.ToCode(), Hectares) with
        {
            Operator = comparison,
            Threshold = threshold,
            Weight = area.TargetHa is null ? null : rules.AreaWeight,
        };
        if (fact.Value is not { } value)
        {
            return new(reason with { Verdict = Verdict.Unknown }, 0);
        }

        var worth = area.TargetHa is { } target ? Closeness(value, target, area.Tolerance) : 0;
        var gap = value < band.LowHa ? value - band.LowHa : value - band.HighHa;
        return new(Judged(reason, band.Contains(value), band.IsNear(value), gap), worth);
    }

    public static Assessment Of(DistanceConstraint constraint, SiteFacts site, ScoutingRules rules)
    {
        var fact = Proximity.Decisive(site, constraint.Target, constraint.MaxMetres);
        var reason = Distance(fact, constraint.Id, constraint.Target) with
        {
            Operator = ReasonOperator.AtMost,
            Threshold = new NumberValue(constraint.MaxMetres),
            Weight = rules.DistanceWeight,
        };
        if (fact.Value is not { } metres)
        {
            return new(reason with { Verdict = Verdict.Unknown }, 0);
        }

        var judged = Judged(reason, metres <= constraint.MaxMetres, metres <= constraint.NearMaxMetres, metres - constraint.MaxMetres);
        return new(judged, metres < constraint.MaxMetres ? 1 - (metres / constraint.MaxMetres) : 0);
    }

    public static Assessment Of(OverlapConstraint constraint, SiteFacts site)
    {
        var fact = site.Overlap(constraint.Target.Name);
        var reason = Measured(fact, Criterion.Overlap, constraint.Id, constraint.Target.Name, Share) with
        {
            Operator = ReasonOperator.AtMost,
            Threshold = new NumberValue(constraint.MaxShare),
        };
        return fact.Value is { } share
            ? new(Judged(reason, share <= constraint.MaxShare, share <= constraint.NearMaxShare, share - constraint.MaxShare), 0)
            : new(reason with { Verdict = Verdict.Unknown }, 0);
    }

    public static Assessment Of(DistancePreference preference, SiteFacts site)
    {
        var fact = Proximity.Nearest(site, preference.Target);
        return Preferred(Distance(fact, preference.Id, preference.Target), fact, preference, preference.ValueFunction);
    }

    public static Assessment Of(OverlapPreference preference, SiteFacts site)
    {
        var fact = site.Overlap(preference.Target.Name);
        var reason = Measured(fact, Criterion.Overlap, preference.Id, preference.Target.Name, Share);
        return Preferred(reason, fact, preference, preference.ValueFunction);
    }

    public static Assessment Of(AreaPreference preference, SiteFacts site)
    {
        var fact = site.Area(preference.Basis);
        var reason = Measured(fact, Criterion.Area, preference.Id, preference.Basis.ToCode(), Hectares);
        return Preferred(reason, fact, preference, preference.ValueFunction);
    }

    /// <summary>1 at the target, 0 at the edges of the tolerance and beyond: 1 − |value − target| / (target · tolerance).</summary>
    private static double Closeness(double areaHa, double targetHa, double tolerance)
    {
        var difference = Math.Abs(areaHa - targetHa);
        var reach = targetHa * tolerance;
        if (difference == 0)
        {
            return 1;
        }

        return difference < reach ? 1 - (difference / reach) : 0;
    }

    private static Reason Measured(Fact fact, Criterion criterion, string id, string target, string unit) => new()
    {
        Id = id,
        Criterion = criterion,
        Target = target,
        Value = fact.Value is { } value ? new NumberValue(value) : null,
        Unit = unit,
        UnknownBecause = fact.UnknownBecause,
        Feature = fact.Feature,
        Source = fact.Source,
        AsOf = fact.AsOf,
    };

    private static Reason Distance(Fact fact, string id, ProximityTarget target)
        => Measured(fact, Criterion.Distance, id, target.Name, Metres) with { Method = StraightLine };

    private static Reason Judged(Reason reason, bool holds, bool isNear, double? gap)
        => holds ? reason with { Verdict = Verdict.Pass } : reason with { Verdict = Verdict.Fail, Near = isNear, Gap = gap };

    private static Assessment Preferred(Reason reason, Fact fact, BriefPreference preference, ValueFunction function)
        => new(
            reason with { Role = CriterionRole.Preference, Weight = preference.Weight },
            fact.Value is { } value ? function.Worth(value) : 0);
}
