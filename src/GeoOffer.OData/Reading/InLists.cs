using System.Text;

namespace GeoOffer.OData.Reading;

/// <summary>
/// Writes <c>x in (a,b)</c> as <c>(x eq a or x eq b)</c> before the library reads it: it takes the list for JSON, so that it refuses dates
/// and empty texts, and reads texts with a backslash as others. The comparisons become one membership again afterwards.
/// </summary>
internal static class InLists
{
    /// <summary>The greatest number of members of a list.</summary>
    public const int MostMembers = 1000;

    // The operand is written once for each member.
    private const int MostLetters = 256 * 1024;

    /// <summary>The same condition without lists.</summary>
    /// <exception cref="ODataFaultException">A list has no members, or too many.</exception>
    public static string Expand(string filter, string at)
    {
        var tokens = FilterTokens.Split(filter);
        for (var index = tokens.Count - 1; index >= 0; index--)
        {
            if (ListAfter(tokens, index) is { } open)
            {
                index = Expand(tokens, index, open, at, filter);
            }
        }

        return string.Concat(tokens);
    }

    /// <summary>Where the list of an operator <c>in</c> opens; null where the token is none.</summary>
    private static int? ListAfter(List<string> tokens, int index)
    {
        if (!tokens[index].Equals("in", StringComparison.OrdinalIgnoreCase) || index == 0 || !IsBlank(tokens[index - 1]))
        {
            return null;
        }

        var next = index + 1;
        while (next < tokens.Count && IsBlank(tokens[next]))
        {
            next++;
        }

        return next < tokens.Count && tokens[next] == "(" && next > index + 1 ? next : null;
    }

    /// <summary>Writes one list out; gives the place that it begins at.</summary>
    private static int Expand(List<string> tokens, int index, int open, string at, string filter)
    {
        var end = index - 1;
        while (end >= 0 && IsBlank(tokens[end]))
        {
            end--;
        }

        var start = StartOfOperand(tokens, end);
        var close = Closing(tokens, open);
        if (start is not { } first || close is not { } last)
        {
            return index;
        }

        var members = Members(tokens, open, last);
        if (members.Count > MostMembers || members.Any(string.IsNullOrWhiteSpace))
        {
            throw new ODataFaultException(ODataFault.Malformed(at, $"a list of 1 to {MostMembers} members after 'in'", filter));
        }

        var operand = string.Concat(tokens[first..(end + 1)]);
        if (tokens[first..end].Any(token => token.Equals("in", StringComparison.OrdinalIgnoreCase)) || (long)operand.Length * members.Count > MostLetters)
        {
            throw new ODataFaultException(ODataFault.Malformed(at, "something short before 'in', without another 'in'", operand));
        }

        var text = new StringBuilder();
        Write(text, operand, members, 0, members.Count);
        tokens.RemoveRange(first, last - first + 1);
        tokens.Insert(first, text.ToString());
        return first;
    }

    /// <summary>Balanced, or a long list would be a deep tree.</summary>
    private static void Write(StringBuilder text, string operand, List<string> members, int from, int count)
    {
        text.Append('(');
        if (count == 1)
        {
            text.Append(operand).Append(" eq ").Append(members[from].Trim());
        }
        else
        {
            Write(text, operand, members, from, count / 2);
            text.Append(" or ");
            Write(text, operand, members, from + (count / 2), count - (count / 2));
        }

        text.Append(')');
    }

    /// <summary>Where the operand that ends at a token starts: a word, a call or something in parentheses.</summary>
    private static int? StartOfOperand(List<string> tokens, int end)
    {
        if (end < 0)
        {
            return null;
        }

        if (tokens[end] != ")")
        {
            return FilterTokens.IsWord(tokens[end]) ? end : null;
        }

        var depth = 0;
        for (var index = end; index >= 0; index--)
        {
            depth += tokens[index] switch { ")" => 1, "(" => -1, _ => 0 };
            if (depth == 0)
            {
                return index > 0 && FilterTokens.IsWord(tokens[index - 1]) ? index - 1 : index;
            }
        }

        return null;
    }

    private static int? Closing(List<string> tokens, int open)
    {
        var depth = 0;
        for (var index = open; index < tokens.Count; index++)
        {
            depth += tokens[index] switch { "(" => 1, ")" => -1, _ => 0 };
            if (depth == 0)
            {
                return index;
            }
        }

        return null;
    }

    private static List<string> Members(List<string> tokens, int open, int close)
    {
        var members = new List<string>();
        var (start, depth) = (open + 1, 0);
        for (var index = open + 1; index <= close; index++)
        {
            if (index == close || (depth == 0 && tokens[index] == ","))
            {
                members.Add(string.Concat(tokens[start..index]));
                start = index + 1;
            }

            depth += tokens[index] switch { "(" => 1, ")" => -1, _ => 0 };
        }

        return members;
    }

    private static bool IsBlank(string token) => string.IsNullOrWhiteSpace(token);
}
