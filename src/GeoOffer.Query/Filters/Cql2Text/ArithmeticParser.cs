namespace GeoOffer.Query.Filters.Cql2Text;

/// <summary>Reads sums, products and powers of operands.</summary>
internal sealed class ArithmeticParser(TokenCursor tokens, TermMaker terms, OperandParser operands)
{
    private const string Operand = "a number, or the property or function that gives one";

    /// <summary>Reads a sum, or whatever operand stands in the place of one.</summary>
    public Term Parse(string expected) => ParseChain(
        expected,
        @operator => @operator is ArithmeticOperator.Add or ArithmeticOperator.Subtract,
        missing => ParseChain(
            missing,
            @operator => @operator is not (ArithmeticOperator.Add or ArithmeticOperator.Subtract or ArithmeticOperator.Power),
            ParsePower));

    /// <summary>Operators of one rank, from left to right.</summary>
    private Term ParseChain(string expected, Func<ArithmeticOperator, bool> isOfRank, Func<string, Term> parse)
    {
        var left = parse(expected);
        while (Operator() is { } @operator && isOfRank(@operator))
        {
            tokens.Take();
            left = Join(@operator, left, parse(Operand));
        }

        return left;
    }

    private Term ParsePower(string expected)
    {
        var operand = ParseSigned(expected);
        if (Operator() != ArithmeticOperator.Power)
        {
            return operand;
        }

        tokens.Take();
        var power = Join(ArithmeticOperator.Power, operand, ParseSigned(Operand));
        return Operator() == ArithmeticOperator.Power ? throw tokens.Fault("parentheses around one of two powers") : power;
    }

    private Term ParseSigned(string expected)
    {
        var sign = tokens.Current;
        if (!tokens.TryTakeSymbol("-") && !tokens.TryTakeSymbol("+"))
        {
            return operands.Parse(expected);
        }

        if (tokens.Current.Kind == TokenKind.Number)
        {
            return terms.Value(OperandParser.Number(tokens.Take(), isNegative: sign.Content == "-"), sign.Start);
        }

        if (sign.Content == "+")
        {
            throw tokens.Fault("a number");
        }

        return Join(ArithmeticOperator.Multiply, terms.Value(Literal.Of(-1), sign.Start), operands.Parse(Operand));
    }

    private ArithmeticOperator? Operator() =>
        tokens.Current.Kind is TokenKind.Symbol or TokenKind.Word ? Cql2Names.Arithmetic(tokens.Current.Content) : null;

    private Term Join(ArithmeticOperator @operator, Term left, Term right)
    {
        var (one, other) = (terms.AsValue(left), terms.AsValue(right));
        return terms.Value(new Arithmetic(@operator, one.Value!, other.Value!), left.Start, one, other);
    }
}
