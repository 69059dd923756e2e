namespace GeoOffer.Query.Catalogue;

/// <summary>One property of the features of a collection.</summary>
/// <param name="Name">The public name, snake_case with its unit (<c>area_ha</c>); compared exactly.</param>
/// <param name="Column">The column it is stored in.</param>
/// <param name="Type">Its type.</param>
/// <param name="Title">What people read.</param>
public sealed record Property(string Name, string Column, PropertyType Type, Localized Title)
{
    /// <summary>The unit (<c>m</c>, <c>m2</c>, <c>ha</c>, <c>MW</c>; <c>1</c> for a share); null where a unit makes no sense.</summary>
    public string? Unit { get; init; }

    /// <summary>The values allowed; null when the type alone decides.</summary>
    public CodeList? CodeList { get; init; }

    /// <summary>Whether the value can be missing. False only where the column says NOT NULL: paging relies on it.</summary>
    public bool Nullable { get; init; } = true;

    /// <summary>The least role that may read it. For any lower role the property does not exist.</summary>
    public Role ReadableBy { get; init; } = Role.Public;

    /// <summary>What the file calls it that it came from; filters know it by this name too, where nothing else bears it. Null for none.</summary>
    public string? NameInSource { get; init; }

    /// <summary>Whether an editor may set it; else it is measured, or comes from elsewhere.</summary>
    public bool IsWritable { get; init; }

    /// <summary>Whether rows can be put in order by it.</summary>
    public bool IsSortable => Type != PropertyType.TextArray;
}
