using GeoOffer.Domain.Offer;
using GeoOffer.Storage.Importing.Rows;
using NetTopologySuite.Geometries;

namespace GeoOffer.Storage.Importing.Fields;

/// <summary>The sheet of a site.</summary>
internal static class SiteFields
{
    private static readonly Bounds Hectares = new(0, 1e6, MostIsExcluded: true);
    private static readonly Bounds SquareMetres = new(0, 1e10, MostIsExcluded: true);
    private static readonly Bounds Flow = new(0, 1e9, MostIsExcluded: true);
    private static readonly Bounds Quantity = new(0, 1e6, MostIsExcluded: true);
    private static readonly Bounds Height = new(0, 1e4, MostIsExcluded: true);

    /// <summary>Opportunities to settle.</summary>
    public static ImportCollection Sites { get; } = new(
        "sites", "site", CollectionRole.Sites,
        [.. Identity(), .. Areas(), .. Planning(), .. Services(), .. Market(), .. Brownfield(), .. Keeping()],
        new GeometryRule(MissingGeometry.Doubtful, [OgcGeometryType.Point, OgcGeometryType.Polygon, OgcGeometryType.MultiPolygon], false))
    {
        Rules =
        [
            new PublicWhenPublished(),
            new InOrder("price_min_eur", "price_max_eur"),
            new InOrder("rent_min_eur_per_year", "rent_max_eur_per_year"),
            new AreaAsMeasured("gross_area_declared_ha"),
        ],
        SetChecks = ["unknown_municipality", "retired_municipality", "site_overlap"],
    };

    private static IEnumerable<ImportField> Identity() =>
    [
        new("code", new IdentifierType(64))
        {
            Aliases = ["codice", "site_code", "site_id", "id_sito", "site_reference", "id"], IsRequired = true,
        },
        new("kind", new CodeListType(SiteCodeLists.SiteKind)) { Aliases = ["site_kind", "natura", "tipologia"], IsRequired = true },
        Listed("form", SiteCodeLists.SiteForm, "area", "forma"),
        Listed("availability_type", SiteCodeLists.AvailabilityType, CodeList.Unknown, "tipo_disponibilita", "type"),
        new("name_it", new TextType()) { Aliases = ["name", "nome", "denominazione", "site_nom"], IsRequired = true },
        new("name_en", new TextType()) { Aliases = ["nome_en", "denominazione_en"] },
        new("description_it", new TextType(20_000)) { Aliases = ["description", "descrizione", "descrizione_it"] },
        new("description_en", new TextType(20_000)) { Aliases = ["descrizione_en"] },
        new("municipality_code", new DigitsType(6))
        {
            Aliases = ["istat_code", "cod_istat", "codice_istat", "pro_com_t", "comune_istat", "istat"],
        },
    ];

    private static IEnumerable<ImportField> Areas() =>
    [
        new("gross_area_declared_ha", new MeasureType(Hectares with { LeastIsExcluded = true }))
        {
            Aliases = ["area_ha", "gross_area_ha", "superficie_ha", "superficie_lorda_ha", "hectares"],
        },
        new("useful_area_ha", new MeasureType(Hectares)) { Aliases = ["superficie_utile_ha"] },
        new("for_sale_area_ha", new MeasureType(Hectares)) { Aliases = ["superficie_in_vendita_ha"] },
        new("buildable_floor_area_m2", new MeasureType(SquareMetres)) { Aliases = ["slp_m2", "sl_m2", "superficie_lorda_pavimento_m2"] },
        new("covered_area_m2", new MeasureType(SquareMetres)) { Aliases = ["superficie_coperta_m2"] },
    ];

