using NetTopologySuite.Geometries;

namespace GeoOffer.Domain.Registers;

/// <summary>A feature that distance is measured to. Those outside the region within reach count too.</summary>
public sealed class Infrastructure
{
    /// <summary>Key in the database.</summary>
    public long Id { get; set; }

    /// <summary>The public identifier.</summary>
    public required string Code { get; set; }

    /// <summary>Code of <c>infrastructure_kind</c>.</summary>
    public required string Kind { get; set; }

    /// <summary>Name in Italian.</summary>
    public string? NameIt { get; set; }

    /// <summary>Name in English.</summary>
    public string? NameEn { get; set; }

    /// <summary>Any geometry, EPSG:4326 with x = longitude; distance is measured to its edge.</summary>
    public required Geometry Geom { get; set; }

    /// <summary>Further properties of the source, as JSON.</summary>
    public string Attributes { get; set; } = "{}";

    /// <summary>The dataset it came with.</summary>
    public long? DatasetId { get; set; }

    /// <summary>Whether callers without a role see it.</summary>
    public bool IsPublic { get; set; } = true;

    /// <summary>The change set that wrote this state: the token of optimistic concurrency.</summary>
    public long ChangeSetId { get; set; }
}
