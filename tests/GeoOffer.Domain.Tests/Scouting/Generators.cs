using FsCheck;
using FsCheck.Fluent;
using GeoOffer.Domain.Offer;
using GeoOffer.Domain.Scouting;
using NetTopologySuite.Geometries;

namespace GeoOffer.Domain.Tests.Scouting;

/// <summary>Briefs that a reader would accept, and sites around their thresholds.</summary>
internal static class Generators
{
    private static readonly string[] Members = [.. TerritoryCodeLists.InfrastructureKind.Codes, "charging_hubs"];

    private static readonly UnknownBecause[] Causes = Enum.GetValues<UnknownBecause>();

    public static Gen<Brief> Briefs { get; } =
        from area in AreaRequirements().OrNull()
        from constraints in ListOf(Constraints(), 6)
        from preferences in ListOf(Preferences(), 6)
        from within in Areas().OrNull()
        from unknowns in Gen.Elements(Enum.GetValues<UnknownsPolicy>())
        from buckets in Gen.Elements<ValueList<Bucket>>(Brief.AllBuckets, [Bucket.NearMiss], [Bucket.Match, Bucket.NearMiss])
        from limit in Gen.Choose(1, 1000)
        select new Brief
        {
            Area = area,
            Constraints = constraints.Select((constraint, index) => constraint with { Id = $"c{index + 1}" }).ToValueList(),
            Preferences = preferences.Select((preference, index) => preference with { Id = $"p{index + 1}" }).ToValueList(),
            Within = within,
            Unknowns = unknowns,
            Buckets = buckets,
            Limit = limit,
        };

    public static Gen<SiteFacts> Sites { get; } =
        from areas in FactsOf(Enum.GetValues<AreaBasis>(), Number(0, 120))
        from distances in FactsOf(Members, Number(0, 40_000))
        from overlaps in FactsOf([.. TerritoryCodeLists.ConstraintKind.Codes, "noise_zone"], Number(0, 1))
        from kind in Gen.Elements("greenfield", "brownfield", "unknown", null)
        from functions in Subset(SiteCodeLists.AdmittedFunction.Codes).OrNull()
        from municipality in Gen.Elements("015146", "016024", "017029", null)
        from inside in Gen.Elements<bool?>(true, false, null)
        from code in Gen.Choose(1, 10_000)
        select new SiteFacts
        {
            Code = $"GO-{code}",
            Areas = areas,
            Distances = distances,
            Overlaps = overlaps,
            Kind = kind,
            Functions = functions,
            MunicipalityCode = municipality,
            ProvinceCode = municipality?[..3],
            InsideGeometry = inside,
        };

    /// <summary>Doubles of every length of digits, often whole and often at the ends.</summary>
    public static Gen<double> Number(double low, double high) => Gen.OneOf(
        Gen.Choose(0, 1_000_000).Select(step => low + ((high - low) * step / 1_000_000)),
        Gen.Choose(0, 20).Select(step => low + ((high - low) * step / 20)),
        Gen.Choose(1, int.MaxValue).Select(step => low + ((high - low) * (step / (double)int.MaxValue))));

    private static Gen<double> Positive(double high) => Number(high / 1_000_000, high);

    private static Gen<AreaRequirement> AreaRequirements()
        => (from target in Positive(100).Select(value => (double?)value).OrMissing()
            from min in Positive(100).Select(value => (double?)value).OrMissing()
            from max in Positive(200).Select(value => (double?)value).OrMissing()
            from tolerance in Number(0, 1)
            from slack in Number(1, 5)
            from basis in Gen.Elements(Enum.GetValues<AreaBasis>())
            from oversize in Gen.Elements(Oversize.Fail, Oversize.Accept)
            select new AreaRequirement
            {
                TargetHa = target,
                MinHa = min,
                MaxHa = max,
                Tolerance = tolerance,
                Slack = slack,
                Basis = basis,
                Oversize = oversize,
            }).Where(area => (area.TargetHa ?? area.MinHa ?? area.MaxHa) is not null && !(area.MinHa > area.MaxHa) && !AreaBand.Of(area).IsEmpty);

    private static Gen<BriefConstraint> Constraints() => Gen.OneOf(
        Subset(Given.Vocabulary.Functions).Select(codes => (BriefConstraint)new FunctionConstraint("", codes)),
        Subset(Given.Vocabulary.Kinds).Select(codes => (BriefConstraint)new KindConstraint("", codes)),
        from target in Gen.Elements(Given.Vocabulary.ProximityTargets.ToArray())
        from metres in Positive(30_000)
        from slack in Number(0, 3)
        select (BriefConstraint)new DistanceConstraint("", target, metres, slack),
        from target in Gen.Elements(Given.Vocabulary.OverlapTargets.ToArray())
        from share in Number(0, 1)
        from slack in Number(0, 0.5)
        select (BriefConstraint)new OverlapConstraint("", target, share, slack));

