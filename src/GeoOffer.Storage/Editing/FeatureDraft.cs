using GeoOffer.Query.Catalogue;
using GeoOffer.Query.Crs;
using NetTopologySuite.Geometries;

namespace GeoOffer.Storage.Editing;

/// <summary>What an editor says of a feature.</summary>
/// <param name="Properties">Values by the names of properties; null is no value.</param>
public sealed record FeatureDraft(IReadOnlyDictionary<string, Value?> Properties)
{
    /// <summary>The geometry; null when nothing is said of it.</summary>
    public StatedGeometry? Geometry { get; init; }
}

/// <summary>A geometry as an editor states it.</summary>
/// <param name="Geometry">x east, y north, with the SRID of its system; null for a feature that has none.</param>
/// <param name="System">The system, whose axis order messages follow.</param>
public sealed record StatedGeometry(Geometry? Geometry, ReferenceSystem System);
