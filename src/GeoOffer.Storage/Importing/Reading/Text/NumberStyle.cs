namespace GeoOffer.Storage.Importing.Reading.Text;

/// <summary>A way to write numbers. Groups of thousands are optional in each; blanks and apostrophes stand for all their kinds.</summary>
/// <param name="DecimalMark">A point or a comma.</param>
/// <param name="ThousandsMark">A point, a comma, a blank or an apostrophe.</param>
internal sealed record NumberStyle(char DecimalMark, char ThousandsMark)
{
    private const int LongestNumber = 40;
    private const int GroupLength = 3;

    /// <summary>Every style.</summary>
    public static IReadOnlyList<NumberStyle> All { get; } =
        [new('.', ','), new('.', ' '), new('.', '\''), new(',', '.'), new(',', ' '), new(',', '\'')];

    /// <summary>What a mark counts as: all blanks are one, and all apostrophes.</summary>
    public static char Kind(char mark) => mark switch
    {
        '\u00A0' or '\u2009' or '\u202F' => ' ',
        '\u2019' => '\'',
        _ => mark,
    };

    /// <summary>
    /// The number as the invariant culture writes it; null when the text is no number of this style. Digits after a leading zero are a
    /// code, and no number.
    /// </summary>
    public string? Normalise(string text)
    {
        if (text.Length > LongestNumber)
        {
            return null;
        }

        Span<char> number = stackalloc char[LongestNumber + 1];
        var (length, digits, isGrouped, hasDecimals) = (0, 0, false, false);
        var start = text[0] is '-' or '+' or '\u2212' ? 1 : 0;
        if (text[0] is '-' or '\u2212')
        {
            number[length++] = '-';
        }

        for (var i = start; i < text.Length; i++)
        {
            var letter = text[i];
            if (char.IsAsciiDigit(letter))
            {
                digits++;
            }
            else if (hasDecimals)
            {
                return digits > 0 && IsExponent(text.AsSpan(i)) ? string.Concat(number[..length], text.AsSpan(i)) : null;
            }
            else if (letter == DecimalMark)
            {
                if (isGrouped && digits != GroupLength)
                {
                    return null;
                }

                (hasDecimals, digits, letter) = (true, 0, '.');
            }
            else if (Kind(letter) == ThousandsMark)
            {
                if (isGrouped ? digits != GroupLength : digits is 0 or > GroupLength || text[start] == '0')
                {
                    return null;
                }

                (isGrouped, digits) = (true, 0);
                continue;
            }
            else
            {
                return digits > 0 && !isGrouped && IsExponent(text.AsSpan(i)) ? string.Concat(number[..length], text.AsSpan(i)) : null;
            }

            number[length++] = letter;
        }

        var isCode = text.Length > start + 1 && text[start] == '0' && char.IsAsciiDigit(text[start + 1]);
        return digits == 0 || isCode || (isGrouped && !hasDecimals && digits != GroupLength) ? null : new string(number[..length]);
    }

    private static bool IsExponent(ReadOnlySpan<char> text)
    {
        var digits = text is ['e' or 'E', '-' or '+', ..] ? text[2..] : text is ['e' or 'E', ..] ? text[1..] : default;
        return !digits.IsEmpty && !digits.ContainsAnyExceptInRange('0', '9');
    }
}
