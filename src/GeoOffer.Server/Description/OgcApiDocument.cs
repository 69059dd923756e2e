using System.Text.Json.Nodes;
using GeoOffer.Query.Catalogue;

namespace GeoOffer.Server.Description;

/// <summary>
/// The part of the description that clients of OGC API read (OGC API - Features Part 1, 7.3): paths start at the landing page, and the
/// items of every collection have a path of their own with the queryables as parameters, by which GDAL knows that it may filter.
/// </summary>
internal static class OgcApiDocument
{
    private const string Root = "/ogc";
    private const string Items = "/collections/{collection}/items";

    /// <summary>Narrows a description of the whole service, which is taken apart for it.</summary>
    /// <param name="service">The whole.</param>
    /// <param name="collections">The collections as the caller knows them.</param>
    /// <param name="baseAddress">Where the service was reached.</param>
    /// <param name="language">The language of titles.</param>
    public static JsonObject Create(JsonObject service, IEnumerable<Collection> collections, string baseAddress, Language language)
    {
        var paths = new JsonObject();
        foreach (var (path, operations) in service["paths"]!.AsObject())
        {
            if (path == Root || path.StartsWith(Root + "/", StringComparison.Ordinal))
            {
                paths[path == Root ? "/" : path[Root.Length..]] = operations!.DeepClone();
            }
        }

        foreach (var collection in collections)
        {
            var own = new JsonObject();
            foreach (var (method, operation) in paths[Items]!.AsObject().Where(each => each.Key == "get" || collection.Editing == EditScope.All))
            {
                own[method] = Of(collection, operation!, language, hasQueryables: method == "get");
            }

            paths[$"/collections/{collection.Id}/items"] = own;
        }

        service["servers"] = new JsonArray(new JsonObject { ["url"] = baseAddress + Root });
        service["paths"] = paths;
        return service;
    }

    private static JsonObject Of(Collection collection, JsonNode operation, Language language, bool hasQueryables)
    {
        var described = operation.DeepClone().AsObject();
        described["operationId"] = $"{operation["operationId"]!.GetValue<string>()}Of_{collection.Id}";
        described["summary"] = hasQueryables ? collection.Title.For(language) : operation["summary"]!.GetValue<string>();
        var own = described["parameters"]!.AsArray().OfType<JsonObject>().Where(parameter => !IsPath(parameter)).ToList();
        var names = own.Select(parameter => parameter["name"]!.GetValue<string>()).ToHashSet();
        var queryables = collection.Properties.Where(property => hasQueryables && !names.Contains(property.Name)).Select(property => Queryable(property, language));
        described["parameters"] = new JsonArray([.. own.Select(parameter => parameter.DeepClone()), .. queryables]);
        return described;
    }

    private static bool IsPath(JsonObject parameter) => parameter["in"]!.GetValue<string>() == "path";

    private static JsonObject Queryable(Property property, Language language) => new()
    {
        ["name"] = property.Name,
        ["in"] = "query",
        ["description"] = property.Title.For(language),
        ["required"] = false,
        ["style"] = "form",
        ["explode"] = true,
        ["schema"] = property switch
        {
            { CodeList: { } codes } => JsonSchema.OneOf(codes.Entries.Select(entry => entry.Code)),
            { Type: PropertyType.Integer } => new JsonObject { ["type"] = "integer" },
            { Type: PropertyType.Number } => new JsonObject { ["type"] = "number" },
            { Type: PropertyType.Boolean } => new JsonObject { ["type"] = "boolean" },
            { Type: PropertyType.Date } => new JsonObject { ["type"] = "string", ["format"] = "date" },
            { Type: PropertyType.Timestamp } => new JsonObject { ["type"] = "string", ["format"] = "date-time" },
            _ => JsonSchema.Text(),
        },
    };
}
