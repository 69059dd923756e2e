using Microsoft.OData.Edm;
using Microsoft.OData.UriParser;

namespace GeoOffer.OData.Reading;

/// <summary>
/// The geospatial functions for geometries of every type; the library has them for points, polygons and lines alone (OData 4.01 Part 2,
/// 5.1.1.11).
/// </summary>
internal static class GeoFunctions
{
    public const string Distance = "geo.distance";
    public const string Intersects = "geo.intersects";
    public const string Length = "geo.length";

    // The library keeps functions for the whole process, and refuses the same one twice.
    private static readonly Lazy<bool> Registered = new(Register);

    public static void Ensure() => _ = Registered.Value;

    private static bool Register()
    {
        var core = EdmCoreModel.Instance;
        var geography = core.GetSpatial(EdmPrimitiveTypeKind.Geography, isNullable: true);
        CustomUriFunctions.AddCustomUriFunction(Distance, new FunctionSignatureWithReturnType(core.GetDouble(isNullable: true), geography, geography));
        CustomUriFunctions.AddCustomUriFunction(Intersects, new FunctionSignatureWithReturnType(core.GetBoolean(isNullable: true), geography, geography));
        CustomUriFunctions.AddCustomUriFunction(Length, new FunctionSignatureWithReturnType(core.GetDouble(isNullable: true), geography));
        return true;
    }
}
