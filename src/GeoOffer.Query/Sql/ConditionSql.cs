using GeoOffer.Query.Catalogue;
using GeoOffer.Query.Filters;

namespace GeoOffer.Query.Sql;

/// <summary>Writes conditions, their parameters into a statement that they become part of.</summary>
internal sealed class ConditionSql
{
    private readonly ExpressionSql _expressions;
    private readonly SpatialSql _spatial;
    private readonly TemporalSql _temporal;

    public ConditionSql(SqlBuilder builder, Collection collection, string alias)
    {
        var columns = new ColumnSql(collection, alias);
        _spatial = new SpatialSql(builder, columns);
        _expressions = new ExpressionSql(builder, columns, _spatial, this);
        _spatial.Expressions = _expressions;
        _temporal = new TemporalSql(builder, columns);
    }

    /// <summary>The condition, in parentheses where it needs them to stand beside others.</summary>
    public string Of(Filter filter)
    {
        switch (filter)
        {
            case And and:
                return Join(and.Operands, " AND ", Of);
            case Or or:
                return Join(or.Operands, " OR ", Of);
            case Not not:
                return $"NOT ({Of(not.Operand)})";
            case IsTrue isTrue:
                return $"(({Of(isTrue.Operand)}) IS TRUE)";
            case Constant constant:
                return constant.Value ? "TRUE" : "FALSE";
            case Comparison comparison:
                var (left, right) = (_expressions.Of(comparison.Left), _expressions.Of(comparison.Right));
                var exact = $"{left} {Cql2Names.Of(comparison.Operator)} {right}";
                return _spatial.NearbyBox(comparison) is { } box ? $"({box} AND {exact})" : exact;
            case TupleComparison tuples:
                var (one, other) = (Join(tuples.Left, ", ", _expressions.Of), Join(tuples.Right, ", ", _expressions.Of));
                return $"{one} {Cql2Names.Of(tuples.Operator)} {other}";
            case Between between:
                return $"{_expressions.Of(between.Operand)} BETWEEN {_expressions.Of(between.Low)} AND {_expressions.Of(between.High)}";
            case In { Options.IsEmpty: true }:
                return "FALSE";
            case In membership:
                return $"{_expressions.Of(membership.Operand)} IN {Join(membership.Options, ", ", _expressions.Of)}";
            case Like like:
                return $"{_expressions.Of(like.Operand)} LIKE {_expressions.Of(like.Pattern)}";
            case IsNull isNull:
                return $"{_expressions.Of(isNull.Operand)} IS NULL";
            case Holds holds:
                return _expressions.Of(holds.Expression);
            case SpatialRelation relation:
                return _spatial.Of(relation);
            case TemporalRelation relation:
                return _temporal.Of(relation);
            case ArrayRelation relation:
                return Of(relation);
            default:
                throw new ArgumentOutOfRangeException(nameof(filter), filter.GetType().Name, null);
        }
    }

    private string Of(ArrayRelation relation)
    {
        var (left, right) = (_expressions.Of(relation.Left), _expressions.Of(relation.Right));
        return relation.Operator switch
        {
            ArrayOperator.Overlaps => $"{left} && {right}",
            ArrayOperator.Contains => $"{left} @> {right}",
            ArrayOperator.ContainedBy => $"{left} <@ {right}",
            ArrayOperator.Equals => $"({left} @> {right} AND {left} <@ {right})",
            _ => throw new ArgumentOutOfRangeException(nameof(relation), relation.Operator, null),
        };
    }

    private static string Join<T>(IEnumerable<T> items, string separator, Func<T, string> write) => $"({string.Join(separator, items.Select(write))})";
}
