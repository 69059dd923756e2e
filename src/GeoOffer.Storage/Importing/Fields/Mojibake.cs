using System.Buffers;
using System.Collections.Frozen;
using System.Text;
using System.Text.Unicode;
using GeoOffer.Storage.Importing.Reading.Text;

namespace GeoOffer.Storage.Importing.Fields;

/// <summary>Texts of UTF-8 that were read as Windows-1252 before they came into the file: <c>CantÃ¹</c> for <c>Cantù</c>.</summary>
internal static class Mojibake
{
    private const char NoBreakSpace = '\u00A0';

    /// <summary>What the first byte of a sequence of a Western letter or of a typographic sign looks like.</summary>
    private static readonly SearchValues<char> Leads = SearchValues.Create("ÂÃÄÅâ");

    /// <summary>The bytes of the letters that Windows-1252 has beyond ISO 8859-1.</summary>
    private static readonly FrozenDictionary<char, byte> Beyond = Enumerable.Range(0x80, 0x20)
        .Select(code => (Letter: TextEncodings.Windows1252.GetString([(byte)code])[0], Byte: (byte)code))
        .Where(pair => pair.Letter > '\u00FF')
        .ToFrozenDictionary(pair => pair.Letter, pair => pair.Byte);

    /// <summary>What is wrong with a text, and what it was; null for any other text.</summary>
    public static FieldProblem? Find(string text) =>
        text.AsSpan().IndexOfAny(Leads) >= 0 && Mend(text) is { } mended
            ? new FieldProblem(RejectionCode.MisreadText, "the text looks like UTF-8 that was read as Windows-1252", mended)
            : null;

    private static string? Mend(string text)
    {
        // The last byte of an à at the end is a blank that has been trimmed away.
        var whole = text[^1] == 'Ã' ? text + NoBreakSpace : text;
        var bytes = new byte[whole.Length];
        for (var i = 0; i < bytes.Length; i++)
        {
            // Programs that read ISO 8859-1 leave control codes where Windows-1252 has signs.
            bytes[i] = whole[i] <= '\u00FF' ? (byte)whole[i] : Beyond.GetValueOrDefault(whole[i]);
            if (bytes[i] == 0)
            {
                return null;
            }
        }

        return Utf8.IsValid(bytes) && Encoding.UTF8.GetString(bytes) is var mended && mended.All(IsWestern) ? mended : null;
    }

    private static bool IsWestern(char letter) =>
        letter is < '\u0080' or (>= '\u00A0' and <= '\u017F') or (>= '\u2010' and <= '\u2044') or '\u20AC' or '\u2122';
}
