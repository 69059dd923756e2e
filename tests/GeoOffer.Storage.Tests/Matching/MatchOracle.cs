using System.Diagnostics;
using System.Globalization;
using System.Text;
using GeoOffer.Domain;
using GeoOffer.Domain.Scouting;
using GeoOffer.Query.Catalogue;

namespace GeoOffer.Storage.Tests.Matching;

/// <summary>What the oracle makes of a site.</summary>
internal sealed record OracleJudgement(OracleSite Site, Bucket Bucket, double Score, IReadOnlyList<Reason> Reasons);

/// <summary>What the oracle answers to a brief: all judged sites in their order, and what excluded sites failed.</summary>
internal sealed record OracleAnswer(IReadOnlyList<OracleJudgement> Judged, IReadOnlyList<FailedCount> ExcludedByReason)
{
    public long Count(Bucket bucket) => Judged.LongCount(site => site.Bucket == bucket);
}

internal sealed record FailedCount(string Id, long Failed);

/// <summary>
/// The rules of matching as the design and the domain have them in words, computed row by row from raw columns. It shares with the
/// program the types of briefs and reasons, and no line of what judges, reads or queries.
/// </summary>
internal sealed class MatchOracle(OracleData data, ScoutingRules rules, Role role)
{
    private readonly OracleFacts _facts = new(data, role);

    public OracleAnswer Answer(Brief brief)
    {
        var judged = data.Sites.Where(site => site.IsPublic || role >= Role.Scout).Select(site => Judge(site, brief)).ToList();
        judged.Sort((left, right) =>
            left.Bucket != right.Bucket ? left.Bucket.CompareTo(right.Bucket)
            : left.Score != right.Score ? right.Score.CompareTo(left.Score)
            : ByCodePoints(left.Site.Code, right.Site.Code));
        var excluded = judged.Where(site => site.Bucket == Bucket.Excluded).SelectMany(site => site.Reasons)
            .Where(reason => reason.Role == CriterionRole.Constraint)
            .Where(reason => reason.Verdict == Verdict.Fail || (reason.Verdict == Verdict.Unknown && brief.Unknowns == UnknownsPolicy.Fail))
            .CountBy(reason => reason.Id).ToDictionary();
        string[] ids = [.. brief.Area is null ? [] : new[] { "area" }, .. brief.Within is null ? [] : new[] { "within" }, .. brief.Constraints.Select(item => item.Id)];
        return new OracleAnswer(judged, [.. ids.Select(id => new FailedCount(id, excluded.GetValueOrDefault(id)))]);
    }

    public static int ByCodePoints(string left, string right)
    {
        Rune[] ours = [.. left.EnumerateRunes()], theirs = [.. right.EnumerateRunes()];
        return ours.Zip(theirs, (one, other) => one.CompareTo(other)).FirstOrDefault(order => order != 0, ours.Length.CompareTo(theirs.Length));
    }

    private OracleJudgement Judge(OracleSite site, Brief brief)
    {
        var assessed = new List<(Reason Reason, double Worth)>();
        if (brief.Area is { } area)
        {
            assessed.Add(Area(area, site));
        }

        if (brief.Within is { } within)
        {
            assessed.Add((Within(within, site), 0));
        }

        assessed.AddRange(brief.Constraints.Select(constraint => Constraint(constraint, site)));
        assessed.AddRange(brief.Preferences.Select(preference => Preference(preference, site)));

        double weights = 0, worths = 0;
        foreach (var (reason, worth) in assessed.Where(item => item.Reason.Weight is not null))
        {
            weights += reason.Weight!.Value;
            worths += reason.Weight.Value * worth;
        }

        var scale = Math.Pow(10, rules.ScoreDecimals);
        var score = weights == 0 ? 1 : Math.Round(worths / weights * scale, MidpointRounding.ToEven) / scale;
        List<Reason> reasons = [.. assessed.Select(item => item.Reason with { Contribution = item.Reason.Weight is { } weight ? weight * item.Worth / weights : null })];
        return new OracleJudgement(site, Outcome(reasons.Where(reason => reason.Role == CriterionRole.Constraint).ToList(), brief.Unknowns), score, reasons);
    }

