using System.Text;
using GeoOffer.Storage.Importing;
using GeoOffer.Testing;

namespace GeoOffer.Storage.Tests.Importing;

/// <summary>Each trap of real files with a small file of its own: found, told with row, field and fix, and nothing stored.</summary>
public sealed class TrapTests(TrapTests.Data data) : IClassFixture<TrapTests.Data>
{
    private const string Site = "code,kind,name,lon,lat";
    private const string Degrees = Site + "\nY,greenfield,x,9,45\nZ,greenfield,x,9.1,45";

    private GeoOfferDatabase Database => data.Migrated.Database;

    [Theory]
    [InlineData(Site + ",area_ha\nZ,greenfield,z,9,45,2.25\nA,greenfield,x,9,45,\"3,5\"", "gross_area_declared_ha", RejectionCode.DecimalComma, "3.5")]
    [InlineData(Site + ",area_ha\nZ,greenfield,z,9,45,2.25\nA,greenfield,x,9,45,\"1.242,5\"", "gross_area_declared_ha", RejectionCode.DecimalComma, "1242.5")]
    [InlineData(Site + ",area_ha\nZ,greenfield,z,9,45,2.25\nA,greenfield,x,9,45,1.242.123", "gross_area_declared_ha", RejectionCode.WrongType, "1242123")]
    [InlineData(Site + ",area_ha\nA,greenfield,x,9,45,40 ha", "gross_area_declared_ha", RejectionCode.WrongType, "40")]
    [InlineData(Site + ",area_ha\nA,greenfield,x,9,45,NaN", "gross_area_declared_ha", RejectionCode.WrongType, null)]
    [InlineData(Site + ",area_ha\nA,greenfield,x,9,45,1e999", "gross_area_declared_ha", RejectionCode.OutOfBounds, null)]
    [InlineData(Site + ",area_ha\nA,greenfield,x,9,45,0", "gross_area_declared_ha", RejectionCode.OutOfBounds, null)]
    [InlineData(Site + ",price_min_eur,price_max_eur\nA,greenfield,x,9,45,200,100", "price_max_eur", RejectionCode.Contradiction, "exchange the two")]
    [InlineData(Site + ",owner_count\nA,greenfield,x,9,45,1.5", "owner_count", RejectionCode.WrongType, null)]
    [InlineData(Site + ",istat_code\nA,greenfield,x,9,45,12026", "municipality_code", RejectionCode.LostZeros, "012026")]
    [InlineData(Site + ",istat_code\nA,greenfield,x,9,45,Rho", "municipality_code", RejectionCode.BadCode, null)]
    [InlineData(Site + "\nA,brownfeld,x,9,45", "kind", RejectionCode.NotInCodeList, "brownfield")]
    [InlineData(Site + ",funzioni\nA,greenfield,x,9,45,industrial;Logistica e trasporti", "functions", RejectionCode.NotInCodeList, "logistics")]
    [InlineData(Site + ",gas\nA,greenfield,x,9,45,yep", "gas", RejectionCode.NotInCodeList, "yes")]
    [InlineData(Site + ",verified_on\nA,greenfield,x,9,45,31/12/2024", "verified_on", RejectionCode.NotIsoDate, "2024-12-31")]
    [InlineData(Site + ",is_public\nA,greenfield,x,9,45,maybe", "is_public", RejectionCode.WrongType, null)]
    [InlineData(Site + "\n,greenfield,x,9,45", "code", RejectionCode.Missing, null)]
    [InlineData(Site + "\nA B/C,greenfield,x,9,45", "code", RejectionCode.BadCode, "A-B-C")]
    [InlineData(Site + "\nA,greenfield,x,9,", "lat", RejectionCode.Missing, null)]
    [InlineData(Site + "\nZ,greenfield,z,9.25,45\nA,greenfield,x,\"9,1\",45", "lon", RejectionCode.DecimalComma, "9.1")]
    [InlineData(Site + "\nA,greenfield,x,45.5,9.25", "geometry", RejectionCode.AxesSwapped, "9.25 45.5 (longitude latitude)")]
    [InlineData(Degrees + "\nA,greenfield,x,514950,5033890", "geometry", RejectionCode.Projected, "--crs EPSG:32632")]
    [InlineData(Degrees + "\nA,greenfield,x,1515000,5033900", "geometry", RejectionCode.Projected, "--crs EPSG:3003")]
    [InlineData(Degrees + "\nA,greenfield,x,1021000,5690000", "geometry", RejectionCode.Projected, "--crs EPSG:3857")]
    [InlineData(Degrees + "\nA,greenfield,x,5033890,514950", "geometry", RejectionCode.Projected, "--crs EPSG:32632 --swap-axes")]
    [InlineData(Degrees + "\nA,greenfield,x,559044,146792", "geometry", RejectionCode.Projected, "--crs EPSG:27700")]
    [InlineData(Degrees + "\nA,greenfield,x,3977000,-7000", "geometry", RejectionCode.Geocentric, "export easting and northing, or longitude and latitude")]
    [InlineData(Degrees + "\nA,greenfield,x,88888888,99999999", "geometry", RejectionCode.OutOfRange, null)]
    [InlineData(Site + "\nA,greenfield,x,88888888,99999999", "geometry", RejectionCode.OutOfRange, null)]
    [InlineData(Site + "\nA,greenfield,x,9,45\nA,greenfield,y,9.1,45", "code", RejectionCode.DuplicateCode, "keep one of the two")]
    [InlineData("code,kind,name,wkt\nA,greenfield,x,\"LINESTRING (9 45, 9.1 45)\"", "geometry", RejectionCode.GeometryWrongType, null)]
    [InlineData("code,kind,name,wkt\nA,greenfield,x,\"POLYGON ((9 45, 9.1 45.1, 9.1 45, 9 45.1, 9 45))\"", "geometry", RejectionCode.GeometryInvalid, "import it with --repair, or repair it where it is kept")]
    [InlineData("code,kind,name,wkt\nA,greenfield,x,POLYGON 9 45", "wkt", RejectionCode.GeometryBroken,
        "write well-known text such as POINT (9.19 45.46), or hexadecimal binary")]
    public async Task A_row_at_fault_is_told_with_its_field_and_a_fix(string csv, string field, RejectionCode code, string? fix)
    {
        var report = await Database.RunAsync(Imports.Request("sites", "sites.csv", csv));

        var problem = Assert.Single(report.Rejections);
        Assert.Equal((field, code, fix), (problem.Field, problem.Code, problem.Fix));
        Assert.Equal(csv.Split('\n').Length - 1, problem.Row);
        Assert.False(report.IsStored);
        Assert.Equal(0, await data.Migrated.ScalarAsync<long>("SELECT count(*) FROM geooffer.site"));
        Assert.Equal(data.VersionBefore, await data.Migrated.VersionAsync());
    }

