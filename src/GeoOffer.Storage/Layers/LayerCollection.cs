using GeoOffer.Query.Catalogue;
using GeoOffer.Query.Crs;

namespace GeoOffer.Storage.Layers;

/// <summary>Layers as collections of the catalogue.</summary>
internal static class LayerCollection
{
    /// <summary>The schema of all tables of layers.</summary>
    public const string Schema = "geooffer_layers";

    private const int StorageSrid = 4326;

    private static readonly Property Key = new("code", "code", PropertyType.Text, new Localized("codice", "code")) { Nullable = false };

    /// <summary>The collection of a layer.</summary>
    public static Collection Make(LayerRow layer, Attribution attribution, BoundingBox? extent) => Make(
        layer.Name,
        new Localized(layer.TitleIt, layer.TitleEn),
        new Localized(layer.DescriptionIt ?? layer.TitleIt, layer.DescriptionEn ?? layer.TitleEn),
        layer.Relation,
        layer.Properties,
        layer.JoinedTo is null ? TypesOf(layer.GeometryTypes) : GeometryTypes.Polygon | GeometryTypes.MultiPolygon) with
    {
        Attribution = attribution,
        Extent = extent,
    };

    /// <summary>A collection of these columns.</summary>
    public static Collection Make(
        string name, Localized title, Localized description, string relation, IReadOnlyList<LayerColumn> columns, GeometryTypes types) => new()
        {
            Id = name,
            Title = title,
            Description = description,
            Relation = new Relation(Schema, relation),
            Key = Key,
            Properties = [Key, .. columns.Select(column => new Property(column.Name, column.Name, column.Type, new Localized(column.Title, column.Title)))],
            Geometry = types == GeometryTypes.None ? null : new GeometryProperty("geometry", "geom", StorageSrid, types),
        };

    private static GeometryTypes TypesOf(IEnumerable<string> names) =>
        names.Aggregate(GeometryTypes.None, (types, name) => types | Enum.Parse<GeometryTypes>(name, ignoreCase: true));
}
