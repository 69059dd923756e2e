using System.Globalization;
using System.Text.Json;

namespace GeoOffer.Server.Tests;

/// <summary>GDAL as a client of OGC API - Features: it reads collections whole, as the service says of them itself, and lets it filter.</summary>
public sealed class OgrClientTests(ClientService service) : IClassFixture<ClientService>
{
    private const string Package = "gdal-bin";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string, int> Readings => [.. from collection in ClientService.Collections from srid in (int[])[4326, 32632] select (collection, srid)];

    [Theory]
    [MemberData(nameof(Readings))]
    public async Task A_collection_is_read_whole_in_both_systems(string collection, int srid)
    {
        // GDAL 3.6 asks for CRS84 and projects by itself; what it makes of it is held to what the service projects.
        string[] form = srid == 4326 ? ["-lco", "COORDINATE_PRECISION=7"] : ["-t_srs", $"EPSG:{srid}", "-lco", "COORDINATE_PRECISION=4"];
        var features = (await ReadAsync(collection, form)).EnumerateArray().ToDictionary(CodeOf);
        var system = srid == 4326 ? "OGC/1.3/CRS84" : $"EPSG/0/{srid}";
        var expected = await service.Client.GetJsonAsync($"/ogc/collections/{collection}/items?limit=10000&crs=http://www.opengis.net/def/crs/{system}");
        Assert.Equal(expected.GetProperty("numberMatched").GetInt32(), features.Count);
        Assert.NotEmpty(features);
        foreach (var feature in expected.GetProperty("features").EnumerateArray())
        {
            var same = features[CodeOf(feature)];
            HoldsProperties(feature.GetProperty("properties"), same.GetProperty("properties"));
            var (geometry, read) = (feature.GetProperty("geometry"), same.GetProperty("geometry"));
            Assert.Equal(geometry.ValueKind, read.ValueKind);
            if (geometry.ValueKind == JsonValueKind.Object)
            {
                Assert.Equal(geometry.GetProperty("type").GetString(), read.GetProperty("type").GetString());
                var (ours, theirs) = (Positions(geometry.GetProperty("coordinates")).ToList(), Positions(read.GetProperty("coordinates")).ToList());
                Assert.Equal(ours.Count, theirs.Count);

                // Seven decimals of a degree are a centimetre.
                var tolerance = srid == 4326 ? 2e-7 : 0.02;
                Assert.All(ours.Zip(theirs), pair => Assert.True(Math.Abs(pair.First - pair.Second) <= tolerance, $"{pair.First} {pair.Second}"));
            }
        }
    }

    [Theory]
    [InlineData("sites")]
    [InlineData("wells")]
    public async Task The_number_of_features_and_the_system_are_those_of_the_service(string collection)
    {
        var told = await ClientService.RunAsync("ogrinfo", Package, "-ro", "-so", $"OAPIF:{service.Landing}", collection);
        var hits = await service.Client.GetJsonAsync($"/ogc/collections/{collection}/items?limit=0");
        Assert.Contains($"Feature Count: {hits.GetProperty("numberMatched").GetInt32()}", told, StringComparison.Ordinal);
        Assert.Contains("ID[\"EPSG\",4326]", told, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sites", "kind = 'brownfield'", "kind=brownfield", 26)]
    [InlineData("sites", "kind = 'brownfield' AND name_it LIKE 'Pagina 1%'", "kind=brownfield", 11)]
    [InlineData("wells", "name = 'Pozzo d''acqua 7'", "name=Pozzo%20d", 1)]
    [InlineData("wells", "depth_m = 70", "depth_m=70", 1)]
    [InlineData("power_lines", "tensione_kv = 380", "tensione_kv=380", 4)]
    // GDAL asks for the time of features, and those of which no time is known are among the answers.
    [InlineData("agreements", "signed_on >= '2024/02/01'", "datetime=2024-02-01", 2)]
    public async Task Conditions_that_GDAL_can_pass_on_reach_the_service(string collection, string where, string parameter, int count)
    {
        var told = await ClientService.RunAsync(
            "ogrinfo", Package, "-ro", "-so", $"OAPIF:{service.Landing}", collection, "-where", where, "--config", "CPL_DEBUG", "ON");
        Assert.Contains(Requests(told), request => request.Contains(parameter, StringComparison.Ordinal));
        Assert.Contains($"Feature Count: {count}", told, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_box_reaches_the_service()
    {
        var told = await ClientService.RunAsync(
            "ogrinfo", Package, "-ro", "-so", $"OAPIF:{service.Landing}", "wells", "-spat", "9.095", "45", "9.135", "46", "--config", "CPL_DEBUG", "ON");
        Assert.Contains(Requests(told), request => request.Contains("bbox=9.095", StringComparison.Ordinal));
        Assert.Contains("Feature Count: 4", told, StringComparison.Ordinal);
    }

    private static IEnumerable<string> Requests(string told) =>
        told.Split('\n').Where(line => line.Contains("Fetch(", StringComparison.Ordinal) && line.Contains("/items", StringComparison.Ordinal));

    private static void HoldsProperties(JsonElement expected, JsonElement actual)
    {
        foreach (var property in expected.EnumerateObject().Where(property => property.Value.ValueKind is JsonValueKind.String or JsonValueKind.Number))
        {
            Assert.Equal(Text(property.Value), Text(actual.GetProperty(property.Name)));
        }
    }

    private static IEnumerable<double> Positions(JsonElement coordinates) => coordinates.ValueKind == JsonValueKind.Array
        ? coordinates.EnumerateArray().SelectMany(Positions)
        : [coordinates.GetDouble()];

    private static string CodeOf(JsonElement feature) => feature.GetProperty("properties").GetProperty("code").GetString()!;

    private static string Text(JsonElement value) => value.ValueKind == JsonValueKind.Number
        ? value.GetDouble().ToString("G12", CultureInfo.InvariantCulture)
        : value.GetString()!.Replace('/', '-');

    private async Task<JsonElement> ReadAsync(string collection, IEnumerable<string> form)
    {
        var file = Path.Combine(Path.GetTempPath(), $"geooffer-oapif-{Guid.NewGuid():N}.geojson");
        try
        {
            await ClientService.RunAsync(
                "ogr2ogr", Package, ["-f", "GeoJSON", .. form, file, $"OAPIF:{service.Landing}", collection, "--config", "OGR_OAPIF_PAGE_SIZE", "7"]);
            using var read = JsonDocument.Parse(await File.ReadAllBytesAsync(file, Token));
            return read.RootElement.GetProperty("features").Clone();
        }
        finally
        {
            File.Delete(file);
        }
    }
}
