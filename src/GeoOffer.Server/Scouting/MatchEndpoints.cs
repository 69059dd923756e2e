using GeoOffer.Domain.Scouting;
using GeoOffer.Server.Hosting;
using GeoOffer.Server.Http;
using GeoOffer.Server.Problems;
using GeoOffer.Server.Security;
using GeoOffer.Storage.Matching;

namespace GeoOffer.Server.Scouting;

/// <summary>Matching: an investor's requirement is answered with sites.</summary>
internal static class MatchEndpoints
{
    public static void MapMatching(this IEndpointRouteBuilder routes)
    {
        routes.MapRead("/api/match", ByQueryAsync, MatchOperations.ByQuery);
        routes.MapReadByPost("/api/match", ByBodyAsync, MatchOperations.ByBody);
    }

    /// <summary>Faults of a brief as faults of a request.</summary>
    public static IEnumerable<RequestFault> ToRequestFaults(this IEnumerable<BriefFault> faults) => faults.Select(fault =>
        fault.In == BriefFaultPlace.Body
            ? RequestFault.InBody(fault.At, fault.Expected, fault.Got)
            : RequestFault.InParameter(fault.At, fault.Expected, fault.Got));

    /// <summary>Answers a brief.</summary>
    public static async Task AnswerAsync(HttpContext context, MatchService matching, BriefRequest request, IReadOnlyList<Link> links)
    {
        var answer = await matching.AnswerAsync(request.Brief, request.CountsFull, context.Caller().Role, context.RequestAborted);
        context.Response.ContentType = context.Checked().MediaType;
        await MatchJsonWriter.WriteAsync(context.Response.Body, answer, links, context.RequestAborted);
    }

    private static async Task ByQueryAsync(HttpContext context, VocabularySource vocabularies, MatchService matching, ScoutingRules rules)
    {
        var vocabulary = await vocabularies.GetAsync(context.RequestAborted);
        var query = context.Checked().Query;
        var reading = new BriefQueryReader(vocabulary, rules).Read(query.Parameters);
        if (!reading.IsValid || query.Faults.Count > 0)
        {
            await Problem.BadRequest(query.Faults.Concat(reading.Faults.ToRequestFaults())).ExecuteAsync(context);
            return;
        }

        var links = MatchLinks.For(BaseAddress.Of(context.Request), reading.Request, vocabulary, rules);
        await AnswerAsync(context, matching, reading.Request, links);
    }

    private static async Task ByBodyAsync(
        HttpContext context, VocabularySource vocabularies, MatchService matching, ScoutingRules rules, ServiceSettings settings)
    {
        var (body, refusal) = await BoundedBody.TakeAsync(context.Request, [MediaTypes.Json], settings.BriefBytes);
        if (refusal is not null)
        {
            await refusal.ExecuteAsync(context);
            return;
        }

        var vocabulary = await vocabularies.GetAsync(context.RequestAborted);
        var reading = new BriefJsonReader(vocabulary, rules).Read(body);
        if (!reading.IsValid)
        {
            await Problem.BadRequest(reading.Faults.ToRequestFaults()).ExecuteAsync(context);
            return;
        }

        var request = reading.Request with { Language = context.Checked().Query.Single(RequestLanguage.Parameter, []) };
        await AnswerAsync(context, matching, request, MatchLinks.For(BaseAddress.Of(context.Request), request, vocabulary, rules));
    }
}
