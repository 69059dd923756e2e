namespace GeoOffer.Storage.Exporting.Shapefiles;

/// <summary>Names of fields that fit the ten letters of dBASE.</summary>
public static class ShapefileNames
{
    /// <summary>The most letters of a name.</summary>
    public const int Longest = 10;

    /// <summary>
    /// A short name for each, all different in any letter case. A long one keeps the beginning of each of its words, longer for the first:
    /// <c>distance_rail_line_m</c> is <c>di_ra_li_m</c>. The same names in the same order always get the same.
    /// </summary>
    public static IReadOnlyList<string> Of(IEnumerable<string> names)
    {
        var list = names.ToList();

        // Names that fit are kept, whatever comes before them.
        var taken = new HashSet<string>(list.Where(name => name.Length <= Longest), StringComparer.OrdinalIgnoreCase);
        var given = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        return [.. list.Select(Give)];

        string Give(string name)
        {
            if (name.Length <= Longest && given.Add(name))
            {
                return name;
            }

            var candidate = Shorten(name);
            for (var number = 2; taken.Contains(candidate) || !given.Add(candidate); number++)
            {
                var end = number.ToString(System.Globalization.CultureInfo.InvariantCulture);
                candidate = string.Concat(Shorten(name).AsSpan(0, Math.Min(Shorten(name).Length, Longest - end.Length)), end);
            }

            return candidate;
        }
    }

    private static string Shorten(string name)
    {
        var words = name.Split('_', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length is < 2 or > (Longest / 2))
        {
            return name[..Math.Min(name.Length, Longest)];
        }

        // One letter for each word and the strokes between; the rest goes round, the first words first.
        var letters = words.Select(_ => 1).ToArray();
        var left = Longest - (words.Length - 1) - words.Length;
        for (var isGiving = true; left > 0 && isGiving;)
        {
            isGiving = false;
            for (var word = 0; word < words.Length && left > 0; word++)
            {
                if (letters[word] < words[word].Length)
                {
                    letters[word]++;
                    left--;
                    isGiving = true;
                }
            }
        }

        return string.Join('_', words.Zip(letters, (word, count) => word[..count]));
    }
}
