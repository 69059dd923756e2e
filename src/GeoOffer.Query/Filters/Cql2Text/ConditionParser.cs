using System.Collections.Immutable;

namespace GeoOffer.Query.Filters.Cql2Text;

/// <summary>Reads conditions by recursive descent, as deep as the checker takes them.</summary>
internal sealed class ConditionParser(TokenCursor tokens, SourceMap map, OperandParser operands)
{
    private const string Missing = "a condition, or the property or value that starts one";

    /// <summary>Reads a condition and makes sure that nothing follows.</summary>
    /// <exception cref="SyntaxException">The text is none.</exception>
    public Filter ParseWhole()
    {
        var root = Condition(ParseAlternatives(Missing));
        return tokens.Current.Kind == TokenKind.End ? root : throw tokens.Fault("AND, OR or the end");
    }

    private Term ParseAlternatives(string expected)
    {
        var first = ParseConjunction(expected);
        if (!tokens.Current.IsWord("OR"))
        {
            return first;
        }

        var members = new List<Filter> { Condition(first) };
        while (tokens.TryTakeWord("OR"))
        {
            members.Add(Condition(ParseConjunction(Missing)));
        }

        return new Term(map.Note(Filter.Any([.. members]), first.Start), null, first.Start);
    }

    private Term ParseConjunction(string expected)
    {
        var first = ParseNegation(expected);
        if (!tokens.Current.IsWord("AND"))
        {
            return first;
        }

        var members = new List<Filter> { Condition(first) };
        while (tokens.TryTakeWord("AND"))
        {
            members.Add(Condition(ParseNegation(Missing)));
        }

        return new Term(map.Note(Filter.All([.. members]), first.Start), null, first.Start);
    }

    private Term ParseNegation(string expected)
    {
        var start = tokens.Current.Start;
        return tokens.TryTakeWord("NOT")
            ? new Term(map.Note(new Not(Condition(ParsePredicate(Missing))), start), null, start)
            : ParsePredicate(expected);
    }

    private Term ParsePredicate(string expected)
    {
        var left = ParseOperand(expected);
        var token = tokens.Current;
        if (token.Kind == TokenKind.Symbol && OperatorOf(token.Content) is { } comparison)
        {
            tokens.Take();
            return Made(new Comparison(comparison, Value(left), ParseValue()));
        }

        var isNegated = tokens.TryTakeWord("NOT");
        if (tokens.TryTakeWord("LIKE"))
        {
            var pattern = tokens.Take(TokenKind.Text, "a pattern between single quotes");
            return MadeOrNot(new Like(Value(left), map.Note(pattern.Content, pattern.Start)));
        }

        if (tokens.TryTakeWord("BETWEEN"))
        {
            var low = ParseValue();
            tokens.TakeWord("AND");
            return MadeOrNot(new Between(Value(left), low, ParseValue()));
        }

        if (tokens.TryTakeWord("IN"))
        {
            return MadeOrNot(new In(Value(left), ParseOptions()));
        }

        if (isNegated)
        {
            throw tokens.Fault("LIKE, BETWEEN or IN");
        }

        if (!tokens.TryTakeWord("IS"))
        {
            return left;
        }

        isNegated = tokens.TryTakeWord("NOT");
        tokens.TakeWord("NULL");
        return MadeOrNot(new IsNull(Value(left)));

        Term MadeOrNot(Filter filter) => isNegated ? Made(new Not(map.Note(filter, left.Start))) : Made(filter);

        Term Made(Filter filter) => new(map.Note(filter, left.Start), null, left.Start);
    }

    private ImmutableArray<Expression> ParseOptions()
    {
        tokens.TakeSymbol("(");
        var options = ImmutableArray.CreateBuilder<Expression>();
        do
        {
            options.Add(ParseValue());
        }
        while (tokens.TryTakeSymbol(","));
        tokens.TakeSymbol(")", ") or ,");
        return options.ToImmutable();
    }

    private Expression ParseValue() => Value(ParseOperand("a property or a value"));

    /// <summary>An operand, which may stand in parentheses; what they hold may as well be a condition.</summary>
    private Term ParseOperand(string expected)
    {
        var start = tokens.Current.Start;
        Term operand;
        if (tokens.Current.IsSymbol("("))
        {
            tokens.Open();
            operand = ParseAlternatives(expected) with { Start = start };
            tokens.Close(operand.Condition is null ? "an operator or )" : "AND, OR or )");
        }
        else
        {
            operand = operands.Parse(expected);
        }

        var next = tokens.Current;
        var isArithmetic = next.IsWord("DIV") || (next.Kind == TokenKind.Symbol && next.Content is "+" or "-" or "*" or "/" or "%" or "^");
        return isArithmetic ? throw tokens.Fault("a comparison (arithmetic is not understood here)") : operand;
    }

    private Filter Condition(Term term) => term.Condition
        ?? throw tokens.Fault("a comparison of it: =, <>, <, <=, >, >=, LIKE, BETWEEN, IN or IS NULL");

    private static Expression Value(Term term) => term.Value
        ?? throw new SyntaxException(term.Start, "a property or a value", "a condition");

    private static ComparisonOperator? OperatorOf(string symbol) => symbol switch
    {
        "=" => ComparisonOperator.Equal,
        "<>" => ComparisonOperator.NotEqual,
        "<" => ComparisonOperator.Less,
        "<=" => ComparisonOperator.LessOrEqual,
        ">" => ComparisonOperator.Greater,
        ">=" => ComparisonOperator.GreaterOrEqual,
        _ => null,
    };
}
