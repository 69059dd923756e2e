using GeoOffer.Query.Catalogue;
using GeoOffer.Query.Filters;

namespace GeoOffer.Query.Sql;

/// <summary>Writes temporal relations as comparisons of starts and ends.</summary>
internal sealed class TemporalSql(SqlBuilder builder, ColumnSql columns)
{
    private readonly ColumnSql _columns = columns;

    public string Of(TemporalRelation relation)
    {
        var byDate = Bounds(relation.Left).Concat(Bounds(relation.Right)).OfType<Expression>().ToList() is { Count: > 0 } bounds
            && bounds.All(bound => _columns.TypeOf(bound) == PropertyType.Date);
        var (a, b) = (new Span(this, relation.Left, byDate), new Span(this, relation.Right, byDate));
        var isMixed = relation.Left is not Interval && relation.Right is not Interval && a.IsPoint != b.IsPoint;
        switch (relation.Operator)
        {
            case TemporalOperator.After:
                return $"{a.Start} > {b.End}";
            case TemporalOperator.Before:
                return $"{a.End} < {b.Start}";
            case TemporalOperator.Meets:
                return $"{a.End} = {b.Start}";
            case TemporalOperator.MetBy:
                return $"{a.Start} = {b.End}";
            case TemporalOperator.Equals or TemporalOperator.Intersects when a.IsPoint && b.IsPoint:
                return $"{a.Start} = {b.Start}";
            case TemporalOperator.Disjoint when a.IsPoint && b.IsPoint:
                return $"{a.Start} <> {b.Start}";
            case TemporalOperator.Disjoint:
                return $"({a.End} < {b.Start} OR {a.Start} > {b.End})";
            case TemporalOperator.Intersects:
            case TemporalOperator.Equals when isMixed:
                return $"({a.Start} <= {b.End} AND {a.End} >= {b.Start})";
            case TemporalOperator.Overlaps:
                return $"({a.Start} < {b.Start} AND {a.End} > {b.Start} AND {a.End} < {b.End})";
            case TemporalOperator.OverlappedBy:
                return $"({a.Start} > {b.Start} AND {a.Start} < {b.End} AND {a.End} > {b.End})";
        }

        var (start, end) = relation.Operator switch
        {
            TemporalOperator.Equals => ("=", "="),
            TemporalOperator.Contains => ("<", ">"),
            TemporalOperator.During => (">", "<"),
            TemporalOperator.Starts => ("=", "<"),
            TemporalOperator.StartedBy => ("=", ">"),
            TemporalOperator.Finishes => (">", "="),
            TemporalOperator.FinishedBy => ("<", "="),
            _ => throw new ArgumentOutOfRangeException(nameof(relation), relation.Operator, null),
        };
        return $"({a.Start} {start} {b.Start} AND {a.End} {end} {b.End})";
    }

    private static Expression?[] Bounds(Expression expression) =>
        expression is Interval interval ? [interval.Start, interval.End] : [expression];

    /// <summary>A bound as a date or as an instant, of a date its first or last.</summary>
    private string Bound(Expression? bound, bool isStart, bool byDate)
    {
        switch (bound)
        {
            case null:
                return $"'{(isStart ? "-" : "")}infinity'::{(byDate ? "date" : "timestamptz")}";
            case Literal literal when byDate:
                return builder.AddParameter(literal.Value);
            case Literal { Value: var value }:
                return builder.AddParameter((isStart ? TimeBounds.Start(value) : TimeBounds.End(value))!.Value, SqlParameterType.Timestamp);
            case PropertyReference reference when byDate || _columns.TypeOf(reference) == PropertyType.Timestamp:
                return _columns.Of(reference);
            case PropertyReference reference:
                var column = _columns.Of(reference);
                return isStart
                    ? $"({column}::timestamp AT TIME ZONE 'UTC')"
                    : $"(({column} + 1)::timestamp AT TIME ZONE 'UTC' - interval '1 microsecond')";
            default:
                throw new ArgumentOutOfRangeException(nameof(bound), bound.GetType().Name, null);
        }
    }

    /// <summary>An operand; each of its bounds is sent once.</summary>
    private sealed class Span(TemporalSql sql, Expression operand, bool byDate)
    {
        private string? _start;
        private string? _end;

        /// <summary>Whether start and end are the same.</summary>
        public bool IsPoint => operand is not Interval && (byDate || sql._columns.TypeOf(operand) == PropertyType.Timestamp);

        public string Start => _start ??= sql.Bound(operand is Interval interval ? interval.Start : operand, isStart: true, byDate);

        public string End => IsPoint
            ? Start
            : _end ??= sql.Bound(operand is Interval interval ? interval.End : operand, isStart: false, byDate);
    }
}
