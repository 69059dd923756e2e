using GeoOffer.Query.Filters;
using Microsoft.OData.UriParser;

namespace GeoOffer.OData.Reading;

/// <summary>What of a condition matters where it stands.</summary>
internal enum Sense
{
    /// <summary>Whether it is true: unknown is as good as false.</summary>
    Truth,

    /// <summary>Whether it is false: unknown is as good as true.</summary>
    Falsehood,

    /// <summary>Which of true, false and unknown it is.</summary>
    Value,
}

/// <summary>What follows from what matters.</summary>
internal static class Senses
{
    /// <summary>A condition that is false where it would be unknown; as it is where that is the same.</summary>
    public static Filter Closed(this Filter filter, Sense sense) => sense == Sense.Truth ? filter : new IsTrue(filter);

    /// <summary>What matters below a negation.</summary>
    public static Sense Negated(this Sense sense) => sense switch
    {
        Sense.Truth => Sense.Falsehood,
        Sense.Falsehood => Sense.Truth,
        _ => sense,
    };
}

/// <summary>The comparisons of OData in the words of the house.</summary>
internal static class Comparisons
{
    public static ComparisonOperator? Of(BinaryOperatorKind kind) => kind switch
    {
        BinaryOperatorKind.Equal => ComparisonOperator.Equal,
        BinaryOperatorKind.NotEqual => ComparisonOperator.NotEqual,
        BinaryOperatorKind.LessThan => ComparisonOperator.Less,
        BinaryOperatorKind.LessThanOrEqual => ComparisonOperator.LessOrEqual,
        BinaryOperatorKind.GreaterThan => ComparisonOperator.Greater,
        BinaryOperatorKind.GreaterThanOrEqual => ComparisonOperator.GreaterOrEqual,
        _ => null,
    };
}
