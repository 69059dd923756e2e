using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using GeoOffer.Query.Crs;
using GeoOffer.Query.Filters;
using GeoOffer.Query.Filters.Cql2Text;
using static GeoOffer.Query.Tests.Sample;
using Interval = GeoOffer.Query.Filters.Interval;

namespace GeoOffer.Query.Tests.Filters.Cql2Text;

public sealed class Cql2TextReaderTests
{
    private static readonly Config Thorough = Config.QuickThrowOnFailure.WithMaxTest(1000);

    public static TheoryData<string, Filter> Filters => new()
    {
        { "area_ha >= 40", Compare("area_ha", ComparisonOperator.GreaterOrEqual, Literal.Of(40)) },
        { "area_ha>=-4.5e1", Compare("area_ha", ComparisonOperator.GreaterOrEqual, Literal.Of(-45.0)) },
        { "40 < \"area_ha\"", new Comparison(ComparisonOperator.Less, Literal.Of(40), Reference("area_ha")) },
        { "owner_count <> area_ha", new Comparison(ComparisonOperator.NotEqual, Reference("owner_count"), Reference("area_ha")) },
        { "(name) = 'd''Arco \\'x\\y\\\\''", Equal("name", Literal.Of(@"d'Arco 'x\y\'")) },
        { "\"a \"\"b\"\"\" IS NULL", new IsNull(Reference("a \"b\"")) },
        { "verified_on < date('2023-01-31')", Compare("verified_on", ComparisonOperator.Less, Literal.Of(new DateOnly(2023, 1, 31))) },
        {
            "updated_at = TIMESTAMP('2023-01-31T12:00:00.5Z')",
            Equal("updated_at", Literal.Of(new DateTimeOffset(2023, 1, 31, 12, 0, 0, 500, TimeSpan.Zero)))
        },
        { "is_served = TRUE AND NOT false", new And([Equal("is_served", Literal.Of(true)), new Not(new Constant(false))]) },
        { "name NOT LIKE '50\\%%'", new Not(new Like(Reference("name"), Literal.Of(@"50\%%"))) },
        { "kind not in ('greenfield')", new Not(new In(Reference("kind"), [Literal.Of("greenfield")])) },
        { "area_ha NOT BETWEEN 1 AND 2 OR name IS NOT NULL", new Or([
            new Not(new Between(Reference("area_ha"), Literal.Of(1), Literal.Of(2))), new Not(new IsNull(Reference("name")))]) },
        { "name='a' OR name='b' AND name='c'", new Or([
            Equal("name", Literal.Of("a")), new And([Equal("name", Literal.Of("b")), Equal("name", Literal.Of("c"))])]) },
        { "((name='a' AND (name='b')) AND name='c')", new And([
            Equal("name", Literal.Of("a")), Equal("name", Literal.Of("b")), Equal("name", Literal.Of("c"))]) },
        { "a_overlaps(functions, ('offices','logistics'))",
            new ArrayRelation(ArrayOperator.Overlaps, Reference("functions"), Literal.Of(["offices", "logistics"])) },
        { "A_CONTAINEDBY((), functions)", new ArrayRelation(ArrayOperator.ContainedBy, Literal.Of([]), Reference("functions")) },
        { "date = 1 AND point = 2", new And([Equal("date", Literal.Of(1)), Equal("point", Literal.Of(2))]) },
        { "12345678901234567890 = area_ha", new Comparison(ComparisonOperator.Equal, Literal.Of(12345678901234567890.0), Reference("area_ha")) },
        { "is_served AND NOT f()", new And([new Holds(Reference("is_served")), new Not(new Holds(new FunctionCall("f", [])))]) },
        { "(area_ha > 4) = TRUE", new Comparison(
            ComparisonOperator.Equal, new Truth(Compare("area_ha", ComparisonOperator.Greater, Literal.Of(4))), Literal.Of(true)) },
        { "(a + 1) * -b ^ 2 > 3 - 2 - 1", new Comparison(ComparisonOperator.Greater,
            Of(ArithmeticOperator.Multiply,
                Of(ArithmeticOperator.Add, Reference("a"), Literal.Of(1)),
                Of(ArithmeticOperator.Power, Of(ArithmeticOperator.Multiply, Literal.Of(-1), Reference("b")), Literal.Of(2))),
            Of(ArithmeticOperator.Subtract, Of(ArithmeticOperator.Subtract, Literal.Of(3), Literal.Of(2)), Literal.Of(1))) },
        { "a-1 = a DIV -2 % 3", new Comparison(ComparisonOperator.Equal,
            Of(ArithmeticOperator.Subtract, Reference("a"), Literal.Of(1)),
            Of(ArithmeticOperator.Remainder, Of(ArithmeticOperator.IntegerDivide, Reference("a"), Literal.Of(-2)), Literal.Of(3))) },
        { "casei(ACCENTI(name)) LIKE AccentI('É_')", new Like(
            new Folded(Fold.Case, new Folded(Fold.Accent, Reference("name"))), new Folded(Fold.Accent, Literal.Of("É_"))) },
        { "t_during(INTERVAL('..', a), INTERVAL('2023-01-31', '2023-02-01T00:00:00Z'))", new TemporalRelation(TemporalOperator.During,
            new Interval(null, Reference("a")),
            new Interval(Literal.Of(new DateOnly(2023, 1, 31)), Literal.Of(new DateTimeOffset(2023, 2, 1, 0, 0, 0, TimeSpan.Zero)))) },
        { "f(('a'), (b), (1 + 2), ((1 + 2)), (a = 1, TRUE), ())", new Holds(new FunctionCall("f", [
            Literal.Of(["a"]),
            new ArrayExpression([Reference("b")]),
            Of(ArithmeticOperator.Add, Literal.Of(1), Literal.Of(2)),
            new ArrayExpression([Of(ArithmeticOperator.Add, Literal.Of(1), Literal.Of(2))]),
            new ArrayExpression([new Truth(Equal("a", Literal.Of(1))), Literal.Of(true)]),
            Literal.Of([]),
        ])) },
        { "A_EQUALS((1), (('a')))", new ArrayRelation(ArrayOperator.Equals,
            new ArrayExpression([Literal.Of(1)]), new ArrayExpression([Literal.Of(["a"])])) },
        { "owner_count = -9223372036854775808", Equal("owner_count", Literal.Of(long.MinValue)) },
    };

