using System.Text.Json;

namespace GeoOffer.Domain.Scouting;

/// <summary>Reads the preferences of a brief's document.</summary>
internal sealed class BriefPreferenceReader(ScoutingVocabulary vocabulary, ScoutingRules rules, BriefFaults faults)
{
    private static readonly ValueList<string> Criteria = ["distance", "overlap", "area", "function", "kind"];

    public ValueList<BriefPreference> Read(IReadOnlyList<(string At, JsonElement Item)> items, CriterionIds ids)
    {
        var preferences = new List<BriefPreference>();
        for (var index = 0; index < items.Count; index++)
        {
            var (at, item) = items[index];
            if (BriefObject.Open(item, at, faults) is { } json && Read(json, ids.Take(json, 'p', index)) is { } preference)
            {
                preferences.Add(preference);
            }
        }

        return preferences.ToValueList();
    }

    private BriefPreference? Read(BriefObject json, string id)
    {
        var weight = json.Number("weight", NumberRange.Weight, rules.PreferenceWeight);
        switch (json.RequiredOneOf("criterion", Criteria))
        {
            case "distance":
                json.AllowOnly("id", "criterion", "weight", "target", "value_function");
                var near = vocabulary.RequiredProximityTarget(json);
                var overMetres = ValueFunctionReader.Read(json, "m", NumberRange.ValueMetres, faults);
                return near is null || overMetres is null ? null : new DistancePreference(id, weight, near, overMetres);
            case "overlap":
                json.AllowOnly("id", "criterion", "weight", "target", "value_function");
                var layer = vocabulary.RequiredOverlapTarget(json);
                var overShares = ValueFunctionReader.Read(json, "share", NumberRange.Share, faults);
                return layer is null || overShares is null ? null : new OverlapPreference(id, weight, layer, overShares);
            case "area":
                json.AllowOnly("id", "criterion", "weight", "basis", "value_function");
                var basis = json.Code("basis", AreaBasis.Gross);
                var overHectares = ValueFunctionReader.Read(json, "ha", NumberRange.ValueHa, faults);
                return overHectares is null ? null : new AreaPreference(id, weight, basis, overHectares);
            case "function":
                json.AllowOnly("id", "criterion", "weight", "any_of");
                return new FunctionPreference(id, weight, json.RequiredCodes("any_of", vocabulary.Functions));
            case "kind":
                json.AllowOnly("id", "criterion", "weight", "any_of");
                return new KindPreference(id, weight, json.RequiredCodes("any_of", vocabulary.Kinds));
            default:
                return null;
        }
    }
}
