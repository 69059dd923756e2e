using FsCheck;
using FsCheck.Fluent;
using GeoOffer.PostGis;
using GeoOffer.Storage.Exporting.FlatGeobufs;

namespace GeoOffer.Storage.Tests.Exporting;

/// <summary>The packed Hilbert R-tree against looking at every box.</summary>
public sealed class PackedTreeTests
{
    // Few steps make for equal, touching and nested boxes.
    private static readonly Gen<double> Ordinate = Gen.OneOf(Gen.Choose(-4, 4).Select(number => (double)number), Gen.Choose(-1_000_000, 1_000_000).Select(number => number / 999.0));

    private static readonly Gen<EwkbExtent> Box =
        from x1 in Ordinate
        from y1 in Ordinate
        from x2 in Gen.OneOf(Gen.Constant(x1), Ordinate)
        from y2 in Gen.OneOf(Gen.Constant(y1), Ordinate)
        select new EwkbExtent(Math.Min(x1, x2), Math.Min(y1, y2), Math.Max(x1, x2), Math.Max(y1, y2));

    private static readonly Gen<(EwkbExtent[] Boxes, EwkbExtent[] Questions)> Case =
        from count in Gen.OneOf(Gen.Choose(1, 40), Gen.Elements(16, 17, 256, 257, 272, 1000))
        from boxes in Gen.ArrayOf(Gen.Frequency((9, Box), (1, Gen.Constant(EwkbExtent.Empty))), count)
        from questions in Gen.ArrayOf(Box, 12)
        select (boxes, questions);

    [Fact]
    public void It_finds_exactly_the_boxes_that_meet_a_box() => Prop.ForAll(Arb.From(Case), @case =>
    {
        var (boxes, questions) = @case;
        var (index, numbers) = Write(boxes);
        foreach (var question in questions)
        {
            Assert.Equal(
                Enumerable.Range(0, boxes.Length).Where(number => FlatGeobufIndex.Meet(boxes[number], question)),
                index.Search(question).Select(place => numbers[place]).Order());
        }
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(1, 2)]
    [InlineData(16, 17)]
    [InlineData(17, 20)]
    [InlineData(256, 273)]
    [InlineData(257, 277)]
    [InlineData(4097, 4374)]
    public void Nodes_are_the_least_boxes_around_their_members_level_by_level(int count, int nodes)
    {
        var random = new Random(count);
        var boxes = Enumerable.Range(0, count).Select(_ => (X: random.NextDouble(), Y: random.NextDouble()))
            .Select(corner => new EwkbExtent(corner.X, corner.Y, corner.X + (random.NextDouble() / 100), corner.Y + (random.NextDouble() / 100))).ToArray();
        var (index, numbers) = Write(boxes);
        Assert.Equal(nodes * FlatGeobufIndex.NodeLength, index.Index.Length);
        Assert.Equal((0, 1), index.Levels[^1]);
        for (var level = 1; level < index.Levels.Count; level++)
        {
            var member = index.Levels[level - 1].Start;
            for (var node = index.Levels[level].Start; node < index.Levels[level].End; node++)
            {
                var (box, leads) = index[node];
                Assert.Equal((ulong)member, leads);
                var members = Enumerable.Range(member, Math.Min(FlatGeobufIndex.NodeSize, index.Levels[level - 1].End - member)).Select(at => index[at].Box);
                Assert.Equal(members.Aggregate(EwkbExtent.Empty, (all, one) => all.With(one)), box);
                member += FlatGeobufIndex.NodeSize;
            }
        }

        var (first, end) = index.Levels[0];
        Assert.All(Enumerable.Range(first, end - first), leaf => Assert.Equal(boxes[numbers[index[leaf].Leads]], index[leaf].Box));
    }

    [Fact]
    public void Neighbours_on_the_curve_are_neighbours_in_the_plane()
    {
        // 32 by 32 squares in the lower corner, the first 1,024 steps of the curve.
        var cells = (from x in Enumerable.Range(0, 32) from y in Enumerable.Range(0, 32) select (X: x, Y: y)).OrderBy(cell => HilbertCurve.Distance((uint)cell.X, (uint)cell.Y)).ToList();
        Assert.Equal(Enumerable.Range(0, 1024).Select(step => (uint)step), cells.Select(cell => HilbertCurve.Distance((uint)cell.X, (uint)cell.Y)));
        Assert.All(cells.Zip(cells.Skip(1)), pair => Assert.Equal(1, Math.Abs(pair.First.X - pair.Second.X) + Math.Abs(pair.First.Y - pair.Second.Y)));
        Assert.Equal(uint.MaxValue, HilbertCurve.Distance(HilbertCurve.Greatest, 0));
    }

    /// <summary>The index of features of various lengths, and the number of each feature by its place.</summary>
    private static (FlatGeobufIndex Index, Dictionary<ulong, int> Numbers) Write(EwkbExtent[] boxes)
    {
        var tree = new PackedTree();
        foreach (var box in boxes)
        {
            tree.Add(box);
        }

        var order = tree.Sort(boxes.Aggregate(EwkbExtent.Empty, (all, one) => all.With(one)));
        Assert.Equal(Enumerable.Range(0, boxes.Length), order.Order());
        using var output = new MemoryStream();
        tree.WriteAsync(order, LengthOf, output, CancellationToken.None).GetAwaiter().GetResult();
        var (numbers, place) = (new Dictionary<ulong, int>(), 0);
        foreach (var number in order)
        {
            numbers.Add((ulong)place, number);
            place += LengthOf(number);
        }

        return (new FlatGeobufIndex(output.ToArray(), boxes.Length), numbers);

        static int LengthOf(int number) => 8 * (1 + (number % 7));
    }
}
