using GeoOffer.Testing;
using NetTopologySuite.Geometries;
using NetTopologySuite.IO;

namespace GeoOffer.Storage.Tests.Facts;

/// <summary>Unknown is never zero: facts outside coverage, without a polygon, and without a layer.</summary>
public sealed class CoverageTests(PostGisCluster cluster)
{
    private const string Square = "POLYGON((9.40 45.40, 9.41 45.40, 9.41 45.41, 9.40 45.41, 9.40 45.40))";

    private static Geometry Shape(string wkt) => new WKTReader { IsOldNtsCoordinateSyntaxAllowed = false }.Read(wkt);

    private static MultiPolygon Box(double west, double south, double east, double north) => RandomLand.Box(west, south, east, north);

    [Fact]
    public async Task A_layer_without_coverage_is_missing()
    {
        await using var migrated = await MigratedDatabase.CreateAsync(cluster);
        await migrated.AddSiteAsync("S", Shape(Square));
        await migrated.AddConstraintAsync("C", "protected_area", "excludes", Box(9.405, 45.39, 9.42, 45.42));

        var facts = (await migrated.FactsAsync())["S"];

        Assert.Null(facts["overlap_protected_area_share"]);
        Assert.Null(facts["overlap_landscape_share"]);
        Assert.Null(facts["distance_airport_m"]);
        Assert.Null(facts["nearest_airport_id"]);
        Assert.Null(facts["net_area_ha"]);
        Assert.Equal(["protected_area", "natura_2000", "flood_p3", "buffer_strip"], (string[])facts["net_area_missing"]!);
        // What is known to exclude is taken off all the same: an upper bound.
        Assert.Equal((double)facts["measured_area_ha"]! / 2, (double)facts["net_area_at_most_ha"]!, 1e-3);
    }

    [Theory]
    [InlineData(9.3, 9.5, 0d)]
    [InlineData(9.40, 9.41, 0d)]
    [InlineData(9.405, 9.5, null)]
    [InlineData(9.6, 9.7, null)]
    public async Task Outside_coverage_or_partly_outside_is_unknown(double west, double east, double? expected)
    {
        await using var migrated = await MigratedDatabase.CreateAsync(cluster);
        await migrated.AddSiteAsync("S", Shape(Square));
        await migrated.AddInfrastructureAsync("A", "airport", Shape("POINT(9.405 45.405)"));
        await migrated.CoverAsync(Box(west, 45.3, east, 45.5));
        await migrated.CoverAsync(Box(west, 45.3, east, 45.5), "proximity");

        var facts = (await migrated.FactsAsync())["S"];

        Assert.Equal(expected, facts["overlap_protected_area_share"]);
        Assert.Equal(expected, facts["distance_airport_m"]);
        Assert.Equal(expected is null, facts["nearest_airport_id"] is null);
        Assert.Equal(expected is null ? 4 : 0, ((string[])facts["net_area_missing"]!).Length);
        Assert.Equal(expected is null ? null : facts["measured_area_ha"], facts["net_area_ha"]);
    }

    [Fact]
    public async Task Two_datasets_cover_together()
    {
        await using var migrated = await MigratedDatabase.CreateAsync(cluster);
        await migrated.AddSiteAsync("S", Shape(Square));
        await migrated.ExecuteAsync(
            "INSERT INTO geooffer.dataset (collection, name, source) VALUES ('constraints', 'east', 'x'), ('constraints', 'west', 'x')");
        await migrated.ExecuteAsync(
            """
            INSERT INTO geooffer.dataset_coverage (dataset_id, layer, coverage)
            SELECT id, 'landscape', CASE name WHEN 'west' THEN $1 ELSE $2 END FROM geooffer.dataset
            """,
            Box(9.3, 45.3, 9.405, 45.5),
            Box(9.405, 45.3, 9.5, 45.5));
        Assert.Equal(0d, (await migrated.FactsAsync())["S"]["overlap_landscape_share"]);

        await migrated.ExecuteAsync("DELETE FROM geooffer.dataset WHERE name = 'west'");
        Assert.Null((await migrated.FactsAsync())["S"]["overlap_landscape_share"]);

        await migrated.ExecuteAsync("UPDATE geooffer.dataset_coverage SET coverage = $1", Box(9.3, 45.3, 9.5, 45.5));
        Assert.Equal(0d, (await migrated.FactsAsync())["S"]["overlap_landscape_share"]);

        await migrated.ExecuteAsync("UPDATE geooffer.dataset_coverage SET layer = 'seveso'");
        var moved = (await migrated.FactsAsync())["S"];
        Assert.Null(moved["overlap_landscape_share"]);
        Assert.Equal(0d, moved["overlap_seveso_share"]);
    }

