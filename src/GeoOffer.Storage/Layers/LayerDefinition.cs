using GeoOffer.Query.Catalogue;

namespace GeoOffer.Storage.Layers;

/// <summary>What a layer is for.</summary>
public enum LayerRole
{
    /// <summary>It is shown, filtered and exported; sites are not measured against it.</summary>
    Context,

    /// <summary>The distance of sites to its nearest feature is a fact of theirs.</summary>
    Proximity,

    /// <summary>The share of a site that its areas overlap is a fact of the site.</summary>
    Constraint,
}

/// <summary>What an import says of the layer that it makes or replaces; what is null stays as it is, or is found out from the file.</summary>
public sealed record LayerDefinition
{
    /// <summary>The title in Italian.</summary>
    public string? TitleIt { get; init; }

    /// <summary>The title in English.</summary>
    public string? TitleEn { get; init; }

    /// <summary>A sentence on what the features are, in Italian.</summary>
    public string? DescriptionIt { get; init; }

    /// <summary>The same in English.</summary>
    public string? DescriptionEn { get; init; }

    /// <summary>What the layer is for; without it a new layer is context.</summary>
    public LayerRole? Role { get; init; }

    /// <summary>What a constraint does: <c>excludes</c>, <c>conditions</c> or <c>informs</c>.</summary>
    public string? Severity { get; init; }

    /// <summary>Which features sites are measured against, in CQL2 text: <c>voltage_kv &gt;= 132</c>. An empty text: all.</summary>
    public string? Condition { get; init; }

    /// <summary>The column of the file that identifies a feature; an empty text: none does.</summary>
    public string? KeyColumn { get; init; }

    /// <summary>The column of the file that names a feature to people.</summary>
    public string? LabelColumn { get; init; }

    /// <summary>Types of columns, by their name in the file, over what their values look like.</summary>
    public IReadOnlyDictionary<string, PropertyType> Types { get; init; } = new Dictionary<string, PropertyType>();

    /// <summary>The register that rows without geometry belong to by a code: <c>municipalities</c> or <c>provinces</c>.</summary>
    public string? JoinedTo { get; init; }

    /// <summary>The column of the file with that code.</summary>
    public string? JoinColumn { get; init; }

    /// <summary>The year whose codes these are.</summary>
    public int? CodeYear { get; init; }
}
