using GeoOffer.Query.Catalogue;
using GeoOffer.Query.Filters;
using GeoOffer.Query.Paging;
using GeoOffer.Query.Sql;
using static GeoOffer.Query.Tests.Sample;

namespace GeoOffer.Query.Tests.Sql;

public sealed class FeatureSqlTests
{
    private static readonly FeatureRequest Request = new(Sites, Role.Public, 10) { Properties = ["name", "area_ha"] };

    [Fact]
    public void A_page_reads_key_geometry_properties_and_one_row_more()
    {
        var statement = FeatureSql.Select(FeatureQuery.Create(Request).Value);

        Assert.Equal(
            """
            SELECT ROW(t."site_code", t."geom", t."name_it", t."gross_ha") FROM "offer"."site" AS t WHERE t."is_public" = TRUE ORDER BY t."site_code" ASC LIMIT 11
            """,
            statement.Sql.Text);
        Assert.Empty(statement.Sql.Parameters);
        Assert.Equal(1, statement.Columns.GeometryOrdinal);
        Assert.Equal(2, statement.Columns.FirstPropertyOrdinal);
        Assert.Equal([0], statement.Columns.SortOrdinals);
    }

    [Fact]
    public void Sort_keys_that_are_not_shown_are_read_for_the_cursor()
    {
        var request = Request with
        {
            IncludeGeometry = false,
            SortBy =
            [
                new("verified_on", SortDirection.Descending, NullPlacement.Last),
                new("area_ha", SortDirection.Ascending, NullPlacement.First),
            ],
        };

        var statement = FeatureSql.Select(FeatureQuery.Create(request).Value);

        Assert.Equal(
            """
            SELECT ROW(t."site_code", t."name_it", t."gross_ha", t."verified") FROM "offer"."site" AS t JOIN (SELECT t."site_code" FROM "offer"."site" AS t WHERE t."is_public" = TRUE ORDER BY t."verified" DESC NULLS LAST, t."gross_ha" ASC NULLS FIRST, t."site_code" ASC LIMIT $1) AS page ON page."site_code" = t."site_code" ORDER BY t."verified" DESC NULLS LAST, t."gross_ha" ASC NULLS FIRST, t."site_code" ASC
            """,
            statement.Sql.Text);
        Assert.Null(statement.Columns.GeometryOrdinal);
        Assert.Equal([3, 2, 0], statement.Columns.SortOrdinals);
        Assert.Equal("verified_on", Assert.Single(statement.Columns.Further).Name);
    }

    [Fact]
    public void A_following_page_compares_the_position_as_a_row()
    {
        var request = Request with
        {
            SortBy = [new("updated_at", SortDirection.Ascending, NullPlacement.Last)],
            Filter = Equal("kind", Literal.Of("unknown")),
        };
        var instant = new DateTimeOffset(2023, 5, 1, 0, 0, 0, TimeSpan.Zero);
        var query = FeatureQuery.Create(request).Value.StartingAfter(new Cursor([new Value.Timestamp(instant), new Value.Text("GO-17")]));

        var sql = FeatureSql.Select(query).Sql;

        Assert.Contains(
            """
            WHERE t."is_public" = TRUE AND t."kind_code" = $1 AND (t."updated", t."site_code") > ($2, $3) ORDER BY t."updated" ASC, t."site_code" ASC LIMIT $4)
            """,
            sql.Text);
        Assert.Equal(["unknown", instant, "GO-17", 11L], sql.Parameters.Select(parameter => parameter.Value));
    }

    [Fact]
    public void A_page_by_key_alone_reads_its_rows_at_once() => Assert.Equal(
        """SELECT ROW(t."site_code", t."geom", t."name_it", t."gross_ha") FROM "offer"."site" AS t WHERE t."is_public" = TRUE ORDER BY t."site_code" ASC LIMIT 11 OFFSET $1""",
        FeatureSql.Select(FeatureQuery.Create(Request).Value.Skipping(3)).Sql.Text);