    [Fact]
    public async Task All_problems_of_a_row_are_told_at_once()
    {
        var report = await Database.RunAsync(Imports.Request(
            "sites", "sites.csv", Site + ",area_ha,istat_code,gas\n,purple,x,45,9,\"3,5\",12026,forse\nB,greenfield,y,9,45,1.5,,"));

        Assert.Equal(
            ["code", "gas", "geometry", "gross_area_declared_ha", "kind", "municipality_code"],
            report.Rejections.Select(problem => problem.Field).Order());
        Assert.Equal((2, 1), (report.Rows.Read, report.Rows.Rejected));
    }

    [Fact]
    public async Task A_duplicate_names_the_first_row()
    {
        var report = await Database.RunAsync(Imports.Request("sites", "sites.csv", Site + "\nA,greenfield,x,9,45\nB,greenfield,y,9,45\nA,greenfield,z,9,45"));
        Assert.Equal((3, "row 1 has the same code", "line 4"), (report.Rejections[0].Row, report.Rejections[0].Reason, report.Rejections[0].Place));
    }

    [Fact]
    public async Task Most_rows_with_swapped_axes_are_a_fault_of_the_file_and_the_flag_mends_it()
    {
        var request = Imports.Request("sites", "sites.csv", Site + "\nA,greenfield,x,45,9\nB,greenfield,y,45.1,9.1\nC,greenfield,z,9,45");
        var report = await Database.RunAsync(request);
        Assert.Contains(report.Notices, notice => notice.Contains("2 of 3 rows", StringComparison.Ordinal) && notice.Contains("--swap-axes", StringComparison.Ordinal));

        var mended = await Database.RunAsync(request with { SwapAxes = true, DryRun = true });
        Assert.Equal(3, Assert.Single(mended.Rejections).Row);
    }

