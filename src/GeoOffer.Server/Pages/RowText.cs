using System.Globalization;
using GeoOffer.Query.Catalogue;
using GeoOffer.Storage.Reading;

namespace GeoOffer.Server.Pages;

/// <summary>Values of rows as people read them, in their language.</summary>
internal static class RowText
{
    private const string Share = "1";

    private static readonly NumberFormatInfo Italian = new() { NumberDecimalSeparator = ",", NumberGroupSeparator = ".", PercentDecimalSeparator = "," };
    private static readonly NumberFormatInfo English = NumberFormatInfo.InvariantInfo;

    /// <summary>The value of a property, codes by their titles, with its unit; null where there is none.</summary>
    public static string? Of(RowCursor row, int property, Language language)
    {
        var (type, unit, codes) = (row.Columns.Properties[property].Type, row.Columns.Properties[property].Unit, row.Columns.Properties[property].CodeList);
        if (row.IsNull(property))
        {
            return null;
        }

        var text = type switch
        {
            PropertyType.Text => TitleOf(row.GetText(property), codes, language),
            PropertyType.Integer => row.GetInteger(property).ToString(CultureInfo.InvariantCulture),
            PropertyType.Number => Number(row.GetNumber(property), unit, language),
            PropertyType.Boolean => row.GetBoolean(property) ? (language == Language.It ? "sì" : "yes") : "no",
            PropertyType.Date => row.GetDate(property).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            PropertyType.Timestamp => row.GetTimestamp(property).UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture),
            PropertyType.TextArray => string.Join(", ", row.GetTextArray(property).Select(code => TitleOf(code, codes, language))),
            _ => throw new InvalidOperationException($"A column of type {type} cannot be read."),
        };
        return text.Length == 0 ? null : type is PropertyType.Integer or PropertyType.Number && Unit(unit) is { } named ? $"{text} {named}" : text;
    }

    /// <summary>A unit as people write it; null for none, and for shares, which are percentages.</summary>
    /// <param name="unit">Its code (UCUM).</param>
    public static string? Unit(string? unit) => unit switch
    {
        null or Share => null,
        "har" => "ha",
        "EUR" => "€",
        _ => unit.Replace("m2", "m²", StringComparison.Ordinal).Replace("m3", "m³", StringComparison.Ordinal),
    };

    /// <summary>As many digits as people want to read: a distance of kilometres has no centimetres. What has no unit may be a code, and is as it is.</summary>
    private static string Number(double number, string? unit, Language language)
    {
        var format = language == Language.It ? Italian : English;
        return unit switch
        {
            null => number.ToString("0.####", format),
            Share => number.ToString("0.##%", format),
            _ => number.ToString(Math.Abs(number) >= 1000 ? "#,0" : Math.Abs(number) >= 100 ? "0.#" : "0.####", format),
        };
    }

    private static string TitleOf(string text, CodeList? codes, Language language) => codes?.TitleOf(text)?.For(language) ?? text;
}
