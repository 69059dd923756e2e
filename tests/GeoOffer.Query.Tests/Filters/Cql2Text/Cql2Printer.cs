using System.Globalization;
using GeoOffer.Query.Catalogue;
using GeoOffer.Query.Filters;

namespace GeoOffer.Query.Tests.Filters.Cql2Text;

/// <summary>Writes trees as CQL2 text, every condition in parentheses.</summary>
internal static class Cql2Printer
{
    public static string Of(Filter filter) => filter switch
    {
        Constant constant => constant.Value ? "TRUE" : "false",
        And and => Join(and.Operands, " AND "),
        Or or => Join(or.Operands, " or\n"),
        Not not => $"(NOT ({Of(not.Operand)}))",
        Comparison comparison => $"({Of(comparison.Left)}{Symbols[(int)comparison.Operator]}{Of(comparison.Right)})",
        Between between => $"({Of(between.Operand)} BETWEEN {Of(between.Low)} and {Of(between.High)})",
        In membership => $"({Of(membership.Operand)} IN ({string.Join(',', membership.Options.Select(Of))}))",
        Like like => $"({Of(like.Operand)} LIKE {Quote(like.Pattern)})",
        IsNull isNull => $"{Of(isNull.Operand)} IS NULL",
        _ => throw new ArgumentOutOfRangeException(nameof(filter), filter.ToString(), null),
    };

    private static readonly string[] Symbols = ["=", "<>", "<", "<=", " > ", " >="];

    private static string Join(IEnumerable<Filter> operands, string separator) => $"({string.Join(separator, operands.Select(Of))})";

    private static string Of(Expression expression) => expression switch
    {
        PropertyReference property => $"\"{property.Name}\"",
        Literal { Value: Value.Text text } => Quote(text.Content),
        Literal { Value: Value.Number number } => number.Content.ToString("E16", CultureInfo.InvariantCulture),
        Literal literal => literal.Value.ToString(),
        _ => throw new ArgumentOutOfRangeException(nameof(expression), expression.ToString(), null),
    };

    private static string Quote(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
}
