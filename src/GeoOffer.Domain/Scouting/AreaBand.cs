namespace GeoOffer.Domain.Scouting;

/// <summary>The inclusive bounds, in hectares, that follow from an <see cref="AreaRequirement"/>; null where a side is open.</summary>
/// <remarks>
/// With target t, tolerance τ, slack multiple k, all in decimal arithmetic rounded once to a double:
/// <list type="bullet">
/// <item><description>low = the greater of t·(1 − τ) and the explicit minimum;</description></item>
/// <item><description>high = the lesser of t·(1 + τ), unless oversize is accepted, and the explicit maximum;</description></item>
/// <item><description>near low = the lesser of t·(1 − k·τ) and minimum·(1 − (k − 1)·τ);</description></item>
/// <item><description>near high = the greater of t·(1 + k·τ) and maximum·(1 + (k − 1)·τ), when there is a high at all.</description></item>
/// </list>
/// A query takes these four numbers as they are, so that it compares with the same doubles.
/// </remarks>
/// <param name="LowHa">The least area that passes.</param>
/// <param name="HighHa">The greatest area that passes.</param>
/// <param name="NearLowHa">The least area that fails within the slack.</param>
/// <param name="NearHighHa">The greatest area that fails within the slack.</param>
public sealed record AreaBand(double? LowHa, double? HighHa, double? NearLowHa, double? NearHighHa)
{
    /// <summary>Whether no area can pass.</summary>
    public bool IsEmpty => LowHa > HighHa;

    /// <summary>The bounds of a requirement.</summary>
    public static AreaBand Of(AreaRequirement area)
    {
        ArgumentNullException.ThrowIfNull(area);
        var slackOfTarget = ExactDecimal.Product(area.Slack, area.Tolerance);
        var slackOfBound = ExactDecimal.SlackBeyondTolerance(area.Slack, area.Tolerance);
        double? targetLow = null, targetHigh = null, targetNearLow = null, targetNearHigh = null;
        if (area.TargetHa is { } target)
        {
            targetLow = ExactDecimal.Below(target, area.Tolerance);
            targetHigh = area.Oversize == Oversize.Fail ? ExactDecimal.Above(target, area.Tolerance) : null;
            targetNearLow = ExactDecimal.Below(target, slackOfTarget);
            targetNearHigh = ExactDecimal.Above(target, slackOfTarget);
        }

        double? minNear = area.MinHa is { } min ? ExactDecimal.Below(min, slackOfBound) : null;
        double? maxNear = area.MaxHa is { } max ? ExactDecimal.Above(max, slackOfBound) : null;
        var high = Lesser(targetHigh, area.MaxHa);
        return new AreaBand(
            Greater(targetLow, area.MinHa), high, Lesser(targetNearLow, minNear), high is null ? null : Greater(targetNearHigh, maxNear));
    }

    /// <summary>Whether an area lies within the bounds.</summary>
    public bool Contains(double areaHa) => !(areaHa < LowHa) && !(areaHa > HighHa);

    /// <summary>Whether an area that is not within the bounds is within the slack.</summary>
    public bool IsNear(double areaHa) => areaHa < LowHa ? areaHa >= NearLowHa : areaHa > HighHa && areaHa <= NearHighHa;

    private static double? Greater(double? left, double? right)
        => left is { } a && right is { } b ? Math.Max(a, b) : left ?? right;

    private static double? Lesser(double? left, double? right)
        => left is { } a && right is { } b ? Math.Min(a, b) : left ?? right;
}
