using System.Collections.Immutable;
using System.Globalization;
using GeoOffer.Query.Catalogue;

namespace GeoOffer.Query.Filters.Cql2Text;

/// <summary>Reads operands: properties, values, and functions, those that are conditions among them.</summary>
internal sealed class OperandParser(TokenCursor tokens, SourceMap map, GeometryParser geometries)
{
    private const string Functions = "DATE, TIMESTAMP, BBOX, S_ and A_ functions, and geometries in well-known text";

    private static readonly ImmutableArray<string> Reserved =
        ["AND", "OR", "NOT", "LIKE", "BETWEEN", "IN", "IS", "NULL", "DIV"];

    /// <summary>Reads an operand that is no parenthesis.</summary>
    /// <param name="expected">What to say is missing where none starts.</param>
    public Term Parse(string expected)
    {
        var token = tokens.Current;
        switch (token.Kind)
        {
            case TokenKind.Text:
                tokens.Take();
                return Value(Literal.Of(token.Content), token);
            case TokenKind.QuotedName:
                tokens.Take();
                return Value(new PropertyReference(token.Content), token);
            case TokenKind.Number:
                tokens.Take();
                return Value(Number(token, isNegative: false), token);
            case TokenKind.Symbol when token.Content is "-" or "+":
                tokens.Take();
                return Value(Number(tokens.Take(TokenKind.Number, "a number (arithmetic is not understood here)"), token.Content == "-"), token);
            case TokenKind.Word:
                tokens.Take();
                return ParseWord(token, expected);
            default:
                throw tokens.Fault(expected);
        }
    }

    private Term ParseWord(Token word, string expected)
    {
        if (word.IsWord("TRUE") || word.IsWord("FALSE"))
        {
            var truth = word.IsWord("TRUE");
            return new Term(
                map.Note(new Constant(truth), word.Start), map.Note<Expression>(Literal.Of(truth), word.Start), word.Start);
        }

        var isCall = tokens.Current.IsSymbol("(");
        if (GeometryParser.Starts(word.Content) && (isCall || tokens.Current.IsWord("Z")))
        {
            return Value(geometries.Parse(word), word);
        }

        if (isCall)
        {
            return ParseCall(word);
        }

        return Reserved.Contains(word.Content.ToUpperInvariant())
            ? throw new SyntaxException(word.Start, expected, $"{word.Describe()} (a property of that name is written \"{word.Content}\")")
            : Value(new PropertyReference(word.Content), word);
    }

    private Term ParseCall(Token word)
    {
        var name = word.Content.ToUpperInvariant();
        switch (name)
        {
            case "DATE":
                return Value(Instant(PropertyType.Date, "a date 'YYYY-MM-DD'"), word);
            case "TIMESTAMP":
                return Value(Instant(PropertyType.Timestamp, "an instant 'YYYY-MM-DDThh:mm:ssZ'"), word);
            case ['S', '_', .. var relation] when Enum.TryParse<SpatialOperator>(relation, ignoreCase: true, out var spatial) && IsName(relation):
                var (one, other) = Pair(() => Parse("a geometry or the property that is one"));
                return Condition(new SpatialRelation(spatial, one, other), word);
            case ['A', '_', .. var relation] when Enum.TryParse<ArrayOperator>(relation, ignoreCase: true, out var array) && IsName(relation):
                var (left, right) = Pair(ParseArray);
                return Condition(new ArrayRelation(array, left, right), word);
            default:
                throw new SyntaxException(word.Start, $"a function that is understood here: {Functions}", $"the function {word.Content}");
        }
    }

    private static bool IsName(string text) => text.All(char.IsAsciiLetter);

    private Literal Instant(PropertyType type, string expected)
    {
        tokens.TakeSymbol("(");
        var text = tokens.Take(TokenKind.Text, expected);
        tokens.TakeSymbol(")");
        return Catalogue.Value.Read(type, text.Content) is { } value
            ? new Literal(value)
            : throw new SyntaxException(text.Start, expected, text.Describe());
    }

    private (Expression Left, Expression Right) Pair(Func<Term> parse)
    {
        tokens.Open();
        var left = Require(parse());
        tokens.TakeSymbol(",");
        var right = Require(parse());
        tokens.Close(")");
        return (left, right);

        static Expression Require(Term term) =>
            term.Value ?? throw new SyntaxException(term.Start, "a property or a value", "a condition");
    }

    private Term ParseArray()
    {
        var start = tokens.Current;
        if (!tokens.TryTakeSymbol("("))
        {
            return Parse("a list of texts in parentheses, or the property that is one");
        }

        var items = ImmutableArray.CreateBuilder<string>();
        if (!tokens.TryTakeSymbol(")"))
        {
            do
            {
                var item = tokens.Take(TokenKind.Text, "a text, as lists have them here");
                items.Add(map.Note(item.Content, item.Start));
            }
            while (tokens.TryTakeSymbol(","));
            tokens.TakeSymbol(")", ") or ,");
        }

        return Value(Literal.Of(items.ToImmutable()), start);
    }

    private static Literal Number(Token token, bool isNegative)
    {
        if (token.Content.All(char.IsAsciiDigit)
            && long.TryParse((isNegative ? "-" : "") + token.Content, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole))
        {
            return Literal.Of(whole);
        }

        var number = TokenCursor.NumberOf(token);
        return Literal.Of(isNegative ? -number : number);
    }

    private Term Value(Expression expression, Token start) => new(null, map.Note(expression, start.Start), start.Start);

    private Term Condition(Filter filter, Token start) => new(map.Note(filter, start.Start), null, start.Start);
}
