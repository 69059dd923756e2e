using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using GeoOffer.Testing;

namespace GeoOffer.Server.Tests.Schemas;

/// <summary>Every answer under /ogc is what the schemas of the standards say it is.</summary>
public sealed class OgcSchemaTests(SampleService sample) : IClassFixture<SampleService>
{
    private const string Epsg = "http://www.opengis.net/def/crs/EPSG/0/";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private HttpClient Client => sample.Client;

    [Theory]
    [InlineData("part1/landingPage.yaml", "/ogc")]
    [InlineData("part1/confClasses.yaml", "/ogc/conformance")]
    [InlineData("part1/collections.yaml", "/ogc/collections")]
    [InlineData("part2/schemas/collections.yaml", "/ogc/collections")]
    [InlineData("part3/schemas/functions.yml", "/ogc/functions")]
    [InlineData("part8/schemas/schema.yaml", "/ogc/api")]
    [InlineData("part8/schemas/schema.yaml", "/api/openapi.json")]
    public Task Documents_of_the_service_are_valid(string schema, string address) => HoldAsync(schema, address);

    [Theory]
    [InlineData("part1/collection.yaml", "")]
    [InlineData("part2/schemas/collection.yaml", "")]
    [InlineData("part1/featureCollectionGeoJSON.yaml", "/items")]
    [InlineData("part1/featureCollectionGeoJSON.yaml", $"/items?crs={Epsg}4326&limit=10000")]
    [InlineData("part1/featureCollectionGeoJSON.yaml", $"/items?crs={Epsg}32632&profile=jsonfg-plus")]
    [InlineData("part1/featureCollectionGeoJSON.yaml", $"/items?crs={Epsg}32632&f=jsonfg&limit=1")]
    [InlineData("part1/featureCollectionGeoJSON.yaml", "/items?limit=0")]
    public async Task Documents_of_every_collection_are_valid(string schema, string path)
    {
        foreach (var collection in await CollectionsAsync())
        {
            await HoldAsync(schema, $"/ogc/collections/{collection}{path}");
        }
    }

    [Fact]
    public async Task Every_feature_is_valid_alone()
    {
        foreach (var collection in await CollectionsAsync())
        {
            var page = await Client.GetJsonAsync($"/ogc/collections/{collection}/items?limit=5");
            foreach (var feature in page.GetProperty("features").EnumerateArray())
            {
                var address = $"/ogc/collections/{collection}/items/{Uri.EscapeDataString(feature.GetProperty("id").GetString()!)}";
                await HoldAsync("part1/featureGeoJSON.yaml", address);
                await HoldAsync("part1/featureGeoJSON.yaml", $"{address}?f=jsonfg&crs={Epsg}32632");
            }
        }
    }

    [Theory]
    [InlineData("/ogc?colour=red", HttpStatusCode.BadRequest)]
    [InlineData("/ogc/collections?f=pdf", HttpStatusCode.BadRequest)]
    [InlineData("/ogc/collections/nothing", HttpStatusCode.NotFound)]
    [InlineData("/ogc/collections/sites/items?limit=ten&bbox=1", HttpStatusCode.BadRequest)]
    [InlineData("/ogc/collections/sites/items?filter=a%20=", HttpStatusCode.BadRequest)]
    [InlineData("/ogc/collections/sites/items/GO-99", HttpStatusCode.NotFound)]
    [InlineData("/ogc/collections/sites/tiles/WebMercatorQuad/99/0/0", HttpStatusCode.NotFound)]
    public async Task Refusals_are_valid(string address, HttpStatusCode status)
    {
        using var response = await Client.GetAsync(address, Token);
        Hold("part1/exception.yaml", address, await response.ProblemAsync(status));
    }

