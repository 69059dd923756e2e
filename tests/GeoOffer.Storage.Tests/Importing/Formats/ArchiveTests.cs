using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using GeoOffer.Storage.Importing;
using GeoOffer.Storage.Importing.Reading;
using GeoOffer.Storage.Importing.Reading.Archives;

namespace GeoOffer.Storage.Tests.Importing.Formats;

public sealed class ArchiveTests
{
    private static readonly byte[] Csv = "code,name\nA,x\n"u8.ToArray();
    private static readonly byte[] Shp = ShapefileBytes.Shapes(ShapefileBytes.PointAt(9, 45));
    private static readonly byte[] Dbf = ShapefileBytes.TextTable(Encoding.UTF8, 9, 0, "Cantù");
    private static readonly byte[] Json = """{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"name":"x"},"geometry":null}]}"""u8.ToArray();

    [Theory]
    [InlineData("zones/a.shp", "zones/a.DBF", "other/a.dbf", SourceFormat.Shapefile, "name=Text:Cantù")]
    [InlineData("a.Shp", "a.dbf", "readme.pdf", SourceFormat.Shapefile, "name=Text:Cantù")]
    [InlineData("x.csv", "readme.txt", "__MACOSX/._x.csv", SourceFormat.Csv, "code=Text:A name=Text:x")]
    [InlineData("stops.txt", "folder/", ".DS_Store", SourceFormat.Csv, "code=Text:A name=Text:x")]
    [InlineData("../../../tmp/evil.csv", "a.pdf", "b.doc", SourceFormat.Csv, "code=Text:A name=Text:x")]
    [InlineData("/etc/x.geojson", "a.pdf", "b.doc", SourceFormat.GeoJson, "name=Text:x")]
    public async Task The_only_file_that_can_be_read_is_read(string first, string second, string third, SourceFormat format, string values)
    {
        var zip = Zip((first, Content(first)), (second, Content(second)), (third, Content(third)));
        var (description, rows) = await Sources.ReadAsync(Imports.File("data.zip", zip));
        Assert.Equal((format, values), (description.Format, rows.Single().Describe()));
    }

    [Fact]
    public async Task Several_files_are_listed_and_one_is_chosen()
    {
        var file = Imports.File("data.zip", Zip(("2024/a.shp", Shp), ("2024/a.dbf", Dbf), ("2025/a.shp", Shp), ("b.csv", Csv), ("c.json", Json)));

        var fault = await Sources.FaultAsync(file);
        Assert.Equal(
            (FileFaultCode.Layer, "the archive holds 4 files that can be imported: 2024/a.shp, 2025/a.shp, b.csv, c.json", "choose one with --source-layer NAME"),
            (fault.Code, fault.Reason, fault.Fix));

        foreach (var (name, format) in ((string, SourceFormat)[])[("2024/A.SHP", SourceFormat.Shapefile), ("b.csv", SourceFormat.Csv), ("c", SourceFormat.GeoJson)])
        {
            Assert.Equal(format, (await Sources.ReadAsync(file, new SourceOptions { Layer = name })).Description.Format);
        }

        Assert.Equal(SourceFormat.Csv, (await Sources.ReadAsync(file, new SourceOptions { Format = SourceFormat.Csv })).Description.Format);
        Assert.Equal(SourceFormat.GeoJson, (await Sources.ReadAsync(file, new SourceOptions { Format = SourceFormat.GeoJson })).Description.Format);
        Assert.Equal(FileFaultCode.Layer, (await Sources.FaultAsync(file, new SourceOptions { Layer = "a" })).Code);
        Assert.Contains("holds no d; it holds", (await Sources.FaultAsync(file, new SourceOptions { Layer = "d" })).Reason, StringComparison.Ordinal);
        Assert.Equal(FileFaultCode.UnknownFormat, (await Sources.FaultAsync(file, new SourceOptions { Format = SourceFormat.FlatGeobuf })).Code);
    }

    [Theory]
    [InlineData("xl/workbook.xml", "sheet.csv", "the file is an Excel workbook (XLSX), not CSV")]
    [InlineData("xl/workbook.xml", "sheet.xlsx", "the file is an Excel workbook (XLSX)")]
    [InlineData("mimetype", "sheet.csv", "the file is an OpenDocument file (ODS), not CSV")]
    [InlineData("word/document.xml", "text.docx", "the file is a Word document (DOCX)")]
    public async Task An_office_document_is_named_whatever_it_is_called(string entry, string name, string reason)
    {
        var zip = Zip(("[Content_Types].xml", "<a/>"u8.ToArray()), (entry, "application/vnd.oasis.opendocument.spreadsheet"u8.ToArray()));
        foreach (var format in (SourceFormat?[])[null, SourceFormat.Csv])
        {
            var fault = await Sources.FaultAsync(Imports.File(name, zip), new SourceOptions { Format = format });
            Assert.Equal((FileFaultCode.UnknownFormat, reason, "save the sheet as CSV"), (fault.Code, fault.Reason, fault.Fix));
        }
    }

