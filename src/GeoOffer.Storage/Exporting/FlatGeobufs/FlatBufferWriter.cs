using System.Buffers.Binary;
using System.Text;

namespace GeoOffer.Storage.Exporting.FlatGeobufs;

/// <summary>
/// Writes one size-prefixed FlatBuffer after the other, from front to back: a table comes before what it refers to, and its references are
/// filled in when their targets are written.
/// </summary>
internal sealed class FlatBufferWriter
{
    private const int Alignment = sizeof(double);
    private const int SizePrefix = sizeof(uint);
    private const int RootReference = SizePrefix;

    private byte[] _bytes = new byte[1024];
    private int _length;

    /// <summary>The buffer, once it is finished.</summary>
    public ReadOnlyMemory<byte> Written => _bytes.AsMemory(0, _length);

    /// <summary>Begins a buffer anew; what is written first is its root.</summary>
    public void Begin()
    {
        _length = 0;
        Append(SizePrefix + sizeof(uint)).Clear();
    }

    /// <summary>Ends the buffer at a multiple of eight bytes, its size in front.</summary>
    public void Finish()
    {
        Append(Padding(_length, Alignment)).Clear();
        BinaryPrimitives.WriteUInt32LittleEndian(_bytes, (uint)(_length - SizePrefix));
    }

    /// <summary>Makes the table to be written next the root.</summary>
    public int BeginRoot(ReadOnlySpan<byte> fieldSizes)
    {
        var table = BeginTable(fieldSizes);
        Refer(RootReference, table);
        return table;
    }

    /// <summary>Writes the frame of a table, all fields nought.</summary>
    /// <param name="fieldSizes">The size of each field in bytes, 4 for references; 0 for fields that are left out.</param>
    /// <returns>The place of the table.</returns>
    public int BeginTable(ReadOnlySpan<byte> fieldSizes)
    {
        var count = fieldSizes.TrimEnd((byte)0).Length;
        var dictionaryLength = (2 + count) * sizeof(ushort);

        // The first field is then aligned for the largest there can be, and smaller ones follow larger ones.
        var pad = Padding(_length + dictionaryLength + sizeof(int), Alignment);
        Append(pad).Clear();
        var dictionary = _length;
        Append(dictionaryLength).Clear();
        var table = _length;
        var end = sizeof(int);
        for (var size = (byte)sizeof(ulong); size > 0; size /= 2)
        {
            for (var field = 0; field < count; field++)
            {
                if (fieldSizes[field] == size)
                {
                    BinaryPrimitives.WriteUInt16LittleEndian(_bytes.AsSpan(dictionary + ((2 + field) * sizeof(ushort))), (ushort)end);
                    end += size;
                }
            }
        }

        BinaryPrimitives.WriteUInt16LittleEndian(_bytes.AsSpan(dictionary), (ushort)dictionaryLength);
        BinaryPrimitives.WriteUInt16LittleEndian(_bytes.AsSpan(dictionary + sizeof(ushort)), (ushort)end);
        Append(end).Clear();
        BinaryPrimitives.WriteInt32LittleEndian(_bytes.AsSpan(table), table - dictionary);
        return table;
    }

    /// <summary>The bytes of a field, to be written to at once.</summary>
    public Span<byte> Field(int table, int field) => _bytes.AsSpan(FieldAt(table, field));

    /// <summary>Lets a field refer to what is written next, which begins with a value of four bytes.</summary>
    public void ReferToNext(int table, int field)
    {
        Align(sizeof(uint));
        Refer(FieldAt(table, field), _length);
    }

    /// <summary>Lets a field refer to a table.</summary>
    public void Refer(int table, int field, int target) => Refer(FieldAt(table, field), target);

    /// <summary>Writes a text that a field refers to.</summary>
    public void WriteText(int table, int field, string text)
    {
        ReferToNext(table, field);
        var length = Encoding.UTF8.GetByteCount(text);
        var bytes = Append(sizeof(uint) + length + 1);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, (uint)length);
        Encoding.UTF8.GetBytes(text, bytes[sizeof(uint)..]);
        bytes[^1] = 0;
    }

    /// <summary>Writes a vector that a field refers to.</summary>
    /// <param name="table">The table.</param>
    /// <param name="field">The field.</param>
    /// <param name="count">The number of its members.</param>
    /// <param name="size">The size of a member in bytes.</param>
    /// <returns>Its members, to be written to at once.</returns>
    public Span<byte> WriteVector(int table, int field, int count, int size)
    {
        Align(sizeof(uint));
        if (size == Alignment)
        {
            Append(Padding(_length + sizeof(uint), Alignment)).Clear();
        }

        ReferToNext(table, field);
        BinaryPrimitives.WriteUInt32LittleEndian(Append(sizeof(uint)), (uint)count);
        return Append(checked(count * size));
    }

    /// <summary>Writes a vector of tables that a field refers to; each is then referred to by <see cref="ReferMember"/>.</summary>
    /// <returns>The place of its first member.</returns>
    public int WriteTables(int table, int field, int count)
    {
        WriteVector(table, field, count, sizeof(uint)).Clear();
        return _length - (count * sizeof(uint));
    }

    /// <summary>Lets a member of a vector refer to a table.</summary>
    public void ReferMember(int vector, int member, int target) => Refer(vector + (member * sizeof(uint)), target);

    private void Refer(int from, int target) => BinaryPrimitives.WriteUInt32LittleEndian(_bytes.AsSpan(from), (uint)(target - from));

    private int FieldAt(int table, int field)
    {
        var dictionary = table - BinaryPrimitives.ReadInt32LittleEndian(_bytes.AsSpan(table));
        return table + BinaryPrimitives.ReadUInt16LittleEndian(_bytes.AsSpan(dictionary + ((2 + field) * sizeof(ushort))));
    }

    private void Align(int size) => Append(Padding(_length, size)).Clear();

    private static int Padding(int length, int size) => -length & (size - 1);

    private Span<byte> Append(int count)
    {
        if (_bytes.Length - _length < count)
        {
            Array.Resize(ref _bytes, (int)Math.Max(_length + (long)count, Math.Min(_bytes.Length * 2L, Array.MaxLength)));
        }

        _length += count;
        return _bytes.AsSpan(_length - count, count);
    }
}
