using System.Text.Json;
using GeoOffer.Query.Catalogue;
using GeoOffer.Storage;
using GeoOffer.Storage.Security;

namespace GeoOffer.Server.Tests;

/// <summary>The description that the landing page leads to: of OGC API alone, with the collections that there are.</summary>
public sealed class OgcApiDescriptionTests(SampleService sample) : IClassFixture<SampleService>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Paths_start_at_the_landing_page_and_lead_to_routes()
    {
        var document = await sample.Client.GetJsonAsync("/ogc/api");
        var server = Assert.Single(document.GetProperty("servers").EnumerateArray()).GetProperty("url").GetString()!;
        Assert.Equal($"{sample.Client.BaseAddress}ogc", server);
        var paths = document.GetProperty("paths").EnumerateObject().Select(path => path.Name).ToList();
        foreach (var path in (string[])["/", "/conformance", "/api", "/collections", "/collections/{collection}", "/collections/{collection}/items", "/collections/{collection}/items/{id}"])
        {
            Assert.Contains(path, paths);
        }

        foreach (var path in paths.Where(path => !path.Contains('{', StringComparison.Ordinal)))
        {
            using var response = await sample.Client.GetAsync(server + path.TrimEnd('/'), Token);
            Assert.True(response.IsSuccessStatusCode, $"{path}: {response.StatusCode}");
        }
    }

    [Fact]
    public async Task Operations_have_names_of_their_own_and_parameters_too()
    {
        var document = await sample.Client.GetJsonAsync("/ogc/api");
        var operations = document.GetProperty("paths").EnumerateObject().SelectMany(path => path.Value.EnumerateObject()).Select(operation => operation.Value).ToList();
        Assert.Distinct(operations.Select(operation => operation.GetProperty("operationId").GetString()));
        Assert.All(operations, operation => Assert.Distinct(Parameters(operation)));
    }

    [Theory]
    [InlineData("sites")]
    [InlineData("infrastructure")]
    [InlineData("pilot-areas")]
    public async Task The_items_of_a_collection_have_its_queryables_as_parameters_and_each_is_accepted(string collection)
    {
        var document = await sample.Client.GetJsonAsync("/ogc/api");
        var queryables = (await sample.Client.GetJsonAsync($"/ogc/collections/{collection}/queryables")).GetProperty("properties").EnumerateObject()
            .Where(property => property.Value.TryGetProperty("type", out _))
            .Select(property => property.Name)
            .ToList();
        var parameters = Parameters(Items(document, collection));
        Assert.Empty(queryables.Except(parameters));
        Assert.Equal(
            Parameters(Items(document, "{collection}")).Except(["collection"]).Order(StringComparer.Ordinal),
            parameters.Except(queryables).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task What_only_scouts_may_ask_for_is_described_to_scouts_alone()
    {
        Assert.DoesNotContain("is_public", Parameters(Items(await sample.Client.GetJsonAsync("/ogc/api"), "sites")));
        await using var database = GeoOfferDatabase.Open(sample.Service.ConnectionString);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/ogc/api");
        request.Headers.Add("X-Api-Key", await new UserKeys(database).AddAsync("Anna Rossi", Role.Scout, null, Token));
        using var response = await sample.Client.SendAsync(request, Token);
        Assert.Contains("is_public", Parameters(Items(await response.JsonAsync(), "sites")));
    }

    private static JsonElement Items(JsonElement document, string collection) =>
        document.GetProperty("paths").GetProperty($"/collections/{collection}/items").GetProperty("get");

    private static List<string> Parameters(JsonElement operation) => operation.TryGetProperty("parameters", out var parameters)
        ? [.. parameters.EnumerateArray().Select(parameter => parameter.GetProperty("name").GetString()!)]
        : [];
}
