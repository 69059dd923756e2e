using System.Buffers.Binary;

namespace GeoOffer.PostGis;

/// <summary>The positions of a point, a line or a ring, read where they lie without copying.</summary>
public readonly ref struct EwkbPositions
{
    private readonly ReadOnlySpan<byte> _bytes;
    private readonly int _stride;
    private readonly bool _bigEndian;

    internal EwkbPositions(ReadOnlySpan<byte> bytes, int count, EwkbHeader header, bool bigEndian)
    {
        _bytes = bytes;
        _stride = header.Dimension * sizeof(double);
        _bigEndian = bigEndian;
        Count = count;
        HasZ = header.HasZ;
        HasM = header.HasM;
    }

    /// <summary>Number of positions.</summary>
    public int Count { get; }

    /// <summary>Whether <see cref="Z"/> may be asked for.</summary>
    public bool HasZ { get; }

    /// <summary>Whether <see cref="M"/> may be asked for.</summary>
    public bool HasM { get; }

    /// <summary>Easting or longitude, in the unit of the reference system.</summary>
    public double X(int index) => Ordinate(index, 0);

    /// <summary>Northing or latitude, in the unit of the reference system.</summary>
    public double Y(int index) => Ordinate(index, 1);

    /// <summary>Height, only where <see cref="HasZ"/>.</summary>
    public double Z(int index) => Ordinate(index, 2);

    /// <summary>Measure, only where <see cref="HasM"/>.</summary>
    public double M(int index) => Ordinate(index, HasZ ? 3 : 2);

    /// <summary>The bytes of all positions where they are little-endian doubles in the order of the ordinates.</summary>
    internal bool TryGetLittleEndian(out ReadOnlySpan<byte> bytes)
    {
        bytes = _bytes;
        return !_bigEndian;
    }

    private double Ordinate(int index, int ordinate)
    {
        var slot = _bytes.Slice((index * _stride) + (ordinate * sizeof(double)), sizeof(double));
        return _bigEndian ? BinaryPrimitives.ReadDoubleBigEndian(slot) : BinaryPrimitives.ReadDoubleLittleEndian(slot);
    }
}
