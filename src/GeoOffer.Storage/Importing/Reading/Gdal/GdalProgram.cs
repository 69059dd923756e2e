using System.Text.RegularExpressions;

namespace GeoOffer.Storage.Importing.Reading.Gdal;

/// <summary>The program <c>ogr2ogr</c> of GDAL that is installed here.</summary>
/// <param name="Path">Its path.</param>
/// <param name="Version">The version of GDAL.</param>
/// <param name="Drivers">The drivers that it has for formats of vectors.</param>
internal sealed partial record GdalProgram(string Path, string Version, IReadOnlyList<string> Drivers)
{
    private const string Name = "ogr2ogr";

    /// <summary>Finds it.</summary>
    /// <exception cref="UnreadableFileException">It is not installed, or does not run, or cannot read the format.</exception>
    public static async Task<GdalProgram> FindAsync(GdalFormat format, GdalOptions options, CancellationToken cancellationToken)
    {
        var path = Candidates(options.Folder).FirstOrDefault(File.Exists) ?? throw Missing(
            $"{format.Name} is read through GDAL, which is not installed here"
            + (options.Folder is { } folder ? $" (there is no {Name} in {MessageText.Shorten(folder)})" : ""));
        var version = VersionPattern().Match((await RunAsync(path, "--version", options, cancellationToken)).Output);
        if (!version.Success)
        {
            throw Missing($"{format.Name} is read through GDAL, and {path} does not say its version");
        }

        var list = (await RunAsync(path, "--formats", options, cancellationToken)).Output;
        List<string> drivers = [.. DriverPattern().Matches(list).Select(match => match.Groups[1].Value)];
        return format.Drivers.Any(drivers.Contains)
            ? new GdalProgram(path, version.Groups[1].Value, drivers)
            : throw Missing($"{format.Name} is read through GDAL, and version {version.Groups[1].Value}, which is installed here, was built without it");
    }

    /// <summary>A fault of the installation, not of the file.</summary>
    public static UnreadableFileException Missing(string reason, Exception? cause = null) => new(
        new FileFault(FileFaultCode.ReaderMissing, reason, "install the package gdal-bin, or convert the file to GeoPackage"), cause);

    private static IEnumerable<string> Candidates(string? folder)
    {
        var name = OperatingSystem.IsWindows() ? Name + ".exe" : Name;
        var folders = folder is null ? Environment.GetEnvironmentVariable("PATH")?.Split(System.IO.Path.PathSeparator) ?? [] : [folder];
        return folders.Where(System.IO.Path.IsPathFullyQualified).Select(one => System.IO.Path.Combine(one, name));
    }

    private static async Task<GdalMessages> RunAsync(string path, string argument, GdalOptions options, CancellationToken cancellationToken)
    {
        await using var folder = TemporaryFile.Create(Name);
        return await new GdalProcess(path, System.IO.Path.GetDirectoryName(folder.Path)!, options, 0).RunAsync([argument], [], cancellationToken);
    }

    [GeneratedRegex(@"^GDAL (\d+\.\d+[\w.]*)")]
    private static partial Regex VersionPattern();

    [GeneratedRegex(@"^ +(\S.*?) -[a-z, ]*vector[a-z, ]*- \(", RegexOptions.Multiline)]
    private static partial Regex DriverPattern();
}
