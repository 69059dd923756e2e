using System.Collections.Immutable;
using GeoOffer.Query.Catalogue;
using GeoOffer.Query.Crs;
using GeoOffer.Query.Filters;
using static GeoOffer.Query.Tests.Sample;

namespace GeoOffer.Query.Tests.Filters;

public sealed class FilterCheckerTests
{
    [Fact]
    public void All_errors_are_reported_with_their_places()
    {
        var filter = new And([
            Equal("aera_ha", Literal.Of(40)),
            new Or([Equal("area_ha", Literal.Of("forty")), new Not(Equal("kind", Literal.Of("greyfield")))]),
            new In(Reference("owner_count"), [Literal.Of(1), Literal.Of("two"), Literal.Of(true)]),
        ]);

        Assert.Equal(
            [
                new FilterError("/args/0/args/0", "aera_ha", UnknownExpected(Open), "aera_ha"),
                new FilterError("/args/1/args/0/args/1", "area_ha", "a number", "forty"),
                new FilterError("/args/2/args/1/1", "owner_count", "a whole number", "two"),
                new FilterError("/args/2/args/1/2", "owner_count", "a whole number", "true"),
            ],
            ErrorsOf(filter));
    }

    [Fact]
    public void A_text_that_is_no_code_of_a_list_is_a_text_that_no_feature_has()
    {
        Assert.Empty(FilterChecker.Check(Equal("kind", Literal.Of("greyfield")), Sites).Errors);
        Assert.Empty(FilterChecker.Check(new ArrayRelation(ArrayOperator.Overlaps, Reference("functions"), Literal.Of(["offices", "casino"])), Sites).Errors);
    }

    [Fact]
    public void A_hidden_property_fails_like_an_unknown_one()
    {
        var visible = Sites.VisibleTo(Role.Scout);

        var hidden = Assert.Single(FilterChecker.Check(Equal("contact", Literal.Of("x")), visible).Errors);
        var unknown = Assert.Single(FilterChecker.Check(Equal("cantact", Literal.Of("x")), visible).Errors);

        Assert.Equal(hidden with { Property = "", Got = "" }, unknown with { Property = "", Got = "" });
        Assert.DoesNotContain("contact", hidden.Expected);
        Assert.True(FilterChecker.Check(Equal("contact", Literal.Of("x")), Sites.VisibleTo(Role.Editor)).TryGet(out _, out _));
    }

    public static TheoryData<string, Literal, Value> Conversions => new()
    {
        { "area_ha", Literal.Of(40), new Value.Number(40) },
        { "owner_count", Literal.Of(2.0), new Value.Integer(2) },
        { "owner_count", Literal.Of(2.5), new Value.Number(2.5) },
        { "verified_on", Literal.Of("2023-01-31"), new Value.Date(new DateOnly(2023, 1, 31)) },
        { "updated_at", Literal.Of("2023-01-31T00:00:00Z"), new Value.Timestamp(new DateTimeOffset(2023, 1, 31, 0, 0, 0, TimeSpan.Zero)) },
    };

    [Theory]
    [MemberData(nameof(Conversions), DisableDiscoveryEnumeration = true)]
    public void A_literal_takes_the_type_of_what_it_is_compared_with(string property, Literal literal, Value expected)
    {
        var right = new Comparison(ComparisonOperator.Equal, Reference(property), literal);
        var left = new Comparison(ComparisonOperator.Equal, literal, Reference(property));

        Assert.Equal(right with { Right = new Literal(expected) }, FilterChecker.Check(right, Open).Value.Root);
        Assert.Equal(left with { Left = new Literal(expected) }, FilterChecker.Check(left, Open).Value.Root);
    }

