using System.Globalization;
using GeoOffer.Domain.Scouting;

namespace GeoOffer.Server.Scouting;

/// <summary>Writes briefs in their simple form, the parameters of <c>GET /api/match</c>, where that form can say all of them.</summary>
internal static class BriefQuery
{
    /// <summary>The parameters that ask exactly this, or null when no parameters do.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>>? Of(BriefRequest request, ScoutingVocabulary vocabulary, ScoutingRules rules)
    {
        var parameters = Write(request, rules).ToList();

        // What the parameters leave out shows when they are read back.
        return new BriefQueryReader(vocabulary, rules).Read(parameters).Request == request ? parameters : null;
    }

    private static IEnumerable<KeyValuePair<string, string>> Write(BriefRequest request, ScoutingRules rules)
    {
        var brief = request.Brief;
        return WriteArea(brief.Area, rules)
            .Concat(brief.Constraints.SelectMany(WriteConstraint))
            .Concat((brief.Within?.AnyOf ?? []).Select(code => Pair("within", code)))
            .Concat(When(brief.Unknowns != UnknownsPolicy.Verify, "unknowns", brief.Unknowns.ToCode()))
            .Concat(When(!brief.Buckets.Equals(Brief.AllBuckets), "buckets", Codes(brief.Buckets)))
            .Concat(When(brief.Limit != rules.Limit, "limit", Text(brief.Limit)))
            .Concat(When(request.CountsFull, "counts", "full"))
            .Concat(When(request.Language is not null, "lang", request.Language ?? ""));
    }

    private static IEnumerable<KeyValuePair<string, string>> WriteArea(AreaRequirement? area, ScoutingRules rules) => area is null
        ? []
        : new[]
        {
            When(area.TargetHa is not null, "area_ha", Text(area.TargetHa)),
            When(area.Tolerance != rules.AreaTolerance, "tolerance", Text(area.Tolerance)),
            When(area.MinHa is not null, "area_min_ha", Text(area.MinHa)),
            When(area.MaxHa is not null, "area_max_ha", Text(area.MaxHa)),
            When(area.Oversize != Oversize.Fail, "oversize", area.Oversize.ToCode()),
        }.SelectMany(pairs => pairs);

    private static IEnumerable<KeyValuePair<string, string>> WriteConstraint(BriefConstraint constraint) => constraint switch
    {
        FunctionConstraint function => function.AnyOf.Select(code => Pair("function", code)),
        KindConstraint kind => kind.AnyOf.Select(code => Pair("kind", code)),
        DistanceConstraint distance => [Pair("near", $"{distance.Target.Name}:{Text(distance.MaxMetres)}")],
        OverlapConstraint { MaxShare: 0 } overlap => [Pair("avoid", overlap.Target.Name)],
        OverlapConstraint overlap => [Pair("avoid", $"{overlap.Target.Name}:{Text(overlap.MaxShare)}")],
        _ => [],
    };

    private static KeyValuePair<string, string> Pair(string name, string value) => new(name, value);

    private static IEnumerable<KeyValuePair<string, string>> When(bool condition, string name, string value) =>
        condition ? [Pair(name, value)] : [];

    private static string Codes(IEnumerable<Bucket> buckets) => string.Join(',', buckets.Select(bucket => bucket.ToCode()));

    private static string Text(double? number) => number?.ToString("R", CultureInfo.InvariantCulture) ?? "";
}
