using System.Globalization;
using GeoOffer.Storage.Importing;
using GeoOffer.Testing;

namespace GeoOffer.Storage.Tests.Importing;

public sealed class SiteImportTests(PostGisCluster cluster) : IAsyncLifetime
{
    private const string Header = "code,kind,name,lon,lat";
    private const string Two = Header + "\nA,greenfield,Uno,9,45\nB,brownfield,Due,9.1,45.1\n";

    private MigratedDatabase _database = null!;
    private long _versionBefore;

    public async ValueTask InitializeAsync()
    {
        _database = await MigratedDatabase.CreateAsync(cluster);
        _versionBefore = await _database.VersionAsync();
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task A_site_is_stored_with_its_facts()
    {
        await _database.Database.StoreAsync(Imports.Request("infrastructure", "stations.geojson", Imports.Collection(
            Imports.Feature(Imports.Point(9.1, 45.4), """{"name":"Near","type":"rail"}""", "S1"))) with
        {
            FixedValues = new Dictionary<string, string> { ["kind"] = "passenger_station" },
        });
        var report = await _database.Database.StoreAsync(Imports.Request("sites", "sites.geojson", Imports.Collection(
            Imports.Feature(Imports.Square(9.0, 45.4), """{"code":"GO-1","kind":"brownfield","name":"Uno","functions":["industrial","logistics"]}"""))));

        Assert.Equal(1, report.Rows.New);

        // GeodSolve -i: 7438.147982 m from the corner at 9.005, 45.4; Planimeter: 217,536 m².
        Assert.Equal(
            "GO-1 brownfield {industrial,logistics} passenger_station.S1 7438.15 21.7536",
            await _database.ScalarAsync<string>(
                """
                SELECT concat_ws(' ', f.code, f.kind, f.functions, i.code, round(f.distance_passenger_station_m::numeric, 2), round(f.measured_area_ha::numeric, 4))
                FROM geooffer.site_fact AS f JOIN geooffer.infrastructure AS i ON i.id = f.nearest_passenger_station_id
                """));
    }

    [Fact]
    public async Task One_row_at_fault_and_nothing_is_stored()
    {
        var report = await _database.Database.RunAsync(Imports.Request("sites", "sites.csv", Two + "C,purple,Tre,9,45\n"));
        Assert.Equal((3, 1, false), (report.Rows.Read, report.Rows.Rejected, report.IsStored));
        Assert.Equal(0, await _database.ScalarAsync<long>("SELECT (SELECT count(*) FROM geooffer.site) + (SELECT count(*) FROM geooffer.dataset)"));
        Assert.Equal(_versionBefore, await _database.VersionAsync());
        Assert.Equal(0, await StagingTablesAsync());
    }

    [Fact]
    public async Task The_same_import_again_changes_nothing()
    {
        var request = Imports.Request("sites", "sites.csv", Two) with { AsOf = new DateOnly(2026, 1, 1), Licence = "CC0" };
        var first = await _database.Database.StoreAsync(request);
        var again = await _database.Database.StoreAsync(request with { Source = null, AsOf = null, Licence = null });

        Assert.Equal((2, 0, 0), (first.Rows.New, first.Rows.Changed, first.Rows.Unchanged));
        Assert.Equal((0, 0, 2), (again.Rows.New, again.Rows.Changed, again.Rows.Unchanged));
        Assert.Null(again.Version);
        Assert.Equal(first.Version, await _database.VersionAsync());
        Assert.Equal(0, await _database.ScalarAsync<long>("SELECT count(*) FROM geooffer.site_history"));
    }

    [Fact]
    public async Task Only_rows_that_differ_are_written()
    {
        var first = await _database.Database.StoreAsync(Imports.Request("sites", "sites.csv", Two));
        var second = await _database.Database.StoreAsync(Imports.Request("sites", "sites.csv", Two.Replace("Due", "Two", StringComparison.Ordinal)));
        Assert.Equal((0, 1, 1), (second.Rows.New, second.Rows.Changed, second.Rows.Unchanged));
        Assert.Equal(first.Version + 1, second.Version);
        Assert.Equal(
            $"A {first.Version}, B {second.Version}",
            await _database.ScalarAsync<string>(
                "SELECT string_agg(s.code || ' ' || c.version, ', ' ORDER BY s.code) FROM geooffer.site AS s JOIN geooffer.change_set AS c ON c.id = s.change_set_id"));
        Assert.Equal("Due", await _database.ScalarAsync<string>("SELECT name_it FROM geooffer.site_history"));
    }

    [Fact]
    public async Task A_new_date_of_the_same_rows_is_a_change_of_the_dataset_only()
    {
        var first = await _database.Database.StoreAsync(Imports.Request("sites", "sites.csv", Two) with { AsOf = new DateOnly(2025, 1, 1) });
        var second = await _database.Database.StoreAsync(Imports.Request("sites", "sites.csv", Two) with { AsOf = new DateOnly(2026, 1, 1) });
        Assert.Equal((2, first.Version + 1), (second.Rows.Unchanged, second.Version));
        Assert.Equal("2026-01-01 a source", await _database.ScalarAsync<string>("SELECT as_of || ' ' || source FROM geooffer.dataset"));
    }

    [Fact]
    public async Task Columns_that_the_file_does_not_have_keep_what_is_stored()
    {
        await _database.Database.StoreAsync(Imports.Request("sites", "sites.csv", Header + ",gas,area_ha,first_added\nA,greenfield,Uno,9,45,sì,4.5,2020-02-02\n"));
        await _database.Database.StoreAsync(Imports.Request("sites", "sites.csv", "code,kind,name,area_ha,first_added\nA,greenfield,Uno,,\n"));
        Assert.Equal(
            "yes <null> POINT(9 45) 2020-02-02",
            await _database.ScalarAsync<string>(
                "SELECT concat_ws(' ', gas, coalesce(gross_area_declared_ha::text, '<null>'), ST_AsText(geom), first_added) FROM geooffer.site"));
    }

    [Theory]
    [InlineData("lifecycle_state", "published", true)]
    [InlineData("lifecycle_state", "reserved", true)]
    [InlineData("lifecycle_state", "draft", false)]
    [InlineData("lifecycle_state,is_public", "published,no", false)]
    [InlineData("is_public", "vero", true)]
    [InlineData("note", "x", false)]
    public async Task A_site_is_public_when_it_says_so_or_is_published(string columns, string values, bool isPublic)
    {
        await _database.Database.StoreAsync(Imports.Request("sites", "sites.csv", $"{Header},{columns}\nA,greenfield,Uno,9,45,{values}\n"));
        Assert.Equal(isPublic, await _database.ScalarAsync<bool>("SELECT is_public FROM geooffer.site"));
        Assert.Equal(isPublic, await _database.ScalarAsync<bool>("SELECT is_public FROM geooffer.site_fact"));
    }

    [Fact]
    public async Task Rows_gone_from_the_file_stay_unless_the_import_replaces()
    {
        var request = Imports.Request("sites", "sites.csv", Header + ",is_public\nA,greenfield,Uno,9,45,yes\nB,brownfield,Due,9.1,45.1,yes\n");
        await _database.Database.StoreAsync(request);
        await _database.Database.StoreAsync(Imports.Request("sites", "other.csv", Header + "\nC,greenfield,Tre,9,45\n"));
        var shorter = Imports.File("sites.csv", Header + ",is_public\nA,greenfield,Uno,9,45,yes\n");
        Assert.Equal((1, 0), Counts(await _database.Database.StoreAsync(request with { File = shorter })));

        var replaced = await _database.Database.StoreAsync(request with { File = shorter, Mode = ImportMode.Replace });
        Assert.Equal((1, 1), Counts(replaced));
        Assert.Equal(
            "A draft true, B withdrawn false, C draft false",
            await _database.ScalarAsync<string>("SELECT string_agg(concat_ws(' ', s.code, lifecycle_state, f.is_public::text), ', ' ORDER BY s.code) FROM geooffer.site AS s JOIN geooffer.site_fact AS f ON f.site_id = s.id"));

        var again = await _database.Database.StoreAsync(request with { File = shorter, Mode = ImportMode.Replace });
        Assert.Equal((1, 0), Counts(again));
        Assert.Null(again.Version);
        var back = await _database.Database.StoreAsync(request);
        Assert.Contains(back.Notices, notice => notice.Contains("withdrawn", StringComparison.Ordinal));

        static (long Unchanged, long Removed) Counts(ImportReport report) => (report.Rows.Unchanged, report.Rows.Removed);
    }

    [Fact]
    public async Task A_code_of_another_dataset_is_a_conflict()
    {
        await _database.Database.StoreAsync(Imports.Request("sites", "first.csv", Two));
        var report = await _database.Database.RunAsync(Imports.Request("sites", "second.csv", Two));
        Assert.Equal([RejectionCode.OwnedByOther, RejectionCode.OwnedByOther], report.Rejections.Select(problem => problem.Code));
        Assert.Equal("import it with --name \"first\"", report.Rejections[0].Fix);
    }

    [Fact]
    public async Task A_trial_counts_and_stores_nothing()
    {
        var report = await _database.Database.RunAsync(Imports.Request("sites", "sites.csv", Two) with { DryRun = true });
        Assert.Equal((2, false, true), (report.Rows.New, report.IsStored, report.IsDryRun));
        Assert.Equal(_versionBefore, await _database.VersionAsync());
        Assert.Equal(0, await StagingTablesAsync());
    }

    [Fact]
    public async Task Metres_of_a_projection_are_transformed_when_it_is_stated()
    {
        // gdaltransform -s_srs EPSG:32632 -t_srs EPSG:4326: 514950 5033890 is 9.19151 45.45816.
        await _database.Database.StoreAsync(Imports.Request("sites", "sites.csv", Header + "\nA,greenfield,x,514950,5033890") with { Srid = 32632 });
        Assert.Equal(
            await _database.ScalarAsync<string>("SELECT ST_AsText(ST_Transform(ST_SetSRID(ST_MakePoint(514950, 5033890), 32632), 4326), 8)"),
            await _database.ScalarAsync<string>("SELECT ST_AsText(geom, 8) FROM geooffer.site"));
    }

    [Fact]
    public async Task Heights_are_dropped_and_rings_of_either_order_run_one_way()
    {
        await _database.Database.StoreAsync(Imports.Request(
            "sites", "sites.csv",
            "code;kind;name;wkt\nA;greenfield;x;POLYGON Z ((9 45 100, 9 45.1 100, 9.1 45.1 100, 9.1 45 100, 9 45 100))\nB;greenfield;y;POLYGON ((9 45, 9.1 45, 9.1 45.1, 9 45.1, 9 45))"));
        Assert.Equal(
            "POLYGON((9 45,9.1 45,9.1 45.1,9 45.1,9 45)) POLYGON((9 45,9.1 45,9.1 45.1,9 45.1,9 45))",
            await _database.ScalarAsync<string>("SELECT string_agg(ST_AsText(geom), ' ' ORDER BY code) FROM geooffer.site"));
    }

    [Theory]
    [InlineData(ImportStage.Reading)]
    [InlineData(ImportStage.Comparing)]
    [InlineData(ImportStage.Facts)]
    [InlineData(ImportStage.Publishing)]
    public async Task A_cancelled_import_leaves_nothing(ImportStage stage)
    {
        var rows = Enumerable.Range(0, 5_000).Select(i => string.Create(CultureInfo.InvariantCulture, $"S{i},greenfield,x,{9 + (i * 1e-4)},45"));
        using var cancellation = new CancellationTokenSource();
        var import = new Importer(_database.Database).RunAsync(
            Imports.Request("sites", "sites.csv", Header + "\n" + string.Join('\n', rows)), new CancelAt(stage, cancellation), cancellation.Token);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => import);
        Assert.Equal(0, await _database.ScalarAsync<long>("SELECT (SELECT count(*) FROM geooffer.site) + (SELECT count(*) FROM geooffer.dataset)"));
        Assert.Equal(_versionBefore, await _database.VersionAsync());
        Assert.Equal(0, await StagingTablesAsync());
    }

