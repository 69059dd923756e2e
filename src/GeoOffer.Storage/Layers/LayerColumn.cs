using System.Text.Json;
using System.Text.Json.Serialization;
using GeoOffer.Query.Catalogue;

namespace GeoOffer.Storage.Layers;

/// <summary>A property of a layer besides its key: a column of the same name.</summary>
/// <param name="Name">The name: lower case letters, digits and underscores.</param>
/// <param name="Type">Its type.</param>
/// <param name="Title">The name of the column in the file.</param>
public sealed record LayerColumn(string Name, PropertyType Type, string Title)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    internal string SqlType => Type switch
    {
        PropertyType.Text => "text",
        PropertyType.Integer => "bigint",
        PropertyType.Number => "double precision",
        PropertyType.Boolean => "boolean",
        PropertyType.Date => "date",
        PropertyType.Timestamp => "timestamptz",
        PropertyType.TextArray => "text[]",
        _ => throw new InvalidOperationException($"{Name} is of no type: {Type}."),
    };

    internal static string Write(IReadOnlyList<LayerColumn> columns) => JsonSerializer.Serialize(columns, Json);

    internal static IReadOnlyList<LayerColumn> Read(string json) => JsonSerializer.Deserialize<LayerColumn[]>(json, Json) ?? [];
}
