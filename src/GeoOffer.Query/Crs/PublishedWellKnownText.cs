using System.Globalization;

namespace GeoOffer.Query.Crs;

/// <summary>
/// Definitions of reference systems as files carry them, by the names of the authorities, so that readers recognise them. (What ProjNET
/// calculates with is another matter.)
/// </summary>
public static class PublishedWellKnownText
{
    private const string OgcDegree = """PRIMEM["Greenwich",0,AUTHORITY["EPSG","8901"]],UNIT["degree",0.0174532925199433,AUTHORITY["EPSG","9122"]]""";
    private const string EsriDegree = """PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]""";

    private static readonly Spheroid SpheroidWgs84 = new("WGS 84", "WGS_1984", 7030, 6378137, 298.257223563);
    private static readonly Spheroid Grs80 = new("GRS 1980", "GRS_1980", 7019, 6378137, 298.257222101);
    private static readonly Spheroid International = new("International 1924", "International_1924", 7022, 6378388, 297);

    private static readonly Geographic Wgs84 = new("WGS 84", "GCS_WGS_1984", 4326, "WGS_1984", "D_WGS_1984", 6326, SpheroidWgs84);

    private static readonly Geographic Etrs89 = new(
        "ETRS89", "GCS_ETRS_1989", 4258, "European_Terrestrial_Reference_System_1989", "D_ETRS_1989", 6258, Grs80);

    private static readonly Geographic Rdn2008 = new(
        "RDN2008", "GCS_RDN2008", 6706, "Rete_Dinamica_Nazionale_2008", "D_Rete_Dinamica_Nazionale_2008", 1132, Grs80);

    private static readonly Geographic MonteMario = new("Monte Mario", "GCS_Monte_Mario", 4265, "Monte_Mario", "D_Monte_Mario", 6265, International);

    /// <summary>In the form of OGC 01-009 with EPSG codes, as GeoPackage wants it.</summary>
    /// <exception cref="UnknownReferenceSystemException">It has no definition here.</exception>
    public static string Ogc(int srid) => srid switch
    {
        4326 => Ogc(Wgs84, axes: """AXIS["Latitude",NORTH],AXIS["Longitude",EAST],"""),
        3857 => OgcProjected(
            srid, Wgs84,
            """PROJECTION["Mercator_1SP"],PARAMETER["central_meridian",0],PARAMETER["scale_factor",1],PARAMETER["false_easting",0],PARAMETER["false_northing",0]""",
            """
            ,EXTENSION["PROJ4","+proj=merc +a=6378137 +b=6378137 +lat_ts=0 +lon_0=0 +x_0=0 +y_0=0 +k=1 +units=m +nadgrids=@null +wktext +no_defs"]
            """),
        _ => OgcProjected(srid, BaseOf(srid), string.Create(
            CultureInfo.InvariantCulture,
            $"""PROJECTION["Transverse_Mercator"],PARAMETER["latitude_of_origin",0],PARAMETER["central_meridian",9],PARAMETER["scale_factor",0.9996],PARAMETER["false_easting",{FalseEasting(srid)}],PARAMETER["false_northing",0]""")),
    };

    /// <summary>In the form of ESRI, as the <c>.prj</c> of a shapefile has it.</summary>
    /// <exception cref="UnknownReferenceSystemException">It has no definition here.</exception>
    public static string Esri(int srid) => srid switch
    {
        4326 => Esri(Wgs84),
        3857 => $"""
            PROJCS["WGS_1984_Web_Mercator_Auxiliary_Sphere",{Esri(Wgs84)},PROJECTION["Mercator_Auxiliary_Sphere"],PARAMETER["False_Easting",0.0],PARAMETER["False_Northing",0.0],PARAMETER["Central_Meridian",0.0],PARAMETER["Standard_Parallel_1",0.0],PARAMETER["Auxiliary_Sphere_Type",0.0],UNIT["Meter",1.0]]
            """,
        _ => string.Create(
            CultureInfo.InvariantCulture,
            $"""
            PROJCS["{EsriName(srid)}",{Esri(BaseOf(srid))},PROJECTION["Transverse_Mercator"],PARAMETER["False_Easting",{FalseEasting(srid)}.0],PARAMETER["False_Northing",0.0],PARAMETER["Central_Meridian",9.0],PARAMETER["Scale_Factor",0.9996],PARAMETER["Latitude_Of_Origin",0.0],UNIT["Meter",1.0]]
            """),
    };

    private static string Ogc(Geographic system, string axes = "") => string.Create(
        CultureInfo.InvariantCulture,
        $"""
        GEOGCS["{system.Name}",DATUM["{system.Datum}",SPHEROID["{system.Spheroid.Name}",{system.Spheroid.SemiMajorMetres},{system.Spheroid.InverseFlattening},AUTHORITY["EPSG","{system.Spheroid.Code}"]],AUTHORITY["EPSG","{system.DatumCode}"]],{OgcDegree},{axes}AUTHORITY["EPSG","{system.Code}"]]
        """);

    private static string OgcProjected(int srid, Geographic system, string projection, string extension = "") =>
        $"""
        PROJCS["{CoordinateSystems.Get(srid).Name}",{Ogc(system)},{projection},UNIT["metre",1,AUTHORITY["EPSG","9001"]],{Axes(srid)}{extension},AUTHORITY["EPSG","{srid}"]]
        """;

    private static string Esri(Geographic system) => string.Create(
        CultureInfo.InvariantCulture,
        $"""
        GEOGCS["{system.EsriName}",DATUM["{system.EsriDatum}",SPHEROID["{system.Spheroid.EsriName}",{system.Spheroid.SemiMajorMetres:F1},{system.Spheroid.InverseFlattening:0.0########}]],{EsriDegree}]
        """);

    private static string Axes(int srid) => CoordinateSystems.Get(srid).AxisOrder == AxisOrder.EastNorth
        ? """AXIS["Easting",EAST],AXIS["Northing",NORTH]"""
        : """AXIS["Northing",NORTH],AXIS["Easting",EAST]""";

    private static int FalseEasting(int srid) => srid == 3003 ? 1_500_000 : 500_000;

    private static Geographic BaseOf(int srid) => srid switch
    {
        32632 => Wgs84,
        25832 => Etrs89,
        7791 or 6707 => Rdn2008,
        3003 => MonteMario,
        _ => throw new UnknownReferenceSystemException(srid),
    };

    private static string EsriName(int srid) => srid switch
    {
        32632 => "WGS_1984_UTM_Zone_32N",
        25832 => "ETRS_1989_UTM_Zone_32N",
        7791 => "RDN2008_UTM_zone_32N",
        6707 => "RDN2008_TM32",
        3003 => "Monte_Mario_Italy_1",
        _ => throw new UnknownReferenceSystemException(srid),
    };

    private sealed record Spheroid(string Name, string EsriName, int Code, double SemiMajorMetres, double InverseFlattening);

    private sealed record Geographic(
        string Name, string EsriName, int Code, string Datum, string EsriDatum, int DatumCode, Spheroid Spheroid);
}