    [Fact]
    public async Task A_compressed_text_is_read_as_it_unpacks()
    {
        var (description, rows) = await Sources.ReadAsync(Imports.File("x.csv.gz", Gzipped(Csv)));
        Assert.Equal((SourceFormat.Csv, 1), (description.Format, rows.Count));
        Assert.Equal(SourceFormat.GeoJson, (await Sources.ReadAsync(Imports.File("x.gz", Gzipped(Json)))).Description.Format);
    }

    [Fact]
    public async Task A_layer_in_a_file_of_an_archive_is_named_by_both()
    {
        using var package = new GeoPackageFile();
        foreach (var name in (string[])["roads", "rails"])
        {
            package.Execute($"CREATE TABLE {name} (fid INTEGER PRIMARY KEY, geom POINT)");
            package.Register(name);
            package.Execute($"INSERT INTO {name} (geom) VALUES ($0)", GeoPackageFile.Blob("POINT (9 45)"));
        }

        var fgb = FlatGeobufBytes.File(FlatGeobufBytes.Header(FlatGeobufBytes.Point), 0, FlatGeobufBytes.Feature(FlatGeobufBytes.Geometry(FlatGeobufBytes.Point, [1, 2])));
        foreach (var (bytes, name, layer, expected) in (IEnumerable<(byte[], string, string?, string)>)
        [
            (Zip(("a/x.gpkg", package.Bytes), ("b.fgb", fgb)), "x.zip", "a/x.gpkg/rails", "GeoPackage rails"),
            (Zip(("a/x.gpkg", package.Bytes), ("b.fgb", fgb)), "x.zip", "X.gpkg/Roads", "GeoPackage roads"),
            (Zip(("a/x.gpkg", package.Bytes), ("b.fgb", fgb)), "x.zip", "b.fgb", "FlatGeobuf layer"),
            (Zip(("a/x.gpkg", package.Bytes)), "x.zip", "rails", "GeoPackage rails"),
            (Gzipped(package.Bytes), "x.gpkg.gz", "rails", "GeoPackage rails"),
            (Gzipped(fgb), "x.fgb.gz", null, "FlatGeobuf layer"),
        ])
        {
            var (description, rows) = await Sources.ReadAsync(Imports.File(name, bytes), new SourceOptions { Layer = layer });
            Assert.Equal((expected, 1), ($"{description.Format} {description.Layer}", rows.Count));
        }

        var fault = await Sources.FaultAsync(Imports.File("x.zip", Zip(("a/x.gpkg", package.Bytes))), new SourceOptions { Layer = "a/x.gpkg" });
        Assert.Equal("the GeoPackage holds 2 layers: rails, roads", fault.Reason);
    }

    [Fact]
    public async Task An_archive_that_cannot_seek_is_read()
    {
        var zip = Zip(("x.csv", Csv));
        var file = new ImportFile("x.zip", _ => ValueTask.FromResult<Stream>(new EndlessStream(zip, [0], zip.Length)));
        Assert.Single((await Sources.ReadAsync(file)).Rows);
    }

    [Theory]
    [InlineData("x.zip")]
    [InlineData("x.csv")]
    public async Task Archives_in_archives_are_refused(string name)
    {
        Assert.Equal(FileFaultCode.UnknownFormat, (await Sources.FaultAsync(Imports.File("a.zip", Zip((name, Zip(("x.csv", Csv))))))).Code);
        Assert.Equal(FileFaultCode.UnknownFormat, (await Sources.FaultAsync(Imports.File("a.gz", Gzipped(Zip(("x.csv", Csv)))))).Code);
    }

