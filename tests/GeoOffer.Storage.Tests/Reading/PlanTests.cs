using System.Text.Json;
using GeoOffer.PostGis.Tiles;
using GeoOffer.Query.Catalogue;
using GeoOffer.Query.Filters;
using GeoOffer.Query.Filters.Cql2Text;
using GeoOffer.Query.Paging;
using GeoOffer.Query.Sql;
using GeoOffer.Storage.Catalogues;
using GeoOffer.Storage.Reading;
using GeoOffer.Storage.Tiles;
using GeoOffer.Testing;

namespace GeoOffer.Storage.Tests.Reading;

/// <summary>
/// How PostgreSQL finds what is asked for among many sites: by its indexes, without counting, and without transforming a column. The plans
/// themselves are the planner's; only what every good one has in common is held.
/// </summary>
public sealed class PlanTests(PostGisCluster cluster) : IAsyncLifetime
{
    private MigratedDatabase _database = null!;
    private Collection _sites = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _database = await ManySites.CreateAsync(cluster);
        using var catalogue = new CatalogueSource(_database.Database);
        _sites = (await catalogue.GetAsync(Token)).Find("sites")!;
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Theory]
    [InlineData(Role.Public)]
    [InlineData(Role.Scout)]
    public async Task The_first_page_is_read_along_the_key(Role role)
    {
        var plan = await ExplainAsync(FeatureSql.Select(Query(role)));
        Assert.Contains(plan.Indexes, index => index.Contains("code", StringComparison.Ordinal));
        HoldsLittle(plan, pageRows: 101);
    }

    [Fact]
    public async Task A_deep_page_starts_at_its_key()
    {
        var plan = await ExplainAsync(FeatureSql.Select(Query(Role.Public).StartingAfter(new Cursor([new Value.Text("S-015000")]))));
        Assert.Contains(plan.IndexConditions, condition => condition.Contains("S-015000", StringComparison.Ordinal));
        HoldsLittle(plan, pageRows: 101);
    }

    [Theory]
    [InlineData("9.0,45.4,9.05,45.45", null)]
    [InlineData("500000,5040000,504000,5044000", "32632")]
    public async Task A_box_is_searched_by_the_index_of_geometries_in_whatever_system(string box, string? srid)
    {
        var system = srid is null ? null : GeoOffer.Query.Crs.CoordinateSystems.Get(int.Parse(srid, System.Globalization.CultureInfo.InvariantCulture));
        var filter = BboxFilter.For(_sites, BboxReader.Read(box, system).Value);
        var plan = await ExplainAsync(FeatureSql.Select(Query(Role.Public, filter)));
        Assert.Contains(plan.Indexes, index => index.StartsWith("site_geom", StringComparison.Ordinal));
        HoldsLittle(plan);
    }

    [Theory]
    [InlineData("S_INTERSECTS(geometry, POLYGON((9 45.4, 9.05 45.4, 9.05 45.45, 9 45.4)))")]
    [InlineData("S_WITHIN(geometry, BBOX(9, 45.4, 9.05, 45.45)) AND kind = 'brownfield'")]
    [InlineData("distance(geometry, POINT(9.2 45.5)) <= 2000")]
    public async Task A_place_in_a_filter_is_searched_by_the_index_of_geometries(string filter)
    {
        var plan = await ExplainAsync(FeatureSql.Select(Query(Role.Public, filter)));
        Assert.Contains(plan.Indexes, index => index.StartsWith("site_geom", StringComparison.Ordinal));
        HoldsLittle(plan);
    }

    [Theory]
    [InlineData("code = 'S-000123'", "code")]
    [InlineData("code IN ('S-000123', 'S-000124')", "code")]
    [InlineData("measured_area_ha > 47.5", "site_fact")]
    public async Task A_value_that_few_have_is_searched_by_its_index(string filter, string index)
    {
        var plan = await ExplainAsync(FeatureSql.Select(Query(Role.Public, filter)));
        Assert.Contains(plan.Indexes, name => name.Contains(index, StringComparison.Ordinal));
        HoldsLittle(plan);
    }

    [Theory]
    [InlineData("distance_freight_terminal_m < 3000")]
    [InlineData("distance_freight_terminal_m < 3000 AND kind = 'brownfield'")]
    public async Task A_stored_distance_is_looked_up_and_never_measured(string filter)
    {
        var statement = FeatureSql.Select(Query(Role.Public, filter));
        var plan = await ExplainAsync(statement);
        Assert.DoesNotContain(plan.Scanned, table => table == "site");
        Assert.DoesNotContain("ST_Distance", plan.Text, StringComparison.OrdinalIgnoreCase);
        HoldsNoTransform(statement.Sql.Text, plan);
    }

    [Fact]
    public async Task One_feature_is_read_by_its_key()
    {
        var plan = await ExplainAsync(FeatureSql.Single(_sites, Role.Public, "S-000123"));
        Assert.Contains(plan.Indexes, index => index.Contains("code", StringComparison.Ordinal));
        HoldsLittle(plan);
    }

    [Theory]
    [InlineData(14)]
    [InlineData(12)]
    public async Task A_tile_is_searched_by_the_index_of_geometries(int zoom)
    {
        var world = new TileFrame(new TileAddress(0, 0, 0));
        var address = new TileAddress(zoom, Index(world.X(9.2)), Index(world.Y(45.5)));
        var plan = await ExplainAsync(TileSql.Select(new TileQuery(address, Query(Role.Public), selectsProperties: false), new TileFrame(address)));
        Assert.Contains(plan.Indexes, index => index.StartsWith("site_geom", StringComparison.Ordinal));
        HoldsLittle(plan);

        int Index(double units) => (int)Math.Floor(Math.ScaleB(units / TileFrame.Extent, zoom));
    }

    private FeatureQuery Query(Role role, string filter) => Query(role, Cql2TextReader.Read(filter, _sites.VisibleTo(role), null).Value.Root);

    private FeatureQuery Query(Role role, Filter? filter = null) =>
        FeatureQuery.Create(new FeatureRequest(_sites, role, 100) { Filter = filter }).Value;

    private static void HoldsLittle(Plan plan, double? pageRows = null)
    {
        Assert.Empty(plan.Scanned);
        Assert.DoesNotContain("Aggregate", plan.NodeTypes);
        HoldsNoTransform(plan.Statement, plan);
        if (pageRows is { } rows)
        {
            Assert.InRange(plan.Rows, 1, rows);
            Assert.DoesNotContain("Sort", plan.NodeTypes);
        }
    }

    private static void HoldsNoTransform(string statement, Plan plan)
    {
        Assert.DoesNotContain("count(", statement, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("ST_Transform", statement + plan.Text, StringComparison.OrdinalIgnoreCase);
    }

    private async Task<Plan> ExplainAsync(FeatureStatement statement)
    {
        await using var connection = await _database.Source.OpenConnectionAsync(Token);
        await using var command = statement.Sql.ToCommand(connection);
        command.CommandText = "EXPLAIN (FORMAT JSON, VERBOSE) " + command.CommandText;
        var text = (string)(await command.ExecuteScalarAsync(Token))!;
        using var document = JsonDocument.Parse(text);
        return Plan.Read(statement.Sql.Text, text, document.RootElement[0].GetProperty("Plan"));
    }

    /// <summary>What is held of a plan.</summary>
    private sealed record Plan(
        string Statement,
        string Text,
        double Rows,
        IReadOnlyList<string> NodeTypes,
        IReadOnlyList<string> Indexes,
        IReadOnlyList<string> IndexConditions,
        IReadOnlyList<string> Scanned)
    {
        public static Plan Read(string statement, string text, JsonElement root)
        {
            var nodes = Nodes(root).ToList();
            return new Plan(
                statement,
                text,
                root.GetProperty("Plan Rows").GetDouble(),
                [.. nodes.Select(TypeOf)],
                Texts(nodes, "Index Name"),
                Texts(nodes, "Index Cond"),
                [.. nodes.Where(node => TypeOf(node) == "Seq Scan").Select(TableOf).Where(table => table is "site" or "site_fact")]);
        }

        private static List<string> Texts(IEnumerable<JsonElement> nodes, string member) =>
            [.. nodes.Where(node => node.TryGetProperty(member, out _)).Select(node => node.GetProperty(member).GetString()!)];

        private static string TypeOf(JsonElement node) => node.GetProperty("Node Type").GetString()!;

        private static string TableOf(JsonElement node) => node.GetProperty("Relation Name").GetString()!;

        private static IEnumerable<JsonElement> Nodes(JsonElement node) => node.TryGetProperty("Plans", out var inner)
            ? inner.EnumerateArray().SelectMany(Nodes).Prepend(node)
            : [node];
    }
}
