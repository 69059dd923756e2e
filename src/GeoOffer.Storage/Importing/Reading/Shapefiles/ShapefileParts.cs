namespace GeoOffer.Storage.Importing.Reading.Shapefiles;

/// <summary>The files that a shapefile consists of; their names may be in any letter case.</summary>
/// <param name="Shapes">The .shp.</param>
internal sealed record ShapefileParts(ImportFile Shapes)
{
    private const int LongestText = 1 << 16;

    /// <summary>The .shx, which says where the shapes stand.</summary>
    public ImportFile? Index { get; private init; }

    /// <summary>The .dbf, which holds the attributes.</summary>
    public ImportFile? Table { get; private init; }

    /// <summary>The .cpg, which names the encoding of the .dbf.</summary>
    public ImportFile? Encoding { get; private init; }

    /// <summary>The .prj, which defines the reference system.</summary>
    public ImportFile? Projection { get; private init; }

    /// <summary>The .qpj, which QGIS wrote beside the .prj, with codes.</summary>
    public ImportFile? CodedProjection { get; private init; }

    /// <summary>The .fields, which exports of the house have: a line for each field, its short name and its whole one.</summary>
    public ImportFile? WholeNames { get; private init; }

    /// <summary>The name without extension.</summary>
    public string Name => Path.GetFileNameWithoutExtension(Shapes.Name);

    /// <summary>Finds the parts beside a .shp: in its archive, or in its folder.</summary>
    public static ShapefileParts Find(ImportFile shapes)
    {
        var siblings = shapes.Siblings.Count > 0 ? shapes.Siblings : OnDisk(shapes.Path);
        ImportFile? Part(string extension) => siblings
            .Where(file => Path.GetExtension(file.Name).Equals(extension, StringComparison.OrdinalIgnoreCase)
                && Stem(file.Name).Equals(Stem(shapes.Name), StringComparison.OrdinalIgnoreCase))
            .OrderBy(file => Stem(file.Name) == Stem(shapes.Name) ? 0 : 1)
            .ThenBy(file => file.Name, StringComparer.Ordinal)
            .FirstOrDefault();

        return new ShapefileParts(shapes)
        {
            Index = Part(".shx"),
            Table = Part(".dbf"),
            Encoding = Part(".cpg"),
            Projection = Part(".prj"),
            CodedProjection = Part(".qpj"),
            WholeNames = Part(".fields"),
        };
    }

    /// <summary>The text of a small part; null when it is not there, empty, or too long to be what it should be.</summary>
    public static async Task<string?> ReadTextAsync(ImportFile? part, CancellationToken cancellationToken)
    {
        if (part is null)
        {
            return null;
        }

        await using var stream = await part.OpenStreamAsync(cancellationToken);
        var buffer = new byte[LongestText];
        var length = await stream.ReadAtLeastAsync(buffer, LongestText, throwOnEndOfStream: false, cancellationToken);
        var text = System.Text.Encoding.UTF8.GetString(buffer.AsSpan(0, length)).Trim('\uFEFF', '\0', ' ', '\t', '\r', '\n');
        return length == LongestText || text.Length == 0 ? null : text;
    }

    /// <summary>Whole names of fields, by the short ones of the .dbf.</summary>
    public async Task<IReadOnlyDictionary<string, string>> ReadWholeNamesAsync(CancellationToken cancellationToken)
    {
        var names = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var line in (await ReadTextAsync(WholeNames, cancellationToken))?.Split('\n', StringSplitOptions.TrimEntries) ?? [])
        {
            if (line.Split(',') is [var name, { Length: > 0 } whole])
            {
                names.TryAdd(name, whole);
            }
        }

        return names;
    }

    private static string Stem(string name) => Path.GetFileNameWithoutExtension(name);

    private static List<ImportFile> OnDisk(string? path)
    {
        if (path is null || Path.GetDirectoryName(Path.GetFullPath(path)) is not { } folder)
        {
            return [];
        }

        try
        {
            return [.. Directory.EnumerateFiles(folder)
                .Where(file => Stem(file).Equals(Stem(path), StringComparison.OrdinalIgnoreCase))
                .Select(ImportFile.FromPath)];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new UnreadableFileException(
                new FileFault(
                    FileFaultCode.NotOpened,
                    $"the folder of the .shp cannot be listed: {MessageText.Shorten(exception.Message)}",
                    "allow reading it, or zip the parts of the shapefile into one file"),
                exception);
        }
    }
}
