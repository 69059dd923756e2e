using FsCheck;
using FsCheck.Fluent;
using GeoOffer.Domain;
using GeoOffer.Domain.Scouting;

namespace GeoOffer.Storage.Tests.Matching;

/// <summary>Random briefs over a pool of numbers and a vocabulary.</summary>
internal sealed class Briefs(ScoutingVocabulary vocabulary, double[]? metres = null, double[]? areasHa = null, double[]? shares = null)
{
    private static readonly Gen<double?> NoNumber = Gen.Constant<double?>(null);

    private readonly double[] _metres = metres ?? BriefPool.Metres;
    private readonly double[] _boundsHa = areasHa ?? BriefPool.BoundsHa;
    private readonly double[] _shares = shares ?? BriefPool.Shares;

    public Arbitrary<Brief> Any => Arb.From(Generate(12), Simpler);

    /// <summary>Briefs with few constraints, so that many sites pass.</summary>
    public Arbitrary<Brief> Mild => Arb.From(Generate(2), Simpler);

    public Gen<Brief> Generate(int mostConstraints) =>
        from area in Maybe(Area())
        from within in Maybe(Within())
        from constraints in Some(Constraint(), mostConstraints)
        from preferences in Some(Preference(), 6)
        from unknowns in Gen.Elements(Enum.GetValues<UnknownsPolicy>())
        from buckets in Gen.SubListOf(Brief.AllBuckets.AsEnumerable())
        from isWhole in Gen.Elements(true, true, false)
        from limit in Gen.Elements(1, 2, 20, 1000, 1000, 1000)
        select new Brief
        {
            Area = area,
            Within = within,
            Constraints = constraints.Select((constraint, place) => constraint with { Id = $"c{place + 1}" }).ToValueList(),
            Preferences = preferences.Select((preference, place) => preference with { Id = $"p{place + 1}" }).ToValueList(),
            Unknowns = unknowns,
            Buckets = isWhole ? Brief.AllBuckets : Brief.AllBuckets.Where(buckets.Contains).ToValueList(),
            Limit = limit,
        };

    private static IEnumerable<Brief> Simpler(Brief brief)
    {
        if (brief.Area is not null)
        {
            yield return brief with { Area = null };
        }

        if (brief.Within is not null)
        {
            yield return brief with { Within = null };
        }

        foreach (var constraint in brief.Constraints)
        {
            yield return brief with { Constraints = brief.Constraints.Where(other => other != constraint).ToValueList() };
        }

        foreach (var preference in brief.Preferences)
        {
            yield return brief with { Preferences = brief.Preferences.Where(other => other != preference).ToValueList() };
        }
    }

    private Gen<AreaRequirement> Area() =>
        from target in Gen.OneOf(NoNumber, Number(BriefPool.TargetsHa), Number(BriefPool.TargetsHa))
        from min in Gen.OneOf(NoNumber, NoNumber, Number(_boundsHa))
        from max in Gen.OneOf(NoNumber, NoNumber, Number(_boundsHa))
        from tolerance in Gen.Elements(BriefPool.Tolerances)
        from slack in Gen.Elements(BriefPool.AreaSlacks)
        from basis in Gen.Elements(Enum.GetValues<AreaBasis>())
        from oversize in Gen.Elements(Enum.GetValues<Oversize>())
        select new AreaRequirement
        {
            TargetHa = target is null && min is null && max is null ? 40 : target,
            Tolerance = tolerance,
            Slack = slack,
            Basis = basis,
            Oversize = oversize,
            MinHa = min,
            MaxHa = max,
        };

    private static Gen<AreaOfInterest> Within() =>
        from provinces in Gen.SubListOf(BriefPool.Provinces)
        from municipalities in Gen.SubListOf(BriefPool.Municipalities)
        from geometry in Gen.OneOf(Gen.Constant<NetTopologySuite.Geometries.Geometry?>(null), Gen.Elements(BriefPool.Areas).Select(area => (NetTopologySuite.Geometries.Geometry?)area))
        let codes = geometry is null && provinces.Count + municipalities.Count == 0 ? ["015"] : provinces
        select new AreaOfInterest([.. codes, .. municipalities], [.. codes], [.. municipalities], geometry);

    private Gen<BriefConstraint> Constraint() => Gen.Frequency(
        (1, Codes(BriefPool.Functions).Select(codes => (BriefConstraint)new FunctionConstraint("", codes))),
        (1, Codes(BriefPool.Kinds).Select(codes => (BriefConstraint)new KindConstraint("", codes))),
        (4, from target in Proximity()
            from max in Gen.Elements(_metres)
            from slack in Gen.Elements(BriefPool.DistanceSlacks)
            select (BriefConstraint)new DistanceConstraint("", target, max, slack)),
        (4, from target in Gen.Elements(vocabulary.OverlapTargets.AsEnumerable())
            from max in Gen.Elements(_shares)
            from slack in Gen.Elements(BriefPool.OverlapSlacks)
            select (BriefConstraint)new OverlapConstraint("", target, max, slack)));

    private Gen<BriefPreference> Preference() =>
        from weight in Gen.Elements(BriefPool.Weights)
        from preference in Gen.OneOf(
            Codes(BriefPool.Functions).Select(codes => (BriefPreference)new FunctionPreference("", weight, codes)),
            Codes(BriefPool.Kinds).Select(codes => (BriefPreference)new KindPreference("", weight, codes)),
            from target in Proximity() from function in Worth(BriefPool.Distances) select (BriefPreference)new DistancePreference("", weight, target, function),
            from target in Gen.Elements(vocabulary.OverlapTargets.AsEnumerable())
            from function in Worth(BriefPool.Overlaps)
            select (BriefPreference)new OverlapPreference("", weight, target, function),
            from basis in Gen.Elements(Enum.GetValues<AreaBasis>())
            from function in Worth(BriefPool.AreasHa)
            select (BriefPreference)new AreaPreference("", weight, basis, function))
        select preference;

    /// <summary>A group half of the time: its rule for unknown members is the one that is easily got wrong.</summary>
    private Gen<ProximityTarget> Proximity() => Gen.OneOf(
        Gen.Elements(vocabulary.ProximityTargets.Where(target => target.Members.Count > 1)), Gen.Elements(vocabulary.ProximityTargets.AsEnumerable()));

    private static Gen<ValueFunction> Worth(double[] numbers) => Gen.Elements(numbers).Three()
        .Select(three => (double[])[three.Item1, three.Item2, three.Item3])
        .Where(three => three[0] != three[1] && three.Min() < three.Max())
        .SelectMany(three => Gen.Elements<ValueFunction>(
            new LinearValue(three[0], three[1]), new TriangularValue(three.Min(), three.Order().ElementAt(1), three.Max())));

    private static Gen<ValueList<string>> Codes(string[] codes) => Gen.SubListOf(codes).Where(some => some.Count > 0).Select(some => some.ToValueList());

    private static Gen<double?> Number(double[] numbers) => Gen.Elements(numbers).Select(number => (double?)number);

    private static Gen<T?> Maybe<T>(Gen<T> gen)
        where T : class
        => Gen.OneOf(Gen.Constant<T?>(null), gen.Select(value => (T?)value));

    private static Gen<List<T>> Some<T>(Gen<T> gen, int most) => Gen.Choose(0, most).SelectMany(count => Gen.ListOf(gen, count)).Select(list => list.ToList());
}
