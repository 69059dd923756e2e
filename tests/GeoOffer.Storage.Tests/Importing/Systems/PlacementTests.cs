using System.Globalization;
using GeoOffer.Storage.Importing;
using GeoOffer.Testing;
using NetTopologySuite.Geometries;

namespace GeoOffer.Storage.Tests.Importing.Systems;

/// <summary>Which system positions of a file are taken to be in, and where that puts them.</summary>
public sealed class PlacementTests(PostGisCluster cluster) : IAsyncLifetime
{
    private const string Header = "code,kind,name,lon,lat";

    private MigratedDatabase _database = null!;

    private GeoOfferDatabase Database => _database.Database;

    public async ValueTask InitializeAsync() => _database = await MigratedDatabase.CreateAsync(cluster);

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    /// <summary>The figures are those of gdaltransform 3.6.2, x east on both sides.</summary>
    [Theory]
    [InlineData(4326, 9.19, 45.464, 9.19, 45.464)]
    [InlineData(4258, 9.19, 45.464, 9.19, 45.464)]
    [InlineData(6707, 514853.5, 5034514.6, 9.18999938079804, 45.4640002093878)]
    [InlineData(7791, 514853.5, 5034514.6, 9.18999938079804, 45.4640002093878)]
    [InlineData(3003, 1514881.5, 5034534.6, 9.18999945777055, 45.4640000672476)]
    [InlineData(3857, 1023026.1, 5694867, 9.18999981683186, 45.4640001035717)]
    [InlineData(3035, 4257557.8, 2483861.5, 9.19000035818354, 45.4640001045173)]
    [InlineData(2154, 1183233.2, 6503900.7, 9.18999974755086, 45.4639996860202)]
    [InlineData(23032, 514936.3, 5034712.4, 9.18999996778707, 45.4640000983349)]
    [InlineData(2056, 2737004.2, 1036212.05, 9.1900001762349, 45.4640000107432)]
    [InlineData(21781, 737004.2, 36212.05, 9.1900001762349, 45.4640000107432)]
    [InlineData(31468, 4280346.9, 5039910.3, 9.18999970744124, 45.4639996434518)]
    [InlineData(4265, 9.19, 45.464, 9.18965301044089, 45.464670016389)]
    [InlineData(27700, 559044, 146792, 0.274957775995129, 51.1982121069523)]
    [InlineData(27572, 600000, 2428000, 2.33650566263583, 48.8503465927249)]
    public async Task A_position_of_any_code_of_EPSG_lies_where_PROJ_puts_it(int srid, double x, double y, double longitude, double latitude)
    {
        var report = await Database.StoreAsync(Sites(Row("A", x, y)) with { Srid = srid });
        Assert.Equal((srid, "--crs"), (report.ReferenceSystem!.Srid, report.ReferenceSystem.Origin));
        Assert.InRange(await MetresFromAsync("A", longitude, latitude), 0, 0.01);
    }

    [Fact]
    public async Task A_row_that_its_system_cannot_have_is_rejected_alone()
    {
        var rows = Enumerable.Range(0, 1200).Select(i => i is 7 or 8 or 1100 ? Row($"S{i}", 9e8, 5) : Row($"S{i}", 514_000 + i, 5_034_700)).ToArray();
        var report = await Database.RunAsync(Sites(rows) with { Srid = 23032 });
        Assert.Equal([8, 9, 1101], report.Rejections.Select(problem => problem.Row));
        Assert.All(report.Rejections, problem => Assert.Equal(RejectionCode.OutsideDomain, problem.Code));
        Assert.Equal(1197, report.Rows.New);
    }

    [Theory]
    [InlineData("urn:ogc:def:crs:EPSG::3035", 4257557.8, 2483861.5, 3035)]
    [InlineData("EPSG:32632", 514853.5, 5034514.6, 32632)]
    [InlineData("urn:ogc:def:crs:OGC:1.3:CRS84", 9.19, 45.464, 4326)]
    public async Task The_member_crs_is_taken(string name, double x, double y, int srid)
    {
        var report = await Database.StoreAsync(GeoJson($"{{{Crs(name)},{Features(Feature("A", x, y))}}}"));
        Assert.Equal((srid, "crs member"), (report.ReferenceSystem!.Srid, report.ReferenceSystem.Origin));
        Assert.InRange(await MetresFromAsync("A", 9.19, 45.464), 0, 0.15);
    }

    [Fact]
    public async Task A_member_crs_behind_few_features_is_taken_and_behind_many_it_must_be_stated()
    {
        var few = await Database.RunAsync(GeoJson($"{{{Features(Feature("A", 514853.5, 5034514.6))},{Crs("EPSG:32632")}}}") with { DryRun = true });
        Assert.Equal((32632, 1L), (few.ReferenceSystem!.Srid, few.Rows.New));

        // Degrees in the file and metres in its name: neither is believed.
        var degrees = Features([.. Enumerable.Range(0, 700).Select(i => Feature($"S{i}", 9.19, 45.464))]);
        var many = await Database.RunAsync(GeoJson($"{{{degrees},{Crs("EPSG:32632")}}}"));
        Assert.Equal(FileFaultCode.ReferenceSystem, many.Fault?.Code);
        Assert.Contains("--crs EPSG:32632", many.Fault!.Fix, StringComparison.Ordinal);
        Assert.Equal(0, await _database.ScalarAsync<long>("SELECT count(*) FROM geooffer.site"));
    }

