using System.Buffers.Binary;
using NetTopologySuite.Geometries;

namespace GeoOffer.Storage.Importing.Reading.FlatGeobufs;

/// <summary>Makes geometries of those of a FlatGeobuf (feature.fbs): the seven simple types, in two dimensions.</summary>
internal sealed class FlatGeobufGeometry(GeometryFactory factory)
{
    private const byte Unknown = 0;
    private const int PositionLength = 2 * sizeof(double);
    private const int LeastRing = 3;
    private const int MostDepth = 32;

    private static readonly (int Ends, int Positions, int Type, int Parts) Fields = (0, 1, 6, 7);

    private string? _fault;

    /// <summary>Reads a geometry.</summary>
    /// <param name="table">The geometry.</param>
    /// <param name="type">Its type, as the header states it; 0 when the geometry does.</param>
    /// <param name="geometry">The geometry; null when it is at fault.</param>
    /// <returns>What is wrong with it, in words; null when nothing is.</returns>
    /// <exception cref="FlatBufferException">The bytes are damaged.</exception>
    public string? Read(FlatTable table, byte type, out Geometry? geometry)
    {
        _fault = null;
        geometry = Read(table, type, depth: 0);
        geometry = _fault is null ? geometry : null;
        return _fault;
    }

    private Geometry? Read(FlatTable table, byte stated, int depth)
    {
        if (depth > MostDepth)
        {
            return Fault("collections are nested too deep");
        }

        var type = stated == Unknown ? table.Byte(Fields.Type) : stated;
        return (OgcGeometryType)type switch
        {
            OgcGeometryType.Point => ReadPoint(table),
            OgcGeometryType.LineString => ReadPositions(table) switch
            {
                null => null,
                [] => factory.CreateLineString(),
                var positions => ToLine(positions),
            },
            OgcGeometryType.Polygon => ReadPolygon(table),
            OgcGeometryType.MultiPoint => ReadPositions(table) is { } positions ? factory.CreateMultiPointFromCoords(positions) : null,
            OgcGeometryType.MultiLineString =>
                ReadRuns(table) is { } runs ? Each(runs, ToLine) is { } lines ? factory.CreateMultiLineString(lines) : null : null,
            OgcGeometryType.MultiPolygon =>
                ReadParts<Polygon>(table, (byte)OgcGeometryType.Polygon, depth) is { } polygons ? factory.CreateMultiPolygon(polygons) : null,
            OgcGeometryType.GeometryCollection =>
                ReadParts<Geometry>(table, Unknown, depth) is { } parts ? factory.CreateGeometryCollection(parts) : null,
            _ => Fault(type == Unknown ? "neither the header nor the geometry states its type" : GeometryFault.Curve),
        };
    }

    private Point? ReadPoint(FlatTable table) => ReadPositions(table) switch
    {
        null => null,
        [] => factory.CreatePoint(),
        [var position] => factory.CreatePoint(position),
        _ => Fault<Point>("a point has several positions"),
    };

    private Polygon? ReadPolygon(FlatTable table)
    {
        if (ReadRuns(table) is not { } runs || Each(runs, ToRing) is not { } rings)
        {
            return null;
        }

        return rings.Length == 0 ? factory.CreatePolygon() : factory.CreatePolygon(rings[0], rings[1..]);
    }

    private LineString? ToLine(Coordinate[] positions) =>
        positions.Length < 2 ? Fault<LineString>("a line has fewer than two positions") : factory.CreateLineString(positions);

    private LinearRing? ToRing(Coordinate[] positions) =>
        positions.Length < LeastRing ? Fault<LinearRing>("a ring has too few positions")
        : !positions[0].Equals2D(positions[^1]) ? Fault<LinearRing>("a ring does not end where it begins")
        : factory.CreateLinearRing(positions);

    private T[]? ReadParts<T>(FlatTable table, byte type, int depth)
        where T : Geometry
    {
        var parts = new List<T>();
        var count = table.TableCount(Fields.Parts);
        for (var i = 0; i < count; i++)
        {
            if (Read(table.TableAt(Fields.Parts, i), type, depth + 1) is not T part)
            {
                return null;
            }

            parts.Add(part);
        }

        return [.. parts];
    }

    /// <summary>The positions of each line or ring; the ends are counted in positions from the first.</summary>
    private List<Coordinate[]>? ReadRuns(FlatTable table)
    {
        if (ReadPositions(table) is not { } positions)
        {
            return null;
        }

        var ends = table.Vector(Fields.Ends, sizeof(uint));
        if (ends.IsEmpty)
        {
            return positions.Length == 0 ? [] : [positions];
        }

        var runs = new List<Coordinate[]>();
        var start = 0;
        for (; !ends.IsEmpty; ends = ends[sizeof(uint)..])
        {
            var end = BinaryPrimitives.ReadUInt32LittleEndian(ends);
            if (end < start || end > positions.Length)
            {
                return Fault<List<Coordinate[]>>("its rings or lines do not end in the order of their positions");
            }

            runs.Add(positions[start..(int)end]);
            start = (int)end;
        }

        return start == positions.Length ? runs : Fault<List<Coordinate[]>>("it has positions after its last ring or line");
    }

    private Coordinate[]? ReadPositions(FlatTable table)
    {
        var bytes = table.Vector(Fields.Positions, sizeof(double));
        if (bytes.Length % PositionLength != 0)
        {
            return Fault<Coordinate[]>("it has an x without a y");
        }

        var positions = new Coordinate[bytes.Length / PositionLength];
        for (var i = 0; i < positions.Length; i++, bytes = bytes[PositionLength..])
        {
            var x = BinaryPrimitives.ReadDoubleLittleEndian(bytes);
            var y = BinaryPrimitives.ReadDoubleLittleEndian(bytes[sizeof(double)..]);
            if (!double.IsFinite(x) || !double.IsFinite(y))
            {
                return Fault<Coordinate[]>("a position is no pair of finite numbers");
            }

            positions[i] = new Coordinate(x, y);
        }

        return positions;
    }

    private static T[]? Each<T>(List<Coordinate[]> runs, Func<Coordinate[], T?> make)
        where T : Geometry
    {
        var made = new T[runs.Count];
        for (var i = 0; i < made.Length; i++)
        {
            if (make(runs[i]) is not { } geometry)
            {
                return null;
            }

            made[i] = geometry;
        }

        return made;
    }

    private Geometry? Fault(string reason) => Fault<Geometry>(reason);

    private T? Fault<T>(string reason)
        where T : class
    {
        _fault ??= reason;
        return null;
    }
}
