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

    private readonly CheckContext _context;
    private readonly OperandChecker _operands;
    private readonly SpatialChecker _spatial;

    private FilterChecker(Collection collection)
    {
        _context = new CheckContext(collection);
        _operands = new OperandChecker(_context);
        _spatial = new SpatialChecker(_context);
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
        if (!Enter(path, depth))
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
                var equality = comparison.Operator is ComparisonOperator.Equal or ComparisonOperator.NotEqual;
                var (left, right) = _operands.Pair(comparison.Left, $"{path}/args/0", comparison.Right, $"{path}/args/1", equality);
                return comparison with { Left = left, Right = right };
            case TupleComparison tuples:
                return CheckTuples(tuples, path);
            case Between between:
                var operandType = _context.TypeOf(between.Operand, $"{path}/args/0");
                return new Between(
                    between.Operand,
                    _operands.Fit(between.Low, $"{path}/args/1", operandType, isEquality: false),
                    _operands.Fit(between.High, $"{path}/args/2", operandType, isEquality: false));
            case In membership:
                return CheckMembership(membership, path, depth);
            case Like like:
                _operands.Pattern(like, path);
                return like;
            case IsNull isNull:
                _context.TypeOf(isNull.Operand, $"{path}/args/0");
                return isNull.Operand is PropertyReference ? isNull : new Constant(false);
            case SpatialRelation relation:
                return _spatial.Check(relation, path);
            case ArrayRelation relation:
                return _operands.Arrays(relation, path);
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
        var operandType = _context.TypeOf(membership.Operand, $"{path}/args/0");
        var options = ImmutableArray.CreateBuilder<Expression>(membership.Options.Length);
        for (var index = 0; index < membership.Options.Length; index++)
        {
            var optionPath = string.Create(CultureInfo.InvariantCulture, $"{path}/args/1/{index}");
            if (!Enter(optionPath, depth))
            {
                break;
            }

            options.Add(_operands.Fit(membership.Options[index], optionPath, operandType, isEquality: true));
        }

        return membership with { Options = options.ToImmutable() };
    }

    private TupleComparison CheckTuples(TupleComparison tuples, string path)
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
            isEquality: false)).ToList();
        return tuples with { Left = [.. pairs.Select(pair => pair.Left)], Right = [.. pairs.Select(pair => pair.Right)] };
    }

    private bool Enter(string path, int depth)
    {
        if (depth > MaximumDepth)
        {
            _context.Report(path, null, $"at most {MaximumDepth} levels", "more");
            return false;
        }

        return _context.CountNode(path);
    }
}
