namespace GeoOffer.Storage.Importing;

/// <summary>How the text of a file is written; what is null is found out from the file.</summary>
public sealed record TextDialect
{
    /// <summary>The encoding, by its IANA name: <c>utf-8</c>, <c>windows-1252</c>.</summary>
    public string? Encoding { get; init; }

    /// <summary>What separates the cells of a CSV file.</summary>
    public char? Separator { get; init; }

    /// <summary>What stands before the decimals of a number: a point or a comma.</summary>
    public char? DecimalMark { get; init; }

    /// <summary>What groups the digits of a number by thousands: a point, a comma, a blank or an apostrophe.</summary>
    public char? ThousandsMark { get; init; }

    /// <summary>The line of a CSV file, from 1, that its header begins at.</summary>
    public int? HeaderLine { get; init; }
}
