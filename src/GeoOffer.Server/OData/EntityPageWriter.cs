using System.Globalization;
using GeoOffer.Query.Paging;
using GeoOffer.Server.Http;
using GeoOffer.Storage.Reading;

namespace GeoOffer.Server.OData;

/// <summary>Writes a page of entities while its rows arrive (OData JSON 4.01, 12).</summary>
internal static class EntityPageWriter
{
    /// <summary>Writes the page.</summary>
    /// <param name="context">The request.</param>
    /// <param name="body">Where to.</param>
    /// <param name="page">The page.</param>
    /// <param name="rows">Its rows, and one more where another page follows; null for none.</param>
    /// <param name="count">How many entities there are on all pages; null where nobody wants to know.</param>
    /// <param name="codec">Seals the position of the page that follows.</param>
    /// <param name="mostBytes">Where a page of dense polygons ends before its limit.</param>
    public static async Task WriteAsync(
        HttpContext context, Stream body, EntityPage page, RowCursor? rows, long? count, CursorCodec codec, long mostBytes)
    {
        var stop = context.RequestAborted;
        await using var stream = new JsonStream(body);
        var json = stream.Json;
        json.WriteStartObject();
        if (page.Exchange.Format.Metadata != MetadataLevel.None)
        {
            json.WriteString("@odata.context"u8, ODataAddress.Context(context.Request, ODataAddress.Selected(page.Asked)));
        }

        if (count is { } number && page.Exchange.Format.Ieee754Compatible)
        {
            json.WriteString("@odata.count"u8, number.ToString(CultureInfo.InvariantCulture));
        }
        else if (count is { } all)
        {
            json.WriteNumber("@odata.count"u8, all);
        }

        json.WriteStartArray("value"u8);
        var entities = new EntityJsonWriter(json, context.Request, page.Exchange.Format, page.Asked);
        var written = 0;
        Cursor? end = null;
        var hasMore = rows is not null && await rows.ReadAsync(stop);
        while (hasMore && end is null)
        {
            json.WriteStartObject();
            entities.WriteMembers(rows!);
            json.WriteEndObject();
            written++;
            end = written == page.Query.Limit || stream.Length >= mostBytes ? rows!.Position(page.Query) : null;
            hasMore = await rows!.ReadAsync(stop);
            await stream.BreatheAsync(stop);
        }

        json.WriteEndArray();
        var left = page.Asked.Top - written;
        if (hasMore && end is not null && left is null or > 0)
        {
            json.WriteString("@odata.nextLink"u8, ODataAddress.Next(context, page.Asked, codec.Encode(end, page.Query.Scope), left));
        }

        json.WriteEndObject();
        await stream.CompleteAsync(stop);
    }
}
