using GeoOffer.Query.Catalogue;
using GeoOffer.Query.Crs;

namespace GeoOffer.Query.Filters.Cql2Text;

/// <summary>
/// Reads filters in CQL2 text (OGC 21-065r2): comparisons, LIKE, BETWEEN, IN, IS NULL, AND, OR, NOT, DATE and TIMESTAMP, properties on
/// either side, spatial functions with well-known text and BBOX, array functions over texts. Temporal functions, arithmetic, CASEI, ACCENTI
/// and functions of one's own are refused by name.
/// </summary>
public static class Cql2TextReader
{
    /// <summary>Reads a filter for whatever collection; names and types are for <see cref="FilterChecker"/> to check.</summary>
    /// <param name="text">The filter.</param>
    /// <param name="system">The reference system of its geometries, in the axis order of its authority; CRS84 unless given.</param>
    /// <returns>The filter, or the one place where it cannot be read on.</returns>
    public static Outcome<Filter, FilterError> Read(string text, ReferenceSystem? system = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Read(text, system ?? CoordinateSystems.Crs84, new SourceMap());
    }

    /// <summary>Reads a filter of a collection and checks it; every error says where in the text it is.</summary>
    /// <param name="text">The filter.</param>
    /// <param name="collection">The collection as the caller knows it (<see cref="Collection.VisibleTo"/>).</param>
    /// <param name="system">The reference system of its geometries, in the axis order of its authority; CRS84 unless given.</param>
    public static Outcome<CheckedFilter, FilterError> Read(string text, Collection collection, ReferenceSystem? system = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        var map = new SourceMap();
        if (!Read(text, system ?? CoordinateSystems.Crs84, map).TryGet(out var filter, out var errors))
        {
            return new(errors);
        }

        return FilterChecker.Check(filter, collection).TryGet(out var complete, out errors)
            ? new(complete)
            : new([.. errors.Select(error => error with { Position = TextPosition.Of(text, map.Find(filter, error.Path)) })]);
    }

    private static Outcome<Filter, FilterError> Read(string text, ReferenceSystem system, SourceMap map)
    {
        try
        {
            var tokens = new TokenCursor(text);
            var operands = new OperandParser(tokens, map, new GeometryParser(tokens, system));
            return new(new ConditionParser(tokens, map, operands).ParseWhole());
        }
        catch (SyntaxException fault)
        {
            return new(new FilterError("", null, fault.Expected, fault.Got) { Position = TextPosition.Of(text, fault.Offset) });
        }
    }
}
