using System.Diagnostics;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using GeoOffer.Server.Commands;
using GeoOffer.Testing;
using Microsoft.Extensions.Configuration;

namespace GeoOffer.Server.Tests;

public sealed class ExportCommandTests(SampleService sample, PostGisCluster cluster) : IClassFixture<SampleService>, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("geooffer-export-").FullName;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_file_is_what_the_service_sends_and_the_counts_are_told()
    {
        var (code, output, error) = await RunAsync("sites", "--sortby", "code", "--output", At("sites.geojson"));
        Assert.Equal((0, "", $"Exported 30 features of sites to {At("sites.geojson")}."), (code, output, error.Trim()));
        Assert.Equal(await sample.Client.GetStringAsync("/api/export/sites?sortby=code", Token), await File.ReadAllTextAsync(At("sites.geojson"), Token));
        Assert.Equal("sites.geojson", Path.GetFileName(Assert.Single(Directory.GetFiles(_folder))));
    }

    [Fact]
    public async Task Packing_is_told_from_the_extension_or_stated()
    {
        var expected = await sample.Client.GetStringAsync("/api/export/sites?sortby=code&f=geojsonseq", Token);
        string[] sites = ["sites", "--sortby", "code", "--quiet", "--output"];
        Assert.Equal((0, "", ""), await RunAsync([.. sites, At("sites.ndjson.gz")]));
        Assert.Equal(0, (await RunAsync([.. sites, At("plain"), "--format", "geojsonseq", "--gzip"])).Code);
        Assert.Equal(0, (await RunAsync([.. sites, At("sites.geojsonl.zip")])).Code);
        Assert.Equal(0, (await RunAsync([.. sites, At("other.bin"), "--format", "GeoJSONSeq", "--zip"])).Code);
        foreach (var name in (string[])["sites.ndjson.gz", "plain"])
        {
            await using var gzip = new GZipStream(File.OpenRead(At(name)), CompressionMode.Decompress);
            using var reader = new StreamReader(gzip);
            Assert.Equal(expected, await reader.ReadToEndAsync(Token));
        }

        foreach (var name in (string[])["sites.geojsonl.zip", "other.bin"])
        {
            await using var archive = await ZipFile.OpenReadAsync(At(name), Token);
            var entry = Assert.Single(archive.Entries);
            Assert.Equal("sites.geojsonl", entry.Name);
            using var reader = new StreamReader(await entry.OpenAsync(Token));
            Assert.Equal(expected, await reader.ReadToEndAsync(Token));
        }
    }

    [Fact]
    public async Task Csv_has_its_switches()
    {
        Assert.Equal(0, (await RunAsync("sites", "--sortby", "code", "--bom", "--guard-formulas", "--properties", "name_it", "--limit", "2", "--output", At("x.csv"))).Code);
        var text = await File.ReadAllTextAsync(At("x.csv"), Token);
        Assert.Equal(0xEF, (await File.ReadAllBytesAsync(At("x.csv"), Token))[0]);
        Assert.Contains("GO-2,'=SOMMA(A1:A9),", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_role_sees_what_is_its_to_see()
    {
        Assert.Equal(0, (await RunAsync("sites", "--filter", "code = 'GO-5'", "--role", "editor", "--output", At("x.geojson"))).Code);
        using var document = JsonDocument.Parse(await File.ReadAllBytesAsync(At("x.geojson"), Token));
        Assert.True(document.RootElement.GetProperty("features")[0].GetProperty("properties").TryGetProperty("contact", out _));
        Assert.Equal(0, (await RunAsync("sites", "--filter", "code = 'GO-5'", "--output", At("x.geojson"))).Code);
        using var replaced = JsonDocument.Parse(await File.ReadAllBytesAsync(At("x.geojson"), Token));
        Assert.Equal(0, replaced.RootElement.GetProperty("features").GetArrayLength());
    }

    [Theory]
    [InlineData("nothing", "There is no collection 'nothing'")]
    [InlineData("sites --output x.pdf", "--output: the extension of 'x.pdf'")]
    [InlineData("sites --output x.zip", "--output: the extension of 'x.zip'")]
    [InlineData("sites --format pdf", "--format: expected one of geojson")]
    [InlineData("sites infrastructure", "GeoJSON holds one collection, and 2 are named; export GeoPackage or Shapefile.")]
    [InlineData("sites infrastructure --output x.fgb", "FlatGeobuf holds one collection, and 2 are named; export GeoPackage or Shapefile.")]
    [InlineData("sites --gzip --zip", "--gzip and --zip exclude each other")]
    [InlineData("sites --output /nowhere/x.geojson", "--output '/nowhere/x.geojson'")]
    [InlineData("sites --filter contact='x'", "--filter: expected a property of sites")]
    [InlineData("sites --crs EPSG:1 --limit 0", "--limit: expected a whole number from 1, got 0")]
    [InlineData("sites --crs EPSG:1 --limit 0", "--crs: expected one of CRS84")]
    [InlineData("sites --role king", "king")]
    public async Task Wrong_usage_is_2_and_told(string arguments, string sentence)
    {
        var (code, output, error) = await RunAsync(arguments.Split(' '));
        Assert.Equal((2, ""), (code, output));
        Assert.StartsWith("geooffer: ", error, StringComparison.Ordinal);
        Assert.Contains(sentence, error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_fails_half_way_leaves_no_file_and_keeps_the_one_before()
    {
        await using var service = await RunningService.StartAsync(cluster, SampleData.Sql);
        await service.ExecuteAsync("INSERT INTO geooffer.infrastructure (code, kind, geom) VALUES ('port.far', 'port', ST_SetSRID(ST_MakePoint(120, 10), 4326))");
        await File.WriteAllTextAsync(At("x.geojson"), "before", Token);
        var (code, _, error) = await RunOnAsync(service.ConnectionString, "infrastructure", "--crs", "EPSG:3003", "--output", At("x.geojson"));
        Assert.Equal(1, code);
        Assert.Contains("port.far", error, StringComparison.Ordinal);
        Assert.Equal("before", await File.ReadAllTextAsync(At("x.geojson"), Token));
        Assert.Single(Directory.GetFiles(_folder));
    }

    [Fact]
    public async Task Without_a_file_it_goes_to_standard_output()
    {
        var (code, output, error) = await RunProcessAsync(sample.Service.ConnectionString, "sites", "--sortby", "code", "--gzip", "--output", "-");
        using var gzip = new GZipStream(new MemoryStream(output), CompressionMode.Decompress);
        using var reader = new StreamReader(gzip, Encoding.UTF8);
        Assert.Equal(await sample.Client.GetStringAsync("/api/export/sites?sortby=code", Token), await reader.ReadToEndAsync(Token));
        Assert.Equal((0, "Exported 30 features of sites to standard output."), (code, error.Trim()));
    }

    [Fact]
    public async Task A_flatgeobuf_is_what_the_service_sends()
    {
        Assert.Equal((0, "", ""), await RunAsync("sites", "--sortby", "code", "--quiet", "--output", At("sites.fgb")));
        var file = await File.ReadAllBytesAsync(At("sites.fgb"), Token);
        Assert.Equal("fgb\u0003fgb\0"u8, file.AsSpan(0, 8));
        Assert.Equal(file, await sample.Client.GetByteArrayAsync("/api/export/sites?sortby=code&f=flatgeobuf", Token));
    }

    [Theory]
    [InlineData("gpkg", "SQLite format 3", "sites", "infrastructure")]
    [InlineData("flatgeobuf", "fgb", "sites")]
    public async Task Temporary_files_go_whether_it_ends_or_fails(string format, string start, params string[] collections)
    {
        var (code, output, _) = await RunProcessAsync(sample.Service.ConnectionString, [.. collections, "--format", format]);
        Assert.Equal(0, code);
        Assert.StartsWith(start, Encoding.ASCII.GetString(output), StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(_folder));

        await using var service = await RunningService.StartAsync(cluster, SampleData.Sql);
        await service.ExecuteAsync("INSERT INTO geooffer.infrastructure (code, kind, geom) VALUES ('port.far', 'port', ST_SetSRID(ST_MakePoint(120, 10), 4326))");
        var (refused, nothing, error) = await RunProcessAsync(service.ConnectionString, "infrastructure", "--format", format, "--crs", "EPSG:3003");
        Assert.Equal((1, 0), (refused, nothing.Length));
        Assert.Contains("port.far", error, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(_folder));
    }

    private string At(string name) => Path.Combine(_folder, name);

    private Task<(int Code, string Output, string Error)> RunAsync(params string[] args) => RunOnAsync(sample.Service.ConnectionString, args);

    /// <summary>Runs the built command, with the folder of the test for temporary files.</summary>
    private async Task<(int Code, byte[] Output, string Error)> RunProcessAsync(string connectionString, params string[] args)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            ArgumentList = { Path.Combine(AppContext.BaseDirectory, "geooffer.dll"), "export" },
            Environment = { ["ConnectionStrings__GeoOffer"] = connectionString, ["TMPDIR"] = _folder, ["DOTNET_EnableDiagnostics"] = "0" },
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var argument in args)
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start)!;
        var complaint = process.StandardError.ReadToEndAsync(Token);
        using var output = new MemoryStream();
        await process.StandardOutput.BaseStream.CopyToAsync(output, Token);
        await process.WaitForExitAsync(Token);
        return (process.ExitCode, output.ToArray(), await complaint);
    }

    private static async Task<(int Code, string Output, string Error)> RunOnAsync(string connectionString, params string[] args)
    {
        var configuration = new ConfigurationBuilder()
            .AddJsonFile(Path.Combine(AppContext.BaseDirectory, "appsettings.json"))
            .AddInMemoryCollection([new("ConnectionStrings:GeoOffer", connectionString)])
            .Build();
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = await CommandLine.RunAsync(["export", .. args], output, error, configuration);
        return (code, output.ToString(), error.ToString());
    }
}