    [Theory]
    [InlineData("""{"code":"A","kind":"greenfield","name":"x\u0000y"}""", "name_it", RejectionCode.DamagedText)]
    [InlineData("""{"code":"A","kind":"greenfield","name":"\ud800"}""", "name_it", RejectionCode.DamagedText)]
    [InlineData("""{"code":"A","kind":"greenfield","name":{"it":"x"}}""", "name_it", RejectionCode.WrongType)]
    [InlineData("""{"code":"A","kind":"greenfield","name":"x","name":"y"}""", "name_it", RejectionCode.Twice)]
    [InlineData("""{"code":"A","kind":"greenfield","name":"x","area_ha":1e400}""", "gross_area_declared_ha", RejectionCode.OutOfBounds)]
    [InlineData("""{"code":"A","kind":"greenfield","name":"x","functions":["industrial",7]}""", "functions", RejectionCode.NotInCodeList)]
    [InlineData("""{"code":"A","kind":"greenfield","name":"x","owner_count":true}""", "owner_count", RejectionCode.WrongType)]
    public async Task A_hostile_member_is_a_rejected_row(string properties, string field, RejectionCode code)
    {
        var report = await Database.RunAsync(Imports.Request("sites", "sites.geojson", Imports.Collection(Imports.Feature(Imports.Point(9, 45), properties))));
        var problem = Assert.Single(report.Rejections);
        Assert.Equal((field, code), (problem.Field, problem.Code));
    }

    [Theory]
    [InlineData("""{"name":"x","note":"\u0000"}""", RejectionCode.DamagedText)]
    [InlineData("""{"name":"x","note":{"a":["\ud800"]}}""", RejectionCode.DamagedText)]
    [InlineData("""{"name":"x","note":1e400}""", RejectionCode.OutOfBounds)]
    public async Task An_attribute_that_cannot_be_kept_is_a_rejected_row(string properties, RejectionCode code)
    {
        var report = await Database.RunAsync(Imports.Request("infrastructure", "x.geojson", Imports.Collection(Imports.Feature(Imports.Point(9, 45), properties))) with
        {
            FixedValues = new Dictionary<string, string> { ["kind"] = "airport" },
        });
        var problem = Assert.Single(report.Rejections);
        Assert.Equal(("note", code), (problem.Field, problem.Code));
    }

    [Theory]
    [InlineData("""{"type":"Point","coordinates":[9]}""", RejectionCode.GeometryBroken)]
    [InlineData("""{"type":"Point","coordinates":["9","45"]}""", RejectionCode.GeometryBroken)]
    [InlineData("""{"type":"Polygon","coordinates":[[[9,45],[9.1,45],[9.1,45.1],[9,45.1]]]}""", RejectionCode.GeometryBroken)]
    [InlineData("""{"type":"Circle","coordinates":[9,45]}""", RejectionCode.GeometryBroken)]
    [InlineData("""{"type":"GeometryCollection","geometries":[{"type":"Point","coordinates":[9,45]}]}""", RejectionCode.GeometryWrongType)]
    [InlineData("""{"type":"Polygon","coordinates":[[[45,9],[45,9.1],[45.1,9.1],[45,9]]]}""", RejectionCode.AxesSwapped)]
    public async Task A_geometry_at_fault_is_a_rejected_row(string geometry, RejectionCode code)
    {
        var report = await Database.RunAsync(Imports.Request(
            "sites", "sites.geojson", Imports.Collection(Imports.Feature(geometry, """{"code":"A","kind":"greenfield","name":"x"}"""))));
        Assert.Equal(code, Assert.Single(report.Rejections).Code);
    }

    [Theory]
    [InlineData("sites.geojson", """{"type":"FeatureCollection","features":[]}""", FileFaultCode.Empty)]
    [InlineData("sites.csv", Site + "\n", FileFaultCode.Empty)]
    [InlineData("sites.csv", "kind,lon,lat\ngreenfield,9,45", FileFaultCode.Header)]
    [InlineData("sites.geojson", """{"type":"FeatureCollection","features":[{"type":"Feature"},""", FileFaultCode.Syntax)]
    public async Task A_file_at_fault_is_told_as_such(string name, string text, FileFaultCode code)
    {
        var report = await Database.RunAsync(Imports.Request("sites", name, text));
        Assert.Equal(code, report.Fault?.Code);
        Assert.False(report.IsStored);
    }

    [Fact]
    public async Task A_missing_column_is_told_once_with_the_columns_there_are()
    {
        var report = await Database.RunAsync(Imports.Request("sites", "sites.csv", "Codice Sito,Tipo,Nome,lon,lat\nA,greenfield,x,9,45"));
        Assert.Contains("code, kind", report.Fault!.Reason, StringComparison.Ordinal);
        Assert.Contains("Codice Sito, Tipo", report.Fault.Reason, StringComparison.Ordinal);

        var mapped = await Database.RunAsync(Imports.Request("sites", "sites.csv", "Codice Sito,Tipo,Nome,lon,lat\nA,greenfield,x,9,45") with
        {
            Mapping = new Dictionary<string, string> { ["codice sito"] = "code", ["TIPO"] = "kind" },
            DryRun = true,
        });
        Assert.Equal(1, mapped.Rows.New);
    }

