using GeoOffer.Query.Catalogue;
using GeoOffer.Query.Crs;

namespace GeoOffer.Storage.Layers;

/// <summary>Layers as collections of the catalogue.</summary>
internal static class LayerCollection
{
    /// <summary>The schema of all tables of layers.</summary>
    public const string Schema = "geooffer_layers";

    private const int StorageSrid = 4326;

    // Filters know it by this name too: it is that of the geometry in most GeoPackages and tables of PostGIS.
    private const string GeometryColumn = "geom";

    private static readonly Property Key = new("code", "code", PropertyType.Text, new Localized("codice", "code")) { Nullable = false };

    /// <summary>The collection of a layer.</summary>
    public static Collection Make(LayerRow layer, Attribution attribution, BoundingBox? extent)
    {
        var isJoined = layer.JoinedTo is not null;
        var collection = Make(
            layer.Name,
            new Localized(layer.TitleIt, layer.TitleEn),
            new Localized(layer.DescriptionIt ?? layer.TitleIt, layer.DescriptionEn ?? layer.TitleEn),
            layer.Relation,
            layer.Properties,
            isJoined ? GeometryTypes.Polygon | GeometryTypes.MultiPolygon : TypesOf(layer.GeometryTypes));
        return collection with
        {
            Attribution = attribution,
            Extent = extent,
            Revision = new Revision("change_set_id", layer.PublishedChangeSetId),
            Editing = isJoined ? EditScope.Existing : EditScope.All,
            Geometry = collection.Geometry is { } geometry ? geometry with { IsWritable = !isJoined } : null,
            Properties = [.. collection.Properties.Select(property => property with { IsWritable = !layer.JoinProperties.Contains(property.Name) })],
        };
    }

    /// <summary>A collection of these columns.</summary>
    public static Collection Make(
        string name, Localized title, Localized description, string relation, IReadOnlyList<LayerColumn> columns, GeometryTypes types) => new()
        {
            Id = name,
            Title = title,
            Description = description,
            Relation = new Relation(Schema, relation),
            Key = Key,
            Properties =
            [
                Key,
                .. columns.Select(column =>
                    new Property(column.Name, column.Name, column.Type, new Localized(column.Title, column.Title)) { NameInSource = column.Title }),
            ],
            Time = TimeOf(columns),
            Geometry = types == GeometryTypes.None ? null : new GeometryProperty("geometry", GeometryColumn, StorageSrid, types) { OtherName = GeometryColumn },
        };

    /// <summary>The columns <c>start</c> and <c>end</c> where both are there, else the first that holds dates or instants.</summary>
    private static TemporalProperties? TimeOf(IReadOnlyList<LayerColumn> columns)
    {
        var times = columns.Where(column => column.Type is PropertyType.Date or PropertyType.Timestamp).Select(column => column.Name).ToList();
        return times.Contains("start") && times.Contains("end") ? new TemporalProperties("start", "end")
            : times is [var first, ..] ? new TemporalProperties(first)
            : null;
    }

    private static GeometryTypes TypesOf(IEnumerable<string> names) =>
        names.Aggregate(GeometryTypes.None, (types, name) => types | Enum.Parse<GeometryTypes>(name, ignoreCase: true));
}
