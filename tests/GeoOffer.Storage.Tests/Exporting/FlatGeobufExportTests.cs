using System.Globalization;
using System.Runtime.InteropServices;
using GeoOffer.PostGis;
using GeoOffer.Query.Catalogue;
using GeoOffer.Query.Crs;
using GeoOffer.Query.Paging;
using GeoOffer.Query.Sql;
using GeoOffer.Storage.Exporting;
using GeoOffer.Storage.Exporting.FlatGeobufs;
using GeoOffer.Storage.Importing.Reading.FlatGeobufs;
using GeoOffer.Storage.Reading;
using GeoOffer.Testing;
using NetTopologySuite.Geometries;

namespace GeoOffer.Storage.Tests.Exporting;

/// <summary>FlatGeobuf by its bytes, and as GDAL reads it through its index.</summary>
public sealed class FlatGeobufExportTests(PostGisCluster cluster) : IDisposable
{
    private static readonly Localized Title = new("Città & «cose» 🌾", "Things");

    private readonly string _folder = Directory.CreateTempSubdirectory("geooffer-fgb-").FullName;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string FilePath => Path.Combine(_folder, "x.fgb");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(17)]
    [InlineData(1500)]
    public async Task Its_index_leads_to_what_a_look_at_every_feature_finds(int count)
    {
        Ogr.Require();
        await using var database = await MigratedDatabase.CreateAsync(cluster);
        var query = await ScatterAsync(database, count);
        var bytes = await database.Database.ExportAsync(query, ExportFormat.FlatGeobuf);
        await File.WriteAllBytesAsync(FilePath, bytes, Token);
        var file = new FlatGeobufFile(bytes);
        var features = file.Features();
        var stored = await ReadAsync(database);

        Assert.Equal(((ulong)count, count == 0), (file.Header.FeatureCount, file.Index is null));
        Assert.Equal(stored.Keys, features.Values.Select(FlatGeobufFile.Code).Order(StringComparer.Ordinal));
        Assert.All(features.Values, feature =>
        {
            var (expected, found) = (stored[FlatGeobufFile.Code(feature)], file.Geometry(feature));
            Assert.True(expected is null ? found is null : found is not null && expected.EqualsExact(found), $"expected {expected}, found {found}");
            Assert.Equal(0, FlatGeobufFile.PositionsAt(feature).GetValueOrDefault() % sizeof(double));
        });
        foreach (var box in (Envelope[])[new(8, 12, 44, 47), new(9, 9.5, 45, 45.5), new(8.004, 8.004, 44, 47), new(10, 12, 46.5, 46.6), new(0, 1, 0, 1)])
        {
            var inBox = stored.Where(row => row.Value?.EnvelopeInternal.Intersects(box) == true).Select(row => row.Key);
            Assert.Equal(
                inBox, (file.Index?.Search(new EwkbExtent(box.MinX, box.MinY, box.MaxX, box.MaxY)) ?? []).Select(place => FlatGeobufFile.Code(features[place])).Order(StringComparer.Ordinal));

            var area = new GeometryFactory().ToGeometry(box);
            var meeting = stored.Where(row => row.Value?.Intersects(area) == true).Select(row => row.Key);
            Assert.Equal(meeting, await GdalFindsAsync("-spat", Text(box.MinX), Text(box.MinY), Text(box.MaxX), Text(box.MaxY)));
        }

        Assert.Equal(stored.Keys, await GdalFindsAsync());
    }

    [Fact]
    public async Task The_header_says_what_the_file_is()
    {
        await using var database = await AwkwardData.CreateAsync(cluster);
        await database.ExecuteAsync("UPDATE geooffer.site SET geom = NULL WHERE code <> 'AW-3'");
        var query = await database.Database.QueryAsync("sites");
        var file = new FlatGeobufFile(await database.Database.ExportAsync(query, ExportFormat.FlatGeobuf, CoordinateSystems.Get(25832)));
        var header = FlatTable.Root(file.HeaderBytes.Span);
        Assert.Equal(("sites", "Opportunità insediative"), (header.Text(0), header.Text(11)));
        Assert.StartsWith(query.Collection.Description.It, header.Text(12), StringComparison.Ordinal);
        var box = MemoryMarshal.Cast<byte, double>(header.Vector(1, sizeof(double)));
        var point = Assert.IsType<Point>(file.Geometry(file.Features().Values.Single(feature => FlatGeobufFile.Code(feature) == "AW-3")));
        Assert.Equal([point.X, point.Y, point.X, point.Y], box.ToArray());
        Assert.InRange(point.X, 400_000, 600_000);

        Assert.Equal((0, 0, 5ul, 16), (header.Byte(2), header.Byte(3), header.UInt64(8), header.UInt16(9)));
        Assert.True(header.TryTable(10, out var system));
        Assert.Equal(("EPSG", 25832, "ETRS89 / UTM zone 32N"), (system.Text(0), system.Int32(1), system.Text(2)));
        Assert.Equal(query.Properties.Select(property => property.Name), file.Header.Columns.Select(column => column.Name));
        Assert.Equal(query.Properties.Select(property => property.Title.It), file.Header.Columns.Select(column => column.Title));
        var types = file.Header.Columns.ToDictionary(column => column.Name, column => column.Type);
        Assert.Equal(
            [FlatGeobufType.Text, FlatGeobufType.Int64, FlatGeobufType.Double, FlatGeobufType.Boolean, FlatGeobufType.Json, FlatGeobufType.Text],
            new[] { "code", "owner_count", "building_index", "is_public", "functions", "first_added" }.Select(name => types[name]));
        for (var column = 0; column < query.Properties.Length; column++)
        {
            var table = header.TableAt(7, column);
            var property = query.Properties[column];
            Assert.Equal(property.Nullable, table.Byte(7, absent: 1) == 1);
            Assert.Equal(property.Name == "code", table.Byte(9) == 1);
            Assert.Equal(property.Type == PropertyType.Date ? """{"format":"date"}""" : null, table.Text(10));
            Assert.Equal(property.Unit is null ? null : $"[{property.Unit}]", table.Text(3));
        }
    }

    [Theory]
    [InlineData(GeometryTypes.MultiPolygon, "ST_Multi(ST_MakeEnvelope(9, 45, 9 + n, 46, 4326))", OgcGeometryType.MultiPolygon)]
    [InlineData(GeometryTypes.Polygon, "ST_MakeEnvelope(9, 45, 9 + n, 46, 4326)", OgcGeometryType.Polygon)]
    [InlineData(GeometryTypes.MultiLineString, "ST_Multi(ST_MakeLine(ST_Point(9, 45, 4326), ST_Point(10, 45 + n, 4326)))", OgcGeometryType.MultiLineString)]
    [InlineData(GeometryTypes.MultiPoint, "ST_Multi(ST_Point(9, 45 + n, 4326))", OgcGeometryType.MultiPoint)]
    [InlineData(GeometryTypes.GeometryCollection, "ST_Collect(ST_Collect(ST_Point(9, 45, 4326), ST_MakeEnvelope(9, 45, 9 + n, 46, 4326)), ST_ForceCollection(ST_Point(8, 44, 4326)))", OgcGeometryType.GeometryCollection)]
    [InlineData(GeometryTypes.Polygon | GeometryTypes.MultiPolygon, "ST_Multi(ST_MakeEnvelope(9, 45, 9 + n, 46, 4326))", null)]
    public async Task A_collection_of_one_type_declares_it_and_GDAL_reads_the_same(GeometryTypes types, string sql, OgcGeometryType? declared)
    {
        Ogr.Require();
        await using var database = await MigratedDatabase.CreateAsync(cluster);
        var query = await CreateAsync(database, $"SELECT 'c' || n AS code, {sql} AS geom FROM generate_series(1, 3) AS n", types);
        var stored = await ReadAsync(database);
        var bytes = await database.Database.ExportAsync(query, ExportFormat.FlatGeobuf);
        await File.WriteAllBytesAsync(FilePath, bytes, Token);
        Assert.Equal(declared ?? 0, (OgcGeometryType)new FlatGeobufFile(bytes).Header.GeometryType);
        var found = (await Ogr.ReadAsync(FilePath)).Features.ToDictionary(feature => feature.Properties.GetProperty("code").GetString()!, feature => feature.Geometry!);
        Assert.Equal(stored.Keys, found.Keys.Order(StringComparer.Ordinal));
        Assert.All(stored, row => Assert.True(row.Value!.EqualsExact(found[row.Key]), $"expected {row.Value}, GDAL found {found[row.Key]}"));
    }

    [Fact]
    public async Task Empty_members_are_left_out_and_what_is_empty_has_no_geometry()
    {
        Ogr.Require();
        await using var database = await MigratedDatabase.CreateAsync(cluster);
        var query = await CreateAsync(
            database,
            """
            SELECT 'c' || n AS code, ST_GeomFromText(wkt, 4326) AS geom FROM (VALUES
              (1, 'MULTIPOLYGON(EMPTY,((9 45,10 45,10 46,9 45)),EMPTY)'), (2, 'MULTILINESTRING((9 45,10 46),EMPTY,(7 44,8 45,8 46))'), (3, 'POLYGON EMPTY'),
              (4, 'GEOMETRYCOLLECTION(POINT EMPTY,MULTIPOLYGON(EMPTY),POINT(9 45),GEOMETRYCOLLECTION(LINESTRING EMPTY,LINESTRING(9 45,10 46)))'),
              (5, 'MULTIPOINT(EMPTY,9 45)'), (6, 'POINT EMPTY')) AS v (n, wkt)
            """,
            GeometryTypes.None);
        await File.WriteAllBytesAsync(FilePath, await database.Database.ExportAsync(query, ExportFormat.FlatGeobuf), Token);
        Assert.Equal(
            [
                "c1 MULTIPOLYGON (((9 45, 10 45, 10 46, 9 45)))", "c2 MULTILINESTRING ((9 45, 10 46), (7 44, 8 45, 8 46))", "c3 ",
                "c4 GEOMETRYCOLLECTION (POINT (9 45), GEOMETRYCOLLECTION (LINESTRING (9 45, 10 46)))", "c5 MULTIPOINT ((9 45))", "c6 ",
            ],
            (await Ogr.ReadAsync(FilePath)).Features.Select(feature => $"{feature.Properties.GetProperty("code")} {feature.Geometry}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Nothing_with_a_place_makes_no_index()
    {
        Ogr.Require();
        await using var database = await MigratedDatabase.CreateAsync(cluster);
        var query = await CreateAsync(database, "SELECT 'c' || n AS code, NULL::geometry(Point, 4326) AS geom FROM generate_series(1, 3) AS n", GeometryTypes.Point);
        var bytes = await database.Database.ExportAsync(query, ExportFormat.FlatGeobuf);
        await File.WriteAllBytesAsync(FilePath, bytes, Token);
        var file = new FlatGeobufFile(bytes);
        Assert.Equal((3ul, null), (file.Header.FeatureCount, file.Index));
        Assert.True(FlatTable.Root(file.HeaderBytes.Span).Vector(1, sizeof(double)).IsEmpty);
        Assert.Equal(["c1", "c2", "c3"], await GdalFindsAsync());
    }

    [Fact]
    public async Task Texts_are_whole_however_long_and_empty_is_not_missing()
    {
        Ogr.Require();
        await using var database = await MigratedDatabase.CreateAsync(cluster);
        var query = await CreateAsync(
            database, "SELECT code, name, ST_Point(9, 45, 4326) AS geom FROM (VALUES ('c1', repeat('è🌾', 500000)), ('c2', ''), ('c3', NULL)) AS v (code, name)", GeometryTypes.Point, "name");
        await File.WriteAllBytesAsync(FilePath, await database.Database.ExportAsync(query, ExportFormat.FlatGeobuf), Token);

        // GDAL leaves out what is missing.
        var found = (await Ogr.ReadAsync(FilePath)).Features.ToDictionary(
            feature => feature.Properties.GetProperty("code").GetString()!, feature => feature.Properties.TryGetProperty("name", out var name) ? name.GetString() : null);
        Assert.Equal((string.Concat(Enumerable.Repeat("è🌾", 500_000)), "", null), (found["c1"], found["c2"], found["c3"]));
    }

    [Theory]
    [InlineData(20, true)]
    [InlineData(19, false)]
    public async Task More_features_than_an_index_is_made_for_go_without_and_it_is_told(int mostIndexed, bool isIndexed)
    {
        await using var database = await MigratedDatabase.CreateAsync(cluster);
        var query = (await ScatterAsync(database, 20)).WithKey();
        using var output = new MemoryStream();
        await using var connection = await database.Source.OpenConnectionAsync(Token);
        await using var rows = await RecordCursor.OpenAsync(connection, FeatureSql.Records(query, inOrder: true), isPatient: false, Token);
        await using var writer = new FlatGeobufWriter(output, new ExportOptions(), mostIndexed);
        await writer.StartAsync(new ExportLayer(query.Collection, rows.Columns, CoordinateSystems.Crs84), Token);
        while (await rows.ReadAsync(Token))
        {
            await writer.WriteAsync(rows, Token);
        }

        await writer.EndAsync(Token);
        await writer.CompleteAsync(Token);
        var file = new FlatGeobufFile(output.ToArray());
        Assert.Equal(isIndexed, file.Index is not null);
        Assert.Equal(isIndexed ? [] : ["The FlatGeobuf has no spatial index: it has one up to 19 features."], writer.Notices);
        Assert.Equal((await ReadAsync(database)).Keys, file.Features().Values.Select(FlatGeobufFile.Code).Order(StringComparer.Ordinal));
    }

    private static string Text(double number) => number.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>Points, lines, polygons with holes, points together and features without a place, all over a box of four by three degrees.</summary>
    private static Task<FeatureQuery> ScatterAsync(MigratedDatabase database, int count) => CreateAsync(
        database,
        $"""
        SELECT 'c' || n AS code, CASE n % 5
          WHEN 1 THEN at
          WHEN 2 THEN ST_MakeLine(ARRAY[at, ST_Translate(at, 0.1, 0.05), ST_Translate(at, 0.02, 0.3)])
          WHEN 3 THEN ST_MakePolygon(ST_ExteriorRing(ST_Expand(at, 0.2)), ARRAY[ST_ExteriorRing(ST_Expand(at, 0.1))])
          WHEN 4 THEN ST_Collect(at, ST_Translate(at, 0.01, 0.01)) END AS geom
        FROM (SELECT n, ST_Point(8 + (n * 7919 % 1000) / 250.0, 44 + (n * 104729 % 997) / 333.0, 4326) AS at FROM generate_series(1, {count}) AS n) AS scattered
        """,
        GeometryTypes.Point | GeometryTypes.LineString | GeometryTypes.Polygon | GeometryTypes.MultiPoint);

    /// <summary>A collection of what a query says: code, geom, and texts.</summary>
    private static async Task<FeatureQuery> CreateAsync(MigratedDatabase database, string sql, GeometryTypes types, params string[] texts)
    {
        await database.ExecuteAsync($"CREATE TABLE geooffer.things AS {sql}");
        var key = new Property("code", "code", PropertyType.Text, Title) { Nullable = false };
        var things = new Collection
        {
            Id = "things",
            Title = Title,
            Description = Title,
            Relation = new Relation("geooffer", "things"),
            Key = key,
            Properties = [key, .. texts.Select(name => new Property(name, name, PropertyType.Text, Title))],
            Geometry = new GeometryProperty("geometry", "geom", 4326, types),
        };
        return FeatureQuery.Create(new FeatureRequest(things, Role.Public, FeatureRequest.Unlimited)).Value;
    }

    private static async Task<SortedDictionary<string, Geometry?>> ReadAsync(MigratedDatabase database)
    {
        await using var command = database.Source.CreateCommand("SELECT code, geom FROM geooffer.things");
        await using var reader = await command.ExecuteReaderAsync(Token);
        var rows = new SortedDictionary<string, Geometry?>(StringComparer.Ordinal);
        while (await reader.ReadAsync(Token))
        {
            rows.Add(reader.GetString(0), await reader.IsDBNullAsync(1) ? null : reader.GetFieldValue<Geometry>(1));
        }

        return rows;
    }

    private async Task<IEnumerable<string>> GdalFindsAsync(params string[] arguments) =>
        (await Ogr.RunAsync("ogr2ogr", ["-f", "CSV", "/vsistdout/", FilePath, .. arguments])).Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1)
        .Select(line => line.Trim().Trim('"')).Order(StringComparer.Ordinal);
}
