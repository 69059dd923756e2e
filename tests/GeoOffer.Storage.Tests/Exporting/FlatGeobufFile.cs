using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using GeoOffer.PostGis;
using GeoOffer.Storage.Importing.Reading.FlatGeobufs;
using NetTopologySuite.Geometries;

namespace GeoOffer.Storage.Tests.Exporting;

/// <summary>The index of a FlatGeobuf as a client reads it that fetches parts of the file alone: from the root down to the features.</summary>
/// <param name="Index">The bytes of the index.</param>
/// <param name="Count">The number of features.</param>
internal sealed record FlatGeobufIndex(ReadOnlyMemory<byte> Index, int Count)
{
    public const int NodeSize = 16, NodeLength = 40;

    /// <summary>The first node of each level, the features first, and at last the root, which is the first in the file.</summary>
    public IReadOnlyList<(int Start, int End)> Levels
    {
        get
        {
            var sizes = new List<int> { Count };
            do
            {
                sizes.Add((sizes[^1] + NodeSize - 1) / NodeSize);
            }
            while (sizes[^1] > 1);
            var end = sizes.Sum();
            return [.. sizes.Select(size => (end -= size, end + size))];
        }
    }

    public (EwkbExtent Box, ulong Leads) this[int node]
    {
        get
        {
            var bytes = Index.Span.Slice(node * NodeLength, NodeLength);
            var box = MemoryMarshal.Cast<byte, double>(bytes[..32]);
            return (new EwkbExtent(box[0], box[1], box[2], box[3]), BinaryPrimitives.ReadUInt64LittleEndian(bytes[32..]));
        }
    }

    /// <summary>The places of the features whose boxes meet a box.</summary>
    public List<ulong> Search(EwkbExtent box)
    {
        var found = new List<ulong>();
        Search(box, 0, Levels.Count - 1, found);
        return found;
    }

    public static bool Meet(in EwkbExtent a, in EwkbExtent b) => a.MinX <= b.MaxX && b.MinX <= a.MaxX && a.MinY <= b.MaxY && b.MinY <= a.MaxY;

    private void Search(in EwkbExtent box, int first, int level, List<ulong> found)
    {
        for (var node = first; node < Math.Min(first + NodeSize, Levels[level].End); node++)
        {
            var (around, leads) = this[node];
            if (!Meet(around, box))
            {
                continue;
            }

            if (level == 0)
            {
                found.Add(leads);
            }
            else
            {
                Search(box, (int)leads, level - 1, found);
            }
        }
    }
}

/// <summary>A FlatGeobuf taken apart.</summary>
internal sealed class FlatGeobufFile
{
    private const int MagicLength = 8;

    private readonly byte[] _bytes;
    private readonly int _featuresStart;

    public FlatGeobufFile(byte[] bytes)
    {
        _bytes = bytes;
        Assert.Equal("fgb\u0003fgb\0"u8, bytes.AsSpan(0, MagicLength));
        HeaderBytes = Sized(MagicLength);
        Header = FlatGeobufHeader.Read(HeaderBytes.Span);
        var indexStart = MagicLength + sizeof(uint) + HeaderBytes.Length;
        var indexLength = (int)Header.IndexLength;
        Index = indexLength == 0 ? null : new FlatGeobufIndex(bytes.AsMemory(indexStart, indexLength), (int)Header.FeatureCount);
        _featuresStart = indexStart + indexLength;
        Assert.Equal(0, _featuresStart % sizeof(double));
    }

    public ReadOnlyMemory<byte> HeaderBytes { get; }

    public FlatGeobufHeader Header { get; }

    /// <summary>The index; null when there is none.</summary>
    public FlatGeobufIndex? Index { get; }

    /// <summary>Every feature by its place: they stand one after the other up to the end of the file.</summary>
    public SortedDictionary<ulong, ReadOnlyMemory<byte>> Features()
    {
        var features = new SortedDictionary<ulong, ReadOnlyMemory<byte>>();
        for (var at = _featuresStart; at < _bytes.Length; at += sizeof(uint) + features.Last().Value.Length)
        {
            features.Add((ulong)(at - _featuresStart), Sized(at));
        }

        return features;
    }

    /// <summary>The text of the first column.</summary>
    public static string Code(ReadOnlyMemory<byte> feature)
    {
        var properties = FlatTable.Root(feature.Span).Vector(1, sizeof(byte));
        Assert.Equal(0, BinaryPrimitives.ReadUInt16LittleEndian(properties));
        return System.Text.Encoding.UTF8.GetString(properties.Slice(6, (int)BinaryPrimitives.ReadUInt32LittleEndian(properties[2..])));
    }

    /// <summary>The geometry, in words of the importer's reader; null when there is none.</summary>
    public Geometry? Geometry(ReadOnlyMemory<byte> feature)
    {
        if (!FlatTable.Root(feature.Span).TryTable(0, out var table))
        {
            return null;
        }

        var fault = new FlatGeobufGeometry(new GeometryFactory()).Read(table, Header.GeometryType, out var geometry);
        return fault is null ? geometry : throw new InvalidDataException(fault);
    }

    /// <summary>
    /// Where positions begin, counted from the size in front: readers that map them as numbers need a multiple of eight; null where a
    /// geometry has none itself.
    /// </summary>
    public static int? PositionsAt(ReadOnlyMemory<byte> feature)
    {
        if (!FlatTable.Root(feature.Span).TryTable(0, out var geometry) || geometry.Vector(1, sizeof(double)) is not { IsEmpty: false } positions)
        {
            return null;
        }

        Assert.True(feature.Span.Overlaps(positions, out var at), string.Create(CultureInfo.InvariantCulture, $"{positions.Length} bytes lie outside"));
        return at + sizeof(uint);
    }

    private ReadOnlyMemory<byte> Sized(int at) => _bytes.AsMemory(at + sizeof(uint), (int)BinaryPrimitives.ReadUInt32LittleEndian(_bytes.AsSpan(at)));
}
