using GeoOffer.Query.Catalogue;

namespace GeoOffer.Query.Filters;

/// <summary>What an operand is.</summary>
internal enum OperandKind
{
    /// <summary>Wrong, which is reported already.</summary>
    Unknown,

    /// <summary>A value of a <see cref="PropertyType"/>.</summary>
    Scalar,

    /// <summary>A geometry.</summary>
    Geometry,

    /// <summary>A time span.</summary>
    Interval,

    /// <summary>A list that is not of texts alone.</summary>
    List,
}

/// <summary>The type of an operand; of a scalar with the property that it is, if it is one and nothing was done to it.</summary>
internal readonly record struct OperandType(OperandKind Kind, PropertyType? Scalar = null, Property? Property = null)
{
    public bool IsUnknown => Kind == OperandKind.Unknown;

    public bool IsNumeric => Scalar is PropertyType.Integer or PropertyType.Number;

    public bool IsInstant => Scalar is PropertyType.Date or PropertyType.Timestamp;

    public static OperandType Of(PropertyType type, Property? property = null) => new(OperandKind.Scalar, type, property);

    public string Describe() => Kind switch
    {
        OperandKind.Geometry => "a geometry",
        OperandKind.Interval => "an interval",
        OperandKind.List => "a list of other values than texts",
        _ => Describe(Scalar!.Value),
    };

    public static string Describe(PropertyType type) => type switch
    {
        PropertyType.Text => "a text",
        PropertyType.Integer => "a whole number",
        PropertyType.Number => "a number",
        PropertyType.Boolean => "true or false",
        PropertyType.Date => "a date (YYYY-MM-DD)",
        PropertyType.Timestamp => "an instant (YYYY-MM-DDThh:mm:ssZ)",
        PropertyType.TextArray => "an array of texts",
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, null),
    };
}

/// <summary>An operand that is checked, with its type.</summary>
internal readonly record struct Operand(Expression Expression, OperandType Type)
{
    /// <summary>What was there, for an error: a literal as it is, else the type.</summary>
    public string Describe() => Expression is Literal { Value: not Value.TextArray } literal ? literal.Value.ToString() : Type.Describe();
}
