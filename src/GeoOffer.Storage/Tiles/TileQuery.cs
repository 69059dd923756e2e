using System.Collections.Immutable;
using GeoOffer.PostGis.Tiles;
using GeoOffer.Query.Catalogue;
using GeoOffer.Query.Filters;
using GeoOffer.Query.Paging;

namespace GeoOffer.Storage.Tiles;

/// <summary>A tile that is asked for.</summary>
public sealed record TileQuery
{
    /// <summary>A tile of the features of a query.</summary>
    /// <param name="address">Which tile.</param>
    /// <param name="features">Condition, role and properties; order and limit do not count.</param>
    /// <param name="selectsProperties">Whether the properties were chosen; else the zoom decides which of them are there.</param>
    public TileQuery(TileAddress address, FeatureQuery features, bool selectsProperties)
    {
        ArgumentNullException.ThrowIfNull(features);
        Address = address;
        Collection = features.Collection;
        Role = features.Role;
        Filter = features.Filter;
        var key = Collection.Key;
        Properties = selectsProperties
            ? features.Properties.RemoveAll(property => property.Name == key.Name)
            : TileProperties.At(address.Zoom, key, features.Properties);
        Essential = selectsProperties ? Properties : TileProperties.Essential(key, Properties);
    }

    /// <summary>Which tile.</summary>
    public TileAddress Address { get; }

    /// <summary>The collection, whole.</summary>
    public Collection Collection { get; }

    /// <summary>The caller's role.</summary>
    public Role Role { get; }

    /// <summary>The condition; null for all features.</summary>
    public CheckedFilter? Filter { get; }

    /// <summary>The properties beside the key.</summary>
    public ImmutableArray<Property> Properties { get; }

    /// <summary>Those that stay when the tile becomes too large.</summary>
    public ImmutableArray<Property> Essential { get; }

    /// <summary>What tiles are told apart by that are of the same version of the data.</summary>
    internal string Identity => string.Join(
        '\n', [Collection.Id, Role, Address.Zoom, Address.Column, Address.Row, Filter?.Root, .. Properties.Select(property => property.Name)]);
}
