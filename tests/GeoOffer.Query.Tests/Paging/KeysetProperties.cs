using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using GeoOffer.Query.Catalogue;
using GeoOffer.Query.Filters;
using GeoOffer.Query.Paging;
using static GeoOffer.Query.Tests.Sample;

namespace GeoOffer.Query.Tests.Paging;

public sealed class KeysetProperties
{
    private static readonly Gen<SortKey> Keys =
        from name in Gen.Elements("name", "area_ha", "owner_count", "kind", "code")
        from direction in Gen.Elements(Enum.GetValues<SortDirection>())
        from nulls in Gen.Elements(Enum.GetValues<NullPlacement>())
        select new SortKey(Open.Find(name)!, direction, nulls);

    private static readonly Gen<(SortOrder Order, List<ImmutableDictionary<string, Value?>> Rows, int PageSize)> Cases =
        from keys in Keys.ListOf()
        from rows in Generators.Row.ListOf()
        from pageSize in Gen.Choose(1, 5)
        select (
            new SortOrder(Open, keys.Take(4)),
            rows.Select((row, index) => row.Add("code", new Value.Text($"GO-{index * 7919 % 100:00}-{index}"))).ToList(),
            pageSize);

    [Fact]
    public void Pages_return_every_row_once_and_in_order() => Prop.ForAll(
        Cases.ToArbitrary(),
        sample =>
        {
            var comparer = Comparer<ImmutableDictionary<string, Value?>>.Create((one, other) => Order(sample.Order, one, other));
            var expected = sample.Rows.Order(comparer).ToList();
            var pages = new List<ImmutableDictionary<string, Value?>>();
            Filter after = new Constant(true);
            while (expected.Where(row => Oracle.Evaluate(after, row) == true).Take(sample.PageSize).ToList() is { Count: > 0 } page)
            {
                pages.AddRange(page);
                after = Keyset.After(sample.Order, [.. sample.Order.Keys.Select(key => page[^1][key.Property.Name])]);
                if (pages.Count > expected.Count)
                {
                    return false;
                }
            }

            return pages.SequenceEqual(expected);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(1000));

    [Fact]
    public void Keys_that_are_never_null_and_run_one_way_are_a_row_comparison()
    {
        var order = new SortOrder(Open, [new SortKey(Open.Find("kind")!, SortDirection.Ascending, NullPlacement.Last)]);

        Assert.Equal(
            new TupleComparison(
                ComparisonOperator.Greater, [Reference("kind"), Reference("code")], [Literal.Of("unknown"), Literal.Of("GO-17")]),
            Keyset.After(order, [new Value.Text("unknown"), new Value.Text("GO-17")]));
    }

    [Fact]
    public void The_key_alone_is_a_plain_comparison() => Assert.Equal(
        Compare("code", ComparisonOperator.Greater, Literal.Of("GO-17")), Keyset.After(new SortOrder(Open, []), [new Value.Text("GO-17")]));

    [Fact]
    public void Mixed_directions_keep_a_bound_for_the_index()
    {
        var order = new SortOrder(Open, [new SortKey(Open.Find("kind")!, SortDirection.Descending, NullPlacement.Last)]);

        Assert.Equal(
            new And([
                Compare("kind", ComparisonOperator.LessOrEqual, Literal.Of("unknown")),
                new Or([
                    Compare("kind", ComparisonOperator.Less, Literal.Of("unknown")),
                    Compare("code", ComparisonOperator.Greater, Literal.Of("GO-17")),
                ]),
            ]),
            Keyset.After(order, [new Value.Text("unknown"), new Value.Text("GO-17")]));
    }

    /// <summary>The order by its definition: the first key that differs decides, nulls stand where they are said to.</summary>
    private static int Order(SortOrder order, ImmutableDictionary<string, Value?> one, ImmutableDictionary<string, Value?> other)
    {
        foreach (var key in order.Keys)
        {
            var sign = (one[key.Property.Name], other[key.Property.Name]) switch
            {
                (null, null) => 0,
                (null, _) => key.Nulls == NullPlacement.First ? -1 : 1,
                (_, null) => key.Nulls == NullPlacement.First ? 1 : -1,
                var (left, right) => Oracle.Order(left, right) * (key.Direction == SortDirection.Ascending ? 1 : -1),
            };
            if (sign != 0)
            {
                return sign;
            }
        }

        return 0;
    }
}