    private Bucket Outcome(List<Reason> constraints, UnknownsPolicy policy)
    {
        var failed = constraints.Where(reason => reason.Verdict == Verdict.Fail).ToList();
        var isAnyUnknown = constraints.Any(reason => reason.Verdict == Verdict.Unknown);
        if (isAnyUnknown && policy == UnknownsPolicy.Fail)
        {
            return Bucket.Excluded;
        }

        if (failed.Count > 0)
        {
            return failed.Count <= rules.NearMissLimit && failed.All(reason => reason.Near) ? Bucket.NearMiss : Bucket.Excluded;
        }

        return isAnyUnknown && policy == UnknownsPolicy.Verify ? Bucket.MatchIfVerified : Bucket.Match;
    }

    private (Reason Reason, double Worth) Area(AreaRequirement area, OracleSite site)
    {
        var (tolerance, slack) = (Exact(area.Tolerance), Exact(area.Slack));
        var rest = Math.Max(0, slack - 1) * tolerance;
        decimal? low = null, high = null, nearLow = null, nearHigh = null;
        if (area.TargetHa is { } targetHa)
        {
            var target = Exact(targetHa);
            (low, nearLow, nearHigh) = (target * (1 - tolerance), target * (1 - (slack * tolerance)), target * (1 + (slack * tolerance)));
            high = area.Oversize == Oversize.Accept ? null : target * (1 + tolerance);
        }

        if (area.MinHa is { } minHa)
        {
            low = low is { } bound ? Math.Max(bound, Exact(minHa)) : Exact(minHa);
            nearLow = nearLow is { } bound2 ? Math.Min(bound2, Exact(minHa) * (1 - rest)) : Exact(minHa) * (1 - rest);
        }

        if (area.MaxHa is { } maxHa)
        {
            high = high is { } bound ? Math.Min(bound, Exact(maxHa)) : Exact(maxHa);
            nearHigh = nearHigh is { } bound2 ? Math.Max(bound2, Exact(maxHa) * (1 + rest)) : Exact(maxHa) * (1 + rest);
        }

        var reason = _facts.Area(area.Basis, site, "area") with
        {
            Operator = (low, high) switch { ({ }, { }) => "between", ({ }, null) => ">=", _ => "<=" },
            Threshold = (low, high) switch
            {
                ({ } from, { } to) => new RangeValue(Rounded(from), Rounded(to)),
                ({ } from, null) => new NumberValue(Rounded(from)),
                _ => new NumberValue(Rounded(high!.Value)),
            },
            Weight = area.TargetHa is null ? null : rules.AreaWeight,
        };
        if (reason.Value is not NumberValue { Number: var value })
        {
            return (reason with { Verdict = Verdict.Unknown }, 0);
        }

        reason =
            low is { } least && value < Rounded(least) ? Failed(reason, value - Rounded(least), isNear: value >= Rounded(nearLow!.Value))
            : high is { } most && value > Rounded(most) ? Failed(reason, value - Rounded(most), isNear: value <= Rounded(nearHigh!.Value))
            : reason with { Verdict = Verdict.Pass };
        return (reason, area.TargetHa is { } wanted ? Closeness(value, wanted, area.Tolerance) : 0);
    }

    private static double Closeness(double value, double target, double tolerance) =>
        value == target ? 1 : tolerance == 0 ? 0 : Math.Max(0, 1 - (Math.Abs(value - target) / (target * tolerance)));

    private static Reason Within(AreaOfInterest within, OracleSite site)
    {
        bool? inCodes = within.AnyOf.Count == 0 ? true
            : within.ProvinceCodes.Contains(site.ProvinceCode) || within.MunicipalityCodes.Contains(site.MunicipalityCode) ? true
            : (within.ProvinceCodes.Count > 0 && site.ProvinceCode is null) || (within.MunicipalityCodes.Count > 0 && site.MunicipalityCode is null) ? null
            : false;
        bool? inGeometry = within.Geometry is null ? true : site.Geometry is null ? null : within.Geometry.Covers(site.Geometry);
        var holds = inCodes == false || inGeometry == false ? false : inCodes is null || inGeometry is null ? null : (bool?)true;
        return OracleFacts.Codes("within", Criterion.Within, within.AnyOf, site) with
        {
            Threshold = within.AnyOf.Count == 0 ? null : new CodesValue(within.AnyOf),
            Value = site.MunicipalityCode is null ? null : new CodeValue(site.MunicipalityCode),
            Verdict = Of(holds),
            UnknownBecause = holds is not null ? null : inCodes is null ? UnknownBecause.NotStated : UnknownBecause.NoPolygon,
        };
    }

