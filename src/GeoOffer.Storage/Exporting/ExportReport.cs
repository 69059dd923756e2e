namespace GeoOffer.Storage.Exporting;

/// <summary>How far an export is.</summary>
/// <param name="Collection">What is being written.</param>
/// <param name="Written">The features written so far.</param>
/// <param name="Total">The features there are to write.</param>
public readonly record struct ExportProgress(string Collection, long Written, long Total);

/// <summary>What an export came to.</summary>
/// <param name="Counts">The features of each collection, in the order of the request.</param>
/// <param name="Notices">What the format could not hold as it was, and was changed.</param>
public sealed record ExportReport(IReadOnlyList<(string Collection, long Features)> Counts, IReadOnlyList<string> Notices);
