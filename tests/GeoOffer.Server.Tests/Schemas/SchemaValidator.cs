using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace GeoOffer.Server.Tests.Schemas;

/// <summary>
/// Holds JSON to the schemas of OGC and of OpenAPI 3.0: the keywords that they use, of JSON Schema draft 4 as of 2020-12. A keyword that is not
/// known fails, so that none is passed over in silence.
/// </summary>
internal static class SchemaValidator
{
    // These say what a thing is, not what it must be.
    private static readonly HashSet<string> Annotations =
        ["$schema", "$id", "id", "title", "description", "example", "examples", "default", "deprecated", "definitions", "$defs", "externalDocs", "readOnly", "writeOnly"];

    /// <summary>Everything that is wrong, each with its place; empty where the value is valid.</summary>
    public static List<string> Validate(JsonElement value, SchemaPlace place)
    {
        var faults = new List<string>();
        Check(value, place, "", faults);
        return faults;
    }

    private static void Check(JsonElement value, SchemaPlace place, string at, List<string> faults)
    {
        if (place.Schema is JsonValue truth && truth.GetValueKind() is JsonValueKind.True or JsonValueKind.False)
        {
            Hold(truth.GetValueKind() == JsonValueKind.True, "is not allowed");
            return;
        }

        var schema = place.Schema.AsObject();
        if (schema["$ref"] is { } reference)
        {
            Check(value, place.Folder.Follow(place, reference.GetValue<string>()), at, faults);
            return;
        }

        foreach (var (keyword, argument) in schema)
        {
            CheckKeyword(keyword, argument);
        }

        void Hold(bool isTrue, string what)
        {
            if (!isTrue)
            {
                faults.Add($"{(at.Length == 0 ? "/" : at)}: {what} ({Path.GetFileName(place.File)})");
            }
        }

        int Matching(JsonNode schemas) => schemas.AsArray().Count(item => Validate(value, place with { Schema = item! }).Count == 0);

        void CheckKeyword(string keyword, JsonNode? argument)
        {
            switch (keyword)
            {
                case "type":
                    // An unquoted null of YAML is meant as the name of the type.
                    var types = argument is JsonArray several ? several.Select(Name).ToList() : [Name(argument)];
                    Hold(types.Any(type => Is(value, type)), $"is {value.ValueKind}, not {string.Join(" or ", types)}");
                    break;
                case "enum":
                    Hold(argument!.AsArray().Any(item => Same(value, item)), $"{value} is none of {argument.ToJsonString()}");
                    break;
                case "const":
                    Hold(Same(value, argument), $"{value} is not {argument}");
                    break;
                case "allOf":
                    foreach (var item in argument!.AsArray())
                    {
                        Check(value, place with { Schema = item! }, at, faults);
                    }

                    break;
                case "oneOf":
                    Hold(Matching(argument!) == 1, $"fits {Matching(argument!)} of the schemas of oneOf");
                    break;
                case "anyOf":
                    Hold(Matching(argument!) > 0, "fits no schema of anyOf");
                    break;
                case "not":
                    Hold(Validate(value, place with { Schema = argument! }).Count > 0, "fits the schema of not");
                    break;
                default:
                    CheckByKind(keyword, argument);
                    break;
            }
        }

        void CheckByKind(string keyword, JsonNode? argument)
        {
            switch (keyword, value.ValueKind)
            {
                case ("required", JsonValueKind.Object):
                    foreach (var name in argument!.AsArray().Select(item => item!.GetValue<string>()))
                    {
                        Hold(value.TryGetProperty(name, out _), $"has no {name}");
                    }

                    break;
                case ("properties", JsonValueKind.Object):
                    foreach (var (name, item) in argument!.AsObject())
                    {
                        if (value.TryGetProperty(name, out var member))
                        {
                            Check(member, place with { Schema = item! }, $"{at}/{name}", faults);
                        }
                    }

                    break;
                case ("patternProperties", JsonValueKind.Object):
                    foreach (var (pattern, item) in argument!.AsObject())
                    {
                        foreach (var member in value.EnumerateObject().Where(member => Regex.IsMatch(member.Name, pattern)))
                        {
                            Check(member.Value, place with { Schema = item! }, $"{at}/{member.Name}", faults);
                        }
                    }

                    break;
                case ("additionalProperties", JsonValueKind.Object):
                    foreach (var member in value.EnumerateObject().Where(member => !IsNamed(member.Name)))
                    {
                        Check(member.Value, place with { Schema = argument! }, $"{at}/{member.Name}", faults);
                    }

                    break;
                case ("minProperties", JsonValueKind.Object):
                    Hold(value.EnumerateObject().Count() >= argument!.GetValue<double>(), "has too few members");
                    break;
                case ("maxProperties", JsonValueKind.Object):
                    Hold(value.EnumerateObject().Count() <= argument!.GetValue<double>(), "has too many members");
                    break;
                case ("items", JsonValueKind.Array):
                    var index = 0;
                    foreach (var item in value.EnumerateArray())
                    {
                        Check(item, place with { Schema = argument! }, $"{at}/{index++}", faults);
                    }

                    break;
                case ("minItems", JsonValueKind.Array):
                    Hold(value.GetArrayLength() >= argument!.GetValue<double>(), $"has {value.GetArrayLength()} items, fewer than {argument}");
                    break;
                case ("maxItems", JsonValueKind.Array):
                    Hold(value.GetArrayLength() <= argument!.GetValue<double>(), $"has {value.GetArrayLength()} items, more than {argument}");
                    break;
                case ("uniqueItems", JsonValueKind.Array):
                    Hold(!argument!.GetValue<bool>() || value.EnumerateArray().Select(item => item.GetRawText()).Distinct().Count() == value.GetArrayLength(), "repeats an item");
                    break;
                case ("minimum", JsonValueKind.Number):
                    var isExcluded = schema["exclusiveMinimum"] is JsonValue flag && flag.GetValueKind() == JsonValueKind.True;
                    Hold(isExcluded ? value.GetDouble() > argument!.GetValue<double>() : value.GetDouble() >= argument!.GetValue<double>(), $"{value} is below {argument}");
                    break;
                case ("maximum", JsonValueKind.Number):
                    Hold(value.GetDouble() <= argument!.GetValue<double>(), $"{value} is above {argument}");
                    break;
                case ("pattern", JsonValueKind.String):
                    Hold(Regex.IsMatch(value.GetString()!, argument!.GetValue<string>()), $"'{value}' does not match {argument}");
                    break;
                case ("format", JsonValueKind.String):
                    Hold(HasFormat(value.GetString()!, argument!.GetValue<string>()), $"'{value}' is no {argument}");
                    break;
                default:
                    var isKnown = keyword is "required" or "properties" or "patternProperties" or "additionalProperties" or "minProperties" or "maxProperties" or "items"
                        or "minItems" or "maxItems" or "uniqueItems" or "minimum" or "maximum" or "exclusiveMinimum" or "pattern" or "format";
                    Hold(isKnown || Annotations.Contains(keyword), $"cannot be held to the keyword {keyword}");
                    break;
            }
        }

        bool IsNamed(string name) => schema["properties"]?.AsObject().ContainsKey(name) == true
            || schema["patternProperties"]?.AsObject().Any(pair => Regex.IsMatch(name, pair.Key)) == true;
    }

