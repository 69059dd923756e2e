using GeoOffer.Storage.Importing;
using GeoOffer.Storage.Importing.Profiles;
using GeoOffer.Testing;

namespace GeoOffer.Storage.Tests.Importing;

/// <summary>Real files of registers through the profiles that come with the program; sums and counts come from Python, positions from PROJ.</summary>
public sealed class RegisterImportTests(PostGisCluster cluster) : IAsyncLifetime
{
    private MigratedDatabase _database = null!;

    public async ValueTask InitializeAsync() => _database = await MigratedDatabase.CreateAsync(cluster);

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task Leicester_states_its_system_row_by_row()
    {
        var report = await RunAsync("uk_leicester_brownfield_osgb36.csv", "uk-brownfield-land");
        Assert.Equal((66, 66), (report.Rows.Read, report.Rows.New));
        Assert.Equal("62 private, 2 mixed, 2 public", await CountAsync("ownership"));
        Assert.Equal("56 approved, 10 not_started", await CountAsync("plan_stage"));
        Assert.Equal("66 brownfield residential 2017-12-31", await CountAsync("concat_ws(' ', kind, array_to_string(functions, ','), first_added)"));
        Assert.Equal(39.15, await SumAsync("gross_area_declared_ha"), 1e-9);
        Assert.Equal(
            "POINT(-1.143477 52.638977)",
            await ScalarAsync("SELECT ST_AsText(geom, 6) FROM geooffer.site WHERE code = 'LLU6012_20151587'"));
        Assert.Equal("Open Government Licence v3.0", await ScalarAsync("SELECT licence FROM geooffer.dataset"));
    }

    [Fact]
    public async Task Rochdale_is_understood_by_its_own_headers()
    {
        var report = await RunAsync("uk_rochdale_brownfield_free_headers.csv", "uk-brownfield-land");
        Assert.Equal((128, 128), (report.Rows.Read, report.Rows.New));
        Assert.Equal(9, report.Warnings.Count(warning => warning is { Field: "ownership", Value: "Local Authority, Unknown", Code: RejectionCode.NotInCodeList }));
        Assert.Equal("104 unknown, 24 public", await CountAsync("ownership"));
        Assert.Equal("83 2017-11-29, 45 2017-11-28", await CountAsync("first_added"));
        Assert.Equal(100.83, await SumAsync("gross_area_declared_ha"), 1e-9);
        Assert.Equal(
            "POINT(-2.159461 53.609524) Site Of 53-61 Tweedale Street, Rochdale",
            await ScalarAsync("SELECT ST_AsText(geom, 6) || ' ' || name_it FROM geooffer.site WHERE code = 'SH-0483'"));
        Assert.Contains("TOWNSHIP", report.IgnoredColumns);
    }

    [Fact]
    public async Task New_Forest_has_one_area_that_is_a_sentence()
    {
        var report = await RunAsync("uk_newforest_brownfield_8bit.csv", "uk-brownfield-land");
        Assert.Equal((56, 55, 1), (report.Rows.Read, report.Rows.New, report.Rows.Rejected));
        var problem = Assert.Single(report.Rejections);
        Assert.Equal(("BLR_Lymi_008", "gross_area_declared_ha", RejectionCode.WrongType), (problem.Id, problem.Field, problem.Code));
        Assert.False(report.IsStored);
    }

    [Fact]
    public async Task Tonbridge_labels_British_metres_as_degrees_and_is_told_the_system()
    {
        var report = await RunAsync("uk_tonbridge_brownfield_osgb_labelled_wgs84.csv", "uk-brownfield-land");
        Assert.Equal((13, 0, 13), (report.Rows.Read, report.Rows.New, report.Rows.Rejected));
        var misplaced = report.Rejections.Where(problem => problem.Field == "geometry").ToList();
        Assert.Equal(13, misplaced.Count);
        Assert.All(misplaced, problem => Assert.Equal((RejectionCode.Projected, "--crs EPSG:27700"), (problem.Code, problem.Fix)));
        Assert.Contains("13 of 13 rows are in metres: import the file with --crs EPSG:27700", report.Notices);

        var mended = await RunAsync("uk_tonbridge_brownfield_osgb_labelled_wgs84.csv", "uk-brownfield-land", 27700);
        var nameless = Assert.Single(mended.Rejections);
        Assert.Equal(("TMBC-BFR-012", "name_it", RejectionCode.Missing), (nameless.Id, nameless.Field, nameless.Code));
        Assert.Equal((12, 7), (mended.Rows.New, mended.Warnings.Count(warning => warning.Code == RejectionCode.WrongCellCount)));
    }

