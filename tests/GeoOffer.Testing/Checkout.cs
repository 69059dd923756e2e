namespace GeoOffer.Testing;

/// <summary>The working copy that the running tests were built from.</summary>
public static class Checkout
{
    private const string SolutionFile = "GeoOffer.sln";

    private static readonly Lazy<string> LazyRoot = new(() => FindRoot(AppContext.BaseDirectory));

    /// <summary>Full path of the folder that holds <c>GeoOffer.sln</c>.</summary>
    /// <exception cref="DirectoryNotFoundException">The test assembly does not lie below a checkout.</exception>
    public static string Root => LazyRoot.Value;

    private static string FindRoot(string start)
    {
        for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, SolutionFile)))
            {
                return folder.FullName;
            }
        }

        throw new DirectoryNotFoundException($"No folder above {start} holds {SolutionFile}.");
    }
}
