using GeoOffer.Query.Catalogue;
using GeoOffer.Server.Http;
using GeoOffer.Server.Problems;

namespace GeoOffer.Server.OData;

/// <summary>Refusals in the form of OData (OData JSON 4.01, 21.1).</summary>
internal static class ODataErrorBody
{
    private const string Root = "/odata";

    /// <summary>Whether refusals of a request are told in this form.</summary>
    public static bool Speaks(HttpRequest request) => request.Path.StartsWithSegments(Root, StringComparison.OrdinalIgnoreCase);

    /// <summary>Writes a refusal, whose status is set.</summary>
    public static Task WriteAsync(HttpContext context, Problem problem, Language language)
    {
        ODataExchange.Announce(context);
        var title = ProblemTitles.For(problem.Status).For(language);
        return JsonBody.WriteAsync(context, MediaTypes.Json, json =>
        {
            json.WriteStartObject();
            json.WriteStartObject("error"u8);
            json.WriteString("code"u8, Code(problem.Status));
            json.WriteString("message"u8, problem.Detail is { } detail ? $"{title} {detail.For(language)}" : title);
            if (problem.Faults is [var only])
            {
                json.WriteString("target"u8, only.At);
            }

            json.WriteStartArray("details"u8);
            foreach (var fault in problem.Faults)
            {
                json.WriteStartObject();
                json.WriteString("code"u8, Code(problem.Status));
                json.WriteString("target"u8, fault.At);
                json.WriteString("message"u8, language == Language.It
                    ? $"Atteso: {fault.Expected}. Trovato: {fault.Got}"
                    : $"Expected: {fault.Expected}. Got: {fault.Got}");
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteEndObject();
        });
    }

    private static string Code(int status) => status switch
    {
        400 => "BadRequest",
        401 => "Unauthorized",
        403 => "Forbidden",
        404 => "NotFound",
        405 => "MethodNotAllowed",
        406 => "NotAcceptable",
        422 => "UnprocessableContent",
        501 => "NotImplemented",
        503 => "ServiceUnavailable",
        >= 400 and < 500 => "Refused",
        _ => "InternalServerError",
    };
}
