using NetTopologySuite.Geometries;

namespace GeoOffer.Domain.Registers;

/// <summary>A pilot strategic area (area strategica pilota), inside a pole.</summary>
public sealed class PilotArea
{
    /// <summary>The public identifier.</summary>
    public required string Code { get; set; }

    /// <summary>The pole it lies in.</summary>
    public string? PoleCode { get; set; }

    /// <summary>Name in Italian.</summary>
    public required string NameIt { get; set; }

    /// <summary>Name in English.</summary>
    public string? NameEn { get; set; }

    /// <summary>Code of <c>pilot_area_feasibility</c>.</summary>
    public string Feasibility { get; set; } = "unknown";

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
