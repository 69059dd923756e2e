using System.Text.Json;
using GeoOffer.Domain.Scouting;
using GeoOffer.Query.Catalogue;
using GeoOffer.Server.Description;
using GeoOffer.Server.Http;
using GeoOffer.Server.Problems;
using GeoOffer.Server.Security;
using GeoOffer.Storage.Matching;

namespace GeoOffer.Server.Scouting;

/// <summary>The briefs that are kept: those of the decree to start with.</summary>
internal static class BriefEndpoints
{
    private static readonly OperationParameter Code = OperationParameter.Path("code", "The code of a brief.");

    public static void MapBriefs(this IEndpointRouteBuilder routes)
    {
        routes.MapRead("/api/briefs", ListAsync, new Operation
        {
            Id = "getBriefs",
            Tag = MatchOperations.Tag,
            Summary = "The briefs that are kept.",
            Parameters = [OperationParameter.Lang],
            Schema = "StoredBriefs",
        });
        routes.MapRead("/api/briefs/{code}", SingleAsync, new Operation
        {
            Id = "getBrief",
            Tag = MatchOperations.Tag,
            Summary = "One brief.",
            Parameters = [Code, OperationParameter.Lang],
            Schema = "StoredBrief",
            Problems = [404],
        });
        routes.MapRead("/api/briefs/{code}/match", MatchAsync, new Operation
        {
            Id = "matchByStoredBrief",
            Tag = MatchOperations.Tag,
            Summary = "Sites that answer a brief that is kept.",
            Parameters = [Code, MatchOperations.Counts, OperationParameter.Lang],
            MediaTypes = [MediaTypes.GeoJson, MediaTypes.Json],
            Schema = "MatchAnswer",
            Problems = [404, 422],
        });
    }

    private static async Task ListAsync(HttpContext context, BriefStore briefs)
    {
        var all = await briefs.ListAsync(context.Caller().Role, context.RequestAborted);
        await JsonBody.WriteAsync(context, MediaTypes.Json, json =>
        {
            json.WriteStartObject();
            json.WriteStartArray("briefs"u8);
            foreach (var brief in all)
            {
                Write(json, context.Request, brief);
            }

            json.WriteEndArray();
            json.WriteLinks(new Link($"{BaseAddress.Of(context.Request)}/api/briefs", "self", MediaTypes.Json));
            json.WriteEndObject();
        });
    }

    private static async Task SingleAsync(HttpContext context, string code, BriefStore briefs)
    {
        if (await briefs.FindAsync(code, context.Caller().Role, context.RequestAborted) is not { } brief)
        {
            await Unknown.ExecuteAsync(context);
            return;
        }

        await JsonBody.WriteAsync(context, MediaTypes.Json, json => Write(json, context.Request, brief));
    }

    private static async Task MatchAsync(
        HttpContext context, string code, BriefStore briefs, VocabularySource vocabularies, MatchService matching, ScoutingRules rules)
    {
        var faults = new List<RequestFault>();
        var counts = context.Checked().Query.Single(MatchOperations.Counts.Name, faults);
        if (counts is not (null or "full"))
        {
            faults.Add(RequestFault.InParameter(MatchOperations.Counts.Name, "full", counts));
        }

        if (faults.Count > 0)
        {
            await Problem.BadRequest(faults).ExecuteAsync(context);
            return;
        }

        if (await briefs.FindAsync(code, context.Caller().Role, context.RequestAborted) is not { } brief)
        {
            await Unknown.ExecuteAsync(context);
            return;
        }

        var reading = new BriefJsonReader(await vocabularies.GetAsync(context.RequestAborted), rules).Read(brief.Document);
        if (!reading.IsValid)
        {
            // Kept when its names were known; a layer may have gone since.
            await new Problem(StatusCodes.Status422UnprocessableEntity)
            {
                Detail = new Localized("Il brief conservato non è più leggibile.", "The brief that is kept can no longer be read."),
                Faults = [.. reading.Faults.ToRequestFaults()],
            }.ExecuteAsync(context);
            return;
        }

        var request = reading.Request with { CountsFull = reading.Request.CountsFull || counts is not null };
        var address = BaseAddress.Of(context.Request);
        var links = MatchLinks.For(address, $"{address}/api/briefs/{Uri.EscapeDataString(code)}/match");
        await MatchEndpoints.AnswerAsync(context, matching, request, links);
    }

    private static Problem Unknown => Problem.NotFound("Non esiste un brief con questo codice.", "There is no brief of this code.");

    private static void Write(Utf8JsonWriter json, HttpRequest request, StoredBrief brief)
    {
        var address = $"{BaseAddress.Of(request)}/api/briefs/{Uri.EscapeDataString(brief.Code)}";
        json.WriteStartObject();
        json.WriteString("code"u8, brief.Code);
        json.WriteString("title"u8, RequestLanguage.Of(request) == Language.It ? brief.TitleIt : brief.TitleEn);
        json.WriteString("title_it"u8, brief.TitleIt);
        json.WriteString("title_en"u8, brief.TitleEn);
        json.WritePropertyName("about"u8);
        brief.About.WriteTo(json);
        json.WritePropertyName("brief"u8);
        brief.Document.WriteTo(json);
        json.WriteLinks(new Link(address, "self", MediaTypes.Json), new Link($"{address}/match", "related", MediaTypes.GeoJson));
        json.WriteEndObject();
    }
}
