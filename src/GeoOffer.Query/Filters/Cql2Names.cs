namespace GeoOffer.Query.Filters;

/// <summary>The names of CQL2 (OGC 21-065r2) that its two encodings share.</summary>
internal static class Cql2Names
{
    /// <summary>The relation that a name such as <c>s_intersects</c> stands for, in any case; null when it is none.</summary>
    public static Func<Expression, Expression, Filter>? Relation(string name)
    {
        if (name is not [var kind, '_', .. var relation] || !relation.All(char.IsAsciiLetter))
        {
            return null;
        }

        switch (kind)
        {
            case 's' or 'S' when Enum.TryParse<SpatialOperator>(relation, ignoreCase: true, out var spatial):
                return (left, right) => new SpatialRelation(spatial, left, right);
            case 't' or 'T' when Enum.TryParse<TemporalOperator>(relation, ignoreCase: true, out var temporal):
                return (left, right) => new TemporalRelation(temporal, left, right);
            case 'a' or 'A' when Enum.TryParse<ArrayOperator>(relation, ignoreCase: true, out var array):
                return (left, right) => new ArrayRelation(array, left, right);
            default:
                return null;
        }
    }

    /// <summary>The name of a relation, as JSON has it; text says it in capitals.</summary>
    public static string Of(SpatialOperator @operator) => "s_" + Camel(@operator.ToString());

    /// <inheritdoc cref="Of(SpatialOperator)"/>
    public static string Of(TemporalOperator @operator) => "t_" + Camel(@operator.ToString());

    /// <inheritdoc cref="Of(SpatialOperator)"/>
    public static string Of(ArrayOperator @operator) => "a_" + Camel(@operator.ToString());

    /// <summary>The symbol of a comparison.</summary>
    public static string Of(ComparisonOperator @operator) => @operator switch
    {
        ComparisonOperator.Equal => "=",
        ComparisonOperator.NotEqual => "<>",
        ComparisonOperator.Less => "<",
        ComparisonOperator.LessOrEqual => "<=",
        ComparisonOperator.Greater => ">",
        ComparisonOperator.GreaterOrEqual => ">=",
        _ => throw new ArgumentOutOfRangeException(nameof(@operator), @operator, null),
    };

    /// <summary>The comparison of a symbol; null when it is none.</summary>
    public static ComparisonOperator? Comparison(string symbol) => symbol switch
    {
        "=" => ComparisonOperator.Equal,
        "<>" => ComparisonOperator.NotEqual,
        "<" => ComparisonOperator.Less,
        "<=" => ComparisonOperator.LessOrEqual,
        ">" => ComparisonOperator.Greater,
        ">=" => ComparisonOperator.GreaterOrEqual,
        _ => null,
    };

    /// <summary>The symbol, or word, of an arithmetic operator.</summary>
    public static string Of(ArithmeticOperator @operator) => @operator switch
    {
        ArithmeticOperator.Add => "+",
        ArithmeticOperator.Subtract => "-",
        ArithmeticOperator.Multiply => "*",
        ArithmeticOperator.Divide => "/",
        ArithmeticOperator.Remainder => "%",
        ArithmeticOperator.IntegerDivide => "div",
        ArithmeticOperator.Power => "^",
        _ => throw new ArgumentOutOfRangeException(nameof(@operator), @operator, null),
    };

    /// <summary>The arithmetic operator of a symbol or of the word <c>div</c> in any case; null when it is none.</summary>
    public static ArithmeticOperator? Arithmetic(string symbol) => symbol switch
    {
        "+" => ArithmeticOperator.Add,
        "-" => ArithmeticOperator.Subtract,
        "*" => ArithmeticOperator.Multiply,
        "/" => ArithmeticOperator.Divide,
        "%" => ArithmeticOperator.Remainder,
        "^" => ArithmeticOperator.Power,
        _ when symbol.Equals("div", StringComparison.OrdinalIgnoreCase) => ArithmeticOperator.IntegerDivide,
        _ => null,
    };

    /// <summary>The name of a fold.</summary>
    public static string Of(Fold fold) => fold == Fold.Case ? "casei" : "accenti";

    /// <summary>The fold of a name, in any case; null when it is none.</summary>
    public static Fold? Folding(string name) =>
        name.Equals("casei", StringComparison.OrdinalIgnoreCase) ? Fold.Case
        : name.Equals("accenti", StringComparison.OrdinalIgnoreCase) ? Fold.Accent
        : null;

    private static string Camel(string name) => char.ToLowerInvariant(name[0]) + name[1..];
}
