namespace GeoOffer.Domain.Scouting;

/// <summary>Why a value is not known.</summary>
public enum UnknownBecause
{
    /// <summary>The sheet does not say.</summary>
    NotStated,

    /// <summary>No layer of this kind was loaded when the fact was computed.</summary>
    LayerMissing,

    /// <summary>The site lies, in whole or in part, where the layer has no coverage.</summary>
    NotCovered,

    /// <summary>The site is known as a point only, or not placed at all.</summary>
    NoPolygon,
}

/// <summary>A feature that a value came from, such as the nearest station.</summary>
/// <param name="Collection">The id of its collection.</param>
/// <param name="Id">Its id there.</param>
/// <param name="Name">Its name, when it has one.</param>
public sealed record FeatureReference(string Collection, string Id, string? Name);

/// <summary>A number about a site, or why there is none, with where it came from.</summary>
public sealed record Fact
{
    private Fact()
    {
    }

    /// <summary>The value in the native unit of its kind (ha, m, share of the site), or null when unknown.</summary>
    public double? Value { get; private init; }

    /// <summary>Set exactly when <see cref="Value"/> is null.</summary>
    public UnknownBecause? UnknownBecause { get; private init; }

    /// <summary>The feature it came from, for distances.</summary>
    public FeatureReference? Feature { get; private init; }

    /// <summary>Who says so.</summary>
    public string? Source { get; private init; }

    /// <summary>The day that the source speaks of.</summary>
    public DateOnly? AsOf { get; private init; }

    /// <summary>A known value.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not finite.</exception>
    public static Fact Known(double value, FeatureReference? feature = null, string? source = null, DateOnly? asOf = null)
        => double.IsFinite(value)
            ? new() { Value = value, Feature = feature, Source = source, AsOf = asOf }
            : throw new ArgumentOutOfRangeException(nameof(value), value, "a fact is a finite number");

    /// <summary>An unknown value.</summary>
    public static Fact Unknown(UnknownBecause because, string? source = null, DateOnly? asOf = null)
        => new() { UnknownBecause = because, Source = source, AsOf = asOf };
}
