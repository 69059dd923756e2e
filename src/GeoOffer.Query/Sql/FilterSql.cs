using System.Collections.Immutable;
using GeoOffer.Query.Catalogue;
using GeoOffer.Query.Filters;

namespace GeoOffer.Query.Sql;

/// <summary>
/// Writes checked filters as SQL conditions. PostgreSQL's three-valued logic is that of the algebra, so each node has its one form.
/// </summary>
public static class FilterSql
{
    /// <summary>Appends the condition, in parentheses where it needs them to stand beside others.</summary>
    /// <param name="builder">The statement it becomes part of.</param>
    /// <param name="filter">The condition.</param>
    /// <param name="alias">The alias of the collection's relation in that statement.</param>
    public static void Append(SqlBuilder builder, CheckedFilter filter, string alias) =>
        new Writer(builder, filter.Collection, alias).Write(filter.Root);

    /// <summary>
    /// Appends what decides whether a caller of a role may see a row, as a condition that can stand beside others. Statements that read a
    /// collection without <see cref="FeatureSql"/> must include it.
    /// </summary>
    public static void AppendVisibility(SqlBuilder builder, Collection collection, Role role, string alias)
    {
        if (collection.Visibility is not { } visibility || role >= visibility.FullAccessFrom)
        {
            builder.Append("TRUE");
            return;
        }

        Append(builder, FilterChecker.Check(visibility.Condition, collection.Whole).Value, alias);
    }

    private sealed class Writer(SqlBuilder builder, Collection collection, string alias)
    {
        public void Write(Filter filter)
        {
            switch (filter)
            {
                case And and:
                    Join(and.Operands, " AND ", Write);
                    break;
                case Or or:
                    Join(or.Operands, " OR ", Write);
                    break;
                case Not not:
                    builder.Append("NOT (");
                    Write(not.Operand);
                    builder.Append(")");
                    break;
                case IsTrue isTrue:
                    builder.Append("((");
                    Write(isTrue.Operand);
                    builder.Append(") IS TRUE)");
                    break;
                case Constant constant:
                    builder.Append(constant.Value ? "TRUE" : "FALSE");
                    break;
                case Comparison comparison:
                    Write(comparison.Left);
                    builder.Append(Symbol(comparison.Operator));
                    Write(comparison.Right);
                    break;
                case TupleComparison tuples:
                    Join(tuples.Left, ", ", Write);
                    builder.Append(Symbol(tuples.Operator));
                    Join(tuples.Right, ", ", Write);
                    break;
                case Between between:
                    Write(between.Operand);
                    builder.Append(" BETWEEN ");
                    Write(between.Low);
                    builder.Append(" AND ");
                    Write(between.High);
                    break;
                case In { Options.IsEmpty: true }:
                    builder.Append("FALSE");
                    break;
                case In membership:
                    Write(membership.Operand);
                    builder.Append(" IN ");
                    Join(membership.Options, ", ", Write);
                    break;
                case Like like:
                    Write(like.Operand);
                    builder.Append(" LIKE ").AppendParameter(new Value.Text(like.Pattern));
                    break;
                case IsNull isNull:
                    Write(isNull.Operand);
                    builder.Append(" IS NULL");
                    break;
                case SpatialRelation relation:
                    WriteSpatial(relation);
                    break;
                case ArrayRelation relation:
                    WriteArrays(relation);
                    break;
                default:
                    throw new ArgumentOutOfRangeException(nameof(filter), filter.GetType().Name, null);
            }
        }

        private void Write(Expression expression)
        {
            switch (expression)
            {
                case PropertyReference reference:
                    builder.AppendColumn(alias, ColumnOf(reference.Name));
                    break;
                // A keyword, not a parameter: a partial index WHERE is_public is only considered for a condition known when planning.
                case Literal { Value: Value.Boolean boolean }:
                    builder.Append(boolean.Content ? "TRUE" : "FALSE");
                    break;
                case Literal literal:
                    builder.AppendParameter(literal.Value);
                    break;
                case GeometryLiteral literal:
                    builder.AppendParameter(literal.Geometry);
                    break;
                default:
                    throw new ArgumentOutOfRangeException(nameof(expression), expression.GetType().Name, null);
            }
        }

        private string ColumnOf(string name) => name == collection.Geometry?.Name
            ? collection.Geometry.Column
            : collection.FindEvenHidden(name)?.Column
                ?? throw new InvalidOperationException($"{collection.Id} has no property {name}: the filter is of another collection.");

        private void WriteSpatial(SpatialRelation relation)
        {
            var (left, right) = (Operand(relation.Left), Operand(relation.Right));
            if (relation.Operator == SpatialOperator.Disjoint)
            {
                // ST_Disjoint refuses geometry collections.
                builder.Append($"NOT ST_Intersects({left}, {right})");
                return;
            }

            builder.Append($"({left} && {right} AND {Function(relation.Operator)}({left}, {right}))");
        }

        private void WriteArrays(ArrayRelation relation)
        {
            var (left, right) = (Operand(relation.Left), Operand(relation.Right));
            builder.Append(relation.Operator switch
            {
                ArrayOperator.Overlaps => $"{left} && {right}",
                ArrayOperator.Contains => $"{left} @> {right}",
                ArrayOperator.ContainedBy => $"{left} <@ {right}",
                ArrayOperator.Equals => $"({left} @> {right} AND {left} <@ {right})",
                _ => throw new ArgumentOutOfRangeException(nameof(relation), relation.Operator, null),
            });
        }

        /// <summary>An operand that stands in more than one place: its parameter is sent once.</summary>
        private string Operand(Expression expression) => expression switch
        {
            PropertyReference reference => SqlBuilder.Column(alias, ColumnOf(reference.Name)),
            GeometryLiteral literal => builder.AddParameter(literal.Geometry, SqlParameterType.Geometry),
            Literal { Value: Value.TextArray array } => builder.AddParameter(array.Content.ToArray(), SqlParameterType.TextArray),
            _ => throw new ArgumentOutOfRangeException(nameof(expression), expression.GetType().Name, null),
        };

        private void Join<T>(ImmutableArray<T> items, string separator, Action<T> write) =>
            builder.Append("(").AppendJoin(separator, items, write).Append(")");

        private static string Symbol(ComparisonOperator @operator) => @operator switch
        {
            ComparisonOperator.Equal => " = ",
            ComparisonOperator.NotEqual => " <> ",
            ComparisonOperator.Less => " < ",
            ComparisonOperator.LessOrEqual => " <= ",
            ComparisonOperator.Greater => " > ",
            ComparisonOperator.GreaterOrEqual => " >= ",
            _ => throw new ArgumentOutOfRangeException(nameof(@operator), @operator, null),
        };

        private static string Function(SpatialOperator @operator) => @operator switch
        {
            SpatialOperator.Intersects => "ST_Intersects",
            SpatialOperator.Within => "ST_Within",
            SpatialOperator.Contains => "ST_Contains",
            SpatialOperator.Touches => "ST_Touches",
            SpatialOperator.Crosses => "ST_Crosses",
            SpatialOperator.Overlaps => "ST_Overlaps",
            SpatialOperator.Equals => "ST_Equals",
            _ => throw new ArgumentOutOfRangeException(nameof(@operator), @operator, null),
        };
    }
}
