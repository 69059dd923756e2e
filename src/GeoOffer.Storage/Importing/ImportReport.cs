using System.Text.Json.Serialization;

namespace GeoOffer.Storage.Importing;

/// <summary>
/// What became of an import. Nothing is stored when the file cannot be read to its end, or when a row is rejected and the request does not
/// accept that.
/// </summary>
public sealed record ImportReport
{
    /// <summary>At most so many rejections are kept; reading ends there, unless rejected rows are accepted.</summary>
    public const int MostRejections = 100_000;

    /// <summary>At most so many warnings are kept; all are counted.</summary>
    public const int MostWarnings = 10_000;

    /// <summary>The collection.</summary>
    public required string Collection { get; init; }

    /// <summary>The name of the dataset.</summary>
    public required string Dataset { get; init; }

    /// <summary>The name of the file.</summary>
    public required string File { get; init; }

    /// <summary>The format that the file was read as; null when that could not be told.</summary>
    public SourceFormat? Format { get; init; }

    /// <summary>The reference system that positions were read in; null when the file was not read so far.</summary>
    public ImportReferenceSystem? ReferenceSystem { get; init; }

    /// <summary>Whether the data now are what the file says, be it because nothing had to change.</summary>
    public bool IsStored { get; init; }

    /// <summary>Whether the import was a trial.</summary>
    public bool IsDryRun { get; init; }

    /// <summary>Whether rejected rows were to be left out, and the others stored.</summary>
    public bool AcceptsRejects { get; init; }

    /// <summary>Whether nothing was stored, or would have been, because something is wrong.</summary>
    public bool IsRefused => Fault is not null || (Rows.Rejected > 0 && !(AcceptsRejects && Rows.Rejected < Rows.Read));

    /// <summary>The version of the data that the import made; null when nothing was changed.</summary>
    public long? Version { get; init; }

    /// <summary>Rows of the file and what became of them, or would have.</summary>
    public ImportCounts Rows { get; init; } = new();

    /// <summary>Why the file cannot be read; null when it was read to its end.</summary>
    public FileFault? Fault { get; init; }

    /// <summary>How often each kind of problem was found, with the first of each; all are counted here.</summary>
    public IReadOnlyList<ProblemSummary> Summary { get; init; } = [];

    /// <summary>Everything wrong with rows, in the order of the file; a row may be here more than once.</summary>
    public IReadOnlyList<RowProblem> Rejections { get; init; } = [];

    /// <summary>What is doubtful about rows that are stored.</summary>
    public IReadOnlyList<RowProblem> Warnings { get; init; } = [];

    /// <summary>All warnings, with those that are not kept.</summary>
    public long WarningCount { get; init; }

    /// <summary>What holds for the file as a whole, in sentences.</summary>
    public IReadOnlyList<string> Notices { get; init; } = [];

    /// <summary>Columns of the file that no field took.</summary>
    public IReadOnlyList<string> IgnoredColumns { get; init; } = [];

    /// <summary>Wall time in seconds.</summary>
    public double Seconds { get; init; }

    /// <summary>Rows read per second of wall time.</summary>
    public double RowsPerSecond => Seconds > 0 ? Rows.Read / Seconds : 0;
}

/// <summary>Rows of an import.</summary>
public sealed record ImportCounts
{
    /// <summary>Rows in the file.</summary>
    public long Read { get; init; }

    /// <summary>Rows that were not in the database.</summary>
    public long New { get; init; }

    /// <summary>Rows that differ from the database.</summary>
    public long Changed { get; init; }

    /// <summary>Rows that the database already has just so.</summary>
    public long Unchanged { get; init; }

    /// <summary>Rows with something wrong.</summary>
    public long Rejected { get; init; }

    /// <summary>Rows of the dataset that are gone from the file, of an import that replaces.</summary>
    public long Removed { get; init; }
}

/// <summary>Something wrong with a row, or doubtful.</summary>
/// <param name="Row">The number of the row from 1; a header is not counted. Null for a row of the database.</param>
/// <param name="Place">Where it stands in the file: a JSON pointer, or a line.</param>
/// <param name="Id">The code of the row, or the identifier it has in the file, where known.</param>
/// <param name="Field">The field; null when the row as a whole is meant.</param>
/// <param name="Value">What stands there, shortened; never personal data.</param>
/// <param name="Code">What is wrong, for programs.</param>
/// <param name="Reason">What is wrong, in words.</param>
/// <param name="Fix">What to do, where something can be proposed.</param>
public sealed record RowProblem(
    long? Row, string? Place, string? Id, string? Field, string? Value, RejectionCode Code, string Reason, string? Fix)
{
    /// <summary>What was done to the geometry, when it was repaired.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public RepairedGeometry? Repair { get; init; }
}

/// <summary>What a repair has changed.</summary>
/// <param name="Fault">What was wrong with the geometry.</param>
/// <param name="Longitude">Where, in degrees; null when the fault has no place.</param>
/// <param name="Latitude">The same.</param>
/// <param name="AreaBeforeM2">Its area as it stood, on the ellipsoid.</param>
/// <param name="AreaAfterM2">Its area after the repair.</param>
/// <param name="ChangePercent">The change of the area, in per cent of what it was.</param>
public sealed record RepairedGeometry(
    string Fault, double? Longitude, double? Latitude, double AreaBeforeM2, double AreaAfterM2, double? ChangePercent);

/// <summary>How often one kind of problem was found.</summary>
/// <param name="Code">What is wrong.</param>
/// <param name="Field">In which field; null when the row as a whole is meant.</param>
/// <param name="Rejects">Whether it rejects rows, or only makes them doubtful.</param>
/// <param name="Count">How often.</param>
/// <param name="Example">The first of them.</param>
public sealed record ProblemSummary(RejectionCode Code, string? Field, bool Rejects, long Count, RowProblem Example);
