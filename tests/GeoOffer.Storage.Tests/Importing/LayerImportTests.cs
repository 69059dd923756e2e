using GeoOffer.Storage.Importing;
using GeoOffer.Testing;

namespace GeoOffer.Storage.Tests.Importing;

public sealed class LayerImportTests(PostGisCluster cluster) : IAsyncLifetime
{
    private static readonly Dictionary<string, string> Airports = new() { ["kind"] = "airport" };
    private static readonly Dictionary<string, string> Parks = new() { ["kind"] = "protected_area" };

    private MigratedDatabase _database = null!;

    public async ValueTask InitializeAsync() => _database = await MigratedDatabase.CreateAsync(cluster);

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Theory]
    [InlineData("""{"code":"X1"}""", null, "airport.X1")]
    [InlineData("""{"station_id":"X1","stop_id":"X2"}""", "X3", "airport.X1")]
    [InlineData("""{"name":"x"}""", "X3", "airport.X3")]
    [InlineData("""{"code":"airport.X1"}""", null, "airport.X1")]
    [InlineData("""{"code":"","id":"X4 "}""", null, "airport.X4")]
    [InlineData("""{"code":17}""", null, "airport.17")]
    public async Task The_code_is_the_identifier_after_the_kind(string properties, string? id, string code)
    {
        await ImportAsync("infrastructure", Airports, Imports.Feature(Imports.Point(9, 45), properties, id));
        Assert.Equal(code, await _database.ScalarAsync<string>("SELECT code FROM geooffer.infrastructure"));
    }

    [Fact]
    public async Task A_feature_without_identifier_is_known_by_what_it_is()
    {
        string[] features = [.. Enumerable.Range(0, 3).Select(i => Imports.Feature(Imports.Point(9 + (0.1 * i), 45), """{"name":"x"}"""))];
        await ImportAsync("infrastructure", Airports, features);
        var again = await ImportAsync("infrastructure", Airports, [.. features.Reverse()]);
        Assert.Equal((3, 0, 0), (again.Rows.Unchanged, again.Rows.New, again.Rows.Changed));

        var twice = await ImportAsync("infrastructure", Airports, features[0], features[0]);
        Assert.Equal((1, 1), (twice.Rows.Unchanged, twice.Rows.New));
        Assert.Equal(RejectionCode.DuplicateCode, Assert.Single(twice.Warnings).Code);
    }

    [Fact]
    public async Task Fields_that_have_no_column_are_attributes_and_a_fixed_field_leaves_its_column_to_them()
    {
        await ImportAsync("infrastructure", Airports, Imports.Feature(
            Imports.Point(9, 45), """{"code":"X","name":"Malpensa","kind":"(grande)","runways":[{"m":3920}],"iata":"MXP","closed":false,"none":null,"lat":45}"""));
        Assert.Equal(
            """Malpensa {"lat": 45, "iata": "MXP", "kind": "(grande)", "closed": false, "runways": [{"m": 3920}]}""",
            await _database.ScalarAsync<string>("SELECT name_it || ' ' || attributes FROM geooffer.infrastructure"));
    }

    [Fact]
    public async Task Constraints_have_the_severity_of_their_kind_unless_they_state_one()
    {
        await ImportAsync(
            "constraints", [],
            Imports.Feature(Imports.Square(9, 45), """{"id":1,"kind":"flood_p1"}"""),
            Imports.Feature(Imports.Square(9.1, 45), """{"id":2,"kind":"flood_p3"}"""),
            Imports.Feature(Imports.Square(9.2, 45), """{"id":3,"kind":"Protected_Area","effetto":"informs"}"""));
        Assert.Equal(
            "flood_p1.1 informs, flood_p3.2 excludes, protected_area.3 informs",
            await _database.ScalarAsync<string>("SELECT string_agg(code || ' ' || severity, ', ' ORDER BY code) FROM geooffer.constraint_area"));
    }

    [Fact]
    public async Task Infrastructure_covers_the_region_for_each_kind_of_the_file()
    {
        await ImportAsync(
            "infrastructure", [], Imports.Feature(Imports.Point(9, 45), """{"id":1,"kind":"airport"}"""), Imports.Feature(Imports.Point(9, 45), """{"id":2,"kind":"port"}"""));
        Assert.Equal(
            "airport true, port true",
            await _database.ScalarAsync<string>(
                "SELECT string_agg(layer || ' ' || ST_Equals(coverage, extent), ', ' ORDER BY layer) FROM geooffer.dataset_coverage, geooffer.region"));
        Assert.Equal(2, await _database.ScalarAsync<long>("SELECT count(*) FROM geooffer.fact_layer WHERE coverage IS NOT NULL"));
    }

    [Fact]
    public async Task Constraints_cover_their_own_features_only_and_the_report_says_so()
    {
        var report = await ImportAsync("constraints", Parks, Imports.Feature(Imports.Square(9, 45, 0.1), """{"id":1}"""));
        Assert.Contains(report.Notices, notice => notice.Contains("--coverage region", StringComparison.Ordinal));
        await _database.Database.StoreAsync(Imports.Request("sites", "sites.geojson", Imports.Collection(
            Imports.Feature(Imports.Square(9.01, 45.01), """{"code":"IN","kind":"greenfield","name":"x"}"""),
            Imports.Feature(Imports.Square(9.5, 45.5), """{"code":"OUT","kind":"greenfield","name":"y"}"""))));
        Assert.Equal("IN 1, OUT unknown", await SharesAsync());

        await _database.Database.StoreAsync(Request("constraints", Parks, Imports.Feature(Imports.Square(9, 45, 0.1), """{"id":1}""")) with { Coverage = ImportCoverage.Region });
        Assert.Equal("IN 1, OUT 0", await SharesAsync());
    }

    [Fact]
    public async Task A_declared_coverage_stays_when_a_later_import_declares_none()
    {
        var request = Request("constraints", Parks, Imports.Feature(Imports.Square(9, 45, 0.1), """{"id":1}"""));
        var declared = await _database.Database.StoreAsync(request with { Coverage = ImportCoverage.Region });
        var again = await _database.Database.StoreAsync(request);
        Assert.Null(again.Version);
        Assert.Contains(again.Notices, notice => notice.Contains("keeps the coverage", StringComparison.Ordinal));

        var features = await _database.Database.StoreAsync(request with { Coverage = ImportCoverage.Features });
        Assert.Equal(declared.Version + 1, features.Version);
        await _database.Database.StoreAsync(Request("constraints", Parks, Imports.Feature(Imports.Square(9.2, 45, 0.1), """{"id":2}""")));
        Assert.Equal(
            "0.02", await _database.ScalarAsync<string>("SELECT round(ST_Area(coverage)::numeric, 4)::double precision::text FROM geooffer.fact_layer WHERE name = 'protected_area'"));
    }

    [Theory]
    [InlineData("bbox:9,45,9.5,45.5", 0.25)]
    [InlineData("none", null)]
    public async Task Coverage_is_what_is_declared(string text, double? squareDegrees)
    {
        await _database.Database.StoreAsync(Request("constraints", Parks, Imports.Feature(Imports.Square(9, 45), """{"id":1}""")) with
        {
            Coverage = await ImportCoverage.ParseAsync(text, TestContext.Current.CancellationToken),
        });
        Assert.Equal(squareDegrees, await _database.ScalarAsync<object>("SELECT ST_Area(coverage) FROM geooffer.fact_layer WHERE name = 'protected_area'") as double?);
    }

    [Fact]
    public async Task Coverage_is_read_from_a_file_of_polygons()
    {
        var path = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(path, Imports.Collection(Imports.Feature(Imports.Square(9, 45, 0.1), "{}"), Imports.Feature(Imports.Square(9.05, 45, 0.1), "{}")), TestContext.Current.CancellationToken);
            var area = Assert.IsType<ImportCoverage.Area>(await ImportCoverage.ParseAsync(path, TestContext.Current.CancellationToken));
            Assert.Equal(0.015, area.Geometry.Area, 9);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Theory]
    [InlineData("bbox:9,45,8,46")]
    [InlineData("bbox:9,45,9.5")]
    [InlineData("bbox:1e400,45,9.5,46")]
    [InlineData("everywhere")]
    public async Task Coverage_that_is_none_is_refused(string text)
        => await Assert.ThrowsAsync<ImportRequestException>(() => ImportCoverage.ParseAsync(text, TestContext.Current.CancellationToken));

    [Fact]
    public async Task Features_gone_from_the_file_are_removed_when_the_import_replaces_and_stay_in_the_history()
    {
        await ImportAsync("infrastructure", [], Imports.Feature(Imports.Point(9, 45), """{"id":1,"kind":"airport"}"""), Imports.Feature(Imports.Point(9, 45.1), """{"id":2,"kind":"port"}"""));
        var report = await _database.Database.StoreAsync(Request("infrastructure", [], Imports.Feature(Imports.Point(9, 45), """{"id":1,"kind":"airport"}""")) with { Mode = ImportMode.Replace });
        Assert.Equal((1, 1), (report.Rows.Unchanged, report.Rows.Removed));
        Assert.Equal("airport.1", await _database.ScalarAsync<string>("SELECT string_agg(code, ',') FROM geooffer.infrastructure"));
        Assert.Equal("port.2", await _database.ScalarAsync<string>("SELECT string_agg(code, ',') FROM geooffer.infrastructure_history"));
        Assert.Equal("airport", await _database.ScalarAsync<string>("SELECT string_agg(layer, ',') FROM geooffer.dataset_coverage"));
    }

    [Fact]
    public async Task A_sequence_and_a_table_give_the_same_features_as_a_collection()
    {
        var feature = Imports.Feature(Imports.Point(9, 45), """{"id":"1","name":"x","note":"y"}""");
        await ImportAsync("infrastructure", Airports, feature);
        var sequence = await _database.Database.StoreAsync(Request("infrastructure", Airports) with { File = Imports.File("layer.geojsonl", feature + "\n"), Dataset = "layer" });
        var table = await _database.Database.StoreAsync(Request("infrastructure", Airports) with { File = Imports.File("layer.csv", "ID,Name,note,Geo X,Geo Y\n1,x,y,9,45"), Dataset = "layer", Mapping = new Dictionary<string, string> { ["id"] = "code" } });
        Assert.Equal((1, 1), (sequence.Rows.Unchanged, table.Rows.Unchanged));
    }

    [Fact]
    public async Task Poles_pilot_areas_and_agreements_are_registers_of_the_same_kind()
    {
        await ImportAsync("poles", [], Imports.Feature(Imports.Square(9, 45, 0.2), """{"code":"P1","name":"Polo","reach":"regional"}"""));
        await ImportAsync("pilot-areas", [], Imports.Feature(Imports.Square(9.05, 45.05, 0.1), """{"code":"A1","name":"Area","pole_code":"P1"}"""));
        await ImportAsync("agreements", [], Imports.Feature("null", """{"code":"AC1","name":"Accordo","istat_code":"015182","signed_on":"2021-05-01","ends_on":"2023-12-31"}"""));
        await _database.Database.StoreAsync(Imports.Request("sites", "sites.csv", "code,kind,name,lon,lat\nS,greenfield,x,9.1,45.1"));
        Assert.Equal("P1 A1", await _database.ScalarAsync<string>("SELECT pole_code || ' ' || pilot_area_code FROM geooffer.site_fact"));

        var orphan = await _database.Database.RunAsync(Request("pilot-areas", [], Imports.Feature("null", """{"code":"A2","name":"Area","pole_code":"P9"}""")));
        Assert.Equal(RejectionCode.UnknownReference, Assert.Single(orphan.Rejections).Code);
        var gone = await _database.Database.RunAsync(Request("poles", [], Imports.Feature("null", """{"code":"P2","name":"Polo"}""")) with { Mode = ImportMode.Replace });
        Assert.Equal(("P1", RejectionCode.StillReferenced), (gone.Rejections[0].Id, gone.Rejections[0].Code));
    }

    [Fact]
    public async Task Municipalities_find_their_province_by_code_sigla_or_name()
    {
        await _database.Database.StoreAsync(Imports.Request("provinces", "p.csv", "COD_PROV;SIGLA;DEN_UTS\n012;VA;Varese\n015;MI;Milano\n"));
        await _database.Database.StoreAsync(Imports.Request(
            "municipalities", "m.csv", "PRO_COM_T;COMUNE;Provincia\n012001;Agra;VA\n012002;Albizzate;varese\n015146;Milano;\n015182;Rho;015\n"));
        Assert.Equal(
            "012001 012, 012002 012, 015146 015, 015182 015",
            await _database.ScalarAsync<string>("SELECT string_agg(code || ' ' || province_code, ', ' ORDER BY code) FROM geooffer.municipality"));

        var unknown = await _database.Database.RunAsync(Imports.Request("municipalities", "n.csv", "PRO_COM_T;COMUNE;Provincia\n016024;Bergamo;BG\n"));
        Assert.Equal((RejectionCode.UnknownReference, "016"), (unknown.Rejections[0].Code, unknown.Rejections[0].Fix));
        var same = await _database.Database.RunAsync(Imports.Request("provinces", "q.csv", "COD_PROV;SIGLA;DEN_UTS\n099;MI;Altra\n"));
        Assert.Equal(RejectionCode.Contradiction, Assert.Single(same.Rejections).Code);
    }

    [Fact]
    public async Task What_was_drawn_gives_way_to_what_was_surveyed()
    {
        await ImportAsync("municipalities", new() { ["is_approximate"] = "yes" }, Imports.Feature(Imports.Square(9, 45), """{"code":"015182","name":"Rho"}"""));
        var report = await _database.Database.StoreAsync(Imports.Request("municipalities", "istat.geojson", Imports.Collection(Imports.Feature(Imports.Square(9, 45, 0.02), """{"code":"015182","name":"Rho"}"""))));
        Assert.Equal(1, report.Rows.Changed);
        Assert.Equal("false istat", await _database.ScalarAsync<string>("SELECT is_approximate || ' ' || d.name FROM geooffer.municipality AS m JOIN geooffer.dataset AS d ON d.id = m.dataset_id"));
    }

    private static ImportRequest Request(string collection, Dictionary<string, string> fixedValues, params string[] features) =>
        Imports.Request(collection, "layer.geojson", Imports.Collection(features)) with { FixedValues = fixedValues };

    private Task<ImportReport> ImportAsync(string collection, Dictionary<string, string> fixedValues, params string[] features) =>
        _database.Database.StoreAsync(Request(collection, fixedValues, features));

    private Task<string> SharesAsync() => _database.ScalarAsync<string>(
        "SELECT string_agg(code || ' ' || coalesce(round(overlap_protected_area_share::numeric, 6)::double precision::text, 'unknown'), ', ' ORDER BY code) FROM geooffer.site_fact");
}
