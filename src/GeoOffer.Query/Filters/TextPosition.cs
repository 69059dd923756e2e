namespace GeoOffer.Query.Filters;

/// <summary>A place in a text that somebody wrote.</summary>
/// <param name="Line">From 1; lines end with LF, CR or both.</param>
/// <param name="Column">From 1, in Unicode characters.</param>
public readonly record struct TextPosition(int Line, int Column)
{
    /// <summary>The place in words.</summary>
    public override string ToString() => $"line {Line}, column {Column}";

    /// <summary>The place of an offset in UTF-16 units.</summary>
    internal static TextPosition Of(string text, int offset)
    {
        var (line, column) = (1, 1);
        for (var index = 0; index < offset; index++)
        {
            if (text[index] == '\n' || (text[index] == '\r' && !(index + 1 < text.Length && text[index + 1] == '\n')))
            {
                (line, column) = (line + 1, 1);
            }
            else if (!char.IsLowSurrogate(text[index]))
            {
                column++;
            }
        }

        return new TextPosition(line, column);
    }
}
