using GeoOffer.Query.Catalogue;
using GeoOffer.Query.Crs;
using GeoOffer.Query.Filters;
using static GeoOffer.Query.Tests.Sample;

namespace GeoOffer.Query.Tests.Filters;

public sealed class ParameterReaderTests
{
    public static TheoryData<string, string, Filter> Equalities => new()
    {
        { "kind", "brownfield", Equal("kind", Literal.Of("brownfield")) },
        { "area_ha", "41.2", Equal("area_ha", Literal.Of(41.2)) },
        { "owner_count", "3", Equal("owner_count", Literal.Of(3)) },
        { "is_served", "false", Equal("is_served", Literal.Of(false)) },
        { "verified_on", "2023-01-31", Equal("verified_on", Literal.Of(new DateOnly(2023, 1, 31))) },
        { "name", "L'Aquila; --", Equal("name", Literal.Of("L'Aquila; --")) },
        { "functions", "offices", new ArrayRelation(ArrayOperator.Contains, Reference("functions"), Literal.Of(["offices"])) },
    };

    [Theory]
    [MemberData(nameof(Equalities), DisableDiscoveryEnumeration = true)]
    public void A_parameter_asks_for_equality(string name, string raw, Filter expected) =>
        Assert.Equal(expected, PropertyEquality.Read(Open, name, raw).Value);

    [Theory]
    [InlineData("kind", "Brownfield", "one of greenfield, brownfield, unknown")]
    [InlineData("area_ha", "41,2", "a number")]
    [InlineData("owner_count", "", "a whole number")]
    [InlineData("verified_on", "31/01/2023", "a date (YYYY-MM-DD)")]
    [InlineData("functions", "casino", "one of industrial, offices, logistics")]
    [InlineData("name", "a\0", "a text without the character NUL")]
    public void A_value_that_does_not_fit_is_an_error_of_its_parameter(string name, string raw, string expected)
    {
        var error = Assert.Single(PropertyEquality.Read(Open, name, raw).Errors);

        Assert.Equal((name, name, expected), (error.Path, error.Property, error.Expected));
    }

    [Theory]
    [InlineData("contact")]
    [InlineData("geometry")]
    [InlineData("AREA_HA")]
    public void A_name_that_is_no_visible_property_is_an_error(string name) =>
        Assert.StartsWith("a property of sites: ", Assert.Single(PropertyEquality.Read(Sites.VisibleTo(Role.Public), name, "x").Errors).Expected);

    [Theory]
    [InlineData("8.5,44.7,11.4,46.6", 8.5, 44.7, 11.4, 46.6)]
    [InlineData("8.5,44.7,0,11.4,46.6,3000", 8.5, 44.7, 11.4, 46.6)]
    [InlineData("9,45,9,45", 9, 45, 9, 45)]
    [InlineData("9,45,9,46", 9, 45, 9, 46)]
    [InlineData("170,-10,-170,10", 170, -10, -170, 10)]
    [InlineData("-180,-90,180,90", -180, -90, 180, 90)]
    public void A_box_is_four_or_six_numbers(string raw, double west, double south, double east, double north) =>
        Assert.Equal(new BoundingBox(west, south, east, north), BboxReader.Read(raw).Value);

    [Fact]
    public void A_box_is_read_in_the_axis_order_of_its_system()
    {
        Assert.Equal(new BoundingBox(8.5, 44.7, 11.4, 46.6), BboxReader.Read("44.7,8.5,46.6,11.4", CoordinateSystems.Get(4326)).Value);
        Assert.Equal(
            new BoundingBox(500_000, 5_000_000, 600_000, 5_100_000, 6707),
            BboxReader.Read("5000000,500000,5100000,600000", CoordinateSystems.Get(6707)).Value);
        Assert.Equal(
            new BoundingBox(500_000, 5_000_000, 600_000, 5_100_000, 32632),
            BboxReader.Read("500000,5000000,600000,5100000", CoordinateSystems.Get(32632)).Value);
    }

    [Theory]
    [InlineData("", "4 or 6 numbers, separated by commas")]
    [InlineData("8.5,44.7,11.4", "4 or 6 numbers, separated by commas")]
    [InlineData("8.5,44.7,11.4,46.6,1", "4 or 6 numbers, separated by commas")]
    [InlineData("8.5,44.7,11.4,north", "4 or 6 numbers, separated by commas")]
    [InlineData("8.5,44.7,11.4,NaN", "4 or 6 numbers, separated by commas")]
    [InlineData("8.5,44.7,11.4,1e999", "4 or 6 numbers, separated by commas")]
    [InlineData("8.5,46.6,11.4,44.7", "a south edge that is not north of the north edge")]
    [InlineData("8.5,44.7,10,11.4,46.6,0", "a lower height that is not above the upper")]
    [InlineData("8.5,44.7,200,46.6", "coordinates inside WGS 84 longitude-latitude: x -180 to 180, y -90 to 90")]
    [InlineData("500000,5000000,600000,5100000", "coordinates inside WGS 84 longitude-latitude: x -180 to 180, y -90 to 90")]
    public void Anything_else_is_an_error(string raw, string expected) =>
        Assert.Equal(expected, Assert.Single(BboxReader.Read(raw).Errors).Expected);

    [Fact]
    public void Only_degrees_go_round_the_world() => Assert.Equal(
        "a west edge that is not east of the east edge",
        Assert.Single(BboxReader.Read("600000,5000000,500000,5100000", CoordinateSystems.Get(32632)).Errors).Expected);
}
