using System.Text.Json;

namespace GeoOffer.Server.Tests;

/// <summary>QGIS as a client of OGC API - Features, without a screen. The QGIS of Debian 12 (3.22) asks for CRS84 alone.</summary>
public sealed class QgisClientTests(ClientService service) : IClassFixture<ClientService>
{
    private const string Package = "python3-qgis qgis-providers";

    // Opens a collection, and prints what there is in it as JSON: whole, and in a box.
    private const string Script =
        """
        import json, sys
        from qgis.core import QgsApplication, QgsFeatureRequest, QgsRectangle, QgsVectorLayer
        application = QgsApplication([], False)
        application.initQgis()
        layer = QgsVectorLayer("url='%s' typename='%s'" % (sys.argv[1], sys.argv[2]), "layer", "OAPIF")
        if not layer.isValid():
            sys.exit("QGIS cannot open it: " + layer.error().message())
        features = {f["code"]: f.geometry().asWkt(5) if f.hasGeometry() else None for f in layer.getFeatures()}
        box = QgsFeatureRequest().setFilterRect(QgsRectangle(9.095, 45.195, 9.135, 45.205))
        inside = sorted(f["code"] for f in layer.getFeatures(box))
        print("ANSWER " + json.dumps({"system": layer.crs().authid(), "features": features, "inside": inside, "count": layer.featureCount()}))
        """;

    public static TheoryData<string> Collections => [.. ClientService.Collections];

    [Theory]
    [MemberData(nameof(Collections))]
    public async Task A_collection_is_opened_and_read_whole(string collection)
    {
        Assert.SkipUnless(
            Directory.Exists("/usr/lib/python3/dist-packages/qgis"), $"needs QGIS for Python, which is not installed (apt-get install --no-install-recommends {Package})");
        var told = await ClientService.RunAsync("/usr/bin/python3", Package, "-c", Script, service.Landing, collection);
        var line = told.Split('\n').Single(line => line.StartsWith("ANSWER ", StringComparison.Ordinal));
        using var answer = JsonDocument.Parse(line["ANSWER ".Length..]);
        var expected = (await service.Client.GetJsonAsync($"/ogc/collections/{collection}/items?limit=10000")).GetProperty("features").EnumerateArray()
            .ToDictionary(feature => feature.GetProperty("id").GetString()!, feature => feature.GetProperty("geometry").ValueKind == JsonValueKind.Object);
        var features = answer.RootElement.GetProperty("features").EnumerateObject()
            .ToDictionary(feature => feature.Name, feature => feature.Value.ValueKind == JsonValueKind.String);
        Assert.Equal(expected.OrderBy(feature => feature.Key, StringComparer.Ordinal), features.OrderBy(feature => feature.Key, StringComparer.Ordinal));
        Assert.Equal(expected.Count, answer.RootElement.GetProperty("count").GetInt32());
        Assert.Contains(answer.RootElement.GetProperty("system").GetString(), (string[])["EPSG:4326", "OGC:CRS84"]);
        if (collection == "wells")
        {
            Assert.Equal("Point (9.1 45.2)", answer.RootElement.GetProperty("features").GetProperty("w0").GetString());
            Assert.Equal(["w0", "w1", "w2", "w3"], answer.RootElement.GetProperty("inside").EnumerateArray().Select(code => code.GetString()));
        }
    }
}
