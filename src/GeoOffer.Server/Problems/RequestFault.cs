using System.Text.RegularExpressions;

namespace GeoOffer.Server.Problems;

/// <summary>One thing that is wrong with a request.</summary>
internal sealed partial record RequestFault
{
    private const int MaxShown = 120;

    private RequestFault(string at, bool isPointer, string expected, string got) =>
        (At, IsPointer, Expected, Got) = (Shorten(WithoutCredentials(at)), isPointer, expected, Shorten(WithoutCredentials(got)));

    /// <summary>The name of a parameter or header, or a JSON pointer (RFC 6901) into the body.</summary>
    public string At { get; }

    /// <summary>Whether <see cref="At"/> is a pointer.</summary>
    public bool IsPointer { get; }

    /// <summary>What would have been right.</summary>
    public string Expected { get; }

    /// <summary>What was there, shortened and without credentials.</summary>
    public string Got { get; }

    /// <summary>A fault in a parameter or header.</summary>
    public static RequestFault InParameter(string name, string expected, string got) => new(name, false, expected, got);

    /// <summary>A fault in the body.</summary>
    public static RequestFault InBody(string pointer, string expected, string got) => new(pointer, true, expected, got);

    private static string WithoutCredentials(string text) => Credential().Replace(text, "$1…");

    private static string Shorten(string text)
    {
        if (text.Length <= MaxShown)
        {
            return text;
        }

        var end = char.IsHighSurrogate(text[MaxShown - 1]) ? MaxShown - 1 : MaxShown;
        return string.Concat(text.AsSpan(0, end), "…");
    }

    // API keys and JSON Web Tokens, wherever somebody put them.
    [GeneratedRegex("(go_|eyJ)[A-Za-z0-9._-]{12,}", RegexOptions.CultureInvariant)]
    private static partial Regex Credential();
}
