using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using GeoOffer.Query.Catalogue;
using GeoOffer.Query.Crs;

namespace GeoOffer.Query.Filters.Cql2Json;

/// <summary>Writes filters as CQL2 JSON (OGC 21-065r2), so that <see cref="Cql2JsonReader"/> reads the same tree.</summary>
public static class Cql2JsonWriter
{
    // What is read by programs need not be safe inside HTML.
    private static readonly JsonWriterOptions Options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        MaxDepth = Cql2JsonReader.MaximumJsonDepth,
    };

    /// <summary>Writes a filter.</summary>
    /// <param name="filter">The filter, not deeper than <see cref="FilterChecker.MaximumDepth"/>.</param>
    /// <param name="system">The reference system that its geometries are in, and whose axis order they are written in; CRS84 unless given.</param>
    /// <exception cref="NotSupportedException">
    /// It holds what CQL2 has no form for: <see cref="IsTrue"/>, <see cref="TupleComparison"/>, or a geometry of another reference system.
    /// </exception>
    public static string Write(Filter filter, ReferenceSystem? system = null)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            Write(json, filter, system);
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    /// <summary>Writes a filter into a document; see <see cref="Write(Filter, ReferenceSystem)"/>.</summary>
    public static void Write(Utf8JsonWriter json, Filter filter, ReferenceSystem? system = null) =>
        new Writer(json, new GeoJsonGeometryWriter(json, system ?? CoordinateSystems.Crs84)).Write(filter);

    /// <summary>A number that reads as of the same type: with a point or an exponent when it is not whole by its type.</summary>
    internal static string Number(double number)
    {
        var text = number.ToString("R", CultureInfo.InvariantCulture);
        return double.IsFinite(number)
            ? text.AsSpan().ContainsAny('.', 'E') ? text : text + ".0"
            : throw new NotSupportedException($"CQL2 has no form for the number {text}.");
    }

    private sealed class Writer(Utf8JsonWriter json, GeoJsonGeometryWriter geometries)
    {
        public void Write(Filter filter)
        {
            switch (filter)
            {
                case And { Operands: [] } or Or { Operands: [] } or Constant:
                    json.WriteBooleanValue(filter is And or Constant { Value: true });
                    break;
                case And { Operands: [var only] }:
                    Write(only);
                    break;
                case Or { Operands: [var only] }:
                    Write(only);
                    break;
                case And and:
                    Operation("and", () => Each(and.Operands, Write));
                    break;
                case Or or:
                    Operation("or", () => Each(or.Operands, Write));
                    break;
                case Not not:
                    Operation("not", () => Write(not.Operand));
                    break;
                case Comparison comparison:
                    Operation(Cql2Names.Of(comparison.Operator), [comparison.Left, comparison.Right]);
                    break;
                case Between between:
                    Operation("between", [between.Operand, between.Low, between.High]);
                    break;
                case In membership:
                    Operation("in", () =>
                    {
                        Write(membership.Operand);
                        List(membership.Options);
                    });
                    break;
                case Like like:
                    Operation("like", [like.Operand, like.Pattern]);
                    break;
                case IsNull isNull:
                    Operation("isNull", [isNull.Operand]);
                    break;
                case SpatialRelation relation:
                    Operation(Cql2Names.Of(relation.Operator), [relation.Left, relation.Right]);
                    break;
                case TemporalRelation relation:
                    Operation(Cql2Names.Of(relation.Operator), [relation.Left, relation.Right]);
                    break;
                case ArrayRelation relation:
                    Operation(Cql2Names.Of(relation.Operator), [relation.Left, relation.Right]);
                    break;
                case Holds holds:
                    Write(holds.Expression);
                    break;
                default:
                    throw new NotSupportedException($"CQL2 has no form for {filter.GetType().Name}.");
            }
        }

        private void Write(Expression expression)
        {
            switch (expression)
            {
                case PropertyReference reference:
                    Member("property", () => json.WriteStringValue(reference.Name));
                    break;
                case Literal literal:
                    Write(literal.Value);
                    break;
                case GeometryLiteral literal:
                    geometries.Write(literal.Geometry);
                    break;
                case BoundingBoxLiteral literal:
                    geometries.Write(literal.Box);
                    break;
                case Arithmetic arithmetic:
                    Operation(Cql2Names.Of(arithmetic.Operator), [arithmetic.Left, arithmetic.Right]);
                    break;
                case Folded folded:
                    Operation(Cql2Names.Of(folded.Fold), [folded.Operand]);
                    break;
                case FunctionCall call:
                    Operation(call.Name, call.Arguments);
                    break;
                case Interval interval:
                    Member("interval", () =>
                    {
                        json.WriteStartArray();
                        Bound(interval.Start);
                        Bound(interval.End);
                        json.WriteEndArray();
                    });
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
                case Value.Text or Value.Integer or Value.Number or Value.Boolean:
                    Scalar(value);
                    break;
                case Value.Date:
                    Member("date", () => json.WriteStringValue(value.ToString()));
                    break;
                case Value.Timestamp:
                    Member("timestamp", () => json.WriteStringValue(value.ToString()));
                    break;
                case Value.TextArray array:
                    json.WriteStartArray();
                    Each(array.Content, json.WriteStringValue);
                    json.WriteEndArray();
                    break;
                default:
                    throw new ArgumentOutOfRangeException(nameof(value), value.GetType().Name, null);
            }
        }

        private void Scalar(Value value)
        {
            switch (value)
            {
                case Value.Integer integer:
                    json.WriteNumberValue(integer.Content);
                    break;
                case Value.Number number:
                    json.WriteRawValue(Number(number.Content));
                    break;
                case Value.Boolean boolean:
                    json.WriteBooleanValue(boolean.Content);
                    break;
                default:
                    json.WriteStringValue(value.ToString());
                    break;
            }
        }

        private void Bound(Expression? bound)
        {
            switch (bound)
            {
                case null:
                    json.WriteStringValue("..");
                    break;
                case Literal literal:
                    json.WriteStringValue(literal.Value.ToString());
                    break;
                default:
                    Write(bound);
                    break;
            }
        }

        private void Operation(string name, ImmutableArray<Expression> arguments) => Operation(name, () => Each(arguments, Write));

        private void Operation(string name, Action writeArguments)
        {
            json.WriteStartObject();
            json.WriteString("op", name);
            json.WriteStartArray("args");
            writeArguments();
            json.WriteEndArray();
            json.WriteEndObject();
        }

        private void Member(string name, Action writeValue)
        {
            json.WriteStartObject();
            json.WritePropertyName(name);
            writeValue();
            json.WriteEndObject();
        }

        private void List(ImmutableArray<Expression> elements)
        {
            json.WriteStartArray();
            Each(elements, Write);
            json.WriteEndArray();
        }

        private static void Each<T>(ImmutableArray<T> items, Action<T> write)
        {
            foreach (var item in items)
            {
                write(item);
            }
        }
    }
}
