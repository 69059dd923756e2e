namespace GeoOffer.Query.Catalogue;

/// <summary>
/// A number that changes whenever somebody writes a feature itself, and not when what is measured of it changes: what an editor has seen is
/// compared by it (RFC 9110, 13.1.1).
/// </summary>
/// <param name="Column">The column it is stored in; a whole number.</param>
/// <param name="Otherwise">What it is where the column is null.</param>
public sealed record Revision(string Column, long Otherwise = 0);
