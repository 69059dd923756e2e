using System.Buffers.Binary;

namespace GeoOffer.Storage.Importing.Reading.Archives;

/// <summary>Holds bytes to the CRC-32 and the length that an archive states of them (APPNOTE 4.4.7 and 4.4.9, RFC 1952, 2.3.1).</summary>
/// <param name="crc">The checksum.</param>
/// <param name="length">The lower 32 bits of the length.</param>
/// <param name="longest">The whole length, where it is stated.</param>
internal sealed class ArchiveCheck(uint crc, uint length, long? longest)
{
    private const uint Polynomial = 0xEDB8_8320;
    private const int Step = 8;

    private static readonly uint[][] Tables = MakeTables();

    private long _length;
    private uint _state = uint.MaxValue;

    /// <summary>Takes the next bytes into account.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="isEnd">Whether none follow.</param>
    /// <returns>False when there are too many, or at the end too few or others.</returns>
    public bool Holds(ReadOnlySpan<byte> bytes, bool isEnd)
    {
        _length += bytes.Length;
        Add(bytes);
        return !(_length > longest) && (!isEnd || ((uint)_length == length && ~_state == crc));
    }

    /// <summary>Eight bytes at a time by eight tables, each of what a byte does so many places further on.</summary>
    private void Add(ReadOnlySpan<byte> bytes)
    {
        var state = _state;
        for (; bytes.Length >= Step; bytes = bytes[Step..])
        {
            var low = BinaryPrimitives.ReadUInt32LittleEndian(bytes) ^ state;
            var high = BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]);
            state = Tables[7][low & 0xFF] ^ Tables[6][(low >> 8) & 0xFF] ^ Tables[5][(low >> 16) & 0xFF] ^ Tables[4][low >> 24]
                ^ Tables[3][high & 0xFF] ^ Tables[2][(high >> 8) & 0xFF] ^ Tables[1][(high >> 16) & 0xFF] ^ Tables[0][high >> 24];
        }

        foreach (var letter in bytes)
        {
            state = Tables[0][(state ^ letter) & 0xFF] ^ (state >> 8);
        }

        _state = state;
    }

    private static uint[][] MakeTables()
    {
        var tables = new uint[Step][];
        for (var place = 0; place < Step; place++)
        {
            tables[place] = new uint[256];
            for (uint letter = 0; letter < 256; letter++)
            {
                var state = place == 0 ? letter : tables[place - 1][letter];
                for (var bit = 0; bit < 8; bit++)
                {
                    state = (state & 1) == 0 ? state >> 1 : (state >> 1) ^ Polynomial;
                }

                tables[place][letter] = state;
            }
        }

        return tables;
    }
}
