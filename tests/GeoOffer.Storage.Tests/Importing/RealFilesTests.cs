using System.Globalization;
using System.Text.Json;
using GeoOffer.Domain.Geometries;
using GeoOffer.Storage.Importing;
using GeoOffer.Testing;
using NetTopologySuite.Geometries;

namespace GeoOffer.Storage.Tests.Importing;

/// <summary>Real files, against figures that came another way.</summary>
public sealed class RealFilesTests(PostGisCluster cluster) : IAsyncLifetime
{
    private MigratedDatabase _database = null!;
    private long _versionBefore;

    public async ValueTask InitializeAsync()
    {
        _database = await MigratedDatabase.CreateAsync(cluster);
        _versionBefore = await _database.VersionAsync();
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task Provinces_and_municipalities_of_Lombardy_have_the_areas_that_ISTAT_declares()
    {
        var provinces = SharedData.Require("data/provinces.geojson");
        var municipalities = SharedData.Require("data/municipalities.geojson");
        var declared = (await File.ReadAllLinesAsync(SharedData.Require("data/municipal_stats.csv"), TestContext.Current.CancellationToken))
            .Skip(1).Select(line => line.Split(',')).ToDictionary(cells => cells[0], cells => double.Parse(cells[3], CultureInfo.InvariantCulture));

        Assert.Equal(12, (await ImportAsync("provinces", provinces)).Rows.New);
        var report = await ImportAsync("municipalities", municipalities);
        Assert.Equal((1502, 0L), (report.Rows.New, report.WarningCount));

        var measured = await ReadPairsAsync("SELECT code, ST_Area(geom::geography) / 1e6 FROM geooffer.municipality");
        Assert.Equal(declared.Keys.Order(), measured.Keys.Order());
        var ratios = measured.Select(pair => pair.Value / declared[pair.Key]).Order().ToList();

        // The borders are generalised: single municipalities differ, all together hardly.
        Assert.InRange(measured.Values.Sum() / declared.Values.Sum(), 0.999, 1.001);
        Assert.InRange(ratios[ratios.Count / 2], 0.999, 1.001);
        Assert.InRange(ratios[ratios.Count / 20], 0.95, 1);
        Assert.InRange(ratios[ratios.Count - (ratios.Count / 20)], 1, 1.05);
        Assert.Equal(0, await _database.ScalarAsync<long>("SELECT count(*) FROM geooffer.municipality WHERE left(code, 3) <> province_code"));
    }

    [Fact]
    public async Task A_site_at_a_station_lies_in_the_municipality_that_holds_the_station()
    {
        var stations = SharedData.Require("data/stations.geojson");
        var file = SharedData.Require("data/municipalities.geojson");
        await ImportAsync("municipalities", file);
        Assert.Equal(674, (await ImportAsync("infrastructure", stations, "passenger_station")).Rows.New);
        await _database.Database.StoreAsync(Imports.Request("sites", ImportFile.FromPath(stations)) with
        {
            FixedValues = new Dictionary<string, string> { ["kind"] = "greenfield" },
            Mapping = new Dictionary<string, string> { ["station_id"] = "code", ["type"] = "" },
        });

        var polygons = await ReadFeaturesAsync(file, "istat_code");
        var expected = (await ReadFeaturesAsync(stations, "station_id"))
            .Select(station => (station.Key, Holders: polygons.Where(m => m.Value.EnvelopeInternal.Intersects(station.Value.Coordinate) && m.Value.Intersects(station.Value)).Select(m => m.Key).Order().ToList()))
            .ToDictionary(pair => pair.Key, pair => pair.Holders.FirstOrDefault());
        var found = new Dictionary<string, string?>();
        await using var command = _database.Source.CreateCommand("SELECT code, municipality_code FROM geooffer.site_fact WHERE distance_passenger_station_m = 0");
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        while (await reader.ReadAsync(TestContext.Current.CancellationToken))
        {
            found[reader.GetString(0)] = reader.IsDBNull(1) ? null : reader.GetString(1);
        }

        // Outside the region's extent the distance is unknown.
        Assert.Equal(expected.Where(pair => pair.Value is not null).OrderBy(pair => pair.Key), found.Where(pair => pair.Value is not null).OrderBy(pair => pair.Key)!);
        Assert.Equal(457, found.Count(pair => pair.Value is not null));
    }

    [Theory]
    [InlineData("airports.geojson", "infrastructure", "airport", 20)]
    [InlineData("runways.geojson", "infrastructure", "airport", 28)]
    [InlineData("ports.geojson", "infrastructure", "port", 13)]
    [InlineData("hydrography.geojson", "infrastructure", "watercourse", 975)]
    [InlineData("rail_links_trenord.geojson", "infrastructure", "rail_line", 428)]
    [InlineData("main_roads_milan.geojson", "infrastructure", "motorway", 17)]
    [InlineData("motorway_service_areas.geojson", "infrastructure", "motorway_junction", 108)]
    [InlineData("protected_areas_insubria.geojson", "constraints", "protected_area", 5)]
    public async Task A_layer_is_stored_whole_and_the_second_import_finds_nothing_to_do(string file, string collection, string kind, int count)
    {
        var path = SharedData.Require("data/" + file);
        var report = await ImportAsync(collection, path, kind);
        Assert.Equal((count, count), (report.Rows.Read, report.Rows.New));
        var again = await ImportAsync(collection, path, kind);
        Assert.Equal((count, (long?)null), (again.Rows.Unchanged, again.Version));
        Assert.Equal(report.Version, await _database.VersionAsync());
    }

    [Fact]
    public async Task Clockwise_rings_are_taken()
    {
        var path = SharedData.Require("data/messy/municipalities_lodi_gj2008_clockwise.geojson");
        var report = await _database.Database.StoreAsync(Imports.Request("municipalities", ImportFile.FromPath(path)));
        Assert.Equal((60, 0), (report.Rows.New, report.Rows.Rejected));
    }

    [Theory]
    [InlineData("istat_comuni_lombardia_cp1252.csv", "municipalities")]
    [InlineData("uk_stoke_brownfield_2024_xlsx_named.csv", "sites")]
    [InlineData("uk_newforest_brownfield_8bit.csv", "sites")]
    [InlineData("uk_one_field_per_line.txt", "sites")]
    [InlineData("mimit_motorway_fuel_pipe_title_line.csv", "infrastructure")]
    [InlineData("istat_regioni_2019_utm32.gpkg", "provinces")]
    [InlineData("ports_italy_llm_noise.json", "infrastructure")]
    [InlineData("trenord_gtfs_stops.txt", "sites")]
    public async Task A_file_that_cannot_be_imported_as_it_is_is_told_and_stores_nothing(string file, string collection)
    {
        var report = await _database.Database.RunAsync(Imports.Request(collection, ImportFile.FromPath(SharedData.Require("data/messy/" + file))));
        Assert.True(report.Fault is not null || report.Rejections.Count > 0);
        Assert.Equal(_versionBefore, await _database.VersionAsync());
    }

    [Fact]
    public async Task Municipalities_of_an_old_list_of_ISTAT_are_stored_from_its_own_columns()
    {
        await ImportAsync("provinces", SharedData.Require("data/provinces.geojson"));
        var report = await _database.Database.StoreAsync(
            Imports.Request("municipalities", ImportFile.FromPath(SharedData.Require("data/messy/istat_comuni_lombardia_cp1252.csv"))) with
            {
                Mapping = new Dictionary<string, string> { ["Popolazione legale 2011 (09/10/2011)"] = "population" },
            });
        Assert.Equal((1_506, 0L), (report.Rows.New, report.WarningCount));
        Assert.Equal(9_704_151, await _database.ScalarAsync<long>("SELECT sum(population) FROM geooffer.municipality"));
        Assert.Equal(
            "Milano 1242123 F205 015",
            await _database.ScalarAsync<string>(
                "SELECT concat_ws(' ', name_it, population, cadastral_code, province_code) FROM geooffer.municipality WHERE code = '015146'"));
        Assert.Equal("Cantù", await _database.ScalarAsync<string>("SELECT name_it FROM geooffer.municipality WHERE code = '013041'"));
    }

    [Theory]
    [InlineData("mimit_motorway_fuel_pipe_title_line.csv", "motorway_junction", "idImpianto=code,Nome Impianto=name_it", 541, "motorway_junction.50432", 44.670344360385094)]
    [InlineData("trenord_gtfs_stops.txt", "passenger_station", "", 433, "passenger_station.1863", 45.178212)]
    public async Task A_table_of_places_is_stored_as_points(string file, string kind, string mapping, int count, string code, double latitude)
    {
        var report = await _database.Database.StoreAsync(Imports.Request("infrastructure", ImportFile.FromPath(SharedData.Require("data/messy/" + file))) with
        {
            FixedValues = new Dictionary<string, string> { ["kind"] = kind },
            Mapping = mapping.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('=')).ToDictionary(pair => pair[0], pair => pair[1]),
        });
        Assert.Equal(count, report.Rows.New);
        Assert.Equal(latitude, await _database.ScalarAsync<double>($"SELECT ST_Y(geom) FROM geooffer.infrastructure WHERE code = '{code}'"));
    }

