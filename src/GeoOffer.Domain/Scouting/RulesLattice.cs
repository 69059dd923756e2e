using NetTopologySuite.Geometries;

namespace GeoOffer.Domain.Scouting;

/// <summary>Briefs and sites around every edge of the rules.</summary>
internal static class RulesLattice
{
    private static readonly double?[] AreasHa = [0, 21.9, 22, 33.99, 34, 37, 40, 46, 46.01, 58, 58.1, null];
    private static readonly double?[] Metres = [0, 4000, 10_000, 10_000.1, 20_000, 20_000.1, null];
    private static readonly double?[] Shares = [0, 0.05, 0.0501, 0.5, null];

    private static readonly ValueList<string>?[] Functions =
        [["industrial"], ["logistics"], ["logistics", "unknown"], ["industrial", "unknown"], ["unknown"], [], null];

    private static readonly ProximityTarget Group = new("group", "", "", ["near", "far"]);
    private static readonly OverlapTarget Layer = new("layer", "", "");

    public static ValueList<Brief> Briefs { get; } =
    [
        .. Enum.GetValues<UnknownsPolicy>().Select(Full),
        Full(UnknownsPolicy.Verify) with { Area = Area(40, null, null) with { Oversize = Oversize.Accept, Basis = AreaBasis.Declared } },
        new() { Area = Area(null, 34, 46), Constraints = [new OverlapConstraint("c1", Layer, 0, 0.05)] },
        new() { Area = Area(null, 34, null), Constraints = [new KindConstraint("c1", ["greenfield"])] },
        new() { Area = Area(40, 22, 44), Preferences = [new FunctionPreference("p1", 3, ["industrial"])] },
    ];

    public static ValueList<SiteFacts> Sites { get; } = AllSites().ToValueList();

    private static Brief Full(UnknownsPolicy unknowns) => new()
    {
        Area = Area(40, null, null),
        Within = new AreaOfInterest(["MI", "016024"], ["015"], ["016024"], Polygon.Empty),
        Constraints =
        [
            new FunctionConstraint("c1", ["industrial", "offices"]),
            new DistanceConstraint("c2", Group, 10_000, 1),
            new OverlapConstraint("c3", Layer, 0, 0.05),
        ],
        Preferences =
        [
            new DistancePreference("p1", 2, Group, new LinearValue(0, 20_000)),
            new OverlapPreference("p2", 0.5, Layer, new LinearValue(0, 1)),
            new AreaPreference("p3", 1, AreaBasis.Declared, new TriangularValue(20, 40, 50)),
            new KindPreference("p4", 1, ["brownfield"]),
        ],
        Unknowns = unknowns,
    };

    private static AreaRequirement Area(double? target, double? min, double? max) => new()
    {
        TargetHa = target,
        MinHa = min,
        MaxHa = max,
        Tolerance = 0.15,
        Slack = 3,
        Basis = AreaBasis.Gross,
        Oversize = Oversize.Fail,
    };

    private static IEnumerable<SiteFacts> AllSites()
    {
        var index = 0;
        foreach (var area in AreasHa)
        {
            foreach (var near in Metres)
            {
                yield return Site(index, area, near, Shares[index % Shares.Length]);
                index++;
            }
        }
    }

    // The cycles have lengths without a common factor, so that values meet in many combinations without a full product: a server computes
    // this when it starts.
    private static SiteFacts Site(int index, double? areaHa, double? nearMetres, double? share) => new()
    {
        Code = $"L{index}",
        Areas = new Dictionary<AreaBasis, Fact>
        {
            [AreaBasis.Gross] = Of(areaHa, UnknownBecause.NoPolygon),
            [AreaBasis.Declared] = Of(AreasHa[index % 11], UnknownBecause.NotStated),
        },
        Kind = (index % 13) switch { 0 => null, < 8 => "greenfield", _ => "brownfield" },
        Functions = Functions[index * 5 % Functions.Length],
        Distances = new Dictionary<string, Fact>
        {
            ["near"] = Of(nearMetres, UnknownBecause.LayerMissing),
            ["far"] = Of(index % 3 == 0 ? null : 15_000, UnknownBecause.NotCovered),
        },
        Overlaps = new Dictionary<string, Fact> { [Layer.Name] = Of(share, UnknownBecause.NotCovered) },
        MunicipalityCode = (index % 17) switch { 0 => null, < 12 => "015146", < 15 => "016024", _ => "017029" },
        ProvinceCode = (index % 17) switch { 0 => null, < 12 => "015", < 15 => "016", _ => "017" },
        InsideGeometry = (index % 19) switch { 0 => null, 1 => false, _ => true },
    };

    private static Fact Of(double? value, UnknownBecause because) => value is { } known ? Fact.Known(known) : Fact.Unknown(because);
}
