using System.Globalization;
using System.Text;
using System.Text.Unicode;

namespace GeoOffer.Storage.Importing.Reading.Shapefiles;

/// <summary>The text of a .dbf: in which encoding it is, and what says so.</summary>
/// <param name="Encoding">The encoding.</param>
/// <param name="Origin">What says so, in words.</param>
internal sealed record TableText(Encoding Encoding, string Origin)
{
    private const int Utf8CodePage = 65001;
    private const int Windows1252 = 1252;
    private const int Latin1 = 28591;
    private const int Ascii = 20127;

    private static readonly DecoderReplacementFallback Replacement = new("\uFFFD");

    private static readonly string[] Prefixes = ["ANSI ", "OEM ", "CP", "IBM", "WINDOWS-"];

    /// <summary>Whether it is UTF-8.</summary>
    public bool IsUtf8 => Encoding.CodePage == Utf8CodePage;

    /// <summary>The encoding that nothing states: UTF-8 where all text is, or else that of most of the West.</summary>
    public static TableText Found(bool isUtf8) => isUtf8
        ? new TableText(Encoding.UTF8, "nothing states it, and all of the text is valid as such")
        : new TableText(Page(Windows1252)!, "nothing states it, and the text is no UTF-8");

    /// <summary>The encoding of a name as .cpg files and people write it; null when it is not known.</summary>
    public static Encoding? Find(string name)
    {
        var plain = name.Trim().ToUpperInvariant();
        if (plain.StartsWith("LDID/", StringComparison.Ordinal))
        {
            return byte.TryParse(plain.AsSpan(5), NumberStyles.None, CultureInfo.InvariantCulture, out var driver) ? Driver(driver) : null;
        }

        foreach (var prefix in Prefixes)
        {
            plain = plain.StartsWith(prefix, StringComparison.Ordinal) ? plain[prefix.Length..].Trim('-', ' ') : plain;
        }

        if (int.TryParse(plain, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return number is > 88590 and < 88600 ? Page(28590 + number - 88590) : Page(number);
        }

        return plain switch
        {
            "UTF8" or "UTF-8" => Encoding.UTF8,
            _ when plain.StartsWith("ISO8859", StringComparison.Ordinal) => Named("ISO-8859-" + plain["ISO8859".Length..].Trim('-', '_')),
            _ when plain.StartsWith("ISO 8859", StringComparison.Ordinal) => Named("ISO-8859-" + plain["ISO 8859".Length..].Trim('-', '_')),
            _ => Named(plain),
        };
    }

    /// <summary>The encoding of the language driver in byte 29 of a .dbf; null when it is not known.</summary>
    public static Encoding? Driver(byte driver) => driver switch
    {
        0x01 or 0x09 or 0x0B or 0x0D or 0x0F or 0x11 or 0x15 or 0x18 or 0x19 or 0x1B => Page(437),
        0x02 or 0x0A or 0x0E or 0x10 or 0x12 or 0x14 or 0x16 or 0x1A or 0x1D or 0x25 or 0x37 => Page(850),
        0x03 or 0x57 or 0x58 or 0x59 => Page(Windows1252),
        0x04 => Page(10000),
        0x08 or 0x17 or 0x66 => Page(865),
        0x13 or 0x7B => Page(932),
        0x1C or 0x6C => Page(863),
        0x1F or 0x22 or 0x23 or 0x40 or 0x64 or 0x87 => Page(852),
        0x24 => Page(860),
        0x26 or 0x65 => Page(866),
        0x4D or 0x7A => Page(936),
        0x4E or 0x79 => Page(949),
        0x4F or 0x78 => Page(950),
        0x50 or 0x7C => Page(874),
        0x67 => Page(861),
        0x6A or 0x86 => Page(737),
        0x6B or 0x88 => Page(857),
        0x96 => Page(10007),
        0x97 => Page(10029),
        0x98 => Page(10006),
        0xC8 => Page(1250),
        0xC9 => Page(1251),
        0xCA => Page(1254),
        0xCB => Page(1253),
        0xCC => Page(1257),
        _ => null,
    };

    /// <summary>Whether text is UTF-8, but for a last character that a field was too short for.</summary>
    public static bool IsValidUtf8(ReadOnlySpan<byte> cell, int fieldLength) => Utf8.IsValid(WithoutCutEnd(cell, fieldLength));

    /// <summary>The text of a cell.</summary>
    public SourceValue Decode(ReadOnlySpan<byte> cell, int fieldLength) =>
        SourceValue.OfText(Encoding.GetString(IsUtf8 ? WithoutCutEnd(cell, fieldLength) : cell));

    /// <summary>Writers fill a field to its last byte, in the middle of a character where it falls so.</summary>
    private static ReadOnlySpan<byte> WithoutCutEnd(ReadOnlySpan<byte> cell, int fieldLength)
    {
        if (cell.Length < fieldLength)
        {
            return cell;
        }

        for (var tail = 1; tail <= Math.Min(3, cell.Length); tail++)
        {
            var letter = cell[^tail];
            if ((letter & 0xC0) == 0x80)
            {
                continue;
            }

            var length = letter >= 0xF0 ? 4 : letter >= 0xE0 ? 3 : letter >= 0xC0 ? 2 : 1;
            return length > tail ? cell[..^tail] : cell;
        }

        return cell;
    }

    private static Encoding? Page(int codePage) => Get(() =>
        CodePagesEncodingProvider.Instance.GetEncoding(codePage, EncoderFallback.ReplacementFallback, Replacement)
        ?? Encoding.GetEncoding(codePage, EncoderFallback.ReplacementFallback, Replacement));

    private static Encoding? Named(string name) => Get(() =>
        CodePagesEncodingProvider.Instance.GetEncoding(name, EncoderFallback.ReplacementFallback, Replacement)
        ?? Encoding.GetEncoding(name, EncoderFallback.ReplacementFallback, Replacement));

    private static Encoding? Get(Func<Encoding> get)
    {
        try
        {
            var encoding = get();
            return encoding.CodePage switch
            {
                // What is stated as ISO 8859-1 holds the quotes and dashes of Windows-1252 as often as not; its own controls there, never.
                Latin1 => Page(Windows1252),
                // Stated for want of anything better.
                Ascii => null,
                // UTF-16 and EBCDIC cannot be the text of a table that is padded with blanks of ASCII.
                _ => encoding.GetBytes("A 1") is [0x41, 0x20, 0x31] ? encoding : null,
            };
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException)
        {
            return null;
        }
    }
}
