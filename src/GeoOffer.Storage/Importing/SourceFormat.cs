using System.Text.Json.Serialization;

namespace GeoOffer.Storage.Importing;

/// <summary>A format that can be imported.</summary>
public enum SourceFormat
{
    /// <summary>A GeoJSON FeatureCollection or Feature (RFC 7946).</summary>
    [JsonStringEnumMemberName("geojson")]
    GeoJson,

    /// <summary>GeoJSON text sequence: a feature per line, or after each record separator (RFC 8142).</summary>
    [JsonStringEnumMemberName("geojsonseq")]
    GeoJsonSeq,

    /// <summary>Comma-, semicolon-, tab- or bar-separated text with a header (RFC 4180).</summary>
    Csv,

    /// <summary>ESRI Shapefile, plain or zipped (white paper of July 1998).</summary>
    [JsonStringEnumMemberName("shapefile")]
    Shapefile,

    /// <summary>OGC GeoPackage (12-128r18).</summary>
    [JsonStringEnumMemberName("geopackage")]
    GeoPackage,

    /// <summary>FlatGeobuf, version 3.</summary>
    [JsonStringEnumMemberName("flatgeobuf")]
    FlatGeobuf,

    /// <summary>Whatever GDAL reads, where it is installed: GML, KML, OpenStreetMap, GPX, DXF and more.</summary>
    [JsonStringEnumMemberName("gdal")]
    Gdal,
}
