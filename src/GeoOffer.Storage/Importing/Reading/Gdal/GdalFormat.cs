using GeoOffer.Storage.Importing.Reading.Text;

namespace GeoOffer.Storage.Importing.Reading.Gdal;

/// <summary>A format that is read through GDAL.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Extension">The extension by which GDAL knows it, with the dot.</param>
/// <param name="Drivers">The drivers of GDAL that may open it; no other is there when it does.</param>
internal sealed record GdalFormat(string Name, string Extension, IReadOnlyList<string> Drivers)
{
    private const int LongestBlobHeader = 64 << 10;

    /// <summary>OGC Geography Markup Language, 2 to 3.2, and what a WFS answers.</summary>
    public static GdalFormat Gml { get; } = new("GML", ".gml", ["GML"])
    {
        DeclaresTypes = false,
        SystemOrigin = "srsName",
        Identifiers = ["gml_id", "fid"],
    };

    /// <summary>OGC KML 2.2.</summary>
    public static GdalFormat Kml { get; } = new("KML", ".kml", ["LIBKML", "KML"])
    {
        Drawing = ["altitudeMode", "tessellate", "extrude", "visibility", "drawOrder", "icon"],
    };

    /// <summary>OpenStreetMap XML.</summary>
    public static GdalFormat OsmXml { get; } = OpenStreetMap("OSM XML", ".osm");

    /// <summary>OpenStreetMap Protocol Buffers.</summary>
    public static GdalFormat OsmPbf { get; } = OpenStreetMap("OSM PBF", ".osm.pbf");

    /// <summary>GPS Exchange Format.</summary>
    public static GdalFormat Gpx { get; } = new("GPX", ".gpx", ["GPX"]);

    /// <summary>AutoCAD Drawing Exchange Format, as text.</summary>
    public static GdalFormat Dxf { get; } = new("DXF", ".dxf", ["DXF"]);

    /// <summary>Whether the format is one of those above, and not whatever GDAL makes of the file.</summary>
    public bool IsKnown { get; private init; } = true;

    /// <summary>Whether columns come with types; otherwise all are text, and types are told from the values.</summary>
    public bool DeclaresTypes { get; private init; } = true;

    /// <summary>Where the reference system stands in the file.</summary>
    public string SystemOrigin { get; private init; } = Name;

    /// <summary>The columns that say how a feature is drawn.</summary>
    public IReadOnlyList<string> Drawing { get; private init; } = [];

    /// <summary>The column, the first that is there, that GDAL makes of the identifier which the format itself gives a feature.</summary>
    public IReadOnlyList<string> Identifiers { get; init; } = [];

    /// <summary>The layers that every file of the format has; none when they differ.</summary>
    public IReadOnlyList<string> FixedLayers { get; private init; } = [];

    /// <summary>Whatever else one of the drivers opens that read files of their own only.</summary>
    /// <param name="extension">The extension of the file.</param>
    public static GdalFormat Other(string extension) => new(
        "the file",
        extension.Length is > 1 and <= 10 && extension.Skip(1).All(char.IsAsciiLetterOrDigit) ? extension : ".dat",
        [
            "GML", "LIBKML", "KML", "OSM", "GPX", "DXF", "MapInfo File", "GeoRSS", "JML", "DGN", "S57", "GeoJSON", "GeoJSONSeq", "ESRIJSON",
            "TopoJSON", "FlatGeobuf", "GPKG", "ESRI Shapefile", "OGR_GMT", "SXF", "WAsP", "Geoconcept", "EDIGEO", "Selafin", "XLSX", "ODS",
        ])
    {
        IsKnown = false,
    };

    /// <summary>
    /// The properties of features of a layer that identify them, the first that has a value, and what goes before it: nodes, ways and relations
    /// of OpenStreetMap are each numbered from 1.
    /// </summary>
    public IReadOnlyList<(string Column, string Prefix)> NumbersOf(string layer) => FixedLayers.Count == 0
        ? []
        : [("osm_way_id", "way-"), ("osm_id", layer switch { "points" => "node-", "lines" => "way-", _ => "relation-" })];

    /// <summary>Tells the format from the first bytes of a file, and from the extension where these leave it open.</summary>
    /// <returns>Null when it is none of these.</returns>
    public static GdalFormat? Sniff(ReadOnlySpan<byte> start, string extension)
    {
        if (IsOsmPbf(start))
        {
            return OsmPbf;
        }

        var text = TextEncodings.ToUtf8(start).TrimStart(" \t\r\n"u8);
        return text.StartsWith("<"u8) ? SniffXml(text, extension)
            : extension.Equals(".dxf", StringComparison.OrdinalIgnoreCase) && (text.StartsWith("0"u8) || text.StartsWith("999"u8)) ? Dxf
            : null;
    }

    /// <summary>The format of XML, by its root; by its extension when the root cannot be read.</summary>
    private static GdalFormat? SniffXml(ReadOnlySpan<byte> text, string extension) => XmlRoot.Read(text) is { } root
        ? root switch
        {
            { Name: "kml" } => Kml,
            { Name: "osm" } => OsmXml,
            { Name: "gpx" } => Gpx,
            _ => root.Namespaces.Any(IsOfFeatures) ? Gml : null,
        }
        : extension.ToUpperInvariant() switch
        {
            ".GML" => Gml,
            ".KML" => Kml,
            ".OSM" => OsmXml,
            ".GPX" => Gpx,
            _ => null,
        };

    private static bool IsOfFeatures(string name) =>
        name.StartsWith("http://www.opengis.net/gml", StringComparison.Ordinal) || name.StartsWith("http://www.opengis.net/wfs", StringComparison.Ordinal);

    /// <summary>A file begins with the header of a blob, of so many bytes, and that with its type, OSMHeader.</summary>
    private static bool IsOsmPbf(ReadOnlySpan<byte> start) =>
        start.Length > sizeof(uint)
        && System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(start) <= LongestBlobHeader
        && start[sizeof(uint)..].StartsWith("\n\tOSMHeader"u8);

    private static GdalFormat OpenStreetMap(string name, string extension) => new(name, extension, ["OSM"])
    {
        FixedLayers = ["points", "lines", "multilinestrings", "multipolygons", "other_relations"],
    };
}
