using GeoOffer.Query.Crs;

namespace GeoOffer.Query.Tests.Crs;

public sealed class ReferenceSystemNamesTests
{
    [Theory]
    [InlineData("EPSG:25832", 25832)]
    [InlineData("epsg:4326", 4326)]
    [InlineData("urn:ogc:def:crs:EPSG::3003", 3003)]
    [InlineData("http://www.opengis.net/def/crs/EPSG/0/3857", 3857)]
    [InlineData("EPSG:99999", null)]
    [InlineData("EPSG:", null)]
    [InlineData("EPSG:-1", null)]
    [InlineData("EPSG: 4326", null)]
    [InlineData("4326", null)]
    [InlineData("", null)]
    public void A_system_is_found_by_its_code(string name, int? srid) => Assert.Equal(srid, ReferenceSystemNames.Find(name)?.Srid);

    [Theory]
    [InlineData("CRS84")]
    [InlineData("OGC:CRS84")]
    [InlineData("urn:ogc:def:crs:OGC:1.3:CRS84")]
    [InlineData("http://www.opengis.net/def/crs/OGC/1.3/CRS84")]
    public void CRS84_is_no_EPSG_code(string name) => Assert.Same(CoordinateSystems.Crs84, ReferenceSystemNames.Find(name));

    [Fact]
    public void Every_system_known_has_both_definitions()
    {
        foreach (var system in CoordinateSystems.Known)
        {
            Assert.Contains($"""AUTHORITY["EPSG","{system.Srid}"]]""", PublishedWellKnownText.Ogc(system.Srid), StringComparison.Ordinal);
            Assert.DoesNotContain("AUTHORITY", PublishedWellKnownText.Esri(system.Srid), StringComparison.Ordinal);
        }
    }
}
