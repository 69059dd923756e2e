using GeoOffer.Storage.Importing;
using GeoOffer.Storage.Importing.Reading;
using static GeoOffer.Storage.Tests.Importing.Formats.FlatGeobufBytes;

namespace GeoOffer.Storage.Tests.Importing.Formats;

public sealed class FlatGeobufTests
{
    private static readonly double[] Square = [0, 0, 9, 0, 9, 9, 0, 9, 0, 0], Hole = [1, 1, 1, 2, 2, 2, 1, 1];

    public static TheoryData<int> Kinds => [.. Enumerable.Range(0, Cases.Length)];

    private static (Table Geometry, string? Wkt)[] Cases =>
    [
        (Geometry(Point, [9, 45]), "POINT (9 45)"),
        (Geometry(Point, []), "POINT EMPTY"),
        (Geometry(LineString, [9, 45, 10, 46]), "LINESTRING (9 45, 10 46)"),
        (Geometry(Polygon, Square), "POLYGON ((0 0, 9 0, 9 9, 0 9, 0 0))"),
        (Geometry(Polygon, [.. Square, .. Hole], 5, 9), "POLYGON ((0 0, 9 0, 9 9, 0 9, 0 0), (1 1, 1 2, 2 2, 1 1))"),
        (Geometry(MultiPoint, [9, 45, 10, 46]), "MULTIPOINT ((9 45), (10 46))"),
        (Geometry(MultiLineString, [9, 45, 10, 46, 1, 2, 3, 4], 2, 4), "MULTILINESTRING ((9 45, 10 46), (1 2, 3 4))"),
        (Geometry(MultiLineString, [9, 45, 10, 46]), "MULTILINESTRING ((9 45, 10 46))"),
        (Parts(MultiPolygon, Geometry(Unknown, Hole), Geometry(Polygon, Square)), "MULTIPOLYGON (((1 1, 1 2, 2 2, 1 1)), ((0 0, 9 0, 9 9, 0 9, 0 0)))"),
        (Parts(Collection, Geometry(Point, [1, 2]), Parts(Collection, Geometry(LineString, [1, 2, 3, 4]))), "GEOMETRYCOLLECTION (POINT (1 2), GEOMETRYCOLLECTION (LINESTRING (1 2, 3 4)))"),
        (Geometry(Polygon, []), "POLYGON EMPTY"),
        (Geometry(Unknown, [1, 2]), null),
        (Geometry(8, [1, 2, 3, 4]), null),
        (Geometry(200, []), null),
        (Geometry(Point, [1]), null),
        (Geometry(Point, [1, 2, 3, 4]), null),
        (Geometry(Point, [double.NaN, 2]), null),
        (Geometry(LineString, [1, 2]), null),
        (Geometry(Polygon, [0, 0, 1, 1, 1, 0]), null),
        (Geometry(Polygon, [.. Square, .. Hole], 5), null),
        (Geometry(Polygon, Square, 6), null),
        (Geometry(Polygon, [.. Square, .. Hole], 9, 5), null),
        (Geometry(MultiLineString, [1, 2, 3, 4], 0, 2), null),
        (Parts(Collection, Geometry(Unknown, [1, 2])), null),
        (Enumerable.Range(0, 40).Aggregate(Geometry(Point, [1, 2]), (inner, _) => Parts(Collection, inner)), null),
    ];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_geometry_is_read_by_its_own_type_or_that_of_the_header(int kind)
    {
        var (geometry, wkt) = Cases[kind];
        var file = File(Header(Unknown), 0, Feature(Geometry(Point, [1, 2])), Feature(geometry), Feature(null));
        var (_, rows) = await Sources.ReadAsync(Imports.File("x.fgb", file));
        Assert.Equal(["POINT (1 2)", wkt, null], rows.Select(row => row.Wkt()));
        Assert.Equal([null, wkt is null ? RejectionCode.GeometryBroken : null, null], rows.Select(row => row.Fault?.Code));
    }

    [Fact]
    public async Task The_header_states_the_type_of_all()
    {
        var (_, rows) = await Sources.ReadAsync(Imports.File("x.fgb", File(Header(Polygon), 0, Feature(Geometry(Unknown, Square)))));
        Assert.Equal("POLYGON ((0 0, 9 0, 9 9, 0 9, 0 0))", rows.Single().Wkt());
    }

