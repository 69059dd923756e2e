using System.Text.Json;
using GeoOffer.Domain.Scouting;
using GeoOffer.Server.Description;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace GeoOffer.Server.Tests;

public sealed class OpenApiTests(SampleService sample) : IClassFixture<SampleService>
{
    [Fact]
    public async Task Every_route_is_described_and_nothing_else()
    {
        var document = await sample.Client.GetJsonAsync("/api/openapi.json");
        var described = document.GetProperty("paths").EnumerateObject()
            .SelectMany(path => path.Value.EnumerateObject().Select(operation => $"{operation.Name} {path.Name}"))
            .Order().ToList();
        var routes = sample.Service.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .SelectMany(route => route.Metadata.GetRequiredMetadata<HttpMethodMetadata>().HttpMethods
                .Where(method => method is not ("HEAD" or "OPTIONS"))
                .Select(method => $"{method.ToLowerInvariant()} {OpenApiDocument.PathOf(route.RoutePattern)}"))
            .Order().ToList();
        Assert.Equal(routes, described);
        Assert.Contains("post /api/match", described);
        Assert.StartsWith("3.0", document.GetProperty("openapi").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_parameters_of_a_match_are_those_that_its_reader_accepts()
    {
        var document = await sample.Client.GetJsonAsync("/api/openapi.json");
        var parameters = document.GetProperty("paths").GetProperty("/api/match").GetProperty("get").GetProperty("parameters")
            .EnumerateArray()
            .Select(parameter => parameter.GetProperty("name").GetString()!);
        Assert.Equal(BriefQueryReader.ParameterNames.Order(), parameters.Order());
    }

    [Fact]
    public async Task Path_parameters_are_those_of_the_path_and_operations_have_names_of_their_own()
    {
        var document = await sample.Client.GetJsonAsync("/api/openapi.json");
        var operations = document.GetProperty("paths").EnumerateObject()
            .SelectMany(path => path.Value.EnumerateObject().Select(operation => (path.Name, operation.Value)))
            .ToList();
        Assert.Distinct(operations.Select(operation => operation.Value.GetProperty("operationId").GetString()));
        foreach (var (path, operation) in operations)
        {
            var inPath = path.Split('/').Where(part => part.StartsWith('{')).Select(part => part.Trim('{', '}'));
            var described = operation.TryGetProperty("parameters", out var parameters)
                ? parameters.EnumerateArray()
                    .Where(parameter => parameter.GetProperty("in").GetString() == "path")
                    .Select(parameter => parameter.GetProperty("name").GetString()!)
                : [];
            Assert.Equal(inPath, described);
        }
    }

    [Fact]
    public async Task Every_reference_leads_to_a_schema_and_no_placeholder_is_left()
    {
        var document = await sample.Client.GetJsonAsync("/api/openapi.json");
        var schemas = document.GetProperty("components").GetProperty("schemas").EnumerateObject()
            .Select(schema => $"#/components/schemas/{schema.Name}")
            .ToHashSet();
        Assert.DoesNotContain("x-values", document.GetRawText(), StringComparison.Ordinal);
        var references = References(document).ToHashSet();
        Assert.Contains("#/components/schemas/MatchAnswer", references);
        Assert.Subset(schemas, references);
    }

    [Fact]
    public async Task The_members_that_answers_have_are_the_members_that_are_described()
    {
        var schemas = (await sample.Client.GetJsonAsync("/api/openapi.json")).GetProperty("components").GetProperty("schemas");
        var answer = await sample.Client.GetJsonAsync($"/api/match?{SampleData.Query}");
        var properties = answer.GetProperty("features")[0].GetProperty("properties");
        Assert.Equal(Described("MatchAnswer"), Names(answer));
        Assert.Equal(Described("Reason"), Names(properties.GetProperty("reasons")[0]));
        var site = schemas.GetProperty("MatchedSite").GetProperty("properties").GetProperty("properties");
        Assert.Equal(Names(site.GetProperty("properties")), Names(properties));
        Assert.Equal(Described("Vocabulary"), Names(await sample.Client.GetJsonAsync("/api/vocabulary")));
        Assert.Equal(Described("StoredBrief"), Names((await sample.Client.GetJsonAsync("/api/briefs")).GetProperty("briefs")[0]));
        Assert.Equal(Described("Brief").Except(["counts"]).Order(), Names(answer.GetProperty("brief")).Order());
        Assert.Equal(Described("AreaRequirement").Order(), Names(answer.GetProperty("brief").GetProperty("area")).Order());

        List<string> Described(string schema) => Names(schemas.GetProperty(schema).GetProperty("properties"));
    }

    /// <summary>As conformance tests of OGC API - Features ask for them (Part 1, 7.15.2 to 7.15.4, and annex A).</summary>
    [Fact]
    public async Task The_parameters_of_pages_are_written_out()
    {
        var parameters = (await sample.Client.GetJsonAsync("/ogc/api")).GetProperty("paths").GetProperty("/collections/{collection}/items").GetProperty("get")
            .GetProperty("parameters").EnumerateArray().ToDictionary(parameter => parameter.GetProperty("name").GetString()!);
        Hold("bbox", """{"type":"array","items":{"type":"number"},"minItems":4,"maxItems":6}""");
        Hold("limit", """{"type":"integer","minimum":1,"maximum":100000,"default":100}""");
        Hold("datetime", """{"type":"string"}""");
        Hold("crs", """{"type":"string"}""");
        Hold("bbox-crs", """{"type":"string"}""");
        Hold("filter", """{"type":"string"}""");
        Hold("filter-lang", """{"type":"string","enum":["cql2-text","cql2-json"]}""");
        Hold("sortby", """{"type":"array","items":{"type":"string"}}""");

        void Hold(string name, string schema)
        {
            var parameter = parameters[name];
            Assert.Equal("query", parameter.GetProperty("in").GetString());
            Assert.False(parameter.GetProperty("required").GetBoolean());
            Assert.Equal("form", parameter.GetProperty("style").GetString());
            Assert.False(parameter.GetProperty("explode").GetBoolean());
            Assert.True(JsonElement.DeepEquals(JsonElement.Parse(schema), parameter.GetProperty("schema")), parameter.GetRawText());
        }
    }

    private static List<string> Names(JsonElement element) => [.. element.EnumerateObject().Select(member => member.Name)];

    private static IEnumerable<string> References(JsonElement node) => node.ValueKind switch
    {
        JsonValueKind.Object => node.EnumerateObject().SelectMany(member =>
            member.NameEquals("$ref") ? [member.Value.GetString()!] : References(member.Value)),
        JsonValueKind.Array => node.EnumerateArray().SelectMany(References),
        _ => [],
    };
}
