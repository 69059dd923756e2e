using GeoOffer.Query.Catalogue;

namespace GeoOffer.Query.Filters;

/// <summary>
/// The type of an operand: a scalar with the property it comes from, if any; a geometry; or unknown, when its error is reported already.
/// </summary>
internal readonly record struct OperandType(PropertyType? Scalar, bool IsGeometry, Property? Property)
{
    public static OperandType Unknown => default;

    public static OperandType Geometry => new(null, true, null);

    public bool IsUnknown => Scalar is null && !IsGeometry;

    public static OperandType Of(PropertyType type, Property? property = null) => new(type, false, property);

    public string Describe() => IsGeometry ? "a geometry" : Describe(Scalar!.Value);

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

/// <summary>What one check knows and has found so far.</summary>
internal sealed class CheckContext(Collection collection)
{
    private int _nodes;

    public Collection Collection { get; } = collection;

    public List<FilterError> Errors { get; } = [];

    public void Report(string path, string? property, string expected, string got) =>
        Errors.Add(new FilterError(path, property, expected, got));

    /// <summary>Counts a node; false from the limit on, which is reported once.</summary>
    public bool CountNode(string path)
    {
        _nodes++;
        if (_nodes == FilterChecker.MaximumNodes + 1)
        {
            Report(path, null, $"at most {FilterChecker.MaximumNodes} conditions and list members", "more");
        }

        return _nodes <= FilterChecker.MaximumNodes;
    }

    /// <summary>The type of an operand; what has no meaning by itself is reported.</summary>
    public OperandType TypeOf(Expression operand, string path)
    {
        switch (operand)
        {
            case PropertyReference reference when reference.Name == Collection.Geometry?.Name:
                return OperandType.Geometry;
            case PropertyReference reference:
                if (Collection.Find(reference.Name) is { } property)
                {
                    return OperandType.Of(property.Type, property);
                }

                Report(path, reference.Name, UnknownProperty.Expected(Collection), reference.Name);
                return OperandType.Unknown;
            case Literal literal:
                if (Storable.Fault(literal.Value) is { } fault)
                {
                    Report(path, null, fault.Expected, fault.Got);
                    return OperandType.Unknown;
                }

                return OperandType.Of(literal.Value.Type);
            case GeometryLiteral or BoundingBoxLiteral:
                return OperandType.Geometry;
            default:
                throw new ArgumentOutOfRangeException(nameof(operand), operand.GetType().Name, null);
        }
    }
}
