using System.Text;
using System.Text.RegularExpressions;
using GeoOffer.Storage.Importing;

namespace GeoOffer.Storage.Layers;

/// <summary>Names of layers and of their columns.</summary>
internal static partial class LayerNames
{
    private const int LongestColumn = 55;

    // Names that columns of every layer, and of every table of PostgreSQL, have; and parts of facts that a layer must not be taken for.
    private static readonly HashSet<string> OwnColumns =
    [
        "code", "id", "geom", "geometry", "change_set_id", "row_number", "place", "municipality_geom",
        "tableoid", "xmin", "cmin", "xmax", "cmax", "ctid",
    ];

    private static readonly HashSet<string> Parts = ["area", "container", "constraint", "rail", "layer", "profiles"];

    /// <summary>Checks the name of a layer.</summary>
    /// <exception cref="ImportRequestException">It is none, or means something else already.</exception>
    public static void Require(string name)
    {
        if (!Form().IsMatch(name) || name.Length > 40)
        {
            var proposal = ToColumn(name) is { Length: > 0 and <= 40 } column && Form().IsMatch(column) ? $", such as {column}" : "";
            throw new ImportRequestException(
                "layer", $"'{MessageText.Shorten(name)}' is no name of a layer: it begins with a letter and has at most 40 lower case letters, digits and single underscores{proposal}");
        }

        var taken = Importer.Collections.FirstOrDefault(collection => Letters(collection) == Letters(name));
        if (taken is not null || Parts.Contains(name))
        {
            throw new ImportRequestException(
                "layer", taken is null ? $"the name '{name}' is taken by the house" : $"the name '{name}' is taken by the collection {taken}: import it with geooffer import {taken}");
        }
    }

    /// <summary>A name without strokes: two layers never differ by these alone.</summary>
    public static string Letters(string name) => string.Concat(name.Where(letter => letter is not ('_' or '-')));

    /// <summary>The name of a column made of that in the file: <c>Tensione (kV)</c> is <c>tensione_kv</c>.</summary>
    public static string ToColumn(string title)
    {
        var name = new StringBuilder(title.Length);
        foreach (var letter in title.Normalize(NormalizationForm.FormD))
        {
            if (char.IsAsciiLetterOrDigit(letter))
            {
                name.Append(char.ToLowerInvariant(letter));
            }
            else if (name.Length > 0 && name[^1] != '_' && !IsMark(letter))
            {
                name.Append('_');
            }
        }

        var column = name.ToString().Trim('_');
        column = column.Length > LongestColumn ? column[..LongestColumn].Trim('_') : column;
        return column.Length == 0 ? "column" : char.IsAsciiDigit(column[0]) ? $"c_{column}" : column;
    }

    /// <summary>Names of columns that differ from each other and from those that every layer has.</summary>
    public static IReadOnlyList<string> ToColumns(IEnumerable<string> titles)
    {
        var taken = new HashSet<string>(OwnColumns);
        var columns = new List<string>();
        foreach (var title in titles)
        {
            var column = ToColumn(title);
            var name = taken.Contains(column) && OwnColumns.Contains(column) ? column + "_of_file" : column;
            for (var number = 2; !taken.Add(name); number++)
            {
                name = $"{column}_{number}";
            }

            columns.Add(name);
        }

        return columns;
    }

    private static bool IsMark(char letter) => char.GetUnicodeCategory(letter) == System.Globalization.UnicodeCategory.NonSpacingMark;

    [GeneratedRegex("^[a-z][a-z0-9]*(_[a-z0-9]+)*$")]
    private static partial Regex Form();
}