    [Theory]
    [MemberData(nameof(Filters), DisableDiscoveryEnumeration = true)]
    public void A_text_reads_as_its_tree(string text, Filter expected) => Assert.Equal(expected, Cql2TextReader.Read(text).Value);

    [Fact]
    public void What_is_printed_is_read_back() => Prop.ForAll(
        Generators.Filter.Select(Normal).ToArbitrary(),
        filter => Cql2TextReader.Read(Cql2TextWriter.Write(filter)).Value.Equals(filter)).Check(Thorough);

    [Theory]
    [InlineData("", "a condition, or the property or value that starts one", "the end", 1, 1)]
    [InlineData("  \r\n\t", "a condition, or the property or value that starts one", "the end", 2, 2)]
    [InlineData("40", "a comparison of it: =, <>, <, <=, >, >=, LIKE, BETWEEN, IN or IS NULL", "the end", 1, 3)]
    [InlineData("area_ha 40", "a comparison of it (=, <>, <, <=, >, >=, LIKE, BETWEEN, IN or IS NULL), AND, OR or the end", "the number 40", 1, 9)]
    [InlineData("area_ha >\n=40", "a property or a value", "=", 2, 1)]
    [InlineData("area_ha > 40 and\n  'a'", "a comparison of it: =, <>, <, <=, >, >=, LIKE, BETWEEN, IN or IS NULL", "the end", 2, 6)]
    [InlineData("area_ha > 40 kind = 'x'", "AND, OR or the end", "the word kind", 1, 14)]
    [InlineData("(area_ha > 40", "AND, OR or )", "the end", 1, 14)]
    [InlineData("area_ha > 40)", "AND, OR or the end", ")", 1, 13)]
    [InlineData("area_ha != 40", "<> for 'not equal'", "!", 1, 9)]
    [InlineData("name = 'Cernusco", "a closing ' for the one that opens here", "the end", 1, 8)]
    [InlineData("name = '🌾' AND ;", "a property, a value, an operator or a parenthesis", ";", 1, 16)]
    [InlineData("name LIKE 5", "a pattern between single quotes", "the number 5", 1, 11)]
    [InlineData("name NOT 5", "LIKE, BETWEEN or IN", "the number 5", 1, 10)]
    [InlineData("kind IN 'a'", "(", "the text 'a'", 1, 9)]
    [InlineData("kind IN ()", "a property or a value", ")", 1, 10)]
    [InlineData("kind IN ('a' 'b')", ") or ,", "the text 'b'", 1, 14)]
    [InlineData("area_ha BETWEEN 1 OR 2", "AND", "the word OR", 1, 19)]
    [InlineData("area_ha IS 5", "NULL", "the number 5", 1, 12)]
    [InlineData("AND area_ha > 4", "a condition, or the property or value that starts one",
        "the word AND (a property of that name is written \"AND\")", 1, 1)]
    [InlineData("area_ha * > 4", "a number, or the property or function that gives one", ">", 1, 11)]
    [InlineData("2 ^ 3 ^ 4 > 4", "parentheses around one of two powers", "^", 1, 7)]
    [InlineData("area_ha > +(4)", "a number", "(", 1, 12)]
    [InlineData("(1, 2 = 3", ") or ,", "the end", 1, 10)]
    [InlineData("T_AFTER(verified_on, INTERVAL('2023', '..'))", "a date 'YYYY-MM-DD', an instant 'YYYY-MM-DDThh:mm:ssZ', '..', or the property that is one",
        "the text '2023'", 1, 31)]
    [InlineData("CASEI(name, kind) = 'a'", ")", ",", 1, 11)]
    [InlineData("name LIKE CASEI(kind)", "a pattern between single quotes", "the word kind", 1, 17)]
    [InlineData("area_ha > 1e999", "a finite number", "the number 1e999", 1, 11)]
    [InlineData("area_ha > 1e", "the digits of an exponent", "e", 1, 12)]
    [InlineData("area_ha > .", "a number", ".", 1, 11)]
    [InlineData("verified_on > DATE('31/01/2023')", "a date 'YYYY-MM-DD'", "the text '31/01/2023'", 1, 20)]
    [InlineData("S_INTERSECTS(geometry, POINT(9))", "a number", ")", 1, 31)]
    [InlineData("S_INTERSECTS(geometry, POINT(9, 45))", "a number", ",", 1, 31)]
    [InlineData("S_INTERSECTS(geometry, LINESTRING(9 45))", "a line of at least two positions", "one position", 1, 34)]
    [InlineData("S_INTERSECTS(geometry, POLYGON((9 45, 10 45, 10 46, 9 46)))", "a ring that ends where it starts", "an open ring", 1, 32)]
    [InlineData("S_INTERSECTS(geometry, POLYGON((9 45, 10 45, 9 45)))", "a ring of at least four positions", "3", 1, 32)]
    [InlineData("S_INTERSECTS(geometry, BBOX(1,2,3))", "4 or 6 numbers, separated by commas", ")", 1, 34)]
    [InlineData("S_INTERSECTS(geometry, S_WITHIN(geometry, geometry))", "a property or a value", "a condition", 1, 24)]
    [InlineData("A_CONTAINS(functions, 1 = 1)", "a list in parentheses, or the property that is one", "a condition", 1, 23)]
    public void What_cannot_be_read_is_told_with_its_place(string text, string expected, string got, int line, int column) =>
        Assert.Equal(
            new FilterError("", null, expected, got) { Position = new TextPosition(line, column) },
            Assert.Single(Cql2TextReader.Read(text).Errors));

