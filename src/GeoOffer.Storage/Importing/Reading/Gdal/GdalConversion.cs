using System.Globalization;
using System.Text.RegularExpressions;

namespace GeoOffer.Storage.Importing.Reading.Gdal;

/// <summary>A file that GDAL has converted to a GeoPackage, in a temporary folder that goes with it.</summary>
/// <param name="package">The GeoPackage.</param>
internal sealed partial class GdalConversion(TemporaryFile package) : IAsyncDisposable
{
    private const string PackageName = "converted.gpkg";
    private const string PackageDriver = "GPKG";
    private const int LongestMessage = 300;

    /// <summary>The GeoPackage.</summary>
    public ImportFile Package { get; } = ImportFile.FromPath(package.Path);

    /// <summary>What GDAL found doubtful.</summary>
    public IReadOnlyList<string> Warnings { get; private init; } = [];

    /// <summary>Converts a file.</summary>
    /// <param name="program">The program that does.</param>
    /// <param name="file">The file.</param>
    /// <param name="format">Its format.</param>
    /// <param name="layer">The layer to convert, one of those that all files of the format have; null: all.</param>
    /// <param name="options">What may be used up.</param>
    /// <param name="cancellationToken">Ends it, and removes what was made.</param>
    /// <exception cref="UnreadableFileException">GDAL cannot read the file, or there is no room.</exception>
    public static async Task<GdalConversion> MakeAsync(
        GdalProgram program, ImportFile file, GdalFormat format, string? layer, GdalOptions options, CancellationToken cancellationToken)
    {
        var package = TemporaryFile.Create(PackageName);
        try
        {
            var source = "source" + format.Extension;
            var folder = Path.GetDirectoryName(package.Path)!;
            var length = await ProvideAsync(file, Path.Combine(folder, source), cancellationToken);
            var messages = await new GdalProcess(program.Path, folder, options, length).RunAsync(
                Arguments(source, layer), [("OGR_SKIP", Skipped(program, format))], cancellationToken);
            string Told(string text) => MessageText.Shorten(
                text.Replace(folder + Path.DirectorySeparatorChar, "", StringComparison.Ordinal).Replace(source, file.Name, StringComparison.Ordinal),
                LongestMessage);
            return messages.Error is { } error
                ? throw Fault(Told(error), program, format)
                : new GdalConversion(package) { Warnings = [.. messages.Warnings.Select(Told)] };
        }
        catch
        {
            await package.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => package.DisposeAsync();

    /// <summary>
    /// Puts a file into the folder under a name that means nothing to GDAL but its format, alone: a file beside it that bears its name is not
    /// read, and none is written there.
    /// </summary>
    /// <returns>Its length.</returns>
    private static async Task<long> ProvideAsync(ImportFile file, string path, CancellationToken cancellationToken)
    {
        if (file.Path is { } original && file.Length is { } length && TryLink(path, Path.GetFullPath(original)))
        {
            return length;
        }

        return await Spool.CopyAsync(file, path, cancellationToken);
    }

    private static bool TryLink(string path, string original)
    {
        try
        {
            File.CreateSymbolicLink(path, original);
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Windows grants it to few, and some file systems have none.
            return false;
        }
    }

    /// <summary>
    /// Curves become lines and heights are dropped, as of other formats. The names of key and geometry are such as no column has.
    /// </summary>
    private static string[] Arguments(string source, string? layer)
    {
        var unique = Path.GetRandomFileName()[..8];
        return
        [
            "-f", PackageDriver, "-nlt", "CONVERT_TO_LINEAR", "-dim", "XY", "-unsetFid",
            "-lco", "SPATIAL_INDEX=NO", "-lco", $"FID=key_{unique}", "-lco", $"GEOMETRY_NAME=place_{unique}",
            PackageName, source, .. layer is null ? [] : (string[])[layer],
        ];
    }

    /// <summary>All drivers but those of the format and of what is written: none that reads other files than the one that it is given, or asks a network.</summary>
    private static string Skipped(GdalProgram program, GdalFormat format) =>
        string.Join(',', program.Drivers.Where(driver => driver != PackageDriver && !format.Drivers.Contains(driver)));

    private static UnreadableFileException Fault(string message, GdalProgram program, GdalFormat format)
    {
        if (NoRoomPattern().IsMatch(message))
        {
            return new(new FileFault(
                FileFaultCode.NotOpened, $"it cannot be converted in {Path.GetTempPath()}: {message}", "make room there, or name another folder with TMPDIR"));
        }

        if (message.StartsWith("Unable to open datasource", StringComparison.Ordinal))
        {
            return new(new FileFault(
                FileFaultCode.UnknownFormat, $"GDAL {program.Version} cannot open it as {format.Name}", "export it again, or convert it to GeoPackage"));
        }

        var place = PlacePattern().Match(message);
        long? Number(int group) => place.Success ? long.Parse(place.Groups[group].Value, CultureInfo.InvariantCulture) : null;
        return new(new FileFault(
            FileFaultCode.Syntax,
            $"GDAL {program.Version} says: {(place.Success ? message[..place.Index] : message)}",
            "repair the file where it is kept, or convert it to GeoPackage",
            Number(1),
            Number(2) + 1));
    }

    [GeneratedRegex(@" at line (\d{1,15}), column (\d{1,15})$")]
    private static partial Regex PlacePattern();

    [GeneratedRegex("No space left|disk is full|disk I/O error|File too large|Disk quota", RegexOptions.IgnoreCase)]
    private static partial Regex NoRoomPattern();
}
