namespace GeoOffer.Storage.Importing;

/// <summary>Texts of a file in messages.</summary>
internal static class MessageText
{
    private const int MaxShown = 80;

    /// <summary>The text, without control characters, cut where it gets too long for a message.</summary>
    public static string Shorten(string text, int most = MaxShown)
    {
        var cut = text;
        if (text.Length > most)
        {
            var end = char.IsHighSurrogate(text[most - 1]) ? most - 1 : most;
            cut = string.Concat(text.AsSpan(0, end), "…");
        }

        return cut.Any(char.IsControl) ? string.Concat(cut.Select(c => char.IsControl(c) ? '·' : c)) : cut;
    }

    /// <summary>The candidate that differs from a word by the fewest letters; null when none is near.</summary>
    public static string? Nearest(string word, IEnumerable<string> candidates)
    {
        var (nearest, least) = ((string?)null, Math.Max(2, word.Length / 2) + 1);
        foreach (var candidate in candidates)
        {
            var distance = EditDistance(word, candidate);
            if (distance < least)
            {
                (nearest, least) = (candidate, distance);
            }
        }

        return nearest;
    }

    private static int EditDistance(string a, string b)
    {
        if (Math.Abs(a.Length - b.Length) > MaxShown)
        {
            return int.MaxValue;
        }

        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var substituted = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(substituted, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[^1];
    }
}
