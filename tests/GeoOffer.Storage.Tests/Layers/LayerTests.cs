using System.Globalization;
using GeoOffer.Query.Catalogue;
using GeoOffer.Storage.Catalogues;
using GeoOffer.Storage.Importing;
using GeoOffer.Storage.Layers;
using GeoOffer.Storage.Tests.Importing;
using GeoOffer.Testing;
using Npgsql;

namespace GeoOffer.Storage.Tests.Layers;

/// <summary>A file becomes a collection and a criterion, is replaced whole, and goes without a trace.</summary>
public sealed class LayerTests(PostGisCluster cluster) : IAsyncLifetime
{
    private MigratedDatabase _database = null!;

    public async ValueTask InitializeAsync() => _database = await MigratedDatabase.CreateAsync(cluster);

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task A_file_is_a_collection_with_the_types_of_its_values()
    {
        await StoreAsync("power_lines", new LayerDefinition { TitleIt = "Elettrodotti", TitleEn = "Power lines" }, Imports.Collection(
            Imports.Feature(Line(9), """{"Tensione (kV)":380,"länge":1.5,"Città":"Rho","codice":"0012","since":"2001-02-03","seen":"2020-01-01T12:00:00+02:00","live":true,"tags":["a","b"],"more":{"x":1},"none":null}""", "1"),
            Imports.Feature(Line(9.1), """{"Tensione (kV)":132,"länge":2,"Città":null,"codice":"13","since":"2001-02-04","seen":"2020-01-01T12:00:00Z","live":false,"tags":[],"more":[1,2]}""", "2")));

        var collection = await CollectionAsync("power_lines");
        Assert.NotNull(collection);
        Assert.Equal(new Localized("Elettrodotti", "Power lines"), collection.Title);
        Assert.Equal(GeometryTypes.LineString, collection.Geometry!.Types);
        Assert.Equal(
            [
                ("code", PropertyType.Text), ("tensione_kv", PropertyType.Integer), ("lange", PropertyType.Number), ("citta", PropertyType.Text),
                ("codice", PropertyType.Text), ("since", PropertyType.Date), ("seen", PropertyType.Timestamp), ("live", PropertyType.Boolean),
                ("tags", PropertyType.TextArray), ("more", PropertyType.Text), ("none", PropertyType.Text),
            ],
            collection.Properties.Select(property => (property.Name, property.Type)));
        Assert.Equal(
            "380 1.5 Rho 0012 2001-02-03 2020-01-01 10:00:00 t {a,b} {\"x\":1}",
            await _database.ScalarAsync<string>(
                $"SELECT concat_ws(' ', tensione_kv, lange, citta, codice, since, (seen AT TIME ZONE 'UTC')::text, live, tags::text, more) FROM {Table(collection)} WHERE code = '1'"));
    }

    [Fact]
    public async Task A_row_that_contradicts_the_first_ones_widens_the_type_and_may_bring_a_column()
    {
        var features = Enumerable.Range(0, 6_000).Select(i => Imports.Feature(
            Imports.Point(9 + (i / 10_000.0), 45), i < 5_900 ? $$"""{"n":{{i}}}""" : $$"""{"n":"unknown","late":{{i}}}""", $"{i}"));
        await StoreAsync("points", new LayerDefinition(), Imports.Collection(features));
        var collection = await CollectionAsync("points");
        Assert.Equal([PropertyType.Text, PropertyType.Text, PropertyType.Integer], collection!.Properties.Select(property => property.Type));
        Assert.Equal(100, await _database.ScalarAsync<long>($"SELECT count(*) FROM {Table(collection)} WHERE n = 'unknown' AND late >= 5900"));
        Assert.Equal(6_000, await _database.ScalarAsync<long>($"SELECT count(*) FROM {Table(collection)}"));
    }

    [Fact]
    public async Task Codes_keep_their_zeros_and_a_stated_type_goes_first()
    {
        var csv = "istat;n;lon;lat\n015146;1;9.1;45.4\n016024;2;9.2;45.5\n";
        var definition = new LayerDefinition { KeyColumn = "istat", Types = new Dictionary<string, PropertyType> { ["N"] = PropertyType.Text } };
        await StoreAsync("codes", definition, Imports.File("codes.csv", csv));
        var collection = await CollectionAsync("codes");
        Assert.Equal(["code", "istat", "n"], collection!.Properties.Select(property => property.Name));
        Assert.All(collection.Properties, property => Assert.Equal(PropertyType.Text, property.Type));
        Assert.Equal("015146 016024", await _database.ScalarAsync<string>($"SELECT string_agg(code, ' ' ORDER BY code) FROM {Table(collection)}"));
    }

