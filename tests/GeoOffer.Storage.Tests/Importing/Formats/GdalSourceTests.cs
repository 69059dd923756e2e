using System.IO.Compression;
using System.Text;
using GeoOffer.Storage.Importing;
using GeoOffer.Storage.Importing.Reading;
using GeoOffer.Storage.Importing.Reading.Gdal;

namespace GeoOffer.Storage.Tests.Importing.Formats;

/// <summary>Files that are read through GDAL.</summary>
public sealed class GdalSourceTests
{
    private const string Point4326 = """<gml:Point gml:id="p" srsName="urn:ogc:def:crs:EPSG::4326"><gml:pos>45.5 9.25</gml:pos></gml:Point>""";

    [Theory]
    [InlineData("urn:ogc:def:crs:EPSG::4326", "45.5 9.25", 4326, "POINT (9.25 45.5)")]
    [InlineData("http://www.opengis.net/def/crs/EPSG/0/4326", "45.5 9.25", 4326, "POINT (9.25 45.5)")]
    [InlineData("EPSG:4326", "9.25 45.5", 4326, "POINT (9.25 45.5)")]
    [InlineData("urn:ogc:def:crs:EPSG::32632", "514950 5033890", 32632, "POINT (514950 5033890)")]
    [InlineData("urn:ogc:def:crs:EPSG::3003", "1514950 5033890", 3003, "POINT (1514950 5033890)")]
    [InlineData("urn:ogc:def:crs:EPSG::3035", "2500000 4300000", 3035, "POINT (4300000 2500000)")]
    public async Task Positions_of_gml_are_x_east_y_north_whatever_their_order(string srsName, string position, int srid, string wkt)
    {
        using var gdal = Gdal.Require();
        var point = $"""<gml:Point gml:id="p" srsName="{srsName}"><gml:pos>{position}</gml:pos></gml:Point>""";
        var (description, rows) = await Sources.ReadAsync(Imports.File("a.gml", Gml(Feature("s.1", "", point))));
        Assert.Equal((SourceFormat.Gdal, "Site", srid, "srsName"), (description.Format, description.Layer, description.ReferenceSystem?.Srid, description.ReferenceSystem?.Origin));
        Assert.Equal((wkt, srid), (rows.Single().Wkt(), rows.Single().Geometry!.SRID));
    }

    [Fact]
    public async Task Values_of_gml_stay_as_they_are_written_and_features_keep_their_identifiers()
    {
        using var gdal = Gdal.Require();
        const string Values = "<app:istat>015146</app:istat><app:fid>7</app:fid><app:geom>x</app:geom><app:day>2024-02-03</app:day><app:name>Cantù</app:name>";
        var (description, rows) = await Sources.ReadAsync(Imports.File("a.gml", Gml(Feature("s.9", Values, Point4326), Feature("s.2", "<app:NAME>y</app:NAME>", ""))));

        Assert.Null(description.Columns);
        Assert.Matches(@"^the file is GML, read through GDAL \d+\.\d+.*, layer Site$", description.Notices[0]);
        Assert.Equal(["s.9", "s.2"], rows.Select(row => row.Id));
        Assert.Equal(["feature 1", "feature 2"], rows.Select(row => row.Place));
        Assert.Equal(["015146", "7", "x", "2024-02-03", "Cantù"], ((string[])["istat", "fid", "geom", "day", "name"]).Select(name => rows[0].Value(name)));
        Assert.True(rows[1].CarriesGeometry);
        Assert.Null(rows[1].Geometry);
    }

    [Fact]
    public async Task Curves_become_lines_and_heights_are_dropped()
    {
        using var gdal = Gdal.Require();
        const string Arc = """
            <gml:Curve gml:id="c" srsName="urn:ogc:def:crs:EPSG::32632"><gml:segments><gml:Arc><gml:posList>0 0 100 100 200 0</gml:posList></gml:Arc></gml:segments></gml:Curve>
            """;
        const string High = """<gml:Point gml:id="h" srsDimension="3" srsName="urn:ogc:def:crs:EPSG::32632"><gml:pos>1 2 3</gml:pos></gml:Point>""";
        var (_, rows) = await Sources.ReadAsync(Imports.File("a.gml", Gml(Feature("s.1", "", Arc), Feature("s.2", "", High))));
        var line = Assert.IsType<NetTopologySuite.Geometries.LineString>(rows[0].Geometry);
        Assert.All(line.Coordinates, position => Assert.Equal(100, position.Distance(new(100, 0)), 0.1));
        Assert.InRange(line.Length, 314, 314.2);
        Assert.Equal("POINT (1 2)", rows[1].Wkt());
    }

