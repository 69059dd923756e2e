namespace GeoOffer.Domain.Scouting;

/// <summary>A condition that a site must meet.</summary>
/// <param name="Id">The name by which reasons refer to it; unique among the constraints and preferences of a brief.</param>
public abstract record BriefConstraint(string Id);

/// <summary>The site admits at least one of the functions.</summary>
/// <param name="Id">See <see cref="BriefConstraint"/>.</param>
/// <param name="AnyOf">Codes of <c>admitted_function</c>.</param>
public sealed record FunctionConstraint(string Id, ValueList<string> AnyOf) : BriefConstraint(Id);

/// <summary>The site is of one of the kinds.</summary>
/// <param name="Id">See <see cref="BriefConstraint"/>.</param>
/// <param name="AnyOf">Codes of <c>site_kind</c>.</param>
public sealed record KindConstraint(string Id, ValueList<string> AnyOf) : BriefConstraint(Id);

/// <summary>The nearest feature of a proximity target is no farther than a threshold; straight line on the ellipsoid, edge to edge.</summary>
/// <param name="Id">See <see cref="BriefConstraint"/>.</param>
/// <param name="Target">What must be near.</param>
/// <param name="MaxMetres">The threshold in metres, inclusive.</param>
/// <param name="Slack">How much farther a near miss may be, as a share of the threshold.</param>
public sealed record DistanceConstraint(string Id, ProximityTarget Target, double MaxMetres, double Slack) : BriefConstraint(Id)
{
    /// <summary>The farthest near miss in metres, inclusive: max · (1 + slack) in decimal arithmetic, rounded once.</summary>
    public double NearMaxMetres => ExactDecimal.Above(MaxMetres, Slack);
}

/// <summary>The share of the site that a layer covers is no greater than a threshold.</summary>
/// <param name="Id">See <see cref="BriefConstraint"/>.</param>
/// <param name="Target">The layer.</param>
/// <param name="MaxShare">The threshold, 0 to 1, inclusive.</param>
/// <param name="Slack">How much more a near miss may overlap, as a share of the site added to the threshold.</param>
public sealed record OverlapConstraint(string Id, OverlapTarget Target, double MaxShare, double Slack) : BriefConstraint(Id)
{
    /// <summary>The greatest share of a near miss, inclusive: max + slack in decimal arithmetic, rounded once.</summary>
    public double NearMaxShare => ExactDecimal.Plus(MaxShare, Slack);
}
