using NetTopologySuite.Geometries;

namespace GeoOffer.Domain.Registers;

/// <summary>A municipality (comune). Retired codes lead here through the code history.</summary>
public sealed class Municipality
{
    /// <summary>ISTAT code, six digits.</summary>
    public required string Code { get; set; }

    /// <summary>Name in Italian.</summary>
    public required string NameIt { get; set; }

    /// <summary>Name in English.</summary>
    public string? NameEn { get; set; }

    /// <summary>ISTAT code of its province.</summary>
    public required string ProvinceCode { get; set; }

    /// <summary>Cadastral (Belfiore) code.</summary>
    public string? CadastralCode { get; set; }

    /// <summary>Inhabitants.</summary>
    public int? Population { get; set; }

    /// <summary>Code of <c>attract_status</c>.</summary>
    public string AttractStatus { get; set; } = "unknown";

    /// <summary>MultiPolygon, EPSG:4326 with x = longitude.</summary>
    public MultiPolygon? Geom { get; set; }

    /// <summary>Whether the polygon is drawn from the seat, not surveyed.</summary>
    public bool IsApproximate { get; set; }

    /// <summary>The dataset it came with.</summary>
    public long? DatasetId { get; set; }

    /// <summary>Whether callers without a role see it.</summary>
    public bool IsPublic { get; set; } = true;

    /// <summary>The change set that wrote this state: the token of optimistic concurrency.</summary>
    public long ChangeSetId { get; set; }
}
