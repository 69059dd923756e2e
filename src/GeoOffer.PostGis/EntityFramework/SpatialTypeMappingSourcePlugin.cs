using Microsoft.EntityFrameworkCore.Storage;
using NetTopologySuite.Geometries;

namespace GeoOffer.PostGis.EntityFramework;

/// <summary>Finds the mapping of a geometry property or of a PostGIS column type.</summary>
internal sealed class SpatialTypeMappingSourcePlugin(SpatialSettings settings) : IRelationalTypeMappingSourcePlugin
{
    /// <summary>Null (which EF Core reports when it builds the model) where the property cannot hold what the column type admits.</summary>
    public RelationalTypeMapping? FindMapping(in RelationalTypeMappingInfo mappingInfo)
    {
        var clrType = mappingInfo.ClrType;
        if (clrType is not null && !clrType.IsAssignableTo(typeof(Geometry)))
        {
            return null;
        }

        if (mappingInfo.StoreTypeName is not { } storeType)
        {
            return clrType is null ? null : Mapping(clrType, settings.GeographyAsDefault ? "geography" : "geometry");
        }

        if (!SpatialStoreType.TryParse(storeType, out var parsed))
        {
            return null;
        }

        clrType ??= parsed.ClrType;
        return clrType.IsAssignableTo(parsed.ClrType) || parsed.ClrType.IsAssignableTo(clrType) ? Mapping(clrType, storeType) : null;
    }

    private static RelationalTypeMapping Mapping(Type clrType, string storeType) =>
        (RelationalTypeMapping)Activator.CreateInstance(typeof(SpatialTypeMapping<>).MakeGenericType(clrType), storeType)!;
}
