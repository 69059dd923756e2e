using System.Collections.Immutable;
using System.Globalization;
using GeoOffer.Query.Catalogue;

namespace GeoOffer.Query.Filters;

/// <summary>Finds the types of operands and what is wrong inside them.</summary>
internal sealed class ExpressionChecker(CheckContext context, Func<Filter, string, int, Filter> checkCondition)
{
    private readonly FunctionChecker _functions = new(context);

    /// <summary>The operand with its type; what has no meaning by itself is reported.</summary>
    public Operand Check(Expression operand, string path, int depth)
    {
        switch (operand)
        {
            case PropertyReference reference:
                var known = reference with { Name = context.Collection.Resolve(reference.Name) };
                return new Operand(known, TypeOf(known, path));
            case Literal literal when Storable.Fault(literal.Value) is { } fault:
                context.Report(path, null, fault.Expected, fault.Got);
                return new Operand(literal, default);
            case Literal literal:
                return new Operand(literal, OperandType.Of(literal.Value.Type));
            case GeometryLiteral or BoundingBoxLiteral:
                return new Operand(operand, new OperandType(OperandKind.Geometry));
        }

        if (!context.Enter(path, depth))
        {
            return new Operand(operand, default);
        }

        switch (operand)
        {
            case Arithmetic arithmetic:
                var (left, right) = (Number(arithmetic.Left, $"{path}/args/0", depth), Number(arithmetic.Right, $"{path}/args/1", depth));
                return new Operand(arithmetic with { Left = left, Right = right }, OperandType.Of(PropertyType.Number));
            case Folded folded:
                return CheckFold(folded, path, depth);
            case FunctionCall call:
                return _functions.Check(call, Check(call.Arguments, $"{path}/args", depth), path);
            case Interval interval:
                Bound(interval.Start, $"{path}/interval/0", depth);
                Bound(interval.End, $"{path}/interval/1", depth);
                return new Operand(interval, new OperandType(OperandKind.Interval));
            case ArrayExpression array:
                return new Operand(
                    new ArrayExpression([.. Check(array.Elements, path, depth).Select(element => element.Expression)]),
                    new OperandType(OperandKind.List));
            case Truth truth:
                return new Operand(
                    Expression.Of(checkCondition(truth.Condition, path, depth + 1)), OperandType.Of(PropertyType.Boolean));
            default:
                throw new ArgumentOutOfRangeException(nameof(operand), operand.GetType().Name, null);
        }
    }

    private OperandType TypeOf(PropertyReference reference, string path)
    {
        if (reference.Name == context.Collection.Geometry?.Name)
        {
            return new OperandType(OperandKind.Geometry);
        }

        if (context.Collection.Find(reference.Name) is { } property)
        {
            return OperandType.Of(property.Type, property);
        }

        context.Report(path, reference.Name, UnknownProperty.Expected(context.Collection), reference.Name);
        return default;
    }

    private ImmutableArray<Operand> Check(ImmutableArray<Expression> operands, string path, int depth)
    {
        var checkedOperands = ImmutableArray.CreateBuilder<Operand>(operands.Length);
        for (var index = 0; index < operands.Length; index++)
        {
            var memberPath = string.Create(CultureInfo.InvariantCulture, $"{path}/{index}");
            if (!context.Enter(memberPath, depth))
            {
                break;
            }

            checkedOperands.Add(Check(operands[index], memberPath, depth + 1));
        }

        return checkedOperands.ToImmutable();
    }

    /// <summary>An operand of arithmetic; whole numbers are computed with as floating-point ones.</summary>
    private Expression Number(Expression expression, string path, int depth)
    {
        var operand = Check(expression, path, depth + 1);
        if (!operand.Type.IsUnknown && !operand.Type.IsNumeric)
        {
            context.Report(path, operand.Type.Property?.Name, OperandType.Describe(PropertyType.Number), operand.Describe());
        }

        return operand.Expression is Literal { Value: Value.Integer whole } ? Literal.Of((double)whole.Content) : operand.Expression;
    }

    /// <summary>Folds in one order, each once: they mean the same in any.</summary>
    private Operand CheckFold(Folded folded, string path, int depth)
    {
        var (folds, inner) = (new HashSet<Fold>(), (Expression)folded);
        while (inner is Folded next && depth <= FilterChecker.MaximumDepth)
        {
            folds.Add(next.Fold);
            (inner, path, depth) = (next.Operand, $"{path}/args/0", depth + 1);
        }

        var operand = Check(inner, path, depth);
        if (!operand.Type.IsUnknown && operand.Type.Scalar != PropertyType.Text)
        {
            context.Report(path, operand.Type.Property?.Name, OperandType.Describe(PropertyType.Text), operand.Describe());
        }

        var result = folds.Order().Aggregate(operand.Expression, (text, fold) => new Folded(fold, text));
        return new Operand(result, operand.Type.IsUnknown ? default : OperandType.Of(PropertyType.Text));
    }

    private void Bound(Expression? bound, string path, int depth)
    {
        if (bound is not null)
        {
            Check(bound, path, depth + 1);
        }
    }
}
