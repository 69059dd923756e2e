using GeoOffer.Query.Catalogue;

namespace GeoOffer.Query.Filters;

/// <summary>
/// A filter that fits its collection: names exist, literals have the types of what they are compared with, geometries are valid and in the
/// reference system of the column. Only such a filter can be written as SQL; only the checker makes one.
/// </summary>
public sealed record CheckedFilter
{
    internal CheckedFilter(Filter root, Collection collection)
    {
        Root = root;
        Collection = collection;
    }

    /// <summary>The tree with its literals converted.</summary>
    public Filter Root { get; }

    /// <summary>The collection it speaks of.</summary>
    public Collection Collection { get; }
}
