using GeoOffer.Server.Description;
using GeoOffer.Server.Http;
using GeoOffer.Storage.Catalogues;

namespace GeoOffer.Server.Features;

/// <summary>The routes of OGC API - Features.</summary>
internal static class FeatureEndpoints
{
    private const string Tag = "features";

    private static readonly OperationParameter CollectionPath = OperationParameter.Path("collection", "The id of a collection.");

    public static void MapFeatures(this IEndpointRouteBuilder routes)
    {
        routes.MapRead("/ogc", LandingAsync, new Operation
        {
            Id = "getLandingPage",
            Tag = Tag,
            Summary = "Where OGC API - Features starts.",
            Parameters = [OperationParameter.Lang],
            Schema = "LandingPage",
        });
        routes.MapRead("/ogc/collections", CollectionsAsync, new Operation
        {
            Id = "getCollections",
            Tag = Tag,
            Summary = "Everything that is published as features.",
            Parameters = [OperationParameter.Lang],
            Schema = "Collections",
        });
        routes.MapRead("/ogc/collections/{collection}", CollectionAsync, new Operation
        {
            Id = "describeCollection",
            Tag = Tag,
            Summary = "One collection.",
            Parameters = [CollectionPath, OperationParameter.Lang],
            Schema = "Collection",
            Problems = [404],
        });
        routes.MapRead("/ogc/collections/{collection}/items", ItemsEndpoint.ListAsync, Items);
        routes.MapRead("/ogc/collections/{collection}/items/{id}", ItemsEndpoint.SingleAsync, new Operation
        {
            Id = "getFeature",
            Tag = Tag,
            Summary = "One feature.",
            Parameters = [CollectionPath, OperationParameter.Path("id", "The id of a feature."), OperationParameter.Lang],
            MediaTypes = [MediaTypes.GeoJson, MediaTypes.Json],
            Schema = "Feature",
            Problems = [404],
        });
    }

    private static Operation Items => new()
    {
        Id = "getFeatures",
        Tag = Tag,
        Summary = "Features of a collection, page by page.",
        Description = "Follow the link 'next' until there is none. Every public property is a parameter too: property=value keeps the "
            + "features whose property equals the value or, for a list, has it as a member. Features without geometry are in every box.",
        Parameters =
        [
            CollectionPath,
            new(ItemsRequest.Bbox, "Box in degrees: west, south, east, north.", _ => Box()) { CommaSeparated = true },
            new(ItemsRequest.Limit, "The greatest number of features in the page; more count as the maximum.",
                _ => JsonSchema.Whole(1, ItemsRequest.MaximumLimit, ItemsRequest.DefaultLimit)),
            new(ItemsRequest.CursorName, "Where the page starts; taken from a link 'next'.", _ => JsonSchema.Text()),
            OperationParameter.Lang,
        ],
        MediaTypes = [MediaTypes.GeoJson, MediaTypes.Json],
        Schema = "FeatureCollection",
        Problems = [404],
        ChecksQuery = true,
    };

    private static System.Text.Json.Nodes.JsonObject Box()
    {
        var box = JsonSchema.ArrayOf(new() { ["type"] = "number" });
        box["minItems"] = 4;
        box["maxItems"] = 6;
        return box;
    }

    private static Task LandingAsync(HttpContext context)
    {
        var isItalian = RequestLanguage.Of(context.Request).Code() == "it";
        var address = BaseAddress.Of(context.Request);
        return JsonBody.WriteAsync(context, MediaTypes.Json, json =>
        {
            json.WriteStartObject();
            json.WriteString("title"u8, "GeoOffer");
            json.WriteString("description"u8, isItalian
                ? "Ciò che la regione offre a chi investe, come elementi geografici."
                : "What the region offers to investors, as geographic features.");
            json.WriteLinks(
                new Link($"{address}/ogc", "self", MediaTypes.Json),
                new Link($"{address}/ogc/collections", "data", MediaTypes.Json),
                new Link($"{address}/api/openapi.json", "service-desc", MediaTypes.OpenApi));
            json.WriteEndObject();
        });
    }

    private static async Task CollectionsAsync(HttpContext context, CatalogueSource source)
    {
        var catalogue = await source.GetAsync(context.RequestAborted);
        await JsonBody.WriteAsync(context, MediaTypes.Json, json =>
        {
            json.WriteStartObject();
            json.WriteLinks(new Link($"{BaseAddress.Of(context.Request)}/ogc/collections", "self", MediaTypes.Json));
            json.WriteStartArray("collections"u8);
            foreach (var collection in catalogue.Collections)
            {
                CollectionDocument.Write(json, context.Request, collection);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        });
    }

    private static async Task CollectionAsync(HttpContext context, string collection, CatalogueSource source)
    {
        if (await source.FindAsync(collection, context.RequestAborted) is not { } found)
        {
            await CollectionLookup.Unknown(collection).ExecuteAsync(context);
            return;
        }

        await JsonBody.WriteAsync(context, MediaTypes.Json, json => CollectionDocument.Write(json, context.Request, found));
    }
}
