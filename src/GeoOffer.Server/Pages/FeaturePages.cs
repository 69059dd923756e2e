using System.Globalization;
using GeoOffer.Query.Catalogue;
using GeoOffer.Server.Exporting;
using GeoOffer.Server.Features;
using GeoOffer.Server.Http;
using GeoOffer.Server.Tiles;
using GeoOffer.Storage.Reading;
using GeoOffer.Storage.Tiles;
using NetTopologySuite.Geometries;

namespace GeoOffer.Server.Pages;

/// <summary>Collections and features as pages for people (OGC API - Features Part 1, 8.2).</summary>
internal static class FeaturePages
{
    private const int ColumnsOfList = 6;

    /// <summary>Where it starts.</summary>
    public static Task LandingAsync(HttpContext context, IEnumerable<Link> links)
    {
        var page = new Page(context, "OGC API - Features");
        return page
            .Paragraph(page.Say(
                "Ciò che la regione offre a chi investe, come elementi geografici.", "What the region offers to investors, as geographic features."))
            .Links(links.Where(link => link.Rel is not ("self" or "alternate")).Select(link => (link.Href, link.Title ?? link.Rel, (string?)null)))
            .Paragraph(page.Say(
                "In QGIS: Livello, Aggiungi livello, WFS / OGC API - Features, con questo indirizzo:",
                "In QGIS: Layer, Add Layer, WFS / OGC API - Features, with this address:"))
            .Raw($"<p><code>{Page.Text(Root(context).Address)}</code></p>")
            .SendAsync();
    }

    /// <summary>The classes that are served.</summary>
    public static Task ConformanceAsync(HttpContext context)
    {
        var isItalian = RequestLanguage.Of(context.Request) == Language.It;
        var page = new Page(context, isItalian ? "Classi di conformità" : "Conformance classes", Root(context));
        return page
            .Paragraph(page.Say("Le parti degli standard OGC che il servizio rispetta.", "The parts of OGC standards that the service keeps to."))
            .Links(ConformanceClasses.All.Select(name => (name, name, (string?)null))).SendAsync();
    }

    /// <summary>All collections.</summary>
    public static Task CollectionsAsync(HttpContext context, IEnumerable<Collection> collections)
    {
        var page = new Page(context, RequestLanguage.Of(context.Request) == Language.It ? "Collezioni" : "Collections", Root(context));
        return page.Links(collections.Select(collection => (
            CollectionDocument.Address(context.Request, collection), collection.Title.For(page.Language), (string?)collection.Description.For(page.Language)))).SendAsync();
    }

