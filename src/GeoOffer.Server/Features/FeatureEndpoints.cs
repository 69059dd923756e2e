using GeoOffer.Server.Description;
using GeoOffer.Server.Formats;
using GeoOffer.Server.Http;
using GeoOffer.Server.Pages;
using GeoOffer.Server.Security;
using GeoOffer.Storage.Catalogues;

namespace GeoOffer.Server.Features;

/// <summary>The routes of OGC API - Features.</summary>
internal static class FeatureEndpoints
{
    private const string Tag = "features";

    private static readonly OperationParameter CollectionPath = OperationParameter.Path("collection", "The id of a collection.");

    private static readonly OperationParameter Crs =
        new(FeatureParameters.Crs, "The reference system of the coordinates in the answer; CRS84 without it.", _ => JsonSchema.Text());

    public static void MapFeatures(this IEndpointRouteBuilder routes)
    {
        routes.MapRead("/ogc", LandingAsync, new Operation
        {
            Id = "getLandingPage",
            Tag = Tag,
            Summary = "Where OGC API - Features starts.",
            Parameters = [OperationParameter.Format, OperationParameter.Lang],
            MediaTypes = [MediaTypes.Json, MediaTypes.Html],
            Schema = "LandingPage",
        });
        routes.MapRead("/ogc/conformance", ConformanceAsync, new Operation
        {
            Id = "getConformance",
            Tag = Tag,
            Summary = "The conformance classes that are served.",
            Parameters = [OperationParameter.Format, OperationParameter.Lang],
            MediaTypes = [MediaTypes.Json, MediaTypes.Html],
            Schema = "Conformance",
        });
        routes.MapRead("/ogc/functions", FunctionsDocument.AnswerAsync, new Operation
        {
            Id = "getFunctions",
            Tag = Tag,
            Summary = "The functions that filters may use.",
            Parameters = [OperationParameter.Format, OperationParameter.Lang],
            MediaTypes = [MediaTypes.Json, MediaTypes.Html],
            Schema = "Functions",
        });
        routes.MapRead("/ogc/collections", CollectionsAsync, new Operation
        {
            Id = "getCollections",
            Tag = Tag,
            Summary = "Everything that is published as features.",
            Parameters = [OperationParameter.Format, OperationParameter.Lang],
            MediaTypes = [MediaTypes.Json, MediaTypes.Html],
            Schema = "Collections",
        });
        routes.MapRead("/ogc/collections/{collection}", CollectionAsync, new Operation
        {
            Id = "describeCollection",
            Tag = Tag,
            Summary = "One collection.",
            Parameters = [CollectionPath, OperationParameter.Format, OperationParameter.Lang],
            MediaTypes = [MediaTypes.Json, MediaTypes.Html],
            Schema = "Collection",
            Problems = [404],
        });
        foreach (var use in Enum.GetValues<SchemaUse>())
        {
            routes.MapRead(
                $"/ogc/collections/{{collection}}/{SchemaDocument.Path(use)}",
                (HttpContext context, string collection, CatalogueSource source) => SchemaAsync(context, collection, source, use),
                new Operation
                {
                    Id = $"get{use}Schema",
                    Tag = Tag,
                    Summary = use switch
                    {
                        SchemaUse.Queryables => "What filters may speak of.",
                        SchemaUse.Sortables => "What features may be put in order by.",
                        _ => "What features have.",
                    },
                    Parameters = [CollectionPath, OperationParameter.Format, OperationParameter.Lang],
                    MediaTypes = [SchemaDocument.MediaType, MediaTypes.Json, MediaTypes.Html],
                    Schema = "JsonSchema",
                    Problems = [404],
                });
        }

        routes.MapRead("/ogc/collections/{collection}/items", ItemsEndpoint.ListAsync, Items);
        routes.MapRead("/ogc/collections/{collection}/items/{id}", ItemsEndpoint.SingleAsync, new Operation
        {
            Id = "getFeature",
            Tag = Tag,
            Summary = "One feature.",
            Parameters =
                [CollectionPath, OperationParameter.Path("id", "The id of a feature."), Crs, FeatureForms.Described, OperationParameter.Format, OperationParameter.Lang],
            MediaTypes = [MediaTypes.GeoJson, MediaTypes.Json, MediaTypes.Html, .. MediaTypes.JsonFgDrafts],
            Schema = "Feature",
            Problems = [404, 422],
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
            Crs,
            .. FeatureParameters.Described,
            new(FeatureParameters.Limit, "The greatest number of features in the page; more count as the maximum, and 0 asks for numberMatched alone.",
                _ => JsonSchema.Whole(1, ItemsRequest.MaximumLimit, ItemsRequest.DefaultLimit)),
            new(ItemsRequest.Offset, "How many features to pass over; the link 'next' is quicker.", _ => new() { ["type"] = "integer", ["minimum"] = 0 }),
            new(ItemsRequest.CursorName, "Where the page starts; taken from a link 'next'.", _ => JsonSchema.Text()),
            FeatureForms.Described,
            OperationParameter.Format,
            OperationParameter.Lang,
        ],
        MediaTypes = [MediaTypes.GeoJson, MediaTypes.Json, MediaTypes.Html, .. MediaTypes.JsonFgDrafts, .. ItemsFile.Formats.Select(format => format.MediaType)],
        Schema = "FeatureCollection",
        Problems = [404, 422],
        ChecksQuery = true,
    };

    private static Task LandingAsync(HttpContext context)
    {
        var isItalian = RequestLanguage.Of(context.Request).Code() == "it";
        var address = BaseAddress.Of(context.Request);
        Link[] links =
        [
            new($"{address}/ogc", "self", MediaTypes.Json, isItalian ? "questa pagina" : "this page"),
            new($"{address}/ogc?f=html", "alternate", MediaTypes.Html, "HTML"),
            new($"{address}/ogc/conformance", "conformance", MediaTypes.Json, isItalian ? "le classi di conformità" : "the conformance classes"),
            new($"{address}/ogc/collections", "data", MediaTypes.Json, isItalian ? "le collezioni" : "the collections"),
            new($"{address}/ogc/tileMatrixSets", "http://www.opengis.net/def/rel/ogc/1.0/tiling-schemes", MediaTypes.Json, isItalian ? "gli schemi di tasselli" : "the tiling schemes"),
            new($"{address}/ogc/functions", "http://www.opengis.net/def/rel/ogc/1.0/functions", MediaTypes.Json, isItalian ? "le funzioni dei filtri" : "the functions of filters"),
            new($"{address}/ogc/api", "service-desc", MediaTypes.OpenApi, isItalian ? "la descrizione per i programmi" : "the description for programs"),
        ];
        if (context.Checked().MediaType == MediaTypes.Html)
        {
            return FeaturePages.LandingAsync(context, links);
        }

        return JsonBody.WriteTaggedAsync(context, MediaTypes.Json, json =>
        {
            json.WriteStartObject();
            json.WriteString("title"u8, "GeoOffer");
            json.WriteString("description"u8, isItalian
                ? "Ciò che la regione offre a chi investe, come elementi geografici."
                : "What the region offers to investors, as geographic features.");
            json.WriteLinks(links);
            json.WriteEndObject();
        });
    }

    private static Task ConformanceAsync(HttpContext context) => context.Checked().MediaType == MediaTypes.Html
        ? FeaturePages.ConformanceAsync(context)
        : JsonBody.WriteTaggedAsync(context, MediaTypes.Json, json =>
        {
            json.WriteStartObject();
            json.WriteStartArray("conformsTo"u8);
            foreach (var name in ConformanceClasses.All)
            {
                json.WriteStringValue(name);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        });

    private static async Task SchemaAsync(HttpContext context, string collection, CatalogueSource source, SchemaUse use)
    {
        if (await source.FindAsync(collection, context.RequestAborted) is not { } found)
        {
            await CollectionLookup.Unknown(collection).ExecuteAsync(context);
            return;
        }

        var request = context.Request;
        if (context.Checked().MediaType == MediaTypes.Html)
        {
            await SchemaPages.SchemaAsync(context, found.VisibleTo(context.Caller().Role), use);
            return;
        }

        await JsonBody.WriteTaggedAsync(context, context.Checked().MediaType, json => SchemaDocument.Write(
            json, use, found.VisibleTo(context.Caller().Role), CollectionDocument.Address(request, found), RequestLanguage.Of(request)));
    }

    private static async Task CollectionsAsync(HttpContext context, CatalogueSource source)
    {
        var catalogue = await source.GetAsync(context.RequestAborted);
        if (context.Checked().MediaType == MediaTypes.Html)
        {
            await FeaturePages.CollectionsAsync(context, catalogue.Collections);
            return;
        }

        await JsonBody.WriteTaggedAsync(context, MediaTypes.Json, json =>
        {
            json.WriteStartObject();
            var address = $"{BaseAddress.Of(context.Request)}/ogc/collections";
            json.WriteLinks(new Link(address, "self", MediaTypes.Json), new Link(address + "?f=html", "alternate", MediaTypes.Html, "HTML"));
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

        if (context.Checked().MediaType == MediaTypes.Html)
        {
            await FeaturePages.CollectionAsync(context, found.VisibleTo(context.Caller().Role));
            return;
        }

        await JsonBody.WriteTaggedAsync(context, MediaTypes.Json, json => CollectionDocument.Write(json, context.Request, found));
    }
}
