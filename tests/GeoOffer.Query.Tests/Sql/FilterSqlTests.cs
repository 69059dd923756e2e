using GeoOffer.Query.Catalogue;
using GeoOffer.Query.Crs;
using GeoOffer.Query.Filters;
using GeoOffer.Query.Sql;
using NetTopologySuite.Geometries;
using static GeoOffer.Query.Tests.Sample;

namespace GeoOffer.Query.Tests.Sql;

public sealed class FilterSqlTests
{
    private static readonly Filter Kind = Equal("kind", Literal.Of("brownfield"));

    private static readonly Filter Area = Compare("area_ha", ComparisonOperator.GreaterOrEqual, Literal.Of(40));

    private static readonly Point Duomo = new(9.1919, 45.4642) { SRID = 4326 };

    [Theory]
    [InlineData(ComparisonOperator.Equal, "=")]
    [InlineData(ComparisonOperator.NotEqual, "<>")]
    [InlineData(ComparisonOperator.Less, "<")]
    [InlineData(ComparisonOperator.LessOrEqual, "<=")]
    [InlineData(ComparisonOperator.Greater, ">")]
    [InlineData(ComparisonOperator.GreaterOrEqual, ">=")]
    public void Comparison_sends_the_value_as_a_parameter(ComparisonOperator @operator, string symbol) => AssertSql(
        Compare("name", @operator, Literal.Of("Area Ex-Falck")),
        $"""t."name_it" {symbol} $1""",
        new SqlParameter("Area Ex-Falck", SqlParameterType.Text));

    [Fact]
    public void Parameters_have_the_type_of_the_property()
    {
        AssertSql(Area, """t."gross_ha" >= $1""", new SqlParameter(40.0, SqlParameterType.Number));
        AssertSql(Equal("owner_count", Literal.Of(2)), """t."owners" = $1""", new SqlParameter(2L, SqlParameterType.Integer));
        AssertSql(
            Equal("verified_on", Literal.Of("2023-01-31")),
            """t."verified" = $1""",
            new SqlParameter(new DateOnly(2023, 1, 31), SqlParameterType.Date));
        AssertSql(
            Equal("updated_at", Literal.Of("2023-01-31T01:00:00+01:00")),
            """t."updated" = $1""",
            new SqlParameter(new DateTimeOffset(2023, 1, 31, 0, 0, 0, TimeSpan.Zero), SqlParameterType.Timestamp));
    }

    [Fact]
    public void The_first_and_the_last_day_are_no_parameters_which_the_driver_would_take_for_infinite()
    {
        AssertSql(Equal("verified_on", Literal.Of("9999-12-31")), """t."verified" = DATE '9999-12-31'""");
        AssertSql(Equal("verified_on", Literal.Of("0001-01-01")), """t."verified" = DATE '0001-01-01'""");
        AssertSql(Equal("updated_at", Literal.Of("0001-01-01T00:00:00Z")), """t."updated" = TIMESTAMPTZ '0001-01-01T00:00:00Z'""");
    }

    [Fact]
    public void A_boolean_is_a_keyword_so_that_partial_indexes_are_considered() =>
        AssertSql(Equal("is_served", Literal.Of(true)), """t."served" = TRUE""");

    [Fact]
    public void Two_properties_compare_without_parameters() => AssertSql(
        new Comparison(ComparisonOperator.Less, Reference("owner_count"), Reference("area_ha")),
        "t.\"owners\" < t.\"gross_ha\"");

    [Fact]
    public void A_literal_may_stand_on_the_left() => AssertSql(
        new Comparison(ComparisonOperator.Less, Literal.Of(40), Reference("area_ha")),
        "$1 < t.\"gross_ha\"",
        new SqlParameter(40.0, SqlParameterType.Number));

    [Fact]
    public void Connectives_keep_their_grouping() => AssertSql(
        new And([new Or([Kind, Area]), new Not(new Or([Kind, new IsNull(Reference("name"))]))]),
        """((t."kind_code" = $1 OR t."gross_ha" >= $2) AND NOT ((t."kind_code" = $3 OR t."name_it" IS NULL)))""",
        new SqlParameter("brownfield", SqlParameterType.Text),
        new SqlParameter(40.0, SqlParameterType.Number),
        new SqlParameter("brownfield", SqlParameterType.Text));

    [Fact]
    public void Empty_connectives_are_constants()
    {
        AssertSql(new And([]), "TRUE");
        AssertSql(new Or([]), "FALSE");
    }

    [Fact]
    public void IsTrue_closes_three_valued_logic() =>
        AssertSql(new Not(new IsTrue(Area)), """NOT (((t."gross_ha" >= $1) IS TRUE))""", new SqlParameter(40.0, SqlParameterType.Number));

    [Fact]
    public void Between_is_closed() => AssertSql(
        new Between(Reference("area_ha"), Literal.Of(34), Literal.Of(46.5)),
        """t."gross_ha" BETWEEN $1 AND $2""",
        new SqlParameter(34.0, SqlParameterType.Number),
        new SqlParameter(46.5, SqlParameterType.Number));

