using System.Text.Json;

namespace GeoOffer.Query.Filters.Cql2Json;

/// <summary>The JSON cannot be read on; <see cref="Cql2JsonReader"/> turns it into an error.</summary>
internal sealed class JsonFaultException(string pointer, string expected, string got) : Exception($"Expected {expected}, got {got}.")
{
    private const int MostShown = 60;

    public JsonFaultException(string pointer, string expected, JsonElement got)
        : this(pointer, expected, Describe(got))
    {
    }

    /// <summary>Where, as a JSON pointer.</summary>
    public string Pointer { get; } = pointer;

    /// <summary>What would have been right there.</summary>
    public string Expected { get; } = expected;

    /// <summary>What was there.</summary>
    public string Got { get; } = got;

    private static string Describe(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "an array",
        JsonValueKind.String => $"the text '{Shorten(element.GetRawText()[1..^1])}'",
        _ => Shorten(element.GetRawText()),
    };

    private static string Shorten(string content) => content.Length <= MostShown
        ? content
        : string.Concat(content.AsSpan(0, char.IsHighSurrogate(content[MostShown - 1]) ? MostShown - 1 : MostShown), "…");
}
