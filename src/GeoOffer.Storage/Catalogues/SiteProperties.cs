using GeoOffer.Query.Catalogue;

namespace GeoOffer.Storage.Catalogues;

/// <summary>The properties of sites: the sheet, group by group, and the facts that do not depend on the layers there are.</summary>
internal static class SiteProperties
{
    private const string Hectare = "har", SquareMetre = "m2", Share = "1", Euro = "EUR", YesNo = "yes_no_unknown";

    public static IReadOnlyList<PropertySpec> All { get; } =
    [
        new("code", "codice", "code"),
        new("kind", "tipo", "kind") { Codes = "site_kind" },
        new("form", "forma", "form") { Codes = "site_form" },
        new("availability_type", "tipo di disponibilità", "availability type") { Codes = "availability_type" },
        new("name_it", "nome (it)", "name (it)"),
        new("name_en", "nome (en)", "name (en)"),
        new("description_it", "descrizione (it)", "description (it)"),
        new("description_en", "descrizione (en)", "description (en)"),
        new("municipality_code", "comune (ISTAT)", "municipality (ISTAT)") { Computed = PropertyType.Text },
        new("province_code", "provincia (ISTAT)", "province (ISTAT)") { Computed = PropertyType.Text },
        new("pole_code", "polo attrattore", "attractor pole") { Computed = PropertyType.Text },
        new("pilot_area_code", "area strategica pilota", "pilot strategic area") { Computed = PropertyType.Text },

        new("measured_area_ha", "superficie misurata", "measured area") { Unit = Hectare, Computed = PropertyType.Number },
        new("net_area_ha", "superficie netta utilizzabile", "net usable area") { Unit = Hectare, Computed = PropertyType.Number },
        new("net_area_at_most_ha", "superficie netta, al massimo", "net area, at most") { Unit = Hectare, Computed = PropertyType.Number },
        new("net_area_missing", "strati mancanti per la superficie netta", "layers missing for the net area") { Computed = PropertyType.TextArray },
        new("gross_area_declared_ha", "superficie lorda dichiarata", "declared gross area") { Unit = Hectare },
        new("useful_area_ha", "superficie utile", "useful area") { Unit = Hectare },
        new("for_sale_area_ha", "superficie in vendita", "area for sale") { Unit = Hectare },
        new("buildable_floor_area_m2", "superficie lorda di pavimento edificabile", "buildable floor area") { Unit = SquareMetre },
        new("covered_area_m2", "superficie coperta", "covered area") { Unit = SquareMetre },

        new("functions", "funzioni ammesse", "admitted functions") { Codes = "admitted_function" },
        new("key_sectors", "settori chiave", "key sectors") { Codes = "key_sector" },
        new("planning_zone", "zona di piano", "planning zone"),
        new("building_index", "indice edificatorio", "building index"),
        new("building_index_unit", "unità dell'indice edificatorio", "unit of the building index") { Codes = "building_index_unit" },
        new("coverage_ratio", "rapporto di copertura", "coverage ratio") { Unit = Share },
        new("max_height_m", "altezza massima", "maximum height") { Unit = "m" },
        new("plan_stage", "stato del piano attuativo", "stage of the implementation plan") { Codes = "plan_stage" },
        new("plan_variant_required", "variante urbanistica necessaria", "plan variant required") { Codes = YesNo },

        new("servicing_stage", "stato di urbanizzazione", "servicing stage") { Codes = "servicing_stage" },
        new("electricity", "energia elettrica", "electricity") { Codes = YesNo },
        new("electricity_mw", "potenza elettrica disponibile", "electric power available") { Unit = "MW" },
        new("gas", "gas", "gas") { Codes = YesNo },
        new("gas_m3_per_h", "portata di gas", "gas flow") { Unit = "m3/h" },
        new("water", "acqua", "water") { Codes = YesNo },
        new("water_l_per_s", "portata d'acqua", "water flow") { Unit = "L/s" },
        new("sewer", "fognatura", "sewer") { Codes = YesNo },
        new("fibre", "fibra ottica", "optical fibre") { Codes = YesNo },
        new("rail_siding", "raccordo ferroviario", "rail siding") { Codes = YesNo },
        new("quay", "banchina", "quay") { Codes = YesNo },

        new("ownership", "proprietà", "ownership") { Codes = "ownership" },
        new("owner_count", "numero di proprietari", "number of owners"),
        new("insolvency", "procedura concorsuale", "insolvency procedure") { Codes = YesNo },
        new("price_min_eur", "prezzo minimo", "lowest price") { Unit = Euro },
        new("price_max_eur", "prezzo massimo", "highest price") { Unit = Euro },
        new("rent_min_eur_per_year", "canone minimo", "lowest rent") { Unit = "EUR/a" },
        new("rent_max_eur_per_year", "canone massimo", "highest rent") { Unit = "EUR/a" },
        new("available_from", "disponibile dal", "available from"),
        new("marketing_stage", "stato di commercializzazione", "marketing stage") { Codes = "marketing_stage" },

        new("disuse", "dismissione", "disuse") { Codes = "disuse" },
        new("disused_since", "dismessa dal", "disused since"),
        new("soil_pollution", "inquinamento del suolo", "soil pollution") { Codes = "soil_pollution" },
        new("remediation_stage", "stato della bonifica", "remediation stage") { Codes = "remediation_stage" },
        new("building_state", "stato degli edifici", "state of the buildings") { Codes = "building_state" },
        new("heritage", "bene culturale", "heritage") { Codes = "heritage" },
        new("previous_activity", "attività precedente", "previous activity"),

        new("origin_channel", "canale di origine", "origin channel") { Codes = "origin_channel" },
        new("first_added", "inserita il", "first added"),
        new("verified_on", "verificata il", "verified on"),
        new("completeness", "completezza della scheda", "completeness of the sheet") { Unit = Share },
        new("lifecycle_state", "stato", "lifecycle state") { Codes = "lifecycle_state" },
        new("previously_part_of", "già parte di", "previously part of"),
        new("source", "fonte", "source") { Computed = PropertyType.Text },
        new("as_of", "situazione al", "as of") { Computed = PropertyType.Date },
        new("internal_note", "nota interna", "internal note") { ReadableBy = Role.Scout },
        new("is_public", "pubblica", "public") { ReadableBy = Role.Scout },
        new("contact", "referente", "contact") { ReadableBy = Role.Editor },
    ];
}
