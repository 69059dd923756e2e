using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using GeoOffer.Query.Catalogue;

namespace GeoOffer.Query.Filters.Cql2Json;

/// <summary>Reads conditions and the values in them, as deep as the checker takes them.</summary>
internal sealed class ConditionReader(PlaceMap<string> map, GeoJsonGeometryReader geometries)
{
    private const string Conditions = "a condition: an object with op and args, true or false";
    private const string Values = "a value: a text, a number, true, false, an array, or an object with op, property, date, timestamp, interval, bbox or type";
    private const string Instants = "a date YYYY-MM-DD, an instant YYYY-MM-DDThh:mm:ssZ, '..', or an object with property or op";

    /// <summary>Reads a condition.</summary>
    /// <exception cref="JsonFaultException">It is none.</exception>
    public Filter Condition(JsonElement element, string pointer, int depth)
    {
        RequireDepth(pointer, depth);
        return map.Note(Made(), pointer);

        Filter Made()
        {
            switch (element.ValueKind)
            {
                case JsonValueKind.True or JsonValueKind.False:
                    return new Constant(element.GetBoolean());
                case JsonValueKind.Object when Operation(element) is { } name:
                    return Predicate(name, element, pointer, depth) is { } filter ? filter
                        : IsFunction(name) ? Filter.Of(Value(element, pointer, depth + 1))
                        : throw new JsonFaultException(pointer, Conditions, $"the operator {name}");
                case JsonValueKind.Object when element.TryGetProperty("property", out _):
                    return Filter.Of(Value(element, pointer, depth + 1));
                default:
                    throw new JsonFaultException(pointer, Conditions, element);
            }
        }
    }

    private Filter? Predicate(string name, JsonElement element, string pointer, int depth)
    {
        if (Cql2Names.Comparison(name) is { } comparison)
        {
            var (left, right) = Pair();
            return new Comparison(comparison, left, right);
        }

        if (Cql2Names.Relation(name) is { } relation)
        {
            var (left, right) = Pair();
            return relation(left, right);
        }

        switch (name.ToUpperInvariant())
        {
            case "AND" or "OR":
                var operands = Arguments(element, pointer, 2, int.MaxValue);
                ImmutableArray<Filter> conditions =
                    [.. operands.Select((operand, index) => Condition(operand, ArgumentPointer(pointer, index), depth + 1))];
                return name.Length == 3 ? Filter.All(conditions) : Filter.Any(conditions);
            case "NOT":
                return new Not(Condition(Arguments(element, pointer, 1, 1)[0], ArgumentPointer(pointer, 0), depth + 1));
            case "LIKE":
                var (text, pattern) = Pair();
                return new Like(text, IsPattern(pattern)
                    ? pattern
                    : throw new JsonFaultException(ArgumentPointer(pointer, 1), "a pattern: a text, or casei or accenti of one", "another value"));
            case "BETWEEN":
                var range = Operands(element, pointer, 3, 3, depth);
                return new Between(range[0], range[1], range[2]);
            case "IN":
                return Membership(element, pointer, depth);
            case "ISNULL":
                return new IsNull(Operands(element, pointer, 1, 1, depth)[0]);
            default:
                return null;
        }

        (Expression Left, Expression Right) Pair()
        {
            var pair = Operands(element, pointer, 2, 2, depth);
            return (pair[0], pair[1]);
        }
    }

    private In Membership(JsonElement element, string pointer, int depth)
    {
        var arguments = Arguments(element, pointer, 2, 2);
        var operand = Value(arguments[0], ArgumentPointer(pointer, 0), depth + 1);
        var listPointer = ArgumentPointer(pointer, 1);
        return arguments[1].ValueKind == JsonValueKind.Array
            ? new In(operand, Elements(arguments[1], listPointer, depth))
            : throw new JsonFaultException(listPointer, "an array of values", arguments[1]);
    }

    private Expression Value(JsonElement element, string pointer, int depth)
    {
        RequireDepth(pointer, depth);
        return map.Note(Made(), pointer);

        Expression Made()
        {
            switch (element.ValueKind)
            {
                case JsonValueKind.String:
                    return Literal.Of(Text(element, pointer));
                case JsonValueKind.Number:
                    return Number(element, pointer);
                case JsonValueKind.True or JsonValueKind.False:
                    return Literal.Of(element.GetBoolean());
                case JsonValueKind.Array:
                    return List(element, pointer, depth);
                case JsonValueKind.Object when Operation(element) is { } name:
                    return Operation(name, element, pointer, depth);
                case JsonValueKind.Object:
                    return Object(element, pointer, depth);
                default:
                    throw new JsonFaultException(pointer, Values, element);
            }
        }
    }

    private Expression Object(JsonElement element, string pointer, int depth)
    {
        if (element.TryGetProperty("property", out var property))
        {
            return new PropertyReference(Text(property, $"{pointer}/property"));
        }

        if (element.TryGetProperty("date", out var date))
        {
            return Instant(PropertyType.Date, date, $"{pointer}/date", "a date YYYY-MM-DD");
        }

        if (element.TryGetProperty("timestamp", out var timestamp))
        {
            return Instant(PropertyType.Timestamp, timestamp, $"{pointer}/timestamp", "an instant YYYY-MM-DDThh:mm:ssZ");
        }

        if (element.TryGetProperty("interval", out var interval))
        {
            return interval.ValueKind == JsonValueKind.Array && interval.GetArrayLength() == 2
                ? new Interval(Bound(interval[0], $"{pointer}/interval/0", depth), Bound(interval[1], $"{pointer}/interval/1", depth))
                : throw new JsonFaultException($"{pointer}/interval", "an array of a start and an end", interval);
        }

        return geometries.Read(element, pointer) ?? throw new JsonFaultException(pointer, Values, element);
    }

