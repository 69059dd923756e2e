using System.Collections.Immutable;

namespace GeoOffer.Storage.Demonstration;

/// <summary>How far loading has come.</summary>
/// <param name="Step">What is done now: the id of a collection, or <c>territory</c> while areas are drawn and sites made.</param>
/// <param name="Done">Steps done.</param>
/// <param name="Total">All steps.</param>
public sealed record DemonstrationProgress(string Step, int Done, int Total);

/// <summary>What loading did to one collection.</summary>
/// <param name="Collection">Its id; <c>code-history</c> for retired codes of municipalities.</param>
/// <param name="Rows">Rows of the demonstration.</param>
/// <param name="Added">Rows that were not there.</param>
/// <param name="Changed">Rows of an earlier loading that differed.</param>
/// <param name="Removed">Rows of an earlier loading that the demonstration no longer has.</param>
/// <param name="Kept">Rows left as they are because somebody else's data have the same code.</param>
public sealed record DemonstrationCount(string Collection, long Rows, long Added, long Changed, long Removed, long Kept)
{
    /// <summary>Whether anything was written.</summary>
    public bool HasChanges => Added + Changed + Removed > 0;
}

/// <summary>What loading did.</summary>
/// <param name="Date">The day that the dates are relative to.</param>
/// <param name="Counts">By collection, in the order of loading.</param>
public sealed record DemonstrationReport(DateOnly Date, ImmutableArray<DemonstrationCount> Counts);

/// <summary>The database holds sites that are not of the demonstration, and nobody said that it may be loaded beside them.</summary>
/// <param name="otherSites">How many there are.</param>
public sealed class DemonstrationRefusedException(long otherSites)
    : Exception($"The database holds sites that are not of the demonstration ({otherSites}); synthetic sites would stand beside them.")
{
    /// <summary>How many sites are not of the demonstration.</summary>
    public long OtherSites { get; } = otherSites;
}
