using System.Buffers.Binary;
using System.Text;

namespace GeoOffer.Storage.Tests.Importing.Formats;

/// <summary>Shapefiles byte by byte, after the white paper.</summary>
internal static class ShapefileBytes
{
    public const int Point = 1, PolyLine = 3, Polygon = 5, MultiPoint = 8, PointZ = 11, PolygonZ = 15, MultiPointM = 28, MultiPatch = 31;

    public static byte[] Null => Int(0);

    /// <summary>A .shp of the contents of records.</summary>
    public static byte[] Shapes(params IReadOnlyList<byte[]> contents)
    {
        var records = contents.SelectMany((content, i) => (byte[])[.. Big(i + 1), .. Big(content.Length / 2), .. content]).ToArray();
        return [.. Header(100 + records.Length), .. records];
    }

    /// <summary>The .shx of records at places in bytes.</summary>
    public static byte[] Index(params IReadOnlyList<(int Offset, int Length)> entries) =>
        [.. Header(100 + (8 * entries.Count)), .. entries.SelectMany(entry => (byte[])[.. Big(entry.Offset / 2), .. Big(entry.Length / 2)])];

    public static byte[] PointAt(double x, double y, params IReadOnlyList<double> more) =>
        [.. Int(more.Count == 0 ? Point : more.Count == 1 ? PointZ + 10 : PointZ), .. Doubles([x, y, .. more])];

    public static byte[] Points(int type, params IReadOnlyList<double> xy) =>
        [.. Int(type), .. new byte[32], .. Int(xy.Count / 2), .. Doubles(xy)];

    /// <summary>Lines or rings, each as x, y, x, y and so on.</summary>
    public static byte[] Parts(int type, params IReadOnlyList<double[]> parts)
    {
        var starts = parts.Select((_, i) => parts.Take(i).Sum(part => part.Length / 2));
        return
        [
            .. Int(type), .. new byte[32], .. Int(parts.Count), .. Int(parts.Sum(part => part.Length / 2)),
            .. starts.SelectMany(Int), .. parts.SelectMany(part => Doubles(part)),
        ];
    }

    /// <summary>A square ring; shapefiles have outsides clockwise.</summary>
    public static double[] Ring(double x, double y, double side, bool isClockwise = true) => isClockwise
        ? [x, y, x, y + side, x + side, y + side, x + side, y, x, y]
        : [x, y, x + side, y, x + side, y + side, x, y + side, x, y];

    /// <summary>A .dbf; a record begins with a blank, or with an asterisk where it is deleted.</summary>
    public static byte[] Table(
        (string Name, char Kind, int Length, int Decimals)[] fields, byte[][] records, byte driver = 0, Encoding? names = null)
    {
        var headerLength = 32 + (32 * fields.Length) + 1;
        var bytes = new List<byte>(new byte[32]) { [0] = 0x03, [29] = driver };
        foreach (var (name, kind, length, decimals) in fields)
        {
            var field = new byte[32];
            (names ?? Encoding.UTF8).GetBytes(name).CopyTo(field, 0);
            (field[11], field[16], field[17]) = ((byte)kind, (byte)length, (byte)decimals);
            bytes.AddRange(field);
        }

        bytes.Add(0x0D);
        bytes.AddRange(records.SelectMany(record => record));
        bytes.Add(0x1A);
        var table = bytes.ToArray();
        BinaryPrimitives.WriteInt32LittleEndian(table.AsSpan(4), records.Length);
        BinaryPrimitives.WriteInt16LittleEndian(table.AsSpan(8), (short)headerLength);
        BinaryPrimitives.WriteInt16LittleEndian(table.AsSpan(10), (short)(1 + fields.Sum(field => field.Length)));
        return table;
    }

    /// <summary>A table of one field of text.</summary>
    public static byte[] TextTable(Encoding encoding, int length, byte driver, params IReadOnlyList<string> texts) =>
        TextTable(length, driver, [.. texts.Select(encoding.GetBytes)]);

    public static byte[] TextTable(int length, byte driver, params IReadOnlyList<byte[]> texts) => Table(
        [("name", 'C', length, 0)],
        [.. texts.Select(text => (byte[])[(byte)' ', .. text, .. Enumerable.Repeat((byte)' ', length - text.Length)])],
        driver);

    public static byte[] Int(int number)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, number);
        return bytes;
    }

    public static byte[] Big(int number)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, number);
        return bytes;
    }

    public static byte[] Doubles(IEnumerable<double> numbers) => [.. numbers.SelectMany(number =>
    {
        var bytes = new byte[8];
        BinaryPrimitives.WriteDoubleLittleEndian(bytes, number);
        return bytes;
    })];

    private static byte[] Header(int length) => [.. Big(9994), .. new byte[20], .. Big(length / 2), .. Int(1000), .. Int(Polygon), .. new byte[64]];
}
