using GeoOffer.Storage.Importing.Profiles;
using GeoOffer.Storage.Importing.Reading;
using GeoOffer.Storage.Layers;

namespace GeoOffer.Storage.Importing;

/// <summary>What to import, and as what.</summary>
public sealed record ImportRequest
{
    /// <summary>The collection, such as <c>sites</c>; one of <see cref="Importer.Collections"/>, or the name of a layer.</summary>
    public required string Collection { get; init; }

    /// <summary>The file.</summary>
    public required ImportFile File { get; init; }

    /// <summary>The format; null: told from content and extension.</summary>
    public SourceFormat? Format { get; init; }

    /// <summary>The table or layer to read of a file that holds several; null: the only one.</summary>
    public string? SourceLayer { get; init; }

    /// <summary>The folder of the programs of GDAL, for files that are read through it; null: found by <c>PATH</c>.</summary>
    public string? GdalFolder { get; init; }

    /// <summary>
    /// How the register is read that the file is of; null when its columns are named as here. <see cref="Mapping"/> and
    /// <see cref="FixedValues"/> go before it.
    /// </summary>
    public ImportProfile? Profile { get; init; }

    /// <summary>Values of the parameters of the profile that are other than it says.</summary>
    public IReadOnlyDictionary<string, string> ProfileValues { get; init; } = new Dictionary<string, string>();

    /// <summary>How the text of the file is written, over what is found out from it.</summary>
    public TextDialect Text { get; init; } = new();

    /// <summary>The name of the dataset within the collection; null: the name of the file without extension.</summary>
    public string? Dataset { get; init; }

    /// <summary>Whose data these are; null: as the dataset has it, or the name of the file.</summary>
    public string? Source { get; init; }

    /// <summary>The day for which the data hold; null: as the dataset has it.</summary>
    public DateOnly? AsOf { get; init; }

    /// <summary>The licence; null: as the dataset has it.</summary>
    public string? Licence { get; init; }

    /// <summary>
    /// Where a layer is complete; null: as the dataset has it, or else the region for infrastructure and the features themselves for
    /// constraints.
    /// </summary>
    public ImportCoverage? Coverage { get; init; }

    /// <summary>What becomes of rows of the dataset that the file does not have.</summary>
    public ImportMode Mode { get; init; }

    /// <summary>Values that all rows get, by field; columns of the file for such a field are not read.</summary>
    public IReadOnlyDictionary<string, string> FixedValues { get; init; } = new Dictionary<string, string>();

    /// <summary>The field of a column that does not bear its name, by column; an empty field leaves the column out.</summary>
    public IReadOnlyDictionary<string, string> Mapping { get; init; } = new Dictionary<string, string>();

    /// <summary>
    /// EPSG code of the coordinates, x east and y north, over what the file says; null: as the file says, or else longitude and latitude of
    /// WGS 84.
    /// </summary>
    public int? Srid { get; init; }

    /// <summary>Whether x and y change places in all geometries.</summary>
    public bool SwapAxes { get; init; }

    /// <summary>What is done about geometries that are not valid.</summary>
    public RepairMode Repair { get; init; }

    /// <summary>Whether rows that something is wrong with are left out and the others stored; otherwise it is all rows or none.</summary>
    public bool AcceptRejects { get; init; }

    /// <summary>Whether to check and count, and store nothing.</summary>
    public bool DryRun { get; init; }

    /// <summary>The layer that the file is imported as; null for the collections that every region has.</summary>
    public LayerDefinition? Layer { get; init; }

    /// <summary>Who imports, for the change set.</summary>
    public required string Author { get; init; }

    internal SourceOptions Reading => new() { Format = Format, Layer = SourceLayer, Text = Text, Gdal = new() { Folder = GdalFolder } };
}

/// <summary>What becomes of rows of a dataset that a newer file of it does not have.</summary>
public enum ImportMode
{
    /// <summary>They stay.</summary>
    Upsert,

    /// <summary>They are removed, and stay in the history; sites are withdrawn.</summary>
    Replace,
}

/// <summary>What an import does about geometries that are not valid.</summary>
public enum RepairMode
{
    /// <summary>They are rejected.</summary>
    None,

    /// <summary>They are repaired where that changes their area by one per cent at most, and rejected otherwise.</summary>
    SmallChanges,

    /// <summary>They are repaired whatever that changes.</summary>
    Any,
}

/// <summary>A file, or whatever else can be opened as a stream; it may be opened more than once.</summary>
/// <param name="Name">The name with extension, without folders.</param>
/// <param name="OpenAsync">Opens it from its beginning.</param>
/// <param name="Length">Its length in bytes, where known.</param>
public sealed record ImportFile(string Name, Func<CancellationToken, ValueTask<Stream>> OpenAsync, long? Length = null)
{
    /// <summary>Its path; null when it is no file on disk. Formats of several files, and databases, need one.</summary>
    public string? Path { get; private init; }

    /// <summary>The files that lie beside it in the same archive, itself among them; none when it lies in no archive.</summary>
    internal IReadOnlyList<ImportFile> Siblings { get; init; } = [];

    /// <summary>A file on disk.</summary>
    public static ImportFile FromPath(string path)
    {
        var information = new FileInfo(path);
        return new ImportFile(
            information.Name,
            _ => ValueTask.FromResult<Stream>(new FileStream(
                path,
                FileMode.Open,
                FileAccess.Read,
                FileShare.Read,
                bufferSize: 0,
                FileOptions.Asynchronous | FileOptions.SequentialScan)),
            information.Exists ? information.Length : null)
        {
            Path = path,
        };
    }
}
