using System.Collections.Immutable;
using GeoOffer.Query.Catalogue;
using GeoOffer.Query.Filters;

namespace GeoOffer.Query.Paging;

/// <summary>What a caller asks of a collection, by the public names, not yet checked.</summary>
/// <param name="Collection">The whole collection, as the catalogue has it.</param>
/// <param name="Role">The caller's role; decides which properties exist and which rows are seen.</param>
/// <param name="Limit">The greatest number of features in the page, from 1.</param>
public sealed record FeatureRequest(Collection Collection, Role Role, int Limit)
{
    /// <summary>The limit of whoever wants all there are.</summary>
    public const int Unlimited = int.MaxValue;

    /// <summary>The condition; null for all features.</summary>
    public Filter? Filter { get; init; }

    /// <summary>The order wanted; the key of the collection is added to it.</summary>
    public ImmutableArray<SortTerm> SortBy { get; init; } = [];

    /// <summary>The properties wanted; null for all that the role may read.</summary>
    public ImmutableArray<string>? Properties { get; init; }

    /// <summary>Whether the geometry is wanted.</summary>
    public bool IncludeGeometry { get; init; } = true;
}
