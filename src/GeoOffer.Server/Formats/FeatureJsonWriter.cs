using System.Buffers;
using System.Globalization;
using System.Text.Json;
using GeoOffer.PostGis;
using GeoOffer.Query.Catalogue;
using GeoOffer.Storage.Reading;

namespace GeoOffer.Server.Formats;

/// <summary>Writes rows as GeoJSON features (RFC 7946) in CRS84, rings oriented by the right-hand rule; one writer per answer.</summary>
internal sealed class FeatureJsonWriter(Utf8JsonWriter json)
{
    private static readonly GeoJsonGeometryWriter Geometries = new(orientRings: true);

    private readonly ArrayBufferWriter<byte> _scratch = new(4096);

    /// <summary>Writes the row as an object, left open for further members.</summary>
    public void WriteOpenFeature(RowCursor row)
    {
        json.WriteStartObject();
        json.WriteString("type"u8, "Feature"u8);
        json.WriteString("id"u8, row.Key);
        WriteGeometry(row.Geometry);
        json.WriteStartObject("properties"u8);
        for (var index = 0; index < row.Columns.Properties.Length; index++)
        {
            json.WritePropertyName(row.Columns.Properties[index].Name);
            WriteValue(row, index);
        }

        json.WriteEndObject();
    }

    /// <summary>Writes the member <c>geometry</c>, null where there is none.</summary>
    public void WriteGeometry(Ewkb? geometry)
    {
        json.WritePropertyName("geometry"u8);
        if (geometry is { } ewkb)
        {
            Geometries.WriteRawValue(ewkb.Bytes.Span, json, _scratch);
        }
        else
        {
            json.WriteNullValue();
        }
    }

    private void WriteValue(RowCursor row, int index)
    {
        if (row.IsNull(index))
        {
            json.WriteNullValue();
            return;
        }

        switch (row.Columns.Properties[index].Type)
        {
            case PropertyType.Text:
                json.WriteStringValue(row.GetText(index));
                break;
            case PropertyType.Integer:
                json.WriteNumberValue(row.GetInteger(index));
                break;
            case PropertyType.Number when row.GetNumber(index) is var number && double.IsFinite(number):
                json.WriteNumberValue(number);
                break;
            case PropertyType.Number:
                // JSON has no infinity.
                json.WriteNullValue();
                break;
            case PropertyType.Boolean:
                json.WriteBooleanValue(row.GetBoolean(index));
                break;
            case PropertyType.Date:
                json.WriteStringValue(row.GetDate(index).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
                break;
            case PropertyType.Timestamp:
                json.WriteStringValue(row.GetTimestamp(index).UtcDateTime);
                break;
            case PropertyType.TextArray:
                json.WriteStartArray();
                foreach (var text in row.GetTextArray(index))
                {
                    json.WriteStringValue(text);
                }

                json.WriteEndArray();
                break;
            case var type:
                throw new InvalidOperationException($"A column of type {type} cannot be written.");
        }
    }
}
