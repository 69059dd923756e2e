namespace GeoOffer.Domain.Scouting;

/// <summary>What makes one matching site better than another.</summary>
/// <param name="Id">The name by which reasons refer to it; unique among the constraints and preferences of a brief.</param>
/// <param name="Weight">How much it counts, greater than 0.</param>
public abstract record BriefPreference(string Id, double Weight);

/// <summary>Prefers by the distance to the nearest feature of a proximity target, in metres.</summary>
/// <param name="Id">See <see cref="BriefPreference"/>.</param>
/// <param name="Weight">See <see cref="BriefPreference"/>.</param>
/// <param name="Target">What may be near.</param>
/// <param name="ValueFunction">Over metres.</param>
public sealed record DistancePreference(string Id, double Weight, ProximityTarget Target, ValueFunction ValueFunction)
    : BriefPreference(Id, Weight);

/// <summary>Prefers by the share of the site that a layer covers.</summary>
/// <param name="Id">See <see cref="BriefPreference"/>.</param>
/// <param name="Weight">See <see cref="BriefPreference"/>.</param>
/// <param name="Target">The layer.</param>
/// <param name="ValueFunction">Over shares, 0 to 1.</param>
public sealed record OverlapPreference(string Id, double Weight, OverlapTarget Target, ValueFunction ValueFunction)
    : BriefPreference(Id, Weight);

/// <summary>Prefers by area, in hectares.</summary>
/// <param name="Id">See <see cref="BriefPreference"/>.</param>
/// <param name="Weight">See <see cref="BriefPreference"/>.</param>
/// <param name="Basis">Which area.</param>
/// <param name="ValueFunction">Over hectares.</param>
public sealed record AreaPreference(string Id, double Weight, AreaBasis Basis, ValueFunction ValueFunction)
    : BriefPreference(Id, Weight);

/// <summary>Worth 1 when the site admits one of the functions, else 0.</summary>
/// <param name="Id">See <see cref="BriefPreference"/>.</param>
/// <param name="Weight">See <see cref="BriefPreference"/>.</param>
/// <param name="AnyOf">Codes of <c>admitted_function</c>.</param>
public sealed record FunctionPreference(string Id, double Weight, ValueList<string> AnyOf) : BriefPreference(Id, Weight);

/// <summary>Worth 1 when the site is of one of the kinds, else 0.</summary>
/// <param name="Id">See <see cref="BriefPreference"/>.</param>
/// <param name="Weight">See <see cref="BriefPreference"/>.</param>
/// <param name="AnyOf">Codes of <c>site_kind</c>.</param>
public sealed record KindPreference(string Id, double Weight, ValueList<string> AnyOf) : BriefPreference(Id, Weight);