    [Fact]
    public void What_does_not_fit_the_collection_is_told_with_all_places()
    {
        const string Text = """
            kind IN ('greenfield', 5) AND (aera_ha > 4
            OR NOT name LIKE 'x') AND owner_count BETWEEN 'few' AND 5 AND a_overlaps(name, ('offices', 'casino'))
              AND s_intersects(geometry, POINT(9 190)) AND 5 = name
            """;

        var errors = Cql2TextReader.Read(Text, Open).Errors;

        Assert.Equal(
            [
                ("kind", "5", new TextPosition(1, 24)),
                ("aera_ha", "aera_ha", new TextPosition(1, 32)),
                ("owner_count", "few", new TextPosition(2, 47)),
                ("name", "a text", new TextPosition(2, 74)),
                (null, "9 190", new TextPosition(3, 30)),
                ("name", "5", new TextPosition(3, 48)),
            ],
            errors.Select(error => (error.Property, error.Got, error.Position!.Value)));
    }

    [Fact]
    public void Geometries_are_read_in_the_axis_order_of_their_system()
    {
        var east = Cql2TextReader.Read("S_WITHIN(geometry, BBOX(9, 45, 10, 46))").Value;
        var north = Cql2TextReader.Read("S_WITHIN(geometry, BBOX(45, 9, 46, 10))", CoordinateSystems.Get(4326)).Value;
        var metric = Cql2TextReader.Read("S_WITHIN(geometry, POINT(517000 5034000))", CoordinateSystems.Get(32632)).Value;

        Assert.Equal(new SpatialRelation(SpatialOperator.Within, Reference("geometry"), new BoundingBoxLiteral(new BoundingBox(9, 45, 10, 46))), east);
        Assert.Equal(east, north);
        Assert.Equal(32632, Assert.IsType<GeometryLiteral>(Assert.IsType<SpatialRelation>(metric).Right).Geometry.SRID);
    }