    [Fact]
    public async Task A_member_crs_of_no_known_system_harms_no_degrees_and_refuses_metres()
    {
        var degrees = await Database.RunAsync(GeoJson($"{{{Crs("local")},{Features(Feature("A", 9.19, 45.464))}}}") with { DryRun = true });
        Assert.Equal((4326, 1L), (degrees.ReferenceSystem!.Srid, degrees.Rows.New));
        Assert.Contains(degrees.Notices, notice => notice.Contains("local", StringComparison.Ordinal));

        var metres = await Database.RunAsync(GeoJson($"{{{Crs("local")},{Features(Feature("A", 514853.5, 5034514.6))}}}"));
        Assert.Equal(FileFaultCode.ReferenceSystem, metres.Fault?.Code);
        Assert.Contains("--crs EPSG:32632", metres.Fault!.Fix, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_option_goes_before_the_file_and_says_what_that_moves()
    {
        var file = GeoJson($"{{{Crs("EPSG:32632")},{Features(Feature("A", 514853.5, 5034514.6))}}}");
        var same = await Database.RunAsync(file with { Srid = 7791, DryRun = true });
        Assert.DoesNotContain(same.Notices, notice => notice.Contains("--crs", StringComparison.Ordinal));
        var other = await Database.RunAsync(file with { Srid = 23032, DryRun = true });
        Assert.Contains(other.Notices, notice => notice.Contains("EPSG:32632", StringComparison.Ordinal) && notice.Contains("214.51 m away", StringComparison.Ordinal));
        Assert.Equal((23032, "--crs", 1L), (other.ReferenceSystem!.Srid, other.ReferenceSystem.Origin, other.Rows.New));
    }

    [Theory]
    [InlineData(null, 514950, 5033890, "--crs EPSG:32632", "EPSG:7791")]
    [InlineData(null, 1515000, 5033900, "--crs EPSG:3003", "no degrees")]
    [InlineData(null, 1021000, 5690000, "--crs EPSG:3857", "no degrees")]
    [InlineData(null, 5033890, 514950, "--crs EPSG:32632 --swap-axes", "axes swapped")]
    [InlineData(null, 4257557, 2483861, "--crs EPSG:3035", "no degrees")]
    [InlineData(null, 559044, 146792, "--crs EPSG:27700", "British National Grid")]
    [InlineData(null, 3977000, -7000, "export easting and northing", "geocentric X, Y (earth-centred metres)")]
    [InlineData(null, 4418000, 715000, "export easting and northing", "geocentric X, Y (earth-centred metres)")]
    [InlineData(3003, 514950, 5033890, "--crs EPSG:32632", "outside the region")]
    [InlineData(32632, 1515000, 5033900, "--crs EPSG:3003", "outside the region")]
    [InlineData(32632, 9.19, 45.464, "--crs EPSG:4326", "outside the region")]
    [InlineData(32632, 5033890, 514950, "--crs EPSG:32632 --swap-axes", "axes swapped")]
    [InlineData(2154, 514950, 5033890, "--crs EPSG:32632", "outside the region")]
    public async Task Rows_that_only_another_system_makes_sense_of_refuse_the_file_with_that_system(
        int? srid, double x, double y, string fix, string reason)
    {
        var report = await Database.RunAsync(Sites(Row("A", x, y), Row("B", x * 1.0001, y), Row("C", x, y * 1.0001)) with { Srid = srid });
        Assert.Equal(FileFaultCode.ReferenceSystem, report.Fault?.Code);
        Assert.Contains(fix, report.Fault!.Fix, StringComparison.Ordinal);
        Assert.Contains(reason, report.Fault.Reason, StringComparison.Ordinal);
        Assert.False(report.IsStored);
        Assert.Equal(0, await _database.ScalarAsync<long>("SELECT count(*) FROM geooffer.site"));
    }

    [Fact]
    public async Task The_candidates_of_a_refused_file_have_the_shift_of_each()
    {
        var report = await Database.RunAsync(Sites(Row("A", 514950, 5033890)));
        var shifts = report.ReferenceSystem!.Candidates.ToDictionary(candidate => candidate.Srid!.Value, candidate => candidate.ShiftM);
        Assert.Equal(0, shifts[32632]);
        Assert.InRange(shifts[25832]!.Value, 0, 0.01);
        Assert.InRange(shifts[23032]!.Value, 210, 220);
    }

    [Fact]
    public async Task A_file_that_lies_elsewhere_is_stored_with_a_warning_and_its_count()
    {
        var report = await Database.StoreAsync(Sites(Row("A", 559044, 146792), Row("B", 560000, 147000)) with { Srid = 27700 });
        Assert.Equal([RejectionCode.OutsideRegion, RejectionCode.OutsideRegion], report.Warnings.Select(warning => warning.Code));
        Assert.Contains(report.Notices, notice => notice.Contains("2 of 2 rows lie outside the region", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_row_beyond_the_region_is_not_taken_for_one_of_a_zone_that_the_region_is_far_from()
    {
        // In the Engadine; the same numbers in zone 30 north, 14 degrees from its meridian, would lie inside.
        var report = await Database.StoreAsync(Sites(Row("A", 1515000, 5033900), Row("B", 1582475.014, 5178199.993)) with { Srid = 3003 });
        Assert.Equal(RejectionCode.OutsideRegion, Assert.Single(report.Warnings).Code);
        Assert.Equal(2, report.Rows.New);
    }

    [Fact]
    public async Task One_row_of_another_system_is_rejected_with_that_system()
    {
        var report = await Database.RunAsync(Sites(
            Row("A", 514950, 5033890), Row("B", 515950, 5033890), Row("C", 1515950, 5033890), Row("D", 9.19, 45.464), Row("E", 5033890, 514950)) with
        { Srid = 32632 });
        Assert.Equal(
            [(3L, RejectionCode.OtherSystem, "--crs EPSG:3003"), (4, RejectionCode.OtherSystem, "--crs EPSG:4326"), (5, RejectionCode.OtherSystem, "--crs EPSG:32632 --swap-axes")],
            report.Rejections.Select(problem => (problem.Row!.Value, problem.Code, problem.Fix)));
    }

    [Fact]
    public async Task A_row_may_state_its_own_system()
    {
        var report = await Database.StoreAsync(Imports.Request("sites", "sites.csv", """
            code,kind,name,wkt
            A,greenfield,x,POINT (9.19 45.464)
            B,greenfield,x,SRID=3003;POINT (1514881.5 5034534.6)
            C,greenfield,x,SRID=4326;POINT (9.19 45.464)
            D,greenfield,x,SRID=3035;POINT (4257557.8 2483861.5)
            """));
        Assert.Equal(4, report.Rows.New);
        foreach (var code in (string[])["A", "B", "C", "D"])
        {
            Assert.InRange(await MetresFromAsync(code, 9.19, 45.464), 0, 0.1);
        }

        var unknown = await Database.RunAsync(Imports.Request("sites", "sites.csv", "code,kind,name,wkt\nA,greenfield,x,SRID=999999;POINT (9.19 45.464)"));
        Assert.Equal(RejectionCode.OutsideDomain, Assert.Single(unknown.Rejections).Code);
    }

    [Fact]
    public async Task Polygons_with_holes_heights_and_many_parts_keep_their_vertices_in_order()
    {
        const string Wkt = "MULTIPOLYGON Z (((4257000 2483000 1, 4258000 2483000 2, 4258000 2484000 3, 4257000 2484000 4, 4257000 2483000 1),(4257200 2483200 0, 4257200 2483400 0, 4257400 2483400 0, 4257400 2483200 0, 4257200 2483200 0)),((4259000 2483000 0, 4260000 2483000 0, 4260000 2484000 0, 4259000 2483000 0)))";
        await Database.StoreAsync(Imports.Request("sites", "sites.csv", $"code,kind,name,wkt\nP,greenfield,x,POINT (4257557.8 2483861.5)\nA,greenfield,x,\"{Wkt}\"") with { Srid = 3035 });
        Assert.Equal(0, await _database.ScalarAsync<double>(
            "SELECT ST_HausdorffDistance(geom, ST_Force2D(ST_Transform(ST_GeomFromText($1, 3035), 4326))) FROM geooffer.site WHERE code = 'A'", Wkt));
        Assert.True(await _database.ScalarAsync<bool>(
            "SELECT ST_AsBinary(geom) = ST_AsBinary(ST_Force2D(ST_Transform(ST_GeomFromText($1, 3035), 4326))) FROM geooffer.site WHERE code = 'A'", Wkt));
    }

    private static string Row(string code, double x, double y) => string.Create(CultureInfo.InvariantCulture, $"{code},greenfield,x,{x},{y}");

    private static string Feature(string code, double x, double y) =>
        Imports.Feature(Imports.Point(x, y), $$"""{"code":"{{code}}","kind":"greenfield","name":"x"}""");

    private static string Features(params string[] features) => $"\"type\":\"FeatureCollection\",\"features\":[{string.Join(',', features)}]";

    private static string Crs(string name) => $$$"""
        "crs":{"type":"name","properties":{"name":"{{{name}}}"}}
        """;

    private static ImportRequest Sites(params string[] rows) => Imports.Request("sites", "sites.csv", $"{Header}\n{string.Join('\n', rows)}");

    private static ImportRequest GeoJson(string text) => Imports.Request("sites", "sites.geojson", text);

    private Task<double> MetresFromAsync(string code, double longitude, double latitude) => _database.ScalarAsync<double>(
        "SELECT ST_Distance(geom::geography, $2::geometry::geography) FROM geooffer.site WHERE code = $1",
        code, new Point(longitude, latitude) { SRID = 4326 });
}
