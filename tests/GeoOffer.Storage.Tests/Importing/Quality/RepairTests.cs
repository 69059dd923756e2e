using GeoOffer.Storage.Importing;
using GeoOffer.Testing;

namespace GeoOffer.Storage.Tests.Importing.Quality;

/// <summary>Geometries that are not valid: told, or repaired with an account of what that changed.</summary>
public sealed class RepairTests(PostGisCluster cluster) : IAsyncLifetime
{
    // A square of some 39 ha with a spike outside that crosses itself in a small loop.
    private const string SmallFault = "POLYGON ((9 45, 9.008 45, 9.008 45.006, 9.0041 45.006, 9.0039 45.0061, 9.0041 45.0061, 9.0039 45.006, 9 45.006, 9 45))";
    private const string BowTie = "POLYGON ((9 45, 9.01 45.01, 9.01 45, 9 45.01, 9 45))";

    private MigratedDatabase _database = null!;

    public async ValueTask InitializeAsync() => _database = await MigratedDatabase.CreateAsync(cluster);

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task Without_the_option_it_is_rejected_with_the_place_of_its_fault()
    {
        var report = await RunAsync(SmallFault, RepairMode.None);
        var problem = Assert.Single(report.Rejections);
        Assert.Equal((RejectionCode.GeometryInvalid, "geometry"), (problem.Code, problem.Field));
        Assert.Contains("at 9.004 45.00605", problem.Reason, StringComparison.Ordinal);
        Assert.Equal("9.004 45.00605", problem.Value);
        Assert.True(report.IsRefused);
    }

    [Fact]
    public async Task A_small_change_is_made_and_told_with_both_areas()
    {
        var report = await RunAsync(SmallFault, RepairMode.SmallChanges);
        var warning = Assert.Single(report.Warnings);
        Assert.Equal(RejectionCode.GeometryRepaired, warning.Code);
        Assert.Equal((9.004, 45.00605), (Math.Round(warning.Repair!.Longitude!.Value, 6), Math.Round(warning.Repair.Latitude!.Value, 6)));
        Assert.InRange(warning.Repair.ChangePercent!.Value, -1, 1);
        Assert.Equal(await MeasuredAsync(), warning.Repair.AreaAfterM2, 5.0);
        await AssertLikePostGisAsync(SmallFault);
    }

    [Fact]
    public async Task A_great_change_needs_to_be_accepted()
    {
        var refused = await RunAsync(BowTie, RepairMode.SmallChanges);
        var problem = Assert.Single(refused.Rejections);
        Assert.Contains("--repair=any", problem.Fix, StringComparison.Ordinal);
        Assert.Contains("m²", problem.Reason, StringComparison.Ordinal);

        var report = await RunAsync(BowTie, RepairMode.Any);
        Assert.True(report.IsStored);
        Assert.Equal(await MeasuredAsync(), Assert.Single(report.Warnings).Repair!.AreaAfterM2, 5.0);
        await AssertLikePostGisAsync(BowTie);
    }

    [Theory]
    [InlineData("POLYGON ((9 45, 9.01 45, 9.01 45.01, 9 45.01, 9 45), (9.002 45.002, 9.02 45.002, 9.02 45.004, 9.002 45.004, 9.002 45.002))")]
    [InlineData("POLYGON ((9 45, 9.01 45, 9.01 45.01, 9 45.01, 9 45), (9.02 45.02, 9.03 45.02, 9.03 45.03, 9.02 45.02))")]
    [InlineData("MULTIPOLYGON (((9 45, 9.01 45, 9.01 45.01, 9 45.01, 9 45)), ((9.005 45, 9.015 45, 9.015 45.01, 9.005 45.01, 9.005 45)))")]
    [InlineData("POLYGON ((9 45, 9.01 45, 9.01 45.01, 9.01 45.02, 9.01 45.01, 9 45.01, 9 45))")]
    public async Task What_is_stored_is_what_the_method_of_PostGIS_makes(string wkt)
    {
        Assert.True((await RunAsync(wkt, RepairMode.Any)).IsStored);
        await AssertLikePostGisAsync(wkt);
    }

    [Fact]
    public async Task What_has_no_area_left_is_rejected_whatever_is_accepted()
    {
        var report = await RunAsync("POLYGON ((9 45, 9.5 45.5, 10 46, 9 45))", RepairMode.Any);
        Assert.Equal(RejectionCode.GeometryInvalid, Assert.Single(report.Rejections).Code);
    }

    [Fact]
    public async Task The_invalid_brownfield_of_the_Ardennes_is_repaired()
    {
        var file = ImportFile.FromPath(SharedData.Require("data/messy/friches_ardennes.geojson"));
        var request = Imports.Request("constraints", file) with
        {
            FixedValues = new Dictionary<string, string> { ["kind"] = "landscape" },
            Mapping = new Dictionary<string, string> { ["site_id"] = "code" },
        };
        var rejected = Assert.Single((await _database.Database.RunAsync(request)).Rejections);
        Assert.Equal("08402_01", rejected.Id);

        var report = await _database.Database.StoreAsync(request with { Repair = RepairMode.Any });
        var repaired = Assert.Single(report.Warnings, warning => warning.Code == RejectionCode.GeometryRepaired);
        Assert.Equal((rejected.Id, rejected.Value), (repaired.Id, repaired.Value));
        Assert.Equal(164, report.Rows.New);
        Assert.Equal(
            await _database.ScalarAsync<double>("SELECT ST_Area(geom::geography) FROM geooffer.constraint_area WHERE code = 'landscape.08402_01'"),
            repaired.Repair!.AreaAfterM2,
            0.01 * repaired.Repair.AreaAfterM2);
    }

    private Task<ImportReport> RunAsync(string wkt, RepairMode mode) => _database.Database.RunAsync(
        Imports.Request("sites", "sites.csv", $"code,kind,name,wkt\nA,greenfield,x,\"{wkt}\"") with { Repair = mode });

    private Task<double> MeasuredAsync() => _database.ScalarAsync<double>("SELECT ST_Area(geom::geography) FROM geooffer.site WHERE code = 'A'");

    private async Task AssertLikePostGisAsync(string wkt) => Assert.True(
        await _database.ScalarAsync<bool>(
            "SELECT ST_IsValid(geom) AND ST_Equals(geom, ST_MakeValid(ST_GeomFromText($1, 4326), 'method=structure keepcollapsed=false')) FROM geooffer.site WHERE code = 'A'", wkt),
        wkt + " was stored as " + await _database.ScalarAsync<string>("SELECT ST_AsText(geom) FROM geooffer.site WHERE code = 'A'"));
}