    private static string Name(JsonNode? type) => type?.GetValue<string>() ?? "null";

    private static bool Is(JsonElement value, string type) => (type, value.ValueKind) switch
    {
        ("null", JsonValueKind.Null) or ("object", JsonValueKind.Object) or ("array", JsonValueKind.Array) or ("string", JsonValueKind.String)
            or ("number", JsonValueKind.Number) or ("boolean", JsonValueKind.True or JsonValueKind.False) => true,
        ("integer", JsonValueKind.Number) => double.IsInteger(value.GetDouble()),
        _ => false,
    };

    private static bool Same(JsonElement value, JsonNode? node) => node is null
        ? value.ValueKind == JsonValueKind.Null
        : JsonElement.DeepEquals(value, JsonSerializer.SerializeToElement(node));

    private static bool HasFormat(string text, string format) => format switch
    {
        "uri" => Uri.TryCreate(text, UriKind.Absolute, out _),
        "uri-reference" => Uri.TryCreate(text, UriKind.RelativeOrAbsolute, out _),
        "date-time" => text.Contains('T', StringComparison.Ordinal) && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, out _),
        "date" => DateOnly.TryParseExact(text, "yyyy-MM-dd", out _),
        "email" => text.Contains('@', StringComparison.Ordinal),
        "regex" => IsRegex(text),
        _ => false,
    };

    private static bool IsRegex(string text)
    {
        try
        {
            _ = new Regex(text);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
