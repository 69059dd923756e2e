using GeoOffer.Query.Catalogue;
using GeoOffer.Query.Crs;
using GeoOffer.Query.Paging;
using GeoOffer.Server.Formats;
using GeoOffer.Server.Http;
using GeoOffer.Server.Pages;
using GeoOffer.Server.Problems;
using GeoOffer.Server.Security;
using GeoOffer.Storage.Catalogues;
using GeoOffer.Storage.Exporting;
using GeoOffer.Storage.Reading;

namespace GeoOffer.Server.Features;

/// <summary>Features of a collection, page by page, and one by one.</summary>
internal static class ItemsEndpoint
{
    // A page of dense polygons ends before its limit.
    private const long MostBytesOfPage = 32 * 1024 * 1024;

    public const string ContentCrs = "Content-Crs";

    public static async Task ListAsync(
        HttpContext context, string collection, CatalogueSource catalogue, FeatureReader reader, Exporter exporter, CursorCodecSource cursors)
    {
        var stop = context.RequestAborted;
        if (await catalogue.FindAsync(collection, stop) is not { } found)
        {
            await CollectionLookup.Unknown(collection).ExecuteAsync(context);
            return;
        }

        var codec = await cursors.GetAsync(stop);
        var faults = new List<RequestFault>();
        if (ItemsRequest.Read(context.Checked().Query, found, context.Caller().Role, codec, faults) is not { } page)
        {
            await Problem.BadRequest(faults).ExecuteAsync(context);
            return;
        }

        context.Response.Headers[ContentCrs] = $"<{page.System.Uri}>";
        var state = await catalogue.DataVersionAsync(stop);
        if (EntityTags.IsKnown(context, EntityTags.Weak(context, state, context.Caller().Role)))
        {
            return;
        }

        if (page.IsCount)
        {
            await WriteCountAsync(context, page, await reader.CountAsync(page.Query, stop));
            return;
        }

        if (ItemsFile.Formats.FirstOrDefault(format => format.MediaType == context.Checked().MediaType) is { } file)
        {
            var end = await reader.EndAsync(page.Query, stop);
            context.Response.Headers.Link = Links(context, found, end is null ? null : codec.Encode(end, page.Query.Scope))
                .Select(link => (link with { Type = file.MediaType }).ToHeader()).ToArray();

            // Whoever writes meanwhile moves features in the page, never over the end that the next one starts from.
            await ItemsFile.WriteAsync(context, page with { Query = page.Query.EndingAt(end) }, file, exporter);
            return;
        }

        await using var rows = await reader.OpenAsync(page.Query, stop);
        if (context.Checked().MediaType == MediaTypes.Html)
        {
            await FeaturePages.ItemsAsync(context, page, rows, position => NextAddress(context, page.Query.Collection, codec.Encode(position, page.Query.Scope)));
            return;
        }

        context.Response.ContentType = context.Checked().MediaType;
        await ContentCoding.WriteAsync(context, body => WritePageAsync(context, body, page, rows, codec));
    }

    public static async Task SingleAsync(HttpContext context, string collection, string id, CatalogueSource catalogue, FeatureReader reader)
    {
        var stop = context.RequestAborted;
        if (await catalogue.FindAsync(collection, stop) is not { } found)
        {
            await CollectionLookup.Unknown(collection).ExecuteAsync(context);
            return;
        }

        var faults = new List<RequestFault>();
        var system = FeatureParameters.ReadSystem(context.Checked().Query, FeatureParameters.Crs, faults) ?? CoordinateSystems.Crs84;
        if (faults.Count > 0)
        {
            await Problem.BadRequest(faults).ExecuteAsync(context);
            return;
        }

        await using var rows = await reader.OpenSingleAsync(found, context.Caller().Role, id, stop);
        if (!await rows.ReadAsync(stop))
        {
            await Problem.NotFound("La collezione non contiene questo elemento.", "The collection has no such item.").ExecuteAsync(context);
            return;
        }

        if (context.Checked().MediaType == MediaTypes.Html)
        {
            await FeaturePages.FeatureAsync(context, found, rows);
            return;
        }

        context.Response.Headers[ContentCrs] = $"<{system.Uri}>";
        var address = CollectionDocument.Address(context.Request, found);
        await JsonBody.WriteTaggedAsync(context, context.Checked().MediaType, json =>
        {
            new FeatureJsonWriter(json, system).WriteOpenFeature(rows);
            json.WriteLinks(
                new Link($"{address}/items/{Uri.EscapeDataString(rows.Key)}{RequestQuery.ToText(context.Checked().Query.Parameters)}", "self", MediaTypes.GeoJson),
                new Link(address, "collection", MediaTypes.Json));
            json.WriteEndObject();
        });
    }

