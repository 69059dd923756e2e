using System.Globalization;

namespace GeoOffer.Storage.Importing.Reading;

/// <summary>Reads of the well-known text of a reference system (OGC 01-009, 18-010r7) what it says on its outermost level.</summary>
internal static class StatedWellKnownText
{
    private const string Unnamed = "an unnamed reference system";

    /// <summary>The name that the text begins with.</summary>
    public static string Name(string wellKnownText)
    {
        var open = wellKnownText.IndexOf('"', StringComparison.Ordinal);
        var close = open < 0 ? -1 : wellKnownText.IndexOf('"', open + 1);
        var name = close < 0 ? "" : wellKnownText[(open + 1)..close].Trim();
        return name.Length == 0 ? Unnamed : MessageText.Shorten(name);
    }

    /// <summary>The EPSG code in its outermost <c>AUTHORITY</c> (WKT 1) or <c>ID</c> (WKT 2); null when there is none.</summary>
    public static int? Srid(string wellKnownText)
    {
        var (depth, word) = (0, 0);
        for (var i = 0; i < wellKnownText.Length; i++)
        {
            switch (wellKnownText[i])
            {
                case '"':
                    i = wellKnownText.IndexOf('"', i + 1);
                    if (i < 0)
                    {
                        return null;
                    }

                    break;
                case '[' or '(':
                    if (depth == 1 && wellKnownText[word..i].Trim().ToUpperInvariant() is "AUTHORITY" or "ID")
                    {
                        return Code(wellKnownText.AsSpan(i + 1));
                    }

                    depth++;
                    word = i + 1;
                    break;
                case ']' or ')':
                    depth--;
                    word = i + 1;
                    break;
                case ',':
                    word = i + 1;
                    break;
            }
        }

        return null;
    }

    /// <summary>The code of <c>"EPSG","32632"]</c> or <c>"EPSG",32632]</c>.</summary>
    private static int? Code(ReadOnlySpan<char> arguments)
    {
        var comma = arguments.IndexOf(',');
        var end = arguments.IndexOfAny(']', ')');
        return comma > 0
            && end > comma
            && arguments[..comma].Trim(" \"").Equals("EPSG", StringComparison.OrdinalIgnoreCase)
            && int.TryParse(arguments[(comma + 1)..end].Trim(" \""), NumberStyles.None, CultureInfo.InvariantCulture, out var code)
            ? code
            : null;
    }
}
