using System.Text;
using FsCheck;
using FsCheck.Fluent;
using GeoOffer.PostGis.Tiles;
using GeoOffer.Testing;
using NetTopologySuite.Geometries;
using NetTopologySuite.IO;

namespace GeoOffer.PostGis.Tests;

/// <summary>Vector tiles from bytes, read back by a decoder of their own and held to NetTopologySuite.</summary>
public sealed class TileTests
{
    // Around Milan.
    private static readonly TileFrame Frame = new(new TileAddress(12, 2151, 1465));

    [Fact]
    public void The_grid_is_that_of_WebMercatorQuad()
    {
        var world = new TileFrame(new TileAddress(0, 0, 0));
        Assert.Equal(0, world.X(-180), 1e-9);
        Assert.Equal(4096, world.X(180), 1e-9);
        Assert.Equal(0, world.Y(TileFrame.LastLatitude), 1e-6);
        Assert.Equal(4096, world.Y(-TileFrame.LastLatitude), 1e-6);
        Assert.Equal(2048, world.Y(0), 1e-9);

        // EPSG guidance note 7-2, 1.3.3.2: 24°22'54.433"N 100°20'00"W is E -11169055.58 N 2800000.00.
        var (x, y) = (world.X(-(100 + (20 / 60.0))), world.Y(24 + (22 / 60.0) + (54.433 / 3600)));
        const double Metres = 2 * 20037508.342789244 / 4096;
        Assert.Equal(-11169055.58, (x - 2048) * Metres, 0.01);
        Assert.Equal(2800000.00, (2048 - y) * Metres, 0.01);
        Assert.Equal(9.19, Frame.Longitude(Frame.X(9.19)), 1e-12);
        Assert.Equal(45.46, Frame.Latitude(Frame.Y(45.46)), 1e-12);
    }

    [Theory]
    [InlineData(0, 0, 1)]
    [InlineData(3, 8, 0)]
    [InlineData(-1, 0, 0)]
    [InlineData(25, 0, 0)]
    [InlineData(3, -1, 0)]
    public void A_tile_outside_its_matrix_does_not_exist(int zoom, int column, int row) => Assert.False(new TileAddress(zoom, column, row).Exists);

    [Fact]
    public void Positions_are_rounded_to_the_grid_and_nothing_is_moved_further()
    {
        var factory = new GeometryFactory(new PrecisionModel(), 4326);
        var places = Gen.Choose(-60_000, 4_156_000).Select(unit => unit / 1000.0);
        Prop.ForAll(
            (from x in places from y in places select (x, y)).NonEmptyListOf().ToArbitrary(),
            points =>
            {
                var geometry = factory.CreateMultiPointFromCoords([.. points.Select(point => At(point.x, point.y))]);
                var feature = Assert.Single(Decode(geometry).Features);
                var expected = points.Select(point => (X: point.x, Y: point.y)).ToList();
                Assert.All(feature.Parts, part => Assert.Contains(expected, place => Math.Abs(place.X - part[0].X) <= 0.5001 && Math.Abs(place.Y - part[0].Y) <= 0.5001));
                Assert.All(expected, place => Assert.Contains(feature.Parts, part => Math.Abs(place.X - part[0].X) <= 0.5001 && Math.Abs(place.Y - part[0].Y) <= 0.5001));
            }).Check(Generated.Config);
    }

    [Fact]
    public void Areas_cover_what_the_geometry_covers_inside_the_buffer()
    {
        var window = new GeometryFactory().ToGeometry(new Envelope(-64, 4160, -64, 4160));
        Prop.ForAll(Stars.ToArbitrary(), star =>
        {
            var tile = Decode(InDegrees(star), isExact: true);
            var expected = star.Intersection(window);
            var drawn = Assert.Single(tile.Features).ToAreas();
            Assert.InRange(drawn.Buffer(0).SymmetricDifference(expected).Area, 0, (star.Length * 1.5) + 600);
            Assert.All(drawn.Coordinates, position => Assert.True(window.EnvelopeInternal.Contains(position)));
            Assert.All(drawn.Coordinates, position => Assert.True(Math.Min(Distance(position, star), Distance(position, window)) <= 0.72));
        }).Check(Generated.Config);

        static double Distance(Coordinate position, Geometry area) => ((Polygon)area).Boundary.Distance(new Point(position));
    }

