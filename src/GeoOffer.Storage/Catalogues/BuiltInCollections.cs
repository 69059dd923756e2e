using GeoOffer.Domain.Offer;
using GeoOffer.Domain.Registers;
using GeoOffer.Query.Catalogue;

namespace GeoOffer.Storage.Catalogues;

/// <summary>The collections that every region has.</summary>
internal static class BuiltInCollections
{
    private const GeometryTypes Areas = GeometryTypes.Polygon | GeometryTypes.MultiPolygon;

    private static readonly PropertySpec Code = new("code", "codice", "code");
    private static readonly PropertySpec NameIt = new("name_it", "nome (it)", "name (it)");
    private static readonly PropertySpec NameEn = new("name_en", "nome (en)", "name (en)");
    private static readonly PropertySpec ValidFrom = new("valid_from", "valido dal", "valid from");
    private static readonly PropertySpec ValidTo = new("valid_to", "valido fino al", "valid to");
    private static readonly PropertySpec Approximate = new("is_approximate", "confine approssimato", "approximate boundary");

    private static readonly PropertySpec[] Provenance =
    [
        new("source", "fonte", "source") { Computed = PropertyType.Text },
        new("as_of", "situazione al", "as of") { Computed = PropertyType.Date },
        new("is_public", "pubblico", "public") { ReadableBy = Role.Scout },
    ];

    public static IReadOnlyList<CollectionSpec> All { get; } =
    [
        new("sites", typeof(Site), "sites", new("Opportunità insediative", "Settlement opportunities"),
            new("Aree, edifici e progetti disponibili, con la scheda e i fatti misurati.", "Available areas, buildings and projects, with their sheet and the facts measured."),
            GeometryTypes.Point | Areas, SiteProperties.All),
        new("municipalities", typeof(Municipality), "municipalities", new("Comuni", "Municipalities"),
            new("I comuni della regione.", "The municipalities of the region."), Areas,
            [
                Code, NameIt, NameEn,
                new("province_code", "provincia (ISTAT)", "province (ISTAT)"),
                new("cadastral_code", "codice catastale", "cadastral code"),
                new("population", "abitanti", "population"),
                new("attract_status", "stato AttrACT", "AttrACT status") { Codes = "attract_status" },
                Approximate, .. Provenance,
            ]),
        new("provinces", typeof(Province), "provinces", new("Province", "Provinces"),
            new("Le province e la città metropolitana.", "The provinces and the metropolitan city."), Areas,
            [Code, new("sigla", "sigla", "sign"), NameIt, NameEn, Approximate, .. Provenance]),
        new("agreements", typeof(Agreement), "agreements", new("Accordi per l'attrattività", "Agreements for attractiveness"),
            new("Gli accordi dei comuni AttrACT.", "The agreements of the AttrACT municipalities."), GeometryTypes.Any,
            [
                Code, new("municipality_code", "comune (ISTAT)", "municipality (ISTAT)"), NameIt, NameEn,
                new("state", "stato", "state") { Codes = "agreement_state" },
                new("signed_on", "firmato il", "signed on"),
                new("ends_on", "termina il", "ends on"),
                .. Provenance,
            ]),
        new("poles", typeof(Pole), "poles", new("Poli attrattori", "Attractor poles"),
            new("I poli attrattori di investimenti.", "The poles that attract investment."), Areas,
            [Code, NameIt, NameEn, new("reach", "rilevanza", "reach") { Codes = "pole_reach" }, ValidFrom, ValidTo, .. Provenance]),
        new("pilot-areas", typeof(PilotArea), "pilot_areas", new("Aree strategiche pilota", "Pilot strategic areas"),
            new("Le aree strategiche pilota dentro i poli.", "The pilot strategic areas inside the poles."), Areas,
            [
                Code, new("pole_code", "polo attrattore", "attractor pole"), NameIt, NameEn,
                new("feasibility", "fattibilità", "feasibility") { Codes = "pilot_area_feasibility" }, ValidFrom, ValidTo, .. Provenance,
            ]),
        new("infrastructure", typeof(Infrastructure), "infrastructures", new("Infrastrutture", "Infrastructure"),
            new("Ciò da cui si misura la distanza dei siti.", "What the distance of sites is measured to."), GeometryTypes.Any,
            [Code, new("kind", "tipo", "kind") { Codes = "infrastructure_kind" }, NameIt, NameEn, .. Provenance]),
        new("constraints", typeof(ConstraintArea), "constraint_areas", new("Vincoli", "Constraints"),
            new("Ciò che esclude, condiziona o segnala nell'edificare.", "What excludes building, conditions it, or informs."), Areas,
            [
                Code, new("kind", "tipo", "kind") { Codes = "constraint_kind" },
                new("severity", "effetto", "severity") { Codes = "constraint_severity" }, NameIt, NameEn, .. Provenance,
            ]),
    ];
}
