using GeoOffer.Query.Catalogue;
using GeoOffer.Query.Filters;

namespace GeoOffer.Query.Sql;

/// <summary>Writes values; each stands beside any operator without further parentheses.</summary>
internal sealed class ExpressionSql(SqlBuilder builder, ColumnSql columns, SpatialSql spatial, ConditionSql conditions)
{
    // The root collation of Unicode for mapping letters, whatever the database has; then plain code points to compare by.
    private const string Letters = "COLLATE \"und-x-icu\"";
    private const string CodePoints = "COLLATE \"C\"";

    // The blocks of combining marks.
    private const string Marks = @"[\u0300-\u036F\u1AB0-\u1AFF\u1DC0-\u1DFF\u20D0-\u20FF\uFE20-\uFE2F]";

    /// <summary>The value; geometries in their own reference system.</summary>
    public string Of(Expression expression) => expression switch
    {
        PropertyReference reference => columns.Of(reference),
        // A keyword, not a parameter: a partial index WHERE is_public is only considered for a condition known when planning.
        Literal { Value: Value.Boolean boolean } => boolean.Content ? "TRUE" : "FALSE",
        Literal literal => builder.AddParameter(literal.Value),
        GeometryLiteral literal => builder.AddParameter(literal.Geometry, SqlParameterType.Geometry),
        Arithmetic arithmetic => Of(arithmetic),
        Folded folded => Of(folded),
        FunctionCall call => Of(call),
        Truth truth => $"({conditions.Of(truth.Condition)})",
        _ => throw new ArgumentOutOfRangeException(nameof(expression), expression.GetType().Name, null),
    };

    private string Of(Arithmetic arithmetic)
    {
        var (left, right) = (Number(arithmetic.Left), Number(arithmetic.Right));
        return arithmetic.Operator switch
        {
            ArithmeticOperator.Add => $"({left} + {right})",
            ArithmeticOperator.Subtract => $"({left} - {right})",
            ArithmeticOperator.Multiply => $"({left} * {right})",
            ArithmeticOperator.Divide => $"({left} / NULLIF({right}, 0))",
            ArithmeticOperator.IntegerDivide => $"trunc({left} / NULLIF({right}, 0))",
            ArithmeticOperator.Remainder => With(left, right, "v.x - v.y * trunc(v.x / NULLIF(v.y, 0))"),
            // PostgreSQL fails on a power that is no real number, or too large or small for one: the logarithm tells before.
            ArithmeticOperator.Power => With(left, right, """
                CASE WHEN v.x = 0 THEN CASE WHEN v.y > 0 THEN 0 WHEN v.y = 0 THEN 1 END
                WHEN v.x < 0 AND v.y <> trunc(v.y) THEN NULL
                WHEN abs(v.y) <= 700 / greatest(abs(ln(abs(v.x))), 1e-10) THEN power(v.x, v.y) END
                """),
            _ => throw new ArgumentOutOfRangeException(nameof(arithmetic), arithmetic.Operator, null),
        };
    }

    private string Of(Folded folded)
    {
        var text = Of(folded.Operand);
        return folded.Fold == Fold.Case
            // Upper case first: it writes ß as SS. Lower case has two sigmas.
            ? $"translate(lower(upper({text} {Letters}) {Letters}), 'ς', 'σ') {CodePoints}"
            : $"normalize(regexp_replace(normalize({text}, NFD), '{Marks}', '', 'g'), NFC) {CodePoints}";
    }

    private string Of(FunctionCall call) => call.Name switch
    {
        "abs" or "ceil" or "floor" or "round" => $"{call.Name}({Number(call.Arguments[0])})",
        "sqrt" => With(Number(call.Arguments[0]), null, "CASE WHEN v.x >= 0 THEN sqrt(v.x) END"),
        "lower" or "upper" => $"{call.Name}({Of(call.Arguments[0])} {Letters}) {CodePoints}",
        "char_length" => $"char_length({Of(call.Arguments[0])})",
        "concat" => $"({string.Join(" || ", call.Arguments.Select(Of))})",
        "year" or "month" or "day" => $"extract({call.Name} FROM {Calendar(call.Arguments[0])})::bigint",
        _ => spatial.Of(call),
    };

    /// <summary>A number in double precision.</summary>
    public string Number(Expression expression) =>
        columns.TypeOf(expression) == PropertyType.Integer ? $"{Of(expression)}::double precision" : Of(expression);

    private string Calendar(Expression instant) =>
        columns.TypeOf(instant) == PropertyType.Timestamp ? $"({Of(instant)} AT TIME ZONE 'UTC')" : Of(instant);

    /// <summary>A formula that uses its operands more than once: written once, they cannot double with every level of nesting.</summary>
    private static string With(string x, string? y, string formula) =>
        $"(SELECT {formula} FROM (SELECT {x} AS x{(y is null ? "" : $", {y} AS y")} OFFSET 0) AS v)";
}