    private static async Task WritePageAsync(HttpContext context, Stream body, ItemsPage page, RowCursor rows, CursorCodec codec)
    {
        var stop = context.RequestAborted;
        var query = page.Query;
        await using var stream = new JsonStream(body);
        var json = stream.Json;
        json.WriteStartObject();
        json.WriteString("type"u8, "FeatureCollection"u8);
        json.WriteStartArray("features"u8);
        var features = new FeatureJsonWriter(json, page.System);
        var returned = 0;
        Cursor? end = null;
        var hasMore = await rows.ReadAsync(stop);
        while (hasMore && end is null)
        {
            features.WriteOpenFeature(rows);
            json.WriteEndObject();
            returned++;
            end = returned == query.Limit || stream.Length >= MostBytesOfPage ? rows.Position(query) : null;
            hasMore = await rows.ReadAsync(stop);
            await stream.BreatheAsync(stop);
        }

        json.WriteEndArray();
        var isWhole = !hasMore && query.After is null && (query.Offset == 0 || returned > 0);
        if (isWhole)
        {
            json.WriteNumber("numberMatched"u8, query.Offset + returned);
        }

        json.WriteNumber("numberReturned"u8, returned);
        json.WriteString("timeStamp"u8, DateTime.UtcNow);
        var links = Links(context, query.Collection, hasMore && end is not null ? codec.Encode(end, query.Scope) : null);
        json.WriteLinks(links);
        json.WriteEndObject();
        if (!stream.HasLeft)
        {
            context.Response.Headers.Link = links.Select(link => link.ToHeader()).ToArray();
        }

        await stream.CompleteAsync(stop);
    }

    private static Task WriteCountAsync(HttpContext context, ItemsPage page, long count) =>
        JsonBody.WriteAsync(context, context.Checked().MediaType, json =>
        {
            json.WriteStartObject();
            json.WriteString("type"u8, "FeatureCollection"u8);
            json.WriteStartArray("features"u8);
            json.WriteEndArray();
            json.WriteNumber("numberMatched"u8, count);
            json.WriteNumber("numberReturned"u8, 0);
            json.WriteString("timeStamp"u8, DateTime.UtcNow);
            json.WriteLinks(Links(context, page.Query.Collection, null));
            json.WriteEndObject();
        });

    private static List<Link> Links(HttpContext context, Collection collection, string? next)
    {
        var address = CollectionDocument.Address(context.Request, collection);
        var query = context.Checked().Query;
        List<Link> links =
        [
            new($"{address}/items{RequestQuery.ToText(query.Parameters)}", "self", MediaTypes.GeoJson),
            new(address, "collection", MediaTypes.Json),
        ];
        if (next is not null)
        {
            links.Add(new(NextAddress(context, collection, next), "next", MediaTypes.GeoJson));
        }

        return links;
    }

    private static string NextAddress(HttpContext context, Collection collection, string cursor) =>
        $"{CollectionDocument.Address(context.Request, collection)}/items{RequestQuery.ToText(ItemsRequest.Next(context.Checked().Query, cursor))}";
}
