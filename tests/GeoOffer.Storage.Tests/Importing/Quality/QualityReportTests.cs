using System.Globalization;
using GeoOffer.Storage.Importing;
using GeoOffer.Testing;

namespace GeoOffer.Storage.Tests.Importing.Quality;

/// <summary>What is doubtful about rows that can be stored: areas, codes that hold no longer, sites on sites; and the counts of it all.</summary>
public sealed class QualityReportTests(PostGisCluster cluster) : IAsyncLifetime
{
    private MigratedDatabase _database = null!;

    private GeoOfferDatabase Database => _database.Database;

    public async ValueTask InitializeAsync() => _database = await MigratedDatabase.CreateAsync(cluster);

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Theory]
    [InlineData(0.975, true)]
    [InlineData(0.985, false)]
    [InlineData(1, false)]
    [InlineData(1.015, false)]
    [InlineData(1.025, true)]
    public async Task An_area_that_is_declared_more_than_two_per_cent_off_is_doubtful(double ratio, bool isTold)
    {
        var measured = await _database.ScalarAsync<double>("SELECT ST_Area(ST_MakeEnvelope(9, 45, 9.005, 45.005, 4326)::geography) / 10000");
        var declared = (measured * ratio).ToString("0.######", CultureInfo.InvariantCulture);
        var report = await Database.RunAsync(Sites(Site("A", 9, 45, $",\"area_ha\":{declared}"), """{"type":"Feature","geometry":null,"properties":{"code":"B","kind":"greenfield","name":"x","area_ha":5}}""") with { DryRun = true });
        var told = report.Warnings.Where(warning => warning.Code == RejectionCode.AreaDiffers).ToList();
        Assert.Equal(isTold ? 1 : 0, told.Count);
        if (isTold)
        {
            Assert.Equal(("A", "gross_area_declared_ha", declared), (told[0].Id, told[0].Field, told[0].Value));
            Assert.Contains($"measured {measured.ToString("0.####", CultureInfo.InvariantCulture)} ha", told[0].Reason, StringComparison.Ordinal);
            Assert.Contains(ratio > 1 ? "+2.5 %" : "-2.5 %", told[0].Reason, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Retired_codes_of_municipalities_are_told_with_what_came_after_them()
    {
        await _database.ExecuteAsync(
            """
            INSERT INTO geooffer.municipality_code_history (old_code, successor_code, kind, old_name_it, valid_until) VALUES
              ('012900', '012901', 'merged', 'Uno', '2015-12-31'), ('012901', '012002', 'merged', 'Due', '2020-12-31'),
              ('012003', '012003', 'renamed', 'Tre', '2018-12-31'), ('012904', '012005', 'merged', 'Quattro', '2019-12-31'),
              ('012904', '012006', 'merged', 'Quattro', '2019-12-31')
            """);
        const string Header = "code,name,municipality_code\n";
        var agreements = await Database.RunAsync(Imports.Request("agreements", "a.csv", $"{Header}A,x,012900\nB,x,012003\nC,x,012904\nD,x,012999") with { DryRun = true });
        Assert.Equal(
            [("A", "municipality_code", "012002"), ("C", "municipality_code", "012005 or 012006")],
            agreements.Warnings.Where(warning => warning.Code == RejectionCode.RetiredCode).Select(warning => (warning.Id, warning.Field, warning.Fix)));
        Assert.Contains("Uno had it until 2015-12-31", agreements.Warnings[0].Reason, StringComparison.Ordinal);

        var sites = await Database.RunAsync(Sites(Site("A", 9, 45, ",\"municipality_code\":\"012901\"")) with { DryRun = true });
        Assert.Equal((RejectionCode.RetiredCode, "012002"), (sites.Warnings[0].Code, sites.Warnings[0].Fix));

        var municipalities = await Database.RunAsync(Imports.Request("municipalities", "m.csv", "code,name\n012900,Uno\n012003,Tre") with { DryRun = true });
        Assert.Equal(("012900", "code", "012002"), Assert.Single(municipalities.Warnings, warning => warning.Code == RejectionCode.RetiredCode) is var told ? (told.Id, told.Field, told.Fix) : default);
    }

    [Fact]
    public async Task Sites_that_lie_on_each_other_are_told_with_their_codes_and_hectares()
    {
        await Database.StoreAsync(Sites(Site("OLD", 9, 45), Site("GONE", 9.1, 45), Site("SAME", 9.2, 45)));
        await _database.ExecuteAsync("UPDATE geooffer.site SET lifecycle_state = 'withdrawn', is_public = false WHERE code = 'GONE'");

        // SAME moves away from where NEW4 comes to lie; NEW2 only touches, NEW3 shares less than a hundredth.
        var request = Sites(
            Site("NEW1", 9.0025, 45), Site("NEW2", 8.995, 45), Site("NEW3", 9.00497, 44.995), Site("GONER", 9.1, 45), Site("NEW4", 9.2, 45),
            Site("SAME", 9.3, 45), Site("NEW5", 9.3, 45.004)) with
        { Dataset = "sites" };
        var report = await Database.RunAsync(request with { DryRun = true });
        var told = report.Warnings.Where(warning => warning.Code == RejectionCode.Overlap).ToList();
        Assert.Equal([("NEW1", "OLD"), ("NEW5", "SAME")], told.Select(warning => (warning.Id, warning.Value)));
        var hectares = await _database.ScalarAsync<double>("SELECT ST_Area(ST_MakeEnvelope(9.0025, 45, 9.005, 45.005, 4326)::geography) / 10000");
        Assert.Contains($"{hectares.ToString("0.00", CultureInfo.InvariantCulture)} ha, 50.0 %", told[0].Reason, StringComparison.Ordinal);
        Assert.Contains("row 6", told[1].Reason, StringComparison.Ordinal);
        Assert.Equal(told, (await Database.StoreAsync(request)).Warnings.Where(warning => warning.Code == RejectionCode.Overlap));
    }

    [Fact]
    public async Task A_heap_of_sites_on_one_place_ends_in_time()
    {
        var report = await Database.RunAsync(Sites([.. Enumerable.Range(0, 2_000).Select(i => Site($"S{i}", 9 + (i * 1e-7), 45))]) with { DryRun = true });
        Assert.Equal(ImportReport.MostWarnings, report.Warnings.Count);
    }

    [Fact]
    public async Task Ten_thousand_equal_problems_are_one_line_of_the_summary()
    {
        var rows = Enumerable.Range(0, 10_000).Select(i => FormattableString.Invariant($"S{i},{(i % 5_000 == 0 ? "brownfeld" : "greenfield")},x,12.5,41.9"));
        var report = await Database.RunAsync(Imports.Request("sites", "sites.csv", $"code,kind,name,lon,lat\n{string.Join('\n', rows)}"));
        Assert.Equal(
            [(RejectionCode.NotInCodeList, "kind", true, 2L, 1L), (RejectionCode.OutsideRegion, "geometry", false, 10_000L, 1L)],
            report.Summary.Select(kind => (kind.Code, kind.Field, kind.Rejects, kind.Count, kind.Example.Row!.Value)));
        Assert.Equal((10_000L, 10_000), (report.WarningCount, report.Warnings.Count));
    }

    private static ImportRequest Sites(params string[] features) => Imports.Request("sites", "sites.geojson", Imports.Collection(features));

    private static string Site(string code, double longitude, double latitude, string more = "") =>
        Imports.Feature(Imports.Square(longitude, latitude), $$"""{"code":"{{code}}","kind":"greenfield","name":"x"{{more}}}""");
}
