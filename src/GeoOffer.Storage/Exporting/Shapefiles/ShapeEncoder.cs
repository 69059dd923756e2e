using System.Buffers.Binary;
using GeoOffer.PostGis;
using NetTopologySuite.Geometries;

namespace GeoOffer.Storage.Exporting.Shapefiles;

/// <summary>The kind of shapes that one .shp holds.</summary>
internal enum ShapeKind
{
    Point = 1,
    Line = 3,
    Polygon = 5,
    MultiPoint = 8,
}

/// <summary>Writes geometries as shapes (ESRI Shapefile Technical Description, July 1998).</summary>
internal sealed class ShapeEncoder
{
    private readonly List<double> _positions = [];
    private readonly List<int> _parts = [];

    /// <summary>West, south, east and north of the geometry that was read last.</summary>
    public (double West, double South, double East, double North) Box { get; private set; }

    /// <summary>Reads a geometry, and tells which kind of shape it is; null for collections, which are none.</summary>
    public ShapeKind? Read(ReadOnlySpan<byte> ewkb)
    {
        _positions.Clear();
        _parts.Clear();
        var cursor = new EwkbCursor(ewkb);
        var kind = Read(ref cursor);
        Box = Bounds();
        return kind;
    }

    /// <summary>The bytes of the shape that was read.</summary>
    public byte[] Encode(ShapeKind kind)
    {
        var points = _positions.Count / 2;
        if (kind == ShapeKind.Point)
        {
            var point = new byte[sizeof(int) + (2 * sizeof(double))];
            BinaryPrimitives.WriteInt32LittleEndian(point, (int)kind);
            WritePositions(point.AsSpan(sizeof(int)));
            return point;
        }

        var parts = kind == ShapeKind.MultiPoint ? 0 : _parts.Count;
        var counts = kind == ShapeKind.MultiPoint ? sizeof(int) : 2 * sizeof(int);
        var shape = new byte[sizeof(int) + (4 * sizeof(double)) + counts + (parts * sizeof(int)) + (points * 2 * sizeof(double))];
        var rest = shape.AsSpan();
        BinaryPrimitives.WriteInt32LittleEndian(rest, (int)kind);
        rest = rest[sizeof(int)..];
        foreach (var edge in (ReadOnlySpan<double>)[Box.West, Box.South, Box.East, Box.North])
        {
            BinaryPrimitives.WriteDoubleLittleEndian(rest, edge);
            rest = rest[sizeof(double)..];
        }

        if (kind != ShapeKind.MultiPoint)
        {
            BinaryPrimitives.WriteInt32LittleEndian(rest, parts);
            rest = rest[sizeof(int)..];
        }

        BinaryPrimitives.WriteInt32LittleEndian(rest, points);
        rest = rest[sizeof(int)..];
        for (var part = 0; part < parts; part++)
        {
            BinaryPrimitives.WriteInt32LittleEndian(rest, _parts[part]);
            rest = rest[sizeof(int)..];
        }

        WritePositions(rest);
        return shape;
    }

    private ShapeKind? Read(ref EwkbCursor cursor)
    {
        var header = cursor.ReadHeader();
        switch (header.Type)
        {
            case OgcGeometryType.Point:
                Add(cursor.ReadPoint(header), isReversed: false);
                return ShapeKind.Point;
            case OgcGeometryType.LineString:
                Add(cursor.ReadPositions(header), isReversed: false);
                return ShapeKind.Line;
            case OgcGeometryType.Polygon:
                for (int ring = 0, rings = cursor.ReadRingCount(); ring < rings; ring++)
                {
                    // Exteriors go clockwise, holes the other way.
                    var positions = cursor.ReadPositions(header);
                    Add(positions, isReversed: (DoubleArea(positions) > 0) == (ring == 0));
                }

                return ShapeKind.Polygon;
            case OgcGeometryType.MultiPoint or OgcGeometryType.MultiLineString or OgcGeometryType.MultiPolygon:
                for (int member = 0, members = cursor.ReadMemberCount(); member < members; member++)
                {
                    Read(ref cursor);
                }

                return header.Type switch
                {
                    OgcGeometryType.MultiPoint => ShapeKind.MultiPoint,
                    OgcGeometryType.MultiLineString => ShapeKind.Line,
                    _ => ShapeKind.Polygon,
                };
            default:
                return null;
        }
    }

    private void Add(EwkbPositions positions, bool isReversed)
    {
        _parts.Add(_positions.Count / 2);
        for (var i = 0; i < positions.Count; i++)
        {
            var at = isReversed ? positions.Count - 1 - i : i;
            _positions.Add(positions.X(at));
            _positions.Add(positions.Y(at));
        }
    }

    private static double DoubleArea(EwkbPositions ring)
    {
        var area = 0.0;
        for (var i = 1; i < ring.Count; i++)
        {
            area += ((ring.X(i - 1) - ring.X(0)) * (ring.Y(i) - ring.Y(0))) - ((ring.X(i) - ring.X(0)) * (ring.Y(i - 1) - ring.Y(0)));
        }

        return area;
    }

    private (double West, double South, double East, double North) Bounds()
    {
        var box = (West: double.PositiveInfinity, South: double.PositiveInfinity, East: double.NegativeInfinity, North: double.NegativeInfinity);
        for (var i = 0; i < _positions.Count; i += 2)
        {
            box = (Math.Min(box.West, _positions[i]), Math.Min(box.South, _positions[i + 1]), Math.Max(box.East, _positions[i]), Math.Max(box.North, _positions[i + 1]));
        }

        return box;
    }

    private void WritePositions(Span<byte> target)
    {
        foreach (var ordinate in _positions)
        {
            BinaryPrimitives.WriteDoubleLittleEndian(target, ordinate);
            target = target[sizeof(double)..];
        }
    }
}
