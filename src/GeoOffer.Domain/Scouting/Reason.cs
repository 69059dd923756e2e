namespace GeoOffer.Domain.Scouting;

/// <summary>What a reason is about.</summary>
public enum Criterion
{
    /// <summary>An area of the site.</summary>
    Area,

    /// <summary>The area of interest.</summary>
    Within,

    /// <summary>Admitted functions.</summary>
    Function,

    /// <summary>Greenfield or brownfield.</summary>
    Kind,

    /// <summary>Distance to the nearest feature of a target.</summary>
    Distance,

    /// <summary>Share of the site that a layer covers.</summary>
    Overlap,
}

/// <summary>Whether a criterion decides or ranks.</summary>
public enum CriterionRole
{
    /// <summary>It decides the bucket.</summary>
    Constraint,

    /// <summary>It only ranks.</summary>
    Preference,
}

/// <summary>How a constraint ended.</summary>
public enum Verdict
{
    /// <summary>It holds.</summary>
    Pass,

    /// <summary>It does not hold.</summary>
    Fail,

    /// <summary>The value is unknown.</summary>
    Unknown,
}

/// <summary>The operators between value and threshold.</summary>
public static class ReasonOperator
{
    /// <summary>The value is at most the threshold.</summary>
    public const string AtMost = "<=";

    /// <summary>The value is at least the threshold.</summary>
    public const string AtLeast = ">=";

    /// <summary>The value lies in the range, bounds included.</summary>
    public const string Between = "between";

    /// <summary>Some value is among the codes.</summary>
    public const string AnyOf = "any_of";
}

/// <summary>A value or threshold of a reason.</summary>
public abstract record ReasonValue
{
    private protected ReasonValue()
    {
    }
}

/// <summary>A number in the unit of the reason.</summary>
/// <param name="Number">Finite.</param>
public sealed record NumberValue(double Number) : ReasonValue;

/// <summary>A range in the unit of the reason, bounds included.</summary>
/// <param name="Low">The lower bound.</param>
/// <param name="High">The upper bound.</param>
public sealed record RangeValue(double Low, double High) : ReasonValue;

/// <summary>One code.</summary>
/// <param name="Code">The code.</param>
public sealed record CodeValue(string Code) : ReasonValue;

/// <summary>Several codes.</summary>
/// <param name="Codes">The codes.</param>
public sealed record CodesValue(ValueList<string> Codes) : ReasonValue;

/// <summary>How one criterion of a brief fared on one site. What does not apply is null.</summary>
public sealed record Reason
{
    /// <summary>The id in the brief; <c>area</c> and <c>within</c> for those two.</summary>
    public required string Id { get; init; }

    /// <summary>What it is about.</summary>
    public required Criterion Criterion { get; init; }

    /// <summary>The name of the target, or of the area's basis.</summary>
    public string? Target { get; init; }

    /// <summary>Whether it decides or ranks.</summary>
    public CriterionRole Role { get; init; } = CriterionRole.Constraint;

    /// <summary>How it ended; null for preferences.</summary>
    public Verdict? Verdict { get; init; }

    /// <summary>The value of the site; null when unknown.</summary>
    public ReasonValue? Value { get; init; }

    /// <summary><c>ha</c>, <c>m</c> or <c>share</c>.</summary>
    public string? Unit { get; init; }

    /// <summary>One of <see cref="ReasonOperator"/>.</summary>
    public string? Operator { get; init; }

    /// <summary>What the value is compared with.</summary>
    public ReasonValue? Threshold { get; init; }

    /// <summary>Value minus the violated bound, in the unit; null unless the verdict is fail on a number.</summary>
    public double? Gap { get; init; }

    /// <summary>How much it counts in the score; null when it does not.</summary>
    public double? Weight { get; init; }

    /// <summary>Weight · worth / sum of weights; the contributions of a judgement add up to its score before rounding.</summary>
    public double? Contribution { get; init; }

    /// <summary>Why the value is unknown.</summary>
    public UnknownBecause? UnknownBecause { get; init; }

    /// <summary>The feature that the value came from.</summary>
    public FeatureReference? Feature { get; init; }

    /// <summary>Who says so.</summary>
    public string? Source { get; init; }

    /// <summary>The day that the source speaks of.</summary>
    public DateOnly? AsOf { get; init; }

    /// <summary>How it was measured: <c>straight_line</c> for distances.</summary>
    public string? Method { get; init; }

    /// <summary>Whether it failed within its slack. Not part of an answer.</summary>
    public bool Near { get; init; }
}
