using System.Collections.Immutable;
using GeoOffer.Query.Catalogue;

namespace GeoOffer.Storage.Tiles;

/// <summary>Which properties tiles have at a zoom.</summary>
public static class TileProperties
{
    /// <summary>The first zoom whose tiles have all public properties.</summary>
    public const int AllFromZoom = 12;

    private const int MostAtLowZoom = 3;

    /// <summary>
    /// What a map of a whole region tells features apart by: those whose values are of a code list, the first three, or the first three of
    /// all where there are none. Lists are left out: a style cannot look into them.
    /// </summary>
    /// <param name="key">The key, which tiles have anyway.</param>
    /// <param name="properties">The properties to choose from.</param>
    public static ImmutableArray<Property> Essential(Property key, ImmutableArray<Property> properties)
    {
        var candidates = properties.Where(property => property.Name != key.Name && property.Type != PropertyType.TextArray).ToList();
        var coded = candidates.Where(property => property.CodeList is not null).Take(MostAtLowZoom).ToImmutableArray();
        return coded.IsEmpty ? [.. candidates.Take(MostAtLowZoom)] : coded;
    }

    /// <summary>The properties of the tiles of a zoom, beside the key.</summary>
    public static ImmutableArray<Property> At(int zoom, Property key, ImmutableArray<Property> properties) =>
        zoom < AllFromZoom ? Essential(key, properties) : properties.RemoveAll(property => property.Name == key.Name);
}
