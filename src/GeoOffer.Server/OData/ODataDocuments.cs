using GeoOffer.OData.Reading;
using GeoOffer.Server.Http;
using GeoOffer.Server.Security;
using GeoOffer.Storage.Catalogues;

namespace GeoOffer.Server.OData;

/// <summary>The documents of the service: where it starts, and its model.</summary>
internal static class ODataDocuments
{
    /// <summary>The service document (OData JSON 4.01, 5).</summary>
    public static async Task ServiceAsync(HttpContext context, CatalogueSource catalogue, EntityModelSource models)
    {
        if (await ODataRequest.ReadAsync(context, QueryOptions.OfDocument, ODataContent.Json) is not { } request)
        {
            return;
        }

        var model = models.Get(await catalogue.GetAsync(context.RequestAborted), context.Caller().Role);
        var language = RequestLanguage.Of(context.Request);
        await JsonBody.WriteTaggedAsync(context, request.Exchange.Format.MediaType(request.Exchange.Version), json =>
        {
            json.WriteStartObject();
            if (request.Exchange.Format.Metadata != MetadataLevel.None)
            {
                json.WriteString("@odata.context"u8, $"{ODataAddress.Service(context.Request)}/$metadata");
            }

            json.WriteStartArray("value"u8);
            foreach (var set in model.Sets)
            {
                json.WriteStartObject();
                json.WriteString("name"u8, set.Name);
                json.WriteString("title"u8, set.Collection.Title.For(language));
                json.WriteString("kind"u8, "EntitySet"u8);
                json.WriteString("url"u8, set.Name);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        });
    }

    /// <summary>The model (OData CSDL XML 4.01, and CSDL JSON 4.01).</summary>
    public static async Task ModelAsync(HttpContext context, CatalogueSource catalogue, EntityModelSource models)
    {
        if (await ODataRequest.ReadAsync(context, QueryOptions.OfDocument, ODataContent.Model) is not { } request)
        {
            return;
        }

        var model = models.Get(await catalogue.GetAsync(context.RequestAborted), context.Caller().Role);
        var isJson = request.Exchange.Format.Essence == MediaTypes.Json;
        var mediaType = isJson ? MediaTypes.Json : request.Exchange.Format.MediaType(request.Exchange.Version);
        var body = models.Document(model, request.Exchange.Version, isJson);
        if (EntityTags.IsKnown(context, EntityTags.Of(body, mediaType)))
        {
            return;
        }

        context.Response.ContentType = mediaType;
        await ContentCoding.WriteAsync(context, stream => stream.WriteAsync(body, context.RequestAborted).AsTask());
    }
}
