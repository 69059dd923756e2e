using System.Buffers;
using System.Text.Json;
using NetTopologySuite.Geometries;

namespace GeoOffer.PostGis;

/// <summary>
/// Writes EWKB as a GeoJSON geometry object (RFC 7946, 3.1) without building geometries in between. Safe for use by many threads.
/// </summary>
/// <remarks>
/// The output is that of <c>ST_AsGeoJSON(geom, decimals, 0)</c>, byte for byte, where that is JSON: empty points inside a multipoint are
/// left out, as is a Z that is not finite. M is never written. Coordinates are written as they are; that they are longitude and latitude
/// in WGS 84 (RFC 7946, 4) is the caller's care. Collections within collections are written as such.
/// </remarks>
public sealed class GeoJsonGeometryWriter
{
    /// <summary>Decimals unless said otherwise: about 1 cm on the ground in degrees.</summary>
    public const int DefaultDecimals = 7;

    private const int LongestPosition = (3 * CoordinateFormatter.MaxLength) + 5;

    private const int Exact = -1;

    private readonly int _decimals;
    private readonly bool _orientRings;

    /// <summary>Creates a writer.</summary>
    /// <param name="decimals">The most decimals of a coordinate, 0 to 15; trailing zeros are not written.</param>
    /// <param name="orientRings">Write exterior rings counter-clockwise and holes clockwise (RFC 7946, 3.1.6).</param>
    /// <exception cref="ArgumentOutOfRangeException">The decimals are not within 0 to 15.</exception>
    public GeoJsonGeometryWriter(int decimals = DefaultDecimals, bool orientRings = false)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(decimals);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(decimals, CoordinateFormatter.MaxDecimals);
        _decimals = decimals;
        _orientRings = orientRings;
    }

    private GeoJsonGeometryWriter(bool orientRings) => (_decimals, _orientRings) = (Exact, orientRings);

    /// <summary>A writer whose coordinates read back as the very same doubles.</summary>
    /// <param name="orientRings">Write exterior rings counter-clockwise and holes clockwise (RFC 7946, 3.1.6).</param>
    public static GeoJsonGeometryWriter CreateExact(bool orientRings = false) => new(orientRings);

    /// <summary>Writes the geometry object. Nothing is written where it throws.</summary>
    /// <exception cref="EwkbException">The bytes are no simple feature, or a position is not finite.</exception>
    public void Write(ReadOnlySpan<byte> ewkb, IBufferWriter<byte> output)
    {
        ArgumentNullException.ThrowIfNull(output);
        EwkbStructure.Check(ewkb, requireFinite: true);
        var cursor = new EwkbCursor(ewkb);
        var sink = new Utf8Sink(output);
        WriteGeometry(ref cursor, ref sink);
        sink.Flush();
    }

    /// <summary>Writes the geometry object as the next value. Nothing is written where it throws.</summary>
    /// <param name="ewkb">The geometry.</param>
    /// <param name="json">The writer, where a value may stand.</param>
    /// <param name="scratch">Cleared and filled on the way; keep one for many rows.</param>
    /// <exception cref="EwkbException">The bytes are no simple feature, or a position is not finite.</exception>
    public void WriteRawValue(ReadOnlySpan<byte> ewkb, Utf8JsonWriter json, ArrayBufferWriter<byte> scratch)
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentNullException.ThrowIfNull(scratch);
        scratch.ResetWrittenCount();
        Write(ewkb, scratch);
        json.WriteRawValue(scratch.WrittenSpan, skipInputValidation: true);
    }

    private void WriteGeometry(ref EwkbCursor cursor, ref Utf8Sink sink)
    {
        var isEmpty = IsEmpty(cursor);
        var header = cursor.ReadHeader();
        sink.Write(Opening(header.Type));
        if (isEmpty)
        {
            sink.Write("[]"u8);
            SkipContent(ref cursor, header);
        }
        else
        {
            WriteContent(ref cursor, header, ref sink);
        }

        sink.Write((byte)'}');
    }

    private void WriteContent(ref EwkbCursor cursor, EwkbHeader header, ref Utf8Sink sink)
    {
        switch (header.Type)
        {
            case OgcGeometryType.Point:
                sink.Advance(FormatPosition(cursor.ReadPoint(header), 0, sink.Reserve(LongestPosition)));
                break;
            case OgcGeometryType.LineString:
                WriteLine(cursor.ReadPositions(header), reversed: false, ref sink);
                break;
            case OgcGeometryType.Polygon:
                WriteRings(ref cursor, header, ref sink);
                break;
            default:
                WriteMembers(ref cursor, header, ref sink);
                break;
        }
    }

    private void WriteMembers(ref EwkbCursor cursor, EwkbHeader header, ref Utf8Sink sink)
    {
        sink.Write((byte)'[');
        var separate = false;
        for (var members = cursor.ReadMemberCount(); members > 0; members--)
        {
            if (header.Type == OgcGeometryType.MultiPoint && IsEmpty(cursor))
            {
                SkipContent(ref cursor, cursor.ReadHeader());
                continue;
            }

            if (separate)
            {
                sink.Write((byte)',');
            }

            separate = true;
            if (header.Type == OgcGeometryType.GeometryCollection)
            {
                WriteGeometry(ref cursor, ref sink);
            }
            else
            {
                WriteContent(ref cursor, cursor.ReadHeader(), ref sink);
            }
        }

        sink.Write((byte)']');
    }

    private void WriteRings(ref EwkbCursor cursor, EwkbHeader header, ref Utf8Sink sink)
    {
        sink.Write((byte)'[');
        var rings = cursor.ReadRingCount();
        for (var i = 0; i < rings; i++)
        {
            if (i > 0)
            {
                sink.Write((byte)',');
            }

            var ring = cursor.ReadPositions(header);
            var area = _orientRings ? TwiceSignedArea(ring) : 0;
            WriteLine(ring, reversed: i == 0 ? area < 0 : area > 0, ref sink);
        }

        sink.Write((byte)']');
    }

    private void WriteLine(EwkbPositions positions, bool reversed, ref Utf8Sink sink)
    {
        sink.Write((byte)'[');
        for (var i = 0; i < positions.Count; i++)
        {
            var destination = sink.Reserve(LongestPosition);
            destination[0] = (byte)',';
            var separator = i == 0 ? 0 : 1;
            sink.Advance(separator + FormatPosition(positions, reversed ? positions.Count - 1 - i : i, destination[separator..]));
        }

        sink.Write((byte)']');
    }

    private int FormatPosition(EwkbPositions positions, int index, Span<byte> destination)
    {
        destination[0] = (byte)'[';
        var length = 1 + Format(positions.X(index), destination[1..]);
        destination[length++] = (byte)',';
        length += Format(positions.Y(index), destination[length..]);
        if (positions.HasZ && double.IsFinite(positions.Z(index)))
        {
            destination[length++] = (byte)',';
            length += Format(positions.Z(index), destination[length..]);
        }

        destination[length++] = (byte)']';
        return length;
    }

    private int Format(double ordinate, Span<byte> destination) => _decimals == Exact
        ? CoordinateFormatter.FormatExact(ordinate, destination)
        : CoordinateFormatter.Format(ordinate, _decimals, destination);

    /// <summary>Positive where counter-clockwise. Taken from the first position, which keeps it precise far from the origin.</summary>
    private static double TwiceSignedArea(EwkbPositions ring)
    {
        var sum = 0.0;
        for (var i = 1; i < ring.Count - 1; i++)
        {
            var (x, y) = (ring.X(i) - ring.X(0), ring.Y(i) - ring.Y(0));
            sum += (x * (ring.Y(i + 1) - ring.Y(0))) - (y * (ring.X(i + 1) - ring.X(0)));
        }

        return sum;
    }

    private static ReadOnlySpan<byte> Opening(OgcGeometryType type) => type switch
    {
        OgcGeometryType.Point => """{"type":"Point","coordinates":"""u8,
        OgcGeometryType.LineString => """{"type":"LineString","coordinates":"""u8,
        OgcGeometryType.Polygon => """{"type":"Polygon","coordinates":"""u8,
        OgcGeometryType.MultiPoint => """{"type":"MultiPoint","coordinates":"""u8,
        OgcGeometryType.MultiLineString => """{"type":"MultiLineString","coordinates":"""u8,
        OgcGeometryType.MultiPolygon => """{"type":"MultiPolygon","coordinates":"""u8,
        _ => """{"type":"GeometryCollection","geometries":"""u8,
    };

    /// <summary>Whether the geometry at the cursor, which stays where it is, has no position at all.</summary>
    private static bool IsEmpty(EwkbCursor cursor) => SkipContent(ref cursor, cursor.ReadHeader());

    /// <summary>Moves behind the content of a geometry and says whether it was empty.</summary>
    private static bool SkipContent(ref EwkbCursor cursor, EwkbHeader header)
    {
        var isEmpty = true;
        switch (header.Type)
        {
            case OgcGeometryType.Point:
                return cursor.ReadPoint(header).Count == 0;
            case OgcGeometryType.LineString:
                return cursor.ReadPositions(header).Count == 0;
            case OgcGeometryType.Polygon:
                for (var rings = cursor.ReadRingCount(); rings > 0; rings--)
                {
                    isEmpty &= cursor.ReadPositions(header).Count == 0;
                }

                return isEmpty;
            default:
                for (var members = cursor.ReadMemberCount(); members > 0; members--)
                {
                    isEmpty &= SkipContent(ref cursor, cursor.ReadHeader());
                }

                return isEmpty;
        }
    }
}
