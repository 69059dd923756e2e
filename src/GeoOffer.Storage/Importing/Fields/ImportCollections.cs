namespace GeoOffer.Storage.Importing.Fields;

/// <summary>Every collection that can be imported.</summary>
internal static class ImportCollections
{
    /// <summary>In the order in which a new database is filled.</summary>
    public static IReadOnlyList<ImportCollection> All { get; } =
    [
        TerritoryFields.Provinces,
        TerritoryFields.Municipalities,
        LayerFields.Infrastructure,
        LayerFields.Constraints,
        RegisterFields.Poles,
        RegisterFields.PilotAreas,
        RegisterFields.Agreements,
        SiteFields.Sites,
    ];

    /// <summary>The collection of this name.</summary>
    /// <exception cref="ImportRequestException">There is none.</exception>
    public static ImportCollection Get(string name) => All.FirstOrDefault(collection => collection.Name == name)
        ?? throw new ImportRequestException(
            "collection",
            $"'{name}' is no collection that can be imported; expected one of {string.Join(", ", All.Select(c => c.Name))}");
}
