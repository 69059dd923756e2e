using NetTopologySuite.Geometries;
using NetTopologySuite.Index;
using NetTopologySuite.Index.HPRtree;

namespace GeoOffer.Storage.Importing.Publishing;

/// <summary>The box of an area.</summary>
/// <param name="Row">The number of its row.</param>
/// <param name="Box">The box, in whatever unit.</param>
/// <param name="Area">The area in it, in squares of that unit.</param>
internal readonly record struct AreaBox(long Row, Envelope Box, double Area);

/// <summary>
/// Finds areas that may share some of each other by their boxes, with a packed index in memory: where areas lie beside each other, as sites
/// do, that is many times as quick as a search for each in an index of the database.
/// </summary>
internal static class BoxPairs
{
    /// <summary>The most pairs that are looked for.</summary>
    public const int MostPairs = 1_000_000;

    /// <summary>Pairs of rows, the later first.</summary>
    /// <param name="boxes">The boxes.</param>
    /// <param name="leastShare">The least part of the smaller area that is of interest.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static IReadOnlyList<(long Later, long Earlier)> Find(IReadOnlyList<AreaBox> boxes, double leastShare, CancellationToken cancellationToken)
    {
        var index = new HPRtree<AreaBox>();
        foreach (var box in boxes)
        {
            index.Insert(box.Box, box);
        }

        var pairs = new List<(long, long)>();
        foreach (var box in boxes)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (pairs.Count >= MostPairs)
            {
                break;
            }

            index.Query(box.Box, new Visitor(other =>
            {
                if (other.Row < box.Row && box.Box.Intersection(other.Box).Area > leastShare * Math.Min(box.Area, other.Area))
                {
                    pairs.Add((box.Row, other.Row));
                }
            }));
        }

        return pairs;
    }

    private sealed class Visitor(Action<AreaBox> visit) : IItemVisitor<AreaBox>
    {
        public void VisitItem(AreaBox item) => visit(item);
    }
}
