using System.Text;

namespace GeoOffer.Query.Filters.Cql2Text;

/// <summary>Cuts CQL2 text into tokens (OGC 21-065r2, annex B).</summary>
internal sealed class Lexer(string text)
{
    private const string DoubleSymbols = "<>|<=|>=";
    private const string Symbols = "=<>(),+-*/%^";

    private int _at;

    /// <summary>The next token; the end again and again once it is reached.</summary>
    /// <exception cref="SyntaxException">No token starts here.</exception>
    public Token Next()
    {
        while (_at < text.Length && char.IsWhiteSpace(text[_at]))
        {
            _at++;
        }

        if (_at == text.Length)
        {
            return new Token(TokenKind.End, "", _at);
        }

        var start = _at;
        return text[start] switch
        {
            '\'' => ReadQuoted(TokenKind.Text, '\''),
            '"' => ReadQuoted(TokenKind.QuotedName, '"'),
            >= '0' and <= '9' or '.' => ReadNumber(),
            _ when Rune.TryGetRuneAt(text, start, out var rune) && IsNameStart(rune) => ReadWord(),
            _ => ReadSymbol(),
        };
    }

    /// <summary>Whether a text is a name that needs no quotes.</summary>
    public static bool IsName(string text)
    {
        var (at, isStart) = (0, true);
        while (at < text.Length && Rune.TryGetRuneAt(text, at, out var rune) && (isStart ? IsNameStart(rune) : IsNamePart(rune)))
        {
            (at, isStart) = (at + rune.Utf16SequenceLength, false);
        }

        return at > 0 && at == text.Length;
    }

    private Token ReadWord()
    {
        var start = _at;
        while (_at < text.Length && Rune.TryGetRuneAt(text, _at, out var rune) && IsNamePart(rune))
        {
            _at += rune.Utf16SequenceLength;
        }

        return new Token(TokenKind.Word, text[start.._at], start);
    }

    private Token ReadNumber()
    {
        var start = _at;
        SkipDigits();
        if (_at < text.Length && text[_at] == '.')
        {
            _at++;
            SkipDigits();
        }

        if (_at == start + 1 && text[start] == '.')
        {
            throw new SyntaxException(start, "a number", ".");
        }

        if (_at < text.Length && text[_at] is 'e' or 'E')
        {
            var mark = _at++;
            if (_at < text.Length && text[_at] is '+' or '-')
            {
                _at++;
            }

            var digits = _at;
            SkipDigits();
            if (_at == digits)
            {
                throw new SyntaxException(mark, "the digits of an exponent", text[mark.._at]);
            }
        }

        return new Token(TokenKind.Number, text[start.._at], start);
    }

    private void SkipDigits()
    {
        while (_at < text.Length && char.IsAsciiDigit(text[_at]))
        {
            _at++;
        }
    }

    /// <summary>A quote inside is doubled; in a text it may also stand behind a backslash.</summary>
    private Token ReadQuoted(TokenKind kind, char quote)
    {
        var start = _at++;
        var content = new StringBuilder();
        while (_at < text.Length)
        {
            var letter = text[_at++];
            var isEscape = letter == quote || (letter == '\\' && kind == TokenKind.Text);
            if (isEscape && _at < text.Length && text[_at] == quote)
            {
                content.Append(quote);
                _at++;
            }
            else if (letter == quote)
            {
                return new Token(kind, content.ToString(), start);
            }
            else
            {
                content.Append(letter);
            }
        }

        throw new SyntaxException(start, $"a closing {quote} for the one that opens here", "the end");
    }

    private Token ReadSymbol()
    {
        var start = _at;
        foreach (var symbol in DoubleSymbols.Split('|'))
        {
            if (text.AsSpan(start).StartsWith(symbol, StringComparison.Ordinal))
            {
                _at += symbol.Length;
                return new Token(TokenKind.Symbol, symbol, start);
            }
        }

        if (!Symbols.Contains(text[start], StringComparison.Ordinal))
        {
            var isPair = start + 1 < text.Length && char.IsSurrogatePair(text[start], text[start + 1]);
            throw new SyntaxException(
                start,
                text[start] == '!' ? "<> for 'not equal'" : "a property, a value, an operator or a parenthesis",
                char.IsSurrogate(text[start]) && !isPair ? "half a surrogate pair" : text.Substring(start, isPair ? 2 : 1));
        }

        _at++;
        return new Token(TokenKind.Symbol, text[start].ToString(), start);
    }

    private static bool IsNamePart(Rune rune) => IsNameStart(rune)
        || rune.Value is '.' or (>= '0' and <= '9') or (>= 0x0300 and <= 0x036F) or 0x203F or 0x2040;

    private static bool IsNameStart(Rune rune) => rune.Value
        is ':' or '_' or (>= 'A' and <= 'Z') or (>= 'a' and <= 'z')
        or (>= 0x00C0 and <= 0x00D6) or (>= 0x00D8 and <= 0x00F6) or (>= 0x00F8 and <= 0x02FF) or (>= 0x0370 and <= 0x037D)
        or (>= 0x037F and <= 0x1FFE) or 0x200C or 0x200D or (>= 0x2070 and <= 0x218F) or (>= 0x2C00 and <= 0x2FEF)
        or (>= 0x3001 and <= 0xD7FF) or (>= 0xF900 and <= 0xFDCF) or (>= 0xFDF0 and <= 0xFFFD) or (>= 0x10000 and <= 0xEFFFF);
}
