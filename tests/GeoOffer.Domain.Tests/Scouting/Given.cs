using System.Text;
using GeoOffer.Domain.Scouting;
using NetTopologySuite.Geometries;

namespace GeoOffer.Domain.Tests.Scouting;

/// <summary>Short forms of what the tests of this folder are given.</summary>
internal static class Given
{
    public static readonly ScoutingVocabulary Vocabulary = new(
        [.. ScoutingVocabulary.BuiltInProximityTargets, new ProximityTarget("charging_hubs", "Hub di ricarica", "Charging hubs", ["charging_hubs"])],
        [.. ScoutingVocabulary.BuiltInOverlapTargets, new OverlapTarget("noise_zone", "Zona acustica", "Noise zone")],
        new FewAreas());

    public static readonly BriefQueryReader QueryReader = new(Vocabulary, ScoutingRules.Default);

    public static readonly BriefJsonReader JsonReader = new(Vocabulary, ScoutingRules.Default);

    public static readonly OverlapTarget ProtectedArea = Vocabulary.FindOverlapTarget("protected_area")!;

    public static ProximityTarget Near(string name) => Vocabulary.FindProximityTarget(name)!;

    public static AreaRequirement About(double? targetHa, double tolerance = 0.15, double? min = null, double? max = null) => new()
    {
        TargetHa = targetHa,
        Tolerance = tolerance,
        Slack = 3,
        Basis = AreaBasis.Gross,
        Oversize = Oversize.Fail,
        MinHa = min,
        MaxHa = max,
    };

    public static SiteFacts Site(string code = "GO-1") => new() { Code = code };

    public static SiteFacts WithArea(this SiteFacts site, double areaHa, AreaBasis basis = AreaBasis.Gross)
        => site with { Areas = new Dictionary<AreaBasis, Fact>(site.Areas) { [basis] = Fact.Known(areaHa) } };

    public static SiteFacts WithDistance(this SiteFacts site, string member, double metres) => site.With(member, Fact.Known(metres));

    public static SiteFacts With(this SiteFacts site, string member, Fact distance)
        => site with { Distances = new Dictionary<string, Fact>(site.Distances) { [member] = distance } };

    public static SiteFacts WithOverlap(this SiteFacts site, string target, double share)
        => site with { Overlaps = new Dictionary<string, Fact>(site.Overlaps) { [target] = Fact.Known(share) } };

    public static Judgement Judged(this SiteFacts site, Brief brief) => Judge.Assess(site, brief, ScoutingRules.Default);

    public static Reason OnlyReason(this SiteFacts site, Brief brief) => Assert.Single(site.Judged(brief).Reasons);

    public static BriefReading FromQuery(string query)
        => QueryReader.Read(query.Split('&', StringSplitOptions.RemoveEmptyEntries).Select(pair =>
        {
            var parts = pair.Split('=', 2);
            return KeyValuePair.Create(parts[0], parts.Length == 2 ? parts[1] : "");
        }));

    public static BriefReading FromJson(string json) => JsonReader.Read(Encoding.UTF8.GetBytes(json));

    public static Polygon Square(double x, double y, double side)
        => new GeometryFactory(new PrecisionModel(), 4326).CreatePolygon(
            [new(x, y), new(x + side, y), new(x + side, y + side), new(x, y + side), new(x, y)]);

    /// <summary>Two provinces, two municipalities, and one that was split into two.</summary>
    private sealed class FewAreas : IAreaResolver
    {
        public ResolvedArea? Resolve(string code) => code switch
        {
            "MI" or "015" => new ResolvedArea(code, ["015"], []),
            "BG" or "016" => new ResolvedArea(code, ["016"], []),
            "015146" or "015182" => new ResolvedArea(code, [], [code]),
            "015999" => new ResolvedArea(code, [], ["015250", "015251"]),
            _ => null,
        };
    }
}
