using GeoOffer.Storage.Importing.Reading.Shapefiles;
using NetTopologySuite.Geometries;
using NetTopologySuite.Operation.Valid;

namespace GeoOffer.Storage.Tests.Importing.Formats;

public sealed class RingAssemblyTests
{
    private static readonly GeometryFactory Factory = new();

    [Theory]
    [InlineData(5, 0)]
    [InlineData(40, 0)]
    [InlineData(400, 0)]
    [InlineData(40, 300)]
    [InlineData(400, 300)]
    public void Rings_become_the_polygons_that_they_were_taken_from(int rings, int positionsBetween)
    {
        for (var seed = 0; seed < 20; seed++)
        {
            var random = new Random(seed);
            var drawn = new List<(LinearRing Ring, int Depth)>();
            Draw(random, drawn, rings, new Envelope(0, 1_000_000, 0, 1_000_000), depth: 0, positionsBetween);
            var expected = drawn.Sum(ring => (ring.Depth % 2 == 0 ? 1 : -1) * Factory.CreatePolygon(ring.Ring).Area);

            var shuffled = drawn.Select(ring => random.Next(2) == 0 ? ring.Ring : (LinearRing)ring.Ring.Reverse()).ToArray();
            random.Shuffle(shuffled);
            var assembled = RingAssembly.Assemble(Factory, shuffled, out _);

            Assert.NotNull(assembled);
            Assert.True(IsValidOp.CheckValid(assembled));
            Assert.Equal(drawn.Count(ring => ring.Depth % 2 == 0), assembled.NumGeometries);
            Assert.Equal(expected, assembled.Area, expected * 1e-12);
        }
    }

    [Theory]
    [InlineData("POLYGON ((0 0, 0 9, 9 9, 9 0, 0 0), (0 0, 4 4, 4 0, 0 0))", 73)]
    [InlineData("POLYGON ((0 0, 0 8, 8 8, 8 0, 0 0), (0 4, 4 8, 8 4, 4 0, 0 4))", 32)]
    [InlineData("MULTIPOLYGON (((0 0, 0 4, 4 4, 4 0, 0 0)), ((4 0, 4 4, 6 4, 6 0, 4 0)))", 24)]
    [InlineData("MULTIPOLYGON (((0 0, 9 0, 9 9, 5 9, 5 1, 4 1, 4 9, 0 9, 0 0)), ((4 5, 5 5, 5 6, 4 6, 4 5)))", 74)]
    public void Rings_that_touch_are_told_apart(string wkt, double area)
    {
        var drawn = new NetTopologySuite.IO.WKTReader().Read(wkt);
        var rings = Enumerable.Range(0, drawn.NumGeometries).Select(i => (Polygon)drawn.GetGeometryN(i)).SelectMany(p => p.InteriorRings.Prepend(p.ExteriorRing));
        var assembled = RingAssembly.Assemble(Factory, [.. rings.Cast<LinearRing>()], out _);
        Assert.Equal((area, drawn.NumGeometries), (assembled!.Area, assembled.NumGeometries));
    }

    [Fact]
    public void A_ring_that_is_there_twice_is_no_hole_of_itself()
    {
        var ring = Factory.CreateLinearRing([new(0, 0), new(0, 1), new(1, 1), new(0, 0)]);
        Assert.Equal(2, RingAssembly.Assemble(Factory, [ring, ring], out _)!.NumGeometries);
    }

    [Fact]
    public void Rings_nested_without_end_are_given_up_on()
    {
        LinearRing[] Nested(int count) => [.. Enumerable.Range(1, count).Select(i => Square(-i, -i, i, i, 0))];
        Assert.Equal(500, RingAssembly.Assemble(Factory, Nested(1_000), out _)!.NumGeometries);
        Assert.Null(RingAssembly.Assemble(Factory, Nested(20_000), out _));
    }

    /// <summary>Rings in a grid of cells, and in some of these again, so that none touches another.</summary>
    private static void Draw(Random random, List<(LinearRing, int)> drawn, int rings, Envelope box, int depth, int positionsBetween)
    {
        var cells = random.Next(1, 4);
        for (var i = 0; i < cells * cells && drawn.Count < rings; i++)
        {
            var (width, height) = (box.Width / cells, box.Height / cells);
            var (left, bottom) = (box.MinX + (i % cells * width), box.MinY + (i / cells * height));
            var inner = new Envelope(left + (width * 0.1), left + (width * 0.9), bottom + (height * 0.1), bottom + (height * 0.9));
            drawn.Add((Square(inner.MinX, inner.MinY, inner.MaxX, inner.MaxY, positionsBetween), depth));
            if (depth < 8 && random.Next(3) > 0)
            {
                Draw(random, drawn, rings, inner, depth + 1, positionsBetween);
            }
        }
    }

    private static LinearRing Square(double left, double bottom, double right, double top, int positionsBetween)
    {
        Coordinate[] between = [.. Enumerable.Range(1, positionsBetween).Select(i => new Coordinate(left + ((right - left) * i / (positionsBetween + 1)), bottom))];
        return Factory.CreateLinearRing([new(left, bottom), .. between, new(right, bottom), new(right, top), new(left, top), new(left, bottom)]);
    }
}
