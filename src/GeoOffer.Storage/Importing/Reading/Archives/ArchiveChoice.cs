using System.Globalization;

namespace GeoOffer.Storage.Importing.Reading.Archives;

/// <summary>Chooses the file to read of those that an archive holds: the only one that can be read, or the one that is named.</summary>
internal static class ArchiveChoice
{
    private const int MostListed = 20;

    /// <summary>The file, and the options for it.</summary>
    /// <exception cref="UnreadableFileException">None can be read, or several.</exception>
    public static (ImportFile File, SourceOptions Options) Choose(ZipFileSystem archive, SourceOptions options)
    {
        var candidates = Candidates(archive, options.Format);
        if (candidates.Count == 0)
        {
            throw new UnreadableFileException(new FileFault(
                FileFaultCode.UnknownFormat,
                archive.Entries.Count == 0
                    ? "the archive is empty"
                    : $"the archive holds nothing that can be imported{(options.Format is null ? "" : " in this format")}: {List(archive.Entries)}",
                "pack one shapefile, GeoPackage, FlatGeobuf, GeoJSON or CSV file"));
        }

        var named = candidates.FindAll(file => IsNamed(file, options.Layer));
        if (named is [var single])
        {
            return (Open(single, archive), options with { Layer = null });
        }

        var inside = candidates.FindAll(file => LayerInside(file, options.Layer) is not null);
        if (inside is [var container])
        {
            return (Open(container, archive), options with { Layer = LayerInside(container, options.Layer) });
        }

        return candidates.Count == 1 && (options.Layer is null || HoldsLayers(candidates[0]))
            ? (Open(candidates[0], archive), options)
            : throw new UnreadableFileException(new FileFault(
                FileFaultCode.Layer,
                options.Layer is null
                    ? string.Create(CultureInfo.InvariantCulture, $"the archive holds {candidates.Count} files that can be imported: {List(candidates)}")
                    : $"the archive holds no {MessageText.Shorten(options.Layer)}; it holds {List(candidates)}",
                "choose one with --source-layer NAME"));
    }

    private static List<ZippedFile> Candidates(ZipFileSystem archive, SourceFormat? format)
    {
        List<ZippedFile> Of(Func<ZippedFile, bool> isOne) => [.. archive.Entries.Where(isOne)];
        var known = Of(file => Format(file) is { } found && IsMeant(found, format));
        return known.Count > 0
            ? known
            : Of(file => Path.GetExtension(file.Name).ToUpperInvariant() is ".TXT" or ".XML" && format is null or SourceFormat.Csv or SourceFormat.Gdal);
    }

    private static SourceFormat? Format(ZippedFile file) => Path.GetExtension(file.Name).ToUpperInvariant() switch
    {
        ".SHP" => SourceFormat.Shapefile,
        ".GPKG" => SourceFormat.GeoPackage,
        ".FGB" => SourceFormat.FlatGeobuf,
        ".GEOJSON" or ".JSON" => SourceFormat.GeoJson,
        ".GEOJSONL" or ".GEOJSONS" or ".NDJSON" or ".JSONL" => SourceFormat.GeoJsonSeq,
        ".CSV" or ".TSV" => SourceFormat.Csv,
        ".GML" or ".KML" or ".GPX" or ".OSM" or ".PBF" or ".DXF" => SourceFormat.Gdal,
        _ => null,
    };

    private static bool IsMeant(SourceFormat found, SourceFormat? asked) =>
        asked is null || found == asked || (IsJson(found) && IsJson(asked.Value));

    private static bool IsJson(SourceFormat format) => format is SourceFormat.GeoJson or SourceFormat.GeoJsonSeq;

    private static bool HoldsLayers(ZippedFile file) => Format(file) is SourceFormat.GeoPackage or SourceFormat.Gdal || IsXml(file);

    private static bool IsXml(ZippedFile file) => Path.GetExtension(file.Name).Equals(".xml", StringComparison.OrdinalIgnoreCase);

    private static bool IsNamed(ZippedFile file, string? layer) => layer is not null
        && (IsSame(file.FullName, layer) || IsSame(file.Name, layer) || IsSame(Path.GetFileNameWithoutExtension(file.Name), layer));

    /// <summary>Of <c>regions.gpkg/municipalities</c> the second part, when the file is the first.</summary>
    private static string? LayerInside(ZippedFile file, string? layer)
    {
        if (layer is null || !HoldsLayers(file))
        {
            return null;
        }

        foreach (var name in (string[])[file.FullName + "/", file.Name + "/"])
        {
            if (layer.Length > name.Length && layer.StartsWith(name, StringComparison.OrdinalIgnoreCase))
            {
                return layer[name.Length..];
            }
        }

        return null;
    }

    private static bool IsSame(string name, string layer) => name.Equals(layer, StringComparison.OrdinalIgnoreCase);

    private static ImportFile Open(ZippedFile file, ZipFileSystem archive) => file.ToImportFile() with
    {
        Siblings = [.. archive.Entries.Where(other => other.Folder == file.Folder).Select(other => other.ToImportFile())],
    };

    private static string List(IReadOnlyList<ZippedFile> files) =>
        string.Join(", ", files.Take(MostListed).Select(file => MessageText.Shorten(file.FullName)))
        + (files.Count > MostListed ? string.Create(CultureInfo.InvariantCulture, $" and {files.Count - MostListed} more") : "");
}
