using System.Globalization;
using GeoOffer.Query.Catalogue;

namespace GeoOffer.Query.Filters;

/// <summary>Holds the two sides of a comparison against each other, and gives a literal the type of what it is compared with.</summary>
internal sealed class OperandChecker(CheckContext context)
{
    /// <summary>Both sides of a symmetrical comparison.</summary>
    public (Expression Left, Expression Right) Pair(Expression left, string leftPath, Expression right, string rightPath, bool isEquality)
    {
        var leftType = context.TypeOf(left, leftPath);
        if (left is Literal && right is not Literal)
        {
            var rightType = context.TypeOf(right, rightPath);
            return (Fit(left, leftType, leftPath, rightType, isEquality), right);
        }

        return (left, Fit(right, rightPath, leftType, isEquality));
    }

    /// <summary>An operand that is compared with something of a known type.</summary>
    public Expression Fit(Expression operand, string path, OperandType against, bool isEquality) =>
        Fit(operand, context.TypeOf(operand, path), path, against, isEquality);

    /// <summary>A text and a pattern that it may fit.</summary>
    public void Pattern(Like like, string path)
    {
        if (context.TypeOf(like.Operand, $"{path}/args/0") is { IsUnknown: false, Scalar: not PropertyType.Text } type)
        {
            context.Report($"{path}/args/0", type.Property?.Name, OperandType.Describe(PropertyType.Text), type.Describe());
        }

        if (Storable.Fault(like.Pattern) is { } fault)
        {
            context.Report($"{path}/args/1", null, fault.Expected, fault.Got);
        }

        // PostgreSQL fails on it, but only in rows where it gets that far.
        var escapes = like.Pattern.Length - like.Pattern.AsSpan().TrimEnd('\\').Length;
        if (int.IsOddInteger(escapes))
        {
            context.Report($"{path}/args/1", null, "a pattern that says after \\ what it takes the meaning from", like.Pattern);
        }
    }

    /// <summary>A relation of sets; its code lists hold for every member.</summary>
    public ArrayRelation Arrays(ArrayRelation relation, string path)
    {
        var left = ArrayType(relation.Left, $"{path}/args/0");
        var right = ArrayType(relation.Right, $"{path}/args/1");
        CheckMembers(relation.Left, $"{path}/args/0", right);
        CheckMembers(relation.Right, $"{path}/args/1", left);
        return relation;
    }

    private Expression Fit(Expression operand, OperandType type, string path, OperandType against, bool isEquality)
    {
        if (type.IsUnknown || against.IsUnknown)
        {
            return operand;
        }

        if (against.Scalar is not { } wanted || wanted == PropertyType.TextArray)
        {
            context.Report(path, against.Property?.Name, "a spatial or array operator", $"a comparison with {against.Describe()}");
            return operand;
        }

        if (type.Scalar is not { } given || !AreComparable(given, wanted, operand, out var converted))
        {
            var got = operand is Literal literal ? literal.Value.ToString() : type.Describe();
            context.Report(path, against.Property?.Name, against.Describe(), got);
            return operand;
        }

        if (isEquality
            && converted is Literal { Value: Value.Text text }
            && against.Property is { CodeList: { } codes }
            && !codes.Contains(text.Content))
        {
            ReportCode(path, against.Property, codes, text.Content);
        }

        return converted;
    }

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

    private OperandType ArrayType(Expression operand, string path)
    {
        var type = context.TypeOf(operand, path);
        if (type.IsUnknown || type.Scalar == PropertyType.TextArray)
        {
            return type;
        }

        context.Report(path, type.Property?.Name, OperandType.Describe(PropertyType.TextArray), type.Describe());
        return OperandType.Unknown;
    }

    private void CheckMembers(Expression operand, string path, OperandType against)
    {
        if (operand is not Literal { Value: Value.TextArray array } || against.Property is not { CodeList: { } codes } property)
        {
            return;
        }

        for (var index = 0; index < array.Content.Length; index++)
        {
            if (!codes.Contains(array.Content[index]))
            {
                ReportCode(string.Create(CultureInfo.InvariantCulture, $"{path}/{index}"), property, codes, array.Content[index]);
            }
        }
    }

    private void ReportCode(string path, Property property, CodeList codes, string got) =>
        context.Report(path, property.Name, $"one of {string.Join(", ", codes.Entries.Select(entry => entry.Code))}", got);
}
