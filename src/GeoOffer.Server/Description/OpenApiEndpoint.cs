using System.Text.Json.Nodes;
using GeoOffer.Server.Http;
using GeoOffer.Server.Security;
using GeoOffer.Storage.Catalogues;
using GeoOffer.Storage.Matching;

namespace GeoOffer.Server.Description;

/// <summary>Serves the description of the service, and of its part that is OGC API.</summary>
internal static class OpenApiEndpoint
{
    public static void MapOpenApi(this IEndpointRouteBuilder routes)
    {
        routes.MapRead("/api/openapi.json", ServiceAsync, Operation("getOpenApi", "This description."));
        routes.MapRead("/ogc/api", OgcApiAsync, Operation("getOgcOpenApi", "The description of OGC API alone, with every collection."));
    }

    private static Operation Operation(string id, string summary) => new()
    {
        Id = id,
        Tag = "operations",
        Summary = summary,
        MediaTypes = [MediaTypes.OpenApi, MediaTypes.Json],
        Schema = "OpenApi",
    };

    private static async Task ServiceAsync(HttpContext context, EndpointDataSource endpoints, VocabularySource vocabularies) =>
        await WriteAsync(context, await DescribeAsync(context, endpoints, vocabularies));

    private static async Task OgcApiAsync(HttpContext context, EndpointDataSource endpoints, VocabularySource vocabularies, CatalogueSource catalogues)
    {
        var service = await DescribeAsync(context, endpoints, vocabularies);
        var catalogue = await catalogues.GetAsync(context.RequestAborted);
        var collections = catalogue.Collections.Select(collection => collection.VisibleTo(context.Caller().Role));
        await WriteAsync(
            context, OgcApiDocument.Create(service, collections, BaseAddress.Of(context.Request), RequestLanguage.Of(context.Request)));
    }

    private static async Task<JsonObject> DescribeAsync(HttpContext context, EndpointDataSource endpoints, VocabularySource vocabularies) =>
        OpenApiDocument.Create(endpoints.Endpoints, await vocabularies.GetAsync(context.RequestAborted), BaseAddress.Of(context.Request));

    private static Task WriteAsync(HttpContext context, JsonObject document) =>
        JsonBody.WriteTaggedAsync(context, context.Checked().MediaType, json => document.WriteTo(json));
}
