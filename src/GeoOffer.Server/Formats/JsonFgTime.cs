using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using GeoOffer.Query.Catalogue;
using GeoOffer.Storage.Reading;

namespace GeoOffer.Server.Formats;

/// <summary>Writes the member <c>time</c> (OGC 21-045, 7.2.2): a date, an instant, or an interval that is open where an end is missing.</summary>
internal sealed class JsonFgTime
{
    private const string Open = "..";

    private readonly (int Start, int? End)? _columns;
    private readonly bool _isOfDays;

    /// <param name="time">The properties that say when a feature holds; null where none does.</param>
    /// <param name="columns">The properties of the rows. One that is not among them may not be read, and then no time is told.</param>
    public JsonFgTime(TemporalProperties? time, ImmutableArray<Property> columns)
    {
        if (time is null || Find(time.Start) is not { } start)
        {
            return;
        }

        if (time.End is null)
        {
            (_columns, _isOfDays) = ((start, null), columns[start].Type == PropertyType.Date);
        }
        else if (Find(time.End) is { } end)
        {
            // An interval is of two days or of two instants.
            (_columns, _isOfDays) = ((start, end), columns[start].Type == PropertyType.Date || columns[end].Type == PropertyType.Date);
        }

        int? Find(string name) => columns.Select((property, index) => (property, index))
            .Where(pair => pair.property.Name == name)
            .Select(pair => (int?)pair.index)
            .FirstOrDefault();
    }

    /// <summary>Writes the member; nothing where the collection has no time, and null where the feature has none.</summary>
    public void Write(Utf8JsonWriter json, RowCursor row)
    {
        if (_columns is not var (startColumn, endColumn))
        {
            return;
        }

        var start = Read(row, startColumn);
        var end = endColumn is { } column ? Read(row, column) : null;
        if ((start is null && end is null) || start > end)
        {
            json.WriteNull("time"u8);
            return;
        }

        json.WriteStartObject("time"u8);
        if (endColumn is null)
        {
            json.WriteString(_isOfDays ? "date"u8 : "timestamp"u8, Text(start));
        }
        else
        {
            json.WriteStartArray("interval"u8);
            json.WriteStringValue(Text(start));
            json.WriteStringValue(Text(end));
            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private static DateTime? Read(RowCursor row, int column) => row.IsNull(column) ? null
        : row.Columns.Properties[column].Type == PropertyType.Date ? row.GetDate(column).ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc)
        : row.GetTimestamp(column).UtcDateTime;

    private string Text(DateTime? moment) => moment is not { } known ? Open : known.ToString(_isOfDays ? "yyyy-MM-dd" : "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);
}
