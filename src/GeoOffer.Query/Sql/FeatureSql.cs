using System.Collections.Immutable;
using GeoOffer.Query.Catalogue;
using GeoOffer.Query.Filters;
using GeoOffer.Query.Paging;

namespace GeoOffer.Query.Sql;

/// <summary>
/// Writes the statements that read features. Each carries the row visibility of its collection, and gives one record a row: PostgreSQL
/// sends a record as the binary values of its members, which a reader takes as bytes, at about the cost of COPY but with parameters.
/// </summary>
public static class FeatureSql
{
    private const string Alias = "t";

    /// <summary>
    /// A page: one row more than its limit, if there is one, tells that a next page exists. Where a condition or an order leaves rows to be
    /// gathered and sorted, that is done with their keys alone, and only the rows of the page are read whole.
    /// </summary>
    public static FeatureStatement Select(FeatureQuery query)
    {
        var (builder, columns) = Begin(query.Collection, query.Geometry, query.Properties, query.Order.Keys);
        if (IsByKey(query))
        {
            AppendPage(builder, query);
            return new FeatureStatement(builder.Build(), columns);
        }

        var key = query.Collection.Key.Column;
        builder.Append(" JOIN (SELECT ").AppendColumn(Alias, key).Append(" FROM ").AppendRelation(query.Collection.Relation).Append($" AS {Alias}");
        AppendPage(builder, query);
        builder.Append(") AS page ON ").AppendColumn("page", key).Append(" = ").AppendColumn(Alias, key);
        AppendOrder(builder, query.Order);
        return new FeatureStatement(builder.Build(), columns);
    }

    /// <summary>
    /// Every feature of a query.
    /// </summary>
    /// <param name="query">The query; its limit holds unless it is <see cref="FeatureRequest.Unlimited"/>.</param>
    /// <param name="inOrder">Whether the order of the query matters; else features come as they are stored, and the first at once.</param>
    public static FeatureStatement Records(FeatureQuery query, bool inOrder)
    {
        var (builder, columns) = Begin(query.Collection, query.Geometry, query.Properties, []);
        AppendConditions(builder, query.Collection, query.Role, query.Filter, After(query));
        if (inOrder)
        {
            AppendOrder(builder, query.Order);
        }

        if (query.Limit != FeatureRequest.Unlimited)
        {
            builder.Append(" LIMIT ").AppendParameter((long)query.Limit, SqlParameterType.Integer);
        }

        AppendOffset(builder, query);
        return new FeatureStatement(builder.Build(), columns);
    }

    /// <summary>How many features fulfil the condition of a query, beyond its limit too.</summary>
    public static SqlText Count(FeatureQuery query)
    {
        var builder = new SqlBuilder().Append("SELECT count(*) FROM ").AppendRelation(query.Collection.Relation).Append($" AS {Alias}");
        AppendConditions(builder, query.Collection, query.Role, query.Filter);
        return builder.Build();
    }

    /// <summary>One feature by its id: no row where there is none or the role may not see it.</summary>
    public static FeatureStatement Single(Collection collection, Role role, string id)
    {
        var visible = collection.VisibleTo(role);
        var (builder, columns) = Begin(collection, collection.Geometry, visible.Properties, [], collection.Revision);

        // An id that PostgreSQL cannot even take as text names no feature.
        Filter byKey = Storable.Fault(id) is null
            ? new Comparison(ComparisonOperator.Equal, new PropertyReference(collection.Key.Name), Literal.Of(id))
            : new Constant(false);
        AppendConditions(builder, collection, role, FilterChecker.Check(byKey, visible).Value);
        return new FeatureStatement(builder.Build(), columns);
    }

    private static (SqlBuilder Builder, FeatureColumns Columns) Begin(
        Collection collection, GeometryProperty? geometry, ImmutableArray<Property> properties, ImmutableArray<SortKey> sortKeys, Revision? revision = null)
    {
        List<string> columns = [collection.Key.Column];
        if (geometry is not null)
        {
            columns.Add(geometry.Column);
        }

        columns.AddRange(properties.Select(property => property.Column));
        var sortOrdinals = ImmutableArray.CreateBuilder<int>(sortKeys.Length);
        var further = ImmutableArray.CreateBuilder<Property>();
        foreach (var key in sortKeys)
        {
            var ordinal = columns.IndexOf(key.Property.Column);
            if (ordinal < 0)
            {
                ordinal = columns.Count;
                columns.Add(key.Property.Column);
                further.Add(key.Property);
            }

            sortOrdinals.Add(ordinal);
        }

        var builder = new SqlBuilder().Append("SELECT ROW(");
        builder.AppendJoin(", ", columns, column => builder.AppendColumn(Alias, column));
        if (revision is not null)
        {
            builder.Append(", coalesce(").AppendColumn(Alias, revision.Column).Append(", ").AppendParameter(revision.Otherwise, SqlParameterType.Integer).Append(")");
        }

        builder.Append(") FROM ").AppendRelation(collection.Relation).Append($" AS {Alias}");
        return (builder, new FeatureColumns(collection.Key, geometry, properties, sortOrdinals.MoveToImmutable())
        {
            Further = further.ToImmutable(),
            HasRevision = revision is not null,
        });
    }

    private static void AppendConditions(
        SqlBuilder builder, Collection collection, Role role, params IEnumerable<CheckedFilter?> conditions)
    {
        builder.Append(" WHERE ");
        FilterSql.AppendVisibility(builder, collection, role, Alias);
        foreach (var condition in conditions.OfType<CheckedFilter>())
        {
            builder.Append(" AND ");
            FilterSql.Append(builder, condition, Alias);
        }
    }

    private static CheckedFilter? After(FeatureQuery query) => query.After is { } cursor
        ? new CheckedFilter(Keyset.After(query.Order, cursor.Position), query.Collection)
        : null;

    private static void AppendOrder(SqlBuilder builder, SortOrder order) =>
        builder.Append(" ORDER BY ").AppendJoin(", ", order.Keys, key => AppendSortKey(builder, key));

    private static void AppendPage(SqlBuilder builder, FeatureQuery query)
    {
        AppendConditions(builder, query.Collection, query.Role, query.Filter, After(query));
        AppendOrder(builder, query.Order);
        builder.Append(" LIMIT ");
        if (IsByKey(query))
        {
            // The plan is the same for all positions, and the planner keeps it where it sees how few rows are wanted.
            builder.AppendNumber(query.Limit + 1L);
        }
        else
        {
            // The best plan depends on the values of the condition; not to know the limit keeps the planner from making one for all.
            builder.AppendParameter(query.Limit + 1L, SqlParameterType.Integer);
        }

        AppendOffset(builder, query);
    }

    private static bool IsByKey(FeatureQuery query) => query.Filter is null && query.Order.Keys.Length == 1;

    private static void AppendOffset(SqlBuilder builder, FeatureQuery query)
    {
        if (query.Offset > 0)
        {
            builder.Append(" OFFSET ").AppendParameter(query.Offset, SqlParameterType.Integer);
        }
    }

    private static void AppendSortKey(SqlBuilder builder, SortKey key)
    {
        builder.AppendColumn(Alias, key.Property.Column).Append(key.Direction == SortDirection.Ascending ? " ASC" : " DESC");

        // Said of a column that has no nulls it would only keep an index with the other placement from being used.
        if (key.Property.Nullable)
        {
            builder.Append(key.Nulls == NullPlacement.First ? " NULLS FIRST" : " NULLS LAST");
        }
    }
}
