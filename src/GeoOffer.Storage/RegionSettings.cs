namespace GeoOffer.Storage;

/// <summary>What makes a database the database of one region; written once, at the first migration.</summary>
/// <param name="Code">Code of the region (ISTAT).</param>
/// <param name="NameIt">Name in Italian.</param>
/// <param name="NameEn">Name in English.</param>
/// <param name="MetricSrid">EPSG code of the metric system that nearest features are searched in.</param>
/// <param name="ScaleBound">Largest relative difference between planar and geodesic lengths inside the extent.</param>
/// <param name="Extent">West, south, east, north in degrees.</param>
/// <param name="Languages">Languages of names and titles, the first is the default.</param>
public sealed record RegionSettings(
    string Code,
    string NameIt,
    string NameEn,
    int MetricSrid,
    double ScaleBound,
    IReadOnlyList<double> Extent,
    IReadOnlyList<string> Languages);
