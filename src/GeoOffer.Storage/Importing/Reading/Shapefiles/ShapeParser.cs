using System.Buffers.Binary;
using System.Globalization;
using NetTopologySuite.Geometries;

namespace GeoOffer.Storage.Importing.Reading.Shapefiles;

/// <summary>
/// Makes geometries of the contents of records of a .shp (ESRI white paper of July 1998): all types but MultiPatch, in two dimensions.
/// </summary>
internal sealed class ShapeParser(GeometryFactory factory)
{
    private const int PositionLength = 2 * sizeof(double);
    private const int BoxLength = 4 * sizeof(double);
    private const int LeastRing = 3;

    private string? _fault;

    /// <summary>Shapes so far in which a hole ran the same way round as the ring that it lies in.</summary>
    public long Disoriented { get; private set; }

    /// <summary>Reads a shape.</summary>
    /// <param name="content">What follows the header of the record.</param>
    /// <param name="geometry">The geometry; null for a null shape, or when it is at fault.</param>
    /// <returns>What is wrong with it, in words; null when nothing is.</returns>
    public string? Read(ReadOnlySpan<byte> content, out Geometry? geometry)
    {
        _fault = null;
        geometry = null;
        if (content.Length < sizeof(int))
        {
            return "the record is too short to hold a shape";
        }

        var type = BinaryPrimitives.ReadInt32LittleEndian(content);
        var body = content[sizeof(int)..];
        geometry = type switch
        {
            0 => null,
            1 or 11 or 21 => ReadPoint(body),
            8 or 18 or 28 => ReadMultiPoint(body),
            3 or 13 or 23 => ReadLines(body),
            5 or 15 or 25 => ReadPolygon(body),
            31 => Fault("a MultiPatch, a surface in space, is no simple feature"),
            _ => Fault(string.Create(CultureInfo.InvariantCulture, $"there is no type {type} of shapes")),
        };
        geometry = _fault is null ? geometry : null;
        return _fault;
    }

    private Point? ReadPoint(ReadOnlySpan<byte> body) =>
        ReadPositions(body, 0, 1) is [var position] ? factory.CreatePoint(position) : null;

    private MultiPoint? ReadMultiPoint(ReadOnlySpan<byte> body)
    {
        if (!TryReadCount(body, BoxLength, PositionLength, out var count))
        {
            return null;
        }

        return ReadPositions(body[(BoxLength + sizeof(int))..], 0, count) is { } positions
            ? factory.CreateMultiPointFromCoords(positions)
            : null;
    }

    private Geometry? ReadLines(ReadOnlySpan<byte> body)
    {
        if (ReadParts(body) is not { } parts)
        {
            return null;
        }

        if (parts.Find(part => part.Length < 2) is { } single)
        {
            return Fault(string.Create(CultureInfo.InvariantCulture, $"a part of the line has {single.Length} position"));
        }

        return parts.Count == 1
            ? factory.CreateLineString(parts[0])
            : factory.CreateMultiLineString(parts.ConvertAll(factory.CreateLineString).ToArray());
    }

    private Geometry? ReadPolygon(ReadOnlySpan<byte> body)
    {
        if (ReadParts(body) is not { } parts)
        {
            return null;
        }

        foreach (var part in parts)
        {
            if (part.Length < LeastRing)
            {
                return Fault(string.Create(CultureInfo.InvariantCulture, $"a ring has only {part.Length} positions"));
            }

            if (!part[0].Equals2D(part[^1]))
            {
                return Fault("a ring does not end where it begins");
            }
        }

        if (parts.Count == 0)
        {
            return factory.CreatePolygon();
        }

        var polygon = RingAssembly.Assemble(factory, parts.ConvertAll(factory.CreateLinearRing).ToArray(), out var isDisoriented);
        Disoriented += isDisoriented ? 1 : 0;
        return polygon ?? Fault("its rings are too many and nested too deep to be told apart");
    }

    /// <summary>The positions of each part that has any; null when the record is at fault.</summary>
    private List<Coordinate[]>? ReadParts(ReadOnlySpan<byte> body)
    {
        if (!TryReadCount(body, BoxLength, sizeof(int), out var partCount)
            || !TryReadCount(body, BoxLength + sizeof(int), 0, out var positionCount))
        {
            return null;
        }

        var starts = body[(BoxLength + (2 * sizeof(int)))..];
        if (starts.Length < ((long)partCount * sizeof(int)) + ((long)positionCount * PositionLength))
        {
            Fault(string.Create(
                CultureInfo.InvariantCulture, $"it states {partCount} parts and {positionCount} positions, for which the record is too short"));
            return null;
        }

        var positions = starts[(partCount * sizeof(int))..];
        var parts = new List<Coordinate[]>(partCount);
        for (var i = 0; i < partCount; i++)
        {
            var start = BinaryPrimitives.ReadInt32LittleEndian(starts[(i * sizeof(int))..]);
            var end = i + 1 < partCount ? BinaryPrimitives.ReadInt32LittleEndian(starts[((i + 1) * sizeof(int))..]) : positionCount;
            if (start < 0 || end < start || end > positionCount)
            {
                Fault("its parts are not in the order of their positions");
                return null;
            }

            if (start == end)
            {
                continue;
            }

            if (ReadPositions(positions, start, end) is not { } part)
            {
                return null;
            }

            parts.Add(part);
        }

        return parts;
    }

    private bool TryReadCount(ReadOnlySpan<byte> body, int offset, int itemLength, out int count)
    {
        count = body.Length < offset + sizeof(int) ? -1 : BinaryPrimitives.ReadInt32LittleEndian(body[offset..]);
        var isFit = count >= 0 && (long)count * itemLength <= body.Length - offset - sizeof(int);
        if (!isFit)
        {
            Fault("the record is shorter than what it states to hold");
        }

        return isFit;
    }

    private Coordinate[]? ReadPositions(ReadOnlySpan<byte> bytes, int start, int end)
    {
        if (bytes.Length < (long)end * PositionLength)
        {
            Fault("the record is shorter than what it states to hold");
            return null;
        }

        var positions = new Coordinate[end - start];
        bytes = bytes[(start * PositionLength)..];
        for (var i = 0; i < positions.Length; i++)
        {
            var x = BinaryPrimitives.ReadDoubleLittleEndian(bytes);
            var y = BinaryPrimitives.ReadDoubleLittleEndian(bytes[sizeof(double)..]);
            if (!double.IsFinite(x) || !double.IsFinite(y))
            {
                Fault(string.Create(CultureInfo.InvariantCulture, $"position {start + i + 1} is no pair of finite numbers"));
                return null;
            }

            positions[i] = new Coordinate(x, y);
            bytes = bytes[PositionLength..];
        }

        return positions;
    }

    private Geometry? Fault(string reason)
    {
        _fault ??= reason;
        return null;
    }
}
