using NetTopologySuite.Geometries;

namespace GeoOffer.Domain.Offer;

/// <summary>
/// The sheet of a settlement opportunity (opportunità insediativa). Codes come from the lists in <see cref="CodeLists"/>, where
/// <c>unknown</c> is never "no"; quantities name their unit; declared areas are the owner's word, measured ones are stored facts.
/// </summary>
public sealed class Site
{
    /// <summary>Key in the database; never changes.</summary>
    public long Id { get; set; }

    /// <summary>The public identifier, such as <c>GO-17</c>.</summary>
    public required string Code { get; set; }

    /// <summary>Code of <c>site_kind</c>.</summary>
    public required string Kind { get; set; }

    /// <summary>Code of <c>site_form</c>.</summary>
    public string Form { get; set; } = "area";

    /// <summary>Code of <c>availability_type</c>: A available for settlement, B with a masterplan.</summary>
    public string AvailabilityType { get; set; } = "unknown";

    /// <summary>Name in Italian.</summary>
    public required string NameIt { get; set; }

    /// <summary>Name in English.</summary>
    public string? NameEn { get; set; }

    /// <summary>Description in Italian.</summary>
    public string? DescriptionIt { get; set; }

    /// <summary>Description in English.</summary>
    public string? DescriptionEn { get; set; }

    /// <summary>The municipality that the sheet states (ISTAT, six digits); the containing one is a stored fact.</summary>
    public string? MunicipalityCode { get; set; }

    /// <summary>Polygon or MultiPolygon, or Point when only that is known; EPSG:4326 with x = longitude.</summary>
    public Geometry? Geom { get; set; }

    /// <summary>Declared gross area in hectares.</summary>
    public double? GrossAreaDeclaredHa { get; set; }

    /// <summary>Declared useful area in hectares.</summary>
    public double? UsefulAreaHa { get; set; }

    /// <summary>Declared area for sale in hectares.</summary>
    public double? ForSaleAreaHa { get; set; }

    /// <summary>Declared buildable floor area in square metres.</summary>
    public double? BuildableFloorAreaM2 { get; set; }

    /// <summary>Declared covered area in square metres.</summary>
    public double? CoveredAreaM2 { get; set; }

    /// <summary>Admitted functions: codes of <c>admitted_function</c>; empty when not stated.</summary>
    public List<string> Functions { get; set; } = [];

    /// <summary>Key sectors it suits: codes of <c>key_sector</c>.</summary>
    public List<string> KeySectors { get; set; } = [];

    /// <summary>The zone of the municipal plan, as the plan names it.</summary>
    public string? PlanningZone { get; set; }

    /// <summary>Building index, in <see cref="BuildingIndexUnit"/>.</summary>
    public double? BuildingIndex { get; set; }

    /// <summary>Code of <c>building_index_unit</c>.</summary>
    public string BuildingIndexUnit { get; set; } = "unknown";

    /// <summary>Share of the area that may be covered, 0 to 1.</summary>
    public double? CoverageRatio { get; set; }

    /// <summary>Greatest admitted height in metres.</summary>
    public double? MaxHeightM { get; set; }

    /// <summary>Code of <c>plan_stage</c>: the implementation plan.</summary>
    public string PlanStage { get; set; } = "unknown";

    /// <summary>Whether a plan variant is required: <c>yes_no_unknown</c>.</summary>
    public string PlanVariantRequired { get; set; } = "unknown";

    /// <summary>Code of <c>servicing_stage</c>.</summary>
    public string ServicingStage { get; set; } = "unknown";

    /// <summary>Electricity at the site: <c>yes_no_unknown</c>.</summary>
    public string Electricity { get; set; } = "unknown";

    /// <summary>Electric power available, in megawatts.</summary>
    public double? ElectricityMw { get; set; }

    /// <summary>Gas at the site: <c>yes_no_unknown</c>.</summary>
    public string Gas { get; set; } = "unknown";

    /// <summary>Gas available, in cubic metres per hour.</summary>
    public double? GasM3PerH { get; set; }

