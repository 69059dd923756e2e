using NetTopologySuite.Geometries;

namespace GeoOffer.PostGis.Tiles;

/// <summary>
/// Draws geometries in longitude and latitude on the grid of a tile, from their bytes: cut at the buffer, rounded, and at all zooms but the
/// deepest thinned by half a pixel. A collection is drawn as its points, its lines and its areas apart.
/// </summary>
internal sealed class TileDrawing
{
    private const double HalfPixel = TileFrame.Pixel / 2.0;

    private readonly TileFrame _frame;
    private readonly double _tolerance;
    private readonly EwkbExtent _box;
    private readonly RectangleClipper _clipper = new();
    private readonly GridLine _line = new();
    private readonly TilePath _path = new();
    private readonly DrawnGeometry _points = new(DrawnKind.Points);
    private readonly DrawnGeometry _lines = new(DrawnKind.Lines);
    private readonly DrawnGeometry _areas = new(DrawnKind.Areas);
    private readonly DrawnGeometry[] _kinds;
    private (DrawnKind Kind, double X, double Y)? _remnant;

    /// <summary>A pen for a tile.</summary>
    /// <param name="frame">The grid.</param>
    /// <param name="isExact">Whether every vertex stays that is not where the last one is.</param>
    public TileDrawing(TileFrame frame, bool isExact)
    {
        _frame = frame;
        _kinds = [_areas, _lines, _points];
        _tolerance = isExact ? 0 : HalfPixel;

        // A little more than the buffer: what is left out here by degrees must be outside by units too.
        var (slackX, slackY) = ((frame.Box.MaxX - frame.Box.MinX) / 1000, (frame.Box.MaxY - frame.Box.MinY) / 1000);
        _box = new EwkbExtent(frame.Box.MinX - slackX, frame.Box.MinY - slackY, frame.Box.MaxX + slackX, frame.Box.MaxY + slackY);
    }

    /// <summary>What was drawn, without what is empty.</summary>
    public IEnumerable<DrawnGeometry> Drawn => _kinds.Where(drawn => !drawn.IsEmpty);

    /// <summary>
    /// Draws one geometry; what was drawn before is gone. Where all of it is too fine for the grid a pixel is drawn, since there is something.
    /// </summary>
    /// <exception cref="EwkbException">The bytes are no simple feature.</exception>
    public void Draw(ReadOnlySpan<byte> ewkb)
    {
        _points.Clear();
        _lines.Clear();
        _areas.Clear();
        _remnant = null;
        var cursor = new EwkbCursor(ewkb);
        Draw(ref cursor);
        if (_remnant is var (kind, x, y) && _points.IsEmpty && _lines.IsEmpty && _areas.IsEmpty)
        {
            DrawCell(kind == DrawnKind.Lines ? _lines : _areas, (int)Math.Floor(x / TileFrame.Pixel), (int)Math.Floor(y / TileFrame.Pixel), TileFrame.Pixel);
        }
    }

    /// <summary>Draws a cell of a square grid: an area as the cell, a line as one across it.</summary>
    public static void DrawCell(DrawnGeometry target, int column, int row, int side)
    {
        var (west, north) = (column * side, row * side);
        var middle = north + (side / 2);
        if (target.Kind == DrawnKind.Lines)
        {
            target.AddLine([(west, middle), (west + side, middle)]);
        }
        else
        {
            target.AddRing([(west, north), (west + side, north), (west + side, north + side), (west, north + side)], isHole: false);
        }
    }

    private void Draw(ref EwkbCursor cursor)
    {
        var header = cursor.ReadHeader();
        switch (header.Type)
        {
            case OgcGeometryType.Point:
                DrawPoint(cursor.ReadPoint(header));
                break;
            case OgcGeometryType.LineString:
                DrawLine(cursor.ReadPositions(header));
                break;
            case OgcGeometryType.Polygon:
                DrawPolygon(ref cursor, header);
                break;
            default:
                for (var members = cursor.ReadMemberCount(); members > 0; members--)
                {
                    Draw(ref cursor);
                }

                break;
        }
    }

    private void DrawPolygon(ref EwkbCursor cursor, EwkbHeader header)
    {
        var before = _areas.Mark();
        var (area, hasHole) = (0L, false);
        for (var (ring, rings) = (0, cursor.ReadRingCount()); ring < rings; ring++)
        {
            var positions = cursor.ReadPositions(header);
            if (ring == 0 || area > 0)
            {
                var drawn = DrawRing(positions, isHole: ring > 0);
                area += ring == 0 ? drawn : -drawn;
                hasHole |= ring > 0 && drawn > 0;
            }
        }

        // The tile may lie in a hole altogether.
        if (hasHole && area <= 0)
        {
            _areas.Return(before);
        }
    }

