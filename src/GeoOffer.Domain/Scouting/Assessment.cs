namespace GeoOffer.Domain.Scouting;

/// <summary>A reason before it is known what it contributes, and the worth of its value where it is scored.</summary>
/// <param name="Reason">Its weight is null when it is not scored.</param>
/// <param name="Worth">0 to 1; 0 when the value is unknown.</param>
internal readonly record struct Assessment(Reason Reason, double Worth);
