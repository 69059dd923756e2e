using GeoOffer.OData.Reading;

namespace GeoOffer.OData.Tests;

public sealed class RefusalTests
{
    [Theory]
    [InlineData("")]
    [InlineData("price")]
    [InlineData("price gt")]
    [InlineData("price gt 'x'")]
    [InlineData("cost gt 3")]
    [InlineData("brand in ()")]
    [InlineData("brand in ('a',)")]
    [InlineData("brand in ('a'")]
    [InlineData("brand eq 'a")]
    [InlineData("brand eq %zz")]
    [InlineData("name has 'x'")]
    [InlineData("nothing(name)")]
    [InlineData("tags eq null")]
    [InlineData("geo.distance(place,geography'SRID=32632;POINT(9 45)') lt 5")]
    [InlineData("geo.distance(place,geography'POINT(9 95)') lt 5")]
    [InlineData("geo.distance(place,geography'POINT(') lt 5")]
    [InlineData("price eq 3 and")]
    [InlineData("((((((((((")]
    [InlineData("made_on eq 2024-02-30")]
    [InlineData("changed_at eq 2024-02-30T25:00:00Z")]
    public void What_cannot_be_read_is_a_fault_of_the_client(string filter) => Refuse(ODataFaultKind.Malformed, "$filter", ("$filter", filter));

    [Theory]
    [InlineData("round(price) eq 3")]
    [InlineData("indexof(name,'x') eq 3")]
    [InlineData("trim(name) eq 'x'")]
    [InlineData("changed_at lt now()")]
    [InlineData("cast(stock,Edm.String) eq '3'")]
    [InlineData("tags/$count gt 3")]
    [InlineData("tags/any(t: contains(t,'x'))")]
    [InlineData("contains(name,brand)")]
    public void What_is_right_but_not_served_says_so(string filter) => Refuse(ODataFaultKind.NotSupported, "$filter", ("$filter", filter));

    [Theory]
    [InlineData("$orderby", "geo.distance(place,geography'POINT(9 45)')", ODataFaultKind.NotSupported)]
    [InlineData("$orderby", "place", ODataFaultKind.Malformed)]
    [InlineData("$orderby", "cost", ODataFaultKind.Malformed)]
    [InlineData("$select", "cost", ODataFaultKind.Malformed)]
    [InlineData("$select", "name($select=x)", ODataFaultKind.Malformed)]
    [InlineData("$top", "-1", ODataFaultKind.Malformed)]
    [InlineData("$skip", "99999999999999999999", ODataFaultKind.Malformed)]
    [InlineData("$count", "yes", ODataFaultKind.Malformed)]
    [InlineData("$apply", "aggregate(price with sum as s)", ODataFaultKind.NotSupported)]
    [InlineData("expand", "x", ODataFaultKind.NotSupported)]
    [InlineData("$fitler", "price gt 3", ODataFaultKind.Malformed)]
    [InlineData("fitler", "price gt 3", ODataFaultKind.Malformed)]
    [InlineData("@a", "@b", ODataFaultKind.Malformed)]
    public void Options_are_held_against_the_model(string name, string value, ODataFaultKind kind) => Refuse(kind, name, (name, value));

    [Fact]
    public void An_option_is_given_once_under_either_name() => Refuse(ODataFaultKind.Malformed, "TOP", ("$top", "3"), ("TOP", "4"));

    [Fact]
    public void Nesting_without_end_is_refused()
    {
        Refuse(ODataFaultKind.Malformed, "$filter", ("$filter", new string('(', 20_000) + "true" + new string(')', 20_000)));
        Refuse(ODataFaultKind.Malformed, "$filter", ("$filter", string.Concat(Enumerable.Repeat("not ", 8000)) + "true"));
        Refuse(ODataFaultKind.Malformed, "$filter", ("$filter", string.Join(" or ", Enumerable.Repeat("price gt 1", 8000))));
        Refuse(ODataFaultKind.Malformed, "$filter", ("$filter", $"{new string('x', 10_000)} in ({string.Join(',', Enumerable.Repeat(1, 900))})"));
    }

    [Theory]
    [InlineData("ProductsOnSale", "EntitiesResource")]
    [InlineData("ProductsOnSale/$count", "CountResource")]
    [InlineData("ProductsOnSale('a%2Fb')", "a/b")]
    [InlineData("ProductsOnSale(code='a''b')", "a'b")]
    [InlineData("ProductsOnSale/a%2Fb", "a/b")]
    [InlineData("ProductsOnSale('%C3%A0')/name", "à.name")]
    [InlineData("ProductsOnSale/x/place/$value", "x.place.raw")]
    public void Paths_lead_to_resources(string path, string expected)
    {
        var resource = ResourceReader.Read(Shop.Model, path).Value;
        Assert.Equal(expected, resource switch
        {
            EntityResource entity => entity.Key,
            PropertyResource property => $"{property.Key}.{property.Property}{(property.IsRaw ? ".raw" : "")}",
            _ => resource.GetType().Name,
        });
    }

    [Theory]
    [InlineData("Nothing", ODataFaultKind.NotFound)]
    [InlineData("productsonsale", ODataFaultKind.NotFound)]
    [InlineData("ProductsOnSale('a')/cost", ODataFaultKind.NotFound)]
    [InlineData("ProductsOnSale('a')/$count/x", ODataFaultKind.NotFound)]
    [InlineData("ProductsOnSale('a", ODataFaultKind.Malformed)]
    [InlineData("ProductsOnSale(3)", ODataFaultKind.Malformed)]
    [InlineData("ProductsOnSale('%zz')", ODataFaultKind.Malformed)]
    [InlineData("ProductsOnSale('%FF')", ODataFaultKind.Malformed)]
    [InlineData("$batch", ODataFaultKind.NotSupported)]
    [InlineData("ProductsOnSale('a')/$ref", ODataFaultKind.NotSupported)]
    [InlineData("ProductsOnSale/$filter(name eq 'x')", ODataFaultKind.NotSupported)]
    public void Paths_to_nothing_are_refused(string path, ODataFaultKind kind)
    {
        Assert.False(ResourceReader.Read(Shop.Model, path).TryGet(out _, out var faults));
        Assert.Equal(kind, Assert.Single(faults).Kind);
    }

    private static void Refuse(ODataFaultKind kind, string at, params (string Name, string Value)[] options)
    {
        var faults = new List<ODataFault>();
        Assert.Null(Shop.Read(faults, options));
        var fault = Assert.Single(faults);
        Assert.Equal((kind, at), (fault.Kind, fault.At));
    }
}
