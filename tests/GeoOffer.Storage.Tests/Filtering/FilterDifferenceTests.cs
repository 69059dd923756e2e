using System.Collections.Immutable;
using System.Globalization;
using FsCheck.Fluent;
using GeoOffer.Query.Catalogue;
using GeoOffer.Query.Filters;
using GeoOffer.Query.Filters.Cql2Text;
using GeoOffer.Query.Sql;
using GeoOffer.Query.Tests.Filters.Whole;
using GeoOffer.Storage.Reading;
using GeoOffer.Testing;
using NetTopologySuite.Geometries;
using Npgsql;

namespace GeoOffer.Storage.Tests.Filtering;

/// <summary>PostgreSQL and the definitions of the algebra find the same rows.</summary>
public sealed class FilterDifferenceTests(PostGisCluster cluster)
{
    private const int Rows = 300;
    private const int Filters = 400;

    [Fact]
    public async Task Random_filters_find_the_same_rows_in_memory_and_in_PostGIS()
    {
        await using var database = await cluster.CreateDatabaseAsync();
        await using var opened = GeoOfferDatabase.Open(database.ConnectionString);
        var rows = Gen.Sample(RandomFilters.Row, Rows).ToList();
        await using var connection = await opened.Source.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await FillAsync(connection, rows);

        foreach (var filter in Gen.Sample(RandomFilters.Filter, Filters))
        {
            var expected = Enumerable.Range(0, Rows).Where(index => new FilterOracle(rows[index].Values, rows[index].Place).Evaluate(filter) == true)
                .Select(index => index.ToString(CultureInfo.InvariantCulture)).ToHashSet();
            var (sql, found) = await FindAsync(connection, FilterChecker.Check(filter, RandomFilters.Collection).Value);

            Assert.True(expected.SetEquals(found), $"""
                {Cql2TextWriter.Write(filter)}
                {sql}
                in memory alone: {string.Join(", ", expected.Except(found).Take(3).Select(id => Describe(rows[int.Parse(id, CultureInfo.InvariantCulture)])))}
                in PostGIS alone: {string.Join(", ", found.Except(expected).Take(3).Select(id => Describe(rows[int.Parse(id, CultureInfo.InvariantCulture)])))}
                """);
        }
    }

    [Theory]
    [InlineData(4326)]
    [InlineData(32632)]
    public async Task Distances_are_geodesic_and_searched_by_the_index(int srid)
    {
        var collection = RandomFilters.Collection with { Geometry = RandomFilters.Collection.Geometry! with { Srid = srid } };
        await using var database = await cluster.CreateDatabaseAsync();
        await using var opened = GeoOfferDatabase.Open(database.ConnectionString);
        await using var connection = await opened.Source.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await FillAsync(connection, []);
        await ExecuteAsync(connection, $"""
            INSERT INTO thing (id, geom)
            SELECT (x * 100 + y)::text, ST_Transform(ST_SetSRID(CASE WHEN (x + y) % 2 = 0 THEN ST_MakePoint(8.5 + x / 40.0, 44.6 + y / 50.0)
                ELSE ST_MakeEnvelope(8.5 + x / 40.0, 44.6 + y / 50.0, 8.501 + x / 40.0, 44.601 + y / 50.0) END, 4326), {srid})
            FROM generate_series(0, 99) AS x, generate_series(0, 99) AS y;
            CREATE INDEX ON thing USING gist (geom);
            ANALYZE thing
            """);

        foreach (var metres in new[] { 0, 1, 950.5, 1000, 5000, 20_000 })
        {
            foreach (var place in new[] { "POINT(9.19 45.46)", "LINESTRING(9 45, 9.8 45.4)", "BBOX(9.2, 45.1, 9.3, 45.15)" })
            {
                var near = Read(string.Create(CultureInfo.InvariantCulture, $"distance(place, {place}) <= {metres}"), collection);
                var mirrored = Read(string.Create(CultureInfo.InvariantCulture, $"{metres} >= Distance({place}, place)"), collection);
                var whole = Read(string.Create(CultureInfo.InvariantCulture, $"NOT distance(place, {place}) > {metres}"), collection);
                var expected = (await FindAsync(connection, whole)).Found.Order().ToList();

                Assert.Equal(expected, (await FindAsync(connection, near)).Found.Order());
                Assert.Equal(expected, (await FindAsync(connection, mirrored)).Found.Order());
            }
        }

        Assert.Contains("Index Cond", await ExplainAsync(connection, Read("distance(place, POINT(9.19 45.46)) < 1000", collection)));
        Assert.Contains("Index Cond", await ExplainAsync(connection, Read("S_INTERSECTS(place, buffer(POINT(9.19 45.46), 1000))", collection)));
    }

