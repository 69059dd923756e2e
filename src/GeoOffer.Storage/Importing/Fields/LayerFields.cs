using GeoOffer.Domain.Offer;
using GeoOffer.Storage.Importing.Rows;

namespace GeoOffer.Storage.Importing.Fields;

/// <summary>Infrastructure and constraints: everything that they do not name goes to their attributes.</summary>
internal static class LayerFields
{
    private static readonly string[] Codes = ["codice", "id", "station_id", "site_id", "stop_id", "site_code", "icao", "identifier"];

    /// <summary>What distance is measured to.</summary>
    public static ImportCollection Infrastructure { get; } = new(
        "infrastructure", "infrastructure", CollectionRole.ProximityLayers,
        [
            new("code", new IdentifierType(160)) { Aliases = Codes },
            new("kind", new CodeListType(TerritoryCodeLists.InfrastructureKind))
            {
                Aliases = ["infrastructure_kind", "tipo_infrastruttura"], IsRequired = true,
            },
            .. Names(),
            new("is_public", new TruthType()) { Default = true },
        ],
        GeometryRule.Anything(MissingGeometry.Rejected))
    {
        Rules = [new CodeOfKind()],
    };

    /// <summary>What limits building.</summary>
    public static ImportCollection Constraints { get; } = new(
        "constraints", "constraint_area", CollectionRole.ConstraintLayers,
        [
            new("code", new IdentifierType(160)) { Aliases = Codes },
            new("kind", new CodeListType(TerritoryCodeLists.ConstraintKind))
            {
                Aliases = ["constraint_kind", "tipo_vincolo"], IsRequired = true,
            },
            new("severity", new CodeListType(TerritoryCodeLists.ConstraintSeverity)) { Aliases = ["effetto"], IsAlwaysInserted = true },
            .. Names(),
            new("is_public", new TruthType()) { Default = true },
        ],
        GeometryRule.Areas(MissingGeometry.Rejected))
    {
        Rules = [new CodeOfKind(), new SeverityOfKind()],
    };

    private static IEnumerable<ImportField> Names() =>
    [
        new("name_it", new TextType()) { Aliases = ["name", "nome", "denominazione", "toponimo", "stop_name"] },
        new("name_en", new TextType()),
    ];
}
