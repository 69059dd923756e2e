using GeoOffer.OData;
using GeoOffer.OData.Model;
using GeoOffer.OData.Reading;
using GeoOffer.Query.Catalogue;
using GeoOffer.Query.Crs;
using GeoOffer.Server.Formats;
using GeoOffer.Server.Http;
using GeoOffer.Server.Security;
using GeoOffer.Storage.Reading;

namespace GeoOffer.Server.OData;

/// <summary>A property of an entity, in JSON or bare (OData 4.01 Part 1, 11.2.4).</summary>
internal static class SingleProperty
{
    public static async Task AnswerAsync(HttpContext context, PropertyResource resource, EntityModel model, FeatureReader reader)
    {
        var stop = context.RequestAborted;
        if (await ODataRequest.ReadAsync(context, QueryOptions.OfDocument, resource.IsRaw ? ODataContent.Text : ODataContent.Json) is not { } request)
        {
            return;
        }

        var property = resource.Set.Visible.Find(resource.Property);
        if (resource.IsRaw && property is null or { Type: PropertyType.TextArray })
        {
            await ODataRequest.RefusedAsync(context, [ODataFault.NotSupported(ODataFault.Path, "the bare value of a text, a number, a date or an instant", resource.Property)]);
            return;
        }

        await using var rows = await reader.OpenSingleAsync(SingleEntity.WithKey(resource.Set), context.Caller().Role, resource.Key, stop);
        if (!await rows.ReadAsync(stop))
        {
            await SingleEntity.Missing.ExecuteAsync(context);
            return;
        }

        var ordinal = property is null ? -1 : EntityJsonWriter.OrdinalOf(rows, property.Name);
        var isNull = property is null ? rows.Geometry is null : rows.IsNull(ordinal) && property.Type != PropertyType.TextArray;
        if (isNull)
        {
            context.Response.StatusCode = StatusCodes.Status204NoContent;
            return;
        }

        if (resource.IsRaw)
        {
            await ODataEndpoint.WriteTextAsync(context, request.Exchange, RawOf(rows, ordinal));
            return;
        }

        await WriteAsync(context, resource, request.Exchange, rows, ordinal, new EntityQuery(resource.Set));
    }

    private static Task WriteAsync(HttpContext context, PropertyResource resource, ODataExchange exchange, RowCursor row, int ordinal, EntityQuery query) =>
        JsonBody.WriteTaggedAsync(context, exchange.Format.MediaType(exchange.Version), json =>
        {
            json.WriteStartObject();
            if (exchange.Format.Metadata != MetadataLevel.None)
            {
                json.WriteString("@odata.context"u8, ODataAddress.Context(
                    context.Request, $"{ODataAddress.Entity(resource.Set, resource.Key)}/{Uri.EscapeDataString(resource.Property)}"));
            }

            if (ordinal < 0)
            {
                new FeatureJsonWriter(json, CoordinateSystems.Crs84).WriteGeometry("value"u8, row);
            }
            else
            {
                json.WritePropertyName("value"u8);
                new EntityJsonWriter(json, context.Request, exchange.Format, query).WriteValue(row, ordinal);
            }

            json.WriteEndObject();
        });

    private static string RawOf(RowCursor row, int ordinal) => (row.Columns.Properties[ordinal].Type switch
    {
        PropertyType.Text => (Value)new Value.Text(row.GetText(ordinal)),
        PropertyType.Integer => new Value.Integer(row.GetInteger(ordinal)),
        PropertyType.Number => new Value.Number(row.GetNumber(ordinal)),
        PropertyType.Boolean => new Value.Boolean(row.GetBoolean(ordinal)),
        PropertyType.Date => new Value.Date(row.GetDate(ordinal)),
        PropertyType.Timestamp => new Value.Timestamp(row.GetTimestamp(ordinal)),
        var type => throw new InvalidOperationException($"A column of type {type} has no bare value."),
    }).ToString();
}
