namespace GeoOffer.Domain.Scouting;

/// <summary>A brief, and how its answer is wanted.</summary>
/// <param name="Brief">What is asked.</param>
/// <param name="CountsFull">Whether the excluded sites are counted by reason.</param>
/// <param name="Language"><c>it</c> or <c>en</c>, or null when the request does not say.</param>
public sealed record BriefRequest(Brief Brief, bool CountsFull, string? Language);
