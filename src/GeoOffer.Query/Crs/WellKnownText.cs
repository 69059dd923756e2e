namespace GeoOffer.Query.Crs;

/// <summary>The definitions in WKT 1, the only form ProjNET reads.</summary>
internal static class WellKnownText
{
    private const string Degrees = """PRIMEM["Greenwich",0],UNIT["degree",0.017453292519943295]""";

    private const string Wgs84 = $"""
        GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563],TOWGS84[0,0,0,0,0,0,0]],{Degrees}]
        """;

    // The shift of the Italian peninsula (EPSG transformation 1660): about 4 m, as good as seven parameters get without the national grids.
    private const string MonteMario = $"""
        GEOGCS["Monte Mario",DATUM["Monte_Mario",
        SPHEROID["International 1924",6378388,297],TOWGS84[-104.1,-49.1,-9.9,0.971,-2.917,0.714,-11.68]],{Degrees}]
        """;

    public static string Of(int srid) => srid switch
    {
        4326 => Wgs84,
        // ETRS89 and RDN2008 differ from WGS 84 by nothing but an ellipsoid that is 0.1 mm thinner at the poles. A change of datum that changes
        // nothing costs ProjNET 5 mm each way.
        32632 or 25832 or 7791 or 6707 => TransverseMercator(Wgs84, 500_000),
        3003 => TransverseMercator(MonteMario, 1_500_000),
        // ProjNET reads the method name of EPSG's own text of 3857 as the ellipsoidal Mercator, 30 km off, without an error.
        3857 => $"""
            PROJCS["WGS 84 / Pseudo-Mercator",{Wgs84},PROJECTION["Popular_Visualisation_Pseudo-Mercator"],
            PARAMETER["latitude_of_origin",0],PARAMETER["central_meridian",0],PARAMETER["false_easting",0],PARAMETER["false_northing",0],
            UNIT["metre",1],AXIS["Easting",EAST],AXIS["Northing",NORTH]]
            """,
        _ => throw new UnknownReferenceSystemException(srid),
    };

    private static string TransverseMercator(string geographic, int falseEasting) => $"""
        PROJCS["Transverse Mercator",{geographic},PROJECTION["Transverse_Mercator"],
        PARAMETER["latitude_of_origin",0],PARAMETER["central_meridian",9],PARAMETER["scale_factor",0.9996],
        PARAMETER["false_easting",{falseEasting}],PARAMETER["false_northing",0],
        UNIT["metre",1],AXIS["Easting",EAST],AXIS["Northing",NORTH]]
        """;
}
