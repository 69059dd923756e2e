using System.Collections.Immutable;
using GeoOffer.Query.Catalogue;
using GeoOffer.Server.Description;
using GeoOffer.Server.Formats;
using GeoOffer.Server.Http;

namespace GeoOffer.Server.Features;

/// <summary>The links of pages of features and of single ones (OGC API - Features Part 1, 7.15.7 and 7.16.2): itself, the same in every other format, what is around it.</summary>
internal static class ItemsLinks
{
    private const string Alternate = "alternate";

    /// <summary>The formats of a single feature; pages are files too.</summary>
    private static readonly ImmutableArray<(string Name, string Type, string Title)> OfOne =
        [("geojson", MediaTypes.GeoJson, "GeoJSON"), (MediaTypes.JsonFgName, MediaTypes.GeoJson, "JSON-FG"), ("html", MediaTypes.Html, "HTML")];

    /// <summary>The formats of a page.</summary>
    public static ImmutableArray<(string Name, string Type, string Title)> Formats { get; } =
        [.. OfOne, .. ItemsFile.Formats.Select(format => (format.Code, format.MediaType, format.Name))];

    /// <summary>The links of a page.</summary>
    /// <param name="context">The request.</param>
    /// <param name="collection">The collection.</param>
    /// <param name="form">How GeoJSON is written.</param>
    /// <param name="next">The cursor of the page that follows; null where there is none.</param>
    public static List<Link> OfPage(HttpContext context, Collection collection, FeatureForm form, string? next)
    {
        var address = CollectionDocument.Address(context.Request, collection);
        List<Link> links = [.. Around(context, $"{address}/items", address, form, Formats)];
        if (next is not null)
        {
            links.Add(new(NextAddress(context, collection, next), "next", context.Checked().MediaType));
        }

        return links;
    }

    /// <summary>The links of a feature.</summary>
    public static List<Link> OfFeature(HttpContext context, Collection collection, string key, FeatureForm form)
    {
        var address = CollectionDocument.Address(context.Request, collection);
        return [.. Around(context, $"{address}/items/{Uri.EscapeDataString(key)}", address, form, OfOne)];
    }

    /// <summary>The address of the page that starts at a cursor.</summary>
    public static string NextAddress(HttpContext context, Collection collection, string cursor) =>
        $"{CollectionDocument.Address(context.Request, collection)}/items{RequestQuery.ToText(ItemsRequest.Next(context.Checked().Query, cursor))}";

    /// <summary>The formats beside one, as people choose them.</summary>
    public static IEnumerable<Link> Alternates(HttpContext context, string address, string but, bool isSingle = false) =>
        Alternates(context, address, but, isSingle ? OfOne : Formats);

    /// <summary>Puts links into the header, where their number matters to proxies: without those to other formats.</summary>
    public static void Announce(HttpContext context, IEnumerable<Link> links) =>
        context.Response.Headers.Link = links.Where(link => link.Rel != Alternate).Select(link => link.ToHeader()).ToArray();

    private static IEnumerable<Link> Around(
        HttpContext context, string address, string collection, FeatureForm form, IEnumerable<(string Name, string Type, string Title)> formats)
    {
        var (query, mediaType) = context.Checked();
        yield return new Link(address + RequestQuery.ToText(query.Parameters), "self", mediaType);
        var file = ItemsFile.Formats.FirstOrDefault(format => format.MediaType == mediaType);
        if (file is null)
        {
            yield return form.ProfileLink();
        }

        yield return new Link(collection, "collection", MediaTypes.Json);
        var own = file?.Code ?? (form.IsJsonFg() ? MediaTypes.JsonFgName : form == FeatureForm.GeoJson ? "geojson" : null);
        foreach (var link in Alternates(context, address, own, formats))
        {
            yield return link;
        }
    }

    private static IEnumerable<Link> Alternates(
        HttpContext context, string address, string? but, IEnumerable<(string Name, string Type, string Title)> formats)
    {
        var kept = context.Checked().Query.Parameters.Where(parameter => parameter.Key != OperationParameter.Format.Name && parameter.Key != FeatureForms.Profile).ToList();
        return formats
            .Where(format => format.Name != but)
            .Select(format => new Link(
                address + RequestQuery.ToText(kept.Append(new(OperationParameter.Format.Name, format.Name))), Alternate, format.Type, format.Title));
    }
}