    [Fact]
    public async Task Properties_are_read_by_the_type_of_their_column()
    {
        string[] names = ["sbyte", "byte", "bool", "short", "ushort", "int", "uint", "long", "ulong", "float", "double", "text", "json", "time", "bytes"];
        var header = Header(Point, 0, names.Select((name, i) => (name, i)));
        var file = File(
            header, 0,
            Feature(
                Geometry(Point, [9, 45]),
                Property(0, [0xFF]), Property(1, [0xFF]), Property(2, [1]), Property(3, BitConverter.GetBytes((short)-2)),
                Property(4, BitConverter.GetBytes(ushort.MaxValue)), Property(5, BitConverter.GetBytes(int.MinValue)),
                Property(6, BitConverter.GetBytes(uint.MaxValue)), Property(7, BitConverter.GetBytes(long.MinValue)),
                Property(8, BitConverter.GetBytes(ulong.MaxValue)), Property(9, BitConverter.GetBytes(0.1f)), Property(10, BitConverter.GetBytes(0.1)),
                Property(11, " Cantù "), Property(12, "{\"a\":1}"), Property(13, "2024-02-29T10:11:12.5+01:00"), Property(14, "\0\0")),
            Feature(null, Property(13, "yesterday"), Property(8, BitConverter.GetBytes(7UL)), Property(10, BitConverter.GetBytes(double.NaN))));

        var (description, rows) = await Sources.ReadAsync(Imports.File("x.fgb", file));

        Assert.Equal(
            "sbyte=Int64:-1 byte=Int64:255 bool=Boolean:true short=Int64:-2 ushort=Int64:65535 int=Int64:-2147483648 uint=Int64:4294967295 "
            + "long=Int64:-9223372036854775808 ulong=Text:18446744073709551615 float=Double:0.1 double=Double:0.1 text=Text:Cantù json=Text:{\"a\":1} "
            + "time=DateTimeOffset:2024-02-29T10:11:12.5000000+01:00",
            rows[0].Describe());
        Assert.EndsWith("ulong=Int64:7 float=Null: double=Null: text=Null: json=Null: time=Text:yesterday", rows[1].Describe(), StringComparison.Ordinal);
        Assert.Equal(
            "Integer Integer Boolean Integer Integer Integer Integer Integer Integer Number Number Text Json Timestamp",
            string.Join(' ', description.Columns!.Select(column => column.Type)));
        Assert.Equal(("layer", "columns of bytes are left out: bytes"), (description.Layer, description.Notices.Single()));
    }

    [Fact]
    public async Task Columns_of_the_same_name_are_told_apart()
    {
        var header = Header(Point, 0, [("a", 11), ("A", 11), ("a_2", 11), ("", 11), ("a", 11)]);
        var (description, rows) = await Sources.ReadAsync(Imports.File("x.fgb", File(header, 0, Feature(null, Property(1, "x"), Property(4, "y")))));
        Assert.Equal(["a", "A_2", "a_2_2", "column 4", "a_3"], description.Columns!.Select(column => column.Name));
        Assert.Equal(("x", "y"), (rows.Single().Value("A_2"), rows[0].Value("a_3")));
    }

    [Theory]
    [InlineData("epsg", 32632, "WGS 84 / UTM zone 32N", "PROJCS[\"x\"]", "WGS 84 / UTM zone 32N", 32632)]
    [InlineData(null, 32632, null, null, "EPSG:32632", 32632)]
    [InlineData("ESRI", 102091, null, "PROJCS[\"Monte Mario\"]", "Monte Mario", null)]
    [InlineData(null, 0, null, "PROJCS[\"Monte Mario\"]", "Monte Mario", null)]
    [InlineData(null, 0, null, null, null, null)]
    public async Task The_reference_system_stands_in_the_header(string? organisation, int code, string? name, string? definition, string? text, int? srid)
    {
        var header = Header(Point);
        header[10] = new Table { [0] = organisation, [1] = code, [2] = name, [4] = definition };
        var (description, rows) = await Sources.ReadAsync(Imports.File("x.fgb", File(header, 0, Feature(Geometry(Point, [1, 2])))));
        Assert.Equal(text is null ? null : new StatedReferenceSystem(text, "header") { Srid = srid, WellKnownText = definition }, description.ReferenceSystem);
        Assert.Equal(srid ?? 0, rows[0].Geometry!.SRID);
    }

