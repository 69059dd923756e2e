using NetTopologySuite.Geometries;

namespace GeoOffer.Domain.Registers;

/// <summary>A province or metropolitan city.</summary>
public sealed class Province
{
    /// <summary>ISTAT code, three digits.</summary>
    public required string Code { get; set; }

    /// <summary>Two-letter sign on number plates, such as MI.</summary>
    public required string Sigla { get; set; }

    /// <summary>Name in Italian.</summary>
    public required string NameIt { get; set; }

    /// <summary>Name in English.</summary>
    public string? NameEn { get; set; }

    /// <summary>MultiPolygon, EPSG:4326 with x = longitude.</summary>
    public MultiPolygon? Geom { get; set; }

    /// <summary>Whether the polygon is drawn, not surveyed.</summary>
    public bool IsApproximate { get; set; }

    /// <summary>The dataset it came with.</summary>
    public long? DatasetId { get; set; }

    /// <summary>Whether callers without a role see it.</summary>
    public bool IsPublic { get; set; } = true;

    /// <summary>The change set that wrote this state: the token of optimistic concurrency.</summary>
    public long ChangeSetId { get; set; }
}
