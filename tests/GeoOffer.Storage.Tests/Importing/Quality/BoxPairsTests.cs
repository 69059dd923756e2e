using FsCheck;
using FsCheck.Fluent;
using GeoOffer.Storage.Importing.Publishing;
using NetTopologySuite.Geometries;

namespace GeoOffer.Storage.Tests.Importing.Quality;

public sealed class BoxPairsTests
{
    [Fact]
    public void The_index_finds_the_pairs_that_looking_at_all_of_them_finds() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(500).WithQuietOnSuccess(true),
        Prop.ForAll(Boxes().ToArbitrary(), boxes =>
        {
            var expected =
                from one in boxes
                from other in boxes
                where one.Row > other.Row && Shared(one, other) > 0.01 * Math.Min(one.Area, other.Area)
                select (one.Row, other.Row);
            return BoxPairs.Find(boxes, 0.01, CancellationToken.None).Order().SequenceEqual(expected.Order());
        }));

    [Fact]
    public void Of_a_heap_no_more_pairs_are_made_than_can_be_looked_at()
    {
        var heap = Enumerable.Range(0, 20_000).Select(row => new AreaBox(row, new Envelope(0, 1, 0, 1), 1)).ToList();
        Assert.InRange(BoxPairs.Find(heap, 0.01, CancellationToken.None).Count, BoxPairs.MostPairs, BoxPairs.MostPairs + heap.Count);
    }

    private static double Shared(AreaBox one, AreaBox other) =>
        Math.Max(0, Math.Min(one.Box.MaxX, other.Box.MaxX) - Math.Max(one.Box.MinX, other.Box.MinX))
        * Math.Max(0, Math.Min(one.Box.MaxY, other.Box.MaxY) - Math.Max(one.Box.MinY, other.Box.MinY));

    private static Gen<List<AreaBox>> Boxes() =>
        from boxes in Gen.ListOf(
            from x in Gen.Choose(0, 40)
            from y in Gen.Choose(0, 40)
            from width in Gen.Choose(1, 12)
            from height in Gen.Choose(1, 12)
            from filled in Gen.Choose(1, 100)
            select (x, y, width, height, filled))
        select boxes.Take(60).Select((box, row) => new AreaBox(
            row, new Envelope(box.x, box.x + box.width, box.y, box.y + box.height), box.width * box.height * box.filled / 100.0)).ToList();
}
