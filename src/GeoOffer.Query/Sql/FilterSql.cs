using GeoOffer.Query.Catalogue;
using GeoOffer.Query.Filters;

namespace GeoOffer.Query.Sql;

/// <summary>
/// Writes checked filters as SQL conditions. PostgreSQL's three-valued logic is that of the algebra, so each node has its one form. Every
/// value is a parameter, and columns stand bare wherever an index could serve.
/// </summary>
/// <remarks>
/// Arithmetic is in double precision. What has no value there (a division by zero, a root of a negative number) is NULL; a sum or product
/// beyond what double precision holds fails the statement with SQLSTATE 22003.
/// </remarks>
public static class FilterSql
{
    /// <summary>Appends the condition, in parentheses where it needs them to stand beside others.</summary>
    /// <param name="builder">The statement it becomes part of.</param>
    /// <param name="filter">The condition.</param>
    /// <param name="alias">The alias of the collection's relation in that statement.</param>
    public static void Append(SqlBuilder builder, CheckedFilter filter, string alias) =>
        builder.Append(new ConditionSql(builder, filter.Collection, alias).Of(filter.Root));

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
}
