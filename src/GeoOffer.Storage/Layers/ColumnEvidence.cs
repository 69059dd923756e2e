using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using GeoOffer.Query.Catalogue;
using GeoOffer.Storage.Importing.Reading;

namespace GeoOffer.Storage.Layers;

/// <summary>What the values of a column have been so far: the narrowest type that holds them all.</summary>
internal sealed partial class ColumnEvidence
{
    private Kinds _possible = Kinds.All;

    [Flags]
    private enum Kinds
    {
        None = 0,
        Integer = 1,
        Number = 2,
        Boolean = 4,
        Date = 8,
        Timestamp = 16,
        TextArray = 32,
        All = 63,
    }

    /// <summary>Whether any value was there.</summary>
    public bool HasValues { get; private set; }

    /// <summary>The type: text where nothing narrower holds every value, or there was none.</summary>
    public PropertyType Type => !HasValues ? PropertyType.Text
        : _possible.HasFlag(Kinds.Integer) ? PropertyType.Integer
        : _possible.HasFlag(Kinds.Number) ? PropertyType.Number
        : _possible.HasFlag(Kinds.Boolean) ? PropertyType.Boolean
        : _possible.HasFlag(Kinds.Date) ? PropertyType.Date
        : _possible.HasFlag(Kinds.Timestamp) ? PropertyType.Timestamp
        : _possible.HasFlag(Kinds.TextArray) ? PropertyType.TextArray
        : PropertyType.Text;

    /// <summary>Takes a value into account.</summary>
    public void Add(SourceValue value)
    {
        if (value.Kind == SourceValueKind.Null)
        {
            return;
        }

        HasValues = true;
        if (_possible != Kinds.None)
        {
            _possible &= KindsOf(value);
        }
    }

    private static Kinds KindsOf(SourceValue value) => value.Kind switch
    {
        SourceValueKind.Array => value.Items().All(item => item.Kind == SourceValueKind.Text && item.Json?.ValueKind == JsonValueKind.String)
            ? Kinds.TextArray
            : Kinds.None,
        SourceValueKind.Text => value.Native is { } native ? KindsOf(native)
            : value.Json is { } json ? KindsOf(json, value.Text!)
            : KindsOfCell(value.Text!),
        _ => Kinds.None,
    };

    private static Kinds KindsOf(object native) => native switch
    {
        long => Kinds.Integer | Kinds.Number,
        double => Kinds.Number,
        bool => Kinds.Boolean,
        DateOnly => Kinds.Date,
        DateTimeOffset => Kinds.Timestamp,
        _ => Kinds.None,
    };

    /// <summary>A number in quotes is a text: a code that has lost nothing yet.</summary>
    private static Kinds KindsOf(JsonElement json, string text) => json.ValueKind switch
    {
        JsonValueKind.True or JsonValueKind.False => Kinds.Boolean,
        JsonValueKind.Number => KindsOfNumber(text),
        _ => KindsOfDay(text),
    };

    private static Kinds KindsOfCell(string text) => text.Length == 0 ? Kinds.All
        : char.IsAsciiDigit(text[0]) || text[0] is '-' or '+'
            ? Plain().IsMatch(text) ? KindsOfNumber(text) : KindsOfDay(text)
        : text is "true" or "false" or "TRUE" or "FALSE" or "True" or "False" ? Kinds.Boolean
        : Kinds.None;

    /// <summary>Digits that no whole number of the database holds are a code: as a number they would lose the last ones.</summary>
    private static Kinds KindsOfNumber(string text) => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _)
        ? Kinds.Integer | Kinds.Number
        : !text.AsSpan().ContainsAny(".eE") ? Kinds.None
        : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? Kinds.Number
        : Kinds.None;

    private static Kinds KindsOfDay(string text) =>
        text.Length == 10 && DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _) ? Kinds.Date
        : LayerTypes.TryReadInstant(text, out _) ? Kinds.Timestamp
        : Kinds.None;

    // What begins with a nought is a code, not a number.
    [GeneratedRegex(@"^-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?$")]
    private static partial Regex Plain();
}
