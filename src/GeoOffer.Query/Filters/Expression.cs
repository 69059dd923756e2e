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
