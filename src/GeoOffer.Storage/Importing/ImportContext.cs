using NetTopologySuite.Geometries;

namespace GeoOffer.Storage.Importing;

/// <summary>What the database says that rows are checked against.</summary>
/// <param name="Extent">The extent of the region in degrees.</param>
/// <param name="MetricSrid">EPSG code of the region's metric system.</param>
/// <param name="Severities">The severity that a constraint of a kind has when it states none.</param>
/// <param name="Provinces">Codes of provinces, by code, sigla and normalised name.</param>
internal sealed record ImportContext(
    Envelope Extent, int MetricSrid, IReadOnlyDictionary<string, string> Severities, IReadOnlyDictionary<string, string> Provinces)
{
    private readonly Dictionary<ulong, int> _occurrences = [];

    /// <summary>Counts features that are known by a digest only; the second of a digest has number 2.</summary>
    public int CountOccurrence(ulong digest) => _occurrences[digest] = _occurrences.GetValueOrDefault(digest) + 1;
}
