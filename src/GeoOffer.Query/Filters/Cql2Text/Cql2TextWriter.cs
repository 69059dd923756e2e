using System.Text;
using GeoOffer.Query.Catalogue;
using GeoOffer.Query.Crs;
using GeoOffer.Query.Filters.Cql2Json;

namespace GeoOffer.Query.Filters.Cql2Text;

/// <summary>Writes filters as CQL2 text (OGC 21-065r2), so that <see cref="Cql2TextReader"/> reads the same tree.</summary>
public static class Cql2TextWriter
{
    /// <summary>Writes a filter.</summary>
    /// <param name="filter">The filter, not deeper than <see cref="FilterChecker.MaximumDepth"/>.</param>
    /// <param name="system">The reference system that its geometries are in, and whose axis order they are written in; CRS84 unless given.</param>
    /// <exception cref="NotSupportedException">
    /// It holds what CQL2 text has no form for: <see cref="IsTrue"/>, <see cref="TupleComparison"/>, a geometry of another reference system,
    /// or a text that ends with a backslash, which would take its meaning from the closing quote.
    /// </exception>
    public static string Write(Filter filter, ReferenceSystem? system = null)
    {
        var text = new StringBuilder();
        new Writer(text, system ?? CoordinateSystems.Crs84).Write(filter);
        return text.ToString();
    }

    private sealed class Writer(StringBuilder text, ReferenceSystem system)
    {
        private readonly WellKnownGeometryWriter _geometries = new(text, system);

        public void Write(Filter filter)
        {
            switch (filter)
            {
                case And { Operands: [] } or Or { Operands: [] } or In { Options: [] } or Constant:
                    text.Append(filter is And or Constant { Value: true } ? "TRUE" : "FALSE");
                    break;
                case And { Operands: [var only] }:
                    Write(only);
                    break;
                case Or { Operands: [var only] }:
                    Write(only);
                    break;
                case And and:
                    Join(and.Operands, " AND ", operand => Group(operand, isGrouped: operand is Or { Operands.Length: > 1 }));
                    break;
                case Or or:
                    Join(or.Operands, " OR ", Write);
                    break;
                case Not { Operand: Like or Between or In { Options.IsEmpty: false } or IsNull } not:
                    WritePredicate(not.Operand, "NOT ");
                    break;
                case Not not:
                    text.Append("NOT ");
                    Group(not.Operand, isGrouped: true);
                    break;
                case Holds holds:
                    Write(holds.Expression);
                    break;
                default:
                    WritePredicate(filter, "");
                    break;
            }
        }

        private void WritePredicate(Filter filter, string negation)
        {
            switch (filter)
            {
                case Comparison comparison:
                    Write(comparison.Left);
                    text.Append(' ').Append(Cql2Names.Of(comparison.Operator)).Append(' ');
                    Write(comparison.Right);
                    break;
                case Between between:
                    Write(between.Operand);
                    text.Append(' ').Append(negation).Append("BETWEEN ");
                    Write(between.Low);
                    text.Append(" AND ");
                    Write(between.High);
                    break;
                case In membership:
                    Write(membership.Operand);
                    text.Append(' ').Append(negation).Append("IN (");
                    Join(membership.Options, ", ", Write);
                    text.Append(')');
                    break;
                case Like like:
                    Write(like.Operand);
                    text.Append(' ').Append(negation).Append("LIKE ");
                    Write(like.Pattern);
                    break;
                case IsNull isNull:
                    Write(isNull.Operand);
                    text.Append(" IS ").Append(negation).Append("NULL");
                    break;
                case SpatialRelation relation:
                    Call(Cql2Names.Of(relation.Operator).ToUpperInvariant(), [relation.Left, relation.Right]);
                    break;
                case TemporalRelation relation:
                    Call(Cql2Names.Of(relation.Operator).ToUpperInvariant(), [relation.Left, relation.Right]);
                    break;
                case ArrayRelation relation:
                    Call(Cql2Names.Of(relation.Operator).ToUpperInvariant(), [relation.Left, relation.Right]);
                    break;
                default:
                    throw new NotSupportedException($"CQL2 has no form for {filter.GetType().Name}.");
            }
        }

        /// <summary>A value beside operators.</summary>
        private void Write(Expression expression)
        {
            if (expression is Truth truth)
            {
                Group(truth.Condition, isGrouped: true);
                return;
            }

            WriteElement(expression);
        }

