namespace GeoOffer.Query.Catalogue;

/// <summary>Where the data of a collection comes from.</summary>
/// <param name="Source">Who made the data.</param>
/// <param name="Licence">The licence, as an SPDX id or a URL.</param>
/// <param name="AsOf">The day the data describes.</param>
public sealed record Attribution(string? Source = null, string? Licence = null, DateOnly? AsOf = null);
