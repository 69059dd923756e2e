using GeoOffer.Storage.Importing;
using GeoOffer.Testing;

namespace GeoOffer.Storage.Tests.Importing.Formats;

/// <summary>Files of each format, through the whole importer.</summary>
public sealed class FormatImportTests(PostGisCluster cluster) : IAsyncLifetime
{
    private MigratedDatabase _database = null!;

    public async ValueTask InitializeAsync() => _database = await MigratedDatabase.CreateAsync(cluster);

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task The_same_regions_in_another_format_change_nothing()
    {
        var path = SharedData.Require("data/messy/istat_regioni_2019_utm32.gpkg");
        using var gdal = Gdal.Require();
        string[] files =
        [
            path, await gdal.ConvertAsync(path, "regioni.shp", ["-f", "ESRI Shapefile"]), await gdal.ConvertAsync(path, "regioni.fgb", ["-f", "FlatGeobuf"]),
        ];
        foreach (var file in files)
        {
            var report = await _database.Database.StoreAsync(Imports.Request("constraints", ImportFile.FromPath(file)) with
            {
                Dataset = "regions",
                FixedValues = new Dictionary<string, string> { ["kind"] = "landscape" },
                Mapping = new Dictionary<string, string> { ["cod_reg"] = "code", ["den_reg"] = "name" },
            });
            Assert.Equal((20, file == path ? 0 : 20), (report.Rows.Read, report.Rows.Unchanged));
        }
    }

    [Fact]
    public async Task Columns_that_are_missing_are_told_once_for_the_file()
    {
        using var package = new GeoPackageFile();
        package.Execute("CREATE TABLE sites (fid INTEGER PRIMARY KEY, geom POINT, nome TEXT, name TEXT)");
        package.Register("sites");
        package.Execute("INSERT INTO sites (geom, nome) VALUES ($0, 'x'), ($0, 'y')", GeoPackageFile.Blob("POINT (514950 5033890)"));

        var report = await _database.Database.RunAsync(Imports.Request("sites", package.File));
        Assert.Equal((FileFaultCode.Header, "the header has no column for kind; it has nome, name"), (report.Fault?.Code, report.Fault?.Reason));

        var stored = await _database.Database.StoreAsync(Imports.Request("sites", package.File) with
        {
            FixedValues = new Dictionary<string, string> { ["kind"] = "greenfield" },
            Mapping = new Dictionary<string, string> { ["nome"] = "name_it", ["name"] = "" },
        });
        Assert.Equal(2, stored.Rows.New);
    }
}
