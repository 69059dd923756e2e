using System.Text.Json;
using GeoOffer.PostGis.Tiles;
using GeoOffer.Query.Catalogue;
using GeoOffer.Query.Crs;
using GeoOffer.Server.Features;
using GeoOffer.Server.Http;
using GeoOffer.Storage.Tiles;

namespace GeoOffer.Server.Tiles;

/// <summary>Describes the tiles of a collection (OGC 20-057, clauses 8 and 9; OGC 17-083r4, clause 7).</summary>
internal static class TileSetDocument
{
    private const string TilingScheme = "http://www.opengis.net/def/rel/ogc/1.0/tiling-scheme";

    /// <summary>The address of the tilesets of a collection.</summary>
    public static string ListAddress(HttpRequest request, Collection collection) => $"{CollectionDocument.Address(request, collection)}/tiles";

    /// <summary>The address of its one tileset.</summary>
    public static string Address(HttpRequest request, Collection collection) => $"{ListAddress(request, collection)}/{TileMatrixSetDocument.Id}";

    /// <summary>The list of tilesets, of one member.</summary>
    public static void WriteList(Utf8JsonWriter json, HttpRequest request, Collection collection)
    {
        json.WriteStartObject();
        json.WriteStartArray("tilesets"u8);
        json.WriteStartObject();
        WriteHead(json, request, collection);
        json.WriteLinks(
            new Link(Address(request, collection), "self", MediaTypes.Json),
            new Link(TileMatrixSetDocument.Address(request), TilingScheme, MediaTypes.Json),
            Template(request, collection));
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteLinks(
            new Link(ListAddress(request, collection), "self", MediaTypes.Json),
            new Link(CollectionDocument.Address(request, collection), "collection", MediaTypes.Json));
        json.WriteEndObject();
    }

    /// <summary>The tileset.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="request">The request.</param>
    /// <param name="collection">The collection as the caller knows it.</param>
    /// <param name="zooms">The zooms that have tiles.</param>
    public static void Write(Utf8JsonWriter json, HttpRequest request, Collection collection, TileZooms zooms)
    {
        json.WriteStartObject();
        WriteHead(json, request, collection);
        json.WriteString("description"u8, collection.Description.For(RequestLanguage.Of(request)));
        if (collection.Attribution.Source is { } source)
        {
            json.WriteString("attribution"u8, source);
        }

        if (collection.Attribution.Licence is { } licence)
        {
            json.WriteString("license"u8, licence);
        }

        json.WriteStartArray("mediaTypes"u8);
        json.WriteStringValue(TileEndpoints.Mvt);
        json.WriteEndArray();
        if (collection.Extent is { CrossesAntimeridian: false } box)
        {
            WriteExtent(json, box, zooms);
        }

        WriteLayer(json, request, collection, zooms);
        json.WriteLinks(
            new Link(Address(request, collection), "self", MediaTypes.Json),
            new Link(Address(request, collection) + "?f=tilejson", "describedby", TileEndpoints.TileJson, "TileJSON"),
            new Link(TileMatrixSetDocument.Address(request), TilingScheme, MediaTypes.Json),
            new Link(CollectionDocument.Address(request, collection), "geodata", MediaTypes.Json),
            Template(request, collection));
        json.WriteEndObject();
    }

    private static Link Template(HttpRequest request, Collection collection) =>
        new($"{Address(request, collection)}/{{tileMatrix}}/{{tileRow}}/{{tileCol}}", "item", TileEndpoints.Mvt) { IsTemplated = true };

    private static void WriteHead(Utf8JsonWriter json, HttpRequest request, Collection collection)
    {
        json.WriteString("title"u8, collection.Title.For(RequestLanguage.Of(request)));
        json.WriteString("dataType"u8, "vector"u8);
        json.WriteString("crs"u8, TileMatrixSetDocument.Crs);
        json.WriteString("tileMatrixSetId"u8, TileMatrixSetDocument.Id);
        json.WriteString("tileMatrixSetURI"u8, TileMatrixSetDocument.Uri);
    }

    private static void WriteExtent(Utf8JsonWriter json, BoundingBox box, TileZooms zooms)
    {
        json.WriteStartObject("boundingBox"u8);
        Corner("lowerLeft", box.West, box.South);
        Corner("upperRight", box.East, box.North);
        json.WriteString("crs"u8, CoordinateSystems.Crs84.Uri);
        json.WriteEndObject();
        json.WriteStartArray("tileMatrixSetLimits"u8);
        for (var zoom = zooms.Least; zoom <= zooms.Greatest; zoom++)
        {
            var limits = TileLimits.Of(box, zoom);
            json.WriteStartObject();
            json.WriteString("tileMatrix"u8, $"{zoom}");
            json.WriteNumber("minTileRow"u8, limits.FirstRow);
            json.WriteNumber("maxTileRow"u8, limits.LastRow);
            json.WriteNumber("minTileCol"u8, limits.FirstColumn);
            json.WriteNumber("maxTileCol"u8, limits.LastColumn);
            json.WriteEndObject();
        }

        json.WriteEndArray();

        void Corner(string name, double x, double y)
        {
            json.WriteStartArray(name);
            json.WriteNumberValue(x);
            json.WriteNumberValue(y);
            json.WriteEndArray();
        }
    }

    private static void WriteLayer(Utf8JsonWriter json, HttpRequest request, Collection collection, TileZooms zooms)
    {
        json.WriteStartArray("layers"u8);
        json.WriteStartObject();
        json.WriteString("id"u8, collection.Id);
        json.WriteString("title"u8, collection.Title.For(RequestLanguage.Of(request)));
        json.WriteString("dataType"u8, "vector"u8);
        json.WriteString("minTileMatrix"u8, $"{zooms.Least}");
        json.WriteString("maxTileMatrix"u8, $"{zooms.Greatest}");
        if (collection.Geometry!.Types.Dimension() is { } dimension)
        {
            json.WriteNumber("geometryDimension"u8, dimension);
        }

        json.WriteStartObject("propertiesSchema"u8);
        json.WriteString("type"u8, "object"u8);
        json.WriteStartObject("properties"u8);
        foreach (var property in collection.Properties)
        {
            json.WriteStartObject(property.Name);
            json.WriteString("title"u8, property.Title.For(RequestLanguage.Of(request)));
            json.WriteString("type"u8, property.Type switch
            {
                PropertyType.Integer => "integer",
                PropertyType.Number => "number",
                PropertyType.Boolean => "boolean",
                _ => "string",
            });
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndArray();
    }
}

/// <summary>The tiles of a zoom that a box meets.</summary>
internal readonly record struct TileLimits(int FirstColumn, int LastColumn, int FirstRow, int LastRow)
{
    public static TileLimits Of(BoundingBox box, int zoom)
    {
        var world = new TileFrame(new TileAddress(0, 0, 0));
        return new TileLimits(Index(world.X(box.West)), Index(world.X(box.East)), Index(world.Y(box.North)), Index(world.Y(box.South)));

        int Index(double units) => (int)Math.Clamp(Math.Floor(Math.ScaleB(units / TileFrame.Extent, zoom)), 0, (1 << zoom) - 1);
    }
}
