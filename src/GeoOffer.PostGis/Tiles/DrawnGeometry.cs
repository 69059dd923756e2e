namespace GeoOffer.PostGis.Tiles;

/// <summary>What a geometry of MVT is of; the numbers are those of the format (4.3.4).</summary>
internal enum DrawnKind
{
    Points = 1,
    Lines = 2,
    Areas = 3,
}

/// <summary>The commands of one geometry (MVT 2.1, 4.3): a pen that moves in whole units from where it is.</summary>
internal sealed class DrawnGeometry(DrawnKind kind)
{
    private const uint MoveTo = 1;
    private const uint LineTo = 2;
    private const uint ClosePath = 7;

    private readonly ProtobufBuffer _commands = new();
    private readonly List<(int X, int Y)> _points = [];
    private readonly HashSet<(int X, int Y)> _known = [];
    private int _x;
    private int _y;

    public DrawnKind Kind => kind;

    public bool IsEmpty => _commands.Length == 0 && _points.Count == 0;

    /// <summary>The commands; points are written with the first call.</summary>
    public ReadOnlySpan<byte> Commands()
    {
        if (_points.Count > 0)
        {
            Command(MoveTo, _points.Count);
            foreach (var (x, y) in _points)
            {
                Move(x, y);
            }

            _points.Clear();
        }

        return _commands.Written;
    }

    public void Clear()
    {
        _commands.Clear();
        _points.Clear();
        _known.Clear();
        (_x, _y) = (0, 0);
    }

    /// <summary>Where the pen is, to go back to.</summary>
    public (int Length, int X, int Y) Mark() => (_commands.Length, _x, _y);

    /// <summary>Takes back what was drawn since.</summary>
    public void Return((int Length, int X, int Y) mark)
    {
        _commands.Truncate(mark.Length);
        (_x, _y) = (mark.X, mark.Y);
    }

    public void AddPoint(int x, int y)
    {
        if (_known.Add((x, y)))
        {
            _points.Add((x, y));
        }
    }

    public void AddLine(ReadOnlySpan<(int X, int Y)> line)
    {
        Command(MoveTo, 1);
        Move(line[0].X, line[0].Y);
        Command(LineTo, line.Length - 1);
        foreach (var (x, y) in line[1..])
        {
            Move(x, y);
        }
    }

    /// <summary>Adds a ring without its closing position: an outer ring clockwise on the map, a hole the other way.</summary>
    public void AddRing(Span<(int X, int Y)> ring, bool isHole)
    {
        if (GridLine.TwiceArea(ring) > 0 == isHole)
        {
            ring.Reverse();
        }

        AddLine(ring);
        Command(ClosePath, 1);
    }

    private void Command(uint id, int count) => _commands.Number(((ulong)count << 3) | id);

    private void Move(int x, int y)
    {
        _commands.Number(ProtobufBuffer.ZigZag(x - _x));
        _commands.Number(ProtobufBuffer.ZigZag(y - _y));
        (_x, _y) = (x, y);
    }
}
