using System.Text;
using GeoOffer.Storage.Importing;
using GeoOffer.Testing;

namespace GeoOffer.Storage.Tests.Importing;

/// <summary>Which columns make a geometry, and how.</summary>
public sealed class PositionColumnTests(PostGisCluster cluster)
{
    [Theory]
    [InlineData("lon,lat", "9.25,45.5")]
    [InlineData("stop_lat,stop_lon", "45.5,9.25")]
    [InlineData("Latitudine;Longitudine", "45,5;9,25")]
    [InlineData("GeoX,Geo Y", "9.25,45.5")]
    [InlineData("X_COORD|Y_COORD", "9.25|45.5")]
    [InlineData("X,Y,lon,lat", "514950,5033890,9.25,45.5")]
    [InlineData("lat,lon,UTM_E,UTM_N", "45.5,9.25,514950,5033890")]
    [InlineData("WKT,lon,lat", "POINT (9.25 45.5),1,2")]
    [InlineData("Geo Point;nota", "45.5, 9.25;x")]
    [InlineData("geo_point_2d", "\"45.5,9.25\"")]
    [InlineData("geopoint;nota", "45,5 9,25;x")]
    [InlineData("geompoint;nota", "Point (9.25 45.5);x")]
    [InlineData("geopoint,lon,lat", "\"1,2\",9.25,45.5")]
    [InlineData("geom,nota", "010100000000000000008022400000000000C04640,x")]
    [InlineData("geometry,nota", "0101000020E610000000000000008022400000000000C04640,x")]
    [InlineData("geometry,nota", "01010000A0E610000000000000008022400000000000C046400000000000005940,x")]
    public async Task A_point_is_made_of_the_columns_that_hold_it(string header, string row)
    {
        var (report, place) = await ReadAsync(header, row);
        Assert.Empty(report.Rejections);
        Assert.Equal("POINT(9.25 45.5)", place);
    }

    [Theory]
    [InlineData("geopoint,nota", "\"9.25,45.5\",x", RejectionCode.AxesSwapped)]
    [InlineData("geopoint,nota", "\"45,5,9,25\",x", RejectionCode.GeometryBroken)]
    [InlineData("geopoint,nota", "Milano,x", RejectionCode.GeometryBroken)]
    [InlineData("geopoint,nota", "[45.5],x", RejectionCode.GeometryBroken)]
    [InlineData("geom,nota", "0101000000000000000000F87F0000000000C04640,x", RejectionCode.GeometryBroken)]
    [InlineData("geom,nota", "0102000000FFFFFFFF000000000000000000000000,x", RejectionCode.GeometryBroken)]
    [InlineData("lat,lon", "45°30'00\"\"N,9.1", RejectionCode.WrongType)]
    public async Task A_pair_that_is_none_is_rejected(string header, string row, RejectionCode code)
        => Assert.Equal(code, Assert.Single((await ReadAsync(header, row)).Report.Rejections).Code);

    [Fact]
    public async Task Pairs_in_metres_are_refused_with_the_system_that_they_look_like()
    {
        var (report, _) = await ReadAsync("geopoint,nota", "\"514950, 5033890\",x");
        Assert.Equal(FileFaultCode.ReferenceSystem, report.Fault?.Code);
        Assert.Contains("32632", report.Fault!.Fix, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pair_whose_first_number_is_no_latitude_begins_with_the_longitude()
        => Assert.Equal("POINT(120.5 45)", (await ReadAsync("geopoint", "\"120.5,45\"")).Place);

    private async Task<(ImportReport Report, string? Place)> ReadAsync(string header, string row)
    {
        var separator = header.FirstOrDefault(letter => letter is ',' or ';' or '|', ',');
        var text = $"code{separator}kind{separator}name{separator}{header}\nA{separator}greenfield{separator}x{separator}{row}\n";
        await using var database = await MigratedDatabase.CreateAsync(cluster);
        var report = await database.Database.RunAsync(Imports.Request("sites", Imports.File("x.csv", Encoding.UTF8.GetBytes(text))));
        return (report, report.IsStored ? await database.ScalarAsync<string>("SELECT ST_AsText(geom) FROM geooffer.site") : null);
    }
}