    [Theory]
    [InlineData("POINT Z (9 45 120)", "POINT (9 45)")]
    [InlineData("MULTIPOINT(9 45, 10 -46)", "MULTIPOINT ((9 45), (10 -46))")]
    [InlineData("multipolygon (((0 0,1 0,1 1,0 0),(.1 .1,.2 .1,.2 .2,.1 .1)))", "MULTIPOLYGON (((0 0, 1 0, 1 1, 0 0), (0.1 0.1, 0.2 0.1, 0.2 0.2, 0.1 0.1)))")]
    [InlineData("GEOMETRYCOLLECTION(POINT(1 2), LINESTRING(1 2 3,+4 5 -6))", "GEOMETRYCOLLECTION (POINT (1 2), LINESTRING (1 2, 4 5))")]
    public void Geometries_are_those_of_well_known_text(string text, string expected)
    {
        var relation = Assert.IsType<SpatialRelation>(Cql2TextReader.Read($"S_INTERSECTS({text}, geometry)").Value);
        Assert.Equal(expected, Assert.IsType<GeometryLiteral>(relation.Left).Geometry.ToText());
    }

    [Theory]
    [InlineData("(")]
    [InlineData("NOT (")]
    [InlineData("S_INTERSECTS(")]
    [InlineData("S_INTERSECTS(geometry,")]
    [InlineData("A_EQUALS(")]
    [InlineData("name IN (")]
    [InlineData("1 + ")]
    [InlineData("-")]
    [InlineData("f(1, ")]
    [InlineData("CASEI(")]
    [InlineData("name LIKE CASEI(")]
    [InlineData("T_AFTER(INTERVAL(")]
    [InlineData("2 ^ (")]
    public void A_depth_bomb_is_an_error_and_not_the_end_of_the_process(string piece) =>
        Assert.NotNull(Assert.Single(Cql2TextReader.Read(string.Concat(Enumerable.Repeat(piece, 200_000))).Errors).Position);

    [Fact]
    public void Whatever_comes_is_a_filter_or_an_error_inside_the_text()
    {
        string[] pieces =
        [
            "(", ")", ",", "'", "\"", "\\", "=", "<", ">", "-", "+", "*", "1", ".5e", "1e3", "name", "area_ha", "AND", "OR", "NOT", "IS", "NULL", "IN",
            "LIKE", "BETWEEN", "DATE", "TIMESTAMP", "POINT", "POLYGON", "BBOX", "Z", "S_WITHIN", "A_CONTAINS", "TRUE", "\0", "\ud83c", "🌾", "\n", " ", "'a'",
        ];
        Prop.ForAll(
            Gen.Elements(pieces).ArrayOf().Select(string.Concat).ToArbitrary(),
            text =>
            {
                var errors = Cql2TextReader.Read(text, Open).Errors;
                return errors.All(error => error.Position is { } at
                    && at.Line <= text.Split('\n').Length && at.Column <= text.Split('\n')[at.Line - 1].Length + 1);
            }).Check(Config.QuickThrowOnFailure.WithMaxTest(5000));
    }

    private static Arithmetic Of(ArithmeticOperator @operator, Expression left, Expression right) => new(@operator, left, right);

    /// <summary>The tree as text can say it: connectives of several members and flat, lists not empty, and conditions of the language only.</summary>
    private static Filter Normal(Filter filter) => filter switch
    {
        And and => Filter.All(and.Operands.Select(Normal).ToImmutableArray()),
        Or or => Filter.Any(or.Operands.Select(Normal).ToImmutableArray()),
        Not not => new Not(Normal(not.Operand)),
        IsTrue isTrue => Normal(isTrue.Operand),
        In { Options.IsEmpty: true } membership => new IsNull(membership.Operand),
        _ => filter,
    };
}