    [Fact]
    public void Simplified_areas_stay_within_half_a_pixel()
    {
        Prop.ForAll(Stars.ToArbitrary(), star =>
        {
            var window = new GeometryFactory().ToGeometry(new Envelope(-60, 4156, -60, 4156));
            var (exact, thinned) = (Assert.Single(Decode(InDegrees(star), isExact: true).Features), Assert.Single(Decode(InDegrees(star)).Features));
            Assert.True(thinned.Parts.Sum(part => part.Length) <= exact.Parts.Sum(part => part.Length));
            var (from, to) = (exact.ToAreas().Boundary, thinned.ToAreas().Boundary);
            Assert.All(from.Coordinates, position => Assert.True(to.Distance(new Point(position)) <= 4.01));
            Assert.Subset(new HashSet<(int, int)>(exact.Parts.SelectMany(part => part)), new HashSet<(int, int)>(thinned.Parts.SelectMany(part => part)));
        }).Check(Generated.Config);
    }

    [Fact]
    public void Lines_are_cut_at_the_buffer_and_keep_their_length_inside()
    {
        var window = new GeometryFactory().ToGeometry(new Envelope(-64, 4160, -64, 4160));
        var places = Gen.Choose(-3000, 7000).Select(unit => (double)unit);
        var lines =
            from count in Gen.Choose(2, 12)
            from positions in (from x in places from y in places select new Coordinate(x, y)).ListOf(count)
            select new GeometryFactory().CreateLineString([.. positions]);
        Prop.ForAll(lines.Where(line => line.Length > 100).ToArbitrary(), line =>
        {
            var expected = line.Intersection(window);
            var tile = Tile(InDegrees(line), isExact: true);
            if (expected.Length < 1)
            {
                return;
            }

            var drawn = Assert.Single(DecodedTile.Read(tile).Features);
            Assert.Equal(2, drawn.Kind);
            Assert.All(drawn.Parts.SelectMany(part => part), position =>
            {
                Assert.True(window.EnvelopeInternal.Contains(position.X, position.Y));
                Assert.True(expected.Distance(new Point(position.X, position.Y)) <= 0.72);
            });
            var length = drawn.Parts.Sum(part => new LineString([.. part.Select(position => new Coordinate(position.X, position.Y))]).Length);
            Assert.InRange(length - line.Coordinates.Zip(line.Coordinates.Skip(1)).Sum(pair => new LineString([pair.First, pair.Second]).Intersection(window).Length), -1.5 * (1 + line.NumPoints), 1.5 * (1 + line.NumPoints));
        }).Check(Generated.Config);
    }

    [Fact]
    public void Holes_run_against_their_outer_ring_whatever_the_source_does()
    {
        var polygon = (Polygon)new WKTReader().Read(
            "POLYGON ((100 100, 2000 100, 2000 2000, 100 2000, 100 100), (300 300, 600 300, 600 600, 300 600, 300 300), (700 700, 700 700.2, 700.2 700.2, 700 700))");
        foreach (var source in new[] { polygon, polygon.Reverse() })
        {
            var feature = Assert.Single(Decode(InDegrees(source)).Features);
            Assert.Equal(2, feature.Parts.Count);
            Assert.True(DecodedFeature.TwiceArea(feature.Parts[0]) > 0);
            Assert.True(DecodedFeature.TwiceArea(feature.Parts[1]) < 0);
            Assert.Equal((1900 * 1900) - (300 * 300), feature.ToAreas().Area);
        }
    }

    [Fact]
    public void What_is_too_fine_for_the_grid_is_a_pixel_and_what_lies_elsewhere_is_nothing()
    {
        var speck = Assert.Single(Decode(InDegrees("POLYGON ((1000.1 1000.1, 1000.3 1000.1, 1000.2 1000.3, 1000.1 1000.1))")).Features);
        Assert.Equal((64.0, new Envelope(1000, 1008, 1000, 1008)), (speck.ToAreas().Area, speck.ToAreas().EnvelopeInternal));
        var loop = Assert.Single(Decode(InDegrees("LINESTRING (1000 1000, 1002 1000, 1002 1002, 1000 1000)")).Features);
        Assert.Equal((2, 1), (loop.Kind, loop.Parts.Count));
        var dash = Assert.Single(Decode(InDegrees("LINESTRING (1000.1 1000.1, 1000.3 1000.2)")).Features);
        Assert.Equal((2, 8), (dash.Kind, Math.Abs(dash.Parts[0][1].X - dash.Parts[0][0].X)));

        // Its box meets the tile, it does not.
        Assert.Empty(Tile(InDegrees("POLYGON ((-500 -500, 5000 -500, 5000 5000, 4900 5000, 4900 -400, -500 -400, -500 -500))")));
        Assert.Empty(Tile(InDegrees("POLYGON ((-900 -900, 9000 -900, 9000 9000, -900 9000, -900 -900), (-500 -500, 5000 -500, 5000 5000, -500 5000, -500 -500))")));
        Assert.Empty(Tile(InDegrees("POINT (4161 0)")));
        Assert.Empty(Tile(InDegrees("POLYGON EMPTY")));
        Assert.Empty(Tile(InDegrees("POINT EMPTY")));
    }

