namespace GeoOffer.Domain.Offer;

/// <summary>The state of land and buildings that were used before.</summary>
public static class BrownfieldCodeLists
{
    /// <summary><c>disuse</c>: <c>disused</c> is <i>dismessa</i> and <c>inactive</c> is <i>inattiva</i> (L.R. 1/2007 art. 7).</summary>
    public static CodeList Disuse { get; } = CodeList.Of(
        "disuse", "Dismissione", "Disuse",
        ("not_applicable", "Non applicabile", "Not applicable"),
        ("in_use", "In uso", "In use"),
        ("inactive", "Inattiva", "Inactive"),
        ("disused", "Dismessa", "Disused"),
        ("unknown", "Non nota", "Unknown"));

    /// <summary><c>soil_pollution</c>.</summary>
    public static CodeList SoilPollution { get; } = CodeList.Of(
        "soil_pollution", "Contaminazione del suolo", "Soil pollution",
        ("none", "Assente", "None"),
        ("treated", "Trattata", "Treated"),
        ("unlikely", "Improbabile", "Unlikely"),
        ("suspected", "Sospetta", "Suspected"),
        ("proven", "Accertata", "Proven"),
        ("unknown", "Non nota", "Unknown"));

    /// <summary><c>remediation_stage</c>.</summary>
    public static CodeList RemediationStage { get; } = CodeList.Of(
        "remediation_stage", "Stato della bonifica", "Remediation stage",
        ("not_applicable", "Non applicabile", "Not applicable"),
        ("to_be_assessed", "Da valutare", "To be assessed"),
        ("characterisation", "Caratterizzazione", "Characterisation"),
        ("project_approved", "Progetto approvato", "Project approved"),
        ("in_progress", "In corso", "In progress"),
        ("completed", "Conclusa e certificata", "Completed"),
        ("unknown", "Non noto", "Unknown"));

    /// <summary><c>building_state</c>.</summary>
    public static CodeList BuildingState { get; } = CodeList.Of(
        "building_state", "Stato degli edifici", "State of the buildings",
        ("not_applicable", "Nessun edificio", "Not applicable"),
        ("good", "Buono", "Good"),
        ("fair", "Discreto", "Fair"),
        ("poor", "Cattivo", "Poor"),
        ("ruin", "Rudere", "Ruin"),
        ("unknown", "Non noto", "Unknown"));

    /// <summary><c>heritage</c>.</summary>
    public static CodeList Heritage { get; } = CodeList.Of(
        "heritage", "Interesse culturale", "Heritage",
        ("none", "Nessuno", "None"),
        ("of_interest", "Di interesse", "Of interest"),
        ("listed", "Vincolato", "Listed"),
        ("unknown", "Non noto", "Unknown"));
}