        /// <summary>A value between commas.</summary>
        private void WriteElement(Expression expression)
        {
            switch (expression)
            {
                case PropertyReference reference:
                    text.Append('"').Append(reference.Name.Replace("\"", "\"\"", StringComparison.Ordinal)).Append('"');
                    break;
                case Literal { Value: Value.TextArray array }:
                    List([.. array.Content.Select(Literal.Of)]);
                    break;
                case Literal literal:
                    Write(literal.Value);
                    break;
                case GeometryLiteral literal:
                    _geometries.Write(literal.Geometry);
                    break;
                case BoundingBoxLiteral literal:
                    _geometries.Write(literal.Box);
                    break;
                case Arithmetic arithmetic:
                    WriteFactor(arithmetic.Left);
                    text.Append(' ').Append(Cql2Names.Of(arithmetic.Operator)).Append(' ');
                    WriteFactor(arithmetic.Right);
                    break;
                case Folded folded:
                    Call(Cql2Names.Of(folded.Fold).ToUpperInvariant(), [folded.Operand]);
                    break;
                case FunctionCall call:
                    Call(call.Name, call.Arguments);
                    break;
                case Interval interval:
                    text.Append("INTERVAL(");
                    WriteBound(interval.Start);
                    text.Append(", ");
                    WriteBound(interval.End);
                    text.Append(')');
                    break;
                case ArrayExpression array:
                    List(array.Elements);
                    break;
                case Truth truth:
                    Write(truth.Condition);
                    break;
                default:
                    throw new ArgumentOutOfRangeException(nameof(expression), expression.GetType().Name, null);
            }
        }

        private void Write(Value value)
        {
            switch (value)
            {
                case Value.Text content:
                    Quote(content.Content);
                    break;
                case Value.Number number:
                    text.Append(Cql2JsonWriter.Number(number.Content));
                    break;
                case Value.Date or Value.Timestamp:
                    text.Append(value is Value.Date ? "DATE('" : "TIMESTAMP('").Append(value).Append("')");
                    break;
                case Value.Boolean boolean:
                    text.Append(boolean.Content ? "TRUE" : "FALSE");
                    break;
                default:
                    text.Append(value);
                    break;
            }
        }

        private void WriteFactor(Expression operand)
        {
            if (operand is Arithmetic)
            {
                text.Append('(');
                WriteElement(operand);
                text.Append(')');
                return;
            }

            Write(operand);
        }

        private void WriteBound(Expression? bound)
        {
            switch (bound)
            {
                case null:
                    text.Append("'..'");
                    break;
                case Literal literal:
                    Quote(literal.Value.ToString());
                    break;
                default:
                    WriteElement(bound);
                    break;
            }
        }

        private void Call(string name, IReadOnlyList<Expression> arguments)
        {
            text.Append(name).Append('(');
            Join(arguments, ", ", WriteElement);
            text.Append(')');
        }

        /// <summary>A list; the parentheses of one that would only group its single element are doubled.</summary>
        private void List(IReadOnlyList<Expression> elements)
        {
            var isDoubled = elements is [Arithmetic or Truth];
            text.Append(isDoubled ? "((" : "(");
            Join(elements, ", ", WriteElement);
            text.Append(isDoubled ? "))" : ")");
        }

        private void Group(Filter filter, bool isGrouped)
        {
            text.Append(isGrouped ? "(" : "");
            Write(filter);
            text.Append(isGrouped ? ")" : "");
        }

        private void Join<T>(IReadOnlyList<T> items, string separator, Action<T> write)
        {
            for (var index = 0; index < items.Count; index++)
            {
                text.Append(index == 0 ? "" : separator);
                write(items[index]);
            }
        }

        /// <summary>A quote is doubled; behind a backslash, which would take its meaning from the first of two, it has one of its own.</summary>
        private void Quote(string content)
        {
            if (content.EndsWith('\\'))
            {
                throw new NotSupportedException("CQL2 text has no form for a text that ends with a backslash.");
            }

            text.Append('\'');
            for (var index = 0; index < content.Length; index++)
            {
                text.Append(content[index] != '\'' ? "" : index > 0 && content[index - 1] == '\\' ? "\\" : "'").Append(content[index]);
            }

            text.Append('\'');
        }
    }
}