    [Fact]
    public async Task An_archive_without_files_is_told()
    {
        Assert.Equal("the archive is empty", (await Sources.FaultAsync(Imports.File("a.zip", Zip()))).Reason);
        Assert.Contains("a.pdf, b.doc", (await Sources.FaultAsync(Imports.File("a.zip", Zip(("a.pdf", Csv), ("b.doc", Csv))))).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_bomb_is_given_up_on()
    {
        var blank = new byte[1 << 20];
        var bomb = new MemoryStream();
        await using (var archive = new ZipArchive(bomb, ZipArchiveMode.Create, leaveOpen: true))
        {
            await using var entry = archive.CreateEntry("x.csv").Open();
            for (var i = 0; i <= UnpackedStream.AlwaysUnpacked / blank.Length; i++)
            {
                await entry.WriteAsync(blank, TestContext.Current.CancellationToken);
            }
        }

        var (file, _) = await Archive.UnpackAsync(
            Imports.File("x.zip", bomb.ToArray()), new SourceOptions(), TestContext.Current.CancellationToken);
        await using var stream = await file.OpenAsync(TestContext.Current.CancellationToken);
        var fault = (await Assert.ThrowsAsync<UnreadableFileException>(
            () => stream.CopyToAsync(Stream.Null, TestContext.Current.CancellationToken))).Fault;
        Assert.Equal(FileFaultCode.RecordTooLarge, fault.Code);
        Assert.Contains($"{UnpackedStream.GreatestRatio} times", fault.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bytes_other_than_the_archive_states_are_told()
    {
        var zip = Zip(CompressionLevel.NoCompression, ("x.csv", Csv));
        var changed = (byte[])zip.Clone();
        changed[zip.AsSpan().IndexOf("A,x"u8)] = (byte)'B';
        Assert.Equal(FileFaultCode.Syntax, (await Sources.FaultAsync(Imports.File("x.zip", changed))).Code);

        var compressed = Gzipped(Encoding.UTF8.GetBytes("code,name\n" + string.Concat(Enumerable.Range(0, 5_000).Select(i => $"{i},{i * 7919}\n"))));
        foreach (var length in (int[])[compressed.Length - 4, compressed.Length - 9, compressed.Length / 2, 30])
        {
            Assert.Equal(FileFaultCode.Syntax, (await Sources.FaultAsync(Imports.File("x.csv.gz", compressed[..length]))).Code);
        }
    }

    [Fact]
    public async Task An_encrypted_file_is_told()
    {
        var zip = Zip(("x.csv", Csv));
        zip[6] |= 1;
        zip[zip.AsSpan().IndexOf("PK\u0001\u0002"u8) + 8] |= 1;
        Assert.Contains("encrypted", (await Sources.FaultAsync(Imports.File("x.zip", zip))).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_directory_out_of_all_proportion_is_not_read()
    {
        byte[] start = [.. "PK\u0003\u0004"u8];
        byte[] end = [.. "PK\u0005\u0006"u8, .. new byte[18]];
        BinaryPrimitives.WriteInt32LittleEndian(end.AsSpan(16), 4);
        var file = Imports.File("x.zip", [.. start, .. new byte[17 << 20], .. end]);
        Assert.Equal("the archive holds too many files", (await Sources.FaultAsync(file)).Reason);
    }

    [Fact]
    public async Task Damaged_archives_are_read_or_refused_and_nothing_else()
    {
        var text = Encoding.UTF8.GetBytes("code,name\n" + string.Concat(Enumerable.Range(0, 50).Select(i => $"{i},{i * 7919}\n")));
        byte[][] archives = [Zip(("x.csv", text), ("a/readme.pdf", text)), Zip(("a.shp", Shp), ("a.dbf", Dbf)), Gzipped(text)];
        var refused = 0;
        for (var seed = 0; seed < 6_000; seed++)
        {
            try
            {
                await Sources.ReadAsync(Imports.File("x", Mutations.Damage(archives[seed % 3], seed)), new SourceOptions { Layer = seed % 5 == 0 ? "a" : null });
            }
            catch (UnreadableFileException)
            {
                refused++;
            }
        }

        Assert.InRange(refused, 3_000, 5_999);
    }

    private static byte[] Content(string name) => Path.GetExtension(name).ToUpperInvariant() switch
    {
        ".SHP" => Shp,
        ".DBF" => Dbf,
        ".GEOJSON" => Json,
        _ => name.EndsWith('/') ? [] : Csv,
    };

    private static byte[] Gzipped(byte[] bytes)
    {
        var packed = new MemoryStream();
        using (var stream = new GZipStream(packed, CompressionLevel.Optimal))
        {
            stream.Write(bytes);
        }

        return packed.ToArray();
    }

    private static byte[] Zip(params IEnumerable<(string Name, byte[] Bytes)> files) => Zip(CompressionLevel.Optimal, files);

    private static byte[] Zip(CompressionLevel level, params IEnumerable<(string Name, byte[] Bytes)> files)
    {
        var packed = new MemoryStream();
        using (var archive = new ZipArchive(packed, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, bytes) in files)
            {
                using var entry = archive.CreateEntry(name, level).Open();
                entry.Write(bytes);
            }
        }

        return packed.ToArray();
    }
}
