using System.Globalization;

namespace GeoOffer.Query.Filters.Cql2Text;

/// <summary>Goes through the tokens one by one, and says what is wrong where.</summary>
internal sealed class TokenCursor
{
    private readonly Lexer _lexer;
    private int _depth;

    public TokenCursor(string text)
    {
        _lexer = new Lexer(text);
        Current = _lexer.Next();
    }

    /// <summary>The token to be taken next.</summary>
    public Token Current { get; private set; }

    /// <summary>Takes the token, whatever it is.</summary>
    public Token Take()
    {
        var taken = Current;
        Current = _lexer.Next();
        return taken;
    }

    /// <summary>Takes a symbol where it is next.</summary>
    public bool TryTakeSymbol(string symbol)
    {
        if (!Current.IsSymbol(symbol))
        {
            return false;
        }

        Take();
        return true;
    }

    /// <summary>Takes a keyword where it is next.</summary>
    public bool TryTakeWord(string word)
    {
        if (!Current.IsWord(word))
        {
            return false;
        }

        Take();
        return true;
    }

    /// <summary>Takes a symbol that must be there.</summary>
    public void TakeSymbol(string symbol, string? expected = null)
    {
        if (!TryTakeSymbol(symbol))
        {
            throw Fault(expected ?? symbol);
        }
    }

    /// <summary>Takes the parenthesis that opens a level, which must be there; deeper levels than the checker takes are refused.</summary>
    public void Open()
    {
        if (Current.IsSymbol("(") && ++_depth > FilterChecker.MaximumDepth)
        {
            throw new SyntaxException(Current.Start, $"at most {FilterChecker.MaximumDepth} levels of parentheses", "more");
        }

        TakeSymbol("(");
    }

    /// <summary>Takes the parenthesis that closes a level.</summary>
    public void Close(string expected)
    {
        TakeSymbol(")", expected);
        _depth--;
    }

    /// <summary>Takes a keyword that must be there.</summary>
    public void TakeWord(string word)
    {
        if (!TryTakeWord(word))
        {
            throw Fault(word);
        }
    }

    /// <summary>Takes a token of a kind that must be there.</summary>
    public Token Take(TokenKind kind, string expected) => Current.Kind == kind ? Take() : throw Fault(expected);

    /// <summary>Takes a number with its sign.</summary>
    public double TakeSignedNumber()
    {
        var isNegative = Current.IsSymbol("-");
        if (isNegative || Current.IsSymbol("+"))
        {
            Take();
        }

        var number = NumberOf(Take(TokenKind.Number, "a number"));
        return isNegative ? -number : number;
    }

    /// <summary>The number that a token says.</summary>
    public static double NumberOf(Token token)
    {
        var number = double.Parse(token.Content, NumberStyles.Float, CultureInfo.InvariantCulture);
        return double.IsFinite(number) ? number : throw new SyntaxException(token.Start, "a finite number", token.Describe());
    }

    /// <summary>The fault that the next token is not what it should be.</summary>
    public SyntaxException Fault(string expected) => new(Current.Start, expected, Current.Describe());
}
