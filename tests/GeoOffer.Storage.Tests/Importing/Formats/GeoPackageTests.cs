using System.Runtime.Versioning;
using GeoOffer.Storage.Importing;
using GeoOffer.Storage.Importing.Reading;
using Microsoft.Data.Sqlite;

namespace GeoOffer.Storage.Tests.Importing.Formats;

public sealed class GeoPackageTests
{
    [Fact]
    public async Task Values_have_the_types_that_the_table_declares()
    {
        using var package = new GeoPackageFile();
        package.Execute("""
            CREATE TABLE sites (fid INTEGER PRIMARY KEY, geom POLYGON, "a ""b"" c" TEXT(20), truth BOOLEAN, tiny TINYINT, big INTEGER, number DOUBLE PRECISION,
              day DATE, instant DATETIME, list TEXT, picture BLOB, odd MYTYPE);
            CREATE TABLE gpkg_data_columns (table_name TEXT, column_name TEXT, name TEXT, title TEXT, description TEXT, mime_type TEXT, constraint_name TEXT);
            INSERT INTO gpkg_data_columns VALUES ('sites', 'big', NULL, 'A big number', NULL, NULL, NULL), ('SITES', 'LIST', NULL, NULL, NULL, 'application/json', NULL);
            """);
        package.Register("sites");
        package.Execute(
            "INSERT INTO sites VALUES (7, $0, ' Cantù ', 1, -1, 9223372036854775807, 0.1, '2024-02-29', '2024-02-29T10:11:12.345Z', '[1]', x'00', 'x')",
            GeoPackageFile.Blob("POINT (9 45)"));
        package.Execute("INSERT INTO sites (fid) VALUES (8)");
        package.Execute("INSERT INTO sites VALUES (9, NULL, x'00', 'maybe', 1.5, 'many', 'x', '31/12/2024', '2024-02-29 10:11:12+02:00', 5, NULL, 1e400)");

        var (description, rows) = await Sources.ReadAsync(package.File);

        Assert.Equal(
            ["a \"b\" c Text ", "truth Boolean ", "tiny Integer ", "big Integer A big number", "number Number ", "day Date ", "instant Timestamp ", "list Json ", "odd Text "],
            description.Columns!.Select(column => $"{column.Name} {column.Type} {column.Title}"));
        Assert.Equal(
            [
                "a \"b\" c=Text:Cantù truth=Boolean:true tiny=Int64:-1 big=Int64:9223372036854775807 number=Double:0.1 day=DateOnly:2024-02-29 "
                + "instant=DateTimeOffset:2024-02-29T10:11:12.3450000+00:00 list=Text:[1] odd=Text:x",
                "a \"b\" c=Null: truth=Null: tiny=Null: big=Null: number=Null: day=Null: instant=Null: list=Null: odd=Null:",
                "a \"b\" c=Damaged: truth=Text:maybe tiny=Double:1.5 big=Text:many number=Text:x day=Text:31/12/2024 "
                + "instant=DateTimeOffset:2024-02-29T10:11:12.0000000+02:00 list=Text:5 odd=Null:",
            ],
            rows.Select(Sources.Describe));
        Assert.Equal(["7 fid 7 POINT (9 45)", "8 fid 8 ", "9 fid 9 "], rows.Select(row => $"{row.Id} {row.Place} {row.Wkt()}"));
        Assert.Equal((SourceFormat.GeoPackage, "sites", "columns of bytes are left out: picture"), (description.Format, description.Layer, description.Notices.Single()));
    }

    [Theory]
    [InlineData("POINT EMPTY", "POINT EMPTY")]
    [InlineData("POINT Z (1 2 3)", "POINT (1 2)")]
    [InlineData("LINESTRING ZM (1 2 3 4, 5 6 7 8)", "LINESTRING (1 2, 5 6)")]
    [InlineData("POLYGON ((0 0, 9 0, 9 9, 0 0), (5 1, 8 4, 8 1, 5 1))", "POLYGON ((0 0, 9 0, 9 9, 0 0), (5 1, 8 4, 8 1, 5 1))")]
    [InlineData("MULTIPOLYGON (((0 0, 1 0, 1 1, 0 0)))", "MULTIPOLYGON (((0 0, 1 0, 1 1, 0 0)))")]
    [InlineData("GEOMETRYCOLLECTION (POINT (1 2), MULTILINESTRING ((0 0, 1 1)))", "GEOMETRYCOLLECTION (POINT (1 2), MULTILINESTRING ((0 0, 1 1)))")]
    public async Task A_geometry_is_read_whatever_its_envelope_and_byte_order(string wkt, string expected)
    {
        using var package = Layer("layer");
        for (var envelope = 0; envelope <= 4; envelope++)
        {
            package.Execute("INSERT INTO layer (geom) VALUES ($0), ($1)", GeoPackageFile.Blob(wkt, envelope: envelope), GeoPackageFile.Blob(wkt, envelope: envelope, isBigEndian: true));
        }

        var (_, rows) = await Sources.ReadAsync(package.File);
        Assert.Equal(Enumerable.Repeat(expected, 10), rows.Select(row => row.Wkt()));
        Assert.All(rows, row => Assert.Equal(32632, row.Geometry!.SRID));
    }

