using GeoOffer.Query.Filters;
using GeoOffer.Server.Http;
using GeoOffer.Server.Pages;

namespace GeoOffer.Server.Features;

/// <summary>Lists the functions that filters may use (OGC API - Features Part 3, 9).</summary>
internal static class FunctionsDocument
{
    public static Task AnswerAsync(HttpContext context) => context.Checked().MediaType == MediaTypes.Html
        ? SchemaPages.FunctionsAsync(context)
        : WriteAsync(context);

    private static Task WriteAsync(HttpContext context) => JsonBody.WriteTaggedAsync(context, MediaTypes.Json, json =>
    {
        json.WriteStartObject();
        json.WriteStartArray("functions"u8);
        foreach (var function in FilterFunctions.All)
        {
            json.WriteStartObject();
            json.WriteString("name"u8, function.Name);
            json.WriteString("description"u8, function.Description.For(RequestLanguage.Of(context.Request)));
            json.WriteStartArray("returns"u8);
            json.WriteStringValue(TypeOf(function.Result));
            json.WriteEndArray();
            json.WriteStartArray("arguments"u8);
            foreach (var argument in function.Arguments)
            {
                json.WriteStartObject();
                json.WriteString("title"u8, argument.Name);
                json.WriteStartArray("type"u8);
                json.WriteStringValue(TypeOf(argument.Type));
                json.WriteEndArray();
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    });

    private static string TypeOf(FunctionType type) => type switch
    {
        FunctionType.Text => "string",
        FunctionType.Number => "number",
        FunctionType.Integer => "integer",
        FunctionType.Instant => "datetime",
        FunctionType.Geometry => "geometry",
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, null),
    };
}
