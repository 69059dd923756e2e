using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using GeoOffer.PostGis.Tiles;
using GeoOffer.Query.Catalogue;
using GeoOffer.Storage.Reading;

namespace GeoOffer.Storage.Tiles;

/// <summary>Makes vector tiles: one statement each, drawn in the process while its rows arrive.</summary>
public sealed class TileReader(GeoOfferDatabase database)
{
    private static readonly JsonWriterOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>A tile (MVT 2.1) of one layer, which bears the id of the collection; empty where there is no feature.</summary>
    public async Task<byte[]> ReadAsync(TileQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        var frame = new TileFrame(query.Address);
        var isDeepest = TileZooms.Of(query.Collection) is { } zooms && query.Address.Zoom == zooms.Greatest;
        var layer = new TileLayer(
            frame,
            [.. query.Properties.Select(property => new TileProperty(property.Name, query.Essential.Contains(property)))],
            TileBudget.Default,
            isExact: isDeepest);
        await using var connection = await database.Reading.OpenConnectionAsync(cancellationToken);
        await using var rows = await RecordCursor.OpenAsync(connection, TileSql.Select(query, frame), isPatient: false, cancellationToken);
        var texts = new ArrayBufferWriter<byte>();
        while (await rows.ReadAsync(cancellationToken))
        {
            if (layer.Begin(rows.Key, rows.Geometry))
            {
                AddValues(layer, rows, texts);
                layer.End();
            }
        }

        return layer.ToTile(query.Collection.Id, query.Collection.Key.Name);
    }

    private static void AddValues(TileLayer layer, RecordCursor rows, ArrayBufferWriter<byte> texts)
    {
        for (var index = 0; index < rows.Columns.Properties.Length; index++)
        {
            if (layer.IsWanted(index) && !rows.IsNull(index))
            {
                AddValue(layer, rows, index, texts);
            }
        }
    }

    private static void AddValue(TileLayer layer, RecordCursor rows, int index, ArrayBufferWriter<byte> texts)
    {
        switch (rows.Columns.Properties[index].Type)
        {
            case PropertyType.Text:
                layer.AddText(index, rows.GetText(index));
                break;
            case PropertyType.Integer:
                layer.AddInteger(index, rows.GetInteger(index));
                break;
            case PropertyType.Number when rows.GetNumber(index) is var number && double.IsFinite(number):
                layer.AddNumber(index, number);
                break;
            case PropertyType.Number:
                break;
            case PropertyType.Boolean:
                layer.AddBoolean(index, rows.GetBoolean(index));
                break;
            case PropertyType.Date:
                if (rows.GetDate(index) is { } date)
                {
                    layer.AddText(index, Encoding.UTF8.GetBytes(date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)));
                }

                break;
            case PropertyType.Timestamp:
                if (rows.GetTimestamp(index) is { } instant)
                {
                    layer.AddText(index, Encoding.UTF8.GetBytes(instant.ToString("O", CultureInfo.InvariantCulture)));
                }

                break;
            case PropertyType.TextArray:
                layer.AddText(index, AsJson(rows.GetTexts(index), texts));
                break;
            case var type:
                throw new InvalidOperationException($"A column of type {type} cannot be written.");
        }
    }

    /// <summary>A list as JSON: values of tiles are scalars.</summary>
    private static ReadOnlySpan<byte> AsJson(RecordTexts list, ArrayBufferWriter<byte> texts)
    {
        texts.ResetWrittenCount();
        using var json = new Utf8JsonWriter(texts, Json);
        json.WriteStartArray();
        while (list.MoveNext())
        {
            if (list.IsNull)
            {
                json.WriteNullValue();
            }
            else
            {
                json.WriteStringValue(list.Current);
            }
        }

        json.WriteEndArray();
        json.Flush();
        return texts.WrittenSpan;
    }
}