    [Fact]
    public async Task What_a_killed_import_left_is_swept_by_the_next_one_and_a_running_one_is_left_alone()
    {
        await _database.ExecuteAsync(
            """
            CREATE SCHEMA geooffer_staging;
            CREATE UNLOGGED TABLE geooffer_staging.import_00000000000000000000000000000001 (x int);
            CREATE UNLOGGED TABLE geooffer_staging.import_00000000000000000000000000000001_plan (x int);
            CREATE UNLOGGED TABLE geooffer_staging.import_00000000000000000000000000000002 (x int);
            """);
        await using var running = await _database.Source.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await using var hold = new Npgsql.NpgsqlCommand("SELECT pg_advisory_lock(hashtextextended('import_00000000000000000000000000000002', 7702))", running);
        await hold.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);

        await _database.Database.StoreAsync(Imports.Request("sites", "sites.csv", Two));
        Assert.Equal(1, await StagingTablesAsync());
    }

    [Fact]
    public async Task A_site_that_another_writes_meanwhile_is_compared_again()
    {
        await _database.Database.StoreAsync(Imports.Request("sites", "sites.csv", Two));
        var interference = new At(ImportStage.Publishing, () => _database.ExecuteAsync("UPDATE geooffer.site SET name_it = 'Other', geom = 'SRID=4326;POINT(9.5 45.5)' WHERE code = 'A'"));
        var report = await new Importer(_database.Database).RunAsync(
            Imports.Request("sites", "sites.csv", Two.Replace("Uno", "One", StringComparison.Ordinal)), interference, TestContext.Current.CancellationToken);

        Assert.Equal(1, report.Rows.Changed);
        Assert.Equal("One POINT(9 45)", await _database.ScalarAsync<string>("SELECT name_it || ' ' || ST_AsText(geom) FROM geooffer.site WHERE code = 'A'"));
        Assert.Equal(2, await _database.ScalarAsync<long>("SELECT count(*) FROM geooffer.site_history WHERE code = 'A'"));
    }

    [Fact]
    public async Task Facts_follow_a_layer_that_changes_while_they_are_computed()
    {
        await _database.ExecuteAsync("INSERT INTO geooffer.infrastructure (code, kind, geom) VALUES ('airport.far', 'airport', 'SRID=4326;POINT(11 46)')");
        var interference = new At(
            ImportStage.Publishing,
            () => _database.ExecuteAsync("INSERT INTO geooffer.infrastructure (code, kind, geom) VALUES ('airport.near', 'airport', 'SRID=4326;POINT(9.01 45)')"));
        await new Importer(_database.Database).RunAsync(Imports.Request("sites", "sites.csv", Two), interference, TestContext.Current.CancellationToken);
        Assert.Equal(
            "airport.near",
            await _database.ScalarAsync<string>("SELECT i.code FROM geooffer.site_fact AS f JOIN geooffer.infrastructure AS i ON i.id = f.nearest_airport_id WHERE f.code = 'A'"));
    }

    private Task<long> StagingTablesAsync() => _database.ScalarAsync<long>("SELECT count(*) FROM pg_tables WHERE schemaname = 'geooffer_staging'");

    private sealed class CancelAt(ImportStage stage, CancellationTokenSource cancellation) : IProgress<ImportProgress>
    {
        public void Report(ImportProgress value)
        {
            if (value.Stage == stage)
            {
                cancellation.Cancel();
            }
        }
    }

    /// <summary>Does something once, when an import reaches a stage, and waits until it is done.</summary>
    private sealed class At(ImportStage stage, Func<Task> act) : IProgress<ImportProgress>
    {
        private int _done;

        public void Report(ImportProgress value)
        {
            if (value.Stage == stage && Interlocked.Exchange(ref _done, 1) == 0)
            {
                Task.Run(act).GetAwaiter().GetResult();
            }
        }
    }
}
