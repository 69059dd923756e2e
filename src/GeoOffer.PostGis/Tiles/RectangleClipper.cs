namespace GeoOffer.PostGis.Tiles;

/// <summary>
/// Cuts rings and lines at the edges of a tile with its buffer. A ring that leaves the rectangle several times stays one ring, which then
/// runs along the edge (Sutherland and Hodgman); the edge lies in the buffer, where nobody sees it.
/// </summary>
internal sealed class RectangleClipper
{
    private const double Low = -TileFrame.Buffer;
    private const double High = TileFrame.Extent + TileFrame.Buffer;

    private TilePath _from = new();
    private TilePath _to = new();

    /// <summary>The part of a closed ring that lies inside, closed by its first position; empty where there is none. Valid until the next call.</summary>
    public ReadOnlySpan<(double X, double Y)> CutRing(ReadOnlySpan<(double X, double Y)> ring)
    {
        _from.Clear();
        foreach (var (x, y) in ring)
        {
            _from.Add(x, y);
        }

        for (var edge = 0; edge < 4 && _from.Count > 0; edge++)
        {
            CutAt(edge);
            (_from, _to) = (_to, _from);
        }

        return _from.Positions;
    }

    /// <summary>Shortens a segment to its part inside (Liang and Barsky); false where there is none.</summary>
    public static bool CutSegment(ref (double X, double Y) start, ref (double X, double Y) end)
    {
        var (first, last) = (0.0, 1.0);
        var (x, y, dx, dy) = (start.X, start.Y, end.X - start.X, end.Y - start.Y);
        if (!Narrow(-dx, x - Low) || !Narrow(dx, High - x) || !Narrow(-dy, y - Low) || !Narrow(dy, High - y))
        {
            return false;
        }

        end = last < 1 ? (x + (last * dx), y + (last * dy)) : end;
        start = first > 0 ? (x + (first * dx), y + (first * dy)) : start;
        return true;

        bool Narrow(double towards, double distance)
        {
            if (towards == 0)
            {
                return distance >= 0;
            }

            var at = distance / towards;
            if (towards < 0)
            {
                first = Math.Max(first, at);
            }
            else
            {
                last = Math.Min(last, at);
            }

            return first <= last;
        }
    }

    /// <summary>Whether a position lies inside or on the edge.</summary>
    public static bool Contains(double x, double y) => x is >= Low and <= High && y is >= Low and <= High;

    private void CutAt(int edge)
    {
        _to.Clear();
        var positions = _from.Positions;
        var previous = positions[^1];
        var before = Depth(previous, edge);
        foreach (var position in positions)
        {
            var depth = Depth(position, edge);
            if ((depth >= 0) != (before >= 0))
            {
                var share = before / (before - depth);
                _to.Add(previous.X + (share * (position.X - previous.X)), previous.Y + (share * (position.Y - previous.Y)));
            }

            if (depth >= 0)
            {
                _to.Add(position.X, position.Y);
            }

            (previous, before) = (position, depth);
        }
    }

    /// <summary>How far inside of an edge a position lies.</summary>
    private static double Depth((double X, double Y) position, int edge) => edge switch
    {
        0 => position.X - Low,
        1 => High - position.X,
        2 => position.Y - Low,
        _ => High - position.Y,
    };
}
