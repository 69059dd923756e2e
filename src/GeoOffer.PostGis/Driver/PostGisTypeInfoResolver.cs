#pragma warning disable NPG9001 // Custom type converters are experimental in Npgsql; PostGIS types have no other way in.

using Npgsql.Internal;
using Npgsql.Internal.Postgres;

namespace GeoOffer.PostGis.Driver;

/// <summary>Tells Npgsql which .NET types go with the PostGIS types, singly or (in a second instance) as arrays.</summary>
internal sealed class PostGisTypeInfoResolver(TypeInfoMappingCollection mappings) : IPgTypeInfoResolver
{
    public PgTypeInfo? GetTypeInfo(Type? type, DataTypeName? dataTypeName, PgSerializerOptions options) =>
        mappings.Find(type, dataTypeName, options);
}
