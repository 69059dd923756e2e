using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace GeoOffer.Server.Tests;

/// <summary>GDAL as a client of OGC API - Features: it reads collections whole, as the service says of them itself.</summary>
public sealed class OgrClientTests(SampleService sample) : IClassFixture<SampleService>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("sites")]
    [InlineData("infrastructure")]
    [InlineData("provinces")]
    public async Task A_collection_is_read_whole(string collection)
    {
        var file = Path.Combine(Path.GetTempPath(), $"geooffer-oapif-{Guid.NewGuid():N}.geojson");
        try
        {
            await RunAsync("ogr2ogr", "-f", "GeoJSON", "-lco", "RFC7946=YES", file, $"OAPIF:{sample.Client.BaseAddress}ogc", collection, "--config", "OGR_OAPIF_PAGE_SIZE", "7");
            using var read = JsonDocument.Parse(await File.ReadAllBytesAsync(file, Token));
            var expected = await sample.Client.GetJsonAsync($"/ogc/collections/{collection}/items?limit=10000");
            var features = read.RootElement.GetProperty("features").EnumerateArray().ToDictionary(CodeOf);
            Assert.Equal(expected.GetProperty("numberMatched").GetInt32(), features.Count);
            foreach (var feature in expected.GetProperty("features").EnumerateArray())
            {
                var same = features[CodeOf(feature)];
                foreach (var property in feature.GetProperty("properties").EnumerateObject().Where(property => property.Value.ValueKind is JsonValueKind.String or JsonValueKind.Number))
                {
                    Assert.Equal(Text(property.Value), Text(same.GetProperty("properties").GetProperty(property.Name)));
                }

                Assert.Equal(feature.GetProperty("geometry").ValueKind, same.GetProperty("geometry").ValueKind);
            }
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public async Task The_collections_and_their_numbers_are_those_of_the_service()
    {
        var told = await RunAsync("ogrinfo", "-ro", "-so", $"OAPIF:{sample.Client.BaseAddress}ogc", "sites");
        Assert.Contains("Feature Count: 30", told, StringComparison.Ordinal);
        Assert.Contains("ID[\"EPSG\",4326]", told, StringComparison.Ordinal);
    }

    private static string CodeOf(JsonElement feature) => feature.GetProperty("properties").GetProperty("code").GetString()!;

    private static string Text(JsonElement value) => value.ValueKind == JsonValueKind.Number
        ? value.GetDouble().ToString("G12", CultureInfo.InvariantCulture)
        : value.GetString()!.Replace('/', '-');

    internal static async Task<string> RunAsync(string program, params string[] arguments)
    {
        var folders = Environment.GetEnvironmentVariable("PATH")?.Split(Path.PathSeparator) ?? [];
        Assert.SkipUnless(folders.Any(folder => File.Exists(Path.Combine(folder, program))), $"needs {program}, which is not installed (gdal-bin)");
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(Token), process.StandardError.ReadToEndAsync(Token));
        await process.WaitForExitAsync(Token);
        Assert.True(process.ExitCode == 0, await error);
        return await output;
    }
}
