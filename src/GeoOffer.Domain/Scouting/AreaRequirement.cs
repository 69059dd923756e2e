namespace GeoOffer.Domain.Scouting;

/// <summary>The area that an investor needs: a target with a tolerance, explicit bounds, or both; at least one of the three is set.</summary>
public sealed record AreaRequirement
{
    /// <summary>The wanted area in hectares ("about 40 ha"), or null.</summary>
    public double? TargetHa { get; init; }

    /// <summary>The share of the target by which an area may differ and still match, 0 to 1.</summary>
    public required double Tolerance { get; init; }

    /// <summary>How far a near miss may lie from the target, as a multiple of the tolerance, at least 1.</summary>
    public required double Slack { get; init; }

    /// <summary>Which area is compared.</summary>
    public required AreaBasis Basis { get; init; }

    /// <summary>Whether larger than the target allows is a failure.</summary>
    public required Oversize Oversize { get; init; }

    /// <summary>The least area in hectares, or null; narrows the tolerance band.</summary>
    public double? MinHa { get; init; }

    /// <summary>The greatest area in hectares, or null; narrows the tolerance band.</summary>
    public double? MaxHa { get; init; }
}
