using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;

namespace GeoOffer.Domain.Json;

/// <summary>Reads text out of JSON that may be hostile, and describes what was found for messages.</summary>
internal static class JsonText
{
    private const int MaxShown = 80;

    /// <summary>The text of a string element; false when it is no string or no Unicode (a lone surrogate escape).</summary>
    public static bool TryGetString(JsonElement element, [NotNullWhen(true)] out string? text)
    {
        text = null;
        if (element.ValueKind != JsonValueKind.String)
        {
            return false;
        }

        try
        {
            text = element.GetString();
            return text is not null;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    /// <summary>The name of a member; false when it is no Unicode.</summary>
    public static bool TryGetName(JsonProperty property, [NotNullWhen(true)] out string? name)
    {
        try
        {
            name = property.Name;
            return true;
        }
        catch (InvalidOperationException)
        {
            name = null;
            return false;
        }
    }

    /// <summary>A member's pointer below another's (RFC 6901).</summary>
    public static string Child(string pointer, string name)
        => $"{pointer}/{name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)}";

    /// <summary>An element's pointer below an array's.</summary>
    public static string Child(string pointer, int index) => string.Create(CultureInfo.InvariantCulture, $"{pointer}/{index}");

    /// <summary>A short form of what was found: containers by their type, scalars as they stand, long ones cut.</summary>
    public static string Describe(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "an array",
        JsonValueKind.Undefined => "nothing",
        JsonValueKind.String when !TryGetString(element, out _) => "a string that is not Unicode",
        _ => Shorten(element.GetRawText()),
    };

    /// <summary>The text, cut where it gets too long for a message.</summary>
    public static string Shorten(string text)
    {
        if (text.Length <= MaxShown)
        {
            return text;
        }

        var end = char.IsHighSurrogate(text[MaxShown - 1]) ? MaxShown - 1 : MaxShown;
        return string.Concat(text.AsSpan(0, end), "…");
    }
}
