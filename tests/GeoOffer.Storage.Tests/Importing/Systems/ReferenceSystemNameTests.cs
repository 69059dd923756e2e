using GeoOffer.Storage.Importing.Systems;

namespace GeoOffer.Storage.Tests.Importing.Systems;

public sealed class ReferenceSystemNameTests
{
    [Theory]
    [InlineData("EPSG:3857", 3857)]
    [InlineData(" epsg:25832 ", 25832)]
    [InlineData("EPSG::3035", 3035)]
    [InlineData("urn:ogc:def:crs:EPSG::3035", 3035)]
    [InlineData("urn:ogc:def:crs:EPSG:6.9:3003", 3003)]
    [InlineData("urn:x-ogc:def:crs:EPSG:4326", null)]
    [InlineData("urn:x-ogc:def:crs:EPSG::4326", 4326)]
    [InlineData("http://www.opengis.net/def/crs/EPSG/0/7791", 7791)]
    [InlineData("https://www.opengis.net/def/crs/EPSG/9.9.1/7791", 7791)]
    [InlineData("http://www.opengis.net/gml/srs/epsg.xml#32632", 32632)]
    [InlineData("urn:ogc:def:crs:OGC:1.3:CRS84", 4326)]
    [InlineData("urn:ogc:def:crs:OGC::CRS84", 4326)]
    [InlineData("http://www.opengis.net/def/crs/OGC/1.3/CRS84", 4326)]
    [InlineData("OGC:CRS84", 4326)]
    [InlineData("CRS84", 4326)]
    [InlineData("WGS 84", 4326)]
    [InlineData("", null)]
    [InlineData("EPSG:", null)]
    [InlineData("EPSG:0", null)]
    [InlineData("EPSG:99999999999", null)]
    [InlineData("EPSG:32632; DROP TABLE site", null)]
    [InlineData("urn:ogc:def:crs:ESRI::102092", null)]
    [InlineData("urn:ogc:def:crs:OGC:1.3:CRS83", null)]
    [InlineData("British Coordinate Systems", null)]
    public void A_name_states_a_code_or_none(string name, int? code) => Assert.Equal(code, ReferenceSystemName.Code(name));

    [Fact]
    public void A_name_that_is_no_name_states_none()
    {
        Assert.Null(ReferenceSystemName.Code(null));
        Assert.Null(ReferenceSystemName.Code(new string('9', 1_000_000)));
    }
}
