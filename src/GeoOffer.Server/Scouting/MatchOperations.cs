using System.Text.Json.Nodes;
using GeoOffer.Domain.Scouting;
using GeoOffer.Server.Description;
using GeoOffer.Server.Http;

namespace GeoOffer.Server.Scouting;

/// <summary>Describes matching.</summary>
internal static class MatchOperations
{
    public const string Tag = "scouting";

    private const double MostHectares = 1e6;

    private const string Description =
        "The answer holds the sites of each bucket, best first, with a reason per criterion: value, threshold, unit, verdict, gap, the "
        + "feature it came from, source and date. Bounds are inclusive. Unknown is never 'no': a site with an unknown value matches if "
        + "verified. A near miss fails at most two criteria, each within its slack.";

    private static readonly string[] Both = [MediaTypes.GeoJson, MediaTypes.Json];

    /// <summary>The full counts.</summary>
    public static OperationParameter Counts { get; } =
        new("counts", "'full' also counts the excluded sites by the criterion they failed.", _ => JsonSchema.OneOf("full"));

    /// <summary><c>GET /api/match</c>.</summary>
    public static Operation ByQuery { get; } = new()
    {
        Id = "matchByQuery",
        Tag = Tag,
        Summary = "Sites that answer a requirement, by parameters.",
        Description = Description
            + " Repeated 'near' and 'avoid' must all hold; repeated 'function', 'kind' and 'within' are alternatives.",
        Parameters =
        [
            new("area_ha", "Wanted area in hectares, measured on the ellipsoid.", _ => Hectares()) { Example = 40 },
            new("tolerance", "Share of the wanted area by which a site may differ.",
                _ => WithDefault(JsonSchema.Number(0, 1), ScoutingRules.Default.AreaTolerance)),
            new("area_min_ha", "Least area in hectares.", _ => Hectares()),
            new("area_max_ha", "Greatest area in hectares.", _ => Hectares()),
            new("oversize", "Whether a site larger than the tolerance allows fails.", _ => WithDefault(Codes<Oversize>(), "fail")),
            new("function", "A function that the site must admit; repeat it for alternatives.",
                words => JsonSchema.ArrayOf(JsonSchema.OneOf(words.Functions)))
            {
                Example = new JsonArray("industrial"),
            },
            new("kind", "A kind of site; repeat it for alternatives.", words => JsonSchema.ArrayOf(JsonSchema.OneOf(words.Kinds))),
            new("near", "What must be near and within how many metres, edge to edge in a straight line: kind:metres. Repeat it for more.",
                words => Pattern(words.ProximityTargets.Select(target => target.Name), ":[0-9.eE+-]+"))
            {
                Example = new JsonArray("freight_terminal:10000"),
            },
            new("avoid", "What may not cover the site, or only a share of it from 0 to 1: kind or kind:max_share. Repeat it for more.",
                words => Pattern(words.OverlapTargets.Select(target => target.Name), "(:[0-9.eE+-]+)?")),
            new("within", "Sigla or ISTAT code of a province, or ISTAT code of a municipality; repeat it for alternatives.",
                _ => JsonSchema.ArrayOf(JsonSchema.Text())),
            new("unknowns", "What an unknown value does to a criterion.", _ => WithDefault(Codes<UnknownsPolicy>(), "verify")),
            new("buckets", "Which buckets are answered, separated by commas.",
                _ => JsonSchema.ArrayOf(JsonSchema.OneOf(Brief.AllBuckets.Select(bucket => bucket.ToCode()))))
            {
                CommaSeparated = true,
            },
            new("limit", "The greatest number of sites in each bucket.", _ => JsonSchema.Whole(1, 1000, ScoutingRules.Default.Limit)),
            Counts,
            OperationParameter.Lang,
        ],
        MediaTypes = [.. Both],
        Schema = "MatchAnswer",
        ChecksQuery = true,
    };

    /// <summary><c>POST /api/match</c>.</summary>
    public static Operation ByBody { get; } = new()
    {
        Id = "matchByBrief",
        Tag = Tag,
        Summary = "Sites that answer a requirement, by a brief.",
        Description = Description + " A brief says all that the parameters can, and preferences, slacks and a polygon besides.",
        Parameters = [OperationParameter.Lang],
        Body = new OperationBody(MediaTypes.Json, "Brief", ExampleBrief),
        MediaTypes = [.. Both],
        Schema = "MatchAnswer",
        Problems = [413, 415],
    };

    private const string ExampleBrief =
        """
        {"area": {"target_ha": 40},
         "constraints": [
           {"criterion": "function", "any_of": ["industrial"]},
           {"criterion": "distance", "target": "freight_terminal", "max_m": 10000},
           {"criterion": "overlap", "target": "protected_area", "max_share": 0}],
         "preferences": [
           {"criterion": "distance", "target": "motorway_junction", "weight": 2,
            "value_function": {"type": "linear", "best": 0, "worst": 20000, "unit": "m"}}]}
        """;

    private static JsonObject Hectares() => JsonSchema.Number(0, MostHectares, isLeastExcluded: true);

    private static JsonObject Codes<T>()
        where T : struct, Enum => JsonSchema.OneOf(EnumCode.All<T>());

    private static JsonObject WithDefault(JsonObject schema, JsonNode value)
    {
        schema["default"] = value;
        return schema;
    }

    private static JsonObject Pattern(IEnumerable<string> names, string rest) =>
        JsonSchema.ArrayOf(JsonSchema.Text($"^({string.Join('|', names)}){rest}$"));
}
