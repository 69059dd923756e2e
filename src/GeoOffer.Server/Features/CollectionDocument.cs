using System.Text.Json;
using GeoOffer.Query.Catalogue;
using GeoOffer.Query.Crs;
using GeoOffer.Server.Exporting;
using GeoOffer.Server.Http;
using GeoOffer.Server.Tiles;
using GeoOffer.Storage.Tiles;

namespace GeoOffer.Server.Features;

/// <summary>Describes a collection (OGC API - Features Part 1, 7.13 and 7.14); in the list and alone it is the same.</summary>
internal static class CollectionDocument
{
    private const string Relations = "http://www.opengis.net/def/rel/ogc/1.0/";

    private static readonly string Crs84 = CoordinateSystems.Crs84.Uri;

    /// <summary>The address of a collection.</summary>
    public static string Address(HttpRequest request, Collection collection) =>
        $"{BaseAddress.Of(request)}/ogc/collections/{Uri.EscapeDataString(collection.Id)}";

    public static void Write(Utf8JsonWriter json, HttpRequest request, Collection collection)
    {
        var language = RequestLanguage.Of(request);
        json.WriteStartObject();
        json.WriteString("id"u8, collection.Id);
        json.WriteString("title"u8, collection.Title.For(language));
        json.WriteString("description"u8, collection.Description.For(language));
        if (collection.Attribution.Source is { } source)
        {
            json.WriteString("attribution"u8, source);
        }

        WriteExtent(json, collection);
        json.WriteString("itemType"u8, "feature"u8);
        json.WriteStartArray("crs"u8);
        json.WriteStringValue(Crs84);
        if (collection.Geometry is not null)
        {
            foreach (var system in CoordinateSystems.Known)
            {
                json.WriteStringValue(system.Uri);
            }
        }

        json.WriteEndArray();
        if (collection.Geometry is { } geometry)
        {
            // Stored coordinates are x east, y north.
            json.WriteString("storageCrs"u8, geometry.Srid == CoordinateSystems.Crs84.Srid ? Crs84 : CoordinateSystems.Get(geometry.Srid).Uri);
        }

        json.WriteLinks(Links(request, collection));
        json.WriteEndObject();
    }

    private static void WriteExtent(Utf8JsonWriter json, Collection collection)
    {
        if (collection.Extent is not { } box)
        {
            return;
        }

        json.WriteStartObject("extent"u8);
        json.WriteStartObject("spatial"u8);
        json.WriteStartArray("bbox"u8);
        json.WriteStartArray();
        foreach (var edge in (ReadOnlySpan<double>)[box.West, box.South, box.East, box.North])
        {
            json.WriteNumberValue(edge);
        }

        json.WriteEndArray();
        json.WriteEndArray();
        json.WriteString("crs"u8, Crs84);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static IEnumerable<Link> Links(HttpRequest request, Collection collection)
    {
        var address = Address(request, collection);
        yield return new Link(address, "self", MediaTypes.Json);
        yield return new Link(address + "?f=html", "alternate", MediaTypes.Html, "HTML");
        yield return new Link(address + "/items", "items", MediaTypes.GeoJson, "GeoJSON");
        foreach (var link in ItemsLinks.Formats.Where(format => format.Name != "geojson"))
        {
            yield return new Link($"{address}/items?f={link.Name}", "items", link.Type, link.Title);
        }

        foreach (var use in Enum.GetValues<SchemaUse>())
        {
            var path = SchemaDocument.Path(use);
            yield return new Link($"{address}/{path}", Relations + path, SchemaDocument.MediaType);
        }

        if (TileZooms.Of(collection) is not null)
        {
            yield return new Link(TileSetDocument.ListAddress(request, collection), Relations + "tilesets-vector", MediaTypes.Json);
        }

        var metadata = new Link($"{BaseAddress.Of(request)}/api/metadata/{Uri.EscapeDataString(collection.Id)}", "describedby", "application/xml");
        yield return metadata;
        foreach (var file in ExportEndpoint.Links(request, collection))
        {
            yield return file;
        }

        if (collection.Attribution.Licence is { } licence)
        {
            // A licence that is told by its name alone leads to the metadata, which repeat it.
            yield return Uri.TryCreate(licence, UriKind.Absolute, out var terms) && terms.Scheme is "http" or "https"
                ? new Link(terms.AbsoluteUri, "license", "text/html", licence)
                : metadata with { Rel = "license", Title = licence };
        }
    }
}
