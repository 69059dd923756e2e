using System.Buffers.Binary;
using System.Text;

namespace GeoOffer.Storage.Importing.Reading.FlatGeobufs;

/// <summary>
/// A table of a flatbuffer, read where it lies. Every offset is checked; and since offsets may point at the same bytes many times over, what
/// is read all in all is bounded by the length of the buffer too.
/// </summary>
internal readonly ref struct FlatTable
{
    private const int OffsetLength = sizeof(uint);
    private const int FirstSlot = 2 * sizeof(ushort);

    private readonly ReadOnlySpan<byte> _buffer;
    private readonly FlatBudget _budget;
    private readonly int _position;
    private readonly ReadOnlySpan<byte> _slots;

    private FlatTable(ReadOnlySpan<byte> buffer, FlatBudget budget, long position)
    {
        budget.SpendTable();
        _buffer = buffer;
        _budget = budget;
        _position = (int)Check(position, OffsetLength);
        var slots = Check(position - BinaryPrimitives.ReadInt32LittleEndian(buffer[_position..]), FirstSlot);
        var length = BinaryPrimitives.ReadUInt16LittleEndian(buffer[(int)slots..]);
        Check(slots, Math.Max(length, (ushort)FirstSlot));
        _slots = buffer.Slice((int)slots, Math.Max(length, (ushort)FirstSlot));
    }

    /// <summary>The table that a buffer begins with an offset to.</summary>
    /// <exception cref="FlatBufferException">There is none.</exception>
    public static FlatTable Root(ReadOnlySpan<byte> buffer) => buffer.Length >= OffsetLength
        ? new FlatTable(buffer, new FlatBudget(buffer.Length), BinaryPrimitives.ReadUInt32LittleEndian(buffer))
        : throw new FlatBufferException("it is empty");

    /// <summary>A byte; the default when it is not there.</summary>
    public byte Byte(int field, byte absent = 0) => Find(field, sizeof(byte)) is var at and > 0 ? _buffer[at] : absent;

    /// <summary>A number of 16 bits; the default when it is not there.</summary>
    public ushort UInt16(int field, ushort absent = 0) =>
        Find(field, sizeof(ushort)) is var at and > 0 ? BinaryPrimitives.ReadUInt16LittleEndian(_buffer[at..]) : absent;

    /// <summary>A number of 32 bits; nought when it is not there.</summary>
    public int Int32(int field) => Find(field, sizeof(int)) is var at and > 0 ? BinaryPrimitives.ReadInt32LittleEndian(_buffer[at..]) : 0;

    /// <summary>A number of 64 bits; nought when it is not there.</summary>
    public ulong UInt64(int field) =>
        Find(field, sizeof(ulong)) is var at and > 0 ? BinaryPrimitives.ReadUInt64LittleEndian(_buffer[at..]) : 0;

    /// <summary>The bytes of a vector; none when it is not there.</summary>
    public ReadOnlySpan<byte> Vector(int field, int itemLength)
    {
        var vector = FindVector(field, itemLength);
        _budget.Spend(vector.Length);
        return vector;
    }

    /// <summary>A text; null when it is not there or empty.</summary>
    public string? Text(int field) => Vector(field, sizeof(byte)) is { IsEmpty: false } bytes ? Encoding.UTF8.GetString(bytes) : null;

    /// <summary>A table within the table.</summary>
    /// <returns>False when it is not there.</returns>
    public bool TryTable(int field, out FlatTable table)
    {
        var at = Find(field, OffsetLength);
        table = at > 0 ? new FlatTable(_buffer, _budget, at + (long)BinaryPrimitives.ReadUInt32LittleEndian(_buffer[at..])) : default;
        return at > 0;
    }

    /// <summary>The number of tables in a vector of them.</summary>
    public int TableCount(int field) => FindVector(field, OffsetLength).Length / OffsetLength;

    /// <summary>A table of a vector of them.</summary>
    public FlatTable TableAt(int field, int index)
    {
        var at = FindTarget(field) + OffsetLength + (index * OffsetLength);
        return new FlatTable(_buffer, _budget, at + (long)BinaryPrimitives.ReadUInt32LittleEndian(_buffer[(int)at..]));
    }

    private ReadOnlySpan<byte> FindVector(int field, int itemLength)
    {
        if (Find(field, OffsetLength) == 0)
        {
            return [];
        }

        var at = FindTarget(field);
        Check(at, OffsetLength);
        var length = (long)BinaryPrimitives.ReadUInt32LittleEndian(_buffer[(int)at..]) * itemLength;
        Check(at + OffsetLength, length);
        return _buffer.Slice((int)at + OffsetLength, (int)length);
    }

    private long FindTarget(int field)
    {
        var at = Find(field, OffsetLength);
        return at + (long)BinaryPrimitives.ReadUInt32LittleEndian(_buffer[at..]);
    }

    /// <summary>Where a field stands; 0 when it is not there.</summary>
    private int Find(int field, int length)
    {
        var slot = FirstSlot + (field * sizeof(ushort));
        if (slot + sizeof(ushort) > _slots.Length)
        {
            return 0;
        }

        var offset = BinaryPrimitives.ReadUInt16LittleEndian(_slots[slot..]);
        return offset == 0 ? 0 : (int)Check(_position + offset, length);
    }

    private long Check(long position, long length) => position >= 0 && length >= 0 && position <= _buffer.Length - length
        ? position
        : throw new FlatBufferException("an offset points outside it");

    /// <summary>Counts what is read of a buffer.</summary>
    private sealed class FlatBudget(int length)
    {
        private const int TableCost = 32;
        private const int Slack = 1 << 16;

        private long _left = (2L * length) + Slack;

        public void SpendTable() => Spend(TableCost);

        public void Spend(int bytes)
        {
            _left -= bytes;
            if (_left < 0)
            {
                throw new FlatBufferException("its parts lie over each other");
            }
        }
    }
}
