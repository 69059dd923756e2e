using GeoOffer.Query.Catalogue;
using GeoOffer.Server.Description;
using GeoOffer.Server.Features;
using GeoOffer.Server.Http;
using GeoOffer.Server.Problems;
using GeoOffer.Server.Security;
using GeoOffer.Storage.Catalogues;
using GeoOffer.Storage.Exporting;
using Microsoft.Net.Http.Headers;

namespace GeoOffer.Server.Exporting;

/// <summary>Whole collections, or what of them is asked for, as a file that is made while it is sent.</summary>
internal static class ExportEndpoint
{
    private static readonly OperationParameter Collection = OperationParameter.Path("collection", "The id of a collection.");

    public static void MapExports(this IEndpointRouteBuilder routes) => routes.MapRead("/api/export/{collection}", AnswerAsync, new Operation
    {
        Id = "exportCollection",
        Tag = "features",
        Summary = "A collection as a file: all features that fulfil the conditions.",
        Description = "Coordinates are x east, y north in every reference system, and exact unless precision says otherwise. Every property is "
            + "a parameter too: property=value keeps the features whose property equals the value or, for a list, has it as a member. "
            + "GeoJSON, GeoJSONSeq and CSV are sent while they are read, compressed as Accept-Encoding prefers.",
        Parameters =
        [
            Collection,
            new(ExportParameters.Format, "The format; without it Accept decides.", _ => JsonSchema.OneOf(ExportFormat.All.Select(format => format.Code))),
            new(FeatureParameters.Crs, "The reference system of the file: CRS84 (the default), EPSG:n, or its URI.", _ => JsonSchema.Text()),
            .. FeatureParameters.Described,
            new(FeatureParameters.Limit, "The greatest number of features; the first in the order.", _ => JsonSchema.Whole(1, int.MaxValue)),
            new(ExportParameters.Precision, "The most decimals of coordinates in a text format; exact without it.", _ => JsonSchema.Whole(0, 15)),
            new(ExportParameters.Bom, "Whether CSV starts with a byte order mark.", _ => Switch()),
            new(ExportParameters.GuardFormulas, "Whether texts of CSV that a spreadsheet would run get an apostrophe before them.", _ => Switch()),
            new(ExportParameters.RecordSeparators, "Whether features of GeoJSONSeq follow record separators (RFC 8142).", _ => Switch()),
            OperationParameter.Lang,
        ],
        MediaTypes = [.. ExportFormat.All.Select(format => format.MediaType)],
        Problems = [404, 422],
        ChecksQuery = true,
    });

    /// <summary>The links to a collection in every format.</summary>
    public static IEnumerable<Link> Links(HttpRequest request, Collection collection) => ExportFormat.All.Select(format => new Link(
        $"{BaseAddress.Of(request)}/api/export/{Uri.EscapeDataString(collection.Id)}?{ExportParameters.Format}={format.Code}",
        "enclosure",
        format.MediaType,
        format.Name));

    private static async Task AnswerAsync(HttpContext context, string collection, CatalogueSource catalogue, Exporter exporter)
    {
        var stop = context.RequestAborted;
        if (await catalogue.FindAsync(collection, stop) is not { } found)
        {
            await CollectionLookup.Unknown(collection).ExecuteAsync(context);
            return;
        }

        var faults = new List<RequestFault>();
        if (Read(context, found, faults) is not { } request)
        {
            await Problem.BadRequest(faults).ExecuteAsync(context);
            return;
        }

        var response = context.Response;
        response.ContentType = request.Format.MediaType;
        response.Headers.ContentDisposition = new ContentDispositionHeaderValue("attachment") { FileName = found.Id + request.Format.Extension }.ToString();
        if (HttpMethods.IsHead(context.Request.Method))
        {
            return;
        }

        if (request.Format.IsText)
        {
            await ContentCoding.WriteAsync(context, body => exporter.RunAsync(request, body, null, stop));
        }
        else
        {
            await exporter.RunAsync(request, response.Body, null, stop);
        }
    }

    private static ExportRequest? Read(HttpContext context, Collection collection, List<RequestFault> faults)
    {
        var query = context.Checked().Query;
        faults.AddRange(query.Faults);
        RequestLanguage.Check(query, faults);
        var format = ReadFormat(context, query, faults);
        var features = ExportParameters.ReadQuery(query, collection, context.Caller().Role, faults);
        var settings = ExportParameters.ReadSettings(query, format, faults);
        return faults.Count > 0 || features is null || settings is null ? null : new ExportRequest
        {
            Queries = [features],
            Format = format,
            System = settings.System,
            InOrder = settings.InOrder,
            Options = settings.Options with { Language = RequestLanguage.Of(context.Request) },
        };
    }

    private static ExportFormat ReadFormat(HttpContext context, RequestQuery query, List<RequestFault> faults)
    {
        if (query.Single(ExportParameters.Format, faults) is not { } code)
        {
            var agreed = context.Checked().MediaType;
            return ExportFormat.All.First(format => format.MediaType == agreed);
        }

        if (ExportFormat.Find(code) is { } format)
        {
            return format;
        }

        faults.Add(RequestFault.InParameter(
            ExportParameters.Format, $"one of {string.Join(", ", ExportFormat.All.Select(known => known.Code))}", code));
        return ExportFormat.GeoJson;
    }

    private static System.Text.Json.Nodes.JsonObject Switch() => new() { ["type"] = "boolean", ["default"] = false };
}
