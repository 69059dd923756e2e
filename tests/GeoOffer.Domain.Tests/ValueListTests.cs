namespace GeoOffer.Domain.Tests;

public sealed class ValueListTests
{
    [Fact]
    public void Lists_of_equal_elements_are_equal_and_order_counts()
    {
        ValueList<string> list = ["a", "b"], same = ["a", "b"], swapped = ["b", "a"], longer = ["a", "b", "c"];
        Assert.True(list.Equals(same));
        Assert.Equal(list.GetHashCode(), same.GetHashCode());
        Assert.False(list.Equals(swapped));
        Assert.False(list.Equals(longer));
        Assert.False(list.Equals(null));
    }

    [Fact]
    public void A_list_does_not_change_with_the_array_it_was_made_of()
    {
        var items = new[] { 1, 2 };
        var list = items.ToValueList();
        items[0] = 9;
        Assert.Equal([1, 2], list);
    }
}
