using NetTopologySuite.Geometries;

namespace GeoOffer.Domain.Scouting;

/// <summary>Where the site must lie: in one of the administrative areas, when any are named, and in the geometry, when one is given.</summary>
/// <param name="AnyOf">The codes as the brief has them (a province by its sigla in capitals); empty when only a geometry is given.</param>
/// <param name="ProvinceCodes">The three-digit ISTAT codes of the provinces that they mean.</param>
/// <param name="MunicipalityCodes">The six-digit ISTAT codes of the municipalities that they mean today (retired codes are resolved).</param>
/// <param name="Geometry">A valid polygon or multipolygon in CRS84 (SRID 4326), or null.</param>
public sealed record AreaOfInterest(
    ValueList<string> AnyOf, ValueList<string> ProvinceCodes, ValueList<string> MunicipalityCodes, Geometry? Geometry);