    [Fact]
    public async Task Islington_mixes_geocentric_coordinates_with_systems_that_do_not_exist_and_none_lands_in_the_sea()
    {
        var report = await RunAsync("uk_islington_brownfield_latin1_crs_mislabelled.csv", "uk-brownfield-land");
        Assert.Equal((1079, 741, 338), (report.Rows.Read, report.Rows.New, report.Rows.Rejected));
        var misplaced = report.Rejections.Where(problem => problem.Field is "geometry" or "CoordinateReferenceSystem").ToLookup(problem => problem.Code);
        Assert.Equal(
            [(RejectionCode.OutsideDomain, 159), (RejectionCode.Geocentric, 101), (RejectionCode.OtherSystem, 63)],
            misplaced.Select(group => (group.Key, group.Count())).OrderByDescending(pair => pair.Item2));
        Assert.Equal("P052245", misplaced[RejectionCode.Geocentric].First().Id);
        Assert.Contains("geocentric", misplaced[RejectionCode.Geocentric].First().Reason, StringComparison.Ordinal);

        // Degrees that are labelled metres would lie in the Atlantic, 7.6° west.
        Assert.All(misplaced[RejectionCode.OtherSystem], problem => Assert.Contains("lies at -7.55", problem.Reason, StringComparison.Ordinal));
        Assert.Contains(misplaced[RejectionCode.OutsideDomain], problem => problem is { Value: "ETRS114", Id: not null } && problem.Fix!.Contains("ETRS89", StringComparison.Ordinal));
        Assert.False(report.IsStored);
        Assert.Equal(0, await _database.ScalarAsync<long>("SELECT count(*) FROM geooffer.site"));
    }

    [Fact]
    public async Task Stoke_is_told_to_be_a_workbook_before_any_profile_is_applied()
    {
        var report = await RunAsync("uk_stoke_brownfield_2024_xlsx_named.csv", "uk-brownfield-land");
        Assert.NotNull(report.Fault);
        Assert.Equal(0, report.Rows.Read);
    }