    [Fact]
    public async Task Places_that_a_machine_wrote_are_stored_with_the_warnings_they_deserve()
    {
        var report = await _database.Database.StoreAsync(Imports.Request("infrastructure", ImportFile.FromPath(SharedData.Require("data/messy/ports_italy_llm_noise.json"))) with
        {
            FixedValues = new Dictionary<string, string> { ["kind"] = "port" },
            Mapping = new Dictionary<string, string> { ["CITY"] = "name_it" },
        });
        Assert.Equal(84, report.Rows.New);
        Assert.Equal(
            "No change needed: Campo Boe Oil Terminal",
            await _database.ScalarAsync<string>("SELECT name_it FROM geooffer.infrastructure WHERE geom = 'SRID=4326;POINT(8.46 44.28)'"));
        Assert.Equal(84, await _database.ScalarAsync<long>("SELECT count(*) FROM geooffer.infrastructure WHERE attributes ? 'STATE'"));
    }

    [Fact]
    public async Task Names_that_were_read_wrongly_before_are_stored_as_they_are_with_their_mended_form_as_a_warning()
    {
        await ImportAsync("provinces", SharedData.Require("data/provinces.geojson"));
        var report = await ImportAsync("municipalities", SharedData.Require("data/messy/municipalities_mojibake_names.geojson"));
        Assert.Equal((17, 17L), (report.Rows.New, report.WarningCount));
        Assert.All(report.Warnings, warning => Assert.Equal(("name_it", RejectionCode.MisreadText), (warning.Field, warning.Code)));
        Assert.Contains(report.Warnings, warning => warning is { Value: "CantÃ¹", Fix: "Cantù", Id: "013041" });
        Assert.Equal("CantÃ¹", await _database.ScalarAsync<string>("SELECT name_it FROM geooffer.municipality WHERE code = '013041'"));
    }

