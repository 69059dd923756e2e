using System.Globalization;
using System.Text;
using GeoOffer.PostGis.Tiles;
using GeoOffer.Testing;
using NetTopologySuite.Geometries;

namespace GeoOffer.PostGis.Tests;

/// <summary>Tiles with more features than anybody could draw.</summary>
public sealed class TileThinningTests
{
    private static readonly TileFrame Frame = new(new TileAddress(8, 134, 91));
    private static readonly TileBudget Budget = new(60_000, 3_000);
    private static readonly TileProperty[] Properties = [new("kind", true), new("remark", false)];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void The_order_of_the_features_does_not_matter(int seed)
    {
        var features = Draw(20_000, seed);
        var tile = Tile(features);
        features.Reverse();
        Assert.Equal(tile, Tile(features));
        new Random(seed).Shuffle(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(features));
        Assert.Equal(tile, Tile(features));
    }

    [Theory]
    [InlineData(100)]
    [InlineData(1_000)]
    [InlineData(4_000)]
    [InlineData(30_000)]
    public void A_tile_keeps_its_budget_and_loses_no_feature_from_sight(int count)
    {
        var features = Draw(count, 7);
        var bytes = Tile(features);
        Assert.InRange(bytes.Length, 1, Budget.Bytes * 1.1);
        var tile = DecodedTile.Read(bytes);
        Assert.InRange(tile.Features.Count, 1, Budget.Features);

        // Features in the middle of the tile are told by one tile only, each once.
        Assert.Equal(count, tile.Features.Sum(feature => (long)feature.Properties.GetValueOrDefault(TileLayer.CountName, 1L)));
        var drawn = tile.Features.Select(feature => feature.Kind == 3 ? feature.ToAreas().EnvelopeInternal : new Envelope(new Coordinate(feature.Parts[0][0].X, feature.Parts[0][0].Y))).ToList();
        var index = new NetTopologySuite.Index.Strtree.STRtree<Envelope>();
        drawn.ForEach(box => index.Insert(box, box));
        var side = Side(tile);
        Assert.All(features, feature =>
        {
            var around = new Envelope(new Coordinate(Frame.X(feature.Place.X), Frame.Y(feature.Place.Y)));
            around.ExpandBy(side + 8);
            Assert.NotEmpty(index.Query(around));
        });
    }

    [Fact]
    public void Properties_that_are_not_essential_go_before_any_feature_is_merged()
    {
        var all = DecodedTile.Read(Tile(Draw(100, 3))).Features;
        Assert.All(all, feature => Assert.True(feature.Properties.ContainsKey("remark") && feature.Properties.ContainsKey("kind")));
        var few = DecodedTile.Read(Tile(Draw(1_000, 3))).Features;
        Assert.Equal(1_000, few.Count);
        Assert.All(few, feature => Assert.True(!feature.Properties.ContainsKey("remark") && feature.Properties.ContainsKey("kind")));
        var merged = DecodedTile.Read(Tile(Draw(30_000, 3))).Features;
        Assert.Contains(merged, feature => feature.Properties.ContainsKey(TileLayer.CountName));
    }

    [Fact]
    public void Large_features_stay_themselves_among_many_small_ones()
    {
        var features = Draw(30_000, 5);
        var corners = new Coordinate[] { At(500, 500), At(3500, 500), At(3500, 3500), At(500, 500) };
        features.Insert(15_000, ("large", new Polygon(new LinearRing(corners)) { SRID = 4326 }, At(2500, 1500)));
        var large = Assert.Single(DecodedTile.Read(Tile(features)).Features, feature => "large".Equals(feature.Properties["code"]));
        Assert.Equal("field", large.Properties["kind"]);
        Assert.InRange(large.ToAreas().Area, 4_497_000, 4_503_000);
    }

    private static double Side(DecodedTile tile) =>
        tile.Features.Where(feature => feature.Properties.ContainsKey(TileLayer.CountName) && feature.Kind == 3)
            .Select(feature => feature.ToAreas().EnvelopeInternal.Width).DefaultIfEmpty(8).Max();

    private static List<(string Key, Geometry Geometry, Coordinate Place)> Draw(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(number =>
        {
            var (x, y, side) = (100 + (3800 * random.NextDouble()), 100 + (3800 * random.NextDouble()), 1 + (30 * Math.Pow(random.NextDouble(), 6)));
            Geometry geometry = number % 3 == 0
                ? new Point(At(x, y))
                : new Polygon(new LinearRing([At(x, y), At(x + side, y), At(x + side, y + side), At(x, y + side), At(x, y)]));
            geometry.SRID = 4326;
            return (number.ToString("D6", CultureInfo.InvariantCulture), geometry, At(x, y));
        })];
    }

    private static byte[] Tile(IEnumerable<(string Key, Geometry Geometry, Coordinate Place)> features)
    {
        var layer = new TileLayer(Frame, Properties, Budget, isExact: false);
        foreach (var (key, geometry, _) in features)
        {
            if (layer.Begin(Encoding.UTF8.GetBytes(key), Ewkb.FromGeometry(geometry).Bytes.Span))
            {
                layer.AddText(0, "field"u8);
                layer.AddText(1, Encoding.UTF8.GetBytes($"a remark on {key} that nobody needs on a map of the whole region"));
                layer.End();
            }
        }

        return layer.ToTile("layer", "code");
    }

    private static Coordinate At(double x, double y) => new(Frame.Longitude(x), Frame.Latitude(y));
}
