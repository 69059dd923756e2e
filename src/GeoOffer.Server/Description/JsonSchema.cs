using System.Text.Json.Nodes;

namespace GeoOffer.Server.Description;

/// <summary>Schema objects of OpenAPI 3.0.</summary>
internal static class JsonSchema
{
    public static JsonObject Text(string? pattern = null)
    {
        var schema = new JsonObject { ["type"] = "string" };
        if (pattern is not null)
        {
            schema["pattern"] = pattern;
        }

        return schema;
    }

    public static JsonObject OneOf(params IEnumerable<string> values) =>
        new() { ["type"] = "string", ["enum"] = new JsonArray([.. values.Select(value => (JsonNode)value)]) };

    public static JsonObject Number(double least, double most, bool isLeastExcluded = false)
    {
        var schema = new JsonObject { ["type"] = "number", ["minimum"] = least, ["maximum"] = most };
        if (isLeastExcluded)
        {
            schema["exclusiveMinimum"] = true;
        }

        return schema;
    }

    public static JsonObject Whole(int least, int most, int? fallback = null)
    {
        var schema = new JsonObject { ["type"] = "integer", ["minimum"] = least, ["maximum"] = most };
        if (fallback is { } value)
        {
            schema["default"] = value;
        }

        return schema;
    }

    public static JsonObject ArrayOf(JsonObject items) => new() { ["type"] = "array", ["items"] = items };

    /// <summary>A box: four numbers, or six with heights.</summary>
    public static JsonObject Box()
    {
        var box = ArrayOf(new() { ["type"] = "number" });
        (box["minItems"], box["maxItems"]) = (4, 6);
        return box;
    }

    public static JsonObject Reference(string component) => new() { ["$ref"] = $"#/components/schemas/{component}" };
}
