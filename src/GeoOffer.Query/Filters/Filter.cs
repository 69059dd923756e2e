using System.Collections.Immutable;
using GeoOffer.Query.Catalogue;

namespace GeoOffer.Query.Filters;

/// <summary>
/// A condition on a feature: a node of the algebra that every filter language is read into. Null logic is three-valued, as in SQL and CQL2:
/// a condition on a missing value is unknown, and only rows for which the whole is true are taken. A language with another logic says so
/// with <see cref="IsTrue"/>. Trees are immutable and equal by value.
/// </summary>
public abstract record Filter
{
    private protected Filter()
    {
    }

    /// <summary>The conjunction of the conditions, flattened; true when there are none.</summary>
    public static Filter All(params ImmutableArray<Filter> operands) => operands switch
    {
        [] => new Constant(true),
        [var only] => only,
        _ => new And([.. operands.SelectMany(operand => operand is And and ? and.Operands : [operand])]),
    };

    /// <summary>The disjunction of the conditions, flattened; false when there are none.</summary>
    public static Filter Any(params ImmutableArray<Filter> operands) => operands switch
    {
        [] => new Constant(false),
        [var only] => only,
        _ => new Or([.. operands.SelectMany(operand => operand is Or or ? or.Operands : [operand])]),
    };

    /// <summary>What is true or false as a condition: a condition that stands as a value is itself again.</summary>
    public static Filter Of(Expression expression) => expression switch
    {
        Truth truth => truth.Condition,
        Literal { Value: Value.Boolean value } => new Constant(value.Content),
        _ => new Holds(expression),
    };

    /// <summary>The tree as unambiguous text, the same for equal trees and in every culture.</summary>
    public sealed override string ToString() => FilterText.Of(this);
}

/// <summary>True where all operands are.</summary>
public sealed record And(ImmutableArray<Filter> Operands) : Filter
{
    /// <inheritdoc/>
    public bool Equals(And? other) => other is not null && Operands.SequenceEqual(other.Operands);

    /// <inheritdoc/>
    public override int GetHashCode() => Operands.Aggregate(1, HashCode.Combine);
}

/// <summary>True where one operand is.</summary>
public sealed record Or(ImmutableArray<Filter> Operands) : Filter
{
    /// <inheritdoc/>
    public bool Equals(Or? other) => other is not null && Operands.SequenceEqual(other.Operands);

    /// <inheritdoc/>
    public override int GetHashCode() => Operands.Aggregate(2, HashCode.Combine);
}

/// <summary>True where the operand is false; unknown stays unknown.</summary>
public sealed record Not(Filter Operand) : Filter;

/// <summary>Closes three-valued logic: true where the operand is true, false where it is false or unknown.</summary>
public sealed record IsTrue(Filter Operand) : Filter;

/// <summary>True or false of every feature.</summary>
public sealed record Constant(bool Value) : Filter;

/// <summary>The operators of <see cref="Comparison"/>.</summary>
public enum ComparisonOperator
{
    /// <summary>=</summary>
    Equal,

    /// <summary>&lt;&gt;</summary>
    NotEqual,

    /// <summary>&lt;</summary>
    Less,

    /// <summary>&lt;=</summary>
    LessOrEqual,

    /// <summary>&gt;</summary>
    Greater,

    /// <summary>&gt;=</summary>
    GreaterOrEqual,
}

/// <summary>Compares two values.</summary>
public sealed record Comparison(ComparisonOperator Operator, Expression Left, Expression Right) : Filter;

/// <summary>
/// Compares two tuples in lexicographic order: the first members decide, ties fall to the next. For members that are never null.
/// </summary>
public sealed record TupleComparison(
    ComparisonOperator Operator, ImmutableArray<Expression> Left, ImmutableArray<Expression> Right) : Filter
{
    /// <inheritdoc/>
    public bool Equals(TupleComparison? other) => other is not null && Operator == other.Operator
        && Left.SequenceEqual(other.Left) && Right.SequenceEqual(other.Right);

    /// <inheritdoc/>
    public override int GetHashCode() => Right.Aggregate(Left.Aggregate((int)Operator, HashCode.Combine), HashCode.Combine);
}

/// <summary>True where the value lies in the closed range.</summary>
public sealed record Between(Expression Operand, Expression Low, Expression High) : Filter;

