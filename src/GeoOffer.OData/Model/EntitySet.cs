using System.Collections.Immutable;
using GeoOffer.Query.Catalogue;
using Microsoft.OData.Edm;

namespace GeoOffer.OData.Model;

/// <summary>A collection as an entity set.</summary>
/// <param name="Edm">The set in the model.</param>
/// <param name="Collection">The whole collection, as the catalogue has it.</param>
/// <param name="Visible">The collection as the role of the model knows it.</param>
public sealed record EntitySet(IEdmEntitySet Edm, Collection Collection, Collection Visible)
{
    /// <summary>The name in addresses.</summary>
    public string Name => Edm.Name;

    /// <summary>The full name of the type of the entities.</summary>
    public string TypeName => Type.FullName();

    /// <summary>The properties of an entity in their order, the key among them; the geometry apart.</summary>
    public ImmutableArray<Property> Properties { get; } = Visible.Properties.Any(property => property.Name == Visible.Key.Name)
        ? Visible.Properties
        : Visible.Properties.Insert(0, Visible.Key);

    /// <summary>The type of the entities.</summary>
    internal IEdmEntityType Type => Edm.EntityType();
}
