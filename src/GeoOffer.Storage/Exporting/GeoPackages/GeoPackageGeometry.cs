using System.Buffers.Binary;
using GeoOffer.PostGis;
using NetTopologySuite.Geometries;

namespace GeoOffer.Storage.Exporting.GeoPackages;

/// <summary>Geometries as a GeoPackage keeps them (12-128r17, 2.1.3): a header, with the extent unless a point says it, then ISO WKB.</summary>
internal static class GeoPackageGeometry
{
    private const int HeaderLength = 8;
    private const int ExtentLength = 4 * sizeof(double);
    private const byte LittleEndian = 1;
    private const byte WithExtent = 1 << 1;
    private const byte Empty = 1 << 4;

    /// <summary>Writes a geometry.</summary>
    public static void Write(ReadOnlySpan<byte> ewkb, in EwkbExtent extent, int srid, ByteOutput output)
    {
        var hasExtent = !extent.IsEmpty && new EwkbCursor(ewkb).ReadHeader().Type != OgcGeometryType.Point;
        var header = output.Reserve(HeaderLength + ExtentLength);
        "GP"u8.CopyTo(header);
        header[2] = 0;
        header[3] = (byte)(LittleEndian | (hasExtent ? WithExtent : 0) | (extent.IsEmpty ? Empty : 0));
        BinaryPrimitives.WriteInt32LittleEndian(header[4..], srid);
        if (hasExtent)
        {
            var box = header[HeaderLength..];
            BinaryPrimitives.WriteDoubleLittleEndian(box, extent.MinX);
            BinaryPrimitives.WriteDoubleLittleEndian(box[sizeof(double)..], extent.MaxX);
            BinaryPrimitives.WriteDoubleLittleEndian(box[(2 * sizeof(double))..], extent.MinY);
            BinaryPrimitives.WriteDoubleLittleEndian(box[(3 * sizeof(double))..], extent.MaxY);
        }

        output.Advance(HeaderLength + (hasExtent ? ExtentLength : 0));
        IsoWkbWriter.Write(ewkb, output);
    }
}
