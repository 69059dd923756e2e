namespace GeoOffer.Query.Filters.Cql2Text;

/// <summary>What a token is.</summary>
internal enum TokenKind
{
    /// <summary>The end of the text.</summary>
    End,

    /// <summary>A word: a keyword, a function, or a property.</summary>
    Word,

    /// <summary>A property between double quotes.</summary>
    QuotedName,

    /// <summary>A text between single quotes.</summary>
    Text,

    /// <summary>A number without sign.</summary>
    Number,

    /// <summary>An operator, a parenthesis or a comma.</summary>
    Symbol,
}

/// <summary>A token of CQL2 text.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Content">What it says, without quotes and escapes.</param>
/// <param name="Start">Where it starts, in UTF-16 units.</param>
internal readonly record struct Token(TokenKind Kind, string Content, int Start)
{
    private const int MostShown = 60;

    /// <summary>Whether it is this symbol.</summary>
    public bool IsSymbol(string symbol) => Kind == TokenKind.Symbol && Content == symbol;

    /// <summary>Whether it is this keyword, in any case.</summary>
    public bool IsWord(string word) => Kind == TokenKind.Word && Content.Equals(word, StringComparison.OrdinalIgnoreCase);

    /// <summary>The token in a message.</summary>
    public string Describe() => Kind switch
    {
        TokenKind.End => "the end",
        TokenKind.Word => $"the word {Shorten(Content)}",
        TokenKind.QuotedName => $"the property \"{Shorten(Content)}\"",
        TokenKind.Text => $"the text '{Shorten(Content)}'",
        TokenKind.Number => $"the number {Shorten(Content)}",
        _ => Content,
    };

    private static string Shorten(string content) => content.Length <= MostShown
        ? content
        : string.Concat(content.AsSpan(0, char.IsHighSurrogate(content[MostShown - 1]) ? MostShown - 1 : MostShown), "…");
}
