namespace GeoOffer.PostGis.Tiles;

/// <summary>
/// Positions on the grid of a tile: rounded, without repetitions, and thinned by Douglas and Peucker. What stays is where it was; only
/// what lies within the tolerance of what stays is dropped.
/// </summary>
internal sealed class GridLine
{
    private (int X, int Y)[] _positions = new (int X, int Y)[256];
    private bool[] _kept = new bool[256];
    private readonly Stack<(int First, int Last)> _open = new();
    private int _count;

    public Span<(int X, int Y)> Positions => _positions.AsSpan(0, _count);

    /// <summary>Takes a line; a single position where no more is left.</summary>
    /// <param name="path">The line.</param>
    /// <param name="tolerance">Units; nothing is dropped at 0 but repetitions.</param>
    public void TakeLine(ReadOnlySpan<(double X, double Y)> path, double tolerance)
    {
        Round(path);
        if (tolerance > 0 && _count > 2)
        {
            Begin();
            Thin(0, _count - 1, tolerance * tolerance);
            Drop();
        }

        // A line that ends where it starts, near enough all the way.
        if (_count == 2 && _positions[0] == _positions[1])
        {
            _count = 1;
        }
    }

    /// <summary>Takes a ring, which is left without its closing position; empty where no area is left.</summary>
    public void TakeRing(ReadOnlySpan<(double X, double Y)> path, double tolerance)
    {
        Round(path);
        while (_count > 1 && _positions[_count - 1] == _positions[0])
        {
            _count--;
        }

        if (tolerance > 0 && _count > 4)
        {
            // Two fixed ends make two lines of the ring: its first position, and the one that is farthest from it.
            var farthest = Farthest();
            Add(_positions[0]);
            Begin();
            _kept[farthest] = true;
            Thin(0, farthest, tolerance * tolerance);
            Thin(farthest, _count - 1, tolerance * tolerance);
            _kept[_count - 1] = false;
            Drop();
        }

        if (_count < 3 || TwiceArea(Positions) == 0)
        {
            _count = 0;
        }
    }

    /// <summary>Twice the signed area; positive where the ring runs clockwise on the map, since y grows to the south.</summary>
    public static long TwiceArea(ReadOnlySpan<(int X, int Y)> ring)
    {
        long sum = 0;
        var (x, y) = ring[^1];
        foreach (var (nextX, nextY) in ring)
        {
            sum += ((long)x * nextY) - ((long)nextX * y);
            (x, y) = (nextX, nextY);
        }

        return sum;
    }

    private void Round(ReadOnlySpan<(double X, double Y)> path)
    {
        _count = 0;
        foreach (var (x, y) in path)
        {
            var position = ((int)Math.Round(x), (int)Math.Round(y));
            if (_count == 0 || _positions[_count - 1] != position)
            {
                Add(position);
            }
        }
    }

    private void Add((int X, int Y) position)
    {
        if (_count == _positions.Length)
        {
            Array.Resize(ref _positions, 2 * _count);
        }

        _positions[_count++] = position;
    }

    private int Farthest()
    {
        var (farthest, most) = (0, -1L);
        for (var index = 1; index < _count; index++)
        {
            var (dx, dy) = ((long)_positions[index].X - _positions[0].X, (long)_positions[index].Y - _positions[0].Y);
            var distance = (dx * dx) + (dy * dy);
            (farthest, most) = distance > most ? (index, distance) : (farthest, most);
        }

        return farthest;
    }

    private void Begin()
    {
        if (_kept.Length < _count)
        {
            _kept = new bool[_positions.Length];
        }

        Array.Clear(_kept, 0, _count);
        _kept[0] = _kept[_count - 1] = true;
    }

    private void Thin(int first, int last, double squaredTolerance)
    {
        _open.Push((first, last));
        while (_open.TryPop(out var part))
        {
            var (farthest, most) = (0, squaredTolerance);
            for (var index = part.First + 1; index < part.Last; index++)
            {
                var distance = SquaredDistance(_positions[index], _positions[part.First], _positions[part.Last]);
                (farthest, most) = distance > most ? (index, distance) : (farthest, most);
            }

            if (farthest > 0)
            {
                _kept[farthest] = true;
                _open.Push((part.First, farthest));
                _open.Push((farthest, part.Last));
            }
        }
    }

    private void Drop()
    {
        var kept = 0;
        for (var index = 0; index < _count; index++)
        {
            if (_kept[index])
            {
                _positions[kept++] = _positions[index];
            }
        }

        _count = kept;
    }

    private static double SquaredDistance((int X, int Y) position, (int X, int Y) start, (int X, int Y) end)
    {
        double dx = end.X - start.X, dy = end.Y - start.Y, px = position.X - start.X, py = position.Y - start.Y;
        var squaredLength = (dx * dx) + (dy * dy);
        var share = squaredLength == 0 ? 0 : Math.Clamp(((px * dx) + (py * dy)) / squaredLength, 0, 1);
        var (offX, offY) = (px - (share * dx), py - (share * dy));
        return (offX * offX) + (offY * offY);
    }
}