    private void DrawPoint(EwkbPositions point)
    {
        if (point.Count == 0)
        {
            return;
        }

        var (x, y) = (_frame.X(point.X(0)), _frame.Y(point.Y(0)));
        if (RectangleClipper.Contains(x, y))
        {
            _points.AddPoint((int)Math.Round(x), (int)Math.Round(y));
        }
    }

    private void DrawLine(EwkbPositions positions)
    {
        _path.Clear();
        (double X, double Y)? last = null;
        for (var index = 1; index < positions.Count; index++)
        {
            var start = (X: positions.X(index - 1), Y: positions.Y(index - 1));
            var end = (X: positions.X(index), Y: positions.Y(index));
            if ((SidesOf(start.X, start.Y) & SidesOf(end.X, end.Y)) != 0)
            {
                continue;
            }

            start = (_frame.X(start.X), _frame.Y(start.Y));
            end = (_frame.X(end.X), _frame.Y(end.Y));
            if (!RectangleClipper.CutSegment(ref start, ref end))
            {
                continue;
            }

            if (last != start)
            {
                EndLine();
                _path.Add(start.X, start.Y);
            }

            _path.Add(end.X, end.Y);
            last = end;
        }

        EndLine();
    }

    private void EndLine()
    {
        if (_path.Count > 1)
        {
            _line.TakeLine(_path.Positions, _tolerance);
            if (_line.Positions.Length > 1)
            {
                _lines.AddLine(_line.Positions);
            }
            else
            {
                Remember(DrawnKind.Lines, _path.Positions);
            }
        }

        _path.Clear();
    }

    private void Remember(DrawnKind kind, ReadOnlySpan<(double X, double Y)> path)
    {
        if (_remnant is null && path.Length > 0)
        {
            _remnant = (kind, Inside(path[0].X), Inside(path[0].Y));
        }
    }

    /// <summary>The nearest place whose pixel lies in the buffer.</summary>
    private static double Inside(double units) => Math.Clamp(units, -TileFrame.Buffer, TileFrame.Extent + TileFrame.Buffer - TileFrame.Pixel);

    /// <summary>Draws a ring; twice its area, 0 where nothing of it is left.</summary>
    private long DrawRing(EwkbPositions positions, bool isHole)
    {
        _path.Clear();
        var isInside = Collect(positions);
        if (_path.Count < 3)
        {
            return 0;
        }

        var ring = isInside ? _path.Positions : _clipper.CutRing(_path.Positions);
        _line.TakeRing(ring, _tolerance);
        if (_line.Positions.Length == 0)
        {
            Remember(DrawnKind.Areas, ring);
            return 0;
        }

        _areas.AddRing(_line.Positions, isHole);
        return Math.Abs(GridLine.TwiceArea(_line.Positions));
    }

    /// <summary>
    /// Takes the positions that matter: where a ring passes along one side of the tile, outside, a straight line there is cut off as well as
    /// the ring itself, and most of a large ring need not even be projected. True where all lies inside.
    /// </summary>
    private bool Collect(EwkbPositions positions)
    {
        var isInside = true;
        var (sidesBefore, sidesHeld) = (0, 0);
        (double X, double Y)? held = null;
        for (var index = 0; index < positions.Count; index++)
        {
            var position = (X: positions.X(index), Y: positions.Y(index));
            var sides = SidesOf(position.X, position.Y);
            isInside &= sides == 0;
            if (held is { } waiting && (sidesBefore & sidesHeld & sides) == 0)
            {
                _path.Add(_frame.X(waiting.X), _frame.Y(waiting.Y));
                sidesBefore = sidesHeld;
            }

            (held, sidesHeld) = (position, sides);
        }

        if (held is { } end)
        {
            _path.Add(_frame.X(end.X), _frame.Y(end.Y));
        }

        // Inside the slack is not inside the buffer.
        return isInside && AllInside();
    }

    private bool AllInside()
    {
        foreach (var (x, y) in _path.Positions)
        {
            if (!RectangleClipper.Contains(x, y))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The sides of the tile on which a position lies outside, as bits.</summary>
    private int SidesOf(double longitude, double latitude) =>
        (longitude < _box.MinX ? 1 : 0) | (longitude > _box.MaxX ? 2 : 0) | (latitude < _box.MinY ? 4 : 0) | (latitude > _box.MaxY ? 8 : 0);
}
