using System.Collections.Immutable;

namespace GeoOffer.Storage.Demonstration;

/// <summary>A site that is put where it is for a reason: so that known briefs have answers of every kind.</summary>
/// <param name="Longitude">Where room is looked for first, degrees.</param>
/// <param name="Latitude">Where room is looked for first, degrees.</param>
/// <param name="AreasHa">The area; several areas are plots of one row that share their borders.</param>
/// <param name="Kind">greenfield or brownfield.</param>
/// <param name="Functions">Admitted functions; empty: not stated.</param>
internal sealed record SitePlan(
    double Longitude, double Latitude, ImmutableArray<double> AreasHa, string Kind, ImmutableArray<string> Functions)
{
    /// <summary>The wanted share of protected area.</summary>
    public ParkShare Parks { get; init; } = ParkShare.None;

    /// <summary>Whether only a point of it is known.</summary>
    public bool IsPointOnly { get; init; }

    /// <summary>Whether it has its own rail siding.</summary>
    public bool HasRailSiding { get; init; }

    /// <summary>Whether nobody has confirmed the sheet for more than six months.</summary>
    public bool IsStale { get; init; }
}