    private Expression Operation(string name, JsonElement element, string pointer, int depth)
    {
        if (Cql2Names.Arithmetic(name) is { } arithmetic)
        {
            var operands = Operands(element, pointer, 2, 2, depth);
            return new Arithmetic(arithmetic, operands[0], operands[1]);
        }

        if (Cql2Names.Folding(name) is { } fold)
        {
            return new Folded(fold, Operands(element, pointer, 1, 1, depth)[0]);
        }

        return Predicate(name, element, pointer, depth + 1) is { } condition
            ? Expression.Of(map.Note(condition, pointer))
            : IsFunction(name)
                ? new FunctionCall(name, Operands(element, pointer, 0, int.MaxValue, depth))
                : throw new JsonFaultException($"{pointer}/op", "an operator or the name of a function", $"the text '{name}'");
    }

    /// <summary>A name that text could say too: its identifiers, but none that means something else there.</summary>
    private static bool IsFunction(string name) => Cql2Text.OperandParser.IsFunctionName(name);

    private Expression? Bound(JsonElement element, string pointer, int depth)
    {
        if (element.ValueKind == JsonValueKind.Object)
        {
            return Value(element, pointer, depth + 1);
        }

        var text = element.ValueKind == JsonValueKind.String ? Text(element, pointer) : throw new JsonFaultException(pointer, Instants, element);
        return text == ".."
            ? null
            : map.Note(
                new Literal(
                    Catalogue.Value.Read(PropertyType.Date, text) ?? Catalogue.Value.Read(PropertyType.Timestamp, text)
                        ?? throw new JsonFaultException(pointer, Instants, element)),
                pointer);
    }

    private Expression List(JsonElement element, string pointer, int depth)
    {
        var list = Expression.List(Elements(element, pointer, depth));
        if (list is Literal { Value: Catalogue.Value.TextArray { Content: var texts } })
        {
            for (var index = 0; index < texts.Length; index++)
            {
                map.Note(texts[index], At(pointer, index));
            }
        }

        return list;
    }

    private ImmutableArray<Expression> Elements(JsonElement array, string pointer, int depth) =>
        [.. array.EnumerateArray().Select((element, index) => Value(element, At(pointer, index), depth + 1))];

    private ImmutableArray<Expression> Operands(JsonElement element, string pointer, int least, int most, int depth) =>
        [.. Arguments(element, pointer, least, most).Select((argument, index) => Value(argument, ArgumentPointer(pointer, index), depth + 1))];

    private static JsonElement[] Arguments(JsonElement element, string pointer, int least, int most)
    {
        var expected = least == most
            ? string.Create(CultureInfo.InvariantCulture, $"args, an array of {most}")
            : string.Create(CultureInfo.InvariantCulture, $"args, an array of at least {least}");
        if (!element.TryGetProperty("args", out var arguments))
        {
            throw new JsonFaultException(pointer, expected, "none");
        }

        if (arguments.ValueKind != JsonValueKind.Array)
        {
            throw new JsonFaultException($"{pointer}/args", expected, arguments);
        }

        var length = arguments.GetArrayLength();
        return length >= least && length <= most
            ? [.. arguments.EnumerateArray()]
            : throw new JsonFaultException($"{pointer}/args", expected, string.Create(CultureInfo.InvariantCulture, $"{length}"));
    }

    private static string? Operation(JsonElement element) =>
        element.TryGetProperty("op", out var name) && name.ValueKind == JsonValueKind.String ? name.GetString() : null;

    private static Literal Instant(PropertyType type, JsonElement element, string pointer, string expected) =>
        element.ValueKind == JsonValueKind.String && Catalogue.Value.Read(type, Text(element, pointer)) is { } value
            ? new Literal(value)
            : throw new JsonFaultException(pointer, expected, element);

    /// <summary>A whole number where it is written so and 64 bits hold it.</summary>
    private static Literal Number(JsonElement element, string pointer)
    {
        if (!element.GetRawText().AsSpan().ContainsAny('.', 'e', 'E') && element.TryGetInt64(out var whole))
        {
            return Literal.Of(whole);
        }

        return element.TryGetDouble(out var number) && double.IsFinite(number)
            ? Literal.Of(number)
            : throw new JsonFaultException(pointer, "a finite number", element);
    }

    private static string Text(JsonElement element, string pointer) =>
        element.ValueKind == JsonValueKind.String ? element.GetString()! : throw new JsonFaultException(pointer, "a text", element);

    private static bool IsPattern(Expression expression) => expression switch
    {
        Folded folded => IsPattern(folded.Operand),
        Literal { Value: Catalogue.Value.Text } => true,
        _ => false,
    };

    private static void RequireDepth(string pointer, int depth)
    {
        if (depth > FilterChecker.MaximumDepth)
        {
            throw new JsonFaultException(pointer, $"at most {FilterChecker.MaximumDepth} levels", "more");
        }
    }

    private static string ArgumentPointer(string pointer, int index) => At($"{pointer}/args", index);

    private static string At(string pointer, int index) => string.Create(CultureInfo.InvariantCulture, $"{pointer}/{index}");
}
