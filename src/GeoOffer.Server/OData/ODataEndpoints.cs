using System.Collections.Immutable;
using GeoOffer.OData.Reading;
using GeoOffer.Server.Description;
using GeoOffer.Server.Http;

namespace GeoOffer.Server.OData;

/// <summary>The routes of OData.</summary>
internal static class ODataEndpoints
{
    private const string Tag = "odata";

    public static void MapOData(this IEndpointRouteBuilder routes)
    {
        routes.MapRead(ODataAddress.Root, ODataDocuments.ServiceAsync, new Operation
        {
            Id = "getODataService",
            Tag = Tag,
            Summary = "Where OData starts: the entity sets.",
            Parameters = Described(QueryOptions.OfDocument),
            MediaTypes = [MediaTypes.Json],
            Schema = "ODataAnswer",
            ChecksQuery = true,
            ChoosesFormat = true,
        });
        routes.MapRead($"{ODataAddress.Root}/$metadata", ODataDocuments.ModelAsync, new Operation
        {
            Id = "getODataModel",
            Tag = Tag,
            Summary = "The entity data model.",
            Parameters = Described(QueryOptions.OfDocument),
            MediaTypes = ["application/xml", MediaTypes.Json],
            ChecksQuery = true,
            ChoosesFormat = true,
        });
        routes.MapRead($"{ODataAddress.Root}/{{**path}}", ODataEndpoint.AnswerAsync, new Operation
        {
            Id = "getOData",
            Tag = Tag,
            Summary = "Entities of a set, one of them, a property of it, or their number, by the rules of OData 4.01.",
            Description = "The entity sets are the collections in PascalCase. The names of query options may lack the $; aliases are understood.",
            Parameters = [OperationParameter.Path("path", "The path of a resource, such as Sites, Sites('GO-1') or Sites/$count."), .. Described(QueryOptions.OfEntities)],
            MediaTypes = [MediaTypes.Json, "text/plain"],
            Schema = "ODataAnswer",
            Problems = [404, 422, 501],
            ChecksQuery = true,
            ChoosesFormat = true,
        });
    }

    private static ImmutableArray<OperationParameter> Described(IEnumerable<string> options) =>
        [.. options.Select(option => new OperationParameter(option, "A query option of OData 4.01.", _ => JsonSchema.Text())), OperationParameter.Lang];
}
