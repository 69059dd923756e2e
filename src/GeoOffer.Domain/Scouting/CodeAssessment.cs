using GeoOffer.Domain.Offer;

namespace GeoOffer.Domain.Scouting;

/// <summary>Assesses the criteria that compare codes: functions, kind, area of interest. Their failures are never near.</summary>
internal static class CodeAssessment
{
    public static Assessment Of(FunctionConstraint constraint, SiteFacts site)
        => new(Function(constraint.Id, constraint.AnyOf, site), 0);

    public static Assessment Of(KindConstraint constraint, SiteFacts site)
        => new(Kind(constraint.Id, constraint.AnyOf, site), 0);

    public static Assessment Of(FunctionPreference preference, SiteFacts site)
        => Preferred(Function(preference.Id, preference.AnyOf, site), preference);

    public static Assessment Of(KindPreference preference, SiteFacts site)
        => Preferred(Kind(preference.Id, preference.AnyOf, site), preference);

    public static Assessment Of(AreaOfInterest within, SiteFacts site)
    {
        var inCodes = within.AnyOf.Count == 0 ? true : InCodes(within, site);
        var inGeometry = within.Geometry is null ? true : site.InsideGeometry;
        var verdict = Verdicts(inCodes & inGeometry);
        var reason = Compared("within", Criterion.Within, within.AnyOf, site) with
        {
            Threshold = within.AnyOf.Count == 0 ? null : new CodesValue(within.AnyOf),
            Value = site.MunicipalityCode is { } code ? new CodeValue(code) : null,
            Verdict = verdict,
        };
        return verdict == Verdict.Unknown
            ? new(reason with { UnknownBecause = inCodes is null ? UnknownBecause.NotStated : UnknownBecause.NoPolygon }, 0)
            : new(reason, 0);
    }

    private static bool? InCodes(AreaOfInterest within, SiteFacts site)
    {
        var inMunicipality = Among(within.MunicipalityCodes, site.MunicipalityCode);
        return Among(within.ProvinceCodes, site.ProvinceCode) | inMunicipality;
    }

    private static bool? Among(ValueList<string> codes, string? code) => codes.Count == 0 ? false : code is null ? null : codes.Contains(code);

    private static Reason Function(string id, ValueList<string> anyOf, SiteFacts site)
    {
        var known = (site.Functions ?? []).Where(code => code != CodeList.Unknown).ToValueList();
        var isComplete = known.Count > 0 && known.Count == site.Functions!.Count;
        var reason = Compared(id, Criterion.Function, anyOf, site) with { Value = known.Count == 0 ? null : new CodesValue(known) };
        return Decided(reason, known.Any(anyOf.Contains) ? true : isComplete ? false : null);
    }

    private static Reason Kind(string id, ValueList<string> anyOf, SiteFacts site)
    {
        var known = site.Kind is { } kind && kind != CodeList.Unknown ? kind : null;
        var reason = Compared(id, Criterion.Kind, anyOf, site) with { Value = known is null ? null : new CodeValue(known) };
        return Decided(reason, known is null ? null : anyOf.Contains(known));
    }

    private static Reason Compared(string id, Criterion criterion, ValueList<string> anyOf, SiteFacts site) => new()
    {
        Id = id,
        Criterion = criterion,
        Operator = ReasonOperator.AnyOf,
        Threshold = new CodesValue(anyOf),
        Source = site.SheetSource,
        AsOf = site.SheetAsOf,
    };

    private static Reason Decided(Reason reason, bool? holds)
        => reason with { Verdict = Verdicts(holds), UnknownBecause = holds is null ? UnknownBecause.NotStated : null };

    private static Verdict Verdicts(bool? holds) => holds switch
    {
        true => Verdict.Pass,
        false => Verdict.Fail,
        null => Verdict.Unknown,
    };

    private static Assessment Preferred(Reason reason, BriefPreference preference)
        => new(
            reason with { Role = CriterionRole.Preference, Verdict = null, Weight = preference.Weight },
            reason.Verdict == Verdict.Pass ? 1 : 0);
}
