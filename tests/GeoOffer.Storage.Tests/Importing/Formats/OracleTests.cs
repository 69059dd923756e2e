namespace GeoOffer.Storage.Tests.Importing.Formats;

/// <summary>Files that GDAL makes of the same features, held to what GDAL reads in them.</summary>
public sealed class OracleTests
{
    private const string Polygon = "[[0,0],[9,0],[9,9],[0,9],[0,0]],[[1,1],[1,2],[2,2],[2,1],[1,1]],[[3,3],[3,8],[8,8],[8,3],[3,3]]";

    public static TheoryData<string, string[]> OneType => new()
    {
        { "Point", ["[9.123456789012345,45]", "[-180,-90]"] },
        { "MultiPoint", ["[[9,45],[9.1,45.1]]", "[[1,2]]"] },
        { "LineString", ["[[9,45],[9.1,45.1],[9.2,45]]", "[[0,0],[0,1]]"] },
        { "MultiLineString", ["[[[9,45],[9.1,45.1]],[[1,2],[3,4]]]", "[[[0,0],[1,1]],[[2,2],[3,3]],[[4,4],[5,5]]]"] },
        { "Polygon", [$"[{Polygon}]", "[[[0,0],[1,0],[0,1],[0,0]]]"] },
        { "MultiPolygon", [$"[[{Polygon}],[[[4,4],[7,4],[7,7],[4,7],[4,4]],[[5,5],[5,6],[6,6],[5,5]]],[[[20,0],[21,0],[20,1],[20,0]]]]", $"[[[[-9,0],[-8,0],[-9,1],[-9,0]]],[{Polygon}]]"] },
    };

    [Theory]
    [MemberData(nameof(OneType))]
    public async Task Shapefiles_are_read_as_gdal_reads_them(string type, string[] coordinates)
    {
        using var gdal = Gdal.Require();
        var geometries = coordinates.Select(text => $$"""{"type":"{{type}}","coordinates":{{text}}}""").ToList();
        var source = gdal.Write("source.json", Features([.. geometries, "null", .. geometries]));
        foreach (var (dimension, encoding) in (IEnumerable<(string, string)>)[("XY", "UTF-8"), ("XYZ", "CP1252"), ("XYM", "ISO-8859-1"), ("XYZM", "UTF-8")])
        {
            var shp = await gdal.ConvertAsync(
                source, $"{type}_{dimension}.shp", ["-f", "ESRI Shapefile", "-dim", dimension, "-lco", $"ENCODING={encoding}", "-a_srs", "EPSG:32632"]);
            var (description, rows) = await gdal.AssertReadAlikeAsync(shp);
            Assert.Equal(5, rows.Count);
            Assert.Contains("Cantù «è»", rows.Select(row => row.Value("text")));
            Assert.Contains(9007199254740993L, rows.Select(row => row.Value("big")));
            Assert.Equal(("WGS_1984_UTM_Zone_32N", ".prj"), (description.ReferenceSystem?.Text, description.ReferenceSystem?.Origin));
        }
    }

    [Fact]
    public async Task A_shapefile_edited_in_place_is_read_as_gdal_reads_it()
    {
        using var gdal = Gdal.Require();
        var source = gdal.Write("source.json", Features("""{"type":"LineString","coordinates":[[0,0],[1,1]]}""", """{"type":"LineString","coordinates":[[2,2],[3,3]]}"""));
        var shp = await gdal.ConvertAsync(source, "edited.shp", ["-f", "ESRI Shapefile"]);

        // A longer shape is written to the end, and a deleted one stays where it was.
        await Gdal.RunAsync("ogrinfo", shp, "-dialect", "SQLITE", "-sql", "UPDATE edited SET geometry = ST_GeomFromText('LINESTRING(5 5,6 6,7 7)') WHERE rowid = 0");
        var (_, rows) = await gdal.AssertReadAlikeAsync(shp);
        Assert.Equal("LINESTRING (5 5, 6 6, 7 7)", rows[0].Wkt());

        await Gdal.RunAsync("ogrinfo", shp, "-dialect", "SQLITE", "-sql", "DELETE FROM edited WHERE rowid = 0");
        var (_, left) = await gdal.AssertReadAlikeAsync(shp);
        Assert.Equal("LINESTRING (2 2, 3 3)", Assert.Single(left).Wkt());
    }