    [Fact]
    public void In_lists_its_options() => AssertSql(
        new In(Reference("kind"), [Literal.Of("greenfield"), Literal.Of("unknown")]),
        """t."kind_code" IN ($1, $2)""",
        new SqlParameter("greenfield", SqlParameterType.Text),
        new SqlParameter("unknown", SqlParameterType.Text));

    [Fact]
    public void A_pattern_is_a_parameter_too() => AssertSql(
        new Not(new Like(Reference("name"), Literal.Of("Ex-%"))),
        """NOT (t."name_it" LIKE $1)""",
        new SqlParameter("Ex-%", SqlParameterType.Text));

    [Fact]
    public void A_literal_is_never_null()
    {
        AssertSql(new IsNull(Literal.Of("x")), "FALSE");
        AssertSql(new IsNull(new BoundingBoxLiteral(new BoundingBox(8, 44, 12, 47))), "FALSE");
        AssertSql(new IsNull(Reference("geometry")), "t.\"geom\" IS NULL");
    }

    [Fact]
    public void In_nothing_is_false() => AssertSql(new In(Reference("kind"), []), "FALSE");

    [Theory]
    [InlineData(ArrayOperator.Overlaps, """t."function_codes" && $1""")]
    [InlineData(ArrayOperator.Contains, """t."function_codes" @> $1""")]
    [InlineData(ArrayOperator.ContainedBy, """t."function_codes" <@ $1""")]
    [InlineData(ArrayOperator.Equals, """(t."function_codes" @> $1 AND t."function_codes" <@ $1)""")]
    public void Array_relations_are_those_of_sets(ArrayOperator @operator, string expected) => AssertSql(
        new ArrayRelation(@operator, Reference("functions"), Literal.Of(["industrial", "offices"])),
        expected,
        new SqlParameter(new[] { "industrial", "offices" }, SqlParameterType.TextArray));

    [Theory]
    [InlineData(SpatialOperator.Intersects, """(t."geom" && $1 AND ST_Intersects(t."geom", $1))""")]
    [InlineData(SpatialOperator.Within, """(t."geom" && $1 AND ST_Within(t."geom", $1))""")]
    [InlineData(SpatialOperator.Contains, """(t."geom" && $1 AND ST_Contains(t."geom", $1))""")]
    [InlineData(SpatialOperator.Touches, """(t."geom" && $1 AND ST_Touches(t."geom", $1))""")]
    [InlineData(SpatialOperator.Crosses, """(t."geom" && $1 AND ST_Crosses(t."geom", $1))""")]
    [InlineData(SpatialOperator.Overlaps, """(t."geom" && $1 AND ST_Overlaps(t."geom", $1))""")]
    [InlineData(SpatialOperator.Equals, """(t."geom" && $1 AND ST_Equals(t."geom", $1))""")]
    [InlineData(SpatialOperator.Disjoint, """NOT ST_Intersects(t."geom", $1)""")]
    public void Spatial_relations_leave_the_column_bare_for_its_index(SpatialOperator @operator, string expected) => AssertSql(
        new SpatialRelation(@operator, Reference("geometry"), new GeometryLiteral(Duomo)),
        expected,
        new SqlParameter(Duomo, SqlParameterType.Geometry));

    [Fact]
    public void A_box_returns_features_without_geometry_too() => AssertSql(
        BboxFilter.For(Open, new BoundingBox(8, 44, 12, 47)),
        """(t."geom" IS NULL OR (t."geom" && $1 AND ST_Intersects(t."geom", $1)))""",
        new SqlParameter(Rectangle(8, 44, 12, 47), SqlParameterType.Geometry));

    [Fact]
    public void A_box_across_the_antimeridian_is_two_narrow_ones() => AssertSql(
        BboxFilter.For(Open, new BoundingBox(170, -10, -170, 10)),
        """(t."geom" IS NULL OR (t."geom" && $1 AND ST_Intersects(t."geom", $1)) OR (t."geom" && $2 AND ST_Intersects(t."geom", $2)))""",
        new SqlParameter(Rectangle(170, -10, 180, 10), SqlParameterType.Geometry),
        new SqlParameter(Rectangle(-180, -10, -170, 10), SqlParameterType.Geometry));

    [Fact]
    public void Times_leave_the_column_bare_for_its_index()
    {
        var (day, noon) = (Literal.Of(new DateOnly(2023, 1, 31)), Literal.Of(new DateTimeOffset(2023, 1, 31, 12, 0, 0, TimeSpan.Zero)));

        AssertSql(
            new TemporalRelation(TemporalOperator.After, Reference("updated_at"), day),
            """t."updated" > $1""",
            new SqlParameter(new DateTimeOffset(2023, 1, 31, 23, 59, 59, 999, 999, TimeSpan.Zero), SqlParameterType.Timestamp));
        AssertSql(
            new TemporalRelation(TemporalOperator.Before, Reference("verified_on"), Literal.Of("2023-01-31")),
            """t."verified" < $1""",
            new SqlParameter(new DateOnly(2023, 1, 31), SqlParameterType.Date));
        AssertSql(
            new TemporalRelation(TemporalOperator.During, Reference("updated_at"), new Interval(noon, null)),
            """(t."updated" > $1 AND t."updated" < 'infinity'::timestamptz)""",
            new SqlParameter(new DateTimeOffset(2023, 1, 31, 12, 0, 0, TimeSpan.Zero), SqlParameterType.Timestamp));
    }

