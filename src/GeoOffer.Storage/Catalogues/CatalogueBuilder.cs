using System.Collections.Immutable;
using GeoOffer.Domain.Offer;
using GeoOffer.Query.Catalogue;
using GeoOffer.Query.Crs;
using GeoOffer.Query.Filters;
using GeoOffer.Storage.Importing.Fields;
using GeoOffer.Storage.Layers;
using GeoOffer.Storage.Model;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using NetTopologySuite.Geometries;
using CodeList = GeoOffer.Query.Catalogue.CodeList;
using CodeListEntry = GeoOffer.Query.Catalogue.CodeListEntry;
using Property = GeoOffer.Query.Catalogue.Property;

namespace GeoOffer.Storage.Catalogues;

/// <summary>Makes the catalogue: specs for people, columns from the EF model, facts from the registry of layers.</summary>
internal sealed class CatalogueBuilder(IModel model)
{
    private const int StorageSrid = 4326;

    private static readonly RowVisibility PublicRows = new(
        new Comparison(ComparisonOperator.Equal, new PropertyReference("is_public"), Literal.Of(true)), Role.Scout);

    private static readonly ImmutableDictionary<string, CodeList> Lists = CodeLists.All.ToImmutableDictionary(
        list => list.Name,
        list => new CodeList(list.Name, [.. list.Entries.Select(entry => new CodeListEntry(entry.Code, new Localized(entry.TitleIt, entry.TitleEn)))]));

    public Catalogue Build(CatalogueState state) => new(
        state.Version, [.. BuiltInCollections.All.Select(spec => Build(spec, state)), .. state.Imported.Select(layer => Build(layer, state))]);

    private static Collection Build(LayerRow layer, CatalogueState state)
    {
        var extent = layer.Extent is { } box ? new BoundingBox(box.MinX, box.MinY, box.MaxX, box.MaxY) : state.Extent;
        return LayerCollection.Make(layer, new Attribution(layer.Source, layer.Licence, layer.AsOf), extent);
    }

    private Collection Build(CollectionSpec spec, CatalogueState state)
    {
        var entity = model.FindEntityType(spec.Entity) ?? throw new InvalidOperationException($"The model has no {spec.Entity.Name}.");
        var writable = ImportCollections.Get(spec.Id).Fields.Select(field => field.Column).ToHashSet();
        var properties = spec.Properties.Select(property => Build(property, entity) with { IsWritable = writable.Contains(property.Name) }).ToList();
        if (spec.Entity == typeof(Site))
        {
            properties.AddRange(state.Layers.Select(FactOf));
        }

        return new Collection
        {
            Id = spec.Id,
            Title = spec.Title,
            Description = spec.Description,
            Relation = new Relation(GeoOfferContext.Schema, spec.View),
            Key = properties[0],
            Properties = [.. properties],
            Geometry = new GeometryProperty("geometry", "geom", StorageSrid, spec.Geometry) { Nullable = GeometryOf(entity).IsNullable, IsWritable = true },
            Time = TimeOf(properties),
            Revision = new Revision("change_set_id"),
            Editing = EditScope.All,
            Visibility = PublicRows,
            Attribution = state.Attributions.GetValueOrDefault(spec.Id) ?? new Attribution(),
            Extent = state.Extent,
        };
    }

    /// <summary>Validity where there is one, else the day for which the data hold.</summary>
    private static TemporalProperties? TimeOf(List<Property> properties)
    {
        TemporalProperties[] known = [new("valid_from", "valid_to"), new("signed_on", "ends_on"), new("as_of")];
        return known.FirstOrDefault(time => properties.Exists(property => property.Name == time.Start));
    }

    private static Property Build(PropertySpec spec, IEntityType entity)
    {
        var column = spec.Computed is null
            ? entity.GetProperties().SingleOrDefault(property => property.GetColumnName() == spec.Name)
                ?? throw new InvalidOperationException($"{entity.ClrType.Name} has no column {spec.Name}.")
            : null;
        return new Property(spec.Name, spec.Name, spec.Computed ?? TypeOf(column!), new Localized(spec.It, spec.En))
        {
            Unit = spec.Unit,
            CodeList = spec.Codes is null ? null : Lists[spec.Codes],
            Nullable = column?.IsNullable ?? true,
            ReadableBy = spec.ReadableBy,
        };
    }

    private static Property FactOf(FactLayer layer) => new(layer.ValueColumn, layer.ValueColumn, PropertyType.Number, layer.IsProximity
        ? new Localized($"distanza: {layer.TitleIt}", $"distance: {layer.TitleEn}")
        : new Localized($"quota sovrapposta: {layer.TitleIt}", $"share overlapped: {layer.TitleEn}"))
    {
        Unit = layer.IsProximity ? "m" : "1",
    };

    private static IReadOnlyProperty GeometryOf(IEntityType entity) =>
        entity.GetProperties().Single(property => typeof(Geometry).IsAssignableFrom(property.ClrType));

    private static PropertyType TypeOf(IReadOnlyProperty property) => (Nullable.GetUnderlyingType(property.ClrType) ?? property.ClrType) switch
    {
        var type when type == typeof(string) => PropertyType.Text,
        var type when type == typeof(int) || type == typeof(long) => PropertyType.Integer,
        var type when type == typeof(double) || type == typeof(decimal) => PropertyType.Number,
        var type when type == typeof(bool) => PropertyType.Boolean,
        var type when type == typeof(DateOnly) => PropertyType.Date,
        var type when type == typeof(List<string>) => PropertyType.TextArray,
        var type => throw new InvalidOperationException($"{property.Name} has no type in the catalogue: {type.Name}."),
    };
}

/// <summary>What the catalogue takes from the database.</summary>
/// <param name="Version">Grows when any of the rest changes.</param>
/// <param name="Layers">What sites are measured against, in their order.</param>
/// <param name="Imported">Layers that analysts have imported.</param>
/// <param name="Attributions">By collection: where its newest dataset comes from.</param>
/// <param name="Extent">The extent of the region.</param>
internal sealed record CatalogueState(
    long Version, IReadOnlyList<FactLayer> Layers, IReadOnlyList<LayerRow> Imported, IReadOnlyDictionary<string, Attribution> Attributions, BoundingBox? Extent);
