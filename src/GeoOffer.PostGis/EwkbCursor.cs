using System.Buffers.Binary;
using NetTopologySuite.Geometries;

namespace GeoOffer.PostGis;

/// <summary>
/// Walks EWKB forward, part by part, without building anything. Every step is checked against the bytes that are left, so that
/// no count can cause an allocation or a loop larger than the input.
/// </summary>
/// <remarks>
/// EWKB is the well-known binary of OGC 06-103r4, clause 8, with flags in the type word for Z, M and an SRID (PostGIS).
/// The ISO type codes (1001, 2001, 3001, …) are read as well. Both byte orders are, also mixed.
/// </remarks>
public ref struct EwkbCursor
{
    /// <summary>Collections nested deeper than this are refused; PostGIS has the same bound.</summary>
    public const int MaxDepth = 200;

    internal const uint ZFlag = 0x8000_0000;
    internal const uint MFlag = 0x4000_0000;
    internal const uint SridFlag = 0x2000_0000;

    /// <summary>The shortest member of a collection: byte order, type, and the count of an empty geometry.</summary>
    internal const int ShortestGeometry = 1 + sizeof(uint) + sizeof(uint);

    private readonly ReadOnlySpan<byte> _bytes;
    private bool _bigEndian;

    /// <summary>Starts at the first byte of a geometry.</summary>
    public EwkbCursor(ReadOnlySpan<byte> ewkb) => _bytes = ewkb;

    /// <summary>Bytes read so far.</summary>
    public int ByteOffset { get; private set; }

    private readonly int Remaining => _bytes.Length - ByteOffset;

    /// <summary>Reads the start of a geometry, or of a member of a collection.</summary>
    /// <exception cref="EwkbException">The bytes end, or are no simple feature.</exception>
    public EwkbHeader ReadHeader()
    {
        var start = ByteOffset;
        var order = Take(1)[0];
        if (order > 1)
        {
            throw new EwkbException(EwkbFault.UnknownByteOrder, start);
        }

        _bigEndian = order == 0;
        var word = ReadUInt32();
        var (isoDimension, type) = Math.DivRem(word & ~(ZFlag | MFlag | SridFlag), 1000);
        if (type is < (uint)OgcGeometryType.Point or > (uint)OgcGeometryType.GeometryCollection || isoDimension > 3)
        {
            throw new EwkbException(EwkbFault.UnsupportedGeometryType, start);
        }

        var srid = (word & SridFlag) == 0 ? 0 : (int)ReadUInt32();
        return new EwkbHeader(
            (OgcGeometryType)type,
            HasZ: (word & ZFlag) != 0 || isoDimension is 1 or 3,
            HasM: (word & MFlag) != 0 || isoDimension is 2 or 3,
            srid);
    }

    /// <summary>Reads the number of rings of a polygon.</summary>
    /// <exception cref="EwkbException">There are fewer bytes than so many rings need.</exception>
    public int ReadRingCount() => ReadCount(sizeof(uint));

    /// <summary>Reads the number of members of a multi-geometry or a collection.</summary>
    /// <exception cref="EwkbException">There are fewer bytes than so many members need.</exception>
    public int ReadMemberCount() => ReadCount(ShortestGeometry);

    /// <summary>Reads the count and the positions of a line, or of one ring of a polygon.</summary>
    /// <exception cref="EwkbException">There are fewer bytes than so many positions need.</exception>
    public EwkbPositions ReadPositions(EwkbHeader header) =>
        TakePositions(ReadCount(header.Dimension * sizeof(double)), header);

    /// <summary>Reads the content of a point: one position, or none where X and Y are NaN, which is how EWKB writes POINT EMPTY.</summary>
    /// <exception cref="EwkbException">The bytes end.</exception>
    public EwkbPositions ReadPoint(EwkbHeader header)
    {
        var positions = TakePositions(1, header);
        return double.IsNaN(positions.X(0)) && double.IsNaN(positions.Y(0)) ? new EwkbPositions([], 0, header, _bigEndian) : positions;
    }

    /// <summary>Makes sure that nothing follows.</summary>
    /// <exception cref="EwkbException">Bytes are left.</exception>
    public readonly void ExpectEnd()
    {
        if (Remaining != 0)
        {
            throw new EwkbException(EwkbFault.TrailingBytes, ByteOffset);
        }
    }

    private EwkbPositions TakePositions(int count, EwkbHeader header) =>
        new(Take(count * header.Dimension * sizeof(double)), count, header, _bigEndian);

    private int ReadCount(int shortestItem)
    {
        var start = ByteOffset;
        var count = ReadUInt32();
        return (ulong)count * (uint)shortestItem <= (uint)Remaining
            ? (int)count
            : throw new EwkbException(EwkbFault.CountExceedsInput, start);
    }

    private uint ReadUInt32()
    {
        var slot = Take(sizeof(uint));
        return _bigEndian ? BinaryPrimitives.ReadUInt32BigEndian(slot) : BinaryPrimitives.ReadUInt32LittleEndian(slot);
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count > Remaining)
        {
            throw new EwkbException(EwkbFault.Truncated, ByteOffset);
        }

        var taken = _bytes.Slice(ByteOffset, count);
        ByteOffset += count;
        return taken;
    }
}