    [Fact]
    public async Task Metres_with_a_member_crs_lie_where_the_same_polygons_in_degrees_lie()
    {
        var metres = SharedData.Require("data/messy/urban_atlas_battipaglia_epsg3035.geojson");
        var degrees = SharedData.Require("data/industrial_lots_battipaglia.geojson");
        var report = await _database.Database.StoreAsync(Imports.Request("constraints", ImportFile.FromPath(metres)) with
        {
            FixedValues = new Dictionary<string, string> { ["kind"] = "landscape" },
            Dataset = "metres",
            Mapping = new Dictionary<string, string> { ["id_lotto"] = "code" },
        });
        Assert.Equal((3035, "crs member"), (report.ReferenceSystem!.Srid, report.ReferenceSystem.Origin));
        Assert.Equal((315, 315L), (report.Rows.New, report.WarningCount));

        await using var stream = File.OpenRead(degrees);
        using var document = await JsonDocument.ParseAsync(stream, cancellationToken: TestContext.Current.CancellationToken);
        var twins = document.RootElement.GetProperty("features").EnumerateArray()
            .Select(feature => GeoJsonGeometryReader.TryRead(feature.GetProperty("geometry"), "", out var geometry, out _) ? geometry! : throw new InvalidDataException())
            .ToArray();
        foreach (var twin in twins)
        {
            twin.SRID = 4326;
        }

        // The twins are cut to six decimals: a tenth of a metre.
        Assert.Equal(315, await _database.ScalarAsync<long>(
            "SELECT count(*) FROM unnest($1::geometry[]) AS t (geom) WHERE EXISTS (SELECT FROM geooffer.constraint_area AS c WHERE ST_HausdorffDistance(c.geom, t.geom) < 2e-6)",
            [twins]));
    }

    [Fact]
    public async Task An_invalid_polygon_is_told_with_the_place_of_its_fault()
    {
        var friches = await _database.Database.RunAsync(Imports.Request("constraints", ImportFile.FromPath(SharedData.Require("data/messy/friches_ardennes.geojson"))) with
        {
            FixedValues = new Dictionary<string, string> { ["kind"] = "landscape" },
        });
        var invalid = Assert.Single(friches.Rejections);
        Assert.Equal((RejectionCode.GeometryInvalid, 4326), (invalid.Code, friches.ReferenceSystem!.Srid));
        Assert.Contains(" at 4.", invalid.Reason, StringComparison.Ordinal);
        Assert.Equal((164, 164L), (friches.Rows.Read, friches.WarningCount));
    }

    private static async Task<Dictionary<string, Geometry>> ReadFeaturesAsync(string path, string key)
    {
        await using var stream = File.OpenRead(path);
        using var document = await JsonDocument.ParseAsync(stream, cancellationToken: TestContext.Current.CancellationToken);
        return document.RootElement.GetProperty("features").EnumerateArray().ToDictionary(
            feature => feature.GetProperty("properties").GetProperty(key).GetString()!,
            feature => GeoJsonGeometryReader.TryRead(feature.GetProperty("geometry"), "", out var geometry, out var fault) ? geometry! : throw new InvalidDataException(fault.Expected));
    }

    private async Task<Dictionary<string, double>> ReadPairsAsync(string sql)
    {
        var pairs = new Dictionary<string, double>();
        await using var command = _database.Source.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        while (await reader.ReadAsync(TestContext.Current.CancellationToken))
        {
            pairs.Add(reader.GetString(0), reader.GetDouble(1));
        }

        return pairs;
    }

    private Task<ImportReport> ImportAsync(string collection, string path, string? kind = null) =>
        _database.Database.StoreAsync(Imports.Request(collection, ImportFile.FromPath(path)) with
        {
            FixedValues = kind is null ? [] : new Dictionary<string, string> { ["kind"] = kind },
        });
}
