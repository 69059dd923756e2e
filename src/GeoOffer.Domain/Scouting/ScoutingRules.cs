namespace GeoOffer.Domain.Scouting;

/// <summary>The numbers of the rules of matching. Where a brief may say otherwise they are its defaults.</summary>
public sealed record ScoutingRules
{
    /// <summary>The rules as they stand.</summary>
    public static ScoutingRules Default { get; } = new();

    /// <summary>With more failed constraints than this a site is no near miss.</summary>
    public int NearMissLimit { get; init; } = 2;

    /// <summary>The tolerance of a target area, as a share of it.</summary>
    public double AreaTolerance { get; init; } = 0.15;

    /// <summary>How far a near miss may lie from the target area, as a multiple of the tolerance.</summary>
    public double AreaSlack { get; init; } = 3;

    /// <summary>How much farther than its threshold a near miss may be, as a share of the threshold.</summary>
    public double DistanceSlack { get; init; } = 1;

    /// <summary>How much more than its threshold a near miss may overlap, as a share of the site.</summary>
    public double OverlapSlack { get; init; } = 0.05;

    /// <summary>The weight of the target area in the score.</summary>
    public double AreaWeight { get; init; } = 1;

    /// <summary>The weight of each distance constraint in the score.</summary>
    public double DistanceWeight { get; init; } = 1;

    /// <summary>The weight of a preference that states none.</summary>
    public double PreferenceWeight { get; init; } = 1;

    /// <summary>The decimals to which a score is rounded, half to even, before anything is ordered by it.</summary>
    public int ScoreDecimals { get; init; } = 6;

    /// <summary>The sites per bucket of a brief that states no limit.</summary>
    public int Limit { get; init; } = 20;

    /// <summary>The months after which a sheet that nobody confirmed is stale.</summary>
    public int FreshnessMonths { get; init; } = 6;

    /// <summary>A score rounded as rules demand: Math.Round(raw · 10ⁿ) / 10ⁿ, half to even, as PostgreSQL's <c>rint</c>.</summary>
    public double Round(double rawScore)
    {
        var scale = Math.Pow(10, ScoreDecimals);
        return Math.Round(rawScore * scale) / scale;
    }
}
