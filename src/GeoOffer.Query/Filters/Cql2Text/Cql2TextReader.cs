using GeoOffer.Query.Catalogue;
using GeoOffer.Query.Crs;

namespace GeoOffer.Query.Filters.Cql2Text;

/// <summary>
/// Reads filters in CQL2 text (OGC 21-065r2, clause 6 and annex B), in one pass. Beyond the grammar a property or function that is true or
/// false may stand as a condition, a condition in parentheses as a value, and a sign before parentheses. A list of one element
/// reads as such where a list must stand; as an argument or element, <c>(x)</c> is one too, but <c>(1 + x)</c> and <c>(x = 1)</c> are not
/// unless their parentheses are doubled.
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
        return Read(text, system ?? CoordinateSystems.Crs84, new PlaceMap<int>());
    }

    /// <summary>Reads a filter of a collection and checks it; every error says where in the text it is.</summary>
    /// <param name="text">The filter.</param>
    /// <param name="collection">The collection as the caller knows it (<see cref="Collection.VisibleTo"/>).</param>
    /// <param name="system">The reference system of its geometries, in the axis order of its authority; CRS84 unless given.</param>
    public static Outcome<CheckedFilter, FilterError> Read(string text, Collection collection, ReferenceSystem? system = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        var map = new PlaceMap<int>();
        if (!Read(text, system ?? CoordinateSystems.Crs84, map).TryGet(out var filter, out var errors))
        {
            return new(errors);
        }

        return FilterChecker.Check(filter, collection).TryGet(out var complete, out errors)
            ? new(complete)
            : new([.. errors.Select(error => error with { Position = TextPosition.Of(text, map.Find(filter, error.Path)) })]);
    }

    private static Outcome<Filter, FilterError> Read(string text, ReferenceSystem system, PlaceMap<int> map)
    {
        try
        {
            return new(new ConditionParser(new TokenCursor(text), map, system).ParseWhole());
        }
        catch (SyntaxException fault)
        {
            return new(new FilterError("", null, fault.Expected, fault.Got) { Position = TextPosition.Of(text, fault.Offset) });
        }
    }
}
