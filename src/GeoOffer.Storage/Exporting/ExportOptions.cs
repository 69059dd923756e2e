using GeoOffer.Query.Catalogue;

namespace GeoOffer.Storage.Exporting;

/// <summary>How a file is written, where its format leaves a choice.</summary>
public sealed record ExportOptions
{
    /// <summary>The most decimals of coordinates in text formats; null: as many as bring back the very same coordinates.</summary>
    public int? Precision { get; init; }

    /// <summary>Whether CSV starts with a byte order mark, by which spreadsheets know UTF-8.</summary>
    public bool ByteOrderMark { get; init; }

    /// <summary>
    /// Whether texts of CSV that a spreadsheet would run as a formula get an apostrophe before them. They do not come back unchanged then.
    /// </summary>
    public bool GuardFormulas { get; init; }

    /// <summary>Whether each feature of GeoJSONSeq follows a record separator (RFC 8142), instead of being one line alone.</summary>
    public bool RecordSeparators { get; init; }

    /// <summary>The language of titles inside the file.</summary>
    public Language Language { get; init; } = Language.It;
}