    public static TheoryData<Filter, string, string> Mismatches => new()
    {
        { Equal("name", Literal.Of(1)), "a text", "1" },
        { Equal("area_ha", Literal.Of(true)), "a number", "true" },
        { Equal("verified_on", Literal.Of("2023-02-29")), "a date (YYYY-MM-DD)", "2023-02-29" },
        { Equal("updated_at", Literal.Of("2023")), "an instant (YYYY-MM-DDThh:mm:ssZ)", "2023" },
        { Equal("is_served", Literal.Of("true")), "true or false", "true" },
        { Equal("area_ha", Literal.Of(double.NaN)), "a finite number", "NaN" },
        { Equal("name", Literal.Of("a\0")), "a text without the character NUL", "NUL at position 1" },
        { Equal("name", Literal.Of("\ud83c")), "a text of whole Unicode characters", "half a surrogate pair at position 0" },
        { Equal("functions", Literal.Of("industrial")), "a spatial, temporal or array operator", "a comparison with an array of texts" },
        { Equal("geometry", Literal.Of("POINT(9 45)")), "a spatial, temporal or array operator", "a comparison with a geometry" },
        { new Comparison(ComparisonOperator.Less, Reference("name"), Reference("area_ha")), "a text", "a number" },
        { new Between(Reference("area_ha"), Literal.Of(1), Literal.Of("x")), "a number", "x" },
        { new ArrayRelation(ArrayOperator.Overlaps, Reference("name"), Literal.Of(["a", "b"])), "an array of texts", "a text" },
        { new SpatialRelation(SpatialOperator.Intersects, Reference("name"), Reference("geometry")), "a geometry", "a text" },
        { new IsNull(Reference("nothing")), UnknownExpected(Open), "nothing" },
        { new Like(Reference("area_ha"), Literal.Of("4%")), "a text", "a number" },
        { new Like(Reference("name"), Literal.Of("a\0")), "a text without the character NUL", "NUL at position 1" },
        { new Like(Reference("name"), Literal.Of(@"50%\\\")), @"a pattern that says after \ what it takes the meaning from", @"50%\\\" },
        { new In(Reference("nothing"), [Literal.Of(1), Literal.Of(2)]), UnknownExpected(Open), "nothing" },
        { new Like(Reference("name"), Reference("kind")), "a pattern: a text, or one that is folded", "an expression" },
        { new Holds(Reference("area_ha")), "a comparison, or something that is true or false", "a number" },
        { Compared(new Arithmetic(ArithmeticOperator.Add, Reference("name"), Literal.Of(1))), "a number", "a text" },
        { Compared(new Arithmetic(ArithmeticOperator.Add, Literal.Of("1"), Literal.Of(1))), "a number", "1" },
        { Compared(new Folded(Fold.Case, Reference("area_ha"))), "a text", "a number" },
        { Compared(new FunctionCall("nearby", [])),
            "one of the functions abs, area, buffer, ceil, centroid, char_length, concat, day, distance, floor, length, lower, month, round, sqrt, upper, year", "nearby" },
        { Compared(new FunctionCall("buffer", [Reference("geometry")])), "buffer(geometry, distance, [unit])", "1 arguments" },
        { Compared(new FunctionCall("Abs", [Reference("name")])), "a number", "a text" },
        { Compared(new FunctionCall("year", [Literal.Of("last")])), "a date or an instant", "last" },
        { Compared(new FunctionCall("area", [Literal.Of("POINT(9 45)")])), "a geometry", "POINT(9 45)" },
        { Compared(new FunctionCall("area", [new BoundingBoxLiteral(new BoundingBox(9, 45, 10, 100))])),
            "coordinates inside WGS 84: x -180 to 180, y -90 to 90", "9,45,10,100" },
        { Compared(new FunctionCall("centroid", [Reference("geometry")])), "a spatial, temporal or array operator", "a comparison with a geometry" },
        { Within(Literal.Of(-1), Literal.Of("m")), "a distance from 0 to 1000000 metres", "-1" },
        { Within(Literal.Of(10), Literal.Of("km")), "the unit 'm'", "km" },
        { Within(Literal.Of(10), Reference("name")), "the unit 'm'", "an expression" },
        { new ArrayRelation(ArrayOperator.Equals, Reference("functions"), new ArrayExpression([Literal.Of(1)])), "an array of texts", "a list of other values than texts" },
        { new TemporalRelation(TemporalOperator.After, Reference("verified_on"), Reference("name")), "a date, an instant or an interval", "a text" },
        { new TemporalRelation(TemporalOperator.After, Reference("verified_on"), Literal.Of("soon")), "a date, an instant or an interval", "soon" },
        { new TemporalRelation(TemporalOperator.Meets, Reference("verified_on"), new Interval(null, null)), "an interval", "a date (YYYY-MM-DD)" },
        { new TemporalRelation(TemporalOperator.Before, Reference("verified_on"), new Interval(Literal.Of(new DateOnly(2023, 2, 1)), Literal.Of("2023-01-31"))),
            "an interval that does not end before it starts", "2023-02-01 to 2023-01-31" },
        { new TemporalRelation(TemporalOperator.Before, Reference("verified_on"), new Interval(Reference("area_ha"), null)), "a date or an instant", "a number" },
        { Equal("verified_on", Literal.Of(new DateTimeOffset(2023, 1, 1, 0, 0, 0, TimeSpan.Zero))), "a date (YYYY-MM-DD)", "2023-01-01T00:00:00Z" },
    };

    private static Comparison Compared(Expression expression) => new(ComparisonOperator.Equal, expression, expression is Folded ? Literal.Of("a") : Literal.Of(1));

    private static SpatialRelation Within(Expression distance, Expression unit) =>
        new(SpatialOperator.Within, Reference("geometry"), new FunctionCall("buffer", [Reference("geometry"), distance, unit]));

    [Theory]
    [MemberData(nameof(Mismatches), DisableDiscoveryEnumeration = true)]
    public void What_does_not_fit_is_one_error(Filter filter, string expected, string got)
    {
        var error = Assert.Single(ErrorsOf(filter));

        Assert.Equal((expected, got), (error.Expected, error.Got));
    }

    [Fact]
    public void An_instant_is_compared_with_the_whole_day()
    {
        var day = Literal.Of(new DateOnly(2023, 1, 31));
        var (first, last) = (
            Literal.Of(new DateTimeOffset(2023, 1, 31, 0, 0, 0, TimeSpan.Zero)), Literal.Of(new DateTimeOffset(2023, 1, 31, 23, 59, 59, 999, 999, TimeSpan.Zero)));
        Filter Checked(Filter filter) => FilterChecker.Check(filter, Open).Value.Root;

        Assert.Equal(new Between(Reference("updated_at"), first, last), Checked(Equal("updated_at", day)));
        Assert.Equal(Compare("updated_at", ComparisonOperator.Greater, last), Checked(Compare("updated_at", ComparisonOperator.Greater, Literal.Of("2023-01-31"))));
        Assert.Equal(
            Compare("updated_at", ComparisonOperator.Less, first),
            Checked(new Comparison(ComparisonOperator.Greater, day, Reference("updated_at"))));
    }

    [Fact]
    public void Errors_are_told_up_to_a_number()
    {
        var filter = new And([.. Enumerable.Range(0, 5000).Select(_ => Equal("nothing", Literal.Of(1)))]);

        Assert.Equal(FilterChecker.MaximumErrors, ErrorsOf(filter).Length);
    }

    [Fact]
    public void A_depth_bomb_of_values_is_an_error_too()
    {
        Expression bomb = Reference("name");
        Filter nested = new Constant(true);
        for (var level = 0; level < 5000; level++)
        {
            bomb = new Folded((Fold)(level % 2), bomb);
            nested = new Holds(new Truth(nested));
        }

        Assert.Equal("at most 100 levels", Assert.Single(ErrorsOf(new IsNull(bomb))).Expected);
        Assert.Equal("at most 100 levels", Assert.Single(ErrorsOf(nested)).Expected);
    }

    [Fact]
    public void A_code_list_binds_equality_but_not_order() =>
        Assert.True(FilterChecker.Check(Compare("kind", ComparisonOperator.Less, Literal.Of("c")), Open).TryGet(out _, out _));

    [Fact]
    public void A_depth_bomb_is_an_error_and_not_the_end_of_the_process()
    {
        Filter bomb = new Constant(true);
        for (var level = 0; level < 20_000; level++)
        {
            bomb = new Not(bomb);
        }

        Assert.Equal("at most 100 levels", Assert.Single(ErrorsOf(bomb)).Expected);
    }

    [Fact]
    public void More_values_than_a_statement_takes_are_an_error()
    {
        var options = Enumerable.Range(0, 70_000).Select(number => (Expression)Literal.Of(number)).ToImmutableArray();

        Assert.Equal("at most 10000 conditions and list members", Assert.Single(ErrorsOf(new In(Reference("area_ha"), options))).Expected);
    }

    [Fact]
    public void Trees_are_equal_by_value_and_their_text_tells_them_apart()
    {
        Filter[] trees =
        [
            new And([Equal("name", Literal.Of("a")), Equal("name", Literal.Of("b"))]),
            new Or([Equal("name", Literal.Of("a")), Equal("name", Literal.Of("b"))]),
            new In(Reference("name"), [Literal.Of("a"), Literal.Of("b")]),
            new In(Reference("name"), [Literal.Of("a', 'b")]),
            new In(Reference("name"), [Literal.Of(["a", "b"])]),
            new Like(Reference("name"), Literal.Of("a")),
            Equal("name", Literal.Of("1")),
            Equal("name", Literal.Of(1)),
            Equal("name", Literal.Of(1.0)),
            new Comparison(ComparisonOperator.Equal, Reference("a\", \"b"), Reference("c")),
            new Comparison(ComparisonOperator.Equal, Reference("a"), Reference("b\", \"c")),
        ];

        Assert.Equal(trees.Length, trees.Distinct().Count());
        Assert.Equal(trees.Length, trees.Select(tree => tree.ToString()).Distinct().Count());
        Assert.Equal(trees[0], new And([Equal("name", Literal.Of("a")), Equal("name", Literal.Of("b"))]));
    }

    private static ImmutableArray<FilterError> ErrorsOf(Filter filter) => FilterChecker.Check(filter, Open).Errors;

    private static string UnknownExpected(Collection collection) => $"a property of sites: {string.Join(
        ", ", collection.Properties.Select(property => property.Name).Append("geometry").Order(StringComparer.Ordinal))}";
}
