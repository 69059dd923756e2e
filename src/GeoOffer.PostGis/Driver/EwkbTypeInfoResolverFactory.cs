#pragma warning disable NPG9001 // Custom type converters are experimental in Npgsql; PostGIS types have no other way in.

using Npgsql.Internal;

namespace GeoOffer.PostGis.Driver;

/// <summary>Maps <see cref="Ewkb"/> to <c>geometry</c> and <c>geography</c>, where it is asked for.</summary>
internal sealed class EwkbTypeInfoResolverFactory : PgTypeInfoResolverFactory
{
    private static readonly string[] TypeNames = ["geometry", "geography"];

    public override IPgTypeInfoResolver CreateResolver() => new PostGisTypeInfoResolver(Singles());

    public override IPgTypeInfoResolver? CreateArrayResolver()
    {
        var mappings = Singles();
        foreach (var typeName in TypeNames)
        {
            mappings.AddStructArrayType<Ewkb>(typeName);
        }

        return new PostGisTypeInfoResolver(mappings);
    }

    private static TypeInfoMappingCollection Singles()
    {
        var mappings = new TypeInfoMappingCollection();
        foreach (var typeName in TypeNames)
        {
            mappings.AddStructType<Ewkb>(typeName, static (options, mapping, _) => mapping.CreateInfo(options, new EwkbConverter()));
        }

        return mappings;
    }
}
