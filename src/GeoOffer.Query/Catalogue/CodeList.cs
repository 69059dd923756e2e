using System.Collections.Immutable;

namespace GeoOffer.Query.Catalogue;

/// <summary>One code and what it means.</summary>
public sealed record CodeListEntry(string Code, Localized Title);

/// <summary>The closed list of values of a property. Codes are compared exactly, case included.</summary>
public sealed record CodeList(string Name, ImmutableArray<CodeListEntry> Entries)
{
    /// <summary>Whether the code is in the list.</summary>
    public bool Contains(string code) => Entries.Any(entry => entry.Code == code);

    /// <summary>What a code means; null when it is not in the list.</summary>
    public Localized? TitleOf(string code) => Entries.FirstOrDefault(entry => entry.Code == code)?.Title;

    /// <inheritdoc/>
    public bool Equals(CodeList? other) => other is not null && Name == other.Name && Entries.SequenceEqual(other.Entries);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Name, Entries.Length);
}