    [Fact]
    public async Task Digits_that_no_whole_number_holds_are_a_code_and_keep_the_last_of_them()
    {
        const string Csv = "cadastre,n,lon,lat\n12345678901234567890,9223372036854775807,9.1,45.4\n12345678901234567891,-1,9.2,45.5\n";
        await StoreAsync("parcels", new LayerDefinition { KeyColumn = "cadastre" }, Imports.File("parcels.csv", Csv));
        await StoreAsync("json", new LayerDefinition(), Imports.Collection(
            Imports.Feature(Imports.Point(9, 45), """{"n":12345678901234567890,"x":1e30}""", "1"), Imports.Feature(Imports.Point(9, 45.1), """{"n":1,"x":1}""", "2")));
        var (parcels, json) = (await CollectionAsync("parcels"), await CollectionAsync("json"));
        Assert.Equal([PropertyType.Text, PropertyType.Text, PropertyType.Integer], parcels!.Properties.Select(property => property.Type));
        Assert.Equal([PropertyType.Text, PropertyType.Text, PropertyType.Number], json!.Properties.Select(property => property.Type));
        Assert.Equal("12345678901234567890 12345678901234567891", await _database.ScalarAsync<string>($"SELECT string_agg(code, ' ' ORDER BY code) FROM {Table(parcels)}"));
        Assert.Equal("12345678901234567890", await _database.ScalarAsync<string>($"SELECT n FROM {Table(json)} WHERE code = '1'"));
    }

    [Fact]
    public async Task The_first_and_the_last_day_are_days_like_others()
    {
        await StoreAsync("days", new LayerDefinition(), Imports.Collection(
            Imports.Feature(Imports.Point(9, 45), """{"until":"9999-12-31","seen":"0001-01-01T00:00:00Z"}""", "1"),
            Imports.Feature(Imports.Point(9, 45.1), """{"until":"0001-01-01","seen":"1999-12-31T23:59:59.123456Z"}""", "2"),
            Imports.Feature(Imports.Point(9, 45.2), """{"until":"2000-02-29","seen":"2026-06-01T12:00:00+02:00"}""", "3")));
        Assert.Equal(
            "9999-12-31 0001-01-01 00:00:00, 0001-01-01 1999-12-31 23:59:59.123456, 2000-02-29 2026-06-01 10:00:00",
            await _database.ScalarAsync<string>(
                $"SELECT string_agg(concat_ws(' ', until, seen AT TIME ZONE 'UTC'), ', ' ORDER BY code) FROM {Table((await CollectionAsync("days"))!)}"));
    }

    [Fact]
    public async Task A_key_is_the_text_of_its_column_whatever_its_type()
    {
        var file = Imports.Collection(Imports.Feature(
            Imports.Point(9, 45), """{"day":"2026-02-01","time":"2026-02-01T12:00:00.5+01:00","n":1.5,"b":true,"tags":["a","b"],"t":"x"}"""));
        foreach (var (column, key) in new[]
        {
            ("day", "2026-02-01"), ("time", "2026-02-01T11:00:00.5Z"), ("n", "1.5"), ("b", "True"), ("tags", "a;b"), ("t", "x"),
        })
        {
            await StoreAsync("keys", new LayerDefinition { KeyColumn = column }, file);
            Assert.Equal(key, await _database.ScalarAsync<string>($"SELECT code FROM {Table((await CollectionAsync("keys"))!)}"));
        }
    }

