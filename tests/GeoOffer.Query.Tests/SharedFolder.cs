namespace GeoOffer.Query.Tests;

/// <summary>The folder of conformance material beside the checkout, when there is one.</summary>
internal static class SharedFolder
{
    public static string? Find(string relativePath)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "GeoOffer.sln")))
        {
            folder = folder.Parent;
        }

        var path = folder?.Parent is { } parent ? Path.Combine(parent.FullName, "shared", relativePath) : null;
        return Path.Exists(path) ? path : null;
    }
}
