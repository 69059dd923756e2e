using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using GeoOffer.Domain.Geometries;
using GeoOffer.Storage.Importing;
using GeoOffer.Storage.Importing.Reading;

namespace GeoOffer.Storage.Tests.Importing.Formats;

/// <summary>GDAL as an oracle: it makes files, and says what is in files.</summary>
internal sealed class Gdal : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("geooffer-test-");

    private Gdal()
    {
    }

    /// <summary>The folder for files, which goes with the oracle.</summary>
    public string Folder => _folder.FullName;

    /// <summary>Skips the calling test where GDAL is not installed.</summary>
    public static Gdal Require()
    {
        var folders = Environment.GetEnvironmentVariable("PATH")?.Split(Path.PathSeparator) ?? [];
        Assert.SkipUnless(folders.Any(folder => File.Exists(Path.Combine(folder, "ogr2ogr"))), "needs ogr2ogr, which is not installed (gdal-bin)");
        return new Gdal();
    }

    public void Dispose() => _folder.Delete(recursive: true);

    /// <summary>Writes a file into the folder.</summary>
    public string Write(string name, string text)
    {
        var path = Path.Combine(Folder, name);
        File.WriteAllText(path, text);
        return path;
    }

    /// <summary>Runs ogr2ogr.</summary>
    /// <returns>The path of the file that was made.</returns>
    public async Task<string> ConvertAsync(string source, string name, IEnumerable<string> arguments, string? layer = null)
    {
        var target = Path.Combine(Folder, name);
        await RunAsync("ogr2ogr", [.. arguments, target, source, .. layer is null ? [] : (string[])[layer]]);
        return target;
    }

    /// <summary>Runs a program, which must succeed.</summary>
    public static async Task RunAsync(string program, params IEnumerable<string> arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0 && !error.Contains("ERROR", StringComparison.Ordinal), error + await output);
    }

    /// <summary>Reads a file, and holds rows, identifiers, values and geometries to what GDAL finds in it.</summary>
    /// <param name="path">The file as it is read here.</param>
    /// <param name="layer">The layer of it.</param>
    /// <param name="asGdalOpensIt">The same file as GDAL can open it.</param>
    public async Task<(SourceDescription Description, List<SourceRow> Rows)> AssertReadAlikeAsync(
        string path, string? layer = null, string? asGdalOpensIt = null)
    {
        var (description, rows) = await Sources.ReadAsync(ImportFile.FromPath(path), new SourceOptions { Layer = layer });
        var json = await ConvertAsync(
            asGdalOpensIt ?? path, Path.GetRandomFileName() + ".json",
            ["-f", "GeoJSON", "-preserve_fid", "-dim", "XY", "-lco", "SIGNIFICANT_FIGURES=17"], layer);
        await using var stream = File.OpenRead(json);
        using var document = await JsonDocument.ParseAsync(stream, cancellationToken: TestContext.Current.CancellationToken);
        var features = document.RootElement.GetProperty("features");
        Assert.Equal(features.GetArrayLength(), rows.Count);
        foreach (var (feature, row) in features.EnumerateArray().Zip(rows))
        {
            Assert.Null(row.Fault);
            if (row.Id is not null)
            {
                Assert.Equal(feature.GetProperty("id").GetRawText(), row.Id);
            }

            AssertAlike(feature.GetProperty("geometry"), row);
            var properties = feature.GetProperty("properties");
            Assert.Subset(row.Fields.Select(field => field.Name).ToHashSet(), properties.EnumerateObject().Select(property => property.Name).ToHashSet());
            foreach (var (name, value) in row.Fields)
            {
                // GDAL leaves out what a row of a FlatGeobuf does not have.
                var expected = properties.TryGetProperty(name, out var stated) ? Plain(stated, value) : null;
                Assert.Equal((name, expected), (name, value.Native ?? value.Text));
            }
        }

        return (description, rows);
    }

    private static void AssertAlike(JsonElement geometry, SourceRow row)
    {
        Assert.True(GeoJsonGeometryReader.TryRead(geometry, "", out var expected, out var fault), fault?.Expected);
        var (theirs, ours) = (expected?.Normalized(), row.Geometry?.Normalized());

        // GDAL writes runs of noughts and nines in a number as what it takes to be meant.
        var isAlike = theirs is null ? ours is null : ours is not null && theirs.EqualsExact(ours, 1e-8);
        Assert.True(isAlike, $"{row.Place}: {MessageText.Shorten($"{theirs}")} / {MessageText.Shorten($"{ours}")}");
    }

    /// <summary>A value of GeoJSON as the type that it is compared with.</summary>
    private static object? Plain(JsonElement json, SourceValue ours) => (json.ValueKind, ours.Native) switch
    {
        (JsonValueKind.Null, _) => null,
        (JsonValueKind.Number, long) => json.GetInt64(),
        (JsonValueKind.Number, bool) => json.GetInt32() == 1,
        (JsonValueKind.Number, _) => json.GetDouble(),
        (JsonValueKind.True or JsonValueKind.False, _) => json.GetBoolean(),
        (_, bool) => json.GetString() is "T" or "Y",
        (_, DateOnly) => DateOnly.Parse(json.GetString()!, CultureInfo.InvariantCulture),
        (_, DateTimeOffset) => DateTimeOffset.Parse(json.GetString()!, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal),
        (JsonValueKind.Object or JsonValueKind.Array, _) => json.GetRawText(),
        _ => json.GetString()!.Trim() is { Length: > 0 } text ? text : null,
    };
}
