using System.Globalization;
using GeoOffer.Query.Catalogue;
using GeoOffer.Query.Filters;
using Microsoft.OData.Edm;
using Microsoft.OData.UriParser;
using Microsoft.Spatial;

namespace GeoOffer.OData.Reading;

/// <summary>Values of OData as values of the house. A null reference is the value null.</summary>
internal sealed class ValueReader(ReadingContext context, ConditionReader conditions)
{
    /// <summary>Functions that both sides have, with what the house calls them.</summary>
    private static readonly Dictionary<string, string> Functions = new()
    {
        ["length"] = "char_length",
        ["tolower"] = "lower",
        ["toupper"] = "upper",
        ["concat"] = "concat",
        ["year"] = "year",
        ["month"] = "month",
        ["day"] = "day",
        ["floor"] = "floor",
        ["ceiling"] = "ceil",
        [GeoFunctions.Distance] = "distance",
        [GeoFunctions.Length] = "length",
    };

    /// <summary>The value; null for null.</summary>
    public Expression? Read(QueryNode node)
    {
        switch (context.Bare(node))
        {
            case ConstantNode constant:
                return Constant(constant);
            case SingleValuePropertyAccessNode property:
                return new PropertyReference(property.Property.Name);
            case UnaryOperatorNode { OperatorKind: UnaryOperatorKind.Negate } negation:
                return Negated(Read(negation.Operand));
            case BinaryOperatorNode binary when Operator(binary) is { } @operator:
                return Read(binary.Left) is { } left && Read(binary.Right) is { } right ? new Arithmetic(@operator, left, right) : null;
            case SingleValueFunctionCallNode call when Functions.TryGetValue(call.Name, out var name):
                var arguments = call.Parameters.Select(Read).ToList();
                return arguments.Contains(null) ? null : new FunctionCall(name, [.. arguments.OfType<Expression>()]);
            case BinaryOperatorNode { OperatorKind: BinaryOperatorKind.And or BinaryOperatorKind.Or }:
            case BinaryOperatorNode { OperatorKind: var kind } when Comparisons.Of(kind) is not null:
            case UnaryOperatorNode { OperatorKind: UnaryOperatorKind.Not } or LambdaNode or InNode:
            case SingleValueFunctionCallNode { Name: "contains" or "startswith" or "endswith" or GeoFunctions.Intersects }:
                return Expression.Of(conditions.Read(node, Sense.Value));
            case SingleValueFunctionCallNode call:
                throw context.NotSupported($"the function {call.Name}");
            case var other:
                throw context.NotSupported(other.Kind.ToString());
        }
    }

    /// <summary>The sides of a comparison: a date against an instant is its first moment, and the date of an instant against a date its whole day.</summary>
    public (Expression? Left, Expression? Right) Pair(QueryNode left, QueryNode right)
    {
        var (one, other) = (context.Bare(left), context.Bare(right));
        return (DateOf(one, other) ?? Moment(left) ?? Read(one), DateOf(other, one) ?? Moment(right) ?? Read(other));
    }

    /// <summary>A function that is true or false; null where it is neither, whatever the entity.</summary>
    public Filter? Test(SingleValueFunctionCallNode call)
    {
        var parameters = call.Parameters.ToList();
        switch (call.Name)
        {
            case "contains" or "startswith" or "endswith":
                if (context.Bare(parameters[1]) is not ConstantNode { Value: var value })
                {
                    throw context.NotSupported($"{call.Name} with something else than a text that is written out");
                }

                return Read(parameters[0]) is { } text && value is string part ? new Like(text, Literal.Of(Pattern(call.Name, part))) : null;
            case GeoFunctions.Intersects:
                return Read(parameters[0]) is { } one && Read(parameters[1]) is { } other
                    ? new SpatialRelation(SpatialOperator.Intersects, one, other)
                    : null;
            default:
                return Read(call) is { } truth ? Filter.Of(truth) : null;
        }
    }

