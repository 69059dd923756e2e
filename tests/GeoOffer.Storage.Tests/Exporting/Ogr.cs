using System.Diagnostics;
using System.Text.Json;
using GeoOffer.Domain.Geometries;
using NetTopologySuite.Geometries;

namespace GeoOffer.Storage.Tests.Exporting;

/// <summary>A feature as GDAL reads it.</summary>
internal sealed record OgrFeature(JsonElement Properties, Geometry? Geometry);

/// <summary>A layer as GDAL reads it.</summary>
/// <param name="System">The reference system that GDAL recognises; null for WGS 84 longitude, latitude.</param>
/// <param name="Features">Its features in their order.</param>
internal sealed record OgrLayer(string? System, IReadOnlyList<OgrFeature> Features);

/// <summary>GDAL as the other reader.</summary>
internal static class Ogr
{
    private static readonly Lazy<bool> IsInstalled = new(() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(folder => File.Exists(Path.Combine(folder, "ogr2ogr"))));

    /// <summary>Skips the test where GDAL is not installed.</summary>
    public static void Require() => Assert.SkipUnless(IsInstalled.Value, "needs ogr2ogr of GDAL, which is not installed");

    /// <summary>Reads a layer; numbers are rendered with all their digits.</summary>
    public static async Task<OgrLayer> ReadAsync(string path, string? layer = null, params string[] openOptions)
    {
        var target = Path.Combine(Path.GetTempPath(), $"geooffer-ogr-{Guid.NewGuid():N}.geojson");
        try
        {
            await RunAsync(
                "ogr2ogr",
                [
                    "-f", "GeoJSON", target, path, .. layer is null ? Array.Empty<string>() : [layer], .. openOptions.SelectMany(option => new[] { "-oo", option }),
                    "-lco", "COORDINATE_PRECISION=17", "-lco", "SIGNIFICANT_FIGURES=17", "-lco", "WRITE_NAME=NO", "-nomd",
                ]);
            using var document = JsonDocument.Parse(await File.ReadAllBytesAsync(target, TestContext.Current.CancellationToken));
            var root = document.RootElement;
            return new OgrLayer(
                root.TryGetProperty("crs", out var crs) && crs.GetProperty("properties").GetProperty("name").GetString() is { } name
                    && !name.EndsWith("CRS84", StringComparison.Ordinal) ? name : null,
                [.. root.GetProperty("features").EnumerateArray().Select(feature => new OgrFeature(
                    feature.GetProperty("properties").Clone(), ReadGeometry(feature.GetProperty("geometry"))))]);
        }
        finally
        {
            File.Delete(target);
        }
    }

    /// <summary>Runs a tool of GDAL, which must neither fail nor complain.</summary>
    public static async Task<string> RunAsync(string tool, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(tool) { RedirectStandardError = true, RedirectStandardOutput = true };
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start)!;
        var complaint = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal((0, ""), (process.ExitCode, await complaint));
        return output;
    }

    private static Geometry? ReadGeometry(JsonElement geometry)
    {
        if (geometry.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        return GeoJsonGeometryReader.TryRead(geometry, "", out var read, out var fault) ? read : throw new InvalidDataException(fault.Expected);
    }
}
