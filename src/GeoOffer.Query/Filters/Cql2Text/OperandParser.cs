using System.Collections.Immutable;
using System.Globalization;
using GeoOffer.Query.Catalogue;

namespace GeoOffer.Query.Filters.Cql2Text;

/// <summary>Reads operands: properties, values, what stands in parentheses, and functions, those that are conditions among them.</summary>
internal sealed class OperandParser(TokenCursor tokens, TermMaker terms, GeometryParser geometries, ConditionParser conditions)
{
    private const string InstantText = "an instant 'YYYY-MM-DDThh:mm:ssZ'";
    private const string DateText = "a date 'YYYY-MM-DD'";

    private static readonly ImmutableArray<string> Reserved =
        ["AND", "OR", "NOT", "LIKE", "BETWEEN", "IN", "IS", "NULL", "DIV", "TRUE", "FALSE"];

    /// <summary>Reads an operand.</summary>
    /// <param name="expected">What should come, for the error that nothing does.</param>
    public Term Parse(string expected)
    {
        var token = tokens.Current;
        switch (token.Kind)
        {
            case TokenKind.Text:
                tokens.Take();
                return terms.Value(Literal.Of(token.Content), token.Start);
            case TokenKind.QuotedName:
                tokens.Take();
                return terms.Value(new PropertyReference(token.Content), token.Start);
            case TokenKind.Number:
                tokens.Take();
                return terms.Value(Number(token, isNegative: false), token.Start);
            case TokenKind.Symbol when token.IsSymbol("("):
                return ParseParentheses(expected);
            case TokenKind.Word:
                tokens.Take();
                return ParseWord(token, expected);
            default:
                throw tokens.Fault(expected);
        }
    }

    /// <summary>Whether a name, with parentheses behind it, calls a function that is no part of the language.</summary>
    public static bool IsFunctionName(string name) => Lexer.IsName(name)
        && !Reserved.Contains(name.ToUpperInvariant())
        && name.ToUpperInvariant() is not ("DATE" or "TIMESTAMP" or "INTERVAL")
        && !GeometryParser.Starts(name)
        && Cql2Names.Relation(name) is null
        && Cql2Names.Folding(name) is null;

    /// <summary>The number that a token says: a whole one where it is written so and 64 bits hold it.</summary>
    public static Literal Number(Token token, bool isNegative)
    {
        if (token.Content.All(char.IsAsciiDigit)
            && long.TryParse((isNegative ? "-" : "") + token.Content, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole))
        {
            return Literal.Of(whole);
        }

        var number = TokenCursor.NumberOf(token);
        return Literal.Of(isNegative ? -number : number);
    }

    private Term ParseParentheses(string expected)
    {
        var start = tokens.Current.Start;
        tokens.Open();
        if (tokens.Current.IsSymbol(")"))
        {
            tokens.Close(")");
            return terms.List([], start);
        }

        var first = conditions.ParseAny(expected);
        if (!tokens.Current.IsSymbol(","))
        {
            tokens.Close(first.Condition is null ? "an operator or )" : "AND, OR or )");
            return first with { Start = start, Parentheses = first.Parentheses + 1 };
        }

        var elements = new List<Term> { terms.AsElement(first) };
        while (tokens.TryTakeSymbol(","))
        {
            elements.Add(terms.AsElement(conditions.ParseAny("a value")));
        }

        tokens.Close(") or ,");
        return terms.List([.. elements], start);
    }

    private Term ParseWord(Token word, string expected)
    {
        if (word.IsWord("TRUE") || word.IsWord("FALSE"))
        {
            return terms.Truth(word.IsWord("TRUE"), word.Start);
        }

        var isCall = tokens.Current.IsSymbol("(");
        if (GeometryParser.Starts(word.Content) && (isCall || tokens.Current.IsWord("Z")))
        {
            return terms.Value(geometries.Parse(word), word.Start);
        }

        if (Reserved.Contains(word.Content.ToUpperInvariant()))
        {
            throw new SyntaxException(word.Start, expected, $"{word.Describe()} (a property of that name is written \"{word.Content}\")");
        }

        return isCall ? ParseCall(word) : terms.Value(new PropertyReference(word.Content), word.Start);
    }

