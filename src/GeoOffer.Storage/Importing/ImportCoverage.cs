using System.Globalization;
using GeoOffer.Storage.Importing.Reading;
using NetTopologySuite.Geometries;
using NetTopologySuite.Operation.Union;

namespace GeoOffer.Storage.Importing;

/// <summary>Where a layer is complete: outside it a fact of a site is unknown, not zero.</summary>
public abstract record ImportCoverage
{
    private ImportCoverage()
    {
    }

    /// <summary>The extent of the region.</summary>
    public static ImportCoverage Region { get; } = new OfRegion();

    /// <summary>The polygons of the features themselves.</summary>
    public static ImportCoverage Features { get; } = new OfFeatures();

    /// <summary>Nowhere.</summary>
    public static ImportCoverage None { get; } = new OfNothing();

    /// <summary>
    /// Reads <c>region</c>, <c>features</c>, <c>none</c>, <c>bbox:west,south,east,north</c>, or the path of a GeoJSON file with polygons.
    /// </summary>
    /// <exception cref="ImportRequestException">It is none of these.</exception>
    public static async Task<ImportCoverage> ParseAsync(string text, CancellationToken cancellationToken = default) => text switch
    {
        "region" => Region,
        "features" => Features,
        "none" => None,
        _ when text.StartsWith("bbox:", StringComparison.Ordinal) => new Area(ParseBox(text)),
        _ => new Area(await ReadPolygonsAsync(text, cancellationToken)),
    };

    private static Polygon ParseBox(string text)
    {
        var edges = text["bbox:".Length..].Split(',')
            .Select(edge => double.TryParse(edge, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : double.NaN)
            .ToArray();
        if (edges is not [>= -180 and var west, >= -90 and var south, <= 180 and var east, <= 90 and var north]
            || west >= east
            || south >= north)
        {
            throw new ImportRequestException(
                "coverage",
                $"'{text}' is no box; expected bbox:west,south,east,north in degrees, such as bbox:8.4,44.6,11.5,46.7");
        }

        return (Polygon)new GeometryFactory(new PrecisionModel(), 4326).ToGeometry(new Envelope(west, east, south, north));
    }

    private static async Task<Geometry> ReadPolygonsAsync(string path, CancellationToken cancellationToken)
    {
        if (!File.Exists(path))
        {
            throw new ImportRequestException(
                "coverage",
                $"'{path}' is no file; expected region, features, none, bbox:west,south,east,north or a GeoJSON file");
        }

        var polygons = new List<Geometry>();
        try
        {
            await using var stream = await ImportFile.FromPath(path).OpenAsync(cancellationToken);
            await foreach (var row in new GeoJsonReader().ReadAsync(stream, cancellationToken))
            {
                polygons.Add(row.Geometry is Polygon or MultiPolygon && row.Geometry.IsValid && Lies(row.Geometry.EnvelopeInternal)
                    ? row.Geometry
                    : throw new ImportRequestException(
                        "coverage", $"'{path}' holds at {row.Place} no valid polygon in longitude and latitude"));
            }
        }
        catch (UnreadableFileException exception)
        {
            throw new ImportRequestException("coverage", $"'{path}' cannot be read: {exception.Fault.Reason}");
        }

        return polygons.Count > 0
            ? UnaryUnionOp.Union(polygons)
            : throw new ImportRequestException("coverage", $"'{path}' holds no polygon");
    }

    private static bool Lies(Envelope box) => box is { MinX: >= -180, MinY: >= -90, MaxX: <= 180, MaxY: <= 90 };

    internal sealed record OfRegion : ImportCoverage;

    internal sealed record OfFeatures : ImportCoverage;

    internal sealed record OfNothing : ImportCoverage;

    /// <summary>A polygon.</summary>
    /// <param name="Geometry">Polygon or MultiPolygon in EPSG:4326, x east.</param>
    public sealed record Area(Geometry Geometry) : ImportCoverage;
}
