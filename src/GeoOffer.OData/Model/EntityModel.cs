using System.Collections.Frozen;
using System.Collections.Immutable;
using GeoOffer.Query.Catalogue;
using Microsoft.OData.Edm;

namespace GeoOffer.OData.Model;

/// <summary>
/// The entity data model of a catalogue as a role knows it: what the role may not read is not in it, and so can be named nowhere. Immutable.
/// </summary>
public sealed class EntityModel
{
    private readonly FrozenDictionary<string, EntitySet> _sets;

    internal EntityModel(Catalogue catalogue, Role role, IEdmModel edm, ImmutableArray<EntitySet> sets)
    {
        Catalogue = catalogue;
        Role = role;
        Edm = edm;
        Sets = sets;
        _sets = sets.ToFrozenDictionary(set => set.Name, StringComparer.Ordinal);
    }

    /// <summary>The catalogue it was made of.</summary>
    public Catalogue Catalogue { get; }

    /// <summary>Whose model it is.</summary>
    public Role Role { get; }

    /// <summary>The model for Microsoft's library.</summary>
    public IEdmModel Edm { get; }

    /// <summary>The entity sets in the order of the catalogue.</summary>
    public ImmutableArray<EntitySet> Sets { get; }

    /// <summary>Makes the model.</summary>
    /// <exception cref="ArgumentException">Two collections have one name in it, or a property has a name that no model can hold.</exception>
    public static EntityModel Create(Catalogue catalogue, Role role) => EntityModelBuilder.Build(catalogue, role);

    /// <summary>The entity set of that exact name; null when there is none.</summary>
    public EntitySet? Find(string name) => _sets.GetValueOrDefault(name);
}
