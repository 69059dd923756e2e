using System.Buffers.Binary;
using System.Text;

namespace GeoOffer.Storage.Tests.Importing.Formats;

/// <summary>FlatGeobuf files byte by byte, after the specification.</summary>
internal static class FlatGeobufBytes
{
    public const int Unknown = 0, Point = 1, LineString = 2, Polygon = 3, MultiPoint = 4, MultiLineString = 5, MultiPolygon = 6, Collection = 7;

    /// <summary>A file of a header, an index of so many bytes, and features.</summary>
    public static byte[] File(Table header, int indexLength, params IEnumerable<Table> features) =>
    [
        .. "fgb"u8, 3, .. "fgb"u8, 0, .. Sized(header.Bytes()), .. new byte[indexLength], .. features.SelectMany(feature => Sized(feature.Bytes())),
    ];

    public static Table Header(int geometryType, ulong count = 0, params IEnumerable<(string Name, int Type)> columns) => new()
    {
        [0] = "layer",
        [2] = (byte)geometryType,
        [8] = count,
        [9] = (ushort)0,
        [7] = columns.Select(column => new Table { [0] = column.Name, [1] = (byte)column.Type }).ToArray(),
    };

    public static Table Feature(Table? geometry, params byte[][] properties) => new() { [0] = geometry, [1] = properties.SelectMany(p => p).ToArray() };

    public static Table Geometry(int type, double[] xy, params uint[] ends) => new() { [0] = ends.Length == 0 ? null : ends, [1] = xy, [6] = (byte)type };

    public static Table Parts(int type, params Table[] parts) => new() { [6] = (byte)type, [7] = parts };

    public static byte[] Property(ushort column, byte[] value) => [.. BitConverter.GetBytes(column), .. value];

    public static byte[] Property(ushort column, string text) => Property(column, Sized(Encoding.UTF8.GetBytes(text)));

    public static byte[] Sized(byte[] bytes) => [.. BitConverter.GetBytes(bytes.Length), .. bytes];

    /// <summary>
    /// A table of a flatbuffer: bytes, numbers, texts, vectors, tables and vectors of tables by the number of their field. A table that is
    /// twice in a vector is written once.
    /// </summary>
    internal sealed class Table
    {
        private readonly SortedDictionary<int, object> _fields = [];

        public object? this[int field]
        {
            set
            {
                if (value is not null)
                {
                    _fields[field] = value;
                }
            }
        }

        /// <summary>The buffer of which it is the root.</summary>
        public byte[] Bytes()
        {
            var buffer = new List<byte>(new byte[4]);
            Patch(buffer, 0, Write(buffer));
            return [.. buffer];
        }

        private int Write(List<byte> buffer)
        {
            var slots = _fields.Count == 0 ? 0 : _fields.Keys.Max() + 1;
            var start = buffer.Count;
            buffer.AddRange(BitConverter.GetBytes((ushort)(4 + (2 * slots))));
            buffer.AddRange(new byte[2 + (2 * slots)]);
            var table = buffer.Count;
            buffer.AddRange(BitConverter.GetBytes(table - start));
            var places = new List<(int At, object Value)>();
            foreach (var (field, value) in _fields)
            {
                var offset = BitConverter.GetBytes((ushort)(buffer.Count - table));
                (buffer[start + 4 + (2 * field)], buffer[start + 5 + (2 * field)]) = (offset[0], offset[1]);
                places.Add((buffer.Count, value));
                buffer.AddRange(value switch
                {
                    byte number => [number],
                    ushort number => BitConverter.GetBytes(number),
                    int number => BitConverter.GetBytes(number),
                    ulong number => BitConverter.GetBytes(number),
                    _ => new byte[4],
                });
            }

            foreach (var (at, value) in places.Where(place => place.Value is not (byte or ushort or int or ulong)))
            {
                Patch(buffer, at, WriteTarget(buffer, value));
            }

            return table;
        }

        private static int WriteTarget(List<byte> buffer, object value)
        {
            if (value is Table table)
            {
                return table.Write(buffer);
            }

            var start = buffer.Count;
            if (value is Table[] tables)
            {
                buffer.AddRange(BitConverter.GetBytes(tables.Length));
                buffer.AddRange(new byte[4 * tables.Length]);
                var written = new Dictionary<Table, int>(ReferenceEqualityComparer.Instance);
                for (var i = 0; i < tables.Length; i++)
                {
                    if (!written.TryGetValue(tables[i], out var target))
                    {
                        written[tables[i]] = target = tables[i].Write(buffer);
                    }

                    Patch(buffer, start + 4 + (4 * i), target);
                }

                return start;
            }

            var (count, bytes) = value switch
            {
                string text => (Encoding.UTF8.GetByteCount(text), Encoding.UTF8.GetBytes(text)),
                byte[] raw => (raw.Length, raw),
                double[] numbers => (numbers.Length, numbers.SelectMany(BitConverter.GetBytes).ToArray()),
                uint[] numbers => (numbers.Length, numbers.SelectMany(BitConverter.GetBytes).ToArray()),
                _ => throw new ArgumentException($"no field can be a {value.GetType()}", nameof(value)),
            };
            buffer.AddRange(BitConverter.GetBytes(count));
            buffer.AddRange(bytes);
            return start;
        }

        private static void Patch(List<byte> buffer, int at, int target)
        {
            var offset = new byte[4];
            BinaryPrimitives.WriteInt32LittleEndian(offset, target - at);
            for (var i = 0; i < offset.Length; i++)
            {
                buffer[at + i] = offset[i];
            }
        }
    }
}
