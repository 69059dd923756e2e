using System.IO.Compression;
using GeoOffer.Server.Commands;
using Microsoft.Extensions.Configuration;

namespace GeoOffer.Server.Tests;

public sealed class ImportFormatTests(SampleService sample) : IClassFixture<SampleService>, IDisposable
{
    private const string Airport = """{"type":"Feature","id":"a","geometry":{"type":"Point","coordinates":[9,45]},"properties":{"name":"x"}}""";

    private readonly string _folder = Directory.CreateTempSubdirectory("geooffer-import-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task One_file_of_an_archive_is_chosen_by_its_name()
    {
        var zip = Zip(("a.geojson", Airport), ("b.geojson", Airport));
        var (code, output) = await RunAsync(zip);
        Assert.Equal(1, code);
        Assert.Contains("a.geojson, b.geojson", output, StringComparison.Ordinal);
        Assert.Contains("--source-layer", output, StringComparison.Ordinal);

        Assert.Equal(0, (await RunAsync(zip, "--source-layer", "b")).Code);
    }

    [Theory]
    [InlineData("shapefile")]
    [InlineData("GeoPackage")]
    [InlineData("flatgeobuf")]
    public async Task A_format_that_is_stated_is_believed(string format)
    {
        var path = Path.Combine(_folder, "x.geojson");
        await File.WriteAllTextAsync(path, Airport, TestContext.Current.CancellationToken);
        var (code, output) = await RunAsync(path, "--format", format);
        Assert.Equal(1, code);
        Assert.Contains("Nothing was stored", output, StringComparison.Ordinal);
        Assert.Equal(2, (await RunAsync(path, "--format", format + "x")).Code);
    }

    private string Zip(params IEnumerable<(string Name, string Text)> files)
    {
        var path = Path.Combine(_folder, "data.zip");
        using var archive = ZipFile.Open(path, ZipArchiveMode.Create);
        foreach (var (name, text) in files)
        {
            using var writer = new StreamWriter(archive.CreateEntry(name).Open());
            writer.Write(text);
        }

        return path;
    }

    private async Task<(int Code, string Output)> RunAsync(string file, params string[] options)
    {
        var configuration = new ConfigurationBuilder()
            .AddJsonFile(Path.Combine(AppContext.BaseDirectory, "appsettings.json"))
            .AddInMemoryCollection([new("ConnectionStrings:GeoOffer", sample.Service.ConnectionString)])
            .Build();
        using var output = new StringWriter();
        var code = await CommandLine.RunAsync(
            ["import", "infrastructure", file, "--kind", "airport", "--dry-run", .. options], output, TextWriter.Null, configuration);
        return (code, output.ToString());
    }
}
