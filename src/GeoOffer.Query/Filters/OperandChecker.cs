using GeoOffer.Query.Catalogue;

namespace GeoOffer.Query.Filters;

/// <summary>Holds the sides of comparisons against each other, and gives a literal the type of what it is compared with.</summary>
internal sealed class OperandChecker(CheckContext context, ExpressionChecker expressions)
{
    /// <summary>A comparison; of an instant with a date, it is one with the bounds of that day.</summary>
    public Filter Compare(Comparison comparison, string path, int depth)
    {
        var left = expressions.Check(comparison.Left, $"{path}/args/0", depth + 1);
        var right = expressions.Check(comparison.Right, $"{path}/args/1", depth + 1);
        if (DayIn(right, left) is { } day)
        {
            return CompareWithDay(comparison.Operator, left.Expression, day);
        }

        if (DayIn(left, right) is { } mirrored)
        {
            return CompareWithDay(Mirror(comparison.Operator), right.Expression, mirrored);
        }

        var (one, other) = Fit(left, $"{path}/args/0", right, $"{path}/args/1");
        return comparison with { Left = one, Right = other };
    }

    /// <summary>Both sides of a symmetrical comparison.</summary>
    public (Expression Left, Expression Right) Pair(Expression left, string leftPath, Expression right, string rightPath, int depth) => Fit(
        expressions.Check(left, leftPath, depth + 1), leftPath, expressions.Check(right, rightPath, depth + 1), rightPath);

    /// <summary>An operand that is compared with something of a known type.</summary>
    public Expression Fit(Expression operand, string path, OperandType against, int depth) =>
        Fit(expressions.Check(operand, path, depth + 1), path, against);

    /// <summary>A text and a pattern that it may fit.</summary>
    public Like Pattern(Like like, string path, int depth)
    {
        var (operand, pattern) = (
            expressions.Check(like.Operand, $"{path}/args/0", depth + 1), expressions.Check(like.Pattern, $"{path}/args/1", depth + 1));
        if (operand.Type is { IsUnknown: false, Scalar: not PropertyType.Text })
        {
            context.Report($"{path}/args/0", operand.Type.Property?.Name, OperandType.Describe(PropertyType.Text), operand.Describe());
        }

        return new Like(operand.Expression, CheckPattern(pattern.Expression, $"{path}/args/1", isFolded: false));
    }

    /// <summary>A relation of sets; its code lists hold for every member.</summary>
    public ArrayRelation Arrays(ArrayRelation relation, string path, int depth)
    {
        var (left, right) = (Set(relation.Left, $"{path}/args/0", depth), Set(relation.Right, $"{path}/args/1", depth));
        return relation with { Left = left.Expression, Right = right.Expression };
    }

    private (Expression Left, Expression Right) Fit(Operand left, string leftPath, Operand right, string rightPath) =>
        left.Expression is Literal && right.Expression is not Literal
            ? (Fit(left, leftPath, right.Type), right.Expression)
            : (left.Expression, Fit(right, rightPath, left.Type));

    private Expression Fit(Operand operand, string path, OperandType against)
    {
        if (operand.Type.IsUnknown || against.IsUnknown)
        {
            return operand.Expression;
        }

        if (against.Scalar is not { } wanted || wanted == PropertyType.TextArray)
        {
            context.Report(path, against.Property?.Name, "a spatial, temporal or array operator", $"a comparison with {against.Describe()}");
            return operand.Expression;
        }

        if (operand.Type.Scalar is not { } given || !AreComparable(given, wanted, operand.Expression, out var converted))
        {
            context.Report(path, against.Property?.Name, against.Describe(), operand.Describe());
            return operand.Expression;
        }

        return converted;
    }

    /// <summary>The date that an instant is compared with; null where it is not.</summary>
    private static Value? DayIn(Operand operand, Operand against)
    {
        if (against.Type.Scalar != PropertyType.Timestamp || against.Expression is Literal)
        {
            return null;
        }

        return operand.Expression is Literal literal ? literal.Value switch
        {
            Value.Date date => date,
            Value.Text text => Value.Read(PropertyType.Date, text.Content),
            _ => null,
        }
        : null;
    }

