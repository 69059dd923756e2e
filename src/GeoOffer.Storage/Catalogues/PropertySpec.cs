using GeoOffer.Query.Catalogue;

namespace GeoOffer.Storage.Catalogues;

/// <summary>What people need to know of a column; its type and nullability come from the EF model, or from here where it is computed.</summary>
/// <param name="Name">The public name, which is also the column.</param>
/// <param name="It">Italian title.</param>
/// <param name="En">English title.</param>
internal sealed record PropertySpec(string Name, string It, string En)
{
    /// <summary>UCUM unit.</summary>
    public string? Unit { get; init; }

    /// <summary>Name of the code list of the values.</summary>
    public string? Codes { get; init; }

    /// <summary>The least role that may read it.</summary>
    public Role ReadableBy { get; init; } = Role.Public;

    /// <summary>The type of a computed column; null for a column of the model.</summary>
    public PropertyType? Computed { get; init; }
}

/// <summary>A built-in collection before its columns are looked up.</summary>
/// <param name="Id">The id in URLs.</param>
/// <param name="Entity">The entity that its columns belong to.</param>
/// <param name="View">The view that it is read from.</param>
/// <param name="Title">What people read.</param>
/// <param name="Description">A sentence on what the features are.</param>
/// <param name="Geometry">The geometry types.</param>
/// <param name="Properties">The properties in the order they are shown.</param>
internal sealed record CollectionSpec(
    string Id, Type Entity, string View, Localized Title, Localized Description, GeometryTypes Geometry, IReadOnlyList<PropertySpec> Properties);