    [Theory]
    [InlineData("""{"t":"LONG"}""", "t", "at most 500")]
    [InlineData("""{"t":["x\u0000y"]}""", null, "NUL")]
    public async Task What_the_database_cannot_hold_is_rejected_with_its_field(string properties, string? key, string reason)
    {
        var long501 = string.Concat(Enumerable.Range(0, 501).Select(i => (char)(0x4E00 + (i * 37 % 5000))));
        var file = Imports.Collection(Imports.Feature(Imports.Point(9, 45), properties.Replace("LONG", long501, StringComparison.Ordinal)));
        var report = await _database.Database.RunAsync(Layer("odd", new LayerDefinition { KeyColumn = key }, Imports.File("odd.geojson", file)));
        var rejection = Assert.Single(report.Rejections);
        Assert.Equal("t", rejection.Field);
        Assert.Contains(reason, rejection.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_column_whose_name_cannot_be_kept_is_named()
    {
        var file = Imports.Collection(Imports.Feature(Imports.Point(9, 45), """{"a\u0000b":1}"""));
        var report = await _database.Database.RunAsync(Layer("odd", new LayerDefinition(), Imports.File("odd.geojson", file)));
        Assert.Equal(FileFaultCode.Header, report.Fault?.Code);
        Assert.Contains("'a·b'", report.Fault!.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_condition_that_a_newer_file_no_longer_fits_is_told_as_that_of_the_layer()
    {
        static string File(string column) => Imports.Collection(Imports.Feature(Imports.Point(9, 45), $$"""{"{{column}}":132}""", "1"));
        await StoreAsync("lines", new LayerDefinition { Role = LayerRole.Proximity, Condition = "kv >= 132" }, File("kv"));
        var refused = await Assert.ThrowsAsync<ImportRequestException>(() => StoreAsync("lines", new LayerDefinition(), File("voltage")));
        Assert.StartsWith("the condition that lines has 'kv >= 132'", refused.Message, StringComparison.Ordinal);
        Assert.Contains("--where \"\"", refused.Message, StringComparison.Ordinal);
        var stated = await Assert.ThrowsAsync<ImportRequestException>(() => StoreAsync("lines", new LayerDefinition { Condition = "kv = 1" }, File("voltage")));
        Assert.StartsWith("--where 'kv = 1'", stated.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Numbers_with_commas_and_blanks_are_numbers_and_texts_keep_them_as_they_stand()
    {
        var csv = "id;alloggi;quota;lotto;lon;lat\nA;5 922;3,5;1.001;9,1;45,4\nB;589;2;1.002;9,2;45,5\n";
        await StoreAsync(
            "lots", new LayerDefinition { Types = new Dictionary<string, PropertyType> { ["lotto"] = PropertyType.Text } }, Imports.File("lots.csv", csv));
        var collection = await CollectionAsync("lots");
        Assert.Equal(
            [PropertyType.Integer, PropertyType.Number, PropertyType.Text],
            ((string[])["alloggi", "quota", "lotto"]).Select(name => collection!.Properties.Single(property => property.Name == name).Type));
        Assert.Equal(
            "5922 3.5 1.001 9.1, 589 2 1.002 9.2",
            await _database.ScalarAsync<string>(
                $"SELECT string_agg(concat_ws(' ', alloggi, quota, lotto, ST_X(geom)), ', ' ORDER BY alloggi DESC) FROM {Table(collection!)}"));
    }

    [Fact]
    public async Task Columns_may_have_names_that_mean_something_to_the_database()
    {
        const string Csv = "code,end,table,select,User,xmin,ctid,oid,\"a \"\"b\"\"\",lon,lat\nA,1,2,3,4,5,6,7,8,9.1,45.4\nB,1,2,3,4,5,6,7,8,9.2,45.4\n";
        var definition = new LayerDefinition { Role = LayerRole.Proximity, Condition = "\"end\" = 1 AND \"select\" > 2" };
        await StoreAsync("words", definition, Imports.File("words.csv", Csv));
        var again = await StoreAsync("words", definition, Imports.File("words.csv", Csv));
        Assert.Equal(2, again.Rows.Unchanged);
        var collection = await CollectionAsync("words");
        Assert.Equal(
            ["code", "end", "table", "select", "user", "xmin_of_file", "ctid_of_file", "oid", "a_b"],
            collection!.Properties.Select(property => property.Name));
        Assert.Equal("12345678", await _database.ScalarAsync<string>(
            $"SELECT concat(\"end\", \"table\", \"select\", \"user\", xmin_of_file, ctid_of_file, oid, a_b) FROM {Table(collection)} WHERE code = 'A'"));
    }

    [Fact]
    public async Task A_row_that_waits_for_its_place_still_has_all_that_it_says()
    {
        var (west, east) = (Imports.Feature("""{"type":"Point","coordinates":[1514950,5033890]}""", """{"tags":["a"]}"""), """{"a":{"b":[1]}}""");
        var file = Imports.Collection(west, Imports.Feature("null", east), Imports.Feature("null", """{"a":{"b":[2]}}"""), west)
            .Replace("{\"type\":\"FeatureCollection\"", "{\"type\":\"FeatureCollection\",\"crs\":{\"type\":\"name\",\"properties\":{\"name\":\"EPSG:3003\"}}", StringComparison.Ordinal);
        Assert.Contains("EPSG:3003", file, StringComparison.Ordinal);
        var report = await StoreAsync("waiting", new LayerDefinition(), file);
        Assert.Equal((4L, 4L), (report.Rows.Read, report.Rows.New));
        Assert.Equal(4, (await StoreAsync("waiting", new LayerDefinition(), file)).Rows.Unchanged);
    }

    [Fact]
    public async Task The_same_file_again_changes_nothing_and_a_newer_one_replaces_all_at_once()
    {
        static string File(params (int Id, int Value)[] rows) =>
            Imports.Collection(rows.Select(row => Imports.Feature(Imports.Point(9 + (0.01 * row.Id), 45), $$"""{"v":{{row.Value}}}""", $"{row.Id}")));
        await StoreAsync("things", new LayerDefinition(), File((1, 1), (2, 2), (3, 3)));
        var version = await _database.VersionAsync();
        var again = await StoreAsync("things", new LayerDefinition(), File((3, 3), (1, 1), (2, 2)));
        Assert.Equal((3, 0, null), (again.Rows.Unchanged, again.Rows.Changed, again.Version));
        Assert.Equal(version, await _database.VersionAsync());

        var before = await RowsAsync("things");
        var newer = await StoreAsync("things", new LayerDefinition(), File((1, 1), (3, 4), (5, 5)));
        Assert.Equal((1, 1, 1, 1), (newer.Rows.Unchanged, newer.Rows.Changed, newer.Rows.New, newer.Rows.Removed));
        var after = await RowsAsync("things");
        Assert.Equal(["1=1", "3=4", "5=5"], after.Select(row => row.Text));
        Assert.Equal(before[0].Id, after[0].Id);
        Assert.Equal(before[2].Id, after[1].Id);

        // The row that stayed as it was belongs to the first change set still; the others to that of the layer.
        Assert.Equal([true, false, false], after.Select(row => row.HasOwnChangeSet));
    }

    [Fact]
    public async Task A_proximity_layer_gives_sites_the_facts_of_infrastructure_of_the_same_features()
    {
        await SitesAsync(60);
        var features = Enumerable.Range(0, 40).Select(i => Imports.Feature(
            i % 2 == 0 ? Imports.Point(8.7 + (0.04 * i), 45.2 + (0.013 * (i * 7 % 40))) : Line(8.7 + (0.04 * i)), $$"""{"name":"S{{i}}","kv":{{(i % 3 == 0 ? 380 : 15)}}}""", $"{i}")).ToList();
        var high = Imports.Collection(features.Where((_, i) => i % 3 == 0));
        await _database.Database.StoreAsync(Imports.Request("infrastructure", "s.geojson", high) with { FixedValues = new Dictionary<string, string> { ["kind"] = "primary_substation" } });
        await StoreAsync("substations", new LayerDefinition { Role = LayerRole.Proximity, Condition = "kv >= 132" }, Imports.Collection(features));

        await AssertSameAsync("distance_primary_substation_m", "distance_substations_m");
        Assert.Equal(60, await _database.ScalarAsync<long>("SELECT count(distance_substations_m) FROM geooffer.site_fact"));

        // Sites that come and move later are measured by the triggers, against the same pieces.
        await SitesAsync(90);
        await _database.ExecuteAsync("UPDATE geooffer.site SET geom = ST_Translate(geom, 0.1, 0.03) WHERE id % 3 = 0");
        await AssertSameAsync("distance_primary_substation_m", "distance_substations_m");

        // And after another import, with all features, the nearest is of any voltage.
        await StoreAsync("substations", new LayerDefinition { Condition = "" }, Imports.Collection(features));
        await _database.Database.StoreAsync(Imports.Request("infrastructure", "s.geojson", Imports.Collection(features)) with { FixedValues = new Dictionary<string, string> { ["kind"] = "primary_substation" } });
        await AssertSameAsync("distance_primary_substation_m", "distance_substations_m");
    }

    [Theory]
    [InlineData("excludes", "protected_area")]
    [InlineData("informs", "flood_p1")]
    public async Task A_constraint_layer_gives_sites_the_overlaps_of_constraints_of_the_same_areas(string severity, string kind)
    {
        await SitesAsync(60);
        var features = Imports.Collection(Enumerable.Range(0, 30).Select(i => Imports.Feature(
            Imports.Square(8.7 + (0.05 * i), 45.19 + (0.013 * (i * 7 % 30)), 0.02), $$"""{"id":"{{i}}"}""", $"{i}")));
        await _database.ExecuteAsync("INSERT INTO geooffer.site (code, kind, name_it, geom) VALUES ('IN', 'greenfield', 'x', ST_Multi(ST_MakeEnvelope(8.71, 45.195, 8.73, 45.205, 4326)))");

        // The net area is known once all layers that exclude are there.
        await _database.ExecuteAsync("UPDATE geooffer.fact_layer SET coverage = (SELECT ST_Multi(extent) FROM geooffer.region) WHERE role = 'constraint'");
        await StoreAsync(Layer("woods", new LayerDefinition { Role = LayerRole.Constraint, Severity = severity }, Imports.File("w.geojson", features)) with { Coverage = ImportCoverage.Region });
        await _database.ExecuteAsync("SELECT geooffer.refresh_facts()");
        var net = await _database.ScalarAsync<string>("SELECT string_agg(code || '=' || round(net_area_ha::numeric, 6), ',' ORDER BY code) FROM geooffer.site_fact");
        await _database.Database.StoreAsync(Imports.Request("constraints", "w.geojson", features) with
        {
            FixedValues = new Dictionary<string, string> { ["kind"] = kind },
            Coverage = ImportCoverage.Region,
        });
        await AssertSameAsync($"overlap_{kind}_share", "overlap_woods_share");
        Assert.True(await _database.ScalarAsync<double>("SELECT max(overlap_woods_share) FROM geooffer.site_fact") > 0.1);
        if (severity == "excludes")
        {
            // The same areas twice exclude no more than once.
            Assert.Equal(net, await _database.ScalarAsync<string>("SELECT string_agg(code || '=' || round(net_area_ha::numeric, 6), ',' ORDER BY code) FROM geooffer.site_fact"));
            await new LayerStore(_database.Database).DropAsync("woods", "test", TestContext.Current.CancellationToken);
            Assert.Equal(net, await _database.ScalarAsync<string>("SELECT string_agg(code || '=' || round(net_area_ha::numeric, 6), ',' ORDER BY code) FROM geooffer.site_fact"));
        }
        else
        {
            Assert.Equal(0, await _database.ScalarAsync<long>("SELECT count(*) FROM geooffer.site_fact WHERE abs(net_area_ha - measured_area_ha) > 1e-9"));
        }
    }

    [Fact]
    public async Task A_layer_that_is_dropped_leaves_no_collection_no_criterion_and_in_time_no_table()
    {
        await SitesAsync(5);
        await StoreAsync("wells", new LayerDefinition { Role = LayerRole.Proximity }, Imports.Collection(Imports.Feature(Imports.Point(9, 45), "{}", "1")));
        await StoreAsync("wells", new LayerDefinition(), Imports.Collection(Imports.Feature(Imports.Point(9.1, 45), "{}", "1")));
        var store = new LayerStore(_database.Database);
        Assert.Equal("wells", Assert.Single(await store.ListAsync(TestContext.Current.CancellationToken)).Name);
        Assert.True(await store.DropAsync("wells", "test", TestContext.Current.CancellationToken));
        Assert.False(await store.DropAsync("wells", "test", TestContext.Current.CancellationToken));
        Assert.Null(await CollectionAsync("wells"));
        Assert.DoesNotContain((await CollectionAsync("sites"))!.Properties, property => property.Name.Contains("wells", StringComparison.Ordinal));
        Assert.Equal(4, await TablesAsync());

        Assert.True(await store.SweepAsync(null, TestContext.Current.CancellationToken));
        Assert.Equal(4, await TablesAsync());
        Assert.True(await store.SweepAsync(TimeSpan.Zero, TestContext.Current.CancellationToken));
        Assert.Equal(0, await TablesAsync());
        Assert.Equal(0, await _database.ScalarAsync<long>("SELECT count(*) FROM information_schema.columns WHERE table_schema = 'geooffer' AND column_name ~ 'wells'"));
        Assert.Equal(5, await _database.ScalarAsync<long>("SELECT count(*) FROM geooffer.sites"));

        // The name is free again, for another role too.
        await StoreAsync("wells", new LayerDefinition { Role = LayerRole.Constraint }, Imports.Collection(Imports.Feature(Imports.Square(9, 45), "{}", "1")));
        Assert.Equal(5, await _database.ScalarAsync<long>("SELECT count(*) FROM geooffer.sites"));
    }

    [Fact]
    public async Task A_role_may_change()
    {
        await SitesAsync(5);
        var file = Imports.Collection(Imports.Feature(Imports.Square(8.6, 45.1, 1), "{}", "1"));
        await StoreAsync("zones", new LayerDefinition { Role = LayerRole.Proximity }, file);
        await StoreAsync("zones", new LayerDefinition { Role = LayerRole.Constraint, Severity = "excludes" }, file);
        Assert.Equal("constraint excludes", await _database.ScalarAsync<string>("SELECT role || ' ' || default_severity FROM geooffer.fact_layer WHERE name = 'zones'"));
        Assert.True(await _database.ScalarAsync<double>("SELECT max(overlap_zones_share) FROM geooffer.site_fact") > 0);
        await StoreAsync("zones", new LayerDefinition { Role = LayerRole.Context }, file);
        Assert.Equal(0, await _database.ScalarAsync<long>("SELECT count(*) FROM geooffer.fact_layer WHERE name = 'zones'"));
    }

    [Theory]
    [InlineData("Power-Lines", "power_lines")]
    [InlineData("1st", "c_1st")]
    [InlineData("sites", "collection sites")]
    [InlineData("pilot_areas", "collection pilot-areas")]
    [InlineData("area", "taken")]
    [InlineData("a__b", "a_b")]
    public async Task A_name_that_cannot_be_is_refused_with_a_proposal(string name, string says)
    {
        var exception = await Assert.ThrowsAsync<ImportRequestException>(() => StoreAsync(name, new LayerDefinition(), Imports.Collection(Imports.Feature(Imports.Point(9, 45), "{}"))));
        Assert.Contains(says, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Names_that_would_be_one_entity_set_are_refused()
    {
        await StoreAsync("flood_p3a", new LayerDefinition(), Imports.Collection(Imports.Feature(Imports.Point(9, 45), "{}")));
        var report = await Assert.ThrowsAnyAsync<Exception>(() => StoreAsync("floodp3a", new LayerDefinition(), Imports.Collection(Imports.Feature(Imports.Point(9, 45), "{}"))));
        Assert.IsType<ImportRequestException>(report);
    }

    [Fact]
    public async Task A_dry_run_and_a_rejected_row_write_nothing()
    {
        var bad = Imports.Collection(Imports.Feature("""{"type":"Polygon","coordinates":[[[9,45],[9.1,45.1],[9.1,45],[9,45.1],[9,45]]]}""", "{}", "1"));
        var refused = await _database.Database.RunAsync(Layer("bad", new LayerDefinition(), Imports.File("b.geojson", bad)));
        Assert.Equal((false, RejectionCode.GeometryInvalid), (refused.IsStored, Assert.Single(refused.Rejections).Code));
        var tried = await _database.Database.RunAsync(
            Layer("tried", new LayerDefinition(), Imports.File("b.geojson", Imports.Collection(Imports.Feature(Imports.Point(9, 45), "{}", "1")))) with { DryRun = true });
        Assert.Equal((false, 1), (tried.IsStored, tried.Rows.New));
        Assert.Equal(0, await TablesAsync());
        Assert.Equal(0, await _database.ScalarAsync<long>("SELECT count(*) FROM pg_class WHERE relnamespace = 'geooffer_staging'::regnamespace"));
    }

    [Fact]
    public async Task A_condition_must_fit_the_columns()
    {
        var exception = await Assert.ThrowsAsync<ImportRequestException>(() => StoreAsync(
            "lines", new LayerDefinition { Role = LayerRole.Proximity, Condition = "voltage >= 132" }, Imports.Collection(Imports.Feature(Imports.Point(9, 45), """{"kv":1}"""))));
        Assert.Contains("voltage", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rows_by_municipality_are_shown_by_the_areas_that_succeeded_theirs()
    {
        await _database.ExecuteAsync(
            """
            INSERT INTO geooffer.province (code, sigla, name_it) VALUES ('012', 'VA', 'Varese');
            INSERT INTO geooffer.municipality (code, name_it, province_code, geom) VALUES
              ('012001', 'A', '012', ST_Multi(ST_MakeEnvelope(8.8, 45.8, 8.9, 45.9, 4326))), ('012002', 'B', '012', ST_Multi(ST_MakeEnvelope(8.9, 45.8, 9, 45.9, 4326))),
              ('012003', 'C', '012', ST_Multi(ST_MakeEnvelope(9, 45.8, 9.1, 45.9, 4326)));
            INSERT INTO geooffer.municipality_code_history (old_code, successor_code, kind, old_name_it, valid_until) VALUES ('012900', '012901', 'merged', 'X', '2022-12-31'), ('012901', '012002', 'renamed', 'Y', '2023-12-31');
            """);
        var csv = "istat_code,flood_share\n012001,0.1\n012900,0.2\n012002,0.3\n012999,0.4\n";
        var report = await StoreAsync(
            "hazard", new LayerDefinition { JoinedTo = "municipalities", JoinColumn = "istat_code", KeyColumn = "istat_code", CodeYear = 2021 }, Imports.File("h.csv", csv));
        Assert.Equal(
            ["012002", null],
            report.Warnings.Select(warning => warning.Fix));
        Assert.Contains(report.Notices, notice => notice.StartsWith("1 of the municipalities have no row: 012003", StringComparison.Ordinal));
        var collection = await CollectionAsync("hazard");
        Assert.Equal(
            "012001=012001 0.1 8.8, 012002=012002 0.3 8.9, 012900=012002 0.2 8.9, 012999= 0.4 ",
            await _database.ScalarAsync<string>(
                $"SELECT string_agg(code || '=' || coalesce(current_municipality_code, '') || ' ' || flood_share || ' ' || coalesce(ST_XMin(geom)::text, ''), ', ' ORDER BY code) FROM {Table(collection!)}"));
    }

    [Fact]
    public async Task Joined_layers_that_are_replaced_and_dropped_leave_nothing_and_a_view_of_somebody_else_stops_no_sweep()
    {
        await _database.ExecuteAsync(
            """
            INSERT INTO geooffer.province (code, sigla, name_it) VALUES ('012', 'VA', 'Varese');
            INSERT INTO geooffer.municipality (code, name_it, province_code, geom) VALUES ('012001', 'A', '012', ST_Multi(ST_MakeEnvelope(8.8, 45.8, 8.9, 45.9, 4326)));
            """);
        var definition = new LayerDefinition { JoinedTo = "municipalities", JoinColumn = "istat", KeyColumn = "istat" };
        await StoreAsync("hazard", definition, Imports.File("h.csv", "istat,p\n012001,0.1\n"));
        await _database.ExecuteAsync($"CREATE VIEW public.mine AS SELECT code FROM {Table((await CollectionAsync("hazard"))!)}");
        await StoreAsync("hazard", definition, Imports.File("h.csv", "istat,p\n012001,0.2\n"));
        await StoreAsync("hazard", definition, Imports.File("h.csv", "istat,p\n012001,0.3\n"));
        Assert.Equal(6, await TablesAsync());
        var again = await StoreAsync("hazard", definition, Imports.File("h.csv", "istat,p\n012001,0.3\n"));
        Assert.Equal((1, 0, null), (again.Rows.Unchanged, again.Rows.Changed, again.Version));

        var store = new LayerStore(_database.Database);
        Assert.True(await store.SweepAsync(TimeSpan.Zero, TestContext.Current.CancellationToken));
        Assert.Equal(4, await TablesAsync());
        await _database.ExecuteAsync("DROP VIEW public.mine");
        Assert.True(await store.SweepAsync(TimeSpan.Zero, TestContext.Current.CancellationToken));
        Assert.Equal(2, await TablesAsync());
        Assert.True(await store.DropAsync("hazard", "test", TestContext.Current.CancellationToken));
        Assert.True(await store.SweepAsync(TimeSpan.Zero, TestContext.Current.CancellationToken));
        Assert.Equal(0, await TablesAsync());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("code")]
    [InlineData("")]
    public async Task A_table_is_joined_by_the_column_that_is_its_key(string? key)
    {
        await _database.ExecuteAsync(
            """
            INSERT INTO geooffer.province (code, sigla, name_it) VALUES ('012', 'VA', 'Varese');
            INSERT INTO geooffer.municipality (code, name_it, province_code, geom) VALUES ('012001', 'A', '012', ST_Multi(ST_MakeEnvelope(8.8, 45.8, 8.9, 45.9, 4326)));
            """);
        var definition = new LayerDefinition { JoinedTo = "municipalities", JoinColumn = "code", KeyColumn = key };
        await StoreAsync("hazard", definition, Imports.File("h.csv", "code,p\n012001,0.1\n"));
        var table = Table((await CollectionAsync("hazard"))!);
        Assert.Equal("012001 8.8", await _database.ScalarAsync<string>($"SELECT concat_ws(' ', current_municipality_code, ST_XMin(geom)) FROM {table}"));
    }

    [Fact]
    public async Task A_code_of_another_register_is_never_cut_to_one_that_is_there()
    {
        await _database.ExecuteAsync(
            "INSERT INTO geooffer.province (code, sigla, name_it, geom) VALUES ('015', 'MI', 'Milano', ST_Multi(ST_MakeEnvelope(9, 45.3, 9.25, 45.7, 4326)))");
        var report = await StoreAsync(
            "by_province", new LayerDefinition { JoinedTo = "provinces", JoinColumn = "istat", KeyColumn = "istat" },
            Imports.File("p.csv", "istat,v\n15,1\n015146,2\n"));
        Assert.Equal("015146", Assert.Single(report.Warnings).Value);
    }

    [Fact]
    public async Task A_layer_on_no_map_is_told_as_such()
    {
        var report = await StoreAsync("placeless", new LayerDefinition(), Imports.File("p.csv", "Name,Ost,Nord\nA,9.1,45.4\n"));
        Assert.Contains(report.Notices, notice => notice.StartsWith("no row has a position", StringComparison.Ordinal));
        Assert.Equal(1, report.Rows.New);
    }

    [Fact]
    public async Task The_hazard_of_municipalities_joins_with_the_codes_of_its_year()
    {
        var hazard = SharedData.Require("data/municipal_hazard.csv");
        await _database.Database.StoreAsync(Imports.Request("provinces", ImportFile.FromPath(SharedData.Require("data/provinces.geojson"))));
        await _database.Database.StoreAsync(Imports.Request("municipalities", ImportFile.FromPath(SharedData.Require("data/municipalities.geojson"))));
        var column = (await File.ReadLinesAsync(hazard, TestContext.Current.CancellationToken).FirstAsync(TestContext.Current.CancellationToken)).Split(',')[0];
        var report = await StoreAsync(
            "municipal_hazard", new LayerDefinition { JoinedTo = "municipalities", JoinColumn = column, KeyColumn = column, CodeYear = 2021 }, ImportFile.FromPath(hazard));

        // Six codes of 2021 exist no longer, and two municipalities of 2026 have no row.
        Assert.Equal((1506, 6), (report.Rows.New, report.Warnings.Count));
        Assert.Contains(report.Notices, notice => notice.StartsWith("2 of the municipalities have no row", StringComparison.Ordinal));
        var collection = await CollectionAsync("municipal_hazard");
        Assert.Equal(1500, await _database.ScalarAsync<long>($"SELECT count(*) FROM {Table(collection!)} WHERE geom IS NOT NULL"));
        Assert.True(collection!.Properties.Count(property => property.Type == PropertyType.Number) >= 5);
    }

    [Fact]
    public async Task Who_reads_while_a_layer_is_replaced_reads_one_state_to_the_end()
    {
        static string File(int count, string value) =>
            Imports.Collection(Enumerable.Range(0, count).Select(i => Imports.Feature(Imports.Point(9 + (0.0001 * i), 45), $$"""{"v":"{{value}}"}""", $"{i}")));
        await StoreAsync("moving", new LayerDefinition(), File(3_000, "old"));
        var collection = await CollectionAsync("moving");
        await using var connection = await _database.Source.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand($"SELECT v FROM {Table(collection!)}", connection);
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        var values = new List<string>();
        for (var i = 0; i < 10 && await reader.ReadAsync(TestContext.Current.CancellationToken); i++)
        {
            values.Add(reader.GetString(0));
        }

        await StoreAsync("moving", new LayerDefinition(), File(2_000, "new"));
        Assert.True(await new LayerStore(_database.Database).SweepAsync(null, TestContext.Current.CancellationToken));
        while (await reader.ReadAsync(TestContext.Current.CancellationToken))
        {
            values.Add(reader.GetString(0));
        }

        Assert.Equal(3_000, values.Count(value => value == "old"));

        // A reader with the catalogue of a moment ago still finds its table.
        Assert.Equal(3_000, await _database.ScalarAsync<long>($"SELECT count(*) FROM {Table(collection!)} WHERE v = 'old'"));
        Assert.Equal(2_000, await _database.ScalarAsync<long>($"SELECT count(*) FROM {Table((await CollectionAsync("moving"))!)} WHERE v = 'new'"));
    }

    [Fact]
    public async Task Two_imports_of_one_layer_at_once_end_well_and_one_of_them_holds()
    {
        await SitesAsync(30);
        static string File(int seed) => Imports.Collection(Enumerable.Range(0, 500).Select(i => Imports.Feature(
            Imports.Point(8.6 + (0.002 * i), 45.1 + (0.001 * ((i * seed) % 400))), $$"""{"seed":{{seed}}}""", $"{i}")));
        var seeds = Enumerable.Range(1, 4).ToList();
        var writers = Task.Run(async () =>
        {
            for (var i = 0; i < 20; i++)
            {
                await _database.ExecuteAsync($"UPDATE geooffer.site SET geom = ST_Translate(geom, 0.001, 0) WHERE id % 20 = {i}");
            }
        }, TestContext.Current.CancellationToken);
        var reports = await Task.WhenAll(seeds.Select(seed => StoreAsync("race", new LayerDefinition { Role = LayerRole.Proximity }, File(seed))));
        await writers;
        Assert.All(reports, report => Assert.NotNull(report.Version));
        var rows = await RowsAsync("race", "seed");
        Assert.Equal(500, rows.Count);
        var winner = Assert.Single(rows.Select(row => row.Text.Split('=')[1]).Distinct());
        Assert.Equal(seeds[Array.IndexOf([.. reports.Select(report => report.Version)], reports.Max(report => report.Version))].ToString(CultureInfo.InvariantCulture), winner);

        var stored = await _database.ScalarAsync<string>("SELECT string_agg(site_id || ':' || distance_race_m, ',' ORDER BY site_id) FROM geooffer.site_fact");
        await _database.ExecuteAsync("SELECT geooffer.refresh_facts()");
        Assert.Equal(stored, await _database.ScalarAsync<string>("SELECT string_agg(site_id || ':' || distance_race_m, ',' ORDER BY site_id) FROM geooffer.site_fact"));
    }

    private static string Table(Collection collection) => $"{collection.Relation.Schema}.\"{collection.Relation.Name}\"";

    private static string Line(double longitude) =>
        FormattableString.Invariant($$"""{"type":"LineString","coordinates":[[{{longitude}},45.2],[{{longitude + 0.05}},45.4],[{{longitude + 0.02}},45.5]]}""");

    private static ImportRequest Layer(string name, LayerDefinition definition, ImportFile file) => Imports.Request(name, file) with { Layer = definition };

    private Task<ImportReport> StoreAsync(ImportRequest request) => _database.Database.StoreAsync(request);

    private Task<ImportReport> StoreAsync(string name, LayerDefinition definition, ImportFile file) => StoreAsync(Layer(name, definition, file));

    private Task<ImportReport> StoreAsync(string name, LayerDefinition definition, string geoJson) => StoreAsync(name, definition, Imports.File($"{name}.geojson", geoJson));

    private async Task<Collection?> CollectionAsync(string id)
    {
        using var source = new CatalogueSource(_database.Database);
        return (await source.GetAsync(TestContext.Current.CancellationToken)).Find(id);
    }

    private async Task<List<(long Id, string Text, bool HasOwnChangeSet)>> RowsAsync(string layer, string column = "v")
    {
        var collection = (await CollectionAsync(layer))!;
        var rows = new List<(long, string, bool)>();
        await using var command = _database.Source.CreateCommand($"SELECT id, code || '=' || {column}, change_set_id IS NOT NULL FROM {Table(collection)} ORDER BY code");
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        while (await reader.ReadAsync(TestContext.Current.CancellationToken))
        {
            rows.Add((reader.GetInt64(0), reader.GetString(1), reader.GetBoolean(2)));
        }

        return rows;
    }

    private Task<long> TablesAsync() => _database.ScalarAsync<long>("SELECT count(*) FROM pg_class WHERE relnamespace = 'geooffer_layers'::regnamespace AND relkind IN ('r', 'v')");

    private Task SitesAsync(int count) => _database.ExecuteAsync(
        """
        INSERT INTO geooffer.site (code, kind, name_it, geom)
        SELECT 'S' || i, 'greenfield', 'x',
          CASE WHEN i % 5 = 0 THEN ST_SetSRID(ST_MakePoint(8.7 + 0.02 * (i * 37 % 60), 45.2 + 0.01 * (i * 17 % 40)), 4326)
            ELSE ST_Multi(ST_MakeEnvelope(8.7 + 0.02 * (i * 37 % 60), 45.2 + 0.01 * (i * 17 % 40), 8.706 + 0.02 * (i * 37 % 60), 45.205 + 0.01 * (i * 17 % 40), 4326)) END
        FROM generate_series(1, $1) AS i WHERE NOT EXISTS (SELECT FROM geooffer.site AS t WHERE t.code = 'S' || i)
        """,
        count);

    private async Task AssertSameAsync(string expected, string actual) => Assert.Equal(
        await _database.ScalarAsync<string>($"SELECT string_agg(code || '=' || coalesce({expected}::text, 'null'), ', ' ORDER BY code) FROM geooffer.site_fact"),
        await _database.ScalarAsync<string>($"SELECT string_agg(code || '=' || coalesce({actual}::text, 'null'), ', ' ORDER BY code) FROM geooffer.site_fact"));
}