    [Theory]
    [InlineData(1, 16, 80)]
    [InlineData(16, 16, 680)]
    [InlineData(17, 16, 800)]
    [InlineData(5, 2, 440)]
    [InlineData(3, 0, 0)]
    public async Task The_index_is_passed_over(int count, int nodeSize, int indexLength)
    {
        var header = Header(Point, (ulong)count);
        header[9] = (ushort)nodeSize;
        var features = Enumerable.Range(0, count).Select(i => Feature(Geometry(Point, [i, i])));
        var (description, rows) = await Sources.ReadAsync(Imports.File("x.fgb", [.. File(header, indexLength, features), 1, 2, 3]));
        Assert.Equal((count, (long?)count, $"POINT ({count - 1} {count - 1})"), (rows.Count, description.Rows, rows[^1].Wkt()));
    }

    [Fact]
    public async Task What_is_cut_or_of_another_version_is_told()
    {
        var good = File(Header(Point, 2), 0, Feature(Geometry(Point, [1, 2])), Feature(Geometry(Point, [1, 2])));
        Assert.Equal(2, (await Sources.ReadAsync(Imports.File("x.fgb", good))).Rows.Count);
        for (var length = 8; length < good.Length; length++)
        {
            Assert.Equal(FileFaultCode.Structure, (await Sources.FaultAsync(Imports.File("x.fgb", good[..length]))).Code);
        }

        byte[] older = [.. good[..3], 2, .. good[4..]];
        Assert.Equal(FileFaultCode.UnknownFormat, (await Sources.FaultAsync(Imports.File("x.fgb", older))).Code);
        byte[] endless = [.. good[..8], .. BitConverter.GetBytes(uint.MaxValue), .. good[12..]];
        Assert.Equal(FileFaultCode.RecordTooLarge, (await Sources.FaultAsync(Imports.File("x.fgb", endless))).Code);
        var indexed = Header(Point, ulong.MaxValue);
        indexed[9] = (ushort)2;
        Assert.Equal(FileFaultCode.Structure, (await Sources.FaultAsync(Imports.File("x.fgb", File(indexed, 100)))).Code);
    }

    [Fact]
    public async Task A_text_that_begins_with_the_same_letters_is_a_text()
        => Assert.Equal(SourceFormat.Csv, (await Sources.ReadAsync(Imports.File("x.csv", "fgb\tname\n1\t2\n"))).Description.Format);

    [Fact]
    public async Task Parts_that_lie_over_each_other_are_refused_before_they_are_multiplied()
    {
        static Table Doubled(int times) => Enumerable.Range(0, times).Aggregate(Geometry(Point, [1, 2]), (inner, _) => Parts(Collection, inner, inner));

        Assert.Equal(16, (await Sources.ReadAsync(Imports.File("x.fgb", File(Header(Unknown), 0, Feature(Doubled(4)))))).Rows[0].Geometry!.NumPoints);
        var fault = await Sources.FaultAsync(Imports.File("x.fgb", File(Header(Unknown), 0, Feature(Doubled(30)))));
        Assert.Contains("its parts lie over each other", fault.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Damaged_files_are_read_or_refused_and_nothing_else()
    {
        var features = Cases.Where(one => one.Wkt is not null).Select(one => Feature(one.Geometry, Property(0, "Cantù"), Property(1, BitConverter.GetBytes(7L))));
        var good = File(Header(Unknown, 0, [("name", 11), ("n", 7)]), 0, features);
        var (read, refused) = (0, 0);
        for (var seed = 0; seed < 20_000; seed++)
        {
            var damaged = Mutations.Damage(good, seed);
            try
            {
                await Sources.ReadAsync(Imports.File("x.fgb", damaged) with { Length = null }, new SourceOptions { Format = SourceFormat.FlatGeobuf });
                read++;
            }
            catch (UnreadableFileException)
            {
                refused++;
            }
        }

        Assert.InRange(read, 1_000, 19_000);
        Assert.InRange(refused, 1_000, 19_000);
    }
}
