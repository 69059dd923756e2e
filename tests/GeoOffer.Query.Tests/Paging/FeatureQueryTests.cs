using GeoOffer.Query.Catalogue;
using GeoOffer.Query.Filters;
using GeoOffer.Query.Paging;
using static GeoOffer.Query.Tests.Sample;

namespace GeoOffer.Query.Tests.Paging;

public sealed class FeatureQueryTests
{
    private static readonly FeatureRequest Request = new(Sites, Role.Public, 10);

    [Fact]
    public void Errors_of_filter_order_and_selection_come_together()
    {
        var request = Request with
        {
            Filter = Equal("contact", Literal.Of("x")),
            SortBy = [new("published", SortDirection.Ascending, default), new("functions", SortDirection.Ascending, default)],
            Properties = ["name", "contact", "nothing"],
        };

        var errors = FeatureQuery.Create(request).Errors;

        Assert.Equal(
            [
                ("/args/0", "contact"),
                ("sortby", "published"),
                ("sortby", "functions"),
                ("properties", "contact"),
                ("properties", "nothing"),
            ],
            errors.Select(error => (error.Path, error.Property)));
        Assert.All(errors.Where(error => error.Property != "functions"), error => Assert.DoesNotContain("contact", error.Expected));
    }

    [Fact]
    public void All_that_the_role_may_read_is_selected_by_default()
    {
        Assert.DoesNotContain(FeatureQuery.Create(Request).Value.Properties, property => property.Name == "contact");
        Assert.Contains(FeatureQuery.Create(Request with { Role = Role.Editor }).Value.Properties, property => property.Name == "contact");
    }

    [Fact]
    public void An_order_ends_with_the_key_and_says_nothing_twice()
    {
        var area = new SortTerm("area_ha", SortDirection.Ascending, NullPlacement.Last);
        var code = new SortTerm("code", SortDirection.Descending, NullPlacement.Last);

        Assert.Equal(["code"], Keys());
        Assert.Equal(["area_ha", "code"], Keys(area));
        Assert.Equal(["area_ha", "code"], Keys(area, area with { Direction = SortDirection.Descending }, code));
        Assert.Equal(["code"], Keys(code, area));

        static IEnumerable<string> Keys(params SortTerm[] terms) =>
            FeatureQuery.Create(Request with { SortBy = [.. terms] }).Value.Order.Keys.Select(key => key.Property.Name);
    }

    [Fact]
    public void A_cursor_of_another_order_is_refused()
    {
        var query = FeatureQuery.Create(Request).Value;

        Assert.Throws<ArgumentException>(() => query.StartingAfter(new Cursor([new Value.Number(1), new Value.Text("a")])));
        Assert.Throws<ArgumentException>(() => query.StartingAfter(new Cursor([new Value.Number(1)])));
        Assert.Throws<ArgumentException>(() => query.StartingAfter(new Cursor([null])));
    }

    [Fact]
    public void A_page_has_room_for_a_feature()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => FeatureQuery.Create(Request with { Limit = 0 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => FeatureQuery.Create(Request).Value.WithLimit(-1));
        Assert.Equal(20, FeatureQuery.Create(Request).Value.WithLimit(20).Limit);
    }
}
