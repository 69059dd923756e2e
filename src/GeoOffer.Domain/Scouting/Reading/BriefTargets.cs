namespace GeoOffer.Domain.Scouting;

/// <summary>Reads the member <c>target</c> of a criterion.</summary>
internal static class BriefTargets
{
    public static ProximityTarget? RequiredProximityTarget(this ScoutingVocabulary vocabulary, BriefObject json)
    {
        var name = json.RequiredOneOf("target", vocabulary.ProximityTargets.Select(target => target.Name).ToValueList());
        return name is null ? null : vocabulary.FindProximityTarget(name);
    }

    public static OverlapTarget? RequiredOverlapTarget(this ScoutingVocabulary vocabulary, BriefObject json)
    {
        var name = json.RequiredOneOf("target", vocabulary.OverlapTargets.Select(target => target.Name).ToValueList());
        return name is null ? null : vocabulary.FindOverlapTarget(name);
    }
}
