using System.Globalization;
using GeoOffer.Query.Catalogue;
using GeoOffer.Storage.Reading;

namespace GeoOffer.Server.Pages;

/// <summary>Values of rows as people read them.</summary>
internal static class RowText
{
    /// <summary>The value of a property, codes by their titles; null where it is missing.</summary>
    public static string? Of(RowCursor row, int property, Language language) => row.IsNull(property) ? null : row.Columns.Properties[property].Type switch
    {
        PropertyType.Text => TitleOf(row.GetText(property), row.Columns.Properties[property].CodeList, language),
        PropertyType.Integer => row.GetInteger(property).ToString(CultureInfo.InvariantCulture),
        PropertyType.Number => row.GetNumber(property).ToString("0.####", CultureInfo.InvariantCulture),
        PropertyType.Boolean => row.GetBoolean(property) ? "✓" : "–",
        PropertyType.Date => row.GetDate(property).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        PropertyType.Timestamp => row.GetTimestamp(property).UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture),
        PropertyType.TextArray => string.Join(", ", row.GetTextArray(property).Select(text => TitleOf(text, row.Columns.Properties[property].CodeList, language))),
        var type => throw new InvalidOperationException($"A column of type {type} cannot be read."),
    };

    private static string TitleOf(string text, CodeList? codes, Language language) => codes?.TitleOf(text)?.For(language) ?? text;
}
