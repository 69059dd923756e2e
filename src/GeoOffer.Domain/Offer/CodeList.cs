namespace GeoOffer.Domain.Offer;

/// <summary>One value of a code list.</summary>
/// <param name="Code">What is stored and exchanged: lower snake case, or the letter that the field uses (types A and B).</param>
/// <param name="TitleIt">The Italian title.</param>
/// <param name="TitleEn">The English title.</param>
public sealed record CodeListEntry(string Code, string TitleIt, string TitleEn);

/// <summary>A closed list of codes. Where a fact may be missing the list has <c>unknown</c>, which is never "no".</summary>
/// <param name="Name">The name in snake case, as forms, schemas and imports refer to it.</param>
/// <param name="TitleIt">The Italian title.</param>
/// <param name="TitleEn">The English title.</param>
/// <param name="Entries">The values in the order in which a form shows them.</param>
public sealed record CodeList(string Name, string TitleIt, string TitleEn, ValueList<CodeListEntry> Entries)
{
    /// <summary>The code that says that the value is not known.</summary>
    public const string Unknown = "unknown";

    /// <summary>The codes in the order of the list.</summary>
    public IEnumerable<string> Codes => Entries.Select(entry => entry.Code);

    /// <summary>The entry with exactly this code (codes are case-sensitive), or null.</summary>
    public CodeListEntry? Find(string code) => Entries.FirstOrDefault(entry => entry.Code == code);

    /// <summary>Whether the list has exactly this code.</summary>
    public bool Contains(string code) => Find(code) is not null;

    internal static CodeList Of(string name, string titleIt, string titleEn, params ReadOnlySpan<(string Code, string It, string En)> entries)
    {
        var list = new CodeListEntry[entries.Length];
        for (var i = 0; i < entries.Length; i++)
        {
            list[i] = new CodeListEntry(entries[i].Code, entries[i].It, entries[i].En);
        }

        return new CodeList(name, titleIt, titleEn, [.. list]);
    }
}
