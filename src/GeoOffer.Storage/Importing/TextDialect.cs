namespace GeoOffer.Storage.Importing;

/// <summary>How the text of a file is written; what is null is found out from the file.</summary>
public sealed record TextDialect
{
    /// <summary>The encoding, by its IANA name: <c>utf-8</c>, <c>windows-1252</c>, <c>utf-16</c>.</summary>
    public string? Encoding { get; init; }

    /// <summary>What separates the cells of a CSV file.</summary>
    public char? Separator { get; init; }

    /// <summary>What stands before the decimals of a number: a point or a comma.</summary>
    public char? DecimalMark { get; init; }

    /// <summary>What groups the digits of a number by thousands: a point, a comma, a blank or an apostrophe.</summary>
    public char? ThousandsMark { get; init; }

    /// <summary>The line of a CSV file, from 1, that its header begins at.</summary>
    public int? HeaderLine { get; init; }

    /// <summary>Whether the statements can hold together.</summary>
    /// <exception cref="ImportRequestException">They cannot.</exception>
    internal void Check()
    {
        Require(
            Separator is null or (< '\u0080' and not '"' and not '\r' and not '\n'),
            "separator", "the separator is one character of ASCII, such as ; or a tab, and no quote");
        Require(DecimalMark is null or '.' or ',', "decimal mark", "the decimal mark is a point or a comma");
        Require(
            ThousandsMark is null or '.' or ',' or ' ' or '\u00A0' or '\u2009' or '\u202F' or '\'' or '\u2019',
            "thousands mark", "the thousands mark is a point, a comma, a blank or an apostrophe");
        Require(DecimalMark is null || DecimalMark != ThousandsMark, "thousands mark", "one mark cannot be for decimals and for thousands");
        Require(HeaderLine is null or > 0, "header line", "the header line is counted from 1");
    }

    private static void Require(bool holds, string what, string reason)
    {
        if (!holds)
        {
            throw new ImportRequestException(what, reason);
        }
    }
}
