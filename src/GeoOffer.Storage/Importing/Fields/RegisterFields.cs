using GeoOffer.Domain.Offer;
using GeoOffer.Storage.Importing.Rows;

namespace GeoOffer.Storage.Importing.Fields;

/// <summary>Agreements, poles and pilot areas.</summary>
internal static class RegisterFields
{
    /// <summary>AttrACT agreements.</summary>
    public static ImportCollection Agreements { get; } = new(
        "agreements", "agreement", CollectionRole.Register,
        [
            .. Names(),
            new("municipality_code", new DigitsType(6))
            {
                Aliases = ["istat_code", "cod_istat", "codice_istat", "pro_com_t"], IsRequired = true,
            },
            new("state", new CodeListType(RegisterCodeLists.AgreementState)) { Aliases = ["stato"], Default = CodeList.Unknown },
            new("signed_on", new DateType()) { Aliases = ["sottoscritto_il"] },
            new("ends_on", new DateType()) { Aliases = ["scade_il"] },
            new("is_public", new TruthType()) { Default = true },
        ],
        GeometryRule.Anything(MissingGeometry.Allowed))
    {
        Rules = [new InOrder("signed_on", "ends_on")],
        SetChecks = ["unknown_municipality", "retired_municipality"],
    };

    /// <summary>Attractor poles.</summary>
    public static ImportCollection Poles { get; } = new(
        "poles", "pole", CollectionRole.Container,
        [
            .. Names(),
            new("reach", new CodeListType(RegisterCodeLists.PoleReach)) { Aliases = ["raggio"], Default = CodeList.Unknown },
            .. Validity(),
            new("is_public", new TruthType()) { Default = true },
        ],
        GeometryRule.Areas(MissingGeometry.Allowed))
    {
        Rules = [new InOrder("valid_from", "valid_to")],
        SetChecks = ["pole_in_use"],
    };

    /// <summary>Pilot strategic areas.</summary>
    public static ImportCollection PilotAreas { get; } = new(
        "pilot-areas", "pilot_area", CollectionRole.Container,
        [
            .. Names(),
            new("pole_code", new IdentifierType(64)) { Aliases = ["polo", "codice_polo"] },
            new("feasibility", new CodeListType(RegisterCodeLists.PilotAreaFeasibility)) { Default = CodeList.Unknown },
            .. Validity(),
            new("is_public", new TruthType()) { Default = true },
        ],
        GeometryRule.Areas(MissingGeometry.Allowed))
    {
        Rules = [new InOrder("valid_from", "valid_to")],
        SetChecks = ["unknown_pole"],
    };

    private static IEnumerable<ImportField> Names() =>
    [
        new("code", new IdentifierType(64)) { Aliases = ["codice", "id"], IsRequired = true },
        new("name_it", new TextType()) { Aliases = ["name", "nome", "denominazione"], IsRequired = true },
        new("name_en", new TextType()),
    ];

    private static IEnumerable<ImportField> Validity() =>
    [
        new("valid_from", new DateType()) { Aliases = ["valido_dal"] },
        new("valid_to", new DateType()) { Aliases = ["valido_al"] },
    ];
}
