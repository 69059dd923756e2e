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
}
