using GeoOffer.Domain;
using GeoOffer.Domain.Scouting;
using GeoOffer.Query.Catalogue;

namespace GeoOffer.Storage.Tests.Matching;

/// <summary>The half of a reason that says what is known of a site, and from where; verdicts are the oracle's.</summary>
internal sealed class OracleFacts(OracleData data, Role role)
{
    public static Reason Codes(string id, Criterion criterion, ValueList<string> anyOf, OracleSite site) => new()
    {
        Id = id,
        Criterion = criterion,
        Operator = "any_of",
        Threshold = new CodesValue(anyOf),
        Source = site.SheetSource,
        AsOf = site.VerifiedOn,
    };

    public Reason Area(AreaBasis basis, OracleSite site, string id)
    {
        var (column, target) = basis switch
        {
            AreaBasis.Gross => ("measured_area_ha", "gross"),
            AreaBasis.Net => ("net_area_ha", "net"),
            AreaBasis.Declared => ("gross_area_declared_ha", "declared"),
            AreaBasis.Useful => ("useful_area_ha", "useful"),
            _ => ("for_sale_area_ha", "for_sale"),
        };
        var because = basis switch
        {
            AreaBasis.Gross => UnknownBecause.NoPolygon,
            AreaBasis.Net when !site.IsPolygon => UnknownBecause.NoPolygon,
            AreaBasis.Net => site.NetAreaMissing.Any(name => data.Layers[name].IsMissing) ? UnknownBecause.LayerMissing : UnknownBecause.NotCovered,
            _ => UnknownBecause.NotStated,
        };
        var value = Number(site, column);
        return new Reason
        {
            Id = id,
            Criterion = Criterion.Area,
            Target = target,
            Unit = "ha",
            Value = value,
            UnknownBecause = value is null ? because : null,
            Source = site.SheetSource,
            AsOf = site.VerifiedOn,
        };
    }

    public Reason Overlap(string layer, OracleSite site, string id) =>
        Layer(site, layer, $"overlap_{layer}_share", $"overlap_{layer}_id", site.IsPolygon) with { Id = id, Criterion = Criterion.Overlap, Target = layer, Unit = "share" };

    /// <summary>The nearest of a group, the first of equals; as its first member is, when all are unknown.</summary>
    public Reason Nearest(ProximityTarget target, OracleSite site, string id)
    {
        var members = Members(target, site, id);
        return members.Where(member => member.Value is not null).MinBy(member => ((NumberValue)member.Value!).Number) ?? members[0];
    }

    /// <summary>The nearest of a group, when it is near enough or all are known; else the first unknown, which could be nearer.</summary>
    public Reason Deciding(ProximityTarget target, double max, OracleSite site, string id)
    {
        var nearest = Nearest(target, site, id);
        return nearest.Value is NumberValue { Number: var metres } && metres <= max
            ? nearest
            : Members(target, site, id).Find(member => member.Value is null) ?? nearest;
    }

    private List<Reason> Members(ProximityTarget target, OracleSite site, string id) =>
        target.Members.Select(member => Layer(site, member, $"distance_{member}_m", $"nearest_{member}_id", site.Geometry is not null) with
        {
            Id = id,
            Criterion = Criterion.Distance,
            Target = target.Name,
            Unit = "m",
            Method = "straight_line",
        }).ToList();

    private Reason Layer(OracleSite site, string name, string column, string keyColumn, bool isMeasurable)
    {
        var layer = data.Layers[name];
        var value = Number(site, column);
        var (source, asOf) = (layer.Source, layer.AsOf);
        FeatureReference? reference = null;
        if (value is not null && site.FeatureKeys.TryGetValue(keyColumn, out var key) && data.Features.TryGetValue((layer.Collection, key), out var feature))
        {
            reference = feature.IsPublic || role >= Role.Scout ? feature.Reference : null;
            (source, asOf) = feature.Source is null ? (source, asOf) : (feature.Source, feature.AsOf);
        }

        return new Reason
        {
            Id = "",
            Criterion = default,
            Value = value,
            UnknownBecause = value is not null ? null
                : layer.IsMissing ? UnknownBecause.LayerMissing
                : !isMeasurable ? UnknownBecause.NoPolygon
                : UnknownBecause.NotCovered,
            Feature = reference,
            Source = source,
            AsOf = asOf,
        };
    }

    private static NumberValue? Number(OracleSite site, string column) => site.Numbers.TryGetValue(column, out var number) ? new NumberValue(number) : null;
}
