using System.Globalization;
using GeoOffer.Query.Catalogue;
using GeoOffer.Query.Crs;
using GeoOffer.Query.Paging;
using GeoOffer.Storage.Exporting;
using GeoOffer.Testing;
using Microsoft.Data.Sqlite;

namespace GeoOffer.Storage.Tests.Exporting;

public sealed class GeoPackageExportTests(PostGisCluster cluster) : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("geooffer-gpkg-").FullName;

    private string FilePath => Path.Combine(_folder, "x.gpkg");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Several_collections_are_tables_of_one_sound_file()
    {
        await using var database = await AwkwardData.CreateAsync(cluster);
        await ExportAsync(database, CoordinateSystems.Get(25832), "sites", "infrastructure", "pilot-areas", "constraints");
        await using var file = Open();

        Assert.Equal(["1196444487"], Read(file, "PRAGMA application_id"));
        Assert.Equal(["10300"], Read(file, "PRAGMA user_version"));
        Assert.Equal(["ok"], Read(file, "PRAGMA integrity_check"));
        Assert.Empty(Read(file, "PRAGMA foreign_key_check"));
        Assert.Equal(
            ["constraints|features|25832", "infrastructure|features|25832", "pilot_areas|features|25832", "sites|features|25832"],
            Read(file, "SELECT table_name || '|' || data_type || '|' || srs_id FROM gpkg_contents ORDER BY 1"));
        Assert.Equal(["-1", "0", "4326", "25832"], Read(file, "SELECT srs_id FROM gpkg_spatial_ref_sys ORDER BY srs_id"));
        Assert.Equal(
            ["constraints|GEOMETRY", "infrastructure|GEOMETRY", "pilot_areas|GEOMETRY", "sites|GEOMETRY"],
            Read(file, "SELECT table_name || '|' || geometry_type_name FROM gpkg_geometry_columns ORDER BY 1"));
        Assert.Equal(["5", "5", "1", "0"], Read(file, "SELECT count(*) FROM sites UNION ALL SELECT count(*) FROM infrastructure UNION ALL SELECT count(*) FROM constraints UNION ALL SELECT count(*) FROM pilot_areas"));
    }

    [Fact]
    public async Task The_index_holds_every_box_and_the_contents_their_extent()
    {
        await using var database = await AwkwardData.CreateAsync(cluster);
        await ExportAsync(database, CoordinateSystems.Crs84, "infrastructure", "sites", "pilot-areas");
        await using var file = Open();
        foreach (var (table, view, rows) in new[] { ("infrastructure", "infrastructures", 5), ("sites", "sites", 4) })
        {
            Assert.Equal(["ok"], Read(file, $"SELECT rtreecheck('rtree_{table}_geom')"));
            var boxes = Read(file, $"SELECT code || '|' || minx || '|' || maxx || '|' || miny || '|' || maxy FROM {table} JOIN rtree_{table}_geom AS r ON r.id = fid ORDER BY code")
                .Select(line => line.Split('|')).ToDictionary(parts => parts[0], parts => parts[1..].Select(number => double.Parse(number, CultureInfo.InvariantCulture)).ToArray());
            Assert.Equal(rows, boxes.Count);
            await using var command = database.Source.CreateCommand($"SELECT code, ST_XMin(geom), ST_XMax(geom), ST_YMin(geom), ST_YMax(geom) FROM geooffer.{view} WHERE geom IS NOT NULL");
            await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
            while (await reader.ReadAsync(TestContext.Current.CancellationToken))
            {
                // The index has single precision, rounded outwards.
                var box = boxes[reader.GetString(0)];
                Assert.InRange(box[0], reader.GetDouble(1) - 1e-5, reader.GetDouble(1));
                Assert.InRange(box[1], reader.GetDouble(2), reader.GetDouble(2) + 1e-5);
                Assert.InRange(box[2], reader.GetDouble(3) - 1e-5, reader.GetDouble(3));
                Assert.InRange(box[3], reader.GetDouble(4), reader.GetDouble(4) + 1e-5);
            }
        }

        Assert.Equal(["8.72|45.1|10.01|45.64"], Read(file, "SELECT min_x || '|' || min_y || '|' || max_x || '|' || max_y FROM gpkg_contents WHERE table_name = 'infrastructure'"));
        Assert.Equal(["1"], Read(file, "SELECT min_x IS NULL FROM gpkg_contents WHERE table_name = 'pilot_areas'"));
    }

    [Fact]
    public async Task Programs_that_edit_keep_the_index_by_its_triggers()
    {
        await using var database = await AwkwardData.CreateAsync(cluster);
        await ExportAsync(database, CoordinateSystems.Crs84, "infrastructure");
        Ogr.Require();
        await Ogr.RunAsync("ogrinfo", FilePath, "-sql", "UPDATE infrastructure SET geom = (SELECT geom FROM infrastructure WHERE code = 'airport.1') WHERE code = 'port.1'");
        await Ogr.RunAsync("ogrinfo", FilePath, "-sql", "UPDATE infrastructure SET geom = NULL WHERE code = 'rail_line.1'");
        await Ogr.RunAsync("ogrinfo", FilePath, "-sql", "DELETE FROM infrastructure WHERE code = 'rail_line.2'");
        await Ogr.RunAsync("ogrinfo", FilePath, "-sql", "INSERT INTO infrastructure (geom, code, kind, is_public) SELECT geom, 'new', kind, is_public FROM infrastructure WHERE code = 'airport.1'");
        await using var file = Open();
        Assert.Equal(["ok"], Read(file, "SELECT rtreecheck('rtree_infrastructure_geom')"));
        Assert.Equal(
            ["airport.1", "new", "port.1"],
            Read(file, "SELECT code FROM infrastructure JOIN rtree_infrastructure_geom AS r ON r.id = fid WHERE minx < 8.8 ORDER BY code"));
        Assert.Equal(["4"], Read(file, "SELECT count(*) FROM rtree_infrastructure_geom"));
    }

    [Fact]
    public async Task Titles_units_and_code_lists_go_with_the_columns()
    {
        await using var database = await AwkwardData.CreateAsync(cluster);
        await ExportAsync(database, CoordinateSystems.Crs84, "sites");
        await using var file = Open();
        Assert.Equal(["superficie misurata|[har]"], Read(file, "SELECT title || '|' || description FROM gpkg_data_columns WHERE column_name = 'measured_area_ha'"));
        Assert.Equal(["application/json"], Read(file, "SELECT mime_type FROM gpkg_data_columns WHERE column_name = 'functions'"));
        Assert.Equal(
            ["brownfield", "greenfield"],
            Read(file, "SELECT value FROM gpkg_data_columns JOIN gpkg_data_column_constraints USING (constraint_name) WHERE column_name = 'kind' ORDER BY value"));
        Assert.Equal(["Opportunità insediative"], Read(file, "SELECT identifier FROM gpkg_contents"));
        Assert.Equal(
            ["INTEGER", "GEOMETRY", "TEXT", "INTEGER", "REAL", "DATE", "BOOLEAN"],
            Read(file, "SELECT type FROM pragma_table_info('sites') WHERE name IN ('fid', 'geom', 'code', 'owner_count', 'building_index', 'first_added', 'is_public') ORDER BY instr('fid geom code owner_count building_index first_added is_public', name)"));
    }

    [Fact]
    public async Task An_empty_text_is_not_null_and_nothing_is_lost_of_any_value()
    {
        await using var database = await AwkwardData.CreateAsync(cluster);
        await database.ExecuteAsync(AwkwardData.Hostile);
        await ExportAsync(database, CoordinateSystems.Crs84, "sites");
        await using var file = Open();
        Assert.Equal(["text|0", "null|"], Read(file, "SELECT typeof(name_en) || '|' || coalesce(length(name_en), '') FROM sites WHERE code IN ('AW-2', 'AW-4') ORDER BY code"));
        Assert.Equal(["\u0001bell\u0007\u001f \u2028"], Read(file, "SELECT previous_activity FROM sites WHERE code = 'AW-3'"));
        Assert.Equal(["""["a;b","c|d","[e]"]"""], Read(file, "SELECT previously_part_of FROM sites WHERE code = 'AW-3'"));
    }

    [Fact]
    public async Task Names_that_the_file_needs_for_itself_are_still_free()
    {
        await using var database = await AwkwardData.CreateAsync(cluster);
        await using (var create = database.Source.CreateCommand("CREATE TABLE geooffer.odd AS SELECT 'a' AS code, 'b' AS fid, 'c' AS geometry_text, '2024-01-02T03:04:05.678Z'::timestamptz AS at, ST_SetSRID(ST_MakePoint(9, 45), 4326) AS geom"))
        {
            await create.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }

        Localized title = new("strano", "odd");
        var key = new Property("code", "code", PropertyType.Text, title) { Nullable = false };
        var odd = new Collection
        {
            Id = "odd\"one",
            Title = title,
            Description = title,
            Relation = new Relation("geooffer", "odd"),
            Key = key,
            Properties = [key, new("Fid", "fid", PropertyType.Text, title), new("geom", "geometry_text", PropertyType.Text, title), new("at", "at", PropertyType.Timestamp, title)],
            Geometry = new GeometryProperty("geometry", "geom", 4326, GeometryTypes.Point),
        };
        await File.WriteAllBytesAsync(
            FilePath,
            await database.Database.ExportAsync(FeatureQuery.Create(new FeatureRequest(odd, Role.Public, FeatureRequest.Unlimited)).Value, ExportFormat.GeoPackage),
            TestContext.Current.CancellationToken);
        await using var file = Open();
        Assert.Equal(["1|b|c|2024-01-02T03:04:05.678Z"], Read(file, "SELECT fid_1 || '|' || Fid || '|' || geom || '|' || at FROM \"odd\"\"one\""));
        Assert.Equal(["geom_1|POINT"], Read(file, "SELECT column_name || '|' || geometry_type_name FROM gpkg_geometry_columns"));
    }

    private async Task ExportAsync(MigratedDatabase database, ReferenceSystem system, params string[] collections)
    {
        var queries = new List<FeatureQuery>();
        foreach (var collection in collections)
        {
            queries.Add(await database.Database.QueryAsync(collection));
        }

        await using var output = File.Create(FilePath);
        await new Exporter(database.Database).RunAsync(
            new ExportRequest { Queries = [.. queries], Format = ExportFormat.GeoPackage, System = system }, output, null, TestContext.Current.CancellationToken);
    }

    private SqliteConnection Open()
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = FilePath, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString());
        connection.Open();
        return connection;
    }

    private static List<string> Read(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var values = new List<string>();
        while (reader.Read())
        {
            values.Add(reader.GetString(0));
        }

        return values;
    }
}
