using NetTopologySuite.Geometries;

namespace GeoOffer.Domain.Registers;

/// <summary>An agreement for attractiveness (accordo per l'attrattività) of an AttrACT municipality.</summary>
public sealed class Agreement
{
    /// <summary>The public identifier.</summary>
    public required string Code { get; set; }

    /// <summary>ISTAT code of the municipality.</summary>
    public required string MunicipalityCode { get; set; }

    /// <summary>Name in Italian.</summary>
    public required string NameIt { get; set; }

    /// <summary>Name in English.</summary>
    public string? NameEn { get; set; }

    /// <summary>Code of <c>agreement_state</c>.</summary>
    public string State { get; set; } = "unknown";

    /// <summary>The day it was signed.</summary>
    public DateOnly? SignedOn { get; set; }

    /// <summary>The day it ends.</summary>
    public DateOnly? EndsOn { get; set; }

    /// <summary>Any geometry, EPSG:4326.</summary>
    public Geometry? Geom { get; set; }

    /// <summary>The dataset it came with.</summary>
    public long? DatasetId { get; set; }

    /// <summary>Whether callers without a role see it.</summary>
    public bool IsPublic { get; set; } = true;

    /// <summary>The change set that wrote this state: the token of optimistic concurrency.</summary>
    public long ChangeSetId { get; set; }
}
