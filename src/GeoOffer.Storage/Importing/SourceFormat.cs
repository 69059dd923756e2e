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

    /// <summary>Comma-, semicolon-, tab- or bar-separated text with a header, UTF-8 (RFC 4180).</summary>
    Csv,
}
