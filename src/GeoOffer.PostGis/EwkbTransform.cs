using System.Buffers.Binary;
using NetTopologySuite.Geometries;

namespace GeoOffer.PostGis;

/// <summary>Brings geometries into another reference system where they lie, vertex by vertex. Safe for use by many threads.</summary>
/// <param name="position">The image of a position, x east and y north on both sides.</param>
/// <param name="srid">The SRID that the geometries carry afterwards; one that carries none stays so.</param>
public sealed class EwkbTransform(Func<double, double, (double X, double Y)> position, int srid)
{
    /// <summary>Changes X and Y of every position; Z and M stay.</summary>
    /// <exception cref="EwkbException">
    /// The bytes are no simple feature, or the image of a position is not finite. The bytes are then changed in part.
    /// </exception>
    public void Apply(Span<byte> ewkb)
    {
        EwkbStructure.Check(ewkb);
        var cursor = new EwkbCursor(ewkb);
        Apply(ewkb, ref cursor);
    }

    private void Apply(Span<byte> ewkb, ref EwkbCursor cursor)
    {
        var start = cursor.ByteOffset;
        var header = cursor.ReadHeader();
        var isBigEndian = ewkb[start] == 0;
        if (header.Srid != 0)
        {
            Write(ewkb[(cursor.ByteOffset - sizeof(int))..], srid, isBigEndian);
        }

        switch (header.Type)
        {
            case OgcGeometryType.Point:
                Apply(ewkb, cursor.ReadPoint(header), cursor.ByteOffset, isBigEndian);
                break;
            case OgcGeometryType.LineString:
                Apply(ewkb, cursor.ReadPositions(header), cursor.ByteOffset, isBigEndian);
                break;
            case OgcGeometryType.Polygon:
                for (var rings = cursor.ReadRingCount(); rings > 0; rings--)
                {
                    Apply(ewkb, cursor.ReadPositions(header), cursor.ByteOffset, isBigEndian);
                }

                break;
            default:
                for (var members = cursor.ReadMemberCount(); members > 0; members--)
                {
                    Apply(ewkb, ref cursor);
                }

                break;
        }
    }

    private void Apply(Span<byte> ewkb, EwkbPositions positions, int end, bool isBigEndian)
    {
        var stride = (2 + (positions.HasZ ? 1 : 0) + (positions.HasM ? 1 : 0)) * sizeof(double);
        var start = end - (positions.Count * stride);
        for (var index = 0; index < positions.Count; index++)
        {
            var slot = ewkb.Slice(start + (index * stride), 2 * sizeof(double));
            var (x, y) = position(positions.X(index), positions.Y(index));
            if (!double.IsFinite(x) || !double.IsFinite(y))
            {
                throw new EwkbException(EwkbFault.NotFinite, start + (index * stride));
            }

            Write(slot, x, isBigEndian);
            Write(slot[sizeof(double)..], y, isBigEndian);
        }
    }

    private static void Write(Span<byte> slot, double value, bool isBigEndian)
    {
        if (isBigEndian)
        {
            BinaryPrimitives.WriteDoubleBigEndian(slot, value);
        }
        else
        {
            BinaryPrimitives.WriteDoubleLittleEndian(slot, value);
        }
    }

    private static void Write(Span<byte> slot, int value, bool isBigEndian)
    {
        if (isBigEndian)
        {
            BinaryPrimitives.WriteInt32BigEndian(slot, value);
        }
        else
        {
            BinaryPrimitives.WriteInt32LittleEndian(slot, value);
        }
    }
}