    private static IEnumerable<ImportField> Planning() =>
    [
        new("functions", new CodeSetType(SiteCodeLists.AdmittedFunction))
        {
            Aliases = ["function", "admitted_functions", "funzioni", "funzioni_ammesse", "destinazioni"], Default = Array.Empty<string>(),
        },
        new("key_sectors", new CodeSetType(SiteCodeLists.KeySector))
        {
            Aliases = ["settori", "settori_chiave", "sectors"], Default = Array.Empty<string>(),
        },
        new("planning_zone", new TextType()) { Aliases = ["zona_urbanistica", "zona"] },
        new("building_index", new MeasureType(Quantity)) { Aliases = ["indice_edificabilita"] },
        Listed("building_index_unit", PlanningCodeLists.BuildingIndexUnit, CodeList.Unknown),
        new("coverage_ratio", new MeasureType(new Bounds(0, 1))) { Aliases = ["rapporto_copertura"] },
        new("max_height_m", new MeasureType(Height)) { Aliases = ["altezza_max_m"] },
        Listed("plan_stage", PlanningCodeLists.PlanStage, CodeList.Unknown),
        YesNo("plan_variant_required", "variante"),
    ];

    private static IEnumerable<ImportField> Services() =>
    [
        Listed("servicing_stage", PlanningCodeLists.ServicingStage, CodeList.Unknown, "urbanizzazione"),
        YesNo("electricity", "elettricita"),
        new("electricity_mw", new MeasureType(Quantity)),
        YesNo("gas"),
        new("gas_m3_per_h", new MeasureType(Flow)),
        YesNo("water", "acqua"),
        new("water_l_per_s", new MeasureType(Flow)),
        YesNo("sewer", "fognatura"),
        YesNo("fibre", "fibra", "fiber"),
        YesNo("rail_siding", "raccordo_ferroviario"),
        YesNo("quay", "banchina"),
    ];

    private static IEnumerable<ImportField> Market() =>
    [
        Listed("ownership", MarketCodeLists.Ownership, CodeList.Unknown, "proprieta"),
        new("owner_count", new CountType(1)) { Aliases = ["numero_proprietari"] },
        YesNo("insolvency", "procedura_concorsuale"),
        new("price_min_eur", new MoneyType()) { Aliases = ["prezzo_min_eur"] },
        new("price_max_eur", new MoneyType()) { Aliases = ["prezzo_max_eur"] },
        new("rent_min_eur_per_year", new MoneyType()) { Aliases = ["canone_min_eur_anno"] },
        new("rent_max_eur_per_year", new MoneyType()) { Aliases = ["canone_max_eur_anno"] },
        new("available_from", new DateType()) { Aliases = ["disponibile_dal"] },
        Listed("marketing_stage", MarketCodeLists.MarketingStage, CodeList.Unknown),
    ];

    private static IEnumerable<ImportField> Brownfield() =>
    [
        Listed("disuse", BrownfieldCodeLists.Disuse, CodeList.Unknown, "dismissione"),
        new("disused_since", new DateType()) { Aliases = ["dismessa_dal"] },
        Listed("soil_pollution", BrownfieldCodeLists.SoilPollution, CodeList.Unknown),
        Listed("remediation_stage", BrownfieldCodeLists.RemediationStage, CodeList.Unknown, "bonifica"),
        Listed("building_state", BrownfieldCodeLists.BuildingState, CodeList.Unknown),
        Listed("heritage", BrownfieldCodeLists.Heritage, CodeList.Unknown),
        new("previous_activity", new TextType()) { Aliases = ["attivita_precedente"] },
    ];

    private static IEnumerable<ImportField> Keeping() =>
    [
        Listed("origin_channel", MarketCodeLists.OriginChannel, CodeList.Unknown),
        new("first_added", new DateType()) { KeptWhenNull = "current_date" },
        new("verified_on", new DateType()) { Aliases = ["verificato_il"] },
        Listed("lifecycle_state", MarketCodeLists.LifecycleState, "draft", "stato"),
        new("previously_part_of", new TextListType()) { Default = Array.Empty<string>() },
        new("contact", new TextType()) { Aliases = ["contatto", "referente"], IsPersonal = true },
        new("internal_note", new TextType(20_000)) { Aliases = ["nota_interna"], IsPersonal = true },
        new("is_public", new TruthType()) { Aliases = ["public", "pubblico"], Default = false },
    ];

    private static ImportField Listed(string column, CodeList list, string without, params string[] aliases) =>
        new(column, new CodeListType(list)) { Aliases = aliases, Default = without };

    private static ImportField YesNo(string column, params string[] aliases) =>
        new(column, new YesNoType()) { Aliases = aliases, Default = CodeList.Unknown };
}
