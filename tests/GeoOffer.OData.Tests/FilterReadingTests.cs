using GeoOffer.Query.Filters;
using GeoOffer.Query.Filters.Cql2Text;

namespace GeoOffer.OData.Tests;

/// <summary>What conditions of OData are in the tree of the house, written as CQL2.</summary>
public sealed class FilterReadingTests
{
    [Theory]
    [InlineData("brand eq 'O''Neil'", "brand = 'O''Neil'")]
    [InlineData("price lt 0.1", "price < 0.1")]
    [InlineData("price lt 12345678.123456789", "price < 12345678.123456789")]
    [InlineData("price gt 2.5m or price le -5", "price > 2.5 OR price <= -5")]
    [InlineData("price gt stock", "price > stock")]
    [InlineData("stock eq 3.5", "stock = 3.5")]
    [InlineData("price mul 1.5 gt 3", "price * 1.5 > 3")]
    [InlineData("stock div 2 eq 1", "stock div 2 = 1")]
    [InlineData("price div 2 lt 1 and stock mod 3 lt 1", "price / 2 < 1 AND stock % 3 < 1")]
    [InlineData("made_on lt 2024-02-29", "made_on < DATE('2024-02-29')")]
    [InlineData("changed_at ge 2024-02-29T12:00:00+01:00", "changed_at >= TIMESTAMP('2024-02-29T11:00:00Z')")]
    [InlineData("changed_at ge 2024-02-29", "changed_at >= TIMESTAMP('2024-02-29T00:00:00Z')")]
    [InlineData("date(changed_at) lt 2024-02-29", "changed_at < DATE('2024-02-29')")]
    [InlineData("is_new", "is_new")]
    [InlineData("is_new and not is_new", "is_new AND NOT is_new")]
    [InlineData("name eq null and null ne price", "name IS NULL AND price IS NOT NULL")]
    [InlineData("price lt null or null", "FALSE OR FALSE")]
    [InlineData("not null", "NOT TRUE")]
    [InlineData("place eq null", "place IS NULL")]
    [InlineData("brand ne 'x'", "brand <> 'x'")]
    [InlineData("name ne 'x'", "name <> 'x' OR name IS NULL")]
    [InlineData("startswith(name,'50%_a\\')", @"name LIKE '50\%\_a\\%'")]
    [InlineData("endswith(tolower(name),'x') and contains(NAME, '')", "lower(name) LIKE '%x' AND name LIKE '%%'")]
    [InlineData("contains(name,'x') eq true", "name LIKE '%x%'")]
    [InlineData("length(name) gt 3 and Year(made_on) Eq 2024", "char_length(name) > 3 AND year(made_on) = 2024")]
    [InlineData("brand in ('a','','b\\x','c''d')", @"brand IN ('a', '', 'b\x', 'c''d')")]
    [InlineData("made_on in (2024-01-01, 2024-01-02)", "made_on IN (DATE('2024-01-01'), DATE('2024-01-02'))")]
    [InlineData("stock in (1,2) and brand in ('in (1)')", "stock IN (1, 2) AND brand = 'in (1)'")]
    [InlineData("tolower(brand) in ('a','b')", "lower(brand) IN ('a', 'b')")]
    [InlineData("tags/any(t: t eq 'a' or t in ('b','c'))", "A_OVERLAPS(tags, ('a', 'b', 'c'))")]
    [InlineData("'a' in tags", "A_OVERLAPS(tags, ('a'))")]
    [InlineData("tags/all(t: t eq 'a')", "tags IS NULL OR A_CONTAINEDBY(tags, ('a'))")]
    [InlineData("geo.distance(place,geography'SRID=4326;POINT(9.19 45.46)') lt 5000", "distance(place, POINT(9.19 45.46)) < 5000")]
    [InlineData("5000 ge geo.distance(geography'POINT(9.19 45.46)',place)", "5000 >= distance(POINT(9.19 45.46), place)")]
    [InlineData("geo.intersects(place,geography'SRID=4326;MULTIPOLYGON(((9 45,10 45,10 46,9 45)))')", "S_INTERSECTS(place, MULTIPOLYGON(((9 45, 10 45, 10 46, 9 45))))")]
    [InlineData("geo.length(place) gt 10.5", "length(place) > 10.5")]
    public void A_condition_has_one_meaning(string odata, string cql2) => Assert.Equal(Tree(cql2).ToString(), Read(odata).ToString());

    [Theory]
    [InlineData("not (price gt 3)", "price > 3")]
    [InlineData("not (name eq 'x')", "name = 'x'")]
    [InlineData("not (name in ('x','y') )", "name IN ('x', 'y')")]
    [InlineData("not ('a' in tags)", "A_OVERLAPS(tags, ('a'))")]
    [InlineData("not tags/any(t: t eq 'a')", "A_OVERLAPS(tags, ('a'))")]
    [InlineData("tags/all(t: t ne 'a')", "A_OVERLAPS(tags, ('a'))")]
    public void What_is_false_of_a_missing_value_is_true_when_negated(string odata, string negated) =>
        Assert.Equal(new Not(new IsTrue(Tree(negated))).ToString(), Read(odata).ToString());

    [Theory]
    [InlineData("not (brand eq 'x')", "NOT brand = 'x'")]
    [InlineData("not contains(name,'x')", "NOT name LIKE '%x%'")]
    [InlineData("not not (price gt 3)", "NOT (NOT (price > 3))")]
    public void Other_negations_are_plain(string odata, string cql2) => Assert.Equal(Tree(cql2).ToString(), Read(odata).ToString());

    [Fact]
    public void Aliases_stand_for_their_values()
    {
        var tree = Read(
            "price lt @limit and brand eq @b and geo.distance(place,@p) le @d and name eq @none",
            ("@limit", "500"), ("@b", "'it''s @home'"), ("@p", "geography'SRID=4326;POINT(9 45)'"), ("@d", "10.5"));
        Assert.Equal(Tree("price < 500 AND brand = 'it''s @home' AND distance(place, POINT(9 45)) <= 10.5 AND name IS NULL").ToString(), tree.ToString());
    }

    [Fact]
    public void A_list_of_a_thousand_members_is_one_membership()
    {
        var membership = Assert.IsType<In>(Read($"stock in ({string.Join(',', Enumerable.Range(0, 1000))})"));
        Assert.Equal(Enumerable.Range(0, 1000).Select(number => Literal.Of((long)number)), membership.Options);
    }

    [Fact]
    public void A_text_with_a_backslash_in_a_list_is_itself() =>
        Assert.Equal([Literal.Of(@"a\"), Literal.Of(@"\b\")], Assert.IsType<In>(Read(@"brand in ('a\','\b\')")).Options);

    [Fact]
    public void A_chain_of_hundreds_of_conditions_is_flat() =>
        Assert.Equal(300, Assert.IsType<Or>(Read(string.Join(" or ", Enumerable.Range(0, 300).Select(number => $"price gt {number}")))).Operands.Length);

    private static Filter Tree(string cql2) => Cql2TextReader.Read(cql2, Shop.Products).Value.Root;

    private static Filter Read(string filter, params (string Name, string Value)[] aliases)
    {
        var faults = new List<ODataFault>();
        var query = Shop.Read(faults, [("$filter", filter), .. aliases]);
        Assert.Empty(faults);
        return FilterChecker.Check(query!.Filter!, Shop.Products).Value.Root;
    }
}
