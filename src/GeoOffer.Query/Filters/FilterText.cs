using System.Globalization;
using System.Text;
using GeoOffer.Query.Catalogue;
using NetTopologySuite.IO;

namespace GeoOffer.Query.Filters;

/// <summary>
/// Writes trees as text in prefix form. Names and texts are quoted and carry their type, so that no two trees read the same.
/// </summary>
internal static class FilterText
{
    public static string Of(Filter filter)
    {
        var text = new StringBuilder();
        Write(text, filter);
        return text.ToString();
    }

    public static string Of(Expression expression)
    {
        var text = new StringBuilder();
        Write(text, expression);
        return text.ToString();
    }

    private static void Write(StringBuilder text, Filter filter)
    {
        switch (filter)
        {
            case And and:
                Call(text, "and", and.Operands, Write);
                break;
            case Or or:
                Call(text, "or", or.Operands, Write);
                break;
            case Not not:
                Call(text, "not", [not.Operand], Write);
                break;
            case IsTrue isTrue:
                Call(text, "isTrue", [isTrue.Operand], Write);
                break;
            case Constant constant:
                text.Append(constant.Value ? "true" : "false");
                break;
            case Comparison comparison:
                Call(text, Name(comparison.Operator), [comparison.Left, comparison.Right], Write);
                break;
            case TupleComparison tuples:
                Call(text, "tuple-" + Name(tuples.Operator), tuples.Left.AddRange(tuples.Right), Write);
                break;
            case Between between:
                Call(text, "between", [between.Operand, between.Low, between.High], Write);
                break;
            case In membership:
                Call(text, "in", membership.Options.Insert(0, membership.Operand), Write);
                break;
            case Like like:
                Call(text, "like", [like.Operand, like.Pattern], Write);
                break;
            case IsNull isNull:
                Call(text, "isNull", [isNull.Operand], Write);
                break;
            case SpatialRelation relation:
                Call(text, Name(relation.Operator), [relation.Left, relation.Right], Write);
                break;
            case ArrayRelation relation:
                Call(text, "array-" + Name(relation.Operator), [relation.Left, relation.Right], Write);
                break;
            case TemporalRelation relation:
                Call(text, "time-" + Name(relation.Operator), [relation.Left, relation.Right], Write);
                break;
            case Holds holds:
                Call(text, "holds", [holds.Expression], Write);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(filter), filter.GetType().Name, null);
        }
    }

    private static void Write(StringBuilder text, Expression expression)
    {
        switch (expression)
        {
            case PropertyReference property:
                Quote(text, property.Name, '"');
                break;
            case Literal { Value: Value.TextArray array }:
                Call(text, "texts", array.Content, (target, item) => Quote(target, item, '\''));
                break;
            case Literal { Value: Value.Text content }:
                Quote(text, content.Content, '\'');
                break;
            case Literal literal:
                text.Append(Name(literal.Value.Type)).Append(':').Append(literal.Value);
                break;
            case GeometryLiteral literal:
                text.Append(CultureInfo.InvariantCulture, $"geometry:{literal.Geometry.SRID}:")
                    .Append(Convert.ToHexString(new WKBWriter().Write(literal.Geometry)));
                break;
            case BoundingBoxLiteral literal:
                text.Append(CultureInfo.InvariantCulture, $"bbox:{literal.Box.Srid}:{literal.Box}");
                break;
            case Arithmetic arithmetic:
                Call(text, Name(arithmetic.Operator), [arithmetic.Left, arithmetic.Right], Write);
                break;
            case Folded folded:
                Call(text, "fold-" + Name(folded.Fold), [folded.Operand], Write);
                break;
            case FunctionCall call:
                Quote(text, call.Name, '`');
                Call(text, "", call.Arguments, Write);
                break;
            case Interval interval:
                Call(text, "interval", [interval.Start, interval.End], WriteBound);
                break;
            case ArrayExpression array:
                Call(text, "array", array.Elements, Write);
                break;
            case Truth truth:
                Call(text, "truth", [truth.Condition], Write);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(expression), expression.GetType().Name, null);
        }
    }

    private static void WriteBound(StringBuilder text, Expression? bound)
    {
        if (bound is null)
        {
            text.Append("..");
            return;
        }

        Write(text, bound);
    }

    private static void Call<T>(StringBuilder text, string name, IReadOnlyList<T> operands, Action<StringBuilder, T> write)
    {
        text.Append(name).Append('(');
        for (var index = 0; index < operands.Count; index++)
        {
            if (index > 0)
            {
                text.Append(", ");
            }

            write(text, operands[index]);
        }

        text.Append(')');
    }

    private static void Quote(StringBuilder text, string content, char quote) =>
        text.Append(quote).Append(content.Replace(quote.ToString(), $"{quote}{quote}", StringComparison.Ordinal)).Append(quote);

    private static string Name<TEnum>(TEnum value)
        where TEnum : struct, Enum
    {
        var name = value.ToString();
        return char.ToLowerInvariant(name[0]) + name[1..];
    }
}
