namespace GeoOffer.Storage.Importing;

/// <summary>The reference system that the positions of a file were read in.</summary>
public sealed record ImportReferenceSystem
{
    /// <summary>Its EPSG code; null when it is known by a definition alone, or not at all.</summary>
    public int? Srid { get; init; }

    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>
    /// Who says so: <c>--crs</c>, <c>.prj</c>, <c>crs member</c>, <c>gpkg_spatial_ref_sys</c>, <c>header</c>, or <c>assumed</c> where nobody
    /// does.
    /// </summary>
    public required string Origin { get; init; }

    /// <summary>What it may be instead, the likeliest first, when the import was refused for its reference system.</summary>
    public IReadOnlyList<ReferenceSystemCandidate> Candidates { get; init; } = [];
}

/// <summary>A reference system that the positions of a file may be in.</summary>
/// <param name="Srid">Its EPSG code; null for a reading that has none.</param>
/// <param name="Name">Its name.</param>
/// <param name="ShiftM">
/// How far it puts the middle of the data from where the first candidate puts it, in metres; null where it cannot be said.
/// </param>
/// <param name="Option">The option of <c>geooffer import</c> that states it; null where there is none.</param>
public sealed record ReferenceSystemCandidate(int? Srid, string Name, double? ShiftM, string? Option);
