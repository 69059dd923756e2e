#pragma warning disable NPG9001 // Custom type converters are experimental in Npgsql; PostGIS types have no other way in.

using NetTopologySuite.Geometries;
using Npgsql.Internal;

namespace GeoOffer.PostGis.Driver;

/// <summary>Maps <see cref="Geometry"/> and its types to <c>geometry</c> and <c>geography</c>.</summary>
/// <param name="reader">How geometries are built.</param>
/// <param name="writer">How geometries are written.</param>
/// <param name="typeNames">The PostGIS types, first the one for parameters that name none.</param>
internal sealed class GeometryTypeInfoResolverFactory(EwkbReader reader, EwkbWriter writer, IReadOnlyList<string> typeNames)
    : PgTypeInfoResolverFactory
{
    public override IPgTypeInfoResolver CreateResolver() => new PostGisTypeInfoResolver(Singles());

    public override IPgTypeInfoResolver? CreateArrayResolver()
    {
        var mappings = Singles();
        foreach (var typeName in typeNames)
        {
            mappings.AddArrayType<Geometry>(typeName);
            mappings.AddArrayType<Point>(typeName);
            mappings.AddArrayType<LineString>(typeName);
            mappings.AddArrayType<LinearRing>(typeName);
            mappings.AddArrayType<Polygon>(typeName);
            mappings.AddArrayType<MultiPoint>(typeName);
            mappings.AddArrayType<MultiLineString>(typeName);
            mappings.AddArrayType<MultiPolygon>(typeName);
            mappings.AddArrayType<GeometryCollection>(typeName);
        }

        return new PostGisTypeInfoResolver(mappings);
    }

    private TypeInfoMappingCollection Singles()
    {
        var mappings = new TypeInfoMappingCollection();
        foreach (var typeName in typeNames)
        {
            Add<Geometry>(mappings, typeName, isDefault: true);
            Add<Point>(mappings, typeName);
            Add<LineString>(mappings, typeName);
            Add<LinearRing>(mappings, typeName);
            Add<Polygon>(mappings, typeName);
            Add<MultiPoint>(mappings, typeName);
            Add<MultiLineString>(mappings, typeName);
            Add<MultiPolygon>(mappings, typeName);
            Add<GeometryCollection>(mappings, typeName);
        }

        return mappings;
    }

    private void Add<T>(TypeInfoMappingCollection mappings, string typeName, bool isDefault = false)
        where T : Geometry =>
        mappings.AddType<T>(
            typeName,
            (options, mapping, _) => mapping.CreateInfo(options, new GeometryConverter<T>(reader, writer)),
            isDefault);
}
