using System.Collections.Frozen;

namespace GeoOffer.Domain.Offer;

/// <summary>What lies around a site and what bears on it.</summary>
public static class TerritoryCodeLists
{
    private static readonly FrozenDictionary<string, string> Severities = new Dictionary<string, string>
    {
        ["protected_area"] = "excludes",
        ["natura_2000"] = "excludes",
        ["landscape"] = "conditions",
        ["heritage"] = "conditions",
        ["flood_p1"] = "informs",
        ["flood_p2"] = "conditions",
        ["flood_p3"] = "excludes",
        ["hydrogeological"] = "conditions",
        ["buffer_strip"] = "excludes",
        ["seveso"] = "conditions",
    }.ToFrozenDictionary();

    /// <summary>
    /// <c>infrastructure_kind</c>. Line, station and freight terminal are kept apart; distance to a motorway's service is to its junctions.
    /// </summary>
    public static CodeList InfrastructureKind { get; } = CodeList.Of(
        "infrastructure_kind", "Tipo di infrastruttura", "Infrastructure kind",
        ("rail_line", "Linea ferroviaria", "Rail line"),
        ("passenger_station", "Stazione passeggeri", "Passenger station"),
        ("freight_terminal", "Terminal merci", "Freight terminal"),
        ("motorway_junction", "Casello o svincolo autostradale", "Motorway junction"),
        ("motorway", "Autostrada", "Motorway"),
        ("airport", "Aeroporto", "Airport"),
        ("port", "Porto fluviale o marittimo", "River or sea port"),
        ("watercourse", "Corso d'acqua", "Watercourse"),
        ("primary_substation", "Cabina primaria", "Primary substation"),
        ("university", "Università", "University"),
        ("research_centre", "Centro di ricerca", "Research centre"));

    /// <summary><c>constraint_kind</c>: landscape by D.Lgs 42/2004 arts 136 and 142; flood hazard by the PGRA (P1 rare, P2, P3 frequent).</summary>
    public static CodeList ConstraintKind { get; } = CodeList.Of(
        "constraint_kind", "Tipo di vincolo", "Constraint kind",
        ("protected_area", "Area protetta", "Protected area"),
        ("natura_2000", "Sito Natura 2000", "Natura 2000 site"),
        ("landscape", "Vincolo paesaggistico", "Landscape"),
        ("heritage", "Bene culturale", "Heritage"),
        ("flood_p1", "Pericolosità idraulica P1 (alluvioni rare)", "Flood hazard P1 (rare)"),
        ("flood_p2", "Pericolosità idraulica P2 (alluvioni poco frequenti)", "Flood hazard P2 (medium)"),
        ("flood_p3", "Pericolosità idraulica P3 (alluvioni frequenti)", "Flood hazard P3 (frequent)"),
        ("hydrogeological", "Vincolo idrogeologico", "Hydrogeological"),
        ("buffer_strip", "Fascia di rispetto", "Buffer strip"),
        ("seveso", "Rischio di incidente rilevante (Seveso)", "Major-accident hazard (Seveso)"));

    /// <summary><c>constraint_severity</c>: what excludes building is taken from the net area.</summary>
    public static CodeList ConstraintSeverity { get; } = CodeList.Of(
        "constraint_severity", "Effetto del vincolo", "Constraint severity",
        ("excludes", "Esclude l'edificazione", "Excludes building"),
        ("conditions", "Condiziona l'edificazione", "Conditions building"),
        ("informs", "Informativo", "Informs"));

    /// <summary>The severity of a constraint that states none, by its kind.</summary>
    /// <exception cref="KeyNotFoundException">The kind is not one of <see cref="ConstraintKind"/>.</exception>
    public static string DefaultSeverity(string constraintKind) => Severities[constraintKind];
}
