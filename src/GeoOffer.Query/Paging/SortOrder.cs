using System.Collections.Immutable;
using GeoOffer.Query.Catalogue;

namespace GeoOffer.Query.Paging;

/// <summary>A total order of the features of a collection: it ends with the collection's key, so that no two rows tie.</summary>
public sealed record SortOrder
{
    /// <summary>Puts the keys in order; what is repeated, or stands after the collection's key, decides nothing and is left out.</summary>
    public SortOrder(Collection collection, IEnumerable<SortKey> keys)
    {
        var distinct = keys
            .Append(new SortKey(collection.Key, SortDirection.Ascending, NullPlacement.Last))
            .DistinctBy(key => key.Property.Name)
            .ToList();
        Keys = [.. distinct.Take(distinct.FindIndex(key => key.Property.Name == collection.Key.Name) + 1)];
    }

    /// <summary>The keys, the most significant first; the last is the collection's key.</summary>
    public ImmutableArray<SortKey> Keys { get; }

    /// <inheritdoc/>
    public bool Equals(SortOrder? other) => other is not null && Keys.SequenceEqual(other.Keys);

    /// <inheritdoc/>
    public override int GetHashCode() => Keys.Aggregate(Keys.Length, HashCode.Combine);
}
