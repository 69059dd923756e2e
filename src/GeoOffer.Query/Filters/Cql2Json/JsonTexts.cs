using System.Buffers.Text;
using System.Text;
using System.Text.Unicode;

namespace GeoOffer.Query.Filters.Cql2Json;

/// <summary>
/// Finds what JSON readers take as JSON but fail on when the text is asked for: bytes that are no UTF-8, and escapes that say half a
/// surrogate pair.
/// </summary>
internal static class JsonTexts
{
    private const int EscapeLength = 6;

    /// <summary>Where the first such fault starts, in bytes; null when there is none.</summary>
    public static int? FirstFault(ReadOnlySpan<byte> utf8) => Utf8.IsValid(utf8) ? FirstHalfPair(utf8) : FirstInvalidByte(utf8);

    private static int FirstInvalidByte(ReadOnlySpan<byte> utf8)
    {
        var at = 0;
        while (Rune.DecodeFromUtf8(utf8[at..], out _, out var length) == System.Buffers.OperationStatus.Done)
        {
            at += length;
        }

        return at;
    }

    private static int? FirstHalfPair(ReadOnlySpan<byte> utf8)
    {
        for (var at = 0; at < utf8.Length;)
        {
            var next = utf8[at..].IndexOf((byte)'\\');
            if (next < 0)
            {
                return null;
            }

            at += next;
            if (Escape(utf8[at..]) is not { } unit || !char.IsSurrogate(unit))
            {
                at += 2;
                continue;
            }

            if (!char.IsHighSurrogate(unit) || Escape(utf8[(at + EscapeLength)..]) is not { } low || !char.IsLowSurrogate(low))
            {
                return at;
            }

            at += 2 * EscapeLength;
        }

        return null;
    }

    /// <summary>The UTF-16 unit of an escape \uXXXX that stands at the start; null when none does.</summary>
    private static char? Escape(ReadOnlySpan<byte> utf8) =>
        utf8.Length >= EscapeLength && utf8.StartsWith("\\u"u8)
        && Utf8Parser.TryParse(utf8[2..EscapeLength], out ushort unit, out var consumed, 'x') && consumed == EscapeLength - 2
            ? (char)unit
            : null;
}