    [Fact]
    public async Task A_damaged_place_in_a_text_of_utf8_is_told_with_its_row()
    {
        byte[] latin = [.. Encoding.UTF8.GetBytes(Site + "\nB,greenfield,Città di Cantù,9,45\nA,greenfield,Cant"), 0xF9, .. Encoding.UTF8.GetBytes(",9,45\n")];
        var csv = await Database.RunAsync(Imports.Request("sites", Imports.File("sites.csv", latin)));
        Assert.Equal(("name_it", RejectionCode.DamagedText), (csv.Rejections[0].Field, csv.Rejections[0].Code));

        byte[] json = [.. """{"type":"FeatureCollection","features":[{"type":"Feature","geometry":null,"properties":{"code":"A","kind":"greenfield","name_en":"Cantù","name":"Cant"""u8, 0xF9, .. "\"}}]}"u8];
        var geoJson = await Database.RunAsync(Imports.Request("sites", Imports.File("sites.geojson", json)));
        Assert.Equal(("name_it", RejectionCode.DamagedText), (geoJson.Rejections[0].Field, geoJson.Rejections[0].Code));
    }

    [Fact]
    public async Task Personal_data_are_in_no_report()
    {
        var report = await Database.RunAsync(Imports.Request("sites", "sites.csv", Site + ",contact\nA,greenfield,x,9,45,Anna Rossi" + new string('i', 3000)));
        var problem = Assert.Single(report.Rejections);
        Assert.Equal(("contact", "(withheld)"), (problem.Field, problem.Value));
    }

    [Fact]
    public async Task A_nesting_bomb_of_text_is_a_rejected_row()
    {
        var bomb = string.Concat(Enumerable.Repeat("GEOMETRYCOLLECTION(", 100_000));
        var report = await Database.RunAsync(Imports.Request("sites", "sites.csv", $"code,kind,name,wkt\nA,greenfield,x,{bomb}"));
        Assert.Equal(RejectionCode.GeometryBroken, Assert.Single(report.Rejections).Code);
    }

    [Fact]
    public async Task Outside_the_region_and_without_a_place_are_warnings()
    {
        var report = await Database.RunAsync(Imports.Request("sites", "sites.csv", Site + "\nA,greenfield,x,12.5,41.9\nB,greenfield,y,,") with { DryRun = true });
        Assert.Empty(report.Rejections);
        Assert.Equal(
            [(1L, RejectionCode.OutsideRegion), (2L, RejectionCode.GeometryMissing)],
            report.Warnings.Select(warning => (warning.Row!.Value, warning.Code)));
    }

    [Theory]
    [InlineData("planets", "kind", "airport")]
    [InlineData("infrastructure", "colour", "red")]
    [InlineData("infrastructure", "kind", "spaceport")]
    public async Task A_request_that_makes_no_sense_is_refused_as_such(string collection, string field, string value)
        => await Assert.ThrowsAsync<ImportRequestException>(() => Database.RunAsync(
            Imports.Request(collection, "x.geojson", Imports.Collection()) with { FixedValues = new Dictionary<string, string> { [field] = value } }));

    [Fact]
    public async Task An_unknown_reference_system_is_refused_as_such()
        => await Assert.ThrowsAsync<ImportRequestException>(() => Database.RunAsync(
            Imports.Request("sites", "x.csv", Site + "\nA,greenfield,x,9,45") with { Srid = 999999 }));

    [Fact]
    public async Task A_file_that_is_not_there_is_told()
        => Assert.Equal(FileFaultCode.NotOpened, (await Database.RunAsync(Imports.Request("sites", ImportFile.FromPath("/nowhere/sites.csv")))).Fault?.Code);

    public sealed class Data(PostGisCluster cluster) : IAsyncLifetime
    {
        internal MigratedDatabase Migrated { get; private set; } = null!;

        internal long VersionBefore { get; private set; }

        public async ValueTask InitializeAsync()
        {
            Migrated = await MigratedDatabase.CreateAsync(cluster);
            VersionBefore = await Migrated.VersionAsync();
        }

        public ValueTask DisposeAsync() => Migrated.DisposeAsync();
    }
}
