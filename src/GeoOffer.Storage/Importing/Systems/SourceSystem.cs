using GeoOffer.Query.Crs;
using GeoOffer.Storage.Importing.Rows;

namespace GeoOffer.Storage.Importing.Systems;

/// <summary>The reference system that positions of a file are in.</summary>
/// <param name="Srid">Its EPSG code; null when it is known by its definition alone.</param>
/// <param name="Name">Its name.</param>
/// <param name="Origin">Who says so: <c>--crs</c>, <c>.prj</c>, <c>crs member</c>, <c>assumed</c> and the like.</param>
internal sealed record SourceSystem(int? Srid, string Name, string Origin)
{
    /// <summary>
    /// Systems of longitude and latitude on datums that PROJ takes for that of WGS 84: ETRS89, RDN2008, IGM95, RGF93, and their forms in
    /// three dimensions. Their degrees are those of EPSG:4326.
    /// </summary>
    private static readonly int[] DegreesOfWgs84 = [4326, 4258, 6706, 6705, 4670, 4171, 4937, 4979];

    /// <summary>Longitude and latitude of WGS 84, as of GeoJSON without further words.</summary>
    public static SourceSystem Assumed { get; } = new(4326, "WGS 84", "assumed");

    /// <summary>The definition that stands for a code; null where there is one.</summary>
    public string? Definition { get; init; }

    /// <summary>Whether the numbers are longitude and latitude of EPSG:4326 as they stand.</summary>
    public bool IsWgs84 => IsWgs84Degrees(Srid);

    /// <summary>Whether only the database can transform the positions.</summary>
    public bool NeedsDatabase => !IsWgs84 && (Srid is null || CoordinateSystems.Find(Srid.Value) is null);

    /// <summary>Whether a code stands for longitude and latitude of EPSG:4326, or for a system whose degrees are the same.</summary>
    public static bool IsWgs84Degrees(int? srid) => srid is { } code && DegreesOfWgs84.Contains(code);

    /// <summary>The system in messages: its code where it has one, and its name.</summary>
    public string Describe() => Srid is { } srid ? $"EPSG:{srid} ({Name})" : Name;

    /// <summary>What exchanges axes and, where the process can, transforms.</summary>
    public PositionEditor MakeEditor(bool swapAxes) =>
        new(IsWgs84 || NeedsDatabase ? null : CoordinateSystems.Between(Srid!.Value, 4326), swapAxes);
}
