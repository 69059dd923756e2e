namespace GeoOffer.Storage.Importing.Reading.Gdal;

/// <summary>Where GDAL is, and what it may use up.</summary>
internal sealed record GdalOptions
{
    /// <summary>The folder of its programs; null: found by <c>PATH</c>.</summary>
    public string? Folder { get; init; }

    /// <summary>The longest that it may take over a file.</summary>
    public TimeSpan Longest { get; init; } = TimeSpan.FromHours(2);

    /// <summary>What it may always write on disk, in bytes; of large files, <see cref="GreatestGrowth"/> times their length.</summary>
    public long AlwaysWritten { get; init; } = 2L << 30;

    /// <summary>How many times the length of the file it may write on disk.</summary>
    public int GreatestGrowth { get; init; } = 40;

    /// <summary>What it may have in memory, in bytes.</summary>
    public long GreatestMemory { get; init; } = 4L << 30;
}
