using GeoOffer.Server.Description;
using GeoOffer.Server.Features;
using GeoOffer.Server.Http;

namespace GeoOffer.Server.Metadata;

/// <summary>The routes of metadata.</summary>
internal static class MetadataEndpoints
{
    private const string Tag = "metadata";
    private const string Iso = "application/xml";
    private const string Rdf = "application/rdf+xml";

    public static void MapMetadata(this IEndpointRouteBuilder routes)
    {
        routes.MapRead("/api/metadata", CatalogueAsync, new Operation
        {
            Id = "getCatalogueMetadata",
            Tag = Tag,
            Summary = "All published collections in DCAT-AP_IT, for catalogues that harvest.",
            MediaTypes = [Rdf],
        });
        routes.MapRead("/api/metadata/{collection}", CollectionAsync, new Operation
        {
            Id = "getCollectionMetadata",
            Tag = Tag,
            Summary = "One collection in ISO 19139, with the elements that RNDT asks for.",
            Parameters = [OperationParameter.Path("collection", "The id of a collection.")],
            MediaTypes = [Iso],
            Problems = [404],
        });
    }

    private static async Task CatalogueAsync(HttpContext context, MetadataSource source)
    {
        var address = BaseAddress.Of(context.Request);
        var (modifiedAt, datasets) = await source.AllAsync(address, context.RequestAborted);
        await WriteAsync(context, Rdf, MetadataDocument.DcatApIt(source, address, modifiedAt, datasets));
    }

    private static async Task CollectionAsync(HttpContext context, string collection, MetadataSource source)
    {
        if (await source.FindAsync(collection, BaseAddress.Of(context.Request), context.RequestAborted) is not { } dataset)
        {
            await CollectionLookup.Unknown(collection).ExecuteAsync(context);
            return;
        }

        await WriteAsync(context, Iso, MetadataDocument.Iso19139(dataset));
    }

    private static async Task WriteAsync(HttpContext context, string mediaType, byte[] document)
    {
        context.Response.ContentType = $"{mediaType}; charset=utf-8";
        context.Response.ContentLength = document.Length;
        await context.Response.Body.WriteAsync(document, context.RequestAborted);
    }
}
