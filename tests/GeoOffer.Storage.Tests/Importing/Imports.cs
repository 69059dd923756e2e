using System.Text;
using System.Text.Json;
using GeoOffer.Storage.Importing;

namespace GeoOffer.Storage.Tests.Importing;

/// <summary>Files made in memory, and imports of them.</summary>
internal static class Imports
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true };

    /// <summary>A square of so many degrees as coordinates of a polygon, its lower left corner first.</summary>
    public static string Square(double longitude, double latitude, double side = 0.005) => FormattableString.Invariant(
        $$"""{"type":"Polygon","coordinates":[[[{{longitude}},{{latitude}}],[{{longitude + side}},{{latitude}}],[{{longitude + side}},{{latitude + side}}],[{{longitude}},{{latitude + side}}],[{{longitude}},{{latitude}}]]]}""");

    public static string Point(double longitude, double latitude) =>
        FormattableString.Invariant($$"""{"type":"Point","coordinates":[{{longitude}},{{latitude}}]}""");

    public static string Feature(string geometry, string properties, string? id = null) =>
        $$"""{"type":"Feature",{{(id is null ? "" : $"\"id\":\"{id}\",")}}"geometry":{{geometry}},"properties":{{properties}}}""";

    public static string Collection(params IEnumerable<string> features) =>
        $$"""{"type":"FeatureCollection","features":[{{string.Join(",\n", features)}}]}""";

    public static ImportFile File(string name, string text) => File(name, Encoding.UTF8.GetBytes(text));

    public static ImportFile File(string name, byte[] bytes) =>
        new(name, _ => ValueTask.FromResult<Stream>(new MemoryStream(bytes, writable: false)), bytes.Length);

    public static ImportRequest Request(string collection, ImportFile file) =>
        new() { Collection = collection, File = file, Author = "test", Source = "a source" };

    public static ImportRequest Request(string collection, string name, string text) => Request(collection, File(name, text));

    public static Task<ImportReport> RunAsync(this GeoOfferDatabase database, ImportRequest request) =>
        new Importer(database).RunAsync(request, null, TestContext.Current.CancellationToken);

    /// <summary>Runs an import that must succeed.</summary>
    public static async Task<ImportReport> StoreAsync(this GeoOfferDatabase database, ImportRequest request)
    {
        var report = await database.RunAsync(request);
        Assert.True(report.IsStored, JsonSerializer.Serialize(report with { Rejections = [.. report.Rejections.Take(5)], Warnings = [] }, Readable));
        return report;
    }

    public static Task<long> VersionAsync(this MigratedDatabase database) => database.ScalarAsync<long>("SELECT version FROM geooffer.data_version");
}
