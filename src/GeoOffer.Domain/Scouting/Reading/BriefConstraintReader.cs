using System.Text.Json;

namespace GeoOffer.Domain.Scouting;

/// <summary>Reads the constraints of a brief's document.</summary>
internal sealed class BriefConstraintReader(ScoutingVocabulary vocabulary, ScoutingRules rules, BriefFaults faults)
{
    private static readonly ValueList<string> Criteria = ["function", "kind", "distance", "overlap"];

    public ValueList<BriefConstraint> Read(IReadOnlyList<(string At, JsonElement Item)> items, CriterionIds ids)
    {
        var constraints = new List<BriefConstraint>();
        for (var index = 0; index < items.Count; index++)
        {
            var (at, item) = items[index];
            if (BriefObject.Open(item, at, faults) is { } json && Read(json, ids.Take(json, 'c', index)) is { } constraint)
            {
                constraints.Add(constraint);
            }
        }

        return constraints.ToValueList();
    }

    private BriefConstraint? Read(BriefObject json, string id) => json.RequiredOneOf("criterion", Criteria) switch
    {
        "function" => new FunctionConstraint(id, AnyOf(json, vocabulary.Functions)),
        "kind" => new KindConstraint(id, AnyOf(json, vocabulary.Kinds)),
        "distance" => Distance(json, id),
        "overlap" => Overlap(json, id),
        _ => null,
    };

    private static ValueList<string> AnyOf(BriefObject json, ValueList<string> allowed)
    {
        json.AllowOnly("id", "criterion", "any_of");
        return json.RequiredCodes("any_of", allowed);
    }

    private DistanceConstraint? Distance(BriefObject json, string id)
    {
        json.AllowOnly("id", "criterion", "target", "max_m", "slack");
        var target = vocabulary.RequiredProximityTarget(json);
        var metres = json.RequiredNumber("max_m", NumberRange.Metres);
        var slack = json.Number("slack", NumberRange.DistanceSlack, rules.DistanceSlack);
        return target is not null && metres is { } max ? new DistanceConstraint(id, target, max, slack) : null;
    }

    private OverlapConstraint? Overlap(BriefObject json, string id)
    {
        json.AllowOnly("id", "criterion", "target", "max_share", "slack");
        var target = vocabulary.RequiredOverlapTarget(json);
        var share = json.Number("max_share", NumberRange.Share, 0);
        var slack = json.Number("slack", NumberRange.OverlapSlack, rules.OverlapSlack);
        return target is null ? null : new OverlapConstraint(id, target, share, slack);
    }
}
