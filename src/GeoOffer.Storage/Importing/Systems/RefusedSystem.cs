using System.Globalization;
using GeoOffer.Storage.Importing.Reading;

namespace GeoOffer.Storage.Importing.Systems;

/// <summary>Puts in words why an import is refused for the reference system of its file.</summary>
internal static class RefusedSystem
{
    private const double SameMetres = 1;

    /// <summary>The fault, for the importer to report.</summary>
    public static UnreadableFileException Because(string reason, string fix) =>
        new(new FileFault(FileFaultCode.ReferenceSystem, reason, fix));

    /// <summary>Candidates with the shift that each would cause against the first.</summary>
    public static string Describe(IReadOnlyList<ReferenceSystemCandidate> candidates)
    {
        var same = candidates.Skip(1).Where(candidate => candidate.ShiftM < SameMetres).ToList();
        var others = candidates.Skip(1).Where(candidate => candidate.ShiftM >= SameMetres).ToList();
        return Describe(candidates[0])
            + (same.Count == 0 ? "" : $", or within a metre of that {string.Join(", ", same.Select(Describe))}")
            + string.Concat(others.Select(candidate => string.Create(
                CultureInfo.InvariantCulture, $"; {(candidate.Srid is null ? "" : "as ")}{Describe(candidate)} it lies {candidate.ShiftM:0} m from there")));
    }

    private static string Describe(ReferenceSystemCandidate candidate) =>
        candidate.Srid is { } srid ? $"EPSG:{srid} ({candidate.Name})" : candidate.Name;
}
