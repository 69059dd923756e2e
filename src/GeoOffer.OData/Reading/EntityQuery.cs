using System.Collections.Immutable;
using GeoOffer.OData.Model;
using GeoOffer.Query.Catalogue;
using GeoOffer.Query.Filters;
using GeoOffer.Query.Paging;

namespace GeoOffer.OData.Reading;

/// <summary>What is asked of an entity set, read but not yet held against the collection.</summary>
/// <param name="Set">The entity set.</param>
public sealed record EntityQuery(EntitySet Set)
{
    /// <summary>The condition; null for all entities.</summary>
    public Filter? Filter { get; init; }

    /// <summary>The order; missing values stand first where it ascends (OData 4.01 Part 1, 11.2.6.2).</summary>
    public ImmutableArray<SortTerm> OrderBy { get; init; } = [];

    /// <summary>The names of the properties that are wanted, the geometry among them; null for all.</summary>
    public ImmutableArray<string>? Select { get; init; }

    /// <summary>The greatest number of entities wanted, on all pages; null for all.</summary>
    public long? Top { get; init; }

    /// <summary>How many entities are passed over.</summary>
    public long Skip { get; init; }

    /// <summary>Whether the number of all entities is wanted.</summary>
    public bool WantsCount { get; init; }

    /// <summary>Where the page starts; null for the first.</summary>
    public string? SkipToken { get; init; }

    /// <summary>Whether the geometry is wanted.</summary>
    public bool IncludesGeometry => Set.Visible.Geometry is { } geometry && Select?.Contains(geometry.Name) != false;

    /// <summary>The properties that are wanted, without the geometry.</summary>
    public ImmutableArray<Property> Properties => Select is { } names
        ? [.. Set.Properties.Where(property => names.Contains(property.Name))]
        : Set.Properties;

    /// <summary>The request for a page of so many entities.</summary>
    public FeatureRequest ToRequest(Role role, int limit) => new(Set.Collection, role, limit)
    {
        Filter = Filter,
        SortBy = [.. OrderBy.Select(term => term.AsIndexed(Filter))],
        Properties = [.. Properties.Select(property => property.Name)],
        IncludeGeometry = IncludesGeometry,
    };
}
