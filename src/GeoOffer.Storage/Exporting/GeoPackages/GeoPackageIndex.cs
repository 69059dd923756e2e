using System.Buffers.Binary;
using GeoOffer.PostGis;
using GeoOffer.Storage.Exporting.FlatGeobufs;
using static GeoOffer.Storage.Exporting.GeoPackages.GeoPackageFile;

namespace GeoOffer.Storage.Exporting.GeoPackages;

/// <summary>
/// The spatial index of a table (12-128r17, annex F.3), an R*-tree of SQLite. Boxes gather in memory, and are packed along the Hilbert curve
/// into the tables that SQLite keeps the tree in, which takes a fraction of the time of adding one after the other. What is more than
/// that is added so.
/// </summary>
internal sealed class GeoPackageIndex : IDisposable
{
    // The layout of a node by rtree.c: a depth, a count and cells of an identifier and four ordinates of single precision, big-endian;
    // the depth is that of the tree, and stands in the root alone.
    private const int MostCells = 51, HeaderLength = 2 * sizeof(ushort), CellLength = sizeof(long) + (4 * sizeof(float));
    private const long Root = 1;

    private readonly GeoPackageFile _file;
    private readonly string _name;
    private readonly int _mostPacked;
    private readonly byte[] _node = new byte[HeaderLength + (MostCells * CellLength)];
    private List<Cell>? _cells = [];
    private PreparedStatement? _insert;

    /// <summary>Makes an index that is empty.</summary>
    /// <param name="file">The file.</param>
    /// <param name="name">The name of the virtual table.</param>
    /// <param name="mostPacked">The most boxes that gather; each takes some 50 bytes of memory.</param>
    public GeoPackageIndex(GeoPackageFile file, string name, int mostPacked = 2_000_000)
    {
        (_file, _name, _mostPacked) = (file, name, mostPacked);
        file.Execute($"CREATE VIRTUAL TABLE {Quote(name)} USING rtree(id, minx, maxx, miny, maxy)");
    }

    /// <summary>Adds a box that is not empty.</summary>
    public void Add(long id, in EwkbExtent box)
    {
        if (_cells?.Count == _mostPacked)
        {
            Complete();
        }

        if (_cells is not null)
        {
            _cells.Add(new Cell(id, Below(box.MinX), Above(box.MaxX), Below(box.MinY), Above(box.MaxY)));
            return;
        }

        _insert ??= _file.Prepare($"INSERT INTO {Quote(_name)} VALUES (?1, ?2, ?3, ?4, ?5)");
        _insert.Bind(1, id);
        _insert.Bind(2, box.MinX);
        _insert.Bind(3, box.MaxX);
        _insert.Bind(4, box.MinY);
        _insert.Bind(5, box.MaxY);
        _insert.Run();
    }

    /// <summary>Packs what has gathered.</summary>
    public void Complete()
    {
        if (_cells is { Count: > 0 })
        {
            Pack(Sort(_cells));
        }

        _cells = null;
    }

    /// <inheritdoc/>
    public void Dispose() => _insert?.Dispose();

    private static Cell[] Sort(List<Cell> cells)
    {
        var all = cells.Aggregate((around, cell) => around.With(cell));
        var (keys, sorted) = (new uint[cells.Count], cells.ToArray());
        for (var at = 0; at < sorted.Length; at++)
        {
            var cell = sorted[at];
            keys[at] = HilbertCurve.Distance(Step(cell.MinX, cell.MaxX, all.MinX, all.MaxX), Step(cell.MinY, cell.MaxY, all.MinY, all.MaxY));
        }

        Array.Sort(keys, sorted);
        return sorted;

        static uint Step(float least, float greatest, float from, float to) =>
            to > from ? (uint)Math.Clamp(HilbertCurve.Greatest * ((((double)least + greatest) / 2) - from) / ((double)to - from), 0, HilbertCurve.Greatest) : 0;
    }

    /// <summary>Writes the nodes level by level, the lowest first; their cells are shared out evenly, so that none is nearly empty.</summary>
    private void Pack(Cell[] cells)
    {
        using var node = _file.Prepare($"INSERT OR REPLACE INTO {Quote(_name + "_node")} VALUES (?1, ?2)");
        using var rows = _file.Prepare($"INSERT INTO {Quote(_name + "_rowid")} VALUES (?1, ?2)");
        using var parents = _file.Prepare($"INSERT INTO {Quote(_name + "_parent")} VALUES (?1, ?2)");
        var next = Root + 1;
        for (var depth = 0; cells.Length > 0; depth++)
        {
            var isRoot = cells.Length <= MostCells;
            var above = new Cell[isRoot ? 1 : (cells.Length + MostCells - 1) / MostCells];
            var (members, holders) = (new long[cells.Length], new long[cells.Length]);
            for (var number = 0; number < above.Length; number++)
            {
                var (start, end) = ((int)((long)number * cells.Length / above.Length), (int)((number + 1L) * cells.Length / above.Length));
                var id = isRoot ? Root : next++;
                Write(node, id, isRoot ? depth : 0, cells.AsSpan(start..end));
                above[number] = cells[start] with { Id = id };
                for (var at = start; at < end; at++)
                {
                    (members[at], holders[at]) = (cells[at].Id, id);
                    above[number] = above[number].With(cells[at]);
                }
            }

            // A table grows best at its end.
            Array.Sort(members, holders);
            for (var at = 0; at < members.Length; at++)
            {
                var link = depth == 0 ? rows : parents;
                link.Bind(1, members[at]);
                link.Bind(2, holders[at]);
                link.Run();
            }

            cells = isRoot ? [] : above;
        }
    }

    private void Write(PreparedStatement statement, long id, int depth, ReadOnlySpan<Cell> cells)
    {
        _node.AsSpan().Clear();
        BinaryPrimitives.WriteUInt16BigEndian(_node, (ushort)depth);
        BinaryPrimitives.WriteUInt16BigEndian(_node.AsSpan(sizeof(ushort)), (ushort)cells.Length);
        var bytes = _node.AsSpan(HeaderLength);
        foreach (var cell in cells)
        {
            BinaryPrimitives.WriteInt64BigEndian(bytes, cell.Id);
            BinaryPrimitives.WriteSingleBigEndian(bytes[8..], cell.MinX);
            BinaryPrimitives.WriteSingleBigEndian(bytes[12..], cell.MaxX);
            BinaryPrimitives.WriteSingleBigEndian(bytes[16..], cell.MinY);
            BinaryPrimitives.WriteSingleBigEndian(bytes[20..], cell.MaxY);
            bytes = bytes[CellLength..];
        }

        statement.Bind(1, id);
        statement.BindBytes(2, _node);
        statement.Run();
    }

    private static float Below(double value) => (float)value is var rounded && rounded > value ? MathF.BitDecrement(rounded) : (float)value;

    private static float Above(double value) => (float)value is var rounded && rounded < value ? MathF.BitIncrement(rounded) : (float)value;

    private readonly record struct Cell(long Id, float MinX, float MaxX, float MinY, float MaxY)
    {
        public Cell With(in Cell other) => this with
        {
            MinX = Math.Min(MinX, other.MinX),
            MaxX = Math.Max(MaxX, other.MaxX),
            MinY = Math.Min(MinY, other.MinY),
            MaxY = Math.Max(MaxY, other.MaxY),
        };
    }
}
