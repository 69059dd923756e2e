using System.Reflection;
using System.Text;

namespace GeoOffer.Storage.Importing.Profiles;

/// <summary>The profiles that come with the program, and those in files.</summary>
public static class ImportProfiles
{
    private const string Prefix = "GeoOffer.Storage.Importing.Profiles.";

    private static readonly Lazy<IReadOnlyList<ImportProfile>> LazyBuiltIn = new(ReadBuiltIn);

    /// <summary>Those that come with the program, by name.</summary>
    public static IReadOnlyList<ImportProfile> BuiltIn => LazyBuiltIn.Value;

    /// <summary>The profile of this name, or in this file.</summary>
    /// <param name="nameOrPath">A name, or the path of a JSON file.</param>
    /// <param name="cancellationToken">Until the file is read.</param>
    /// <exception cref="ImportRequestException">There is none.</exception>
    /// <exception cref="ImportProfileException">Something is wrong with it.</exception>
    public static async Task<ImportProfile> GetAsync(string nameOrPath, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(nameOrPath);
        if (BuiltIn.FirstOrDefault(profile => profile.Name == nameOrPath) is { } known)
        {
            return known;
        }

        if (!nameOrPath.EndsWith(".json", StringComparison.OrdinalIgnoreCase))
        {
            var names = BuiltIn.Select(profile => profile.Name).ToList();
            throw new ImportRequestException("profile", MessageText.Nearest(nameOrPath, names) is { } nearest
                ? $"there is no profile '{nameOrPath}'; did you mean {nearest}?"
                : $"there is no profile '{nameOrPath}'; expected one of {string.Join(", ", names)}, or the path of a .json file");
        }

        try
        {
            return ProfileReader.Read(await File.ReadAllTextAsync(nameOrPath, Encoding.UTF8, cancellationToken), nameOrPath);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ImportRequestException("profile", $"the profile '{nameOrPath}' cannot be read: {exception.Message}");
        }
    }

    private static IReadOnlyList<ImportProfile> ReadBuiltIn()
    {
        var assembly = Assembly.GetExecutingAssembly();
        return
        [
            .. assembly.GetManifestResourceNames()
                .Where(resource => resource.StartsWith(Prefix, StringComparison.Ordinal))
                .Select(resource => Read(assembly, resource))
                .OrderBy(profile => profile.Name, StringComparer.Ordinal),
        ];
    }

    private static ImportProfile Read(Assembly assembly, string resource)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!, Encoding.UTF8);
        return ProfileReader.Read(reader.ReadToEnd(), resource[Prefix.Length..]);
    }
}
