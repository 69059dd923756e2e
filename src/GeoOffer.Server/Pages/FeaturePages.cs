using System.Globalization;
using GeoOffer.Query.Catalogue;
using GeoOffer.Server.Exporting;
using GeoOffer.Server.Features;
using GeoOffer.Server.Http;
using GeoOffer.Storage.Reading;
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
            .Links(links.Select(link => (link.Href, link.Title ?? link.Rel, (string?)null)))
            .SendAsync();
    }

    /// <summary>The classes that are served.</summary>
    public static Task ConformanceAsync(HttpContext context)
    {
        var page = new Page(context, "Conformance", Root(context));
        return page.Links(ConformanceClasses.All.Select(name => (name, name, (string?)null))).SendAsync();
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
                ($"{address}/items", page.Say("gli elementi", "the features"), null),
                ($"{address}/schema", page.Say("lo schema", "the schema"), null))
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
                    [Page.Text(property.Name), Page.Text(property.Title.For(language)), Page.Text(property.Unit ?? "")]))
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
        while (await rows.ReadAsync(stop))
        {
            if (features.Count == items.Query.Limit)
            {
                break;
            }

            var feature = $"{address}/items/{Uri.EscapeDataString(rows.Key)}";
            features.Add((rows.Geometry?.ToGeometry(), rows.Key, feature));
            var shown = Math.Min(rows.Columns.Properties.Length, ColumnsOfList);
            table.Add([$"<a href=\"{Page.Text(feature)}\">{Page.Text(rows.Key)}</a>", .. Enumerable.Range(0, shown).Select(index => Page.Text(RowText.Of(rows, index, language) ?? ""))]);
            following = features.Count == items.Query.Limit ? next(rows.Position(items.Query)) : null;
        }

        var page = new Page(context, collection.Title.For(language), Root(context), Collections(context), (address, collection.Id));
        page.Raw(FeatureMap.Draw(features))
            .Table(["", .. rows.Columns.Properties.Take(ColumnsOfList).Select(property => property.Title.For(language))], table);
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
        var page = new Page(
            context, row.Key, Root(context), Collections(context), (address, collection.Title.For(RequestLanguage.Of(context.Request))), ($"{address}/items", "…"));
        var properties = row.Columns.Properties.Select((property, index) => (property, Value: RowText.Of(row, index, page.Language))).Where(pair => pair.Value is not null);
        return page
            .Raw(FeatureMap.Draw([(row.Geometry?.ToGeometry(), row.Key, $"{address}/items/{Uri.EscapeDataString(row.Key)}")]))
            .Table([], properties.Select(pair => (string[])
            [
                Page.Text(pair.property.Title.For(page.Language)),
                Page.Text(pair.Value!),
                Page.Text(pair.property.Unit is null or "1" ? "" : pair.property.Unit),
            ]))
            .SendAsync();
    }

    private static (string Address, string Title) Root(HttpContext context) => ($"{BaseAddress.Of(context.Request)}/ogc", "OGC API");

    private static (string Address, string Title) Collections(HttpContext context) => (
        $"{BaseAddress.Of(context.Request)}/ogc/collections", RequestLanguage.Of(context.Request) == Language.It ? "collezioni" : "collections");
}