    [Fact]
    public async Task Gml_2_and_other_encodings_are_read()
    {
        using var gdal = Gdal.Require();
        const string Text = """
            <?xml version="1.0" encoding="ISO-8859-1"?>
            <wfs:FeatureCollection xmlns:wfs="http://www.opengis.net/wfs" xmlns:gml="http://www.opengis.net/gml" xmlns:app="urn:app">
              <gml:featureMember><app:Site fid="Site.4"><app:name>Cantù</app:name>
                <app:place><gml:Point srsName="http://www.opengis.net/gml/srs/epsg.xml#4326"><gml:coordinates>9.25,45.5</gml:coordinates></gml:Point></app:place>
              </app:Site></gml:featureMember>
            </wfs:FeatureCollection>
            """;
        var (description, rows) = await Sources.ReadAsync(Imports.File("wfs.xml", Encoding.Latin1.GetBytes(Text)));
        Assert.Equal((SourceFormat.Gdal, 4326), (description.Format, description.ReferenceSystem?.Srid));
        Assert.Equal(("Site.4", "Cantù", "POINT (9.25 45.5)"), (rows.Single().Id, rows.Single().Value("name"), rows.Single().Wkt()));
    }

    [Fact]
    public async Task A_layer_of_several_is_named_and_empty_ones_do_not_count()
    {
        using var gdal = Gdal.Require();
        var file = Imports.File("a.gml", Gml(Feature("s.1", "", Point4326), """<gml:featureMember><app:Road gml:id="r.1"><app:name>A</app:name></app:Road></gml:featureMember>"""));
        Assert.Equal(
            new FileFault(FileFaultCode.Layer, "the file holds 2 layers: Road, Site", "choose one with --source-layer NAME"),
            await Sources.FaultAsync(file) with { Line = null });
        Assert.Equal("r.1", (await Sources.ReadAsync(file, new SourceOptions { Layer = "road" })).Rows.Single().Id);
        Assert.Equal("the file holds no layer -sql; it holds Road, Site", (await Sources.FaultAsync(file, new SourceOptions { Layer = "-sql" })).Reason);

        var kml = Imports.File("a.kml", Kml("<Folder><name>none</name></Folder><Folder><name>Sites</name><Placemark id='k1'><name>x</name><Point><coordinates>9.25,45.5,120</coordinates></Point></Placemark></Folder>"));
        var (description, rows) = await Sources.ReadAsync(kml);
        Assert.Equal(("Sites", 4326, "KML"), (description.Layer, description.ReferenceSystem?.Srid, description.ReferenceSystem?.Origin));
        Assert.Equal(("x", "POINT (9.25 45.5)"), (rows.Single().Value("Name"), rows.Single().Wkt()));
        Assert.Equal(["Name", "description", "timestamp", "begin", "end"], rows.Single().Columns);
        Assert.Equal(FileFaultCode.Empty, (await Sources.FaultAsync(Imports.File("b.kml", Kml("")))).Code);
    }

    [Fact]
    public async Task Archives_are_looked_into()
    {
        using var gdal = Gdal.Require();
        var gml = Encoding.UTF8.GetBytes(Gml(Feature("s.1", "", Point4326)));
        var kml = Encoding.UTF8.GetBytes(Kml("<Placemark id='k1'><Point><coordinates>9.25,45.5</coordinates></Point></Placemark>"));
        foreach (var (name, bytes, layer) in (IEnumerable<(string, byte[], string?)>)
        [
            ("a.zip", Zip(("x/a.gml", gml), ("readme.pdf", gml)), null), ("a.gml.gz", Gzipped(gml), null), ("a.kmz", Zip(("doc.kml", kml), ("files/1.png", kml)), null),
            ("a.zip", Zip(("a.gml", gml), ("b.kml", kml)), "a.gml/Site"), ("a.zip", Zip(("wfs.xml", gml)), "Site"),
        ])
        {
            Assert.Equal("POINT (9.25 45.5)", (await Sources.ReadAsync(Imports.File(name, bytes), new SourceOptions { Layer = layer })).Rows.Single().Wkt());
        }
    }

