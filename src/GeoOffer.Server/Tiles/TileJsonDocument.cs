using System.Text.Json;
using GeoOffer.PostGis.Tiles;
using GeoOffer.Query.Catalogue;
using GeoOffer.Server.Http;
using GeoOffer.Storage.Tiles;

namespace GeoOffer.Server.Tiles;

/// <summary>Describes the tiles of a collection to map libraries (TileJSON 3.0.0).</summary>
internal static class TileJsonDocument
{
    /// <summary>Writes the description.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="request">The request.</param>
    /// <param name="collection">The collection as the caller knows it.</param>
    /// <param name="zooms">The zooms that have tiles.</param>
    public static void Write(Utf8JsonWriter json, HttpRequest request, Collection collection, TileZooms zooms)
    {
        var language = RequestLanguage.Of(request);
        json.WriteStartObject();
        json.WriteString("tilejson"u8, "3.0.0"u8);
        json.WriteString("name"u8, collection.Title.For(language));
        json.WriteString("description"u8, collection.Description.For(language));
        if (Attribution(collection.Attribution) is { } attribution)
        {
            json.WriteString("attribution"u8, attribution);
        }

        json.WriteString("scheme"u8, "xyz"u8);
        json.WriteStartArray("tiles"u8);

        // The row comes first in OGC API - Tiles; the names tell map libraries.
        json.WriteStringValue($"{TileSetDocument.Address(request, collection)}/{{z}}/{{y}}/{{x}}");
        json.WriteEndArray();
        json.WriteNumber("minzoom"u8, zooms.Least);
        json.WriteNumber("maxzoom"u8, zooms.Greatest);
        if (collection.Extent is { CrossesAntimeridian: false } box)
        {
            json.WriteStartArray("bounds"u8);
            foreach (var edge in (ReadOnlySpan<double>)[box.West, Inside(box.South), box.East, Inside(box.North)])
            {
                json.WriteNumberValue(edge);
            }

            json.WriteEndArray();
        }

        json.WriteStartArray("vector_layers"u8);
        json.WriteStartObject();
        json.WriteString("id"u8, collection.Id);
        json.WriteString("description"u8, collection.Title.For(language));
        json.WriteNumber("minzoom"u8, zooms.Least);
        json.WriteNumber("maxzoom"u8, zooms.Greatest);
        json.WriteStartObject("fields"u8);
        json.WriteString(collection.Key.Name, "String"u8);
        foreach (var property in collection.Properties.Where(property => property.Name != collection.Key.Name))
        {
            json.WriteString(property.Name, property.Type switch
            {
                PropertyType.Integer or PropertyType.Number => "Number",
                PropertyType.Boolean => "Boolean",
                _ => "String",
            });
        }

        if (collection.Find(TileLayer.CountName) is null)
        {
            json.WriteString(TileLayer.CountName, "Number"u8);
        }

        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static string? Attribution(Attribution attribution) => (attribution.Source, attribution.Licence) switch
    {
        (null, null) => null,
        (null, { } licence) => licence,
        ({ } source, null) => source,
        ({ } source, { } licence) => $"{source} ({licence})",
    };

    private static double Inside(double latitude) => Math.Clamp(latitude, -TileFrame.LastLatitude, TileFrame.LastLatitude);
}
