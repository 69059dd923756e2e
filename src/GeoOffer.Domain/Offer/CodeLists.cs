namespace GeoOffer.Domain.Offer;

/// <summary>Every built-in code list.</summary>
public static class CodeLists
{
    /// <summary>All lists; names are unique.</summary>
    public static ValueList<CodeList> All { get; } =
    [
        SiteCodeLists.SiteKind,
        SiteCodeLists.SiteForm,
        SiteCodeLists.AvailabilityType,
        SiteCodeLists.AdmittedFunction,
        SiteCodeLists.KeySector,
        SiteCodeLists.YesNoUnknown,
        PlanningCodeLists.PlanStage,
        PlanningCodeLists.BuildingIndexUnit,
        PlanningCodeLists.ServicingStage,
        MarketCodeLists.Ownership,
        MarketCodeLists.MarketingStage,
        BrownfieldCodeLists.Disuse,
        BrownfieldCodeLists.SoilPollution,
        BrownfieldCodeLists.RemediationStage,
        BrownfieldCodeLists.BuildingState,
        BrownfieldCodeLists.Heritage,
        MarketCodeLists.OriginChannel,
        MarketCodeLists.LifecycleState,
        TerritoryCodeLists.InfrastructureKind,
        TerritoryCodeLists.ConstraintKind,
        TerritoryCodeLists.ConstraintSeverity,
        RegisterCodeLists.AgreementState,
        RegisterCodeLists.AttractStatus,
        RegisterCodeLists.PoleReach,
        RegisterCodeLists.PilotAreaFeasibility,
    ];

    /// <summary>The list of this name, or null.</summary>
    public static CodeList? Find(string name) => All.FirstOrDefault(list => list.Name == name);
}
