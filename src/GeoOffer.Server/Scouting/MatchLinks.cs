using GeoOffer.Domain.Scouting;
using GeoOffer.Server.Http;

namespace GeoOffer.Server.Scouting;

/// <summary>Links of an answer to a brief.</summary>
internal static class MatchLinks
{
    /// <summary>
    /// The answer itself by its canonical address (the same for equal briefs, however they were asked; without a query where only a body
    /// can ask it), and the template by which the features that reasons cite are found.
    /// </summary>
    public static IReadOnlyList<Link> For(string baseAddress, BriefRequest request, ScoutingVocabulary vocabulary, ScoutingRules rules)
    {
        var query = BriefQuery.Of(request, vocabulary, rules);
        return For(baseAddress, $"{baseAddress}/api/match{RequestQuery.ToText(query ?? [])}");
    }

    /// <summary>The same for an answer with an address of its own.</summary>
    public static IReadOnlyList<Link> For(string baseAddress, string self) =>
    [
        new(self, "self", MediaTypes.GeoJson),
        new($"{baseAddress}/ogc/collections/{{collection}}/items/{{id}}", "item", MediaTypes.GeoJson) { IsTemplated = true },
        new($"{baseAddress}/api/openapi.json", "service-desc", MediaTypes.OpenApi),
    ];
}
