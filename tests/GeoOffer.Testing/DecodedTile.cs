using System.Buffers.Binary;
using System.Text;
using NetTopologySuite.Geometries;
using Xunit;

namespace GeoOffer.Testing;

/// <summary>A feature of a decoded tile: its geometry in units of the grid, y south.</summary>
/// <param name="Id">Its number; null for none.</param>
/// <param name="Kind">1 points, 2 lines, 3 areas.</param>
/// <param name="Parts">Points, lines, or rings without their closing position.</param>
/// <param name="Properties">Texts, longs, doubles and truths.</param>
public sealed record DecodedFeature(ulong? Id, int Kind, IReadOnlyList<(int X, int Y)[]> Parts, IReadOnlyDictionary<string, object> Properties)
{
    /// <summary>Areas: outer rings by their winding (positive, MVT 2.1, 4.3.3.3), each with the holes that follow it.</summary>
    public MultiPolygon ToAreas()
    {
        var factory = new GeometryFactory();
        var polygons = new List<(LinearRing Shell, List<LinearRing> Holes)>();
        foreach (var part in Parts)
        {
            var ring = factory.CreateLinearRing([.. part.Append(part[0]).Select(position => new Coordinate(position.X, position.Y))]);
            if (TwiceArea(part) > 0)
            {
                polygons.Add((ring, []));
            }
            else
            {
                polygons[^1].Holes.Add(ring);
            }
        }

        return factory.CreateMultiPolygon([.. polygons.Select(polygon => factory.CreatePolygon(polygon.Shell, [.. polygon.Holes]))]);
    }

    /// <summary>Twice the signed area by the formula of the format.</summary>
    public static long TwiceArea((int X, int Y)[] ring)
    {
        long sum = 0;
        for (var index = 0; index < ring.Length; index++)
        {
            var (here, next) = (ring[index], ring[(index + 1) % ring.Length]);
            sum += ((long)here.X * next.Y) - ((long)next.X * here.Y);
        }

        return sum;
    }
}

/// <summary>A vector tile of one layer, read strictly: what the format does not allow is an exception.</summary>
/// <param name="Layer">The name of the layer.</param>
/// <param name="Extent">Units along a side.</param>
/// <param name="Features">The features.</param>
public sealed record DecodedTile(string Layer, uint Extent, IReadOnlyList<DecodedFeature> Features)
{
    /// <summary>Reads a tile.</summary>
    public static DecodedTile Read(ReadOnlySpan<byte> tile)
    {
        var layer = Assert.Single(Message(tile), field => field.Field == 3).Content;
        var fields = Message(layer);
        Assert.Equal(2UL, fields.Single(field => field.Field == 15).Number);
        string[] keys = [.. fields.Where(field => field.Field == 3).Select(field => Encoding.UTF8.GetString(field.Content))];
        object[] values = [.. fields.Where(field => field.Field == 4).Select(field => Value(field.Content))];
        Assert.Distinct(keys);
        Assert.Distinct(values);
        return new DecodedTile(
            Encoding.UTF8.GetString(fields.Single(field => field.Field == 1).Content),
            (uint)fields.Single(field => field.Field == 5).Number,
            [.. fields.Where(field => field.Field == 2).Select(field => Feature(field.Content, keys, values))]);
    }

    private static DecodedFeature Feature(byte[] content, string[] keys, object[] values)
    {
        var fields = Message(content);
        var tags = Numbers(fields.Single(field => field.Field == 2).Content);
        var properties = new Dictionary<string, object>();
        for (var index = 0; index < tags.Count; index += 2)
        {
            properties.Add(keys[(int)tags[index]], values[(int)tags[index + 1]]);
        }

        var kind = (int)fields.Single(field => field.Field == 3).Number;
        var id = fields.Where(field => field.Field == 1).Select(field => (ulong?)field.Number).SingleOrDefault();
        return new DecodedFeature(id, kind, Parts(kind, Numbers(fields.Single(field => field.Field == 4).Content)), properties);
    }

    private static List<(int X, int Y)[]> Parts(int kind, List<ulong> commands)
    {
        var parts = new List<(int X, int Y)[]>();
        var at = 0;
        var (x, y) = (0, 0);
        while (at < commands.Count)
        {
            var points = Take(1, kind == 1 ? null : 1);
            if (kind == 1)
            {
                parts.AddRange(points.Select(point => new[] { point }));
                continue;
            }

            var line = Take(2, null);
            Assert.True(line.Count >= (kind == 3 ? 2 : 1), "A part is too short.");
            Assert.DoesNotContain(points.Concat(line).Zip(line), pair => pair.First == pair.Second);
            if (kind == 3)
            {
                Assert.Equal((1UL << 3) | 7, commands[at++]);
                Assert.NotEqual(points[0], line[^1]);
            }

            parts.Add([.. points, .. line]);
        }

        Assert.NotEmpty(parts);
        return parts;

        List<(int X, int Y)> Take(uint command, int? expected)
        {
            Assert.Equal(command, commands[at] & 7);
            var count = (int)(commands[at++] >> 3);
            Assert.Equal(expected ?? count, count);
            var positions = new List<(int X, int Y)>();
            for (; count > 0; count--)
            {
                x += (int)Signed(commands[at++]);
                y += (int)Signed(commands[at++]);
                positions.Add((x, y));
            }

            return positions;
        }
    }

    private static object Value(byte[] content)
    {
        var field = Assert.Single(Message(content));
        return field.Field switch
        {
            1 => Encoding.UTF8.GetString(field.Content),
            3 => BinaryPrimitives.ReadDoubleLittleEndian(field.Content),
            6 => Signed(field.Number),
            7 => field.Number == 1,
            _ => throw new InvalidDataException($"A value has the field {field.Field}."),
        };
    }

    private static List<(int Field, ulong Number, byte[] Content)> Message(ReadOnlySpan<byte> bytes)
    {
        var fields = new List<(int Field, ulong Number, byte[] Content)>();
        while (bytes.Length > 0)
        {
            var tag = Number(ref bytes);
            switch (tag & 7)
            {
                case 0:
                    fields.Add(((int)(tag >> 3), Number(ref bytes), []));
                    break;
                case 1:
                    fields.Add(((int)(tag >> 3), 0, bytes[..8].ToArray()));
                    bytes = bytes[8..];
                    break;
                case 2:
                    var length = (int)Number(ref bytes);
                    fields.Add(((int)(tag >> 3), 0, bytes[..length].ToArray()));
                    bytes = bytes[length..];
                    break;
                default:
                    throw new InvalidDataException($"The wire type {tag & 7} is none of the format.");
            }
        }

        return fields;
    }

    private static List<ulong> Numbers(ReadOnlySpan<byte> bytes)
    {
        var numbers = new List<ulong>();
        while (bytes.Length > 0)
        {
            numbers.Add(Number(ref bytes));
        }

        return numbers;
    }

    private static ulong Number(ref ReadOnlySpan<byte> bytes)
    {
        var (number, shift) = (0UL, 0);
        while (true)
        {
            var part = bytes[0];
            bytes = bytes[1..];
            number |= (ulong)(part & 0x7F) << shift;
            if (part < 0x80)
            {
                return number;
            }

            shift += 7;
        }
    }

    private static long Signed(ulong number) => (long)(number >> 1) ^ -(long)(number & 1);
}