    [Fact]
    public void A_disjunction_is_held_together_beside_the_visibility()
    {
        var request = Request with { Filter = new Or([Equal("kind", Literal.Of("unknown")), new IsNull(Reference("name"))]) };

        var sql = FeatureSql.Select(FeatureQuery.Create(request).Value).Sql;

        Assert.Contains("""WHERE t."is_public" = TRUE AND (t."kind_code" = $1 OR t."name_it" IS NULL) ORDER BY""", sql.Text);
    }

    [Fact]
    public void An_export_is_all_features_as_they_are_stored()
    {
        var statement = FeatureSql.Records(FeatureQuery.Create(Request with { Limit = FeatureRequest.Unlimited }).Value, inOrder: false);

        Assert.Equal(
            """SELECT ROW(t."site_code", t."geom", t."name_it", t."gross_ha") FROM "offer"."site" AS t WHERE t."is_public" = TRUE""",
            statement.Sql.Text);
        Assert.Empty(statement.Sql.Parameters);
    }

    [Fact]
    public void An_export_keeps_condition_order_and_limit()
    {
        var request = Request with
        {
            IncludeGeometry = false,
            SortBy = [new("area_ha", SortDirection.Descending, NullPlacement.Last)],
            Filter = Equal("kind", Literal.Of("unknown")),
        };

        var statement = FeatureSql.Records(FeatureQuery.Create(request).Value, inOrder: true);

        Assert.Equal(
            """
            SELECT ROW(t."site_code", t."name_it", t."gross_ha") FROM "offer"."site" AS t WHERE t."is_public" = TRUE AND t."kind_code" = $1 ORDER BY t."gross_ha" DESC NULLS LAST, t."site_code" ASC LIMIT $2
            """,
            statement.Sql.Text);
        Assert.Equal(["unknown", 10L], statement.Sql.Parameters.Select(parameter => parameter.Value));
        Assert.Null(statement.Columns.GeometryOrdinal);
    }

    [Fact]
    public void A_count_is_of_what_the_role_may_see()
    {
        var sql = FeatureSql.Count(FeatureQuery.Create(Request with { Filter = Equal("kind", Literal.Of("unknown")) }).Value);

        Assert.Equal("""SELECT count(*) FROM "offer"."site" AS t WHERE t."is_public" = TRUE AND t."kind_code" = $1""", sql.Text);
    }

    [Fact]
    public void A_query_with_its_key_shows_it_once()
    {
        var without = FeatureQuery.Create(Request).Value.WithKey();

        Assert.Equal(["code", "name", "area_ha"], without.Properties.Select(property => property.Name));
        Assert.Equal(without, without.WithKey());
    }

    [Fact]
    public void A_single_feature_is_subject_to_visibility_and_role()
    {
        var forPublic = FeatureSql.Single(Sites, Role.Public, "GO-17");
        var forEditor = FeatureSql.Single(Sites, Role.Editor, "GO-17");

        Assert.EndsWith("""FROM "offer"."site" AS t WHERE t."is_public" = TRUE AND t."site_code" = $1""", forPublic.Sql.Text);
        Assert.DoesNotContain("contact_email", forPublic.Sql.Text);
        Assert.EndsWith("""FROM "offer"."site" AS t WHERE TRUE AND t."site_code" = $1""", forEditor.Sql.Text);
        Assert.Contains("contact_email", forEditor.Sql.Text);
        Assert.Equal([new SqlParameter("GO-17", SqlParameterType.Text)], forPublic.Sql.Parameters);
    }

    [Fact]
    public void An_id_that_is_no_text_to_PostgreSQL_names_no_feature()
    {
        foreach (var id in new[] { "a\0b", "a\ud800", "\udc00\ud800" })
        {
            var sql = FeatureSql.Single(Sites, Role.Public, id).Sql;

            Assert.EndsWith(" AND FALSE", sql.Text);
            Assert.Empty(sql.Parameters);
        }
    }
}
