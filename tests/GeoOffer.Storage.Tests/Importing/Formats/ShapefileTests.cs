using System.Text;
using GeoOffer.Storage.Importing;
using GeoOffer.Storage.Importing.Reading;
using static GeoOffer.Storage.Tests.Importing.Formats.ShapefileBytes;

namespace GeoOffer.Storage.Tests.Importing.Formats;

public sealed class ShapefileTests
{
    private const string Utm32 = """
        PROJCS["WGS_1984_UTM_Zone_32N",GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137.0,298.257223563]],AUTHORITY["EPSG","4326"]],UNIT["Meter",1.0]]
        """;

    private static readonly byte[] TwoPoints = Shapes(PointAt(9, 45), PointAt(9.5, 45.5));

    public static TheoryData<byte[], string?> Geometries => new()
    {
        { Null, null },
        { PointAt(9, 45), "POINT (9 45)" },
        { PointAt(9, 45, -1e39), "POINT (9 45)" },
        { PointAt(9, 45, 100, -1e39), "POINT (9 45)" },
        { Points(MultiPoint, 9, 45, 10, 46), "MULTIPOINT ((9 45), (10 46))" },
        { Points(MultiPointM, 9, 45), "MULTIPOINT ((9 45))" },
        { Points(MultiPoint), "MULTIPOINT EMPTY" },
        { Parts(PolyLine, [9, 45, 10, 46]), "LINESTRING (9 45, 10 46)" },
        { Parts(PolyLine, [9, 45, 10, 46], [], [1, 2, 3, 4]), "MULTILINESTRING ((9 45, 10 46), (1 2, 3 4))" },
        { Parts(PolygonZ, Ring(0, 0, 1)), "POLYGON ((0 0, 0 1, 1 1, 1 0, 0 0))" },
        { Parts(Polygon), "POLYGON EMPTY" },
        {
            Parts(Polygon, Ring(0, 0, 9), Ring(1, 1, 1, isClockwise: false), Ring(20, 0, 1)),
            "MULTIPOLYGON (((0 0, 0 9, 9 9, 9 0, 0 0), (1 1, 2 1, 2 2, 1 2, 1 1)), ((20 0, 20 1, 21 1, 21 0, 20 0)))"
        },
    };

    public static TheoryData<byte[], string> Faults => new()
    {
        { Parts(MultiPatch, Ring(0, 0, 1)), "MultiPatch" },
        { Int(7), "no type 7" },
        { [], "too short" },
        { PointAt(double.NaN, 45), "position 1 " },
        { PointAt(9, double.PositiveInfinity), "position 1 " },
        { PointAt(9, 45)[..18], "shorter" },
        { Points(MultiPoint, 9, 45)[..^2], "shorter" },
        { Parts(PolyLine, [9, 45]), "1 position" },
        { Parts(Polygon, [0, 0, 1, 1]), "2 positions" },
        { Parts(Polygon, [0, 0, 1, 1, 1, 0]), "does not end where it begins" },
        { [.. Int(Polygon), .. new byte[32], .. Int(2), .. Int(1), .. Int(1), .. Int(0), .. new byte[16]], "order" },
        { [.. Int(Polygon), .. new byte[32], .. Int(int.MaxValue), .. Int(int.MaxValue)], "shorter" },
        { [.. Int(Polygon), .. new byte[32], .. Int(1), .. Int(int.MaxValue), .. Int(0)], "too short" },
        { [.. Int(Polygon), .. new byte[32], .. Int(-1), .. Int(0)], "shorter" },
    };

