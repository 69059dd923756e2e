namespace GeoOffer.Domain.Offer;

/// <summary>The states of the dated registers: agreements, municipalities, poles, pilot areas.</summary>
public static class RegisterCodeLists
{
    /// <summary><c>agreement_state</c>: the accordo per l'attrattività.</summary>
    public static CodeList AgreementState { get; } = CodeList.Of(
        "agreement_state", "Stato dell'accordo", "Agreement state",
        ("signed", "Sottoscritto", "Signed"),
        ("in_force", "Vigente", "In force"),
        ("concluded", "Concluso", "Concluded"),
        ("expired", "Scaduto", "Expired"),
        ("terminated", "Risolto", "Terminated"),
        ("unknown", "Non noto", "Unknown"));

    /// <summary><c>attract_status</c>: the municipality in the AttrACT programme.</summary>
    public static CodeList AttractStatus { get; } = CodeList.Of(
        "attract_status", "Posizione nel programma AttrACT", "AttrACT status",
        ("not_member", "Non aderente", "Not a member"),
        ("candidate", "Candidato", "Candidate"),
        ("member", "Aderente", "Member"),
        ("unknown", "Non nota", "Unknown"));

    /// <summary><c>pole_reach</c>: how far a pole (polo attrattore) attracts.</summary>
    public static CodeList PoleReach { get; } = CodeList.Of(
        "pole_reach", "Raggio di attrazione del polo", "Reach of the pole",
        ("local", "Locale", "Local"),
        ("regional", "Regionale", "Regional"),
        ("national", "Nazionale", "National"),
        ("international", "Internazionale", "International"),
        ("unknown", "Non noto", "Unknown"));

    /// <summary><c>pilot_area_feasibility</c>: the feasibility document of a pilot area (area strategica pilota).</summary>
    public static CodeList PilotAreaFeasibility { get; } = CodeList.Of(
        "pilot_area_feasibility", "Documento di fattibilità", "Feasibility document",
        ("not_started", "Non avviato", "Not started"),
        ("in_preparation", "In redazione", "In preparation"),
        ("completed", "Completato", "Completed"),
        ("unknown", "Non noto", "Unknown"));
}
