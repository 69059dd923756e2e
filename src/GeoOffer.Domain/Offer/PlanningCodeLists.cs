namespace GeoOffer.Domain.Offer;

/// <summary>How far planning and servicing have come.</summary>
public static class PlanningCodeLists
{
    /// <summary><c>plan_stage</c>: the implementation plan (piano attuativo).</summary>
    public static CodeList PlanStage { get; } = CodeList.Of(
        "plan_stage", "Stato del piano attuativo", "Implementation plan stage",
        ("not_applicable", "Non richiesto", "Not applicable"),
        ("not_started", "Non avviato", "Not started"),
        ("in_preparation", "In redazione", "In preparation"),
        ("adopted", "Adottato", "Adopted"),
        ("approved", "Approvato", "Approved"),
        ("agreed", "Convenzionato", "Agreed with the municipality"),
        ("other", "Altro", "Other"),
        ("unknown", "Non noto", "Unknown"));

    /// <summary><c>building_index_unit</c>.</summary>
    public static CodeList BuildingIndexUnit { get; } = CodeList.Of(
        "building_index_unit", "Unità dell'indice edificatorio", "Unit of the building index",
        ("m2_per_m2", "m² di superficie lorda per m²", "m² of floor area per m²"),
        ("m3_per_m2", "m³ di volume per m²", "m³ of volume per m²"),
        ("unknown", "Non nota", "Unknown"));

    /// <summary><c>servicing_stage</c>: primary urbanisation (opere di urbanizzazione primaria).</summary>
    public static CodeList ServicingStage { get; } = CodeList.Of(
        "servicing_stage", "Stato dell'urbanizzazione", "Servicing stage",
        ("not_serviceable", "Non urbanizzabile", "Not serviceable"),
        ("not_serviced", "Non urbanizzata", "Not serviced"),
        ("in_progress", "Urbanizzazione in corso", "Servicing in progress"),
        ("serviced", "Urbanizzata", "Serviced"),
        ("unknown", "Non noto", "Unknown"));
}
