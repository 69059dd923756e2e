using GeoOffer.Query.Catalogue;
using GeoOffer.Query.Paging;

namespace GeoOffer.OData.Tests;

public sealed class OrderTests
{
    [Theory]
    [InlineData("price", null, NullPlacement.First)]
    [InlineData("price desc", null, NullPlacement.Last)]
    [InlineData("price", "price gt 3", NullPlacement.Last)]
    [InlineData("price desc", "stock lt 4 and price in (3,4)", NullPlacement.First)]
    [InlineData("price", "price ne null", NullPlacement.Last)]
    [InlineData("price", "price ne 3", NullPlacement.First)]
    [InlineData("price", "price gt 3 or stock gt 3", NullPlacement.First)]
    [InlineData("price", "not (price gt 3)", NullPlacement.First)]
    [InlineData("price", "price mul 2 gt 3", NullPlacement.First)]
    [InlineData("price", "price eq stock", NullPlacement.First)]
    public void Missing_values_are_placed_as_OData_has_it_unless_there_are_none(string order, string? filter, NullPlacement expected)
    {
        var faults = new List<ODataFault>();
        var query = Shop.Read(faults, filter is null ? [("$orderby", order)] : [("$orderby", order), ("$filter", filter)]);
        Assert.Empty(faults);
        var keys = FeatureQuery.Create(query!.ToRequest(Role.Public, 10)).Value.Order.Keys;
        Assert.Equal(expected, keys[0].Nulls);
        Assert.Equal(["price", "code"], keys.Select(key => key.Property.Name));
    }
}
