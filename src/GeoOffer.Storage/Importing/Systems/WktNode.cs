using System.Globalization;
using System.Text;

namespace GeoOffer.Storage.Importing.Systems;

/// <summary>
/// A keyword of well-known text with what stands in its brackets (OGC 01-009, chapter 7; ISO 19162 has the same brackets). Texts and
/// numbers are leaves.
/// </summary>
/// <param name="Keyword">In upper case; of a leaf the text, or the digits.</param>
/// <param name="IsText">Whether it stands in quotes.</param>
/// <param name="Children">What stands in its brackets; none for leaves.</param>
internal sealed record WktNode(string Keyword, bool IsText, IReadOnlyList<WktNode> Children)
{
    private const int LongestText = 1 << 16;
    private const int DeepestNesting = 24;

    /// <summary>The name in quotes that most keywords begin with.</summary>
    public string? Name => Children is [{ IsText: true, Keyword: var name }, ..] ? name : null;

    /// <summary>The EPSG code that it gives itself, in either generation of well-known text; null when it gives none.</summary>
    public int? Code =>
        Child("AUTHORITY", "ID") is { Children: [var authority, var code, ..] }
        && authority.Keyword.Equals("EPSG", StringComparison.OrdinalIgnoreCase)
        && int.TryParse(code.Keyword, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;

    /// <summary>The numbers in its brackets.</summary>
    public IEnumerable<double> Numbers => Children.Select(child => child.Number).OfType<double>();

    private double? Number =>
        !IsText && Children.Count == 0 && double.TryParse(Keyword, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            && double.IsFinite(number)
            ? number
            : null;

    /// <summary>Reads a text; null when it is none.</summary>
    public static WktNode? Parse(string text)
    {
        var position = 0;
        var node = text.Length > LongestText ? null : Read(text, ref position, 0);
        SkipBlanks(text, ref position);
        return node is { IsText: false, Children.Count: > 0 } && position == text.Length ? node : null;
    }

    /// <summary>The first child of one of these keywords; null when there is none.</summary>
    public WktNode? Child(params ReadOnlySpan<string> keywords)
    {
        foreach (var child in Children)
        {
            if (!child.IsText && keywords.Contains(child.Keyword))
            {
                return child;
            }
        }

        return null;
    }

    /// <summary>The same with another child in the place of one.</summary>
    public WktNode With(WktNode child, WktNode other) =>
        this with { Children = [.. Children.Select(own => ReferenceEquals(own, child) ? other : own)] };

    /// <inheritdoc />
    public override string ToString() => IsText
        ? $"\"{Keyword.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
        : Children.Count == 0 ? Keyword : $"{Keyword}[{string.Join(',', Children)}]";

    private static WktNode? Read(string text, ref int position, int depth)
    {
        SkipBlanks(text, ref position);
        if (position >= text.Length || depth > DeepestNesting)
        {
            return null;
        }

        if (text[position] == '"')
        {
            return ReadText(text, ref position) is { } name ? new WktNode(name, true, []) : null;
        }

        var start = position;
        while (position < text.Length && (char.IsAsciiLetterOrDigit(text[position]) || text[position] is '_' or '.' or '+' or '-'))
        {
            position++;
        }

        if (position == start)
        {
            return null;
        }

        var keyword = text[start..position].ToUpperInvariant();
        SkipBlanks(text, ref position);
        if (position >= text.Length || text[position] is not ('[' or '('))
        {
            return new WktNode(keyword, false, []);
        }

        return ReadChildren(text, ref position, depth) is { } children ? new WktNode(keyword, false, children) : null;
    }

    private static List<WktNode>? ReadChildren(string text, ref int position, int depth)
    {
        var children = new List<WktNode>();
        do
        {
            position++;
            if (Read(text, ref position, depth + 1) is not { } child)
            {
                return null;
            }

            children.Add(child);
            SkipBlanks(text, ref position);
        }
        while (position < text.Length && text[position] == ',');
        return position < text.Length && text[position++] is ']' or ')' ? children : null;
    }

    private static string? ReadText(string text, ref int position)
    {
        var letters = new StringBuilder();
        for (position++; position < text.Length; position++)
        {
            if (text[position] != '"')
            {
                letters.Append(text[position]);
            }
            else if (position + 1 < text.Length && text[position + 1] == '"')
            {
                letters.Append(text[position++]);
            }
            else
            {
                position++;
                return letters.ToString();
            }
        }

        return null;
    }

    private static void SkipBlanks(string text, ref int position)
    {
        while (position < text.Length && char.IsWhiteSpace(text[position]))
        {
            position++;
        }
    }
}
