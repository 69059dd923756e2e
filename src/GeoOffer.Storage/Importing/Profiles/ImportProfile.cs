using NetTopologySuite.Geometries;

namespace GeoOffer.Storage.Importing.Profiles;

/// <summary>
/// How the files of a register are read: which columns hold which field, what their codes and units mean, and where their positions are.
/// </summary>
public sealed record ImportProfile
{
    /// <summary>The name that it is called by.</summary>
    public required string Name { get; init; }

    /// <summary>The title in Italian.</summary>
    public required string TitleIt { get; init; }

    /// <summary>The title in English.</summary>
    public required string TitleEn { get; init; }

    /// <summary>The collection that its files go to.</summary>
    public required string Collection { get; init; }

    /// <summary>Whose data its files are, where the request does not say.</summary>
    public string? Source { get; init; }

    /// <summary>Their licence, where the request does not say.</summary>
    public string? Licence { get; init; }

    /// <summary>What its author was not sure of, and what it leaves out.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Values that a request may set, with what they are otherwise.</summary>
    public IReadOnlyDictionary<string, string> Parameters { get; init; } = new Dictionary<string, string>();

    /// <summary>The document that it was read from, as JSON.</summary>
    public required string Json { get; init; }

    /// <summary>Texts that stand for no value, whatever the column.</summary>
    internal IReadOnlySet<string> Missing { get; init; } = new HashSet<string>();

    /// <summary>What must hold of a row; others are left out.</summary>
    internal IReadOnlyList<ProfileCondition> Rows { get; init; } = [];

    /// <summary>The fields that are read from columns.</summary>
    internal IReadOnlyList<ProfileField> Fields { get; init; } = [];

    /// <summary>The fields that are the same in all rows.</summary>
    internal IReadOnlyDictionary<string, string> FixedValues { get; init; } = new Dictionary<string, string>();

    /// <summary>Where positions are, in formats that carry no geometries.</summary>
    internal ProfilePosition Position { get; init; } = new();

    /// <summary>The box that the register can lie in, in degrees; null when it can lie anywhere.</summary>
    internal Envelope? Extent { get; init; }
}