    [Fact]
    public void Distances_are_narrowed_by_a_box()
    {
        var distance = new FunctionCall("distance", [Reference("geometry"), new GeometryLiteral(Duomo)]);
        var builder = new SqlBuilder();
        FilterSql.Append(builder, FilterChecker.Check(new Comparison(ComparisonOperator.LessOrEqual, distance, Literal.Of(1000)), Open).Value, "t");
        var sql = builder.Build();

        Assert.Equal("""(t."geom" && $3 AND ST_Distance(t."geom"::geography, $1::geography) <= $2)""", sql.Text);
        var box = Assert.IsAssignableFrom<Geometry>(sql.Parameters[2].Value).EnvelopeInternal;
        Assert.InRange(box.MaxY - Duomo.Y, 1000 / 111_200.0, 0.2);
        Assert.InRange(box.MaxX - Duomo.X, 1000 / 78_000.0, 0.3);
        AssertSql(
            new Comparison(ComparisonOperator.Greater, distance, Literal.Of(1000)),
            """ST_Distance(t."geom"::geography, $1::geography) > $2""",
            new SqlParameter(Duomo, SqlParameterType.Geometry),
            new SqlParameter(1000.0, SqlParameterType.Number));
    }

    [Fact]
    public void Arithmetic_is_in_double_precision_and_never_divides_by_zero() => AssertSql(
        new Comparison(
            ComparisonOperator.Equal,
            new Arithmetic(ArithmeticOperator.Multiply, Reference("owner_count"), Literal.Of(1)),
            new Arithmetic(ArithmeticOperator.Divide, Reference("area_ha"), Reference("owner_count"))),
        """(t."owners"::double precision * $1) = (t."gross_ha" / NULLIF(t."owners"::double precision, 0))""",
        new SqlParameter(1.0, SqlParameterType.Number));

    [Fact]
    public void Folds_mean_the_same_in_any_order()
    {
        Filter Folding(Fold inner, Fold outer) => new Comparison(
            ComparisonOperator.Equal, new Folded(outer, new Folded(inner, Reference("name"))), new Folded(outer, new Folded(inner, Literal.Of("É"))));
        string Written(Filter filter)
        {
            var builder = new SqlBuilder();
            FilterSql.Append(builder, FilterChecker.Check(filter, Open).Value, "t");
            return builder.Build().Text;
        }

        Assert.Equal(Written(Folding(Fold.Case, Fold.Accent)), Written(Folding(Fold.Accent, Fold.Case)));
    }

    [Fact]
    public void Fragments_share_one_numbering()
    {
        var builder = new SqlBuilder().Append("SELECT ").AppendParameter(1L, SqlParameterType.Integer).Append(" WHERE ");
        FilterSql.Append(builder, FilterChecker.Check(Area, Open).Value, "s");
        builder.Append(" LIMIT ").AppendParameter(null, SqlParameterType.Integer);

        var sql = builder.Build();

        Assert.Equal("""SELECT $1 WHERE s."gross_ha" >= $2 LIMIT $3""", sql.Text);
        Assert.Equal([1L, 40.0, null], sql.Parameters.Select(parameter => parameter.Value));
    }

    [Theory]
    [InlineData(Role.Public, """t."is_public" = TRUE""")]
    [InlineData(Role.Scout, """t."is_public" = TRUE""")]
    [InlineData(Role.Editor, "TRUE")]
    public void Visibility_holds_below_its_role(Role role, string expected)
    {
        foreach (var collection in new[] { Sites, Sites.VisibleTo(Role.Public) })
        {
            var builder = new SqlBuilder();
            FilterSql.AppendVisibility(builder, collection, role, "t");

            Assert.Equal(expected, builder.Build().Text);
        }
    }

    [Fact]
    public void Identifiers_are_quoted()
    {
        var builder = new SqlBuilder().AppendRelation(new Relation("layer", "a\"b; DROP TABLE x")).AppendIdentifier("\"");

        Assert.Equal("\"layer\".\"a\"\"b; DROP TABLE x\"\"\"\"\"", builder.Build().Text);
    }

    private static Geometry Rectangle(double west, double south, double east, double north) =>
        new BoundingBox(west, south, east, north).ToGeometries()[0];

    private static void AssertSql(Filter filter, string text, params SqlParameter[] parameters)
    {
        var builder = new SqlBuilder();
        FilterSql.Append(builder, FilterChecker.Check(filter, Open).Value, "t");
        var sql = builder.Build();

        Assert.Equal(text, sql.Text);
        Assert.Equal(parameters.Select(parameter => parameter.Type), sql.Parameters.Select(parameter => parameter.Type));
        Assert.Equal(parameters.Select(parameter => parameter.Value), sql.Parameters.Select(parameter => parameter.Value));
    }
}
