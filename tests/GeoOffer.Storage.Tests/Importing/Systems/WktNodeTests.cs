using FsCheck;
using FsCheck.Fluent;
using GeoOffer.Storage.Importing.Systems;

namespace GeoOffer.Storage.Tests.Importing.Systems;

public sealed class WktNodeTests
{
    [Fact]
    public void Brackets_quotes_and_blanks_are_read_as_they_are_meant()
    {
        var node = WktNode.Parse(" projcs (\"a \"\"b\"\", c\" ,\n UNIT[ \"m\", 1.5e0 ], AXIS[\"N\",NORTH], AUTHORITY[\"epsg\",\"3003\"] ) ")!;
        Assert.Equal(("PROJCS", "a \"b\", c", 3003), (node.Keyword, node.Name, node.Code));
        Assert.Equal([1.5], node.Child("UNIT")!.Numbers);
        Assert.Equal("PROJCS[\"a \"\"b\"\", c\",UNIT[\"m\",1.5E0],AXIS[\"N\",NORTH],AUTHORITY[\"epsg\",\"3003\"]]", node.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("EPSG:3003")]
    [InlineData("PROJCS")]
    [InlineData("PROJCS[")]
    [InlineData("PROJCS[\"x]")]
    [InlineData("PROJCS[\"x\"]]")]
    [InlineData("PROJCS[,]")]
    [InlineData("PROJCS[\"x\",]")]
    [InlineData("\"PROJCS\"")]
    [InlineData("<html>")]
    public void What_is_no_well_known_text_is_none(string text) => Assert.Null(WktNode.Parse(text));

    [Fact]
    public void A_nesting_bomb_and_a_flood_are_none()
    {
        Assert.Null(WktNode.Parse(string.Concat(Enumerable.Repeat("A[", 30_000))));
        Assert.Null(WktNode.Parse($"A[\"{new string('x', 1 << 17)}\"]"));
    }

    [Fact]
    public void Whatever_stands_there_is_read_or_not_and_reads_the_same_again() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(2_000).WithQuietOnSuccess(true),
        Prop.ForAll(
            Gen.ArrayOf(Gen.Elements("A", "GEOGCS", "[", "]", "(", ")", ",", "\"", " ", "1", "-2.5", "e", "\"x\"", "\u00e8")).ToArbitrary(),
            pieces => WktNode.Parse(string.Concat(pieces)) is not { } node || WktNode.Parse(node.ToString())?.ToString() == node.ToString()));
}