    [Fact]
    public async Task A_geometry_that_cannot_be_read_is_a_fault_of_its_row_only()
    {
        using var package = Layer("layer");
        byte[] good = GeoPackageFile.Blob("POINT (9 45)"), curve = GeoPackageFile.Blob([1, 8, 0, 0, 0, 0, 0, 0, 0]);
        var extended = GeoPackageFile.Blob("POINT (9 45)");
        extended[3] |= 0x20;
        var notFinite = GeoPackageFile.Blob("LINESTRING (1 2, 3 4)");
        BitConverter.TryWriteBytes(notFinite.AsSpan(8 + 1 + 4 + 4), double.PositiveInfinity);
        foreach (var blob in (byte[][])[good, good[8..], good[..^1], curve, extended, notFinite, [], [.. "GP"u8, 0, 0x0B, 0, 0, 0, 0], good])
        {
            package.Execute("INSERT INTO layer (geom) VALUES ($0)", blob);
        }

        var (_, rows) = await Sources.ReadAsync(package.File);
        Assert.Equal([1, 9], rows.Where(row => row.Fault is null && row.Geometry is not null).Select(row => row.Number));
        Assert.All(rows.Skip(1).Take(7), row => Assert.Equal(RejectionCode.GeometryBroken, row.Fault?.Code));
        Assert.Contains("curve", rows[3].Fault!.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Several_layers_are_listed_and_one_is_chosen()
    {
        using var package = Layer("b");
        package.Execute("CREATE TABLE a (id INTEGER PRIMARY KEY, name TEXT); INSERT INTO a VALUES (1, 'x'); CREATE TABLE layer_styles (id INTEGER PRIMARY KEY)");
        package.Register("a", null, title: "The first");
        package.Register("layer_styles", null);

        var fault = await Sources.FaultAsync(package.File);
        Assert.Equal((FileFaultCode.Layer, "the GeoPackage holds 2 layers: a, b", "choose one with --source-layer NAME"), (fault.Code, fault.Reason, fault.Fix));
        Assert.Contains("no layer c; it holds a, b, layer_styles", (await Sources.FaultAsync(package.File, new SourceOptions { Layer = "c" })).Reason, StringComparison.Ordinal);
        foreach (var name in (string[])["A", "The first"])
        {
            var (_, rows) = await Sources.ReadAsync(package.File, new SourceOptions { Layer = name });
            Assert.Equal(("1", false, "name=Text:x"), (rows.Single().Id, rows[0].CarriesGeometry, rows[0].Describe()));
        }
    }

    [Theory]
    [InlineData(32632, "WGS 84 / UTM zone 32N", 32632, "PROJCS[\"WGS 84 / UTM zone 32N\"]")]
    [InlineData(99, "Local", null, "LOCAL_CS[\"Local\"]")]
    [InlineData(0, null, null, null)]
    [InlineData(-1, null, null, null)]
    [InlineData(4711, null, null, null)]
    public async Task The_reference_system_is_that_of_the_geometry_column(int systemId, string? text, int? srid, string? wellKnownText)
    {
        using var package = Layer("layer", systemId);
        var expected = text is null ? null : new StatedReferenceSystem(text, "gpkg_spatial_ref_sys") { Srid = srid, WellKnownText = wellKnownText };
        Assert.Equal(expected, (await Sources.ReadAsync(package.File)).Description.ReferenceSystem);
    }

    [Fact]
    public async Task Geometries_of_another_system_than_their_table_are_told()
    {
        using var package = Layer("layer");
        package.Execute("INSERT INTO layer (geom) VALUES ($0), ($1), ($2)", GeoPackageFile.Blob("POINT (1 2)"), GeoPackageFile.Blob("POINT (1 2)", 3003), GeoPackageFile.Blob("POINT (1 2)", 0));
        Assert.StartsWith("1 geometries state another reference system", (await Sources.ReadAsync(package.File)).Description.Notices.Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Views_tables_of_bytes_and_compound_keys_are_read()
    {
        using var package = Layer("layer");
        package.Execute("INSERT INTO layer (geom, name) VALUES ($0, 'x')", GeoPackageFile.Blob("POINT (1 2)"));
        package.Execute("CREATE VIEW v AS SELECT fid AS id, geom, name FROM layer; CREATE TABLE bytes (b BLOB); INSERT INTO bytes VALUES (x'00')");
        package.Execute("CREATE TABLE pairs (a INTEGER, b INTEGER, c TEXT, PRIMARY KEY (a, b)); INSERT INTO pairs VALUES (1, 2, 'x')");
        package.Register("v");
        package.Register("bytes", null);
        package.Register("pairs", null);
        async Task<SourceRow> ReadAsync(string name) => (await Sources.ReadAsync(package.File, new SourceOptions { Layer = name })).Rows.Single();

        Assert.Equal("row 1 POINT (1 2) id=Int64:1 name=Text:x", await ReadAsync("v") is var view ? $"{view.Place} {view.Wkt()} {view.Describe()}" : null);
        Assert.Empty((await ReadAsync("bytes")).Fields);
        Assert.Equal("a=Int64:1 b=Int64:2 c=Text:x", (await ReadAsync("pairs")).Describe());
    }

    [Fact]
    public async Task A_database_that_is_no_geopackage_is_told()
    {
        using var package = new GeoPackageFile();
        package.Execute("DROP TABLE gpkg_contents");
        Assert.Equal("the file is an SQLite database, and no GeoPackage", (await Sources.FaultAsync(package.File)).Reason);
        package.Execute("CREATE TABLE geometry_columns (a)");
        Assert.Equal("the file is a SpatiaLite database, and no GeoPackage", (await Sources.FaultAsync(package.File)).Reason);

        using var empty = new GeoPackageFile();
        Assert.Equal(FileFaultCode.Empty, (await Sources.FaultAsync(empty.File)).Code);
        empty.Register("gone");
        Assert.Equal(FileFaultCode.Structure, (await Sources.FaultAsync(empty.File)).Code);
        var text = Imports.File("x.gpkg", "SQLite format 3\0, but then something else"u8.ToArray());
        Assert.Equal(FileFaultCode.UnknownFormat, (await Sources.FaultAsync(text)).Code);
    }

    [Theory]
    [InlineData("plain.gpkg")]
    [InlineData("100% of #1? & \"more\".gpkg")]
    [UnsupportedOSPlatform("windows")]
    public async Task A_file_in_wal_mode_is_read_where_nothing_can_be_written(string name)
    {
        Assert.SkipWhen(Environment.IsPrivilegedProcess, "needs a user whom file modes bind: root may write anywhere");
        using var package = new GeoPackageFile(name);
        package.Execute("PRAGMA journal_mode = WAL; CREATE TABLE layer (fid INTEGER PRIMARY KEY, geom POINT)");
        package.Register("layer");
        package.Execute("INSERT INTO layer VALUES (1, $0)", GeoPackageFile.Blob("POINT (9 45)"));
        Assert.Single((await Sources.ReadAsync(package.File)).Rows);

        File.SetUnixFileMode(package.Folder, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        try
        {
            Assert.Single((await Sources.ReadAsync(package.File)).Rows);
        }
        finally
        {
            File.SetUnixFileMode(package.Folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    [Fact]
    public async Task A_file_with_half_of_a_change_in_it_is_refused()
    {
        using var package = Layer("layer");
        package.Execute("INSERT INTO layer (name) SELECT 'x' FROM pragma_function_list");
        var copy = Path.Combine(package.Folder, "copy.gpkg");
        await using (var connection = new SqliteConnection($"Data Source={package.Path};Pooling=False"))
        {
            await connection.OpenAsync(TestContext.Current.CancellationToken);
            await using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA cache_size = 1; BEGIN; UPDATE layer SET name = printf('%1000d', fid)";
            await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
            File.Copy(package.Path, copy);
            File.Copy(package.Path + "-journal", copy + "-journal");
        }

        Assert.Contains("was not closed", (await Sources.FaultAsync(ImportFile.FromPath(copy))).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_without_path_is_copied_for_as_long_as_it_is_open()
    {
        using var package = Layer("layer");
        package.Execute("INSERT INTO layer (geom) VALUES ($0)", GeoPackageFile.Blob("POINT (9 45)"));
        var folders = TemporaryFolders();
        await using (var source = await Source.OpenAsync(Imports.File("x.gpkg", package.Bytes), new SourceOptions(), TestContext.Current.CancellationToken))
        {
            Assert.Single(TemporaryFolders().Except(folders));
            Assert.Single(await Sources.ReadRowsAsync(source));
            Assert.Single(await Sources.ReadRowsAsync(source));
        }

        Assert.Empty(TemporaryFolders().Except(folders));
    }

    [Fact]
    public async Task A_query_without_end_is_interrupted()
    {
        using var package = new GeoPackageFile();
        package.Execute("CREATE VIEW endless AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n WHERE i < 0");
        package.Register("endless", null);
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        await using var source = await Source.OpenAsync(package.File, new SourceOptions(), cancellation.Token);
        await using var rows = source.ReadAsync(cancellation.Token).GetAsyncEnumerator(cancellation.Token);
        cancellation.CancelAfter(TimeSpan.FromMilliseconds(100));
        await Assert.ThrowsAsync<OperationCanceledException>(async () => await rows.MoveNextAsync());
    }

    [Fact]
    public async Task A_value_that_is_longer_than_a_record_may_be_is_told()
    {
        using var package = Layer("layer");
        package.Execute("INSERT INTO layer (name) VALUES (zeroblob($0))", SourceReader.LargestRecord + 1);
        Assert.Equal(FileFaultCode.RecordTooLarge, (await Sources.FaultAsync(package.File)).Code);
    }

    [Fact]
    public async Task Damaged_geopackages_are_read_or_refused_and_nothing_else()
    {
        using var package = Layer("layer");
        for (var i = 0; i < 40; i++)
        {
            package.Execute("INSERT INTO layer (geom, name) VALUES ($0, $1)", GeoPackageFile.Blob("POLYGON ((0 0, 9 0, 9 9, 0 0))"), new string('x', i * 50));
        }

        var good = package.Bytes;
        var path = Path.Combine(package.Folder, "damaged.gpkg");
        var (read, refused) = (0, 0);
        for (var seed = 0; seed < 2_000; seed++)
        {
            var damaged = Mutations.Damage(good, seed);
            if (seed % 2 == 0)
            {
                // Most bytes of pages are blank: half of the files are damaged where the first page describes all others.
                damaged = [.. Mutations.Damage(good[..1_000], seed), .. good[1_000..]];
            }

            await File.WriteAllBytesAsync(path, damaged, TestContext.Current.CancellationToken);
            try
            {
                await Sources.ReadAsync(ImportFile.FromPath(path), new SourceOptions { Format = SourceFormat.GeoPackage });
                read++;
            }
            catch (UnreadableFileException)
            {
                refused++;
            }
        }

        Assert.InRange(read, 200, 1_800);
        Assert.InRange(refused, 200, 1_800);
    }

    [Fact]
    public async Task Damaged_geometries_are_read_or_refused_and_nothing_else()
    {
        using var package = Layer("layer");
        string[] good = ["POINT (9 45)", "POLYGON ((0 0, 9 0, 9 9, 0 0), (5 1, 8 4, 8 1, 5 1))", "GEOMETRYCOLLECTION (POINT (1 2), MULTIPOLYGON (((0 0, 1 0, 1 1, 0 0))))"];
        var blobs = Enumerable.Range(0, 5_000).Select(seed => Mutations.Damage(GeoPackageFile.Blob(good[seed % 3]), seed)).ToList();
        package.Execute($"INSERT INTO layer (geom) VALUES {string.Join(", ", blobs.Select(blob => $"(x'{Convert.ToHexString(blob)}')"))}");
        var (_, rows) = await Sources.ReadAsync(package.File);
        Assert.Equal(5_000, rows.Count);
        Assert.InRange(rows.Count(row => row.Fault is null), 500, 4_500);
    }

    private static GeoPackageFile Layer(string name, int systemId = 32632)
    {
        var package = new GeoPackageFile();
        package.Execute($"CREATE TABLE {name} (fid INTEGER PRIMARY KEY, geom GEOMETRY, name TEXT)");
        package.Register(name, systemId: systemId);
        return package;
    }

    private static string[] TemporaryFolders() =>
        [.. Directory.GetDirectories(Path.GetTempPath(), "geooffer-*").Where(folder => File.Exists(Path.Combine(folder, "copy.gpkg")))];
}