    private Term ParseCall(Token word)
    {
        if (Cql2Names.Relation(word.Content) is { } relation)
        {
            return ParseRelation(word, relation);
        }

        if (Cql2Names.Folding(word.Content) is { } fold)
        {
            tokens.Open();
            var operand = conditions.ParseValue();
            tokens.Close(")");
            return terms.Value(new Folded(fold, operand.Value!), word.Start, operand);
        }

        return word.Content.ToUpperInvariant() switch
        {
            "DATE" => ParseInstant(word, PropertyType.Date, DateText),
            "TIMESTAMP" => ParseInstant(word, PropertyType.Timestamp, InstantText),
            "INTERVAL" => ParseInterval(word),
            _ => ParseFunction(word),
        };
    }

    private Term ParseRelation(Token word, Func<Expression, Expression, Filter> relation)
    {
        tokens.Open();
        var left = ParseSide(word);
        tokens.TakeSymbol(",");
        var right = ParseSide(word);
        tokens.Close(")");
        return terms.Condition(relation(left.Value!, right.Value!), word.Start, left, right);
    }

    private Term ParseSide(Token word)
    {
        var (isSet, expected) = word.Content[0] switch
        {
            'A' or 'a' => (true, "a list in parentheses, or the property that is one"),
            'S' or 's' => (false, "a geometry or the property that is one"),
            _ => (false, "an instant, an interval, or the property that is one"),
        };
        var side = conditions.ParseAny(expected);
        return isSet ? terms.AsSet(side)
            : side.Value is not null ? side
            : throw new SyntaxException(side.Start, "a property or a value", "a condition");
    }

    private Term ParseFunction(Token word)
    {
        tokens.Open();
        var arguments = new List<Term>();
        if (!tokens.Current.IsSymbol(")"))
        {
            do
            {
                arguments.Add(terms.AsElement(conditions.ParseAny("a property or a value")));
            }
            while (tokens.TryTakeSymbol(","));
        }

        tokens.Close(") or ,");
        return terms.Value(
            new FunctionCall(word.Content, [.. arguments.Select(argument => argument.Value!)]), word.Start, [.. arguments]);
    }

    private Term ParseInstant(Token word, PropertyType type, string expected)
    {
        tokens.TakeSymbol("(");
        var text = tokens.Take(TokenKind.Text, expected);
        tokens.TakeSymbol(")");
        return Value.Read(type, text.Content) is { } value
            ? terms.Value(new Literal(value), word.Start)
            : throw new SyntaxException(text.Start, expected, text.Describe());
    }

    private Term ParseInterval(Token word)
    {
        tokens.Open();
        var start = ParseBound();
        tokens.TakeSymbol(",");
        var end = ParseBound();
        tokens.Close(")");
        return terms.Value(new Interval(start.Value, end.Value), word.Start, start, end);
    }

    /// <summary>A bound of an interval: one without value is open.</summary>
    private Term ParseBound()
    {
        const string Expected = $"{DateText}, {InstantText}, '..', or the property that is one";
        var text = tokens.Current;
        if (text.Kind != TokenKind.Text)
        {
            var bound = conditions.ParseAny(Expected);
            return bound.Value is not null ? bound : throw new SyntaxException(bound.Start, Expected, "a condition");
        }

        tokens.Take();
        if (text.Content == "..")
        {
            return new Term(null, null, text.Start, 1);
        }

        return (Value.Read(PropertyType.Date, text.Content) ?? Value.Read(PropertyType.Timestamp, text.Content)) is { } value
            ? terms.Value(new Literal(value), text.Start)
            : throw new SyntaxException(text.Start, Expected, text.Describe());
    }
}
