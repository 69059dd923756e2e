using GeoOffer.Query.Catalogue;

namespace GeoOffer.Query.Filters;

/// <summary>
/// Finds values that would fail the statement or surprise it: NUL, surrogates without their other half, numbers that are not finite.
/// </summary>
internal static class Storable
{
    /// <summary>What would have been right and what was there; null when nothing is wrong.</summary>
    public static (string Expected, string Got)? Fault(Value value) => value switch
    {
        Value.Text text => Fault(text.Content),
        Value.TextArray array => array.Content.Select(Fault).FirstOrDefault(fault => fault is not null),
        Value.Number { Content: var number } when !double.IsFinite(number) => ("a finite number", value.ToString()),
        _ => null,
    };

    /// <summary>The same for a text.</summary>
    public static (string Expected, string Got)? Fault(string text)
    {
        for (var index = 0; index < text.Length; index++)
        {
            if (text[index] == '\0')
            {
                return ("a text without the character NUL", $"NUL at position {index}");
            }

            if (char.IsSurrogate(text[index]))
            {
                if (index + 1 == text.Length || !char.IsSurrogatePair(text[index], text[index + 1]))
                {
                    return ("a text of whole Unicode characters", $"half a surrogate pair at position {index}");
                }

                index++;
            }
        }

        return null;
    }
}