    [Theory]
    [InlineData("distance(place, POINT(10 0)) BETWEEN 111319 AND 111320", true)]
    [InlineData("area(BBOX(9, 0, 10, 1)) BETWEEN 12308e6 AND 12309e6", true)]
    [InlineData("length(LINESTRING(9 0, 10 0)) BETWEEN 111319 AND 111320", true)]
    [InlineData("length(place) = 0 AND area(place) = 0", true)]
    [InlineData("S_WITHIN(place, buffer(POINT(10 0), 111400))", true)]
    [InlineData("S_WITHIN(place, Buffer(POINT(10 0), depth * 1000, 'm'))", false)]
    [InlineData("S_WITHIN(place, Buffer(POINT(10 0), depth * -1, 'm')) IS NULL", true)]
    [InlineData("S_EQUALS(centroid(BBOX(8, -1, 10, 1)), place)", true)]
    [InlineData("S_INTERSECTS(buffer(place, 1000), centroid(place)) AND S_INTERSECTS(place, place)", true)]
    [InlineData("upper(name) = 'STRASSE' AND lower('ÀB') = 'àb' AND CASEI(ACCENTI('ÀB')) = accenti(casei('aB'))", true)]
    [InlineData("depth / 0 IS NULL AND depth % 0 IS NULL AND (0 - depth) ^ 0.5 IS NULL AND 0 ^ -1 IS NULL AND 10 ^ 400 IS NULL AND sqrt(-1) IS NULL", true)]
    [InlineData("-7 % 2 = -1 AND -7 div 2 = -3 AND 7 / 2 = 3.5 AND 1 / owners = 0.5", true)]
    [InlineData("updated = DATE('2023-01-31') AND updated >= '2023-01-31' AND updated < DATE('2023-02-01') AND NOT updated > DATE('2023-01-31')", true)]
    [InlineData("T_EQUALS(updated, DATE('2023-01-31')) AND T_AFTER(updated, '2023-01-30') AND T_INTERSECTS(updated, INTERVAL('..', '2023-01-31'))", true)]
    [InlineData("(owners > 1) = TRUE AND (closed IS NULL) IS NOT NULL AND served IS NULL AND (served) IS NULL", true)]
    public async Task Measures_and_functions_have_their_meaning(string text, bool isTrue)
    {
        await using var database = await cluster.CreateDatabaseAsync();
        await using var opened = GeoOfferDatabase.Open(database.ConnectionString);
        await using var connection = await opened.Source.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await FillAsync(connection,
        [
            (RandomFilters.Types.ToImmutableDictionary(type => type.Key, type => type.Key switch
            {
                "name" => new Value.Text("Straße"),
                "depth" => new Value.Number(2),
                "owners" => new Value.Integer(2),
                "updated" => new Value.Timestamp(new DateTimeOffset(2023, 1, 31, 23, 59, 59, TimeSpan.Zero)),
                _ => (Value?)null,
            }), new Point(9, 0) { SRID = 4326 }),
        ]);

        var (sql, found) = await FindAsync(connection, Read(text, RandomFilters.Collection));

        Assert.True(found.Count == (isTrue ? 1 : 0), sql);
    }

    private static CheckedFilter Read(string text, Collection collection) => Cql2TextReader.Read(text, collection).Value;

    private static string Describe((ImmutableDictionary<string, Value?> Values, Geometry? Place) row) =>
        $"{{{string.Join(", ", row.Values.Select(pair => $"{pair.Key}: {pair.Value}"))}, place: {row.Place}}}";

    private static async Task FillAsync(NpgsqlConnection connection, List<(ImmutableDictionary<string, Value?> Values, Geometry? Place)> rows)
    {
        var types = RandomFilters.Types.OrderBy(type => type.Key).ToList();
        await ExecuteAsync(connection, $"CREATE TABLE thing (id text, geom geometry, {string.Join(", ", types.Select(type => $"c_{type.Key} {type.Value switch
        {
            PropertyType.Text => "text COLLATE \"C\"",
            PropertyType.Integer => "bigint",
            PropertyType.Number => "double precision",
            PropertyType.Boolean => "boolean",
            PropertyType.Date => "date",
            PropertyType.Timestamp => "timestamptz",
            _ => "text[]",
        }}"))})");
        for (var index = 0; index < rows.Count; index++)
        {
            var builder = new SqlBuilder().Append("INSERT INTO thing VALUES (").AppendParameter(index.ToString(CultureInfo.InvariantCulture), SqlParameterType.Text)
                .Append(", ").AppendParameter(rows[index].Place, SqlParameterType.Geometry);
            foreach (var type in types)
            {
                builder.Append(", ");
                _ = rows[index].Values[type.Key] is { } value ? builder.AppendParameter(value) : builder.Append("NULL");
            }

            await using var command = builder.Append(")").Build().ToCommand(connection);
            await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }
    }

    private static async Task<(string Sql, HashSet<string> Found)> FindAsync(NpgsqlConnection connection, CheckedFilter filter)
    {
        var sql = Select(filter);
        await using var command = sql.ToCommand(connection);
        try
        {
            await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
            var found = new HashSet<string>();
            while (await reader.ReadAsync(TestContext.Current.CancellationToken))
            {
                found.Add(reader.GetString(0));
            }

            return (sql.Text, found);
        }
        catch (PostgresException refused)
        {
            throw new InvalidOperationException($"{refused.SqlState} {refused.MessageText}: {filter.Root}: {sql.Text}", refused);
        }
    }

    private static SqlText Select(CheckedFilter filter)
    {
        var builder = new SqlBuilder().Append("SELECT t.id FROM thing AS t WHERE ");
        FilterSql.Append(builder, filter, "t");
        return builder.Build();
    }

    private static async Task<string> ExplainAsync(NpgsqlConnection connection, CheckedFilter filter)
    {
        var sql = Select(filter);
        await using var command = (sql with { Text = "EXPLAIN " + sql.Text }).ToCommand(connection);
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        var lines = new List<string>();
        while (await reader.ReadAsync(TestContext.Current.CancellationToken))
        {
            lines.Add(reader.GetString(0));
        }

        return string.Join('\n', lines);
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }
}
