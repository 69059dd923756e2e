using GeoOffer.Query.Catalogue;

namespace GeoOffer.Query.Filters;

/// <summary>Reads a query parameter <c>property=value</c> (OGC API - Features Part 1, 7.15.5).</summary>
public static class PropertyEquality
{
    /// <summary>
    /// The condition that the property equals the value; for a set of texts, that it has the value as a member. The collection is the one
    /// the caller may see.
    /// </summary>
    public static Outcome<Filter, FilterError> Read(Collection collection, string name, string rawText)
    {
        if (collection.Find(name) is not { } property)
        {
            return new(new FilterError(name, name, UnknownProperty.Expected(collection), name));
        }

        if (Value.Read(property.Type, rawText) is not { } value)
        {
            return new(new FilterError(name, name, OperandType.Describe(property.Type), rawText));
        }

        // A value that is not in the list of the parameter's schema is none of the parameter; in a filter it is a text that no feature has.
        if (property.CodeList is { } codes && !codes.Contains(rawText))
        {
            return new(new FilterError(name, name, $"one of {string.Join(", ", codes.Entries.Select(entry => entry.Code))}", rawText));
        }

        var (reference, literal) = (new PropertyReference(name), new Literal(value));
        Filter filter = property.Type == PropertyType.TextArray
            ? new ArrayRelation(ArrayOperator.Contains, reference, literal)
            : new Comparison(ComparisonOperator.Equal, reference, literal);
        return FilterChecker.Check(filter, collection).TryGet(out _, out var errors)
            ? new(filter)
            : new([.. errors.Select(error => error with { Path = name, Property = name })]);
    }
}