    [Theory]
    [MemberData(nameof(Geometries))]
    public async Task A_shape_is_the_geometry_that_it_states(byte[] content, string? wkt)
    {
        var (description, rows) = await Sources.ReadAsync(Imports.File("x.shp", Shapes(content)));
        Assert.Equal((wkt, true, (SourceFault?)null), (rows.Single().Wkt(), rows[0].CarriesGeometry, rows[0].Fault));
        Assert.Equal((SourceFormat.Shapefile, "x"), (description.Format, description.Layer));
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task A_shape_that_cannot_be_read_is_a_fault_of_its_row_only(byte[] content, string reason)
    {
        var (_, rows) = await Sources.ReadAsync(Imports.File("x.shp", Shapes(PointAt(1, 2), content, PointAt(3, 4))));
        Assert.Equal([null, RejectionCode.GeometryBroken, null], rows.Select(row => row.Fault?.Code));
        Assert.Contains(reason, rows[1].Fault!.Reason, StringComparison.Ordinal);
        Assert.Equal(("record 2", "POINT (3 4)"), (rows[1].Place, rows[2].Wkt()));
    }

    [Fact]
    public async Task Fields_have_the_types_that_the_table_declares()
    {
        (string, char, int, int)[] fields =
        [
            ("text", 'C', 8, 0), ("whole", 'N', 19, 0), ("number", 'N', 8, 3), ("float", 'F', 8, 2), ("day", 'D', 8, 0), ("truth", 'L', 1, 0),
            ("binary", 'I', 4, 0), ("real", 'O', 8, 0), ("instant", '@', 8, 0), ("memo", 'M', 10, 0),
        ];
        byte[] Record(string text, string whole, string number, string single, string day, string truth, byte[] binary, byte[] real, byte[] instant) =>
        [
            .. Encoding.ASCII.GetBytes($" {text,-8}{whole,19}{number,8}{single,8}{day,-8}{truth,1}"), .. binary, .. real, .. instant,
            .. Encoding.ASCII.GetBytes("         7"),
        ];
        var table = Table(fields,
        [
            Record("Rho", "9007199254740993", "3.500", "-1.5", "20240229", "T", Int(-5), Doubles([0.1]), [.. Int(2_460_311), .. Int(3_600_000)]),
            Record("", "", "********", "", "00000000", "?", Int(0), Doubles([double.NaN]), new byte[8]),
            Record("x", "9999999999999999999", "1,5", "1e400", "20241301", "x", Int(1), Doubles([2]), [.. Int(int.MaxValue), .. Int(-1)]),
        ]);

        var (description, rows) = await Sources.ReadAsync(Sources.Beside(("x.shp", Shapes(PointAt(1, 2), Null, PointAt(1, 2))), ("x.dbf", table)));

        Assert.Equal(
            "text Text, whole Integer, number Number, float Number, day Date, truth Boolean, binary Integer, real Number, instant Timestamp",
            string.Join(", ", description.Columns!.Select(column => $"{column.Name} {column.Type}")));
        Assert.Equal(
            "text=Text:Rho whole=Int64:9007199254740993 number=Double:3.5 float=Double:-1.5 day=DateOnly:2024-02-29 truth=Boolean:true "
            + "binary=Int64:-5 real=Double:0.1 instant=DateTimeOffset:2024-01-01T01:00:00.0000000+00:00",
            rows[0].Describe());
        Assert.Equal(
            "text=Null: whole=Null: number=Null: float=Null: day=Null: truth=Null: binary=Int64:0 real=Null: instant=Null:", rows[1].Describe());
        Assert.Equal(
            "text=Text:x whole=Text:9999999999999999999 number=Text:1,5 float=Text:1e400 day=Text:20241301 truth=Text:x "
            + "binary=Int64:1 real=Double:2 instant=Null:",
            rows[2].Describe());
        Assert.Contains(description.Notices, notice => notice.EndsWith("left out: memo", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_numbers_of_dbase_7_are_read()
    {
        byte[] Field(string name, char kind, byte length) => [.. Encoding.ASCII.GetBytes(name.PadRight(32, '\0')), (byte)kind, length, .. new byte[14]];
        byte[] table =
        [
            0x04, 0, 0, 0, .. Int(3), 68 + 96 + 1, 0, 13, 0, .. new byte[20], .. new byte[36],
            .. Field("a_name_longer_than_ten_letters", 'I', 4), .. Field("real", 'O', 8), 0x0D,
            (byte)' ', 0x80, 0, 0, 7, 0xBF, 0xF8, 0, 0, 0, 0, 0, 0,
            (byte)' ', 0x7F, 0xFF, 0xFF, 0xFE, 0x40, 0x07, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF,
            (byte)' ', .. new byte[12],
        ];
        var (_, rows) = await Sources.ReadAsync(Sources.Beside(("x.shp", Shapes(Null, Null, Null)), ("x.dbf", table)));
        Assert.Equal(
            [
                "a_name_longer_than_ten_letters=Int64:7 real=Double:1.5", "a_name_longer_than_ten_letters=Int64:-2 real=Double:-1.5",
                "a_name_longer_than_ten_letters=Null: real=Null:",
            ],
            rows.Select(Sources.Describe));
    }

    [Theory]
    [InlineData("UTF-8", 0, "utf-8", ".cpg")]
    [InlineData("1252", 0x58, "windows-1252", ".cpg")]
    [InlineData("ISO 88591", 0, "windows-1252", ".cpg")]
    [InlineData("88592", 0, "iso-8859-2", ".cpg")]
    [InlineData("ANSI 1250", 0, "windows-1250", ".cpg")]
    [InlineData("LDID/2", 0, "ibm850", ".cpg")]
    [InlineData(null, 0x57, "windows-1252", "0x57")]
    [InlineData(null, 0x64, "ibm852", "0x64")]
    [InlineData("KLINGON", 0x02, "ibm850", "0x02")]
    [InlineData("utf-16", 0x02, "ibm850", "0x02")]
    [InlineData(null, 0, "utf-8", "nothing states it")]
    [InlineData(null, 0, "windows-1252", "no UTF-8")]
    public async Task Text_is_decoded_as_the_first_of_cpg_driver_and_its_bytes_says(string? cpg, byte driver, string encoding, string origin)
    {
        const string Text = "Würth ä";
        var bytes = CodePagesEncodingProvider.Instance.GetEncoding(encoding) is { } paged ? paged.GetBytes(Text) : Encoding.UTF8.GetBytes(Text);
        (string, byte[])[] files = [("X.Shp", Shapes(PointAt(1, 2))), ("x.DBF", TextTable(20, driver, bytes))];
        var file = Sources.Beside(cpg is null ? files : [.. files, ("x.Cpg", Encoding.ASCII.GetBytes(cpg + "\r\n"))]);

        var (description, rows) = await Sources.ReadAsync(file);

        Assert.Equal(Text, rows.Single().Value("name"));
        Assert.Contains(description.Notices, notice => notice.Contains(encoding, StringComparison.Ordinal) && notice.Contains(origin, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_request_overrides_what_the_file_says_of_its_text()
    {
        var file = Sources.Beside(("x.shp", Shapes(PointAt(1, 2))), ("x.dbf", TextTable(Encoding.UTF8, 20, 0x57, "Cantù")));
        var (description, rows) = await Sources.ReadAsync(file);
        Assert.Equal("CantÃ¹", rows.Single().Value("name"));
        Assert.Contains(description.Notices, notice => notice.Contains("valid UTF-8", StringComparison.Ordinal));

        var stated = new SourceOptions { Text = new TextDialect { Encoding = "utf-8" } };
        Assert.Equal("Cantù", (await Sources.ReadAsync(file, stated)).Rows.Single().Value("name"));
        await Assert.ThrowsAsync<ImportRequestException>(() => Sources.ReadAsync(file, new SourceOptions { Text = new TextDialect { Encoding = "utf-9" } }));
    }

    [Fact]
    public async Task A_character_that_a_field_was_too_short_for_is_cut_off()
    {
        var bytes = Encoding.UTF8.GetBytes("Forlì");
        var (_, rows) = await Sources.ReadAsync(Sources.Beside(("x.shp", Shapes(Null, Null)), ("x.dbf", TextTable(5, 0, bytes[..5], bytes[..4]))));
        Assert.Equal(["name=Text:Forl", "name=Text:Forl"], rows.Select(Sources.Describe));
    }

    [Fact]
    public async Task Bytes_that_are_not_in_the_stated_encoding_are_damaged_text()
    {
        var file = Sources.Beside(("x.shp", Shapes(Null)), ("x.dbf", TextTable(Encoding.Latin1, 9, 0, "Forlì x")), ("x.cpg", "UTF-8"u8.ToArray()));
        Assert.Equal(SourceValueKind.Damaged, (await Sources.ReadAsync(file)).Rows.Single().Fields[0].Value.Kind);
    }

    [Fact]
    public async Task Deleted_records_are_left_out_and_counted()
    {
        var table = Table([("n", 'N', 1, 0)], [[(byte)' ', (byte)'1'], [(byte)'*', (byte)'2'], [(byte)' ', (byte)'3']]);
        var (description, rows) = await Sources.ReadAsync(Sources.Beside(("x.shp", Shapes(PointAt(1, 2), PointAt(3, 4), PointAt(5, 6))), ("x.dbf", table)));
        Assert.Equal(
            ["1 record 1 n=Int64:1 POINT (1 2)", "2 record 3 n=Int64:3 POINT (5 6)"],
            rows.Select(row => $"{row.Number} {row.Place} {row.Describe()} {row.Wkt()}"));
        Assert.Equal(2, description.Rows);
        Assert.Contains(description.Notices, notice => notice.StartsWith("1 records are marked as deleted", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_index_that_is_out_of_order_is_followed()
    {
        var shapes = Shapes(PointAt(1, 1), PointAt(2, 2), PointAt(3, 3), PointAt(4, 4));
        var index = Index((100 + (28 * 2), 20), (100, 20), (100 + (28 * 3), 20));
        var (description, rows) = await Sources.ReadAsync(Sources.Beside(("x.shp", shapes), ("x.shx", index)));
        Assert.Equal(["POINT (3 3)", "POINT (1 1)", "POINT (4 4)"], rows.Select(row => row.Wkt()));
        Assert.Equal(3, description.Rows);
    }

    [Fact]
    public async Task A_damaged_index_is_not_needed()
    {
        var (description, rows) = await Sources.ReadAsync(Sources.Beside(("x.shp", TwoPoints), ("x.shx", Index((100, 20), (128, 20))[..110])));
        Assert.Equal(2, rows.Count);
        Assert.Contains(description.Notices, notice => notice.Contains(".shx", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Shapes_without_a_table_have_no_attributes()
    {
        var (description, rows) = await Sources.ReadAsync(Imports.File("x.shp", TwoPoints));
        Assert.Empty(rows[0].Fields);
        Assert.Contains(description.Notices, notice => notice.Contains("no .dbf", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_reference_system_is_stated_word_for_word()
    {
        const string Coded = """PROJCS["WGS 84 / UTM zone 32N",GEOGCS["WGS 84",AUTHORITY["EPSG","4326"]],AUTHORITY["EPSG","32632"]]""";
        var (plain, rows) = await Sources.ReadAsync(Sources.Beside(("x.shp", TwoPoints), ("x.PRJ", Encoding.UTF8.GetBytes(Utm32))));
        Assert.Equal(new StatedReferenceSystem("WGS_1984_UTM_Zone_32N", ".prj") { WellKnownText = Utm32 }, plain.ReferenceSystem);
        Assert.Equal(0, rows[0].Geometry!.SRID);

        var (coded, codedRows) = await Sources.ReadAsync(Sources.Beside(
            ("x.shp", TwoPoints), ("x.prj", Encoding.UTF8.GetBytes(Utm32)), ("x.qpj", Encoding.UTF8.GetBytes(Coded))));
        Assert.Equal(plain.ReferenceSystem! with { Srid = 32632 }, coded.ReferenceSystem);
        Assert.Equal(32632, codedRows[0].Geometry!.SRID);
        Assert.Null((await Sources.ReadAsync(Imports.File("x.shp", TwoPoints))).Description.ReferenceSystem);
    }

    [Theory]
    [InlineData("""GEOGCS["WGS 84",AUTHORITY["EPSG","4326"]]""", 4326)]
    [InlineData("""GEOGCRS["WGS 84",ENSEMBLE["a",ID["EPSG",1]],CS[ellipsoidal,2],ID["EPSG",4326]]""", 4326)]
    [InlineData(""""PROJCS["a ""[""",AUTHORITY["EPSG","1"]]"""", 1)]
    [InlineData("""PROJCS["x",GEOGCS["y",AUTHORITY["EPSG","4326"]]]""", null)]
    [InlineData("""PROJCS["x",AUTHORITY["ESRI","102091"]]""", null)]
    [InlineData("""PROJCS("x",AUTHORITY("EPSG","3003"))""", 3003)]
    [InlineData("""PROJCS["x,AUTHORITY["EPSG","3003"]]""", null)]
    [InlineData("""AUTHORITY["EPSG","3003"]""", null)]
    public void The_code_of_a_definition_is_that_of_its_outermost_level(string wellKnownText, int? srid)
        => Assert.Equal(srid, StatedWellKnownText.Srid(wellKnownText));

    [Fact]
    public async Task Rings_oriented_wrongly_are_sorted_out_and_told()
    {
        var shapes = Shapes(
            Parts(Polygon, Ring(1, 1, 1), Ring(0, 0, 9)),
            Parts(Polygon, Ring(0, 0, 9, isClockwise: false), Ring(1, 1, 1)),
            Parts(Polygon, Ring(0, 0, 9, isClockwise: false)));
        var (description, rows) = await Sources.ReadAsync(Imports.File("x.shp", shapes));
        Assert.Equal([80, 80, 81], rows.Select(row => row.Geometry!.Area));
        Assert.Contains(description.Notices, notice => notice.StartsWith("in 1 polygons", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("x.shx", FileFaultCode.UnknownFormat)]
    [InlineData("x.dbf", FileFaultCode.UnknownFormat)]
    public async Task Another_part_than_the_shapes_is_told(string name, FileFaultCode code)
    {
        var fault = await Sources.FaultAsync(Imports.File(name, name.EndsWith("shx", StringComparison.Ordinal) ? Index() : TextTable(5, 0)));
        Assert.Equal((code, "name its .shp"), (fault.Code, fault.Fix));
    }

    [Fact]
    public async Task A_record_that_leaves_the_file_is_a_fault_of_the_file()
    {
        foreach (var known in (long?[])[TwoPoints.Length - 4, null])
        {
            var cut = Imports.File("x.shp", TwoPoints[..^4]) with { Length = known };
            var fault = await Sources.FaultAsync(cut);
            Assert.Equal(FileFaultCode.Structure, fault.Code);
            Assert.Contains("record 2", fault.Reason, StringComparison.Ordinal);
        }

        byte[] huge = [.. TwoPoints[..132], .. Big(0x3FFF_FFFF), .. TwoPoints[136..]];
        Assert.Equal(FileFaultCode.Structure, (await Sources.FaultAsync(Imports.File("x.shp", huge))).Code);
        Assert.Equal(FileFaultCode.RecordTooLarge, (await Sources.FaultAsync(Imports.File("x.shp", huge) with { Length = null })).Code);
        Assert.Equal(FileFaultCode.Structure, (await Sources.FaultAsync(Imports.File("x.shp", TwoPoints[..128]))).Code);
    }

    [Fact]
    public async Task Shapes_and_records_of_other_numbers_do_not_belong_together()
    {
        foreach (var index in (byte[][])[Index((100, 20), (128, 20)), [1, 2, 3]])
        {
            foreach (var texts in (string[][])[["a"], ["a", "b", "c"]])
            {
                var fault = await Sources.FaultAsync(Sources.Beside(
                    ("x.shp", TwoPoints), ("x.dbf", TextTable(Encoding.ASCII, 5, 0, texts)), ("x.shx", index)));
                Assert.Contains("do not belong together", fault.Reason, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public async Task Damaged_tables_are_told()
    {
        var good = TextTable(Encoding.ASCII, 5, 0, "a", "b");
        byte[] longer = [.. good];
        longer[32 + 16] = 200;
        foreach (var table in (byte[][])[good[..20], good[..40], good[..^8], longer, []])
        {
            var fault = await Sources.FaultAsync(Sources.Beside(("x.shp", TwoPoints), ("x.dbf", table)));
            Assert.Equal(FileFaultCode.Structure, fault.Code);
            Assert.StartsWith("the .dbf is damaged", fault.Reason, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Parts_on_disk_are_found_in_any_letter_case_and_the_rows_can_be_read_again()
    {
        var folder = Directory.CreateTempSubdirectory("geooffer-test-");
        try
        {
            (string, byte[])[] files =
            [
                ("L0101.Shp", TwoPoints), ("L0101.Dbf", TextTable(Encoding.Latin1, 9, 0x57, "Forlì", "Rho")), ("l0101.PRJ", Encoding.UTF8.GetBytes(Utm32)),
                ("L0102.dbf", TextTable(Encoding.ASCII, 9, 0, "other")),
            ];
            foreach (var (name, bytes) in files)
            {
                await File.WriteAllBytesAsync(Path.Combine(folder.FullName, name), bytes, TestContext.Current.CancellationToken);
            }

            await using var source = await Source.OpenAsync(
                ImportFile.FromPath(Path.Combine(folder.FullName, "L0101.Shp")), new SourceOptions(), TestContext.Current.CancellationToken);
            Assert.Equal(("L0101", "WGS_1984_UTM_Zone_32N"), (source.Description.Layer, source.Description.ReferenceSystem?.Text));
            for (var pass = 0; pass < 2; pass++)
            {
                var rows = await Sources.ReadRowsAsync(source);
                Assert.Equal(["Forlì", "Rho"], rows.Select(row => row.Value("name")));
                Assert.Equal(1, source.ShareRead);
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Damaged_shapefiles_are_read_or_refused_and_nothing_else()
    {
        var shapes = Shapes(
            PointAt(1, 2), Points(MultiPoint, 9, 45, 10, 46), Parts(PolyLine, [9, 45, 10, 46], [1, 2, 3, 4]),
            Parts(Polygon, Ring(0, 0, 9), Ring(1, 1, 1, isClockwise: false), Ring(20, 0, 1)));
        var table = Table(
            [("text", 'C', 6, 0), ("n", 'N', 5, 1), ("d", 'D', 8, 0), ("i", 'I', 4, 0), ("o", 'O', 8, 0), ("t", '@', 8, 0), ("l", 'L', 1, 0)],
            [.. Enumerable.Range(0, 4).Select(i => (byte[])[.. Encoding.UTF8.GetBytes(" Cantù 12.5 20240131"), .. Int(i), .. Doubles([i]), .. Int(2_460_311), .. Int(i), (byte)'T'])],
            0x57);
        var index = Index((100, 20), (128, 72), (208, 116), (332, 296));
        var (read, refused) = (0, 0);
        for (var seed = 0; seed < 6_000; seed++)
        {
            var file = Sources.Beside(
                ("x.shp", seed % 3 == 0 ? Mutations.Damage(shapes, seed) : shapes),
                ("x.dbf", seed % 3 == 1 ? Mutations.Damage(table, seed) : table),
                ("x.shx", seed % 3 == 2 ? Mutations.Damage(index, seed) : index),
                ("x.prj", Mutations.Damage(Encoding.UTF8.GetBytes(Utm32), seed)));
            file = seed % 2 == 0 ? file : file with { Length = null };
            try
            {
                await Sources.ReadAsync(file, new SourceOptions { Format = SourceFormat.Shapefile });
                read++;
            }
            catch (UnreadableFileException)
            {
                refused++;
            }
        }

        Assert.InRange(read, 500, 5_500);
        Assert.InRange(refused, 500, 5_500);
    }
}
