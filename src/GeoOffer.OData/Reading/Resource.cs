using GeoOffer.OData.Model;

namespace GeoOffer.OData.Reading;

/// <summary>What an address leads to.</summary>
/// <param name="Set">The entity set it starts from.</param>
public abstract record Resource(EntitySet Set);

/// <summary>The entities of a set.</summary>
public sealed record EntitiesResource(EntitySet Set) : Resource(Set);

/// <summary>How many entities a set has.</summary>
public sealed record CountResource(EntitySet Set) : Resource(Set);

/// <summary>One entity.</summary>
/// <param name="Set">Its set.</param>
/// <param name="Key">Its key.</param>
public sealed record EntityResource(EntitySet Set, string Key) : Resource(Set);

/// <summary>A property of an entity.</summary>
/// <param name="Set">The set of the entity.</param>
/// <param name="Key">Its key.</param>
/// <param name="Property">The name of the property, or of the geometry.</param>
/// <param name="IsRaw">Whether the bare value is wanted.</param>
public sealed record PropertyResource(EntitySet Set, string Key, string Property, bool IsRaw) : Resource(Set);
