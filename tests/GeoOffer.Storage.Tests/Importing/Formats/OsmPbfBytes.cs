using System.Buffers.Binary;
using System.Text;

namespace GeoOffer.Storage.Tests.Importing.Formats;

/// <summary>OpenStreetMap PBF, written field by field as the format has it.</summary>
internal static class OsmPbfBytes
{
    private static readonly string[] Texts = ["", "name", "Cantù", "highway", "residential", "railway", "station"];

    /// <summary>
    /// Three nodes, of which the first is a station and has a name, and a residential road, way 77, from the second to the third. Positions
    /// are in units of 100 nanodegrees.
    /// </summary>
    public static byte[] File(params ReadOnlySpan<(long Longitude, long Latitude)> nodes)
    {
        byte[] header = [.. Field(4, "OsmSchema-V0.6"u8), .. Field(4, "DenseNodes"u8)];
        byte[] ids = [], longitudes = [], latitudes = [], tags = [];
        (long Longitude, long Latitude) last = default;
        for (var i = 0; i < nodes.Length; i++)
        {
            ids = [.. ids, .. Varint(ZigZag(1))];
            longitudes = [.. longitudes, .. Varint(ZigZag(nodes[i].Longitude - last.Longitude))];
            latitudes = [.. latitudes, .. Varint(ZigZag(nodes[i].Latitude - last.Latitude))];
            tags = [.. tags, .. i == 0 ? (byte[])[5, 6, 1, 2, 0] : [0]];
            last = nodes[i];
        }

        byte[] dense = [.. Field(1, ids), .. Field(8, latitudes), .. Field(9, longitudes), .. Field(10, tags)];
        byte[] way = [.. Field(1, 77), .. Field(2, [3]), .. Field(3, [4]), .. Field(8, [.. Varint(ZigZag(2)), .. Varint(ZigZag(1))])];
        byte[] texts = [.. Texts.SelectMany(text => Field(1, Encoding.UTF8.GetBytes(text)))];
        byte[] block = [.. Field(1, texts), .. Field(2, Field(2, dense)), .. Field(2, Field(3, way))];
        return [.. Blob("OSMHeader"u8, header), .. Blob("OSMData"u8, block)];
    }

    private static byte[] Blob(ReadOnlySpan<byte> type, byte[] content)
    {
        byte[] blob = [.. Field(1, content), .. Field(2, content.Length)];
        byte[] header = [.. Field(1, type), .. Field(3, blob.Length)];
        var length = new byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(length, header.Length);
        return [.. length, .. header, .. blob];
    }

    private static byte[] Field(int number, ReadOnlySpan<byte> bytes) => [(byte)((number << 3) | 2), .. Varint((ulong)bytes.Length), .. bytes];

    private static byte[] Field(int number, long value) => [(byte)(number << 3), .. Varint((ulong)value)];

    private static ulong ZigZag(long value) => (ulong)((value << 1) ^ (value >> 63));

    private static byte[] Varint(ulong value)
    {
        var bytes = new List<byte>();
        for (; value >= 0x80; value >>= 7)
        {
            bytes.Add((byte)(value | 0x80));
        }

        return [.. bytes, (byte)value];
    }
}
