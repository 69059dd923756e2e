using GeoOffer.Storage.Importing;
using GeoOffer.Storage.Layers;
using GeoOffer.Testing;

namespace GeoOffer.Storage.Tests.Importing.Formats;

/// <summary>Files that are read through GDAL, through the whole importer.</summary>
public sealed class GdalImportTests(PostGisCluster cluster) : IAsyncLifetime
{
    private MigratedDatabase _database = null!;

    public async ValueTask InitializeAsync() => _database = await MigratedDatabase.CreateAsync(cluster);

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task The_same_features_as_gml_and_kml_change_nothing()
    {
        using var gdal = Gdal.Require();
        var path = gdal.Write("parks.geojson", Imports.Collection(
            Imports.Feature(Imports.Square(9.25, 45.5, 0.125), """{"code":"007","name":"Cantù","note":"a"}"""),
            Imports.Feature(Imports.Square(9.5, 45.25, 0.125), """{"code":"12","name":"b & c","note":null}""")));
        var first = await _database.Database.StoreAsync(Request(ImportFile.FromPath(path)));
        Assert.Equal(2, first.Rows.New);

        string[] files =
        [
            await gdal.ConvertAsync(path, "parks2.gml", ["-f", "GML", "-dsco", "FORMAT=GML2"]),
            await gdal.ConvertAsync(path, "parks32.gml", ["-f", "GML", "-dsco", "FORMAT=GML3.2"]),
            await gdal.ConvertAsync(path, "parks.kml", ["-f", "KML", "-dsco", "NameField=name"]),
        ];
        foreach (var file in files)
        {
            var report = await _database.Database.StoreAsync(Request(ImportFile.FromPath(file)));
            Assert.Equal((Path.GetFileName(file), 2, 2), (Path.GetFileName(file), report.Rows.Read, report.Rows.Unchanged));
            Assert.Equal(SourceFormat.Gdal, report.Format);
            Assert.Contains(report.Notices, notice => notice.Contains("read through GDAL", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task A_layer_has_the_types_of_its_values_and_the_identifiers_of_the_file()
    {
        using var gdal = Gdal.Require();
        const string Text = """
            <gml:FeatureCollection xmlns:gml="http://www.opengis.net/gml/3.2" xmlns:app="urn:app">
              <gml:featureMember><app:Line gml:id="l.1"><app:istat>015146</app:istat><app:kv>132</app:kv><app:since>2020-01-31</app:since>
                <app:at><gml:LineString gml:id="g1" srsName="urn:ogc:def:crs:EPSG::32632"><gml:posList>514950 5033890 515950 5034890</gml:posList></gml:LineString></app:at></app:Line></gml:featureMember>
              <gml:featureMember><app:Line gml:id="l.2"><app:istat>015002</app:istat><app:kv>15.5</app:kv></app:Line></gml:featureMember>
            </gml:FeatureCollection>
            """;
        var request = Imports.Request("lines", "lines.gml", Text) with { Layer = new LayerDefinition { TitleEn = "Lines" } };
        Assert.Equal(2, (await _database.Database.RunAsync(request with { DryRun = true })).Rows.New);

        var report = await _database.Database.StoreAsync(request);
        Assert.Equal((2, 32632, "srsName"), (report.Rows.New, report.ReferenceSystem?.Srid, report.ReferenceSystem?.Origin));
        var relation = await _database.ScalarAsync<string>("SELECT relation FROM geooffer.layer WHERE name = 'lines'");
        Assert.Equal(
            "l.1 015146 132 2020-01-31, l.2 015002 15.5 -",
            await _database.ScalarAsync<string>(
                $"SELECT string_agg(concat_ws(' ', code, istat, kv, coalesce(since::date::text, '-')), ', ' ORDER BY code) FROM geooffer_layers.\"{relation}\""));
        Assert.Equal("double precision", await _database.ScalarAsync<string>($"SELECT pg_typeof(kv)::text FROM geooffer_layers.\"{relation}\" LIMIT 1"));
        Assert.Equal(2, (await _database.Database.StoreAsync(request)).Rows.Unchanged);
    }

    [Fact]
    public async Task Nodes_of_openstreetmap_become_stations()
    {
        using var gdal = Gdal.Require();
        var request = Imports.Request("infrastructure", Imports.File("area.osm.pbf", OsmPbfBytes.File((92500000, 455000000), (93000000, 456000000), (94000000, 457000000)))) with
        {
            SourceLayer = "points",
            FixedValues = new Dictionary<string, string> { ["kind"] = "passenger_station" },
        };
        Assert.Equal(1, (await _database.Database.StoreAsync(request)).Rows.New);
        Assert.Equal("passenger_station.node-1", await _database.ScalarAsync<string>("SELECT code FROM geooffer.infrastructure"));
        Assert.Equal(1, (await _database.Database.StoreAsync(request)).Rows.Unchanged);
    }

    [Fact]
    public async Task Without_gdal_nothing_is_stored_and_the_report_says_why()
    {
        var folder = Directory.CreateTempSubdirectory("geooffer-test-");
        try
        {
            var report = await _database.Database.RunAsync(
                Imports.Request("sites", "a.kml", "<kml xmlns='http://www.opengis.net/kml/2.2'/>") with { GdalFolder = folder.FullName });
            Assert.Equal((true, FileFaultCode.ReaderMissing), (report.IsRefused, report.Fault?.Code));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static ImportRequest Request(ImportFile file) => Imports.Request("constraints", file) with
    {
        Dataset = "parks",
        FixedValues = new Dictionary<string, string> { ["kind"] = "protected_area" },
        Mapping = ((string[])["note", "description", "timestamp", "begin", "end"]).ToDictionary(column => column, _ => ""),
    };
}
