using GeoOffer.Testing;
using Npgsql;

namespace GeoOffer.Storage.Tests.Facts;

/// <summary>What raw SQL may try to store. What would fail the statements of others, or cannot be shown, is refused.</summary>
public sealed class SoundnessTests(PostGisCluster cluster)
{
    private const string BowTie = "((9 45, 9.01 45.01, 9.01 45, 9 45.01, 9 45))";

    public static TheoryData<string> Unsound =>
    [
        $"'SRID=4326;MULTIPOLYGON({BowTie})'::geometry",
        "'SRID=4326;MULTIPOLYGON EMPTY'::geometry",
        "'SRID=4326;MULTIPOLYGON(((9 45, 9.1 45, 9.1 45.1, 9 45)), ((9.05 45, 9.1 45, 9.1 45.1, 9.05 45)))'::geometry",
        "'SRID=4326;MULTIPOLYGON(((9 45, 9.1 45, 9.1 45, 9 45)))'::geometry",
        "'SRID=4326;MULTIPOLYGON(((200 45, 200.1 45, 200.1 45.1, 200 45)))'::geometry",
        "'SRID=4326;MULTIPOLYGON(((9 89.9, 9.1 89.9, 9.1 90.1, 9 89.9)))'::geometry",
        TriangleThrough("ST_MakePoint('NaN', 45)"),
        TriangleThrough("ST_MakePoint('Infinity', 45)"),
    ];

    private static string TriangleThrough(string point) =>
        $"ST_SetSRID(ST_Multi(ST_MakePolygon(ST_MakeLine(ARRAY[ST_MakePoint(9, 45), {point}, ST_MakePoint(9.1, 45.1), ST_MakePoint(9, 45)]))), 4326)";

    [Theory]
    [MemberData(nameof(Unsound))]
    public async Task Unsound_areas_are_refused_everywhere(string geometry)
    {
        await using var migrated = await MigratedDatabase.CreateAsync(cluster);
        await migrated.ExecuteAsync("INSERT INTO geooffer.dataset (collection, name, source) VALUES ('constraints', 'x', 'x')");
        string[] statements =
        [
            $"INSERT INTO geooffer.site (code, kind, name_it, geom) VALUES ('S', 'brownfield', 'x', {geometry})",
            $"INSERT INTO geooffer.infrastructure (code, kind, geom) VALUES ('I', 'airport', {geometry})",
            $"INSERT INTO geooffer.constraint_area (code, kind, severity, geom) VALUES ('C', 'landscape', 'informs', {geometry})",
            $"INSERT INTO geooffer.municipality (code, name_it, province_code, geom) VALUES ('015001', 'x', '015', {geometry})",
            $"INSERT INTO geooffer.province (code, sigla, name_it, geom) VALUES ('015', 'MI', 'x', {geometry})",
            $"INSERT INTO geooffer.pole (code, name_it, geom) VALUES ('P', 'x', {geometry})",
            $"INSERT INTO geooffer.pilot_area (code, name_it, geom) VALUES ('A', 'x', {geometry})",
            $"INSERT INTO geooffer.agreement (code, municipality_code, name_it, geom) VALUES ('A', '015001', 'x', {geometry})",
            $"INSERT INTO geooffer.dataset_coverage (dataset_id, layer, coverage) SELECT id, 'landscape', {geometry} FROM geooffer.dataset",
        ];
        foreach (var statement in statements)
        {
            var refusal = await Assert.ThrowsAsync<PostgresException>(() => migrated.ExecuteAsync(statement));
            Assert.Equal(PostgresErrorCodes.CheckViolation, refusal.SqlState);
        }
    }

    [Theory]
    [InlineData("'SRID=4326;LINESTRING(9 45, 9.1 45.1)'::geometry", PostgresErrorCodes.CheckViolation)]
    [InlineData("'SRID=4326;GEOMETRYCOLLECTION(POINT(9 45))'::geometry", PostgresErrorCodes.CheckViolation)]
    [InlineData("'SRID=4326;POINT EMPTY'::geometry", PostgresErrorCodes.CheckViolation)]
    [InlineData("ST_SetSRID(ST_MakePoint('NaN', 45), 4326)", PostgresErrorCodes.CheckViolation)]
    [InlineData("ST_SetSRID(ST_MakePoint('NaN', 'NaN'), 4326)", PostgresErrorCodes.CheckViolation)]
    [InlineData("'SRID=4326;POINT Z(9 45 100)'::geometry", PostgresErrorCodes.InvalidParameterValue)]
    [InlineData("'SRID=32632;POINT(500000 5000000)'::geometry", PostgresErrorCodes.InvalidParameterValue)]
    public async Task A_site_is_a_plain_point_or_polygon_in_4326(string geometry, string sqlState)
    {
        await using var migrated = await MigratedDatabase.CreateAsync(cluster);

        var refusal = await Assert.ThrowsAsync<PostgresException>(() =>
            migrated.ExecuteAsync($"INSERT INTO geooffer.site (code, kind, name_it, geom) VALUES ('S', 'brownfield', 'x', {geometry})"));

        Assert.Equal(sqlState, refusal.SqlState);
    }

