namespace GeoOffer.Domain.Offer;

/// <summary>What a site is and what may settle on it.</summary>
public static class SiteCodeLists
{
    /// <summary><c>site_kind</c>: never built on, or used before.</summary>
    public static CodeList SiteKind { get; } = CodeList.Of(
        "site_kind", "Natura del sito", "Site kind",
        ("greenfield", "Area libera (greenfield)", "Greenfield"),
        ("brownfield", "Area già utilizzata (brownfield)", "Brownfield"));

    /// <summary><c>site_form</c>.</summary>
    public static CodeList SiteForm { get; } = CodeList.Of(
        "site_form", "Forma dell'opportunità", "Form of the opportunity",
        ("area", "Area", "Area"),
        ("building", "Edificio", "Building"),
        ("project", "Progetto", "Project"));

    /// <summary><c>availability_type</c>: A available for settlement, B with a masterplan.</summary>
    public static CodeList AvailabilityType { get; } = CodeList.Of(
        "availability_type", "Tipo di disponibilità", "Availability type",
        ("A", "A - disponibile all'insediamento", "A - available for settlement"),
        ("B", "B - dotata di masterplan", "B - with a masterplan"),
        ("unknown", "Non noto", "Unknown"));

    /// <summary><c>admitted_function</c>: the uses that the plan admits; a site may admit several.</summary>
    public static CodeList AdmittedFunction { get; } = CodeList.Of(
        "admitted_function", "Funzione ammessa", "Admitted function",
        ("industrial", "Industriale e produttiva", "Industrial"),
        ("offices", "Direzionale e uffici", "Offices"),
        ("tourism", "Turistico-ricettiva", "Tourism"),
        ("retail", "Commerciale", "Retail"),
        ("residential", "Residenziale (solo progetti)", "Residential (projects only)"),
        ("logistics", "Logistica e trasporti", "Logistics and transport"),
        ("education", "Istruzione e formazione", "Education and training"),
        ("student_housing", "Residenze universitarie", "Student housing"),
        ("health_care", "Sanità e assistenza", "Health and care"),
        ("sports", "Sport e tempo libero", "Sports"),
        ("other", "Altra", "Other"),
        ("unknown", "Non nota", "Unknown"));

    /// <summary><c>key_sector</c>: the sectors on which the region attracts investment.</summary>
    public static CodeList KeySector { get; } = CodeList.Of(
        "key_sector", "Settore chiave", "Key sector",
        ("advanced_manufacturing", "Manifattura avanzata", "Advanced manufacturing"),
        ("aerospace", "Aerospazio", "Aerospace"),
        ("agrifood", "Agroalimentare", "Agrifood"),
        ("cleantech", "Tecnologie pulite", "Cleantech"),
        ("creative_industry", "Industria creativa", "Creative industry"),
        ("ict_data_centres", "ICT e data center", "ICT and data centres"),
        ("life_sciences_chemical", "Scienze della vita e chimica", "Life sciences and chemical"),
        ("microelectronics", "Microelettronica", "Microelectronics"),
        ("other", "Altro", "Other"),
        ("unknown", "Non noto", "Unknown"));

    /// <summary><c>yes_no_unknown</c>.</summary>
    public static CodeList YesNoUnknown { get; } = CodeList.Of(
        "yes_no_unknown", "Sì, no, non noto", "Yes, no, unknown",
        ("yes", "Sì", "Yes"),
        ("no", "No", "No"),
        ("unknown", "Non noto", "Unknown"));
}
