namespace GeoOffer.Domain.Scouting;

/// <summary>The distance to a target that may be a group: the least of its members, the first of equals.</summary>
internal static class Proximity
{
    /// <summary>The least known distance; unknown, as its first member is, when no member is known.</summary>
    public static Fact Nearest(SiteFacts site, ProximityTarget target)
    {
        var nearest = site.Distance(target.Members[0]);
        foreach (var member in target.Members.Skip(1))
        {
            var fact = site.Distance(member);
            if (fact.Value is { } metres && !(metres >= nearest.Value))
            {
                nearest = fact;
            }
        }

        return nearest;
    }

    /// <summary>
    /// What decides whether the target is within a threshold: the least known distance when it is, or when every member is known;
    /// otherwise an unknown member could still be near enough, and the first such one is the answer.
    /// </summary>
    public static Fact Decisive(SiteFacts site, ProximityTarget target, double maxMetres)
    {
        var nearest = Nearest(site, target);
        return nearest.Value <= maxMetres
            ? nearest
            : target.Members.Select(site.Distance).FirstOrDefault(fact => fact.Value is null) ?? nearest;
    }
}
