using System.Collections.Immutable;
using GeoOffer.Query.Crs;
using GeoOffer.Query.Paging;

namespace GeoOffer.Storage.Exporting;

/// <summary>What is exported, and how.</summary>
public sealed record ExportRequest
{
    /// <summary>What of which collections; several only where the format holds several. Positions of pages do not count.</summary>
    public required ImmutableArray<FeatureQuery> Queries { get; init; }

    /// <summary>The format.</summary>
    public required ExportFormat Format { get; init; }

    /// <summary>The reference system of the coordinates, which are always x east, y north.</summary>
    public ReferenceSystem System { get; init; } = CoordinateSystems.Crs84;

    /// <summary>
    /// Whether features stand in the order of their query; else as they are stored, which is another each time but lets the first leave at
    /// once.
    /// </summary>
    public bool InOrder { get; init; }

    /// <summary>Whether the database may take as long as it needs for the first feature; else the limit of the connection holds.</summary>
    public bool IsPatient { get; init; }

    /// <summary>How the file is written.</summary>
    public ExportOptions Options { get; init; } = new();
}
