using GeoOffer.Query.Filters;

namespace GeoOffer.Query.Catalogue;

/// <summary>Which rows a caller may see. The SQL writer adds it to every statement.</summary>
/// <param name="Condition">Must be true of a row for callers below <paramref name="FullAccessFrom"/>; it may speak of hidden
/// properties.</param>
/// <param name="FullAccessFrom">The least role that sees every row.</param>
public sealed record RowVisibility(Filter Condition, Role FullAccessFrom);
