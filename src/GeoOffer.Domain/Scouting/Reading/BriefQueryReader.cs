using System.Globalization;

namespace GeoOffer.Domain.Scouting;

/// <summary>
/// Reads the simple form of a brief: the parameters of <c>GET /api/match</c>. Names are exact; numbers do not depend on a culture.
/// </summary>
/// <param name="vocabulary">The names that a brief may use.</param>
/// <param name="rules">The defaults.</param>
public sealed class BriefQueryReader(ScoutingVocabulary vocabulary, ScoutingRules rules)
{
    /// <summary>The parameters there are; any other is a fault.</summary>
    public static ValueList<string> ParameterNames { get; } =
    [
        "area_ha", "tolerance", "area_min_ha", "area_max_ha", "oversize", "function", "kind", "near", "avoid", "within",
        "unknowns", "buckets", "limit", "counts", "lang",
    ];

    /// <summary>Reads the decoded parameters, a repeated one as several pairs. It never throws on what a client may send.</summary>
    public BriefReading Read(IEnumerable<KeyValuePair<string, string>> parameters)
    {
        var faults = new BriefFaults(BriefFaultPlace.Query);
        var query = new QueryParameters(parameters, faults);
        query.AllowOnly(ParameterNames);
        var brief = new Brief
        {
            Area = ReadArea(query, faults),
            Constraints = ReadConstraints(query, faults),
            Within = ReadWithin(query, faults),
            Unknowns = query.Code("unknowns", UnknownsPolicy.Verify),
            Buckets = ReadBuckets(query, faults),
            Limit = (int)(query.Number("limit", NumberRange.Limit) ?? rules.Limit),
        };
        var countsFull = query.OneOf("counts", ["full"]) is not null;
        var language = query.OneOf("lang", ["it", "en"]);
        return BriefReading.Of(new BriefRequest(brief, countsFull, language), faults);
    }

    private AreaRequirement? ReadArea(QueryParameters query, BriefFaults faults)
    {
        var area = new AreaRequirement
        {
            TargetHa = query.Number("area_ha", NumberRange.AreaHa),
            Tolerance = query.Number("tolerance", NumberRange.Tolerance) ?? rules.AreaTolerance,
            Slack = rules.AreaSlack,
            Basis = AreaBasis.Gross,
            Oversize = query.Code("oversize", Oversize.Fail),
            MinHa = query.Number("area_min_ha", NumberRange.AreaHa),
            MaxHa = query.Number("area_max_ha", NumberRange.AreaHa),
        };
        if (area.TargetHa is not null || area.MinHa is not null || area.MaxHa is not null)
        {
            BriefChecks.Area(area, "area_min_ha", "area_max_ha", faults);
            return area;
        }

        if (!query.Has("area_ha") && !query.Has("area_min_ha") && !query.Has("area_max_ha"))
        {
            foreach (var name in (string[])["tolerance", "oversize"])
            {
                if (query.Has(name))
                {
                    faults.Add(name, "area_ha, area_min_ha or area_max_ha beside it", "no area");
                }
            }
        }

        return null;
    }

    private ValueList<BriefConstraint> ReadConstraints(QueryParameters query, BriefFaults faults)
    {
        var functions = BriefChecks.Codes(query.All("function"), vocabulary.Functions, faults);
        var kinds = BriefChecks.Codes(query.All("kind"), vocabulary.Kinds, faults);
        var constraints = new List<BriefConstraint>();
        string NextId() => string.Create(CultureInfo.InvariantCulture, $"c{constraints.Count + 1}");
        if (functions.Count > 0)
        {
            constraints.Add(new FunctionConstraint(NextId(), functions));
        }

        if (kinds.Count > 0)
        {
            constraints.Add(new KindConstraint(NextId(), kinds));
        }

        foreach (var (name, read) in new (string, Func<string, string, BriefConstraint?>)[] { ("near", ReadNear), ("avoid", ReadAvoid) })
        {
            foreach (var (_, value) in query.All(name))
            {
                if (constraints.Count == BriefChecks.MaxConstraints)
                {
                    faults.Add(name, $"at most {BriefChecks.MaxConstraints} constraints in all", "more");
                    break;
                }

                if (read(value, NextId()) is { } constraint)
                {
                    constraints.Add(constraint);
                }
            }
        }

        return constraints.ToValueList();

        BriefConstraint? ReadNear(string value, string id)
        {
            var (name, number) = Split(value);
            var target = vocabulary.FindProximityTarget(name);
            if (target is null)
            {
                var names = BriefChecks.OneOf(vocabulary.ProximityTargets.Select(item => item.Name));
                faults.Add("near", "kind:metres with a kind that is " + names, value);
            }

            if (QueryParameters.Parse(number, NumberRange.Metres) is not { } metres)
            {
                faults.Add("near", "kind:metres with " + NumberRange.Metres.Expected, value);
                return null;
            }

            return target is null ? null : new DistanceConstraint(id, target, metres, rules.DistanceSlack);
        }

        BriefConstraint? ReadAvoid(string value, string id)
        {
            var (name, number) = Split(value);
            var target = vocabulary.FindOverlapTarget(name);
            if (target is null)
            {
                var names = BriefChecks.OneOf(vocabulary.OverlapTargets.Select(item => item.Name));
                faults.Add("avoid", "kind or kind:max_share with a kind that is " + names, value);
            }

            if (QueryParameters.Parse(number ?? "0", NumberRange.Share) is not { } share)
            {
                faults.Add("avoid", "kind or kind:max_share with " + NumberRange.Share.Expected, value);
                return null;
            }

            return target is null ? null : new OverlapConstraint(id, target, share, rules.OverlapSlack);
        }
    }

    private AreaOfInterest? ReadWithin(QueryParameters query, BriefFaults faults)
    {
        var codes = query.All("within");
        if (codes.Count > BriefChecks.MaxCodes)
        {
            faults.Add("within", $"at most {BriefChecks.MaxCodes} codes", "more");
            return null;
        }

        var (anyOf, provinces, municipalities) = BriefChecks.Areas(codes, vocabulary.Areas, faults);
        return anyOf.Count == 0 ? null : new AreaOfInterest(anyOf, provinces, municipalities, Geometry: null);
    }

    private static ValueList<Bucket> ReadBuckets(QueryParameters query, BriefFaults faults)
    {
        var codes = query.All("buckets").SelectMany(item => item.Value.Split(',').Select(code => (item.Name, code)));
        var known = BriefChecks.Codes(codes, Brief.AllBuckets.Select(bucket => bucket.ToCode()).ToValueList(), faults);
        return known.Count == 0 ? Brief.AllBuckets : Brief.AllBuckets.Where(bucket => known.Contains(bucket.ToCode())).ToValueList();
    }

    private static (string Name, string? Number) Split(string value)
    {
        var colon = value.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? (value, null) : (value[..colon], value[(colon + 1)..]);
    }
}
