using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using GeoOffer.Storage.Reading;

namespace GeoOffer.Storage.Exporting;

/// <summary>Writes values as text, the same in all text formats and every culture.</summary>
internal static class TextValues
{
    private static readonly SearchValues<byte> Separating = SearchValues.Create(";|["u8);

    private const int LongestInteger = 20;
    private const int LongestNumber = 32;
    private const int DateLength = 10;
    private const int LongestInstant = 32;

    /// <summary>A whole number.</summary>
    public static void WriteInteger(this ByteOutput output, long value)
    {
        Utf8Formatter.TryFormat(value, output.Reserve(LongestInteger), out var written);
        output.Advance(written);
    }

    /// <summary>A number with as few digits as read back as the same.</summary>
    public static void WriteNumber(this ByteOutput output, double value)
    {
        value.TryFormat(output.Reserve(LongestNumber), out var written, "R", CultureInfo.InvariantCulture);
        output.Advance(written);
    }

    /// <summary>A truth value.</summary>
    public static void WriteBoolean(this ByteOutput output, bool value) => output.Write(value ? "true"u8 : "false"u8);

    /// <summary>
    /// The members of a list between semicolons; as a JSON array where a member is null or blank, has blanks at an end, or holds what
    /// readers take lists apart at.
    /// </summary>
    public static void WriteList(this ByteOutput output, RecordTexts texts)
    {
        foreach (var text in texts)
        {
            if (text.IsEmpty || text[0] <= ' ' || text[^1] <= ' ' || text.ContainsAny(Separating))
            {
                JsonFeatures.WriteArray(output, texts);
                return;
            }
        }

        var isFirst = true;
        foreach (var text in texts)
        {
            if (!isFirst)
            {
                output.Write((byte)';');
            }

            isFirst = false;
            output.Write(text);
        }
    }

    /// <summary>A date, <c>YYYY-MM-DD</c>.</summary>
    public static void WriteDate(this ByteOutput output, DateOnly value)
    {
        value.TryFormat(output.Reserve(DateLength), out var written, "O", CultureInfo.InvariantCulture);
        output.Advance(written);
    }

    /// <summary>An instant in UTC, <c>YYYY-MM-DDThh:mm:ssZ</c> with up to six decimals of a second.</summary>
    public static void WriteInstant(this ByteOutput output, DateTime value)
    {
        value.TryFormat(output.Reserve(LongestInstant), out var written, "yyyy-MM-dd'T'HH:mm:ss.FFFFFF'Z'", CultureInfo.InvariantCulture);
        output.Advance(written);
    }

    /// <summary>An instant with the milliseconds that a GeoPackage wants (12-128r17, table 1), and more digits only where there are more.</summary>
    public static void WriteInstantOfGeoPackage(this ByteOutput output, DateTime value)
    {
        var isWhole = value.Ticks % TimeSpan.TicksPerMillisecond == 0;
        value.TryFormat(
            output.Reserve(LongestInstant), out var written, isWhole ? "yyyy-MM-dd'T'HH:mm:ss.fff'Z'" : "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);
        output.Advance(written);
    }
}
