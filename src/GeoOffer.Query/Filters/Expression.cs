using System.Collections.Immutable;
using GeoOffer.Query.Catalogue;
using GeoOffer.Query.Crs;
using NetTopologySuite.Geometries;

namespace GeoOffer.Query.Filters;

/// <summary>An operand of a condition: something with a value or a geometry. The checker finds its type.</summary>
public abstract record Expression
{
    private protected Expression()
    {
    }

    /// <summary>A condition as a value: true, false or missing where it is unknown. What was a value before is itself again.</summary>
    public static Expression Of(Filter condition) => condition switch
    {
        Holds holds => holds.Expression,
        Constant constant => Literal.Of(constant.Value),
        _ => new Truth(condition),
    };

    /// <summary>A list: a set of texts where all elements are texts.</summary>
    public static Expression List(ImmutableArray<Expression> elements) =>
        elements.All(element => element is Literal { Value: Value.Text })
            ? Literal.Of([.. elements.Select(element => ((Value.Text)((Literal)element).Value).Content)])
            : new ArrayExpression(elements);

    /// <summary>The expression as unambiguous text, the same for equal expressions and in every culture.</summary>
    public sealed override string ToString() => FilterText.Of(this);
}

/// <summary>A property or the geometry of the feature, by its public name.</summary>
public sealed record PropertyReference(string Name) : Expression;

/// <summary>A value.</summary>
public sealed record Literal(Value Value) : Expression
{
    /// <summary>A text.</summary>
    public static Literal Of(string value) => new(new Value.Text(value));

    /// <summary>A whole number.</summary>
    public static Literal Of(long value) => new(new Value.Integer(value));

    /// <summary>A floating-point number.</summary>
    public static Literal Of(double value) => new(new Value.Number(value));

    /// <summary>True or false.</summary>
    public static Literal Of(bool value) => new(new Value.Boolean(value));

    /// <summary>A date.</summary>
    public static Literal Of(DateOnly value) => new(new Value.Date(value));

    /// <summary>An instant.</summary>
    public static Literal Of(DateTimeOffset value) => new(new Value.Timestamp(value));

    /// <summary>A set of texts.</summary>
    public static Literal Of(params ImmutableArray<string> values) => new(new Value.TextArray(values));
}

/// <summary>A geometry, x east and y north in the reference system of its SRID. It must not be changed afterwards.</summary>
public sealed record GeometryLiteral(Geometry Geometry) : Expression;

/// <summary>A box, as a geometry.</summary>
public sealed record BoundingBoxLiteral(BoundingBox Box) : Expression;

/// <summary>The operators of <see cref="Arithmetic"/>.</summary>
public enum ArithmeticOperator
{
    /// <summary>+</summary>
    Add,

    /// <summary>-</summary>
    Subtract,

    /// <summary>*</summary>
    Multiply,

    /// <summary>Division of real numbers, of whole ones too; missing where the divisor is zero.</summary>
    Divide,

    /// <summary>What is left of a division towards zero, with the sign of the dividend; missing where the divisor is zero.</summary>
    Remainder,

    /// <summary>Division, cut off towards zero; missing where the divisor is zero.</summary>
    IntegerDivide,

    /// <summary>Power; missing where it is no real number.</summary>
    Power,
}

/// <summary>Computes with two numbers, in double precision.</summary>
public sealed record Arithmetic(ArithmeticOperator Operator, Expression Left, Expression Right) : Expression;

/// <summary>What <see cref="Folded"/> takes away.</summary>
public enum Fold
{
    /// <summary>The difference of upper and lower case, by Unicode.</summary>
    Case,

    /// <summary>Accents and other combining marks.</summary>
    Accent,
}

/// <summary>A text without a difference that is not to count; both sides of a comparison are folded alike.</summary>
public sealed record Folded(Fold Fold, Expression Operand) : Expression;

/// <summary>A function of <see cref="FilterFunctions"/>, by its name in any case.</summary>
public sealed record FunctionCall(string Name, ImmutableArray<Expression> Arguments) : Expression
{
    /// <inheritdoc/>
    public bool Equals(FunctionCall? other) => other is not null && Name == other.Name && Arguments.SequenceEqual(other.Arguments);

    /// <inheritdoc/>
    public override int GetHashCode() => Arguments.Aggregate(StringComparer.Ordinal.GetHashCode(Name), HashCode.Combine);
}

/// <summary>A time span with both ends in it: dates or instants. Null is unbounded; an end that is a date includes that day.</summary>
public sealed record Interval(Expression? Start, Expression? End) : Expression;

/// <summary>A list that is not of texts alone. Made by <see cref="Expression.List"/>.</summary>
public sealed record ArrayExpression(ImmutableArray<Expression> Elements) : Expression
{
    /// <inheritdoc/>
    public bool Equals(ArrayExpression? other) => other is not null && Elements.SequenceEqual(other.Elements);

    /// <inheritdoc/>
    public override int GetHashCode() => Elements.Aggregate(3, HashCode.Combine);
}

/// <summary>A condition as a value. Made by <see cref="Expression.Of"/>.</summary>
public sealed record Truth(Filter Condition) : Expression;
