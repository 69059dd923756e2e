using System.Collections.Immutable;
using GeoOffer.Query.Catalogue;
using GeoOffer.Query.Filters;

namespace GeoOffer.Query.Paging;

/// <summary>The condition that a row comes after a position in an order.</summary>
public static class Keyset
{
    /// <summary>
    /// Compares the sort keys with the position as a tuple: a row follows if the first key that differs follows. Mixed directions and
    /// missing values are written out; else a row comparison of PostgreSQL says it, which goes straight to the place in an index.
    /// </summary>
    /// <param name="order">The order.</param>
    /// <param name="position">The value of each sort key in the last row seen; null where it was missing.</param>
    public static Filter After(SortOrder order, ImmutableArray<Value?> position)
    {
        if (position.Length != order.Keys.Length)
        {
            throw new ArgumentException($"The position has {position.Length} values for {order.Keys.Length} sort keys.", nameof(position));
        }

        var isRowComparison = order.Keys.Length > 1
            && order.Keys.All(key => !key.Property.Nullable && key.Direction == order.Keys[0].Direction)
            && position.All(value => value is not null);
        return isRowComparison
            ? new TupleComparison(
                Strictly(order.Keys[0]), [.. order.Keys.Select(Reference)], [.. position.Select(value => new Literal(value!))])
            : After(order.Keys, position, 0);
    }

    private static Filter After(ImmutableArray<SortKey> keys, ImmutableArray<Value?> position, int index)
    {
        if (index == keys.Length)
        {
            return new Constant(false);
        }

        var (key, value) = (keys[index], position[index]);
        var (reference, rest) = (Reference(key), After(keys, position, index + 1));
        if (value is null)
        {
            var tied = And(new IsNull(reference), rest);
            return key.Nulls == NullPlacement.First ? Filter.Any(new Not(new IsNull(reference)), tied) : tied;
        }

        var literal = new Literal(value);
        var follows = new Comparison(Strictly(key), reference, literal);
        if (key.Property.Nullable && key.Nulls == NullPlacement.Last)
        {
            return Or(Filter.Any(follows, new IsNull(reference)), And(new Comparison(ComparisonOperator.Equal, reference, literal), rest));
        }

        // The loose bound in front says the same as an equality inside, and lets an index find the place.
        return rest is Constant { Value: false }
            ? follows
            : Filter.All(new Comparison(Loosely(key), reference, literal), Filter.Any(follows, rest));
    }

    private static Filter And(Filter tie, Filter rest) => rest is Constant { Value: false } ? rest : Filter.All(tie, rest);

    private static Filter Or(Filter follows, Filter tied) => tied is Constant { Value: false } ? follows : Filter.Any(follows, tied);

    private static Expression Reference(SortKey key) => new PropertyReference(key.Property.Name);

    private static ComparisonOperator Strictly(SortKey key) =>
        key.Direction == SortDirection.Ascending ? ComparisonOperator.Greater : ComparisonOperator.Less;

    private static ComparisonOperator Loosely(SortKey key) =>
        key.Direction == SortDirection.Ascending ? ComparisonOperator.GreaterOrEqual : ComparisonOperator.LessOrEqual;
}