    [Fact]
    public void Collections_are_drawn_as_areas_lines_and_points_apart()
    {
        var tile = Decode(InDegrees("GEOMETRYCOLLECTION (POINT (5 5), LINESTRING (0 0, 50 50), GEOMETRYCOLLECTION (POLYGON ((0 0, 90 0, 90 90, 0 0))), POINT (7 7))"));
        Assert.Equal([1, 2, 3], tile.Features.Select(feature => feature.Kind).Order());
        Assert.All(tile.Features, feature => Assert.Equal("k", feature.Properties["code"]));
        Assert.Equal(2, tile.Features.Single(feature => feature.Kind == 1).Parts.Count);
    }

    [Fact]
    public void Any_geometry_whatever_makes_a_tile_that_can_be_read() => Prop.ForAll(Generated.Geometry.ToArbitrary(), geometry =>
    {
        foreach (var address in new TileAddress[] { new(0, 0, 0), new(4, 8, 5), new(18, 137_700, 93_800) })
        {
            var layer = new TileLayer(new TileFrame(address), [], TileBudget.Default, isExact: false);
            if (layer.Begin("k"u8, Ewkb.FromGeometry(geometry).Bytes.Span))
            {
                layer.End();
            }

            if (layer.ToTile("layer", "code") is { Length: > 0 } tile)
            {
                Assert.All(
                    DecodedTile.Read(tile).Features.SelectMany(feature => feature.Parts).SelectMany(part => part),
                    position => Assert.True(position.X is >= -64 and <= 4160 && position.Y is >= -64 and <= 4160));
            }
        }
    }).Check(Generated.Config);

    [Fact]
    public void Values_keep_their_types_and_ids_are_numbers_only_where_they_are_whole_numbers()
    {
        var layer = new TileLayer(Frame, [new("t", true), new("i", true), new("d", true), new("b", true)], TileBudget.Default, isExact: false);
        foreach (var key in new[] { "17", "017", "GO-1", "99999999999999999999" })
        {
            Assert.True(layer.Begin(Encoding.UTF8.GetBytes(key), Bytes(InDegrees("POINT (1 1)"))));
            layer.AddText(0, "è"u8);
            layer.AddInteger(1, long.MinValue);
            layer.AddNumber(2, -0.5);
            layer.AddBoolean(3, true);
            layer.End();
        }

        var features = DecodedTile.Read(layer.ToTile("layer", "code")).Features;
        Assert.Equal(["017", "17", "99999999999999999999", "GO-1"], features.Select(feature => feature.Properties["code"]));
        Assert.Equal([null, 17UL, null, null], features.Select(feature => feature.Id));
        Assert.All(features, feature => Assert.Equal(("è", long.MinValue, -0.5, true), (feature.Properties["t"], feature.Properties["i"], feature.Properties["d"], feature.Properties["b"])));
    }

    private static Gen<Polygon> Stars { get; } =
        from x in Gen.Choose(-500, 4600)
        from y in Gen.Choose(-500, 4600)
        from radii in Gen.Choose(700, 4000).ListOf(40)
        let count = Math.Max(radii.Count, 3)
        select new Polygon(new LinearRing([.. Enumerable.Range(0, count + 1).Select(corner =>
        {
            var (angle, radius) = (corner % count * 2 * Math.PI / count, radii[corner % count]);
            return new Coordinate(x + (radius * Math.Cos(angle)), y + (radius * Math.Sin(angle)));
        })]));

    private static Coordinate At(double x, double y) => new(Frame.Longitude(x), Frame.Latitude(y));

    private static Geometry InDegrees(string wkt) => InDegrees(new WKTReader().Read(wkt));

    private static Geometry InDegrees(Geometry units)
    {
        var geometry = units.Copy();
        geometry.Apply((Coordinate position) => (position.X, position.Y) = (Frame.Longitude(position.X), Frame.Latitude(position.Y)));
        geometry.GeometryChanged();
        geometry.SRID = 4326;
        return geometry;
    }

    private static byte[] Bytes(Geometry geometry) => Ewkb.FromGeometry(geometry).Bytes.ToArray();

    private static DecodedTile Decode(Geometry geometry, bool isExact = false) => DecodedTile.Read(Tile(geometry, isExact));

    private static byte[] Tile(Geometry geometry, bool isExact = false)
    {
        var layer = new TileLayer(Frame, [], TileBudget.Default, isExact);
        if (layer.Begin("k"u8, Bytes(geometry)))
        {
            layer.End();
        }

        return layer.ToTile("layer", "code");
    }
}

/// <summary>A coordinate filter from a function.</summary>
file static class Filters
{
    public static void Apply(this Geometry geometry, Action<Coordinate> change) => geometry.Apply(new Each(change));

    private sealed class Each(Action<Coordinate> change) : ICoordinateFilter
    {
        public void Filter(Coordinate coord) => change(coord);
    }
}
