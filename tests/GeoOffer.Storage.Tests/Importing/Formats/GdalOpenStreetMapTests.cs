using GeoOffer.Storage.Importing;
using GeoOffer.Storage.Importing.Reading;

namespace GeoOffer.Storage.Tests.Importing.Formats;

public sealed class GdalOpenStreetMapTests
{
    private const string Xml = """
        <?xml version="1.0" encoding="UTF-8"?>
        <osm version="0.6">
          <node id="1" lat="45.5" lon="9.25"><tag k="name" v="Cantù"/><tag k="railway" v="station"/></node>
          <node id="2" lat="45.6" lon="9.3"/><node id="3" lat="45.7" lon="9.4"/>
          <way id="77"><nd ref="2"/><nd ref="3"/><tag k="highway" v="residential"/></way>
        </osm>
        """;

    private static readonly byte[] Pbf = OsmPbfBytes.File((92500000, 455000000), (93000000, 456000000), (94000000, 457000000));

    public static TheoryData<string, bool> Files => new() { { "area.osm.pbf", true }, { "area.bin", true }, { "area.osm", false }, { "map.xml", false } };

    [Theory]
    [MemberData(nameof(Files))]
    public async Task Each_layer_is_read_by_its_name(string name, bool isPbf)
    {
        using var gdal = Gdal.Require();
        var file = isPbf ? Imports.File(name, Pbf) : Imports.File(name, Xml);
        var (description, points) = await Sources.ReadAsync(file, new SourceOptions { Layer = "points" });
        Assert.Equal((SourceFormat.Gdal, "points", 4326), (description.Format, description.Layer, description.ReferenceSystem?.Srid));
        Assert.Contains(isPbf ? "OSM PBF" : "OSM XML", description.Notices[0], StringComparison.Ordinal);
        var point = Assert.Single(points);
        Assert.Equal(("node-1", "POINT (9.25 45.5)", "Cantù"), (point.Id, point.Wkt(), point.Value("name")));
        Assert.Equal("\"railway\"=>\"station\"", point.Value("other_tags"));

        var line = Assert.Single((await Sources.ReadAsync(file, new SourceOptions { Layer = "LINES" })).Rows);
        Assert.Equal(("way-77", "LINESTRING (9.3 45.6, 9.4 45.7)", "residential"), (line.Id, line.Wkt(), line.Value("highway")));
        Assert.Empty((await Sources.ReadAsync(file, new SourceOptions { Layer = "multipolygons" })).Rows);
    }

    [Fact]
    public async Task The_layer_has_to_be_named()
    {
        using var gdal = Gdal.Require();
        const string All = "points, lines, multilinestrings, multipolygons, other_relations";
        Assert.Equal(
            new FileFault(FileFaultCode.Layer, $"OSM PBF holds 5 layers: {All}", "choose one with --source-layer NAME"),
            await Sources.FaultAsync(Imports.File("a.pbf", Pbf)));
        Assert.Equal($"OSM PBF holds no layer roads; it holds {All}", (await Sources.FaultAsync(Imports.File("a.pbf", Pbf), new SourceOptions { Layer = "roads" })).Reason);
    }

    [Fact]
    public async Task Damaged_files_are_read_or_refused_and_nothing_else()
    {
        using var gdal = Gdal.Require();
        var refused = 0;
        for (var seed = 0; seed < 40; seed++)
        {
            try
            {
                await Sources.ReadAsync(
                    Imports.File("a.osm.pbf", Mutations.Damage(Pbf, seed)), new SourceOptions { Format = SourceFormat.Gdal, Layer = "points" });
            }
            catch (UnreadableFileException)
            {
                refused++;
            }
        }

        Assert.InRange(refused, 5, 40);
    }
}
