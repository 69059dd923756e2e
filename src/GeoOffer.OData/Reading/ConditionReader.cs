using System.Collections.Immutable;
using GeoOffer.Query.Filters;
using Microsoft.OData.UriParser;

namespace GeoOffer.OData.Reading;

/// <summary>
/// Conditions of OData as conditions of the house. The logic of OData is three-valued as that of SQL is, but its comparisons are not: of a
/// missing value <c>gt</c>, <c>ge</c>, <c>lt</c> and <c>le</c> are false, and <c>eq</c> and <c>ne</c> are true or false (OData 4.01 Part 2,
/// 5.1.1.1). Where only truth matters that is the same; elsewhere <see cref="IsTrue"/> says it.
/// </summary>
internal sealed class ConditionReader
{
    private readonly ReadingContext _context;
    private readonly ValueReader _values;
    private readonly LambdaReader _lambdas;

    public ConditionReader(ReadingContext context)
    {
        _context = context;
        _values = new ValueReader(context, this);
        _lambdas = new LambdaReader(context, _values);
    }

    /// <summary>The condition.</summary>
    /// <param name="node">The condition as the library read it.</param>
    /// <param name="sense">What of it matters.</param>
    public Filter Read(QueryNode node, Sense sense)
    {
        node = _context.Bare(node);
        switch (node)
        {
            case BinaryOperatorNode { OperatorKind: BinaryOperatorKind.And } and:
                return Filter.All([.. Flatten(and, BinaryOperatorKind.And).Select(operand => Read(operand, sense))]);
            case BinaryOperatorNode { OperatorKind: BinaryOperatorKind.Or } or:
                return AnyOf([.. Flatten(or, BinaryOperatorKind.Or).Select(operand => Read(operand, sense))]);
            case BinaryOperatorNode comparison when Comparisons.Of(comparison.OperatorKind) is { } @operator:
                return Compare(comparison, @operator, sense);
            case UnaryOperatorNode { OperatorKind: UnaryOperatorKind.Not } not:
                return new Not(Read(not.Operand, sense.Negated()));
            case ConstantNode { Value: null }:
                return Unknown(sense);
            case ConstantNode { Value: bool truth }:
                return new Constant(truth);
            case SingleValueFunctionCallNode call:
                return _values.Test(call) ?? Unknown(sense);
            case InNode membership:
                return _lambdas.Member(membership, sense);
            case LambdaNode lambda:
                return _lambdas.Read(lambda, sense);
            default:
                return _values.Read(node) is { } value ? Filter.Of(value) : Unknown(sense);
        }
    }

    /// <summary>Neither true nor false of any entity, and so is what it is not.</summary>
    private Constant Unknown(Sense sense) => sense switch
    {
        Sense.Truth => new Constant(false),
        Sense.Falsehood => new Constant(true),
        _ => throw _context.NotSupported("null as a condition within a value"),
    };

    private Filter Compare(BinaryOperatorNode comparison, ComparisonOperator @operator, Sense sense)
    {
        var (leftNode, rightNode) = (_context.Bare(comparison.Left), _context.Bare(comparison.Right));
        if (sense == Sense.Truth && @operator == ComparisonOperator.Equal && (Asserted(leftNode, rightNode) ?? Asserted(rightNode, leftNode)) is { } condition)
        {
            return Read(condition, sense);
        }

        var (left, right) = _values.Pair(comparison.Left, comparison.Right);
        return left is null ? CompareWithNull(@operator, right)
            : right is null ? CompareWithNull(@operator, left)
            : Compare(left, @operator, right, sense);
    }

    private static Filter CompareWithNull(ComparisonOperator @operator, Expression? value) => @operator switch
    {
        ComparisonOperator.Equal => value is null ? new Constant(true) : new IsNull(value),
        ComparisonOperator.NotEqual => value is null ? new Constant(false) : new Not(new IsNull(value)),
        _ => new Constant(false),
    };

    private Filter Compare(Expression left, ComparisonOperator @operator, Expression right, Sense sense)
    {
        var plain = new Comparison(@operator, left, right);
        var (leftMayLack, rightMayLack) = (_values.MayLack(left), _values.MayLack(right));
        if (!leftMayLack && !rightMayLack)
        {
            return plain;
        }

        var both = leftMayLack && rightMayLack ? Filter.All(new IsNull(left), new IsNull(right)) : null;
        switch (@operator)
        {
            case ComparisonOperator.NotEqual when both is null:
                return Filter.Any(plain, new IsNull(leftMayLack ? left : right));
            case ComparisonOperator.NotEqual:
                return new Not(new IsTrue(Filter.Any(new Comparison(ComparisonOperator.Equal, left, right), both)));
            case ComparisonOperator.Equal when both is not null:
                return Filter.Any(plain, both).Closed(sense);
            default:
                return plain.Closed(sense);
        }
    }

    /// <summary>What is said to be true; null where a comparison with true says more than the condition alone.</summary>
    private static QueryNode? Asserted(QueryNode node, QueryNode other) =>
        other is ConstantNode { Value: true } && node is SingleValueFunctionCallNode or BinaryOperatorNode or LambdaNode or InNode ? node : null;

    /// <summary>A disjunction; equalities of one value with literals are a membership.</summary>
    private static Filter AnyOf(ImmutableArray<Filter> operands)
    {
        var areClosed = operands.All(operand => operand is IsTrue);
        var equalities = operands.Select(operand => areClosed ? ((IsTrue)operand).Operand : operand).ToList();
        if (equalities[0] is not Comparison { Left: var value } || !equalities.TrueForAll(operand => IsEquality(operand, value)))
        {
            return Filter.Any(operands);
        }

        var membership = new In(value, [.. equalities.Select(equality => ((Comparison)equality).Right)]);
        return areClosed ? new IsTrue(membership) : membership;
    }

    private static bool IsEquality(Filter filter, Expression value) =>
        filter is Comparison { Operator: ComparisonOperator.Equal, Right: Literal } equality && equality.Left == value;

    /// <summary>The operands of a chain in their order, without recursion: a long chain is a deep tree.</summary>
    private List<QueryNode> Flatten(BinaryOperatorNode chain, BinaryOperatorKind kind)
    {
        var (operands, waiting) = (new List<QueryNode>(), new Stack<QueryNode>([chain]));
        while (waiting.TryPop(out var node))
        {
            if (_context.Bare(node) is BinaryOperatorNode link && link.OperatorKind == kind)
            {
                waiting.Push(link.Right);
                waiting.Push(link.Left);
            }
            else
            {
                operands.Add(node);
            }
        }

        return operands;
    }
}
