using System.Globalization;
using System.Text.Json.Nodes;
using GeoOffer.Domain.Scouting;
using GeoOffer.Server.Http;
using GeoOffer.Server.Problems;
using Microsoft.AspNetCore.Routing.Patterns;

namespace GeoOffer.Server.Description;

/// <summary>The service described for programs, from its routes (OpenAPI 3.0.3).</summary>
internal static class OpenApiDocument
{
    // Any request may meet these.
    private static readonly int[] CommonProblems = [400, 401, 406, 503];

    /// <summary>Describes the routes.</summary>
    /// <param name="endpoints">The routes of the service.</param>
    /// <param name="vocabulary">The names known at present.</param>
    /// <param name="baseAddress">Where the service was reached.</param>
    public static JsonObject Create(IEnumerable<Endpoint> endpoints, ScoutingVocabulary vocabulary, string baseAddress)
    {
        var paths = new JsonObject();
        foreach (var route in endpoints.OfType<RouteEndpoint>().OrderBy(route => route.RoutePattern.RawText, StringComparer.Ordinal))
        {
            if (route.Metadata.GetMetadata<Operation>() is { } operation)
            {
                var path = PathOf(route.RoutePattern);
                paths.TryAdd(path, new JsonObject());
                paths[path]![Method(route)] = Describe(operation, vocabulary);
            }
        }

        return new JsonObject
        {
            ["openapi"] = "3.0.3",
            ["info"] = new JsonObject
            {
                ["title"] = "GeoOffer",
                ["description"] = "What the region offers to investors, matched with what they ask for.",
                ["version"] = typeof(OpenApiDocument).Assembly.GetName().Version!.ToString(3),
                ["license"] = new JsonObject { ["name"] = "MIT" },
            },
            ["servers"] = new JsonArray(new JsonObject { ["url"] = baseAddress.Length == 0 ? "/" : baseAddress }),
            ["security"] = new JsonArray(
                new JsonObject(), new JsonObject { ["apiKey"] = new JsonArray() }, new JsonObject { ["bearer"] = new JsonArray() }),
            ["paths"] = paths,
            ["components"] = new JsonObject
            {
                ["schemas"] = Components.Schemas(vocabulary),
                ["securitySchemes"] = new JsonObject
                {
                    ["apiKey"] = new JsonObject { ["type"] = "apiKey", ["in"] = "header", ["name"] = "X-Api-Key" },
                    ["bearer"] = new JsonObject
                    {
                        ["type"] = "http",
                        ["scheme"] = "bearer",
                        ["description"] = "An API key or a JSON Web Token.",
                    },
                },
            },
        };
    }

    /// <summary>The path of a route as it is described.</summary>
    public static string PathOf(RoutePattern pattern) =>
        "/" + (pattern.RawText ?? "").TrimStart('/').Replace("{**", "{", StringComparison.Ordinal);

    // HEAD is GET without a body, and described with it.
    private static string Method(RouteEndpoint route) =>
        route.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods is [var first, ..] ? first.ToLowerInvariant() : "get";

    private static JsonObject Describe(Operation operation, ScoutingVocabulary vocabulary)
    {
        var described = new JsonObject
        {
            ["operationId"] = operation.Id,
            ["tags"] = new JsonArray(operation.Tag),
            ["summary"] = operation.Summary,
        };
        if (operation.Description is { } description)
        {
            described["description"] = description;
        }

        if (!operation.Parameters.IsEmpty)
        {
            described["parameters"] = new JsonArray([.. operation.Parameters.Select(parameter => Describe(parameter, operation, vocabulary))]);
        }

        if (operation.Body is { } body)
        {
            described["requestBody"] = new JsonObject
            {
                ["required"] = true,
                ["content"] = new JsonObject
                {
                    [body.MediaType] = new JsonObject
                    {
                        ["schema"] = JsonSchema.Reference(body.Schema),
                        ["example"] = JsonNode.Parse(body.Example),
                    },
                },
            };
        }

        described["responses"] = Responses(operation);
        return described;
    }

    private static JsonObject Describe(OperationParameter parameter, Operation operation, ScoutingVocabulary vocabulary)
    {
        var schema = parameter == OperationParameter.Format
            ? JsonSchema.OneOf(MediaTypes.ShortNames.Where(name => MediaTypes.OfShortName(name, operation.MediaTypes) is not null))
            : parameter.Schema(vocabulary);
        var described = new JsonObject
        {
            ["name"] = parameter.Name,
            ["in"] = parameter.InPath ? "path" : parameter.InHeader ? "header" : "query",
            ["description"] = parameter.Summary,
            ["required"] = parameter.InPath,
            ["style"] = parameter.InQuery ? "form" : "simple",
            ["explode"] = parameter.InQuery && !parameter.CommaSeparated && schema["type"]?.GetValue<string>() == "array",
            ["schema"] = schema,
        };
        if (parameter.Example is { } example)
        {
            described["example"] = example.DeepClone();
        }

        return described;
    }

    private static JsonObject Responses(Operation operation)
    {
        var content = new JsonObject();
        foreach (var mediaType in operation.MediaTypes)
        {
            var schema = operation.Schema is { } component && mediaType != MediaTypes.Html ? JsonSchema.Reference(component) : JsonSchema.Text();
            content[mediaType] = new JsonObject { ["schema"] = schema };
        }

        var success = new JsonObject { ["description"] = operation.Summary };
        if (operation.Success != StatusCodes.Status204NoContent)
        {
            success["content"] = content;
        }

        var responses = new JsonObject { [operation.Success.ToString(CultureInfo.InvariantCulture)] = success };
        foreach (var status in CommonProblems.Concat(operation.Problems).Order())
        {
            responses[status.ToString(CultureInfo.InvariantCulture)] = new JsonObject
            {
                ["description"] = ProblemTitles.For(status).En,
                ["content"] = new JsonObject { [Problem.MediaType] = new JsonObject { ["schema"] = JsonSchema.Reference("Problem") } },
            };
        }

        return responses;
    }
}
