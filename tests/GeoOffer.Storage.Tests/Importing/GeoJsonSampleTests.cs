using GeoOffer.Storage.Importing;
using GeoOffer.Storage.Importing.Reading;
using GeoOffer.Testing;

namespace GeoOffer.Storage.Tests.Importing;

/// <summary>The valid and invalid documents of geojson/schema as files to import; their geometries alone are tests of the domain.</summary>
public sealed class GeoJsonSampleTests
{
    private static readonly string[] Features = ["feature", "featurecollection"];

    /// <summary>What the invalid ones are refused with, by what RFC 7946 says of them.</summary>
    private static readonly Dictionary<string, string> Refused = new()
    {
        ["feature/1d-point.json"] = "at /geometry/coordinates",
        ["feature/boolean-id.json"] = "its id is no text or number",
        ["feature/no-type.json"] = "its type is missing",
        ["feature/object-id.json"] = "its id is no text or number",
        ["featurecollection/no-features.json"] = "no member features",
        ["featurecollection/no-type.json"] = "its type is missing",
    };

    /// <summary>
    /// Read on purpose: programs that leave out what is null are many, a feature without the member <c>geometry</c> can only be one without a
    /// place, and one without <c>properties</c> one that has none.
    /// </summary>
    private static readonly string[] Taken = ["feature/no-geometry.json", "feature/no-properties.json"];

    [Fact]
    public async Task Valid_features_are_read()
    {
        var files = FilesBelow("conformance/geojson/valid").Where(file => IsOfFeatures(file.Name)).ToList();
        Assert.Equal(7, files.Count);
        foreach (var (name, path) in files)
        {
            var rows = await ReadAsync(path);
            Assert.Equal(name == "featurecollection/empty.json" ? 0 : 1, rows.Count);
            Assert.All(rows, row => Assert.Null(row.Fault));
        }
    }

    [Fact]
    public async Task Invalid_features_are_refused_with_what_is_wrong_but_for_those_that_leave_out_what_would_be_null()
    {
        var files = FilesBelow("conformance/geojson/invalid").Where(file => IsOfFeatures(file.Name)).ToList();
        Assert.Equal(Refused.Keys.Concat(Taken).Order(StringComparer.Ordinal), files.Select(file => file.Name));
        foreach (var (name, path) in files)
        {
            var fault = await FaultAsync(path);
            if (Taken.Contains(name))
            {
                Assert.Null(fault);
            }
            else
            {
                Assert.Contains(Refused[name], fault, StringComparison.Ordinal);
            }
        }
    }

    /// <summary>A geometry has neither id nor properties, so that nothing could be made of it.</summary>
    [Fact]
    public async Task A_geometry_alone_is_no_file_of_features()
    {
        foreach (var (_, path) in FilesBelow("conformance/geojson/valid").Where(file => !IsOfFeatures(file.Name)))
        {
            Assert.Contains("the root is no FeatureCollection or Feature", await FaultAsync(path), StringComparison.Ordinal);
        }
    }

    private static bool IsOfFeatures(string name) => Features.Contains(name.Split('/')[0]);

    private static List<(string Name, string Path)> FilesBelow(string folder)
    {
        var root = SharedData.Require(folder);
        return [.. Directory.GetFiles(root, "*.json", SearchOption.AllDirectories)
            .Select(path => (Path.GetRelativePath(root, path).Replace(Path.DirectorySeparatorChar, '/'), path))
            .OrderBy(file => file.Item1, StringComparer.Ordinal)];
    }

    private static async Task<string?> FaultAsync(string path)
    {
        try
        {
            return (await ReadAsync(path)).Select(row => row.Fault?.Reason).SingleOrDefault();
        }
        catch (UnreadableFileException exception)
        {
            return exception.Fault.Reason;
        }
    }

    private static async Task<List<SourceRow>> ReadAsync(string path)
    {
        var file = new ImportFile("x.geojson", _ => ValueTask.FromResult<Stream>(File.OpenRead(path)));
        await using var source = await Source.OpenAsync(file, new SourceOptions(), TestContext.Current.CancellationToken);
        var rows = new List<SourceRow>();
        await foreach (var row in source.ReadAsync(TestContext.Current.CancellationToken))
        {
            rows.Add(row);
        }

        return rows;
    }
}
