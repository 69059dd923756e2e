namespace GeoOffer.Storage.Importing.Profiles;

/// <summary>Where a register keeps positions, and in which reference system.</summary>
internal sealed record ProfilePosition
{
    /// <summary>Columns of x: longitude or easting.</summary>
    public IReadOnlyList<string> X { get; init; } = [];

    /// <summary>Columns of y: latitude or northing.</summary>
    public IReadOnlyList<string> Y { get; init; } = [];

    /// <summary>Columns of whole geometries, as well-known text or GeoJSON.</summary>
    public IReadOnlyList<string> Geometry { get; init; } = [];

    /// <summary>Columns that hold both coordinates.</summary>
    public IReadOnlyList<string> Pair { get; init; } = [];

    /// <summary>Whether the longitude comes first in those.</summary>
    public bool IsLongitudeFirst { get; init; }

    /// <summary>Columns that name the reference system of the row.</summary>
    public IReadOnlyList<string> SystemColumns { get; init; } = [];

    /// <summary>EPSG codes of those names.</summary>
    public ValueMap Systems { get; init; } = new([]);

    /// <summary>EPSG code of rows that name none; null when they are as the file or the request says.</summary>
    public int? Srid { get; init; }
}