    private static Gen<BriefPreference> Preferences() => Gen.OneOf(
        from target in Gen.Elements(Given.Vocabulary.ProximityTargets.ToArray())
        from weight in Positive(10)
        from function in ValueFunctions(40_000)
        select (BriefPreference)new DistancePreference("", weight, target, function),
        from target in Gen.Elements(Given.Vocabulary.OverlapTargets.ToArray())
        from weight in Positive(10)
        from function in ValueFunctions(1)
        select (BriefPreference)new OverlapPreference("", weight, target, function),
        from basis in Gen.Elements(Enum.GetValues<AreaBasis>())
        from weight in Positive(10)
        from function in ValueFunctions(120)
        select (BriefPreference)new AreaPreference("", weight, basis, function),
        from codes in Subset(Given.Vocabulary.Functions)
        from weight in Positive(10)
        select (BriefPreference)new FunctionPreference("", weight, codes),
        from codes in Subset(Given.Vocabulary.Kinds)
        from weight in Positive(10)
        select (BriefPreference)new KindPreference("", weight, codes));

    private static Gen<ValueFunction> ValueFunctions(double high) => Gen.OneOf(
        from best in Number(0, high)
        from worst in Number(0, high)
        where best != worst
        select (ValueFunction)new LinearValue(best, worst),
        from ends in Gen.ArrayOf(Number(0, high), 3)
        let sorted = ends.Order().ToArray()
        where sorted[0] < sorted[2]
        select (ValueFunction)new TriangularValue(sorted[0], sorted[1], sorted[2]));

    private static Gen<AreaOfInterest> Areas()
        => from codes in Gen.SubListOf("MI", "016", "015146", "015999").Select(codes => codes.Distinct().Select(Given.Vocabulary.Areas.Resolve).ToArray())
           from geometry in Gen.OneOf(Squares().Select(square => (Geometry)square), MultiSquares()).OrNull()
           where codes.Length > 0 || geometry is not null
           select new AreaOfInterest(
               codes.Select(area => area!.Code).ToValueList(),
               codes.SelectMany(area => area!.ProvinceCodes).ToValueList(),
               codes.SelectMany(area => area!.MunicipalityCodes).ToValueList(),
               geometry);

    private static Gen<Polygon> Squares()
        => from x in Number(-179, 178)
           from y in Number(-89, 88)
           from side in Number(0.001, 1)
           select Given.Square(x, y, side);

    private static Gen<Geometry> MultiSquares()
        => Squares().Select(square => (Geometry)square.Factory.CreateMultiPolygon([square]));

    private static Gen<ValueList<string>> Subset(IEnumerable<string> codes)
        => Gen.Shuffle(codes.ToArray()).SelectMany(
            shuffled => Gen.Choose(1, Math.Min(3, shuffled.Length)).Select(count => shuffled.Take(count).ToValueList()));

    private static Gen<IReadOnlyDictionary<TKey, Fact>> FactsOf<TKey>(IReadOnlyList<TKey> keys, Gen<double> values)
        where TKey : notnull
    {
        var fact = Gen.Frequency(
            (6, values.Select(value => (Fact?)Fact.Known(value))),
            (1, Gen.Elements(Causes).Select(because => (Fact?)Fact.Unknown(because))),
            (1, Gen.Constant<Fact?>(null)));
        return Gen.ArrayOf(fact, keys.Count).Select(facts => (IReadOnlyDictionary<TKey, Fact>)keys
            .Zip(facts)
            .Where(pair => pair.Second is not null)
            .ToDictionary(pair => pair.First, pair => pair.Second!));
    }

    private static Gen<ValueList<T>> ListOf<T>(Gen<T> items, int most)
        => Gen.Choose(0, most).SelectMany(count => Gen.ArrayOf(items, count)).Select(array => array.ToValueList());

    private static Gen<T?> OrNull<T>(this Gen<T> gen)
        where T : class
        => Gen.Frequency((2, gen.Select(value => (T?)value)), (1, Gen.Constant<T?>(null)));

    private static Gen<double?> OrMissing(this Gen<double?> gen) => Gen.Frequency((1, gen), (1, Gen.Constant<double?>(null)));
}
