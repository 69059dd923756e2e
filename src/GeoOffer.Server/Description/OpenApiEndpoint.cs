using GeoOffer.Server.Http;
using GeoOffer.Storage.Matching;

namespace GeoOffer.Server.Description;

/// <summary>Serves the description of the service.</summary>
internal static class OpenApiEndpoint
{
    public static void MapOpenApi(this IEndpointRouteBuilder routes)
    {
        foreach (var (path, id) in ((string, string)[])[("/api/openapi.json", "getOpenApi"), ("/ogc/api", "getOgcOpenApi")])
        {
            routes.MapRead(path, AnswerAsync, new Operation
            {
                Id = id,
                Tag = "operations",
                Summary = "This description.",
                MediaTypes = [MediaTypes.OpenApi, MediaTypes.Json],
                Schema = "OpenApi",
            });
        }
    }

    private static async Task AnswerAsync(HttpContext context, EndpointDataSource endpoints, VocabularySource vocabularies)
    {
        var vocabulary = await vocabularies.GetAsync(context.RequestAborted);
        var document = OpenApiDocument.Create(endpoints.Endpoints, vocabulary, BaseAddress.Of(context.Request));
        await JsonBody.WriteAsync(context, context.Checked().MediaType, json => document.WriteTo(json));
    }
}
