using NetTopologySuite.Geometries;

namespace GeoOffer.Domain.Registers;

/// <summary>An attractor pole (polo attrattore).</summary>
public sealed class Pole
{
    /// <summary>The public identifier.</summary>
    public required string Code { get; set; }

    /// <summary>Name in Italian.</summary>
    public required string NameIt { get; set; }

    /// <summary>Name in English.</summary>
    public string? NameEn { get; set; }

    /// <summary>Code of <c>pole_reach</c>.</summary>
    public string Reach { get; set; } = "unknown";

    /// <summary>MultiPolygon, EPSG:4326 with x = longitude.</summary>
    public MultiPolygon? Geom { get; set; }

    /// <summary>First day of validity.</summary>
    public DateOnly? ValidFrom { get; set; }

    /// <summary>Last day of validity.</summary>
    public DateOnly? ValidTo { get; set; }

    /// <summary>The dataset it came with.</summary>
    public long? DatasetId { get; set; }

    /// <summary>Whether callers without a role see it.</summary>
    public bool IsPublic { get; set; } = true;

    /// <summary>The change set that wrote this state: the token of optimistic concurrency.</summary>
    public long ChangeSetId { get; set; }
}
