using System.Text.Json;
using GeoOffer.PostGis.Tiles;
using GeoOffer.Server.Http;

namespace GeoOffer.Server.Tiles;

/// <summary>WebMercatorQuad, the tile matrix set of all tiles (OGC 17-083r4, annex D.1; JSON after annex B).</summary>
internal static class TileMatrixSetDocument
{
    public const string Id = "WebMercatorQuad";
    public const string Title = "Google Maps Compatible for the World";
    public const string Uri = "http://www.opengis.net/def/tilematrixset/OGC/1.0/WebMercatorQuad";
    public const string Crs = "http://www.opengis.net/def/crs/EPSG/0/3857";

    private const double Edge = 20037508.342789244;
    private const int PixelsOfTile = 256;

    // OGC 17-083r4, 6.1.1.1.
    private const double StandardPixelMetres = 0.00028;

    /// <summary>The address of the document.</summary>
    public static string Address(HttpRequest request) => $"{BaseAddress.Of(request)}/ogc/tileMatrixSets/{Id}";

    /// <summary>The list of tile matrix sets.</summary>
    public static void WriteList(Utf8JsonWriter json, HttpRequest request)
    {
        json.WriteStartObject();
        json.WriteStartArray("tileMatrixSets"u8);
        json.WriteStartObject();
        json.WriteString("id"u8, Id);
        json.WriteString("title"u8, Title);
        json.WriteString("uri"u8, Uri);
        json.WriteString("crs"u8, Crs);
        json.WriteLinks(new Link(Address(request), "self", MediaTypes.Json));
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteLinks(new Link($"{BaseAddress.Of(request)}/ogc/tileMatrixSets", "self", MediaTypes.Json));
        json.WriteEndObject();
    }

    /// <summary>The tile matrix set.</summary>
    public static void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("id"u8, Id);
        json.WriteString("title"u8, Title);
        json.WriteString("uri"u8, Uri);
        json.WriteString("crs"u8, Crs);
        json.WriteStartArray("orderedAxes"u8);
        json.WriteStringValue("X"u8);
        json.WriteStringValue("Y"u8);
        json.WriteEndArray();
        json.WriteString("wellKnownScaleSet"u8, "http://www.opengis.net/def/wkss/OGC/1.0/GoogleMapsCompatible"u8);
        json.WriteStartArray("tileMatrices"u8);
        for (var zoom = 0; zoom <= TileAddress.DeepestZoom; zoom++)
        {
            WriteMatrix(json, zoom);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteMatrix(Utf8JsonWriter json, int zoom)
    {
        var cellMetres = 2 * Edge / PixelsOfTile / (1 << zoom);
        json.WriteStartObject();
        json.WriteString("id"u8, $"{zoom}");
        json.WriteNumber("scaleDenominator"u8, cellMetres / StandardPixelMetres);
        json.WriteNumber("cellSize"u8, cellMetres);
        json.WriteString("cornerOfOrigin"u8, "topLeft"u8);
        json.WriteStartArray("pointOfOrigin"u8);
        json.WriteNumberValue(-Edge);
        json.WriteNumberValue(Edge);
        json.WriteEndArray();
        json.WriteNumber("tileWidth"u8, PixelsOfTile);
        json.WriteNumber("tileHeight"u8, PixelsOfTile);
        json.WriteNumber("matrixWidth"u8, 1 << zoom);
        json.WriteNumber("matrixHeight"u8, 1 << zoom);
        json.WriteEndObject();
    }
}