    /// <summary>Water at the site: <c>yes_no_unknown</c>.</summary>
    public string Water { get; set; } = "unknown";

    /// <summary>Water available, in litres per second.</summary>
    public double? WaterLPerS { get; set; }

    /// <summary>Sewer at the site: <c>yes_no_unknown</c>.</summary>
    public string Sewer { get; set; } = "unknown";

    /// <summary>Optical fibre at the site: <c>yes_no_unknown</c>.</summary>
    public string Fibre { get; set; } = "unknown";

    /// <summary>Own rail siding, which is neither a line, a station nor a freight terminal: <c>yes_no_unknown</c>.</summary>
    public string RailSiding { get; set; } = "unknown";

    /// <summary>Own quay: <c>yes_no_unknown</c>.</summary>
    public string Quay { get; set; } = "unknown";

    /// <summary>Code of <c>ownership</c>.</summary>
    public string Ownership { get; set; } = "unknown";

    /// <summary>Number of owners.</summary>
    public int? OwnerCount { get; set; }

    /// <summary>Whether an insolvency procedure runs: <c>yes_no_unknown</c>.</summary>
    public string Insolvency { get; set; } = "unknown";

    /// <summary>Lowest price, in euro.</summary>
    public decimal? PriceMinEur { get; set; }

    /// <summary>Highest price, in euro.</summary>
    public decimal? PriceMaxEur { get; set; }

    /// <summary>Lowest rent, in euro per year.</summary>
    public decimal? RentMinEurPerYear { get; set; }

    /// <summary>Highest rent, in euro per year.</summary>
    public decimal? RentMaxEurPerYear { get; set; }

    /// <summary>The day from which it can be had.</summary>
    public DateOnly? AvailableFrom { get; set; }

    /// <summary>Code of <c>marketing_stage</c>.</summary>
    public string MarketingStage { get; set; } = "unknown";

    /// <summary>Code of <c>disuse</c>.</summary>
    public string Disuse { get; set; } = "unknown";

    /// <summary>The day since which activity has ceased.</summary>
    public DateOnly? DisusedSince { get; set; }

    /// <summary>Code of <c>soil_pollution</c>.</summary>
    public string SoilPollution { get; set; } = "unknown";

    /// <summary>Code of <c>remediation_stage</c>.</summary>
    public string RemediationStage { get; set; } = "unknown";

    /// <summary>Code of <c>building_state</c>.</summary>
    public string BuildingState { get; set; } = "unknown";

    /// <summary>Code of <c>heritage</c>.</summary>
    public string Heritage { get; set; } = "unknown";

    /// <summary>What was done here before.</summary>
    public string? PreviousActivity { get; set; }

    /// <summary>Code of <c>origin_channel</c>: who brought the opportunity.</summary>
    public string OriginChannel { get; set; } = "unknown";

    /// <summary>The day it was first entered.</summary>
    public DateOnly FirstAdded { get; set; }

    /// <summary>The day on which the sheet was last confirmed; it goes stale six months later.</summary>
    public DateOnly? VerifiedOn { get; set; }

    /// <summary>Code of <c>lifecycle_state</c>.</summary>
    public string LifecycleState { get; set; } = "draft";

    /// <summary>Codes of the sites that this one was part of.</summary>
    public List<string> PreviouslyPartOf { get; set; } = [];

    /// <summary>Contact person: personal data, in no public answer.</summary>
    public string? Contact { get; set; }

    /// <summary>Note for the staff, in no public answer.</summary>
    public string? InternalNote { get; set; }

    /// <summary>The dataset it came with.</summary>
    public long? DatasetId { get; set; }

    /// <summary>Whether callers without a role see it.</summary>
    public bool IsPublic { get; set; }

    /// <summary>The change set that wrote this state: the token of optimistic concurrency.</summary>
    public long ChangeSetId { get; set; }

    /// <summary>Share, 0 to 1, of the fields a scout looks at that are stated; computed by the database.</summary>
    public double Completeness { get; private set; }
}
