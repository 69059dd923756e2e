using System.Text;

namespace GeoOffer.Storage.Importing.Reading.Text;

/// <summary>Encodings by name, and those that the first bytes of a text give away.</summary>
internal static class TextEncodings
{
    private const int LeastWideBytes = 8;

    private static readonly (byte[] Mark, Encoding Encoding)[] Marks =
    [
        ([0xFF, 0xFE, 0x00, 0x00], Encoding.UTF32),
        ([0x00, 0x00, 0xFE, 0xFF], new UTF32Encoding(bigEndian: true, byteOrderMark: true)),
        ([0xFF, 0xFE], Encoding.Unicode),
        ([0xFE, 0xFF], Encoding.BigEndianUnicode),
    ];

    /// <summary>What Western Windows programs write where they do not write Unicode; ISO 8859-1 without its control codes.</summary>
    public static Encoding Windows1252 { get; } = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;

    /// <summary>The encoding of this name. ISO 8859-1 is read as the Windows-1252 that files labelled so are written in.</summary>
    /// <exception cref="ImportRequestException">There is none.</exception>
    public static Encoding Get(string name)
    {
        try
        {
            var encoding = CodePagesEncodingProvider.Instance.GetEncoding(name) ?? Encoding.GetEncoding(name);
            return encoding.CodePage == Encoding.Latin1.CodePage ? Windows1252 : encoding;
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException)
        {
            throw new ImportRequestException(
                "encoding",
                $"'{MessageText.Shorten(name)}' is no encoding that can be read; "
                + "expected a name such as utf-8, windows-1252, utf-16 or ibm850");
        }
    }

    /// <summary>UTF-16 or UTF-32, by a byte order mark or by the NUL bytes that letters leave there; null for anything else.</summary>
    public static Encoding? FindWide(ReadOnlySpan<byte> beginning)
    {
        foreach (var (mark, encoding) in Marks)
        {
            if (beginning.StartsWith(mark))
            {
                return encoding;
            }
        }

        // Text of Western languages leaves every second byte NUL and the others never.
        var (even, odd) = (0, 0);
        for (var i = 0; i < beginning.Length; i++)
        {
            (even, odd) = beginning[i] != 0 ? (even, odd) : i % 2 == 0 ? (even + 1, odd) : (even, odd + 1);
        }

        var most = beginning.Length / 2;
        return beginning.Length < LeastWideBytes ? null
            : odd * 10 > most * 9 && even == 0 ? Encoding.Unicode
            : even * 10 > most * 9 && odd == 0 ? Encoding.BigEndianUnicode
            : null;
    }

    /// <summary>The beginning of a text as UTF-8, without a byte order mark.</summary>
    public static ReadOnlySpan<byte> ToUtf8(ReadOnlySpan<byte> beginning)
    {
        var text = FindWide(beginning) is { } wide ? Encoding.UTF8.GetBytes(wide.GetString(beginning)) : beginning;
        return text.StartsWith(Encoding.UTF8.Preamble) ? text[Encoding.UTF8.Preamble.Length..] : text;
    }
}
