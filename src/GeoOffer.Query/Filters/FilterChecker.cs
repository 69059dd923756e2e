using System.Collections.Immutable;
using System.Globalization;
using GeoOffer.Query.Catalogue;

namespace GeoOffer.Query.Filters;

/// <summary>
/// Holds a filter against a collection and finds everything that is wrong with it. On the way literals take the type of what they are
/// compared with, boxes become geometries, and geometries come into the reference system of the column.
/// </summary>
public sealed class FilterChecker
{
    /// <summary>The deepest nesting accepted: a deeper tree could exhaust the stack.</summary>
    public const int MaximumDepth = 100;

    /// <summary>The greatest number of nodes accepted: each literal is a parameter, and PostgreSQL has 65,535 of them.</summary>
    public const int MaximumNodes = 10_000;

    /// <summary>The most errors told of one filter.</summary>
    public const int MaximumErrors = 100;

    private readonly CheckContext _context;
    private readonly ExpressionChecker _expressions;
    private readonly OperandChecker _operands;
    private readonly SpatialChecker _spatial;
    private readonly TemporalChecker _temporal;

    private FilterChecker(Collection collection)
    {
        _context = new CheckContext(collection);
        _expressions = new ExpressionChecker(_context, Check);
        _operands = new OperandChecker(_context, _expressions);
        _spatial = new SpatialChecker(_context, _expressions);
        _temporal = new TemporalChecker(_context, _expressions);
    }

    /// <summary>
    /// Checks a filter against a collection as the caller knows it (<see cref="Collection.VisibleTo"/>). Returns the checked filter or all
    /// errors.
    /// </summary>
    public static Outcome<CheckedFilter, FilterError> Check(Filter filter, Collection collection)
    {
        var checker = new FilterChecker(collection);
        var root = checker.Check(filter, "", 1);
        return checker._context.Errors.Count == 0
            ? new Outcome<CheckedFilter, FilterError>(new CheckedFilter(root, collection))
            : new Outcome<CheckedFilter, FilterError>([.. checker._context.Errors]);
    }

    private Filter Check(Filter filter, string path, int depth)
    {
        if (!_context.Enter(path, depth))
        {
            return filter;
        }

        switch (filter)
        {
            case Constant:
                return filter;
            case And and:
                return Filter.All(Check(and.Operands, path, depth));
            case Or or:
                return Filter.Any(Check(or.Operands, path, depth));
            case Not not:
                return new Not(Check(not.Operand, $"{path}/args/0", depth + 1));
            case IsTrue isTrue:
                return new IsTrue(Check(isTrue.Operand, $"{path}/args/0", depth + 1));
            case Comparison comparison:
                return _operands.Compare(comparison, path, depth);
            case TupleComparison tuples:
                return CheckTuples(tuples, path, depth);
            case Between between:
                var operand = _expressions.Check(between.Operand, $"{path}/args/0", depth + 1);
                return new Between(
                    operand.Expression,
                    _operands.Fit(between.Low, $"{path}/args/1", operand.Type, depth),
                    _operands.Fit(between.High, $"{path}/args/2", operand.Type, depth));
            case In membership:
                return CheckMembership(membership, path, depth);
            case Like like:
                return _operands.Pattern(like, path, depth);
            case IsNull isNull:
                return CheckMissing(_expressions.Check(isNull.Operand, $"{path}/args/0", depth + 1).Expression);
            case Holds holds:
                return CheckHolds(holds, path, depth);
            case SpatialRelation relation:
                return _spatial.Check(relation, path, depth);
            case TemporalRelation relation:
                return _temporal.Check(relation, path, depth);
            case ArrayRelation relation:
                return _operands.Arrays(relation, path, depth);
            default:
                throw new ArgumentOutOfRangeException(nameof(filter), filter.GetType().Name, null);
        }
    }

    private ImmutableArray<Filter> Check(ImmutableArray<Filter> operands, string path, int depth) =>
    [
        .. operands.Select((operand, index) =>
            Check(operand, string.Create(CultureInfo.InvariantCulture, $"{path}/args/{index}"), depth + 1)),
    ];

    private In CheckMembership(In membership, string path, int depth)
    {
        var operand = _expressions.Check(membership.Operand, $"{path}/args/0", depth + 1);
        var options = ImmutableArray.CreateBuilder<Expression>(membership.Options.Length);
        for (var index = 0; index < membership.Options.Length; index++)
        {
            var optionPath = string.Create(CultureInfo.InvariantCulture, $"{path}/args/1/{index}");
            if (!_context.Enter(optionPath, depth))
            {
                break;
            }

            options.Add(_operands.Fit(membership.Options[index], optionPath, operand.Type, depth));
        }

        return new In(operand.Expression, options.ToImmutable());
    }

    private TupleComparison CheckTuples(TupleComparison tuples, string path, int depth)
    {
        if (tuples.Left.Length != tuples.Right.Length || tuples.Left.IsEmpty)
        {
            _context.Report(path, null, "two tuples of one length", $"{tuples.Left.Length} and {tuples.Right.Length} members");
            return tuples;
        }

        var pairs = tuples.Left.Select((left, index) => _operands.Pair(
            left,
            string.Create(CultureInfo.InvariantCulture, $"{path}/args/0/{index}"),
            tuples.Right[index],
            string.Create(CultureInfo.InvariantCulture, $"{path}/args/1/{index}"),
            depth)).ToList();
        return tuples with { Left = [.. pairs.Select(pair => pair.Left)], Right = [.. pairs.Select(pair => pair.Right)] };
    }

    /// <summary>What is written out is never missing; an interval is where a bound is that is not written out.</summary>
    private static Filter CheckMissing(Expression operand) => operand switch
    {
        Literal or GeometryLiteral or BoundingBoxLiteral or ArrayExpression => new Constant(false),
        Interval interval => Filter.Any(
            [.. new[] { interval.Start, interval.End }.OfType<Expression>().Where(bound => bound is not Literal).Select(bound => new IsNull(bound))]),
        _ => new IsNull(operand),
    };

    private Filter CheckHolds(Holds holds, string path, int depth)
    {
        var operand = _expressions.Check(holds.Expression, path, depth + 1);
        if (operand.Type is { IsUnknown: false, Scalar: not PropertyType.Boolean })
        {
            _context.Report(path, operand.Type.Property?.Name, "a comparison, or something that is true or false", operand.Describe());
        }

        return Filter.Of(operand.Expression);
    }
}