    private (Reason Reason, double Worth) Constraint(BriefConstraint constraint, OracleSite site)
    {
        switch (constraint)
        {
            case FunctionConstraint { AnyOf: var anyOf }:
                return (Function(constraint.Id, anyOf, site), 0);
            case KindConstraint { AnyOf: var anyOf }:
                return (Kind(constraint.Id, anyOf, site), 0);
            case DistanceConstraint { Target: var target, MaxMetres: var max, Slack: var slack }:
                var distance = _facts.Deciding(target, max, site, constraint.Id) with { Operator = "<=", Threshold = new NumberValue(max), Weight = rules.DistanceWeight };
                return (AtMost(distance, max, Rounded(Exact(max) * (1 + Exact(slack)))), distance.Value is NumberValue { Number: var metres } && metres < max ? 1 - (metres / max) : 0);
            case OverlapConstraint { Target: var target, MaxShare: var max, Slack: var slack }:
                var overlap = _facts.Overlap(target.Name, site, constraint.Id) with { Operator = "<=", Threshold = new NumberValue(max) };
                return (AtMost(overlap, max, Rounded(Exact(max) + Exact(slack))), 0);
            default:
                throw new UnreachableException();
        }
    }

    private (Reason Reason, double Worth) Preference(BriefPreference preference, OracleSite site)
    {
        var (reason, worth) = preference switch
        {
            FunctionPreference { AnyOf: var anyOf } => Coded(Function(preference.Id, anyOf, site)),
            KindPreference { AnyOf: var anyOf } => Coded(Kind(preference.Id, anyOf, site)),
            DistancePreference distance => Valued(_facts.Nearest(distance.Target, site, preference.Id), distance.ValueFunction),
            OverlapPreference overlap => Valued(_facts.Overlap(overlap.Target.Name, site, preference.Id), overlap.ValueFunction),
            AreaPreference area => Valued(_facts.Area(area.Basis, site, preference.Id), area.ValueFunction),
            _ => throw new UnreachableException(),
        };
        return (reason with { Role = CriterionRole.Preference, Verdict = null, Weight = preference.Weight }, worth);
    }

    private static (Reason Reason, double Worth) Coded(Reason reason) => (reason, reason.Verdict == Verdict.Pass ? 1 : 0);

    private static (Reason Reason, double Worth) Valued(Reason reason, ValueFunction function) =>
        (reason, reason.Value is NumberValue { Number: var value } ? Worth(function, value) : 0);

    private static double Worth(ValueFunction function, double value) => function switch
    {
        LinearValue line => Math.Clamp((value - line.Worst) / (line.Best - line.Worst), 0, 1),
        TriangularValue { Peak: var peak } when value == peak => 1,
        TriangularValue { Low: var low, Peak: var peak } when value < peak => value <= low ? 0 : (value - low) / (peak - low),
        TriangularValue { Peak: var peak, High: var high } => value >= high ? 0 : (high - value) / (high - peak),
        _ => throw new UnreachableException(),
    };

    private static Reason Function(string id, ValueList<string> anyOf, OracleSite site)
    {
        var stated = site.Functions.Where(code => code != "unknown").ToValueList();
        bool? holds = stated.Any(anyOf.Contains) ? true : stated.Count == 0 || site.Functions.Contains("unknown") ? null : false;
        return OracleFacts.Codes(id, Criterion.Function, anyOf, site) with
        {
            Value = stated.Count == 0 ? null : new CodesValue(stated),
            Verdict = Of(holds),
            UnknownBecause = holds is null ? UnknownBecause.NotStated : null,
        };
    }

    private static Reason Kind(string id, ValueList<string> anyOf, OracleSite site) => OracleFacts.Codes(id, Criterion.Kind, anyOf, site) with
    {
        Value = new CodeValue(site.Kind),
        Verdict = Of(anyOf.Contains(site.Kind)),
    };

    private static Reason AtMost(Reason reason, double max, double nearMax) => reason.Value is not NumberValue { Number: var value }
        ? reason with { Verdict = Verdict.Unknown }
        : value <= max ? reason with { Verdict = Verdict.Pass } : Failed(reason, value - max, isNear: value <= nearMax);

    private static Reason Failed(Reason reason, double gap, bool isNear) => reason with { Verdict = Verdict.Fail, Gap = gap, Near = isNear };

    private static Verdict Of(bool? holds) => holds switch { true => Verdict.Pass, false => Verdict.Fail, null => Verdict.Unknown };

    /// <summary>What the investor wrote, digit by digit.</summary>
    private static decimal Exact(double number) =>
        decimal.Parse(number.ToString("R", CultureInfo.InvariantCulture), NumberStyles.Float, CultureInfo.InvariantCulture);

    private static double Rounded(decimal number) => double.Parse(number.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
}
