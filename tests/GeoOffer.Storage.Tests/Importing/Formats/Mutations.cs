using System.Buffers.Binary;

namespace GeoOffer.Storage.Tests.Importing.Formats;

/// <summary>Files that were damaged, each in another way and the same way every time.</summary>
internal static class Mutations
{
    private static readonly uint[] Lengths = [0, 1, 2, 0x7F, 0xFF, 0x7FFF, 0xFFFF, 0x7FFF_FFFF, 0x8000_0000, 0xFFFF_FFFE, 0xFFFF_FFFF];

    /// <summary>A damaged copy: cut off, with bytes changed, numbers replaced by extreme ones, pieces repeated or taken out.</summary>
    public static byte[] Damage(byte[] good, int seed)
    {
        var random = new Random(seed);
        var bytes = (byte[])good.Clone();
        for (var times = random.Next(1, 4); times > 0 && bytes.Length > 8; times--)
        {
            var at = random.Next(bytes.Length);
            switch (random.Next(7))
            {
                case 0:
                    bytes = bytes[..at];
                    break;
                case 1:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 2:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 3:
                    BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(Math.Min(at, bytes.Length - 4)), Lengths[random.Next(Lengths.Length)]);
                    break;
                case 4:
                    BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(Math.Min(at, bytes.Length - 4)), Lengths[random.Next(Lengths.Length)]);
                    break;
                case 5:
                    bytes = [.. bytes[..at], .. bytes[random.Next(at, bytes.Length)..]];
                    break;
                default:
                    bytes = [.. bytes[..at], .. bytes[Math.Max(0, at - random.Next(64))..]];
                    break;
            }
        }

        return bytes;
    }
}