    [Theory]
    [InlineData("GPKG", "gpkg", "XY", "EPSG:4326", "WGS 84 geodetic", true, 26)]
    [InlineData("GPKG", "gpkg", "XYZ", "EPSG:32632", "WGS 84 / UTM zone 32N", false, 26)]
    [InlineData("GPKG", "gpkg", "XYM", "EPSG:25832", "ETRS89 / UTM zone 32N", true, 26)]
    [InlineData("GPKG", "gpkg", "XYZM", "EPSG:3003", "Monte Mario / Italy zone 1", true, 26)]
    [InlineData("FlatGeobuf", "fgb", "XY", "EPSG:4326", "WGS 84", true, 25)]
    [InlineData("FlatGeobuf", "fgb", "XYZ", "EPSG:32632", "WGS 84 / UTM zone 32N", false, 25)]
    [InlineData("FlatGeobuf", "fgb", "XYZM", "EPSG:3003", "Monte Mario / Italy zone 1", true, 25)]
    public async Task Files_of_all_types_are_read_as_gdal_reads_them(
        string driver, string extension, string dimension, string system, string systemName, bool hasIndex, int rowCount)
    {
        using var gdal = Gdal.Require();
        var geometries = OneType.SelectMany(row => row.Data.Item2.Select(text => $$"""{"type":"{{row.Data.Item1}}","coordinates":{{text}}}""")).ToList();
        var collection = $$"""{"type":"GeometryCollection","geometries":[{{string.Join(',', geometries)}}]}""";
        var source = gdal.Write("source.json", Features([.. geometries, "null", collection, .. geometries]));

        var file = await gdal.ConvertAsync(source, $"all.{extension}", ["-f", driver, "-dim", dimension, "-a_srs", system, "-nlt", "GEOMETRY", "-lco", $"SPATIAL_INDEX={(hasIndex ? "YES" : "NO")}"]);
        var (description, rows) = await gdal.AssertReadAlikeAsync(file);

        // GDAL leaves features without geometry out of a FlatGeobuf, and writes days as instants.
        Assert.Equal((rowCount, (long?)rowCount), (rows.Count, description.Rows));
        Assert.Equal(
            $"text Text, big Integer, number Number, day {(extension == "fgb" ? "Timestamp" : "Date")}, instant Timestamp, truth Boolean",
            string.Join(", ", description.Columns!.Select(column => $"{column.Name} {column.Type}")));
        Assert.Equal((systemName, system), (description.ReferenceSystem?.Text, $"EPSG:{description.ReferenceSystem?.Srid}"));
        Assert.Empty(description.Notices);
    }

    /// <summary>Features with values that are easily got wrong, one after the other.</summary>
    private static string Features(params IReadOnlyList<string> geometries)
    {
        string[] properties =
        [
            """{"text":"Cantù «è»","big":9007199254740993,"number":0.1,"day":"2024-02-29","instant":"2024-02-29T10:11:12Z","truth":true}""",
            """{"text":null,"big":null,"number":null,"day":null,"instant":null,"truth":null}""",
            $$"""{"text":"{{new string('x', 250)}}","big":-9007199254740993,"number":-1.5e-7,"day":"1899-12-31","instant":"2024-02-29T10:11:12.345Z","truth":false}""",
            """{"text":"","big":0,"number":123456789.125,"day":"1000-01-01","instant":"1970-01-01T00:00:00Z","truth":true}""",
            """{"text":"a \"b\", c; d\ne","big":1,"number":1,"day":"2100-12-31","instant":"2024-02-29T23:59:59Z","truth":false}""",
        ];
        return Imports.Collection(geometries.Select((geometry, i) => Imports.Feature(geometry, properties[i % properties.Length])));
    }
}
