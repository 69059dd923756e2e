namespace GeoOffer.Query.Catalogue;

/// <summary>The table or view that holds a collection.</summary>
public sealed record Relation(string Schema, string Name);
