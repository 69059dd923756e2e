using GeoOffer.Query.Catalogue;

namespace GeoOffer.Query.Paging;

/// <summary>Which way a sort key runs.</summary>
public enum SortDirection
{
    /// <summary>Small values first.</summary>
    Ascending,

    /// <summary>Great values first.</summary>
    Descending,
}

/// <summary>Where rows without a value stand, whichever the direction. Languages differ in it, so it is always said.</summary>
public enum NullPlacement
{
    /// <summary>Before all values.</summary>
    First,

    /// <summary>After all values.</summary>
    Last,
}

/// <summary>A sort key as a caller names it.</summary>
public sealed record SortTerm(string PropertyName, SortDirection Direction, NullPlacement Nulls);

/// <summary>A property to sort by.</summary>
public sealed record SortKey(Property Property, SortDirection Direction, NullPlacement Nulls);