    [Theory]
    [InlineData("-sql.gml")]
    [InlineData("a b; touch x $(id) `id`.gml")]
    [InlineData("PG:dbname=x.gml")]
    [InlineData("città\u00e8 \ud83c\udf33.GML")]
    [InlineData("/vsicurl")]
    public async Task Names_of_files_mean_nothing(string name)
    {
        using var gdal = Gdal.Require();
        name = name.TrimStart('/');
        var path = gdal.Write(name, Gml(Feature("s.1", "", Point4326)));
        gdal.Write(Path.ChangeExtension(name, ".gfs"), "<GMLFeatureClassList><GMLFeatureClass><Name>Site</Name><ElementPath>Nothing</ElementPath></GMLFeatureClass></GMLFeatureClassList>");
        var before = Directory.GetFiles(gdal.Folder);
        var (_, rows) = await Sources.ReadAsync(ImportFile.FromPath(path));
        Assert.Equal("POINT (9.25 45.5)", rows.Single().Wkt());
        Assert.Equal(before.Order(), Directory.GetFiles(gdal.Folder).Order());
    }

    [Fact]
    public async Task Where_gdal_is_missing_the_fault_says_what_to_do()
    {
        var folder = Directory.CreateTempSubdirectory("geooffer-test-");
        try
        {
            var fault = await Sources.FaultAsync(
                Imports.File("a.gml", Gml(Feature("s.1", "", Point4326))), new SourceOptions { Gdal = new GdalOptions { Folder = folder.FullName } });
            Assert.Equal(FileFaultCode.ReaderMissing, fault.Code);
            Assert.StartsWith("GML is read through GDAL, which is not installed here", fault.Reason, StringComparison.Ordinal);
            Assert.Equal("install the package gdal-bin, or convert the file to GeoPackage", fault.Fix);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task A_file_that_is_cut_is_told_with_its_place()
    {
        using var gdal = Gdal.Require();
        var text = Gml(Feature("s.1", "", Point4326), Feature("s.2", "", Point4326));
        var fault = await Sources.FaultAsync(Imports.File("cut.gml", text[..^100]));
        Assert.Equal(FileFaultCode.Syntax, fault.Code);
        Assert.Matches("^GDAL .* says: XML parsing of GML file failed : ", fault.Reason);
        Assert.NotNull(fault.Line);
    }

    private static string Gml(params IEnumerable<string> members) => $"""
        <?xml version="1.0" encoding="UTF-8"?>
        <gml:FeatureCollection xmlns:gml="http://www.opengis.net/gml/3.2" xmlns:app="urn:app" gml:id="all">
        {string.Join('\n', members)}
        </gml:FeatureCollection>
        """;

    private static string Feature(string id, string values, string geometry) =>
        $"<gml:featureMember><app:Site gml:id=\"{id}\">{values}<app:where>{geometry}</app:where></app:Site></gml:featureMember>";

    private static string Kml(string content) => $"""<?xml version="1.0"?><kml xmlns="http://www.opengis.net/kml/2.2"><Document>{content}</Document></kml>""";

    private static byte[] Gzipped(byte[] bytes)
    {
        var packed = new MemoryStream();
        using (var stream = new GZipStream(packed, CompressionLevel.Optimal))
        {
            stream.Write(bytes);
        }

        return packed.ToArray();
    }

    private static byte[] Zip(params IEnumerable<(string Name, byte[] Bytes)> files)
    {
        var packed = new MemoryStream();
        using (var archive = new ZipArchive(packed, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, bytes) in files)
            {
                using var entry = archive.CreateEntry(name).Open();
                entry.Write(bytes);
            }
        }

        return packed.ToArray();
    }
}
