namespace GeoOffer.Storage.Importing;

/// <summary>Columns that make up a geometry, in formats that carry none.</summary>
internal enum PositionPart
{
    Longitude,
    Latitude,
    WellKnownText,
    Pair,
}

/// <summary>How columns that hold positions are called.</summary>
internal static class PositionNames
{
    /// <summary>Names by part. Degrees go before metres, where a file has both.</summary>
    public static IReadOnlyList<(PositionPart Part, string[] Names)> All { get; } =
    [
        (PositionPart.Longitude,
        [
            "lon", "longitude", "longitudine", "lng", "long", "stop_lon", "x_lon", "lon_wgs84", "long_wgs84",
            "x", "geo_x", "coord_x", "coordinata_x", "x_coord", "point_x", "easting", "est", "utm_e", "utm_est", "utm_x",
        ]),
        (PositionPart.Latitude,
        [
            "lat", "latitude", "latitudine", "stop_lat", "y_lat", "lat_wgs84",
            "y", "geo_y", "coord_y", "coordinata_y", "y_coord", "point_y", "northing", "nord", "utm_n", "utm_nord", "utm_y",
        ]),
        (PositionPart.WellKnownText, ["wkt", "geom", "geometry", "the_geom", "geometria", "shape", "wkt_geom"]),
        (PositionPart.Pair,
        [
            "geo_point_2d", "geo_point", "geom_point", "latlon", "lat_lon", "coordinate", "coordinates", "coordinates_lat_lon",
        ]),
    ];

    private static readonly HashSet<string> Ordinates =
    [
        .. All.Where(part => part.Part is PositionPart.Longitude or PositionPart.Latitude).SelectMany(part => part.Names)
            .Select(FieldName.Normalise),
    ];

    /// <summary>Whether a column of this name holds one coordinate of two.</summary>
    public static bool IsOrdinate(string name) => Ordinates.Contains(FieldName.Normalise(name));
}
