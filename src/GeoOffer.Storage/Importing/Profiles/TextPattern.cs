using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace GeoOffer.Storage.Importing.Profiles;

/// <summary>
/// A text that a profile compares with: case, accents and the form of apostrophes and blanks do not count, leading zeros of whole numbers
/// neither, and an asterisk stands for anything.
/// </summary>
internal sealed class TextPattern
{
    private readonly string _key;
    private readonly Regex? _pattern;

    public TextPattern(string text)
    {
        _key = Key(text);
        _pattern = _key.Contains('*', StringComparison.Ordinal)
            ? new Regex(
                $"^{Regex.Escape(_key).Replace(@"\*", ".*", StringComparison.Ordinal)}$",
                RegexOptions.NonBacktracking | RegexOptions.Singleline)
            : null;
    }

    /// <summary>Whether the pattern stands for more than one text.</summary>
    public bool IsGeneral => _pattern is not null;

    /// <summary>A text in the form that is compared.</summary>
    public static string Key(string text)
    {
        var key = new StringBuilder(text.Length);
        foreach (var letter in text.Trim().Normalize(NormalizationForm.FormD))
        {
            if (char.IsWhiteSpace(letter))
            {
                key.Append(key.Length > 0 && key[^1] == ' ' ? "" : " ");
            }
            else if (CharUnicodeInfo.GetUnicodeCategory(letter) != UnicodeCategory.NonSpacingMark)
            {
                key.Append(letter is '’' or '‘' or '´' or '`' ? '\'' : char.ToLower(letter, CultureInfo.InvariantCulture));
            }
        }

        var whole = key.ToString();
        return whole.Length > 1 && whole.All(char.IsAsciiDigit) ? whole.TrimStart('0').PadLeft(1, '0') : whole;
    }

    /// <summary>Whether a text is meant.</summary>
    /// <param name="key">The text in the form that is compared.</param>
    public bool Matches(string key) => _pattern?.IsMatch(key) ?? key == _key;
}