    private static Filter CompareWithDay(ComparisonOperator @operator, Expression instant, Value day)
    {
        var (first, last) = (Literal.Of(TimeBounds.Start(day)!.Value), Literal.Of(TimeBounds.End(day)!.Value));
        Filter Holds(ComparisonOperator comparison, Literal bound) => new Comparison(comparison, instant, bound);

        return @operator switch
        {
            ComparisonOperator.Equal => new Between(instant, first, last),
            ComparisonOperator.NotEqual => new Not(new Between(instant, first, last)),
            ComparisonOperator.Less or ComparisonOperator.GreaterOrEqual => Holds(@operator, first),
            _ => Holds(@operator, last),
        };
    }

    private static ComparisonOperator Mirror(ComparisonOperator @operator) => @operator switch
    {
        ComparisonOperator.Less => ComparisonOperator.Greater,
        ComparisonOperator.LessOrEqual => ComparisonOperator.GreaterOrEqual,
        ComparisonOperator.Greater => ComparisonOperator.Less,
        ComparisonOperator.GreaterOrEqual => ComparisonOperator.LessOrEqual,
        _ => @operator,
    };

    private static bool AreComparable(PropertyType given, PropertyType wanted, Expression operand, out Expression converted)
    {
        converted = operand;
        if (operand is Literal literal && Convert(literal.Value, wanted) is { } value)
        {
            converted = new Literal(value);
            return true;
        }

        return given == wanted || (IsNumeric(given) && IsNumeric(wanted));
    }

    /// <summary>The value as another type, where that loses nothing.</summary>
    private static Value? Convert(Value value, PropertyType wanted) => (value, wanted) switch
    {
        _ when value.Type == wanted => value,
        (Value.Integer integer, PropertyType.Number) => new Value.Number(integer.Content),
        (Value.Number { Content: var number }, PropertyType.Integer) when double.IsInteger(number) && Math.Abs(number) < 9e15 =>
            new Value.Integer((long)number),
        (Value.Text text, PropertyType.Date or PropertyType.Timestamp) => Value.Read(wanted, text.Content),
        _ => null,
    };

    private static bool IsNumeric(PropertyType type) => type is PropertyType.Integer or PropertyType.Number;

    /// <summary>
    /// Under folds a backslash may only stand before what it takes a meaning from: a fold could take away the letter after it, and
    /// PostgreSQL fails on a pattern that ends so.
    /// </summary>
    private Expression CheckPattern(Expression pattern, string path, bool isFolded)
    {
        switch (pattern)
        {
            case Folded folded:
                return folded with { Operand = CheckPattern(folded.Operand, path, isFolded: true) };
            case Literal { Value: Value.Text { Content: var text } } literal:
                // PostgreSQL fails on it, but only in rows where it gets that far.
                if (int.IsOddInteger(text.Length - text.AsSpan().TrimEnd('\\').Length))
                {
                    context.Report(path, null, "a pattern that says after \\ what it takes the meaning from", text);
                    return literal;
                }

                return isFolded ? Literal.Of(LikePattern.WithoutIdleEscapes(text)) : literal;
            default:
                context.Report(path, null, "a pattern: a text, or one that is folded", pattern is Literal other ? other.Value.ToString() : "an expression");
                return pattern;
        }
    }

    private Operand Set(Expression expression, string path, int depth)
    {
        var operand = expressions.Check(expression, path, depth + 1);
        if (operand.Type.IsUnknown || operand.Type.Scalar == PropertyType.TextArray)
        {
            return operand;
        }

        context.Report(path, operand.Type.Property?.Name, OperandType.Describe(PropertyType.TextArray), operand.Type.Describe());
        return operand with { Type = default };
    }
}
