using System.Buffers.Binary;
using System.Numerics;

namespace GeoOffer.PostGis.Tiles;

/// <summary>Bytes of the protocol buffer encoding, as far as vector tiles need it.</summary>
internal sealed class ProtobufBuffer
{
    private byte[] _bytes = new byte[1024];

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Length);

    /// <summary>The bytes that a number takes.</summary>
    public static int SizeOf(ulong number) => (70 - BitOperations.LeadingZeroCount(number | 1)) / 7;

    /// <summary>Whole numbers of either sign, the small ones short.</summary>
    public static ulong ZigZag(long number) => (ulong)((number << 1) ^ (number >> 63));

    public void Clear() => Length = 0;

    public void Truncate(int length) => Length = length;

    public void Number(ulong number)
    {
        Reserve(10);
        while (number >= 0x80)
        {
            _bytes[Length++] = (byte)(number | 0x80);
            number >>= 7;
        }

        _bytes[Length++] = (byte)number;
    }

    public void Field(int field, ulong number)
    {
        Number((ulong)field << 3);
        Number(number);
    }

    public void Field(int field, double number)
    {
        Number(((ulong)field << 3) | 1);
        Reserve(sizeof(double));
        BinaryPrimitives.WriteDoubleLittleEndian(_bytes.AsSpan(Length), number);
        Length += sizeof(double);
    }

    public void Field(int field, ReadOnlySpan<byte> content)
    {
        Begin(field, content.Length);
        Raw(content);
    }

    /// <summary>The start of a field of so many bytes.</summary>
    public void Begin(int field, int length)
    {
        Number(((ulong)field << 3) | 2);
        Number((ulong)length);
    }

    public void Raw(ReadOnlySpan<byte> content)
    {
        Reserve(content.Length);
        content.CopyTo(_bytes.AsSpan(Length));
        Length += content.Length;
    }

    private void Reserve(int count)
    {
        if (_bytes.Length - Length < count)
        {
            Array.Resize(ref _bytes, Math.Max(2 * _bytes.Length, Length + count));
        }
    }
}
