namespace GeoOffer.OData.Reading;

/// <summary>An expression of OData in pieces that make it up again: texts in quotes, words, blanks, and single signs.</summary>
internal static class FilterTokens
{
    /// <summary>The pieces. A text that does not end reaches to the end.</summary>
    public static List<string> Split(string expression)
    {
        var tokens = new List<string>();
        for (var start = 0; start < expression.Length;)
        {
            var end = End(expression, start);
            tokens.Add(expression[start..end]);
            start = end;
        }

        return tokens;
    }

    /// <summary>Whether a piece is a word, a literal or a text.</summary>
    public static bool IsWord(string token) => token.Length > 0 && (token[0] == '\'' || IsWordLetter(token[0]));

    private static int End(string text, int start)
    {
        var end = start;
        if (char.IsWhiteSpace(text[start]))
        {
            while (end < text.Length && char.IsWhiteSpace(text[end]))
            {
                end++;
            }

            return end;
        }

        while (end < text.Length && (IsWordLetter(text[end]) || text[end] == '\''))
        {
            end = text[end] == '\'' ? EndOfText(text, end) : end + 1;
        }

        return Math.Max(end, start + 1);
    }

    /// <summary>A quote within a text is written twice, which reads as two texts side by side.</summary>
    private static int EndOfText(string text, int start)
    {
        var end = text.IndexOf('\'', start + 1);
        return end < 0 ? text.Length : end + 1;
    }

    // Also what numbers, dates, paths, annotations and aliases are written with.
    private static bool IsWordLetter(char letter) => char.IsLetterOrDigit(letter) || letter is '_' or '.' or '/' or '$' or '@' or '-' or '+' or '%';
}
