using NetTopologySuite.Geometries;

namespace GeoOffer.Storage.Importing.Reading;

/// <summary>A named value of a row.</summary>
internal readonly record struct SourceField(string Name, SourceValue Value);

/// <summary>What a reader itself finds wrong with one row; the rows after it are still read.</summary>
internal sealed record SourceFault(RejectionCode Code, string? Field, string? Value, string Reason, string Fix)
{
    /// <summary>Whether only the place of the row is at fault, so that its values are read all the same.</summary>
    public bool IsOfGeometry => Code is RejectionCode.GeometryBroken or RejectionCode.OutsideDomain;
}

/// <summary>One feature or record as the file states it. Valid until the next one is asked for.</summary>
/// <param name="Number">From 1, in the order of the file; a header is not counted.</param>
/// <param name="Place">Where it stands: a JSON pointer, or a line.</param>
/// <param name="Fields">Its values, in the order of the file.</param>
internal sealed record SourceRow(long Number, string Place, IReadOnlyList<SourceField> Fields)
{
    /// <summary>The identifier that the format gives a row besides its fields.</summary>
    public string? Id { get; init; }

    /// <summary>Whether the format itself carries geometries; otherwise they are made of fields.</summary>
    public bool CarriesGeometry { get; init; }

    /// <summary>The geometry as the file states it, in whatever reference system.</summary>
    public Geometry? Geometry { get; init; }

    /// <summary>The EPSG code of the system that the row itself says its position is in; null where it says none.</summary>
    public int? Srid { get; init; }

    /// <summary>The columns that all rows have, of a format with a header.</summary>
    public IReadOnlyList<string>? Columns { get; init; }

    /// <summary>What the reader finds doubtful about the row.</summary>
    public IReadOnlyList<SourceFault> Doubts { get; init; } = [];

    /// <summary>What is wrong with the row already.</summary>
    public SourceFault? Fault { get; init; }
}
