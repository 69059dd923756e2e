namespace GeoOffer.Query.Catalogue;

/// <summary>The properties, dates or instants, that say when a feature holds.</summary>
/// <param name="Start">The public name of the first moment, or the only one.</param>
/// <param name="End">The public name of the last; null where the feature is of one moment.</param>
public sealed record TemporalProperties(string Start, string? End = null);
