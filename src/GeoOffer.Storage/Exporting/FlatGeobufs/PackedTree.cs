using System.Buffers.Binary;
using GeoOffer.PostGis;

namespace GeoOffer.Storage.Exporting.FlatGeobufs;

/// <summary>
/// The index of a FlatGeobuf: the boxes of the features in the order of the Hilbert curve, and above them nodes of sixteen, level by level
/// up to the root. Features without geometry come last; their boxes are inside out, so that nothing meets them.
/// </summary>
internal sealed class PackedTree
{
    /// <summary>The members of a node.</summary>
    public const ushort NodeSize = 16;

    /// <summary>The length of a node or leaf in the file: a box, and where it leads.</summary>
    public const int EntryLength = (4 * sizeof(double)) + sizeof(ulong);

    private readonly List<EwkbExtent> _boxes = [];

    /// <summary>Adds the box of the next feature.</summary>
    public void Add(in EwkbExtent box) => _boxes.Add(box);

    /// <summary>Puts the features in the order in which they are to stand, by their numbers.</summary>
    /// <param name="all">The box around all of them.</param>
    public int[] Sort(EwkbExtent all)
    {
        var keys = new uint[_boxes.Count];
        var order = new int[_boxes.Count];
        var (width, height) = (all.MaxX - all.MinX, all.MaxY - all.MinY);
        for (var number = 0; number < order.Length; number++)
        {
            var box = _boxes[number];
            order[number] = number;
            keys[number] = box.IsEmpty
                ? uint.MaxValue
                : HilbertCurve.Distance(Step((box.MinX + box.MaxX) / 2, all.MinX, width), Step((box.MinY + box.MaxY) / 2, all.MinY, height));
        }

        Array.Sort(keys, order);
        return order;
    }

    /// <summary>Writes the index of features in an order: of a node the number of its first member, of a feature its place after the first.</summary>
    public async Task WriteAsync(int[] order, Func<int, int> lengthOf, Stream output, CancellationToken cancellationToken)
    {
        var bytes = new ByteOutput(output);
        var levels = Summarise(order);
        var start = 0L;
        for (var level = levels.Count - 1; level >= 0; level--)
        {
            start += levels[level].Length;
            for (var node = 0; node < levels[level].Length; node++)
            {
                Write(bytes, levels[level][node], start + ((long)node * NodeSize));
                await bytes.BreatheAsync(cancellationToken);
            }
        }

        var place = 0L;
        foreach (var number in order)
        {
            Write(bytes, _boxes[number], place);
            place += lengthOf(number);
            await bytes.BreatheAsync(cancellationToken);
        }

        await bytes.FlushAsync(cancellationToken);
    }

    /// <summary>The boxes of the nodes above the features, the lowest level first; the last has the root alone.</summary>
    private List<EwkbExtent[]> Summarise(int[] order)
    {
        var levels = new List<EwkbExtent[]>();
        var (below, count) = ((Func<int, EwkbExtent>)(index => _boxes[order[index]]), order.Length);
        do
        {
            var level = new EwkbExtent[(count + NodeSize - 1) / NodeSize];
            Array.Fill(level, EwkbExtent.Empty);
            for (var index = 0; index < count; index++)
            {
                level[index / NodeSize] = level[index / NodeSize].With(below(index));
            }

            levels.Add(level);
            (below, count) = (index => level[index], level.Length);
        }
        while (count > 1);
        return levels;
    }

    private static uint Step(double centre, double least, double width) =>
        width > 0 ? (uint)Math.Clamp(HilbertCurve.Greatest * ((centre - least) / width), 0, HilbertCurve.Greatest) : 0;

    private static void Write(ByteOutput output, in EwkbExtent box, long place)
    {
        var entry = output.Reserve(EntryLength);
        BinaryPrimitives.WriteDoubleLittleEndian(entry, box.MinX);
        BinaryPrimitives.WriteDoubleLittleEndian(entry[sizeof(double)..], box.MinY);
        BinaryPrimitives.WriteDoubleLittleEndian(entry[(2 * sizeof(double))..], box.MaxX);
        BinaryPrimitives.WriteDoubleLittleEndian(entry[(3 * sizeof(double))..], box.MaxY);
        BinaryPrimitives.WriteUInt64LittleEndian(entry[(4 * sizeof(double))..], (ulong)place);
        output.Advance(EntryLength);
    }
}
