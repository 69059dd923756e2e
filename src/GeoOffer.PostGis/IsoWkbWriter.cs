using System.Buffers;
using System.Buffers.Binary;
using NetTopologySuite.Geometries;

namespace GeoOffer.PostGis;

/// <summary>Writes EWKB as the well-known binary of ISO 19125 and OGC 06-103r4: no SRID, and dimensions as 1000, 2000 and 3000.</summary>
public static class IsoWkbWriter
{
    /// <summary>Writes the geometry. Nothing is written where it throws.</summary>
    /// <exception cref="EwkbException">The bytes are no simple feature.</exception>
    public static void Write(ReadOnlySpan<byte> ewkb, IBufferWriter<byte> output)
    {
        ArgumentNullException.ThrowIfNull(output);
        EwkbStructure.Check(ewkb);
        var cursor = new EwkbCursor(ewkb);
        Write(ewkb, ref cursor, output);
    }

    private static void Write(ReadOnlySpan<byte> ewkb, ref EwkbCursor cursor, IBufferWriter<byte> output)
    {
        var isBigEndian = ewkb[cursor.ByteOffset] == 0;
        var header = cursor.ReadHeader();
        WriteHeader(header, isBigEndian, output);
        var start = cursor.ByteOffset;
        switch (header.Type)
        {
            case OgcGeometryType.Point:
                cursor.ReadPoint(header);
                output.Write(ewkb[start..cursor.ByteOffset]);
                break;
            case OgcGeometryType.LineString:
                cursor.ReadPositions(header);
                output.Write(ewkb[start..cursor.ByteOffset]);
                break;
            case OgcGeometryType.Polygon:
                for (var rings = cursor.ReadRingCount(); rings > 0; rings--)
                {
                    cursor.ReadPositions(header);
                }

                output.Write(ewkb[start..cursor.ByteOffset]);
                break;
            default:
                var members = cursor.ReadMemberCount();
                output.Write(ewkb[start..cursor.ByteOffset]);
                for (; members > 0; members--)
                {
                    Write(ewkb, ref cursor, output);
                }

                break;
        }
    }

    private static void WriteHeader(EwkbHeader header, bool isBigEndian, IBufferWriter<byte> output)
    {
        var bytes = output.GetSpan(1 + sizeof(uint));
        var type = (uint)header.Type + (header.HasZ ? 1000u : 0) + (header.HasM ? 2000u : 0);
        bytes[0] = isBigEndian ? (byte)0 : (byte)1;
        if (isBigEndian)
        {
            BinaryPrimitives.WriteUInt32BigEndian(bytes[1..], type);
        }
        else
        {
            BinaryPrimitives.WriteUInt32LittleEndian(bytes[1..], type);
        }

        output.Advance(1 + sizeof(uint));
    }
}