    /// <summary>A set of texts.</summary>
    public PropertyReference Set(CollectionPropertyAccessNode set) => set.Source is ResourceRangeVariableReferenceNode
        ? new PropertyReference(set.Property.Name)
        : throw context.NotSupported("a set of something else than the entity");

    /// <summary>Whether the value can be missing.</summary>
    public bool MayLack(Expression expression) => expression switch
    {
        Literal or GeometryLiteral => false,
        PropertyReference { Name: var name } => name == context.Set.Visible.Geometry?.Name
            ? context.Set.Visible.Geometry.Nullable
            : context.Set.Visible.Find(name)?.Nullable ?? true,
        _ => true,
    };

    private GeometryLiteral Geography(Geography geography, string? text) =>
        new(GeographyReader.Read(geography, context.At, text ?? context.Text));

    private Expression? Constant(ConstantNode constant) => constant.Value switch
    {
        null => null,
        string text => Literal.Of(text),
        bool truth => Literal.Of(truth),
        Date date => Literal.Of(new DateOnly(date.Year, date.Month, date.Day)),
        DateTimeOffset instant => Literal.Of(instant),
        Geography geography => Geography(geography, constant.LiteralText),
        int or long or short or byte or sbyte => Literal.Of(Convert.ToInt64(constant.Value, CultureInfo.InvariantCulture)),
        double or float or decimal => Literal.Of(Number(constant)),
        Guid or TimeSpan or TimeOfDay or byte[] => throw context.Malformed("a value of a type that properties have", constant.LiteralText ?? constant.Value.ToString()!),
        _ => throw context.NotSupported($"the literal {constant.LiteralText}"),
    };

    /// <summary>The number as it is written: the library rounds what is short to single precision.</summary>
    private static double Number(ConstantNode constant)
    {
        var text = (constant.LiteralText ?? "").TrimEnd('m', 'M', 'd', 'D', 'f', 'F');
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? number
            : Convert.ToDouble(constant.Value, CultureInfo.InvariantCulture);
    }

    private Expression? DateOf(QueryNode call, QueryNode other) =>
        call is SingleValueFunctionCallNode { Name: "date" } date && other is ConstantNode { Value: Date } ? Read(date.Parameters.First()) : null;

    /// <summary>The first moment of a date that the library takes for an instant; null for all else.</summary>
    private Literal? Moment(QueryNode node) =>
        node is ConvertNode { Source: var source } convert && convert.TypeReference.IsDateTimeOffset() && context.Bare(source) is ConstantNode { Value: Date date }
            ? Literal.Of(new DateTimeOffset(date.Year, date.Month, date.Day, 0, 0, 0, TimeSpan.Zero))
            : null;

    private static Expression? Negated(Expression? number) => number switch
    {
        null => null,
        Literal { Value: Value.Number value } => Literal.Of(-value.Content),
        _ => new Arithmetic(ArithmeticOperator.Subtract, Literal.Of(0d), number),
    };

    /// <summary>Division of whole numbers leaves their remainder away (OData 4.01 Part 2, 5.1.1.2.4).</summary>
    private static ArithmeticOperator? Operator(BinaryOperatorNode binary) => binary.OperatorKind switch
    {
        BinaryOperatorKind.Add => ArithmeticOperator.Add,
        BinaryOperatorKind.Subtract => ArithmeticOperator.Subtract,
        BinaryOperatorKind.Multiply => ArithmeticOperator.Multiply,
        BinaryOperatorKind.Divide => binary.TypeReference?.IsIntegral() == true ? ArithmeticOperator.IntegerDivide : ArithmeticOperator.Divide,
        BinaryOperatorKind.Modulo => ArithmeticOperator.Remainder,
        _ => null,
    };

    private static string Pattern(string function, string part)
    {
        var exact = part.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("%", @"\%", StringComparison.Ordinal).Replace("_", @"\_", StringComparison.Ordinal);
        return function switch
        {
            "contains" => $"%{exact}%",
            "startswith" => $"{exact}%",
            _ => $"%{exact}",
        };
    }
}
