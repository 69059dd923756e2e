using System.Collections.Immutable;
using GeoOffer.Query.Catalogue;
using Microsoft.OData.Edm;

namespace GeoOffer.OData.Model;

/// <summary>Makes models of catalogues.</summary>
internal sealed class EntityModelBuilder
{
    // PostgreSQL keeps microseconds.
    private const int TimestampPrecision = 6;

    private const int GeographySrid = 4326;

    private static readonly EdmCoreModel Core = EdmCoreModel.Instance;

    private readonly EdmModel _model = new();
    private readonly EdmEntityContainer _container = new(EdmNames.Service, EdmNames.Container);
    private readonly ModelAnnotations _annotations;

    private EntityModelBuilder() => _annotations = new ModelAnnotations(_model);

    public static EntityModel Build(Catalogue catalogue, Role role)
    {
        var builder = new EntityModelBuilder();
        builder._model.AddElement(builder._container);
        var sets = catalogue.Collections.Select(collection => builder.Add(collection, collection.VisibleTo(role))).ToImmutableArray();
        return new EntityModel(catalogue, role, builder._model, sets);
    }

    private EntitySet Add(Collection collection, Collection visible)
    {
        var name = EdmNames.OfCollection(collection.Id);
        if (_container.FindEntitySet(name) is not null || !EdmNames.IsIdentifier(name))
        {
            throw new ArgumentException($"The collection {collection.Id} cannot be the entity set {name}.");
        }

        var type = new EdmEntityType(EdmNames.Types, name);
        var key = AddProperty(type, visible.Key, collection);
        type.AddKeys(key);
        foreach (var property in visible.Properties.Where(property => property.Name != visible.Key.Name))
        {
            AddProperty(type, property, collection);
        }

        if (visible.Geometry is { } geometry)
        {
            var added = type.AddStructuralProperty(Checked(geometry.Name, collection), Core.GetSpatial(KindOf(geometry.Types), GeographySrid, geometry.Nullable));
            _annotations.DescribeGeometry(added);
        }

        _model.AddElement(type);
        var set = _container.AddEntitySet(name, type);
        _annotations.Describe(type, collection.Title);
        _annotations.Describe(set, collection.Description);
        return new EntitySet(set, collection, visible);
    }

    private EdmStructuralProperty AddProperty(EdmEntityType type, Property property, Collection collection)
    {
        var added = type.AddStructuralProperty(Checked(property.Name, collection), TypeOf(property));
        _annotations.Describe(added, property.Title);
        if (property.Unit is { } unit)
        {
            _annotations.Measure(added, unit);
        }

        return added;
    }

    private static string Checked(string name, Collection collection) => EdmNames.IsIdentifier(name)
        ? name
        : throw new ArgumentException($"No model can hold the property '{name}' of {collection.Id}.");

    private static IEdmTypeReference TypeOf(Property property) => property.Type switch
    {
        PropertyType.Text => Core.GetString(property.Nullable),
        PropertyType.Integer => Core.GetInt64(property.Nullable),
        PropertyType.Number => Core.GetDouble(property.Nullable),
        PropertyType.Boolean => Core.GetBoolean(property.Nullable),
        PropertyType.Date => Core.GetDate(property.Nullable),
        PropertyType.Timestamp => Core.GetTemporal(EdmPrimitiveTypeKind.DateTimeOffset, TimestampPrecision, property.Nullable),
        PropertyType.TextArray => EdmCoreModel.GetCollection(Core.GetString(isNullable: false)),
        var type => throw new ArgumentOutOfRangeException(nameof(property), type, null),
    };

    private static EdmPrimitiveTypeKind KindOf(GeometryTypes types) => types switch
    {
        GeometryTypes.Point => EdmPrimitiveTypeKind.GeographyPoint,
        GeometryTypes.LineString => EdmPrimitiveTypeKind.GeographyLineString,
        GeometryTypes.Polygon => EdmPrimitiveTypeKind.GeographyPolygon,
        GeometryTypes.MultiPoint => EdmPrimitiveTypeKind.GeographyMultiPoint,
        GeometryTypes.MultiLineString => EdmPrimitiveTypeKind.GeographyMultiLineString,
        GeometryTypes.MultiPolygon => EdmPrimitiveTypeKind.GeographyMultiPolygon,
        GeometryTypes.GeometryCollection => EdmPrimitiveTypeKind.GeographyCollection,
        _ => EdmPrimitiveTypeKind.Geography,
    };
}