    [Fact]
    public async Task A_register_of_another_kind_is_told_by_its_header()
    {
        var report = await RunAsync("friches_ardennes.csv", "uk-brownfield-land");
        Assert.Equal(FileFaultCode.Header, report.Fault?.Code);
        Assert.Contains("code (SiteReference, SiteRef, LA SITE REF, Reference)", report.Fault!.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Friches_of_the_Ardennes_as_a_table()
    {
        var report = await RunAsync("friches_ardennes.csv", "cnig-friches");
        Assert.Equal((164, 164, 0), (report.Rows.Read, report.Rows.New, report.Rows.Rejected));
        Assert.Equal("95 unknown, 49 public, 20 private", await CountAsync("ownership"));
        Assert.Equal("62 none, 30 unlikely, 29 suspected, 23 proven, 20 treated", await CountAsync("soil_pollution"));
        Assert.Equal("131 inactive, 32 in_use, 1 unknown", await CountAsync("disuse"));
        Assert.Equal("132 draft, 32 settled", await CountAsync("lifecycle_state"));
        Assert.Equal(288.187, await SumAsync("gross_area_declared_ha"), 1e-9);
        Assert.Equal(
            "Délaissé ferroviaire d’Amagne-Lucquy|RD 21, Amagne|9.754|friche ferroviaire|POINT(4.483852 49.524312)",
            await ScalarAsync(
                """
                SELECT concat_ws('|', name_it, description_it, gross_area_declared_ha, previous_activity, ST_AsText(geom))
                FROM geooffer.site WHERE code = '08008_01'
                """));
        Assert.Equal(0, await _database.ScalarAsync<long>("SELECT count(municipality_code) FROM geooffer.site"));
    }

    [Fact]
    public async Task Friches_of_the_Ardennes_as_polygons_with_one_that_is_not_valid()
    {
        var report = await RunAsync("friches_ardennes.geojson", "cnig-friches");
        Assert.Equal((164, 163, 1), (report.Rows.Read, report.Rows.New, report.Rows.Rejected));
        var problem = Assert.Single(report.Rejections);
        Assert.Equal(("08402_01", RejectionCode.GeometryInvalid), (problem.Id, problem.Code));
    }

    [Fact]
    public async Task Provinces_of_one_region_out_of_the_boundaries_of_Italy()
    {
        var report = await RunAsync("istat_provinces_2022_utm32_shp.zip", "istat-provinces", collection: "provinces");
        Assert.Equal((12, 12), (report.Rows.Read, report.Rows.New));
        Assert.Contains("only rows are taken for which COD_REG is 3; left out: 95", report.Notices);
        Assert.Equal(
            "012 VA, 013 CO, 014 SO, 015 MI, 016 BG, 017 BS, 018 PV, 019 CR, 020 MN, 097 LC, 098 LO, 108 MB",
            await ScalarAsync("SELECT string_agg(code || ' ' || sigla, ', ' ORDER BY code) FROM geooffer.province"));
        Assert.Equal("Monza e della Brianza", await ScalarAsync("SELECT name_it FROM geooffer.province WHERE code = '108'"));
        Assert.InRange(await _database.ScalarAsync<double>("SELECT sum(ST_Area(geom::geography)) / 1e6 FROM geooffer.province"), 23_800, 23_900);
        Assert.Equal("ISTAT", await ScalarAsync("SELECT source FROM geooffer.dataset"));

        var piedmont = await RunAsync(
            "istat_provinces_2022_utm32_shp.zip", "istat-provinces", collection: "provinces", parameters: new() { ["region"] = "01" });
        Assert.Equal(8, piedmont.Rows.Read);
    }

    [Fact]
    public async Task Municipalities_of_the_list_of_ISTAT()
    {
        await RunAsync("istat_provinces_2022_utm32_shp.zip", "istat-provinces", collection: "provinces");
        var report = await RunAsync("istat_comuni_lombardia_cp1252.csv", "istat-municipalities", collection: "municipalities");
        Assert.Equal((1_506, 1_506, 0L), (report.Rows.Read, report.Rows.New, report.WarningCount));
        Assert.Equal(
            "013041|Cantù|013|B639|38717",
            await ScalarAsync("SELECT concat_ws('|', code, name_it, province_code, cadastral_code, population) FROM geooffer.municipality WHERE code = '013041'"));
    }

    private Task<string?> ScalarAsync(string sql) => _database.ScalarAsync<string?>(sql);

    private Task<double> SumAsync(string expression) => _database.ScalarAsync<double>($"SELECT sum({expression}) FROM geooffer.site");

    private Task<string?> CountAsync(string expression) => ScalarAsync(
        $"""
        SELECT string_agg(count || ' ' || value, ', ' ORDER BY count DESC, value)
        FROM (SELECT count(*), ({expression})::text AS value FROM geooffer.site GROUP BY 2) AS counts
        """);

    private async Task<ImportReport> RunAsync(
        string file, string profile, int? srid = null, string collection = "sites", Dictionary<string, string>? parameters = null) =>
        await _database.Database.RunAsync(Imports.Request(collection, ImportFile.FromPath(SharedData.Require("data/messy/" + file))) with
        {
            Source = null,
            Profile = await ImportProfiles.GetAsync(profile, TestContext.Current.CancellationToken),
            ProfileValues = parameters ?? [],
            Srid = srid,
        });
}
