using System.Collections.Immutable;
using GeoOffer.Storage.Exporting.FlatGeobufs;
using GeoOffer.Storage.Exporting.GeoPackages;
using GeoOffer.Storage.Exporting.Shapefiles;

namespace GeoOffer.Storage.Exporting;

/// <summary>A format that features are exported in.</summary>
public sealed record ExportFormat
{
    private readonly Func<Stream, ExportOptions, FeatureWriter> _create;

    private ExportFormat(
        string code, string name, string extension, string mediaType, bool isText, Func<Stream, ExportOptions, FeatureWriter> create)
    {
        (Code, Name, Extension, MediaType, IsText) = (code, name, extension, mediaType, isText);
        _create = create;
    }

    /// <summary>GeoJSON FeatureCollection (RFC 7946).</summary>
    public static ExportFormat GeoJson { get; } = new(
        "geojson", "GeoJSON", ".geojson", "application/geo+json", true, static (stream, options) => new GeoJsonWriter(stream, options));

    /// <summary>A GeoJSON feature per line, or after each record separator (RFC 8142).</summary>
    public static ExportFormat GeoJsonSeq { get; } = new(
        "geojsonseq", "GeoJSONSeq", ".geojsonl", "application/geo+json-seq", true, static (stream, options) => new GeoJsonSeqWriter(stream, options))
    {
        OtherExtensions = [".ndjson", ".geojsons"],
    };

    /// <summary>Comma-separated text with a header (RFC 4180), the geometry as well-known text.</summary>
    public static ExportFormat Csv { get; } = new(
        "csv", "CSV", ".csv", "text/csv; charset=utf-8", true, static (stream, options) => new CsvWriter(stream, options));

    /// <summary>OGC GeoPackage (12-128), a table for each collection.</summary>
    public static ExportFormat GeoPackage { get; } = new(
        "gpkg", "GeoPackage", ".gpkg", "application/geopackage+sqlite3", false, static (stream, options) => new GeoPackageWriter(stream, options))
    {
        HoldsSeveral = true,
    };

    /// <summary>Shapefiles in a ZIP archive, one for each kind of geometry.</summary>
    public static ExportFormat Shapefile { get; } = new(
        "shp", "Shapefile", ".shp.zip", "application/zip", false, static (stream, _) => new ShapefileWriter(stream))
    {
        HoldsSeveral = true,
    };

    /// <summary>FlatGeobuf, version 3, with its spatial index, in whose order the features stand.</summary>
    public static ExportFormat FlatGeobuf { get; } = new(
        "flatgeobuf", "FlatGeobuf", ".fgb", "application/flatgeobuf", false, static (stream, options) => new FlatGeobufWriter(stream, options));

    /// <summary>All, the first being that of whoever states none.</summary>
    public static ImmutableArray<ExportFormat> All { get; } = [GeoJson, GeoJsonSeq, Csv, GeoPackage, FlatGeobuf, Shapefile];

    /// <summary>The name by which it is asked for.</summary>
    public string Code { get; }

    /// <summary>The name that people read.</summary>
    public string Name { get; }

    /// <summary>The extension of its files.</summary>
    public string Extension { get; }

    /// <summary>Other extensions by which it is known.</summary>
    public ImmutableArray<string> OtherExtensions { get; private init; } = [];

    /// <summary>The media type of its files.</summary>
    public string MediaType { get; }

    /// <summary>Whether its files are text: these are rounded, and compressed on their way, where that is asked for.</summary>
    public bool IsText { get; }

    /// <summary>Whether one file holds several collections.</summary>
    public bool HoldsSeveral { get; private init; }

    /// <summary>Whether rows have an id beside their properties, so that the key need not be one of them.</summary>
    internal bool HasIds => this == GeoJson || this == GeoJsonSeq;

    /// <summary>The format of that name, or of the extension of its files without the dot, in any case; null when there is none.</summary>
    public static ExportFormat? Find(string code) => All.FirstOrDefault(format =>
        code.Equals(format.Code, StringComparison.OrdinalIgnoreCase) || code.Equals(format.Extension[1..], StringComparison.OrdinalIgnoreCase));

    /// <summary>The format that the extension of a file means; null when it means none.</summary>
    public static ExportFormat? OfFile(string name) => All.FirstOrDefault(
        format => format.OtherExtensions.Add(format.Extension).Any(extension => name.EndsWith(extension, StringComparison.OrdinalIgnoreCase)));

    /// <inheritdoc/>
    public override string ToString() => Code;

    internal FeatureWriter CreateWriter(Stream stream, ExportOptions options) => _create(stream, options);
}
