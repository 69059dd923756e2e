namespace GeoOffer.Domain.Scouting;

/// <summary>An investor's requirement, checked, with every default made explicit. Two briefs that ask the same are equal.</summary>
public sealed record Brief
{
    /// <summary>The wanted area, or null when any will do.</summary>
    public AreaRequirement? Area { get; init; }

    /// <summary>Where, or null for the whole region.</summary>
    public AreaOfInterest? Within { get; init; }

    /// <summary>What must hold.</summary>
    public ValueList<BriefConstraint> Constraints { get; init; } = [];

    /// <summary>What is better.</summary>
    public ValueList<BriefPreference> Preferences { get; init; } = [];

    /// <summary>What an unknown value does.</summary>
    public UnknownsPolicy Unknowns { get; init; }

    /// <summary>Which buckets are answered, in their order, without <see cref="Bucket.Excluded"/>.</summary>
    public ValueList<Bucket> Buckets { get; init; } = AllBuckets;

    /// <summary>How many sites at most per bucket.</summary>
    public int Limit { get; init; } = 20;

    /// <summary>The three buckets that an answer can list.</summary>
    public static ValueList<Bucket> AllBuckets { get; } = [Bucket.Match, Bucket.MatchIfVerified, Bucket.NearMiss];
}
