using NetTopologySuite.Geometries;

namespace GeoOffer.Domain.Registers;

/// <summary>A constraint on building (vincolo).</summary>
public sealed class ConstraintArea
{
    /// <summary>Key in the database.</summary>
    public long Id { get; set; }

    /// <summary>The public identifier.</summary>
    public required string Code { get; set; }

    /// <summary>Code of <c>constraint_kind</c>.</summary>
    public required string Kind { get; set; }

    /// <summary>Code of <c>constraint_severity</c>: excludes building, conditions it, or informs.</summary>
    public required string Severity { get; set; }

    /// <summary>Name in Italian.</summary>
    public string? NameIt { get; set; }

    /// <summary>Name in English.</summary>
    public string? NameEn { get; set; }

    /// <summary>MultiPolygon, EPSG:4326 with x = longitude.</summary>
    public required MultiPolygon Geom { get; set; }

    /// <summary>Further properties of the source, as JSON.</summary>
    public string Attributes { get; set; } = "{}";

    /// <summary>The dataset it came with.</summary>
    public long? DatasetId { get; set; }

    /// <summary>Whether callers without a role see it.</summary>
    public bool IsPublic { get; set; } = true;

    /// <summary>The change set that wrote this state: the token of optimistic concurrency.</summary>
    public long ChangeSetId { get; set; }
}