/// <summary>True where the value equals one of the options; false when there are none.</summary>
public sealed record In(Expression Operand, ImmutableArray<Expression> Options) : Filter
{
    /// <inheritdoc/>
    public bool Equals(In? other) => other is not null && Operand == other.Operand && Options.SequenceEqual(other.Options);

    /// <inheritdoc/>
    public override int GetHashCode() => Options.Aggregate(Operand.GetHashCode(), HashCode.Combine);
}

/// <summary>
/// True where the whole text fits the pattern: <c>%</c> stands for any characters, <c>_</c> for one, and a backslash takes the meaning from
/// what follows it. Case counts unless both are folded.
/// </summary>
/// <param name="Operand">The text.</param>
/// <param name="Pattern">The pattern: a literal, or one that is <see cref="Folded"/>.</param>
public sealed record Like(Expression Operand, Expression Pattern) : Filter;

/// <summary>True where the value, or the geometry, is missing; never unknown.</summary>
public sealed record IsNull(Expression Operand) : Filter;

/// <summary>The spatial relations of OGC Simple Features (DE-9IM).</summary>
public enum SpatialOperator
{
    /// <summary>A point in common, the boundary included.</summary>
    Intersects,

    /// <summary>No point in common.</summary>
    Disjoint,

    /// <summary>The left lies within the right.</summary>
    Within,

    /// <summary>The left contains the right.</summary>
    Contains,

    /// <summary>Only boundaries meet.</summary>
    Touches,

    /// <summary>Interiors share part, of lower dimension than the greater operand.</summary>
    Crosses,

    /// <summary>Interiors share part, of the operands' dimension, and neither contains the other.</summary>
    Overlaps,

    /// <summary>The same set of points.</summary>
    Equals,
}

/// <summary>Relates two geometries, planar in the reference system of the stored one.</summary>
public sealed record SpatialRelation(SpatialOperator Operator, Expression Left, Expression Right) : Filter;

/// <summary>
/// The relations of time spans, after Allen, of spans with both ends: an instant is a span of no length. Left is a, right is b.
/// </summary>
public enum TemporalOperator
{
    /// <summary>a starts after b ends.</summary>
    After,

    /// <summary>a ends before b starts.</summary>
    Before,

    /// <summary>a starts before b and ends after it.</summary>
    Contains,

    /// <summary>No instant in common.</summary>
    Disjoint,

    /// <summary>a starts after b and ends before it.</summary>
    During,

    /// <summary>The same start and the same end.</summary>
    Equals,

    /// <summary>a starts before b and ends with it.</summary>
    FinishedBy,

    /// <summary>a starts after b and ends with it.</summary>
    Finishes,

    /// <summary>An instant in common.</summary>
    Intersects,

    /// <summary>a ends where b starts.</summary>
    Meets,

    /// <summary>a starts where b ends.</summary>
    MetBy,

    /// <summary>a starts within b and ends after it.</summary>
    OverlappedBy,

    /// <summary>a starts before b and ends within it.</summary>
    Overlaps,

    /// <summary>a starts with b and ends after it.</summary>
    StartedBy,

    /// <summary>a starts with b and ends before it.</summary>
    Starts,
}

/// <summary>
/// Relates two instants or intervals. Dates are held against dates by the calendar; against instants a date is its whole day in UTC, and
/// an instant equals a date that it lies in. Unknown where a value that the relation looks at is missing.
/// </summary>
public sealed record TemporalRelation(TemporalOperator Operator, Expression Left, Expression Right) : Filter;

/// <summary>The relations of sets of texts; order and repetition do not count.</summary>
public enum ArrayOperator
{
    /// <summary>A member in common.</summary>
    Overlaps,

    /// <summary>The left has every member of the right.</summary>
    Contains,

    /// <summary>The right has every member of the left.</summary>
    ContainedBy,

    /// <summary>The same members.</summary>
    Equals,
}

/// <summary>Relates two sets of texts.</summary>
public sealed record ArrayRelation(ArrayOperator Operator, Expression Left, Expression Right) : Filter;

/// <summary>True where a value that is true or false is true: a property or a function. Made by <see cref="Filter.Of"/>.</summary>
public sealed record Holds(Expression Expression) : Filter;
