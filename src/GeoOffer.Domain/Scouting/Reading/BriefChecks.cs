using System.Globalization;

namespace GeoOffer.Domain.Scouting;

/// <summary>What both forms of a brief are held to.</summary>
internal static class BriefChecks
{
    public const int MaxConstraints = 30, MaxPreferences = 30, MaxCodes = 2000, MaxVertices = 10_000;

    public static string OneOf(IEnumerable<string> allowed) => "one of " + string.Join(", ", allowed);

    /// <summary>The codes without repetition, in their order; those that are not allowed become faults.</summary>
    public static ValueList<string> Codes(IEnumerable<(string At, string Code)> codes, ValueList<string> allowed, BriefFaults faults)
    {
        var known = new List<string>();
        foreach (var (at, code) in codes)
        {
            if (!allowed.Contains(code))
            {
                faults.Add(at, OneOf(allowed), code);
            }
            else if (!known.Contains(code))
            {
                known.Add(code);
            }
        }

        return known.ToValueList();
    }

    /// <summary>The administrative areas that the codes mean, without repetition.</summary>
    public static (ValueList<string> AnyOf, ValueList<string> Provinces, ValueList<string> Municipalities) Areas(
        IEnumerable<(string At, string Code)> codes, IAreaResolver areas, BriefFaults faults)
    {
        var resolved = new List<ResolvedArea>();
        foreach (var (at, code) in codes)
        {
            if (areas.Resolve(code) is { } area)
            {
                resolved.Add(area);
            }
            else
            {
                faults.Add(at, "the sigla or ISTAT code of a province (MI, 015), or the ISTAT code of a municipality (015146)", code);
            }
        }

        return (
            resolved.Select(area => area.Code).Distinct().ToValueList(),
            resolved.SelectMany(area => area.ProvinceCodes).Distinct().ToValueList(),
            resolved.SelectMany(area => area.MunicipalityCodes).Distinct().ToValueList());
    }

    /// <summary>Whether some area can meet the requirement.</summary>
    public static void Area(AreaRequirement area, string minAt, string maxAt, BriefFaults faults)
    {
        if (area.MinHa > area.MaxHa)
        {
            faults.Add(minAt, $"at most {Text(area.MaxHa)}, the value of {maxAt}", Text(area.MinHa));
            return;
        }

        var band = AreaBand.Of(area);
        if (band.IsEmpty)
        {
            if (band.LowHa == area.MinHa)
            {
                faults.Add(minAt, $"at most {Text(band.HighHa)}, the upper edge of the tolerance", Text(area.MinHa));
            }
            else
            {
                faults.Add(maxAt, $"at least {Text(band.LowHa)}, the lower edge of the tolerance", Text(area.MaxHa));
            }
        }
    }

    private static string Text(double? value) => value?.ToString(CultureInfo.InvariantCulture) ?? "nothing";
}
