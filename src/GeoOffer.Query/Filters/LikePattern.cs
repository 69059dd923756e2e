using System.Text;

namespace GeoOffer.Query.Filters;

/// <summary>Patterns of <see cref="Like"/>.</summary>
internal static class LikePattern
{
    /// <summary>The pattern without each backslash that takes no meaning from anything; it fits the same texts.</summary>
    public static string WithoutIdleEscapes(string pattern)
    {
        var result = new StringBuilder(pattern.Length);
        for (var index = 0; index < pattern.Length; index++)
        {
            if (pattern[index] == '\\' && index + 1 < pattern.Length)
            {
                index++;
                if (pattern[index] is '%' or '_' or '\\')
                {
                    result.Append('\\');
                }
            }

            result.Append(pattern[index]);
        }

        return result.ToString();
    }
}
