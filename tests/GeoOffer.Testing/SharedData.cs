using Xunit;

namespace GeoOffer.Testing;

/// <summary>The folder <c>shared</c> beside the checkout: real data and conformance suites that are not part of the project.</summary>
public static class SharedData
{
    /// <summary>Full path of a file or folder below <c>../shared</c>; where it is absent the calling test is skipped, with the path as reason.</summary>
    /// <param name="relativePath">Path below <c>shared</c> with forward slashes, such as <c>data/stations.geojson</c>.</param>
    public static string Require(string relativePath)
    {
        var path = Path.GetFullPath(Path.Combine(Checkout.Root, "..", "shared", relativePath));
        if (!Path.Exists(path))
        {
            Assert.Skip($"needs ../shared/{relativePath}, which is not beside this checkout ({path})");
        }

        return path;
    }
}
