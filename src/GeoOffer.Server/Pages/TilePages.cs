using GeoOffer.Query.Catalogue;
using GeoOffer.Server.Features;
using GeoOffer.Server.Http;
using GeoOffer.Server.Tiles;
using GeoOffer.Storage.Tiles;

namespace GeoOffer.Server.Pages;

/// <summary>The tiles of a collection as pages for people: what they are, and what to write into a map program.</summary>
internal static class TilePages
{
    /// <summary>The tilesets of a collection.</summary>
    public static Task ListAsync(HttpContext context, Collection collection)
    {
        var page = Begin(context, collection, Say(context, "tasselli", "tiles"));
        return page
            .Paragraph(page.Say(
                "La collezione tagliata in tasselli vettoriali, per mappe che si muovono veloci anche con molti elementi. C'è un insieme:",
                "The collection cut into vector tiles, for maps that move fast however many features there are. There is one tileset:"))
            .Links((TileSetDocument.Address(context.Request, collection), TileMatrixSetDocument.Id, page.Say(
                "nella griglia delle mappe in rete (EPSG:3857)", "in the grid of web maps (EPSG:3857)")))
            .SendAsync();
    }

    /// <summary>A tileset.</summary>
    /// <param name="context">The request.</param>
    /// <param name="collection">The collection as the caller knows it.</param>
    /// <param name="zooms">The zooms that have tiles.</param>
    public static Task TileSetAsync(HttpContext context, Collection collection, TileZooms zooms)
    {
        var address = TileSetDocument.Address(context.Request, collection);
        var page = Begin(context, collection, TileMatrixSetDocument.Id, (TileSetDocument.ListAddress(context.Request, collection), Say(context, "tasselli", "tiles")));
        return page
            .Paragraph(page.Say(
                $"Tasselli vettoriali (MVT) con un solo livello, di nome {collection.Id}. Gli zoom vanno da {zooms.Least} a {zooms.Greatest}; più vicino, la mappa ingrandisce gli ultimi.",
                $"Vector tiles (MVT) with a single layer, of the name {collection.Id}. Zooms are {zooms.Least} to {zooms.Greatest}; closer up, the map enlarges the last."))
            .Paragraph(page.Say(
                "Dove ci sono troppi elementi per un tassello i più piccoli si uniscono, e feature_count dice quanti sono. I filtri sono quelli degli elementi.",
                "Where there are too many features for a tile the smallest become one, and feature_count says how many they are. Filters are those of features."))
            .Heading(page.Say("In un programma di mappe", "In a map program"))
            .Table([], [
                [Page.Text(page.Say("QGIS: nuova connessione generica di tasselli vettoriali", "QGIS: new generic connection of vector tiles")), Code($"{address}/{{z}}/{{y}}/{{x}}")],
                [Page.Text(page.Say("MapLibre, OpenLayers: TileJSON", "MapLibre, OpenLayers: TileJSON")), Code($"{address}?f=tilejson")],
                [Page.Text(page.Say("con un filtro", "with a filter")), Code($"{address}/{{z}}/{{y}}/{{x}}?filter={collection.Key.Name}%20LIKE%20'A%25'")],
            ])
            .Links((TileMatrixSetDocument.Address(context.Request), page.Say("la griglia", "the grid"), null))
            .Heading(page.Say("Proprietà", "Properties"))
            .Table(
                [page.Say("nome", "name"), page.Say("titolo", "title"), page.Say("unità", "unit")],
                collection.Properties.Select(property => (string[])
                    [$"<code>{Page.Text(property.Name)}</code>", Page.Text(property.Title.For(page.Language)), Page.Text(RowText.Unit(property.Unit) ?? "")]))
            .Formats(new Link($"{address}?f=json", "alternate", MediaTypes.Json, "JSON"), new Link($"{address}?f=tilejson", "alternate", TileEndpoints.TileJson, "TileJSON"))
            .SendAsync();
    }

    private static Page Begin(HttpContext context, Collection collection, string title, params (string Address, string Title)[] above)
    {
        var name = collection.Title.For(RequestLanguage.Of(context.Request));
        return new Page(
            context,
            $"{name}: {title}",
            [FeaturePages.Root(context), FeaturePages.Collections(context), (CollectionDocument.Address(context.Request, collection), name), .. above]);
    }

    private static string Code(string address) => $"<code>{Page.Text(address)}</code>";

    private static string Say(HttpContext context, string it, string en) => RequestLanguage.Of(context.Request) == Language.It ? it : en;
}
