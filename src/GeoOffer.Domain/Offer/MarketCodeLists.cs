namespace GeoOffer.Domain.Offer;

/// <summary>Who owns a site, how it came in, and where it stands on the market and in the register.</summary>
public static class MarketCodeLists
{
    /// <summary><c>ownership</c>.</summary>
    public static CodeList Ownership { get; } = CodeList.Of(
        "ownership", "Proprietà", "Ownership",
        ("public", "Pubblica", "Public"),
        ("private", "Privata", "Private"),
        ("mixed", "Mista", "Mixed"),
        ("unknown", "Non nota", "Unknown"));

    /// <summary><c>marketing_stage</c>.</summary>
    public static CodeList MarketingStage { get; } = CodeList.Of(
        "marketing_stage", "Stato della commercializzazione", "Marketing stage",
        ("not_marketed", "Non sul mercato", "Not marketed"),
        ("on_the_market", "Sul mercato", "On the market"),
        ("in_negotiation", "In trattativa", "In negotiation"),
        ("reserved", "Opzionata", "Reserved"),
        ("concluded", "Conclusa", "Concluded"),
        ("unknown", "Non noto", "Unknown"));

    /// <summary><c>origin_channel</c>: how the opportunity reached the register.</summary>
    public static CodeList OriginChannel { get; } = CodeList.Of(
        "origin_channel", "Canale di provenienza", "Origin channel",
        ("expression_of_interest", "Manifestazione di interesse", "Expression of interest"),
        ("attract_agreement", "Accordo AttrACT", "AttrACT agreement"),
        ("municipality", "Comune", "Municipality"),
        ("province", "Provincia o Città metropolitana", "Province or metropolitan city"),
        ("partner", "Partner", "Partner"),
        ("owner", "Proprietario", "Owner"),
        ("import", "Importazione da un registro", "Import from a register"),
        ("other", "Altro", "Other"),
        ("unknown", "Non noto", "Unknown"));

    /// <summary><c>lifecycle_state</c>: where the sheet of a site stands.</summary>
    public static CodeList LifecycleState { get; } = CodeList.Of(
        "lifecycle_state", "Stato della scheda", "Lifecycle state",
        ("draft", "Bozza", "Draft"),
        ("admitted", "Ammessa", "Admitted"),
        ("published", "Pubblicata", "Published"),
        ("reserved", "Riservata", "Reserved"),
        ("settled", "Insediata", "Settled"),
        ("withdrawn", "Ritirata", "Withdrawn"));
}
