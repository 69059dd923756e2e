using System.Globalization;
using System.Text.Json;

namespace GeoOffer.Storage.Importing.Reading;

/// <summary>What stands in a cell or a member, before any field makes something of it.</summary>
internal enum SourceValueKind
{
    /// <summary>Nothing, JSON null, or an empty text.</summary>
    Null,

    /// <summary>A text, or the text of a number or a truth value.</summary>
    Text,

    /// <summary>A JSON array.</summary>
    Array,

    /// <summary>A JSON object.</summary>
    Object,

    /// <summary>Bytes that are no UTF-8, or half of a surrogate pair.</summary>
    Damaged,
}

/// <summary>One value of a row, of any format. A JSON value lives as long as its row.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">The text, trimmed, when it is one.</param>
/// <param name="Json">The JSON value, when the format is JSON.</param>
internal readonly record struct SourceValue(SourceValueKind Kind, string? Text, JsonElement? Json)
{
    private const char Replacement = '\uFFFD';

    /// <summary>
    /// The value as a typed format has it: <see cref="long"/>, <see cref="double"/>, <see cref="bool"/>, <see cref="DateOnly"/> or
    /// <see cref="DateTimeOffset"/>; null for texts. <see cref="Text"/> is the same in the invariant culture.
    /// </summary>
    public object? Native { get; private init; }

    /// <summary>
    /// The text as the file has it, where <see cref="Text"/> is the same number as the invariant culture writes it; null where both are one.
    /// Only numbers are read from the latter: what looks like one may be a code.
    /// </summary>
    public string? Stated { get; private init; }

    /// <summary>A cell of a text format; blank cells are null.</summary>
    public static SourceValue OfText(string cell)
    {
        var text = cell.Trim();
        return text.Length == 0
            ? default
            : new(text.Contains(Replacement, StringComparison.Ordinal) ? SourceValueKind.Damaged : SourceValueKind.Text, text, null);
    }

    /// <summary>A whole number.</summary>
    public static SourceValue Of(long number) => new(SourceValueKind.Text, number.ToString(CultureInfo.InvariantCulture), null) { Native = number };

    /// <summary>A number; null where it is none.</summary>
    public static SourceValue Of(double number) => double.IsFinite(number)
        ? new(SourceValueKind.Text, number.ToString("R", CultureInfo.InvariantCulture), null) { Native = number }
        : default;

    /// <summary>A truth value.</summary>
    public static SourceValue Of(bool truth) => new(SourceValueKind.Text, truth ? "true" : "false", null) { Native = truth };

    /// <summary>A day.</summary>
    public static SourceValue Of(DateOnly day) =>
        new(SourceValueKind.Text, day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), null) { Native = day };

    /// <summary>An instant.</summary>
    public static SourceValue Of(DateTimeOffset instant) =>
        new(SourceValueKind.Text, instant.ToString("O", CultureInfo.InvariantCulture), null) { Native = instant };

    /// <summary>A JSON value. What has no text stays readable when the document is disposed, since a row may wait for its place.</summary>
    public static SourceValue OfJson(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Null or JsonValueKind.Undefined => default,
        JsonValueKind.Array => new(SourceValueKind.Array, null, element.Clone()),
        JsonValueKind.Object => new(SourceValueKind.Object, null, element.Clone()),
        JsonValueKind.String => OfString(element),
        _ => new(SourceValueKind.Text, element.GetRawText(), element),
    };

    /// <summary>The same text, known to be a number.</summary>
    /// <param name="number">The number as the invariant culture writes it.</param>
    public SourceValue WithNumber(string number) => number == Text ? this : this with { Text = number, Stated = Text };

    /// <summary>The items of an array, or of a text separated by semicolons or bars.</summary>
    public IEnumerable<SourceValue> Items() => Kind switch
    {
        SourceValueKind.Array => Json!.Value.EnumerateArray().Select(OfJson),
        SourceValueKind.Text when Text![0] == '[' && TryParseArray(Text, out var array) => array,
        SourceValueKind.Text => (Stated ?? Text!).Split([';', '|']).Select(OfText).Where(item => item.Kind != SourceValueKind.Null),
        SourceValueKind.Null => [],
        _ => [this],
    };

    /// <summary>The value in a message: short, and containers by their type.</summary>
    public string? Describe() => Kind switch
    {
        SourceValueKind.Null => null,
        SourceValueKind.Array => "an array",
        SourceValueKind.Object => "an object",
        SourceValueKind.Damaged => Text is null ? "a text that is not Unicode" : MessageText.Shorten(Text),
        _ => MessageText.Shorten(Stated ?? Text!),
    };

    private static SourceValue OfString(JsonElement element)
    {
        try
        {
            var value = OfText(element.GetString()!);
            return value with { Json = value.Kind == SourceValueKind.Null ? null : element };
        }
        catch (InvalidOperationException)
        {
            return new(SourceValueKind.Damaged, null, element.Clone());
        }
    }

    private static bool TryParseArray(string text, out IReadOnlyList<SourceValue> items)
    {
        items = [];
        try
        {
            using var document = JsonDocument.Parse(text);
            items = [.. document.RootElement.EnumerateArray().Select(item => OfJson(item.Clone()))];
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
