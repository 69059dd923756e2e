namespace GeoOffer.Storage.Importing.Fields;

/// <summary>One field of a collection: what its columns are called, what it takes, and what it is without a value.</summary>
/// <param name="Column">The column it is stored in, which is its first name.</param>
/// <param name="Type">How values are read.</param>
internal sealed record ImportField(string Column, FieldType Type)
{
    /// <summary>Other names of it, those before going first.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>Whether a row without a value is rejected.</summary>
    public bool IsRequired { get; init; }

    /// <summary>What is stored where a row has no value.</summary>
    public object? Default { get; init; }

    /// <summary>Whether the field is written from its default even when no row of the file has it.</summary>
    public bool IsAlwaysWritten { get; init; }

    /// <summary>Whether new rows get the value that a rule has given even when no row of the file has the field.</summary>
    public bool IsAlwaysInserted { get; init; }

    /// <summary>SQL for the value of a new row that states none; an existing row then keeps what it has.</summary>
    public string? KeptWhenNull { get; init; }

    /// <summary>Whether values are kept out of reports.</summary>
    public bool IsPersonal { get; init; }
}
