using System.Buffers;
using NetTopologySuite.Geometries;

namespace GeoOffer.PostGis;

/// <summary>
/// Writes EWKB as well-known text (OGC 06-103r4, clause 7) without building geometries in between. The SRID is not written. Safe for use
/// by many threads.
/// </summary>
public sealed class WktGeometryWriter
{
    private const int Exact = -1;
    private const int LongestPosition = (4 * CoordinateFormatter.MaxLength) + 4;

    private readonly int _decimals;

    /// <summary>Creates a writer.</summary>
    /// <param name="decimals">The most decimals of an ordinate, 0 to 15; without it they read back as the very same doubles.</param>
    /// <exception cref="ArgumentOutOfRangeException">The decimals are not within 0 to 15.</exception>
    public WktGeometryWriter(int? decimals = null)
    {
        if (decimals is { } stated)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(stated, nameof(decimals));
            ArgumentOutOfRangeException.ThrowIfGreaterThan(stated, CoordinateFormatter.MaxDecimals, nameof(decimals));
        }

        _decimals = decimals ?? Exact;
    }

    /// <summary>Writes the geometry. Nothing is written where it throws.</summary>
    /// <exception cref="EwkbException">The bytes are no simple feature, or a position is not finite.</exception>
    public void Write(ReadOnlySpan<byte> ewkb, IBufferWriter<byte> output)
    {
        ArgumentNullException.ThrowIfNull(output);
        EwkbStructure.Check(ewkb, requireFinite: true);
        var cursor = new EwkbCursor(ewkb);
        var sink = new Utf8Sink(output);
        WriteTagged(ref cursor, ref sink);
        sink.Flush();
    }

    private void WriteTagged(ref EwkbCursor cursor, ref Utf8Sink sink)
    {
        var header = cursor.ReadHeader();
        sink.Write(Tag(header.Type));
        sink.Write((header.HasZ, header.HasM) switch
        {
            (true, true) => "ZM "u8,
            (true, false) => "Z "u8,
            (false, true) => "M "u8,
            _ => ""u8,
        });
        WriteContent(ref cursor, header, ref sink);
    }

    private void WriteContent(ref EwkbCursor cursor, EwkbHeader header, ref Utf8Sink sink)
    {
        switch (header.Type)
        {
            case OgcGeometryType.Point:
                WritePositions(cursor.ReadPoint(header), ref sink);
                break;
            case OgcGeometryType.LineString:
                WritePositions(cursor.ReadPositions(header), ref sink);
                break;
            case OgcGeometryType.Polygon:
                var rings = cursor.ReadRingCount();
                for (var index = 0; index < rings; index++)
                {
                    sink.Write(index == 0 ? (byte)'(' : (byte)',');
                    WritePositions(cursor.ReadPositions(header), ref sink);
                }

                sink.Write(rings == 0 ? "EMPTY"u8 : ")"u8);
                break;
            default:
                var members = cursor.ReadMemberCount();
                for (var index = 0; index < members; index++)
                {
                    sink.Write(index == 0 ? (byte)'(' : (byte)',');
                    if (header.Type == OgcGeometryType.GeometryCollection)
                    {
                        WriteTagged(ref cursor, ref sink);
                    }
                    else
                    {
                        WriteContent(ref cursor, cursor.ReadHeader(), ref sink);
                    }
                }

                sink.Write(members == 0 ? "EMPTY"u8 : ")"u8);
                break;
        }
    }

    private void WritePositions(EwkbPositions positions, ref Utf8Sink sink)
    {
        if (positions.Count == 0)
        {
            sink.Write("EMPTY"u8);
            return;
        }

        for (var index = 0; index < positions.Count; index++)
        {
            var destination = sink.Reserve(LongestPosition);
            destination[0] = index == 0 ? (byte)'(' : (byte)',';
            var length = 1 + Format(positions.X(index), destination[1..]);
            destination[length++] = (byte)' ';
            length += Format(positions.Y(index), destination[length..]);
            if (positions.HasZ)
            {
                destination[length++] = (byte)' ';
                length += Format(positions.Z(index), destination[length..]);
            }

            if (positions.HasM)
            {
                destination[length++] = (byte)' ';
                length += Format(positions.M(index), destination[length..]);
            }

            sink.Advance(length);
        }

        sink.Write((byte)')');
    }

    private int Format(double ordinate, Span<byte> destination)
    {
        if (double.IsFinite(ordinate))
        {
            return _decimals == Exact
                ? CoordinateFormatter.FormatExact(ordinate, destination)
                : CoordinateFormatter.Format(ordinate, _decimals, destination);
        }

        // Only Z and M come here; readers know this word, and none for infinity.
        "NaN"u8.CopyTo(destination);
        return 3;
    }

    private static ReadOnlySpan<byte> Tag(OgcGeometryType type) => type switch
    {
        OgcGeometryType.Point => "POINT "u8,
        OgcGeometryType.LineString => "LINESTRING "u8,
        OgcGeometryType.Polygon => "POLYGON "u8,
        OgcGeometryType.MultiPoint => "MULTIPOINT "u8,
        OgcGeometryType.MultiLineString => "MULTILINESTRING "u8,
        OgcGeometryType.MultiPolygon => "MULTIPOLYGON "u8,
        _ => "GEOMETRYCOLLECTION "u8,
    };
}
