using GeoOffer.Query.Crs;

namespace GeoOffer.Storage.Exporting.Shapefiles;

/// <summary>Definitions of the served reference systems in the well-known text of ESRI, which a .prj holds.</summary>
internal static class EsriWellKnownText
{
    private const string Degrees = """PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]""";
    private const string Wgs84 = $"""GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137.0,298.257223563]],{Degrees}]""";
    private const string Etrs89 = $"""GEOGCS["GCS_ETRS_1989",DATUM["D_ETRS_1989",SPHEROID["GRS_1980",6378137.0,298.257222101]],{Degrees}]""";
    private const string Rdn2008 = $"""GEOGCS["GCS_RDN2008",DATUM["D_Rete_Dinamica_Nazionale_2008",SPHEROID["GRS_1980",6378137.0,298.257222101]],{Degrees}]""";
    private const string MonteMario = $"""GEOGCS["GCS_Monte_Mario",DATUM["D_Monte_Mario",SPHEROID["International_1924",6378388.0,297.0]],{Degrees}]""";

    /// <summary>The definition of a system.</summary>
    /// <exception cref="ExportException">There is none.</exception>
    public static string Of(ReferenceSystem system) => system.Srid switch
    {
        4326 => Wgs84,
        32632 => Transverse("WGS_1984_UTM_Zone_32N", Wgs84, 500_000),
        25832 => Transverse("ETRS_1989_UTM_Zone_32N", Etrs89, 500_000),
        7791 => Transverse("RDN2008_UTM_zone_32N", Rdn2008, 500_000),
        6707 => Transverse("RDN2008_TM32", Rdn2008, 500_000),
        3003 => Transverse("Monte_Mario_Italy_1", MonteMario, 1_500_000),
        3857 => $"""PROJCS["WGS_1984_Web_Mercator_Auxiliary_Sphere",{Wgs84},PROJECTION["Mercator_Auxiliary_Sphere"],PARAMETER["False_Easting",0.0],PARAMETER["False_Northing",0.0],PARAMETER["Central_Meridian",0.0],PARAMETER["Standard_Parallel_1",0.0],PARAMETER["Auxiliary_Sphere_Type",0.0],UNIT["Meter",1.0]]""",
        _ => throw new ExportException($"Shapefile has no definition of {system.Name}: choose another reference system."),
    };

    private static string Transverse(string name, string geographic, int falseEasting) =>
        $"""PROJCS["{name}",{geographic},PROJECTION["Transverse_Mercator"],PARAMETER["False_Easting",{falseEasting}.0],PARAMETER["False_Northing",0.0],PARAMETER["Central_Meridian",9.0],PARAMETER["Scale_Factor",0.9996],PARAMETER["Latitude_Of_Origin",0.0],UNIT["Meter",1.0]]""";
}
