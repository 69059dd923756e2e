using System.IO.Compression;
using GeoOffer.Storage.Importing;
using GeoOffer.Testing;

namespace GeoOffer.Storage.Tests.Importing.Formats;

/// <summary>Files of offices as they came, held to what GDAL reads in them.</summary>
public sealed class RealFormatsTests
{
    [Theory]
    [InlineData("istat_provinces_2022_utm32_shp.zip", 107, "WGS_1984_UTM_Zone_32N", null, "utf-8: nothing states it")]
    [InlineData("arpa_zones_gaussboaga_unknown_datum_shp.zip", 7, "Transverse_Mercator", null, null)]
    [InlineData("milano_L010105_mixedcase_ext_shp.zip", 52, "RDN2008/TM32", 6707, null)]
    [InlineData("milano_municipi_rdn2008_shp.zip", 9, "RDN2008/TM32", null, null)]
    public async Task Zipped_shapefiles_are_read_as_gdal_reads_them(string file, int rowCount, string system, int? srid, string? notice)
    {
        var path = SharedData.Require("data/messy/" + file);
        using var gdal = Gdal.Require();
        foreach (var entry in (await ZipFile.OpenReadAsync(path, TestContext.Current.CancellationToken)).Entries)
        {
            // GDAL knows extensions in lower and in upper case only.
            await entry.ExtractToFileAsync(Path.Combine(gdal.Folder, "unzipped" + Path.GetExtension(entry.Name).ToLowerInvariant()), TestContext.Current.CancellationToken);
        }

        var (description, rows) = await gdal.AssertReadAlikeAsync(path, asGdalOpensIt: Path.Combine(gdal.Folder, "unzipped.shp"));

        Assert.Equal((SourceFormat.Shapefile, rowCount, (long?)rowCount), (description.Format, rows.Count, description.Rows));
        Assert.Equal((system, ".prj", srid), (description.ReferenceSystem?.Text, description.ReferenceSystem?.Origin, description.ReferenceSystem?.Srid));
        Assert.Equal(
            (await File.ReadAllTextAsync(Path.Combine(gdal.Folder, "unzipped.prj"), TestContext.Current.CancellationToken)).Trim(),
            description.ReferenceSystem!.WellKnownText);
        Assert.Equal(notice is null, description.Notices.Count == 0);
        Assert.All(description.Notices, told => Assert.Contains(notice!, told, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_geopackage_is_read_as_gdal_reads_it()
    {
        var path = SharedData.Require("data/messy/istat_regioni_2019_utm32.gpkg");
        using var gdal = Gdal.Require();
        var (description, rows) = await gdal.AssertReadAlikeAsync(path);
        Assert.Equal((SourceFormat.GeoPackage, "regioni", 20), (description.Format, description.Layer, rows.Count));
        Assert.Equal(("gpkg_spatial_ref_sys", 32632), (description.ReferenceSystem?.Origin, description.ReferenceSystem?.Srid));
    }

    [Fact]
    public async Task A_workbook_that_is_named_csv_is_told()
    {
        var fault = await Sources.FaultAsync(ImportFile.FromPath(SharedData.Require("data/messy/uk_stoke_brownfield_2024_xlsx_named.csv")));
        Assert.Equal("the file is an Excel workbook (XLSX), not CSV", fault.Reason);
    }
}
