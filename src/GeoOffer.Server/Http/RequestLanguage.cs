using GeoOffer.Query.Catalogue;
using GeoOffer.Server.Problems;
using Microsoft.Net.Http.Headers;

namespace GeoOffer.Server.Http;

/// <summary>The language of an answer: the parameter <c>lang</c>, else Accept-Language (RFC 9110, 12.5.4), else Italian.</summary>
internal static class RequestLanguage
{
    public const string Parameter = "lang";

    public static string Code(this Language language) => language == Language.It ? "it" : "en";

    public static Language? Parse(string? code) => code switch { "it" => Language.It, "en" => Language.En, _ => null };

    public static Language Of(HttpRequest request) =>
        Parse(request.Query[Parameter] is [{ } code] ? code : null) ?? OfHeader(request) ?? Language.It;

    /// <summary>Adds a fault when the parameter is there and names no language.</summary>
    public static void Check(RequestQuery query, ICollection<RequestFault> faults)
    {
        if (query.Single(Parameter, faults) is { } code && Parse(code) is null)
        {
            faults.Add(RequestFault.InParameter(Parameter, "it or en", code));
        }
    }

    private static Language? OfHeader(HttpRequest request) =>
        StringWithQualityHeaderValue.TryParseList(request.Headers.AcceptLanguage, out var ranges)
            ? ranges
                .Where(range => range.Quality is not 0)
                .OrderByDescending(range => range.Quality ?? 1)
                .Select(range => Parse(range.Value.Value?.Split('-')[0].ToLowerInvariant()))
                .FirstOrDefault(language => language is not null)
            : null;
}