    [Fact]
    public async Task Features_by_hand_stand_for_the_region_until_coverage_is_declared()
    {
        await using var migrated = await MigratedDatabase.CreateAsync(cluster);
        await migrated.AddSiteAsync("inside", Shape("POINT(9.4 45.4)"));
        await migrated.AddSiteAsync("abroad", Shape("POINT(7.9 45.4)"));
        await migrated.AddInfrastructureAsync("P", "port", Shape("POINT(9.5 45.4)"));

        var facts = await migrated.FactsAsync();
        Assert.Equal(Ellipsoid.Distance(new(9.4, 45.4), new(9.5, 45.4)), (double)facts["inside"]["distance_port_m"]!, 0.01);
        Assert.Null(facts["abroad"]["distance_port_m"]);

        await migrated.ExecuteAsync("INSERT INTO geooffer.dataset (collection, name, source) VALUES ('infrastructure', 'ports', 'x')");
        await migrated.ExecuteAsync(
            "INSERT INTO geooffer.dataset_coverage (dataset_id, layer, coverage) SELECT id, 'port', $1 FROM geooffer.dataset", Box(7, 45, 8, 46));
        facts = await migrated.FactsAsync();
        Assert.Null(facts["inside"]["distance_port_m"]);
        Assert.Equal(Ellipsoid.Distance(new(7.9, 45.4), new(9.5, 45.4)), (double)facts["abroad"]["distance_port_m"]!, 0.1);

        await migrated.ExecuteAsync("DELETE FROM geooffer.dataset_coverage");
        Assert.NotNull((await migrated.FactsAsync())["inside"]["distance_port_m"]);

        // The last feature takes the layer with it.
        await migrated.ExecuteAsync("DELETE FROM geooffer.infrastructure");
        Assert.Null((await migrated.FactsAsync())["inside"]["distance_port_m"]);
        Assert.Null(await migrated.ScalarAsync<object>("SELECT coverage FROM geooffer.fact_layer WHERE name = 'port'") as Geometry);
    }

    [Fact]
    public async Task A_covered_layer_without_features_has_no_nearest_until_there_is_one()
    {
        await using var migrated = await MigratedDatabase.CreateAsync(cluster);
        await migrated.CoverAsync(Box(8.4, 44.6, 11.5, 46.7), "proximity");
        await migrated.AddSiteAsync("S", Shape("POINT(9.4 45.4)"));
        Assert.Null((await migrated.FactsAsync())["S"]["distance_port_m"]);

        var port = await migrated.AddInfrastructureAsync("P", "port", Shape("POINT(9.5 45.4)"));
        Assert.Equal(port, (await migrated.FactsAsync())["S"]["nearest_port_id"]);
    }

    [Fact]
    public async Task A_point_has_distances_but_no_areas_and_a_site_without_geometry_has_neither()
    {
        await using var migrated = await MigratedDatabase.CreateAsync(cluster);
        await migrated.CoverAsync(Box(8.4, 44.6, 11.5, 46.7));
        await migrated.CoverAsync(Box(8.4, 44.6, 11.5, 46.7), "proximity");
        await migrated.AddInfrastructureAsync("A", "airport", Shape("LINESTRING(9.4 45.4, 9.5 45.5)"));
        await migrated.AddConstraintAsync("C", "protected_area", "excludes", Box(9.3, 45.3, 9.6, 45.6));
        await migrated.AddSiteAsync("point", Shape("POINT(9.4 45.4)"));
        await migrated.AddSiteAsync("nowhere", null);

        var facts = await migrated.FactsAsync();

        Assert.Equal(0d, facts["point"]["distance_airport_m"]);
        Assert.Equal(false, facts["nowhere"]["is_placed"]);
        string[] unknown = ["measured_area_ha", "net_area_ha", "net_area_at_most_ha", "overlap_protected_area_share", "overlap_protected_area_id"];
        Assert.All(unknown, column => Assert.Null(facts["point"][column]));
        Assert.All(unknown.Append("distance_airport_m"), column => Assert.Null(facts["nowhere"][column]));
        Assert.All(facts.Values, site => Assert.Empty((string[])site["net_area_missing"]!));
    }

    [Fact]
    public async Task Severity_and_not_the_layer_says_what_is_taken_from_the_net_area()
    {
        await using var migrated = await MigratedDatabase.CreateAsync(cluster);
        await migrated.CoverAsync(Box(8.4, 44.6, 11.5, 46.7));
        await migrated.AddSiteAsync("S", Shape(Square));
        await migrated.AddConstraintAsync("strict", "landscape", "excludes", Box(9.39, 45.39, 9.405, 45.42));
        await migrated.AddConstraintAsync("loose", "protected_area", "informs", Box(9.402, 45.39, 9.42, 45.42));

        var facts = (await migrated.FactsAsync())["S"];

        Assert.Equal(0.5, (double)facts["overlap_landscape_share"]!, 1e-9);
        Assert.Equal(0.8, (double)facts["overlap_protected_area_share"]!, 1e-9);
        Assert.Equal((double)facts["measured_area_ha"]! / 2, (double)facts["net_area_ha"]!, 1e-6);
    }

    [Fact]
    public async Task A_site_that_is_covered_by_many_parts_is_covered_exactly()
    {
        await using var migrated = await MigratedDatabase.CreateAsync(cluster);
        await migrated.CoverAsync(Box(8.4, 44.6, 11.5, 46.7));
        await migrated.AddSiteAsync("S", Shape(Square));
        var park = (Polygon)Shape("POINT(9.405 45.405)").Buffer(0.05, 200);
        await migrated.AddConstraintAsync("C", "natura_2000", "excludes", new MultiPolygon([park]));

        var facts = (await migrated.FactsAsync())["S"];

        Assert.Equal(1d, (double)facts["overlap_natura_2000_share"]!, 1e-12);
        Assert.Equal(0d, (double)facts["net_area_ha"]!, 1e-9);
    }
}
