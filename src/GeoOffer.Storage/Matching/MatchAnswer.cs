using GeoOffer.Domain.Scouting;
using GeoOffer.PostGis;

namespace GeoOffer.Storage.Matching;

/// <summary>The answer to a brief, on one state of the data.</summary>
public sealed record MatchAnswer
{
    /// <summary>What was asked.</summary>
    public required Brief Brief { get; init; }

    /// <summary>The sites of the wanted buckets, bucket by bucket, best first.</summary>
    public required IReadOnlyList<MatchedSite> Sites { get; init; }

    /// <summary>How many sites each bucket holds in all.</summary>
    public required MatchCounts Counts { get; init; }

    /// <summary>The digest of the rules that judged.</summary>
    public required string RulesVersion { get; init; }

    /// <summary>The version of the data that was judged.</summary>
    public required long DataVersion { get; init; }

    /// <summary>When it was answered, in UTC.</summary>
    public required DateTimeOffset TimeStamp { get; init; }
}

/// <summary>A site of an answer.</summary>
public sealed record MatchedSite
{
    /// <summary>Bucket, score and reasons.</summary>
    public required Judgement Judgement { get; init; }

    /// <summary>Its place in its bucket, from 1.</summary>
    public required int Rank { get; init; }

    /// <summary>Name in Italian.</summary>
    public required string NameIt { get; init; }

    /// <summary>Name in English.</summary>
    public string? NameEn { get; init; }

    /// <summary>Area in hectares on the basis of the brief (measured gross when the brief names none); null when unknown.</summary>
    public double? AreaHa { get; init; }

    /// <summary>Share of the sheet that is stated, 0 to 1; it never changes the rank.</summary>
    public required double Completeness { get; init; }

    /// <summary>Whether the sheet has not been confirmed for longer than the rules allow.</summary>
    public required bool Stale { get; init; }

    /// <summary>The geometry, EPSG:4326 with x = longitude; null when the site is not placed.</summary>
    public Ewkb? Geometry { get; init; }
}

/// <summary>Exact numbers of sites, of those that the caller may see.</summary>
/// <param name="Match">Sites that meet every constraint.</param>
/// <param name="MatchIfVerified">Sites that fail none, with some value unknown.</param>
/// <param name="NearMiss">Sites that fail one or two within their slack.</param>
/// <param name="ExcludedTotal">All others.</param>
/// <param name="ExcludedByReason">For each constraint that excluded sites failed: how many; null unless asked for.</param>
public sealed record MatchCounts(
    long Match, long MatchIfVerified, long NearMiss, long ExcludedTotal, IReadOnlyList<FailedConstraint>? ExcludedByReason);

/// <summary>How many of the excluded sites failed a constraint.</summary>
/// <param name="Id">Its id in the brief.</param>
/// <param name="Failed">Sites.</param>
public sealed record FailedConstraint(string Id, long Failed);
