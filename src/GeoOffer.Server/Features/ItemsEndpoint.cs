using GeoOffer.Query.Catalogue;
using GeoOffer.Query.Paging;
using GeoOffer.Server.Formats;
using GeoOffer.Server.Http;
using GeoOffer.Server.Problems;
using GeoOffer.Server.Security;
using GeoOffer.Storage.Catalogues;
using GeoOffer.Storage.Reading;

namespace GeoOffer.Server.Features;

/// <summary>Features of a collection, page by page, and one by one.</summary>
internal static class ItemsEndpoint
{
    public static async Task ListAsync(
        HttpContext context, string collection, CatalogueSource catalogue, FeatureReader reader, CursorCodecSource cursors)
    {
        var stop = context.RequestAborted;
        if (await catalogue.FindAsync(collection, stop) is not { } found)
        {
            await CollectionLookup.Unknown(collection).ExecuteAsync(context);
            return;
        }

        var codec = await cursors.GetAsync(stop);
        var faults = new List<RequestFault>();
        if (ItemsRequest.Read(context.Checked().Query, found, context.Caller().Role, codec, faults) is not { } query)
        {
            await Problem.BadRequest(faults).ExecuteAsync(context);
            return;
        }

        await using var rows = await reader.OpenAsync(query, stop);
        await WritePageAsync(context, query, rows, codec);
    }

    public static async Task SingleAsync(HttpContext context, string collection, string id, CatalogueSource catalogue, FeatureReader reader)
    {
        var stop = context.RequestAborted;
        if (await catalogue.FindAsync(collection, stop) is not { } found)
        {
            await CollectionLookup.Unknown(collection).ExecuteAsync(context);
            return;
        }

        await using var rows = await reader.OpenSingleAsync(found, context.Caller().Role, id, stop);
        if (!await rows.ReadAsync(stop))
        {
            await Problem.NotFound("La collezione non contiene questo elemento.", "The collection has no such item.").ExecuteAsync(context);
            return;
        }

        var address = CollectionDocument.Address(context.Request, found);
        await JsonBody.WriteAsync(context, context.Checked().MediaType, json =>
        {
            new FeatureJsonWriter(json).WriteOpenFeature(rows);
            json.WriteLinks(
                new Link($"{address}/items/{Uri.EscapeDataString(rows.Key)}", "self", MediaTypes.GeoJson),
                new Link(address, "collection", MediaTypes.Json));
            json.WriteEndObject();
        });
    }

    private static async Task WritePageAsync(HttpContext context, FeatureQuery query, RowCursor rows, CursorCodec codec)
    {
        var stop = context.RequestAborted;
        context.Response.ContentType = context.Checked().MediaType;
        await using var stream = new JsonStream(context.Response.Body);
        var json = stream.Json;
        json.WriteStartObject();
        json.WriteString("type"u8, "FeatureCollection"u8);
        json.WriteStartArray("features"u8);
        var features = new FeatureJsonWriter(json);
        var returned = 0;
        Cursor? end = null;
        var hasMore = await rows.ReadAsync(stop);
        while (hasMore && returned < query.Limit)
        {
            features.WriteOpenFeature(rows);
            json.WriteEndObject();
            returned++;
            end = returned == query.Limit ? rows.Position(query) : null;
            hasMore = await rows.ReadAsync(stop);
            await stream.BreatheAsync(stop);
        }

        json.WriteEndArray();
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
            links.Add(new($"{address}/items{RequestQuery.ToText(ItemsRequest.Next(query, next))}", "next", MediaTypes.GeoJson));
        }

        return links;
    }
}
