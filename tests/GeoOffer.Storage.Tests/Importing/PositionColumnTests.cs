using System.Text;
using GeoOffer.Storage.Importing;
using GeoOffer.Storage.Importing.Fields;
using GeoOffer.Storage.Importing.Rows;
using NetTopologySuite.Geometries;

namespace GeoOffer.Storage.Tests.Importing;

/// <summary>Which columns make a geometry, and how.</summary>
public sealed class PositionColumnTests
{
    private static readonly ImportContext Lombardy = new(
        new Envelope(8.4, 11.5, 44.6, 46.7), 32632, new Dictionary<string, string>(), new Dictionary<string, string>());

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
    public async Task A_point_is_made_of_the_columns_that_hold_it(string header, string row)
    {
        var draft = await ReadAsync(header, row);
        Assert.Empty(draft.Rejections);
        Assert.Equal("POINT (9.25 45.5)", draft.Geometry?.AsText());
    }

    [Theory]
    [InlineData("geopoint,nota", "\"9.25,45.5\",x", RejectionCode.AxesSwapped)]
    [InlineData("geopoint,nota", "\"45,5,9,25\",x", RejectionCode.GeometryBroken)]
    [InlineData("geopoint,nota", "Milano,x", RejectionCode.GeometryBroken)]
    [InlineData("geopoint,nota", "[45.5],x", RejectionCode.GeometryBroken)]
    [InlineData("geopoint,nota", "\"514950, 5033890\",x", RejectionCode.Projected)]
    public async Task A_pair_that_is_none_is_rejected(string header, string row, RejectionCode code)
        => Assert.Equal(code, Assert.Single((await ReadAsync(header, row)).Rejections).Code);

    [Fact]
    public async Task A_pair_whose_first_number_is_no_latitude_begins_with_the_longitude()
        => Assert.Equal("POINT (120.5 45)", (await ReadAsync("geopoint", "\"120.5,45\"")).Geometry?.AsText());

    private static async Task<RowDraft> ReadAsync(string header, string row)
    {
        var separator = header.FirstOrDefault(letter => letter is ',' or ';' or '|', ',');
        var text = $"code{separator}kind{separator}name{separator}{header}\nA{separator}greenfield{separator}x{separator}{row}\n";
        var request = Imports.Request("sites", Imports.File("x.csv", Encoding.UTF8.GetBytes(text)));
        var table = await ReadTable.OfAsync(request.File);
        using var reader = new RowReader(SiteFields.Sites, request, Lombardy);
        return reader.Read(Assert.Single(table.Rows));
    }
}
