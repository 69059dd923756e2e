using System.Globalization;

namespace GeoOffer.Storage.Importing.Reading;

/// <summary>Days and instants as formats with types write them in text (ISO 8601).</summary>
internal static class IsoTime
{
    private static readonly string[] Instants =
    [
        "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd HH:mm:ss.FFFFFFFK", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd HH:mmK", "yyyy-MM-dd",
    ];

    /// <summary>The day that a text writes, or the text.</summary>
    public static SourceValue Day(string text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? SourceValue.Of(day)
            : SourceValue.OfText(text);

    /// <summary>The instant that a text writes, or the text; without zone it is taken as UTC.</summary>
    public static SourceValue Instant(string text) =>
        DateTimeOffset.TryParseExact(text, Instants, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant)
            ? SourceValue.Of(instant)
            : SourceValue.OfText(text);
}