    /// <summary>A schema of a collection is itself a schema of JSON Schema 2020-12, as Part 5 has it; these are the rules that it adds.</summary>
    [Theory]
    [InlineData("schema")]
    [InlineData("queryables")]
    [InlineData("sortables")]
    public async Task Schemas_of_every_collection_are_those_of_part_5(string use)
    {
        string[] types = ["string", "integer", "number", "boolean", "array"];
        foreach (var collection in await CollectionsAsync())
        {
            using var response = await Client.GetAsync($"/ogc/collections/{collection}/{use}", Token);
            Assert.Equal("application/schema+json", response.Content.Headers.ContentType?.MediaType);
            var schema = await response.JsonAsync();
            Assert.Equal("https://json-schema.org/draft/2020-12/schema", schema.GetProperty("$schema").GetString());
            Assert.Equal(new Uri(Client.BaseAddress!, $"/ogc/collections/{collection}/{use}").AbsoluteUri, schema.GetProperty("$id").GetString());
            Assert.Equal("object", schema.GetProperty("type").GetString());
            Assert.False(schema.GetProperty("additionalProperties").GetBoolean());
            var order = new List<int>();
            foreach (var property in schema.GetProperty("properties").EnumerateObject())
            {
                var isSpatial = property.Value.TryGetProperty("format", out var format) && format.GetString()!.StartsWith("geometry-", StringComparison.Ordinal);
                Assert.Equal(!isSpatial, property.Value.TryGetProperty("type", out var type));
                Assert.NotEmpty(property.Value.GetProperty("title").GetString()!);
                Assert.True(isSpatial || types.Contains(type.GetString()), $"{collection}.{property.Name} is a {type}");
                Assert.True(isSpatial || type.GetString() != "array" || property.Value.TryGetProperty("items", out _), $"{collection}.{property.Name} has no items");
                order.Add(property.Value.GetProperty("x-ogc-propertySeq").GetInt32());
            }

            Assert.Equal(Enumerable.Range(1, order.Count), order);
            var roles = schema.GetProperty("properties").EnumerateObject()
                .Where(property => property.Value.TryGetProperty("x-ogc-role", out _))
                .Select(property => property.Value.GetProperty("x-ogc-role").GetString()).ToList();
            Assert.Distinct(roles);
            Assert.Contains("id", roles);
        }
    }

    [Fact]
    public async Task A_document_that_breaks_a_schema_is_found_out()
    {
        var valid = JsonNode.Parse((await Client.GetJsonAsync("/ogc/collections/sites/items?limit=3")).GetRawText())!;
        Assert.Empty(Faults(valid));
        Assert.NotEmpty(Faults(Changed(page => page.Remove("features"))));
        Assert.NotEmpty(Faults(Changed(page => page["numberReturned"] = -1)));
        Assert.NotEmpty(Faults(Changed(page => page["features"]![0]!["type"] = "Fixture")));
        Assert.NotEmpty(Faults(Changed(page => page["features"]![0]!["geometry"]!["type"] = "Circle")));
        Assert.NotEmpty(Faults(Changed(page => page["features"]![0]!.AsObject().Remove("geometry"))));
        Assert.NotEmpty(Faults(Changed(page => page["links"]![0]!.AsObject().Remove("rel"))));
        Assert.NotEmpty(Faults(Changed(page => page["timeStamp"] = "yesterday")));

        var described = JsonNode.Parse((await Client.GetJsonAsync("/ogc/api")).GetRawText())!;
        described["components"]!["schemas"]!["Link"]!["properties"]!["href"]!["type"] = new JsonArray("string", "null");
        Assert.NotEmpty(SchemaValidator.Validate(JsonSerializer.SerializeToElement(described), Folder().Open("part8/schemas/schema.yaml")));

        JsonNode Changed(Action<JsonObject> change)
        {
            var copy = valid.DeepClone().AsObject();
            change(copy);
            return copy;
        }

        static List<string> Faults(JsonNode document) =>
            SchemaValidator.Validate(JsonSerializer.SerializeToElement(document), Folder().Open("part1/featureCollectionGeoJSON.yaml"));
    }

    private static SchemaFolder Folder() => new(
        SharedData.Require("conformance/ogc-schemas"),
        new Dictionary<string, string> { ["http://schemas.opengis.net/ogcapi/features/part1/1.0/openapi/schemas/"] = "part1/" });

    private async Task<List<string>> CollectionsAsync() =>
        [.. (await Client.GetJsonAsync("/ogc/collections")).GetProperty("collections").EnumerateArray().Select(collection => collection.GetProperty("id").GetString()!)];

    private async Task HoldAsync(string schema, string address) => Hold(schema, address, await Client.GetJsonAsync(address));

    private static void Hold(string schema, string address, JsonElement document)
    {
        var faults = SchemaValidator.Validate(document, Folder().Open(schema));
        Assert.True(faults.Count == 0, $"{address} breaks {schema}:\n{string.Join('\n', faults.Take(20))}");
    }
}