    [Theory]
    [InlineData("building_index")]
    [InlineData("max_height_m")]
    [InlineData("coverage_ratio")]
    [InlineData("electricity_mw")]
    [InlineData("gas_m3_per_h")]
    [InlineData("water_l_per_s")]
    [InlineData("gross_area_declared_ha")]
    [InlineData("useful_area_ha")]
    [InlineData("for_sale_area_ha")]
    [InlineData("buildable_floor_area_m2")]
    [InlineData("covered_area_m2")]
    [InlineData("price_min_eur")]
    [InlineData("price_max_eur")]
    [InlineData("rent_min_eur_per_year")]
    [InlineData("rent_max_eur_per_year")]
    public async Task Numbers_are_finite_and_not_negative(string column)
    {
        await using var migrated = await MigratedDatabase.CreateAsync(cluster);
        foreach (var number in (string[])["'NaN'", "'Infinity'", "-1"])
        {
            var refusal = await Assert.ThrowsAsync<PostgresException>(() =>
                migrated.ExecuteAsync($"INSERT INTO geooffer.site (code, kind, name_it, {column}) VALUES ('S', 'brownfield', 'x', {number})"));
            Assert.Contains(refusal.SqlState, (string[])[PostgresErrorCodes.CheckViolation, PostgresErrorCodes.NumericValueOutOfRange]);
        }

        await migrated.ExecuteAsync($"INSERT INTO geooffer.site (code, kind, name_it, {column}) VALUES ('S', 'brownfield', 'x', 0.5)");
    }

    [Theory]
    [InlineData("GEOMETRYCOLLECTION(POINT(9.40 45.4), POLYGON((9.5 45.4, 9.6 45.4, 9.6 45.5, 9.5 45.4)), LINESTRING(9.45 45.4, 9.47 45.4))", 0)]
    [InlineData("MULTIPOINT(9.6 45.4, 9.40 45.4)", 0)]
    [InlineData("GEOMETRYCOLLECTION(GEOMETRYCOLLECTION(MULTILINESTRING((9.5 45.4, 9.6 45.4), (9.40 45.3, 9.40 45.5))), POINT EMPTY)", 0)]
    [InlineData("POLYGON((9.3 45.3, 9.5 45.3, 9.5 45.5, 9.3 45.5, 9.3 45.3), (9.35 45.35, 9.45 45.35, 9.45 45.45, 9.35 45.45, 9.35 45.35))", 3900)]
    public async Task Every_part_of_a_feature_counts(string feature, double atLeastMetres)
    {
        await using var migrated = await MigratedDatabase.CreateAsync(cluster);
        await migrated.ExecuteAsync("INSERT INTO geooffer.site (code, kind, name_it, geom) VALUES ('S', 'brownfield', 'x', 'SRID=4326;POINT(9.40 45.4)')");
        await migrated.ExecuteAsync("INSERT INTO geooffer.infrastructure (code, kind, geom) VALUES ('I', 'airport', ST_GeomFromText($1, 4326))", feature);

        var metres = (double)(await migrated.FactsAsync())["S"]["distance_airport_m"]!;

        Assert.InRange(metres, atLeastMetres, atLeastMetres + 20);
    }

    [Theory]
    [InlineData("LINESTRING(9.5 45.6, 10.3 45.6)", 9.9)]
    [InlineData("LINESTRING(11.4 45.3, 11.4 45.9)", 11.401)]
    public async Task A_long_edge_is_met_on_the_geodesic(string feature, double longitude)
    {
        await using var migrated = await MigratedDatabase.CreateAsync(cluster);
        var line = new NetTopologySuite.IO.WKTReader().Read(feature);
        var site = new NetTopologySuite.Geometries.Point(longitude, 45.6) { SRID = 4326 };
        await migrated.AddSiteAsync("before", site);
        await migrated.AddInfrastructureAsync("I", "motorway", line);
        await migrated.AddSiteAsync("after", site);

        var facts = await migrated.FactsAsync();

        var metres = new MeasuredShape(site).DistanceTo(new MeasuredShape(line));
        // 60 km between two vertices: a line of the plane between them errs by metres, along a parallel by a hundred.
        Assert.Equal(metres, (double)facts["after"]["distance_motorway_m"]!, 0.4);
        Assert.Equal(facts["after"]["distance_motorway_m"], facts["before"]["distance_motorway_m"]);
    }
}
