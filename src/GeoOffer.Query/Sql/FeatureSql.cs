using System.Collections.Immutable;
using GeoOffer.Query.Catalogue;
using GeoOffer.Query.Filters;
using GeoOffer.Query.Paging;

namespace GeoOffer.Query.Sql;

/// <summary>Writes the statements that read features. Each carries the row visibility of its collection.</summary>
public static class FeatureSql
{
    private const string Alias = "t";

    /// <summary>A page: one row more than its limit, if there is one, tells that a next page exists.</summary>
    public static FeatureStatement Select(FeatureQuery query)
    {
        var (builder, columns) = Begin(query.Collection, query.Geometry, query.Properties, query.Order.Keys);
        AppendConditions(builder, query.Collection, query.Role, query.Filter, After(query));
        builder.Append(" ORDER BY ").AppendJoin(", ", query.Order.Keys, key => AppendSortKey(builder, key));
        builder.Append(" LIMIT ").AppendParameter(query.Limit + 1L, SqlParameterType.Integer);
        return new FeatureStatement(builder.Build(), columns);
    }

    /// <summary>One feature by its id: no row where there is none or the role may not see it.</summary>
    public static FeatureStatement Single(Collection collection, Role role, string id)
    {
        var visible = collection.VisibleTo(role);
        var (builder, columns) = Begin(collection, collection.Geometry, visible.Properties, []);

        // An id that PostgreSQL cannot even take as text names no feature.
        Filter byKey = Storable.Fault(id) is null
            ? new Comparison(ComparisonOperator.Equal, new PropertyReference(collection.Key.Name), Literal.Of(id))
            : new Constant(false);
        AppendConditions(builder, collection, role, FilterChecker.Check(byKey, visible).Value);
        return new FeatureStatement(builder.Build(), columns);
    }

    private static (SqlBuilder Builder, FeatureColumns Columns) Begin(
        Collection collection, GeometryProperty? geometry, ImmutableArray<Property> properties, ImmutableArray<SortKey> sortKeys)
    {
        List<string> columns = [collection.Key.Column];
        if (geometry is not null)
        {
            columns.Add(geometry.Column);
        }

        columns.AddRange(properties.Select(property => property.Column));
        var sortOrdinals = ImmutableArray.CreateBuilder<int>(sortKeys.Length);
        foreach (var key in sortKeys)
        {
            var ordinal = columns.IndexOf(key.Property.Column);
            if (ordinal < 0)
            {
                ordinal = columns.Count;
                columns.Add(key.Property.Column);
            }

            sortOrdinals.Add(ordinal);
        }

        var builder = new SqlBuilder().Append("SELECT ");
        builder.AppendJoin(", ", columns, column => builder.AppendColumn(Alias, column));
        builder.Append(" FROM ").AppendRelation(collection.Relation).Append($" AS {Alias}");
        return (builder, new FeatureColumns(collection.Key, geometry, properties, sortOrdinals.MoveToImmutable()));
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
