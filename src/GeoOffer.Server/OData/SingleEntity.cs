using System.Buffers;
using System.Text.Json;
using GeoOffer.OData.Model;
using GeoOffer.OData.Reading;
using GeoOffer.Query.Catalogue;
using GeoOffer.Server.Http;
using GeoOffer.Server.Problems;
using GeoOffer.Server.Security;
using GeoOffer.Storage.Reading;

namespace GeoOffer.Server.OData;

/// <summary>One entity by its key.</summary>
internal static class SingleEntity
{
    public static Problem Missing { get; } = Problem.NotFound("L'insieme non contiene questa entità.", "The set has no such entity.");

    public static async Task AnswerAsync(HttpContext context, EntityModel model, EntityResource resource, FeatureReader reader)
    {
        var stop = context.RequestAborted;
        if (await ODataRequest.ReadAsync(context, QueryOptions.OfEntity, ODataContent.Json) is not { } request
            || await ODataEndpoint.QueryAsync(context, model, resource.Set, request) is not { } query)
        {
            return;
        }

        await using var rows = await reader.OpenSingleAsync(WithKey(resource.Set), context.Caller().Role, resource.Key, stop);
        if (!await rows.ReadAsync(stop))
        {
            await Missing.ExecuteAsync(context);
            return;
        }

        var mediaType = request.Exchange.Format.MediaType(request.Exchange.Version);
        var bare = Write(context, query, request.Exchange.Format, rows, tag: null);
        var tag = rows.Revision is { } revision
            ? EntityTags.OfFeature(revision, bare.WrittenSpan, mediaType)
            : EntityTags.Of(bare.WrittenSpan, mediaType);
        if (EntityTags.IsKnown(context, tag))
        {
            return;
        }

        var body = Write(context, query, request.Exchange.Format, rows, tag.ToString());
        context.Response.ContentType = mediaType;
        context.Response.ContentLength = body.WrittenCount;
        await context.Response.Body.WriteAsync(body.WrittenMemory, stop);
    }

    /// <summary>The collection with its key among the properties, as entities have it.</summary>
    public static Collection WithKey(EntitySet set) => set.Collection.Properties.Any(property => property.Name == set.Collection.Key.Name)
        ? set.Collection
        : set.Collection with { Properties = set.Collection.Properties.Insert(0, set.Collection.Key) };

    private static ArrayBufferWriter<byte> Write(HttpContext context, EntityQuery query, ODataFormat format, RowCursor row, string? tag)
    {
        var buffer = new ArrayBufferWriter<byte>(4096);
        using var json = new Utf8JsonWriter(buffer, JsonBody.Options);
        json.WriteStartObject();
        if (format.Metadata != MetadataLevel.None)
        {
            json.WriteString("@odata.context"u8, ODataAddress.Context(context.Request, $"{ODataAddress.Selected(query)}/$entity"));
        }

        new EntityJsonWriter(json, context.Request, format, query).WriteMembers(row, tag);
        json.WriteEndObject();
        json.Flush();
        return buffer;
    }
}