    /// <summary>One collection.</summary>
    public static Task CollectionAsync(HttpContext context, Collection collection)
    {
        var language = RequestLanguage.Of(context.Request);
        var address = CollectionDocument.Address(context.Request, collection);
        var page = new Page(context, collection.Title.For(language), Root(context), Collections(context));
        page.Paragraph(collection.Description.For(language))
            .Links(
                [($"{address}/items", page.Say("gli elementi, con la mappa", "the features, with a map"), null),
                .. TileZooms.Of(collection) is null
                    ? Array.Empty<(string, string, string?)>()
                    : [(TileSetDocument.ListAddress(context.Request, collection), page.Say("tasselli per le mappe", "tiles for maps"), null)],
                .. Enum.GetValues<SchemaUse>().Select(use => ($"{address}/{SchemaDocument.Path(use)}", SchemaPages.Title(context, use), (string?)null))])
            .Heading(page.Say("Tutto in un file", "All in a file"))
            .Links(ExportEndpoint.Links(context.Request, collection).Select(link => (link.Href, link.Title!, (string?)null)));
        var (source, licence, asOf) = collection.Attribution;
        var origin = new (string Name, string? Value)[]
        {
            (page.Say("fonte", "source"), source), (page.Say("licenza", "licence"), licence),
            (page.Say("situazione al", "as of"), asOf?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
        };
        return page
            .Table([], origin.Where(row => row.Value is not null).Select(row => (string[])[Page.Text(row.Name), Page.Text(row.Value!)]))
            .Heading(page.Say("Proprietà", "Properties"))
            .Table(
                [page.Say("nome", "name"), page.Say("titolo", "title"), page.Say("unità", "unit")],
                collection.Properties.Select(property => (string[])
                    [$"<code>{Page.Text(property.Name)}</code>", Page.Text(property.Title.For(language)), Page.Text(RowText.Unit(property.Unit) ?? "")]))
            .SendAsync();
    }

    /// <summary>A page of features.</summary>
    /// <param name="context">The request.</param>
    /// <param name="items">Which features.</param>
    /// <param name="rows">The rows, before the first.</param>
    /// <param name="next">The address of the page after a position.</param>
    public static async Task ItemsAsync(HttpContext context, ItemsPage items, RowCursor rows, Func<Query.Paging.Cursor, string> next)
    {
        var (stop, language) = (context.RequestAborted, RequestLanguage.Of(context.Request));
        var collection = items.Query.Collection;
        var address = CollectionDocument.Address(context.Request, collection);
        var features = new List<(Geometry? Geometry, string Title, string Address)>();
        var table = new List<string[]>();
        string? following = null;
        var page = new Page(context, collection.Title.For(language), Root(context), Collections(context), (address, collection.Title.For(language)));
        var shown = Enumerable.Range(0, rows.Columns.Properties.Length)
            .Where(index => IsOfList(rows.Columns.Properties[index].Name, collection, language))
            .Take(ColumnsOfList)
            .ToList();
        while (await rows.ReadAsync(stop))
        {
            if (features.Count == items.Query.Limit)
            {
                break;
            }

            var feature = $"{address}/items/{Uri.EscapeDataString(rows.Key)}";
            features.Add((rows.Geometry?.ToGeometry(), NameOf(rows, language) is { } name ? $"{rows.Key} – {name}" : rows.Key, feature));
            table.Add([$"<a href=\"{Page.Text(page.Here(feature))}\">{Page.Text(rows.Key)}</a>", .. shown.Select(index => Page.Text(RowText.Of(rows, index, language) ?? ""))]);
            following = features.Count == items.Query.Limit ? next(rows.Position(items.Query)) : null;
        }

        page.Raw(FeatureMap.Draw(features.ConvertAll(feature => feature with { Address = page.Here(feature.Address) }), page.Say("mappa degli elementi", "map of the features")))
            .Table([page.Say("elemento", "feature"), .. shown.Select(index => rows.Columns.Properties[index].Title.For(language))], table)
            .Formats(ItemsLinks.Alternates(context, $"{address}/items", "html"));
        page.Paragraph(features.Count == 0
            ? page.Say("Nessun elemento.", "No features.")
            : page.Say($"Elementi in questa pagina: {features.Count}.", $"Features on this page: {features.Count}."));
        if (following is not null)
        {
            page.Links((following, page.Say("avanti", "next"), null));
        }

        await page.SendAsync();
    }

    /// <summary>One feature, the row that the cursor is at.</summary>
    public static Task FeatureAsync(HttpContext context, Collection collection, RowCursor row)
    {
        var address = CollectionDocument.Address(context.Request, collection);
        var language = RequestLanguage.Of(context.Request);
        var page = new Page(
            context, NameOf(row, language) is { } name ? $"{row.Key} – {name}" : row.Key, Root(context), Collections(context),
            (address, collection.Title.For(language)), ($"{address}/items", language == Language.It ? "elementi" : "features"));
        var feature = $"{address}/items/{Uri.EscapeDataString(row.Key)}";
        var properties = row.Columns.Properties.Select((property, index) => (property, Value: RowText.Of(row, index, page.Language))).Where(pair => pair.Value is not null);
        return page
            .Raw(FeatureMap.Draw([(row.Geometry?.ToGeometry(), row.Key, page.Here(feature))], page.Say("mappa dell'elemento", "map of the feature")))
            .Table([], properties.Select(pair => (string[])
                [Page.Text(pair.property.Title.For(page.Language)), Page.Text(pair.Value!)]))
            .Formats(ItemsLinks.Alternates(context, feature, "html", isSingle: true))
            .SendAsync();
    }

    /// <summary>Whether a property may be a column of a list: texts of another language and descriptions are for the page of the feature.</summary>
    private static bool IsOfList(string name, Collection collection, Language language) => name != collection.Key.Name
        && !name.EndsWith(language == Language.It ? "_en" : "_it", StringComparison.Ordinal)
        && !name.StartsWith("description", StringComparison.Ordinal);

    /// <summary>The name of a feature, in the language or at all; null where it has none.</summary>
    private static string? NameOf(RowCursor row, Language language)
    {
        string[] names = language == Language.It ? ["name_it", "name", "name_en"] : ["name_en", "name", "name_it"];
        return names
            .SelectMany(name => Enumerable.Range(0, row.Columns.Properties.Length).Where(index => row.Columns.Properties[index].Name == name))
            .Select(index => RowText.Of(row, index, language))
            .FirstOrDefault(name => name is not null);
    }

    /// <summary>The page that all are below.</summary>
    public static (string Address, string Title) Root(HttpContext context) => ($"{BaseAddress.Of(context.Request)}/ogc", "OGC API");

    /// <summary>The page of all collections.</summary>
    public static (string Address, string Title) Collections(HttpContext context) => (
        $"{BaseAddress.Of(context.Request)}/ogc/collections", RequestLanguage.Of(context.Request) == Language.It ? "collezioni" : "collections");
}
