namespace GeoOffer.Domain.Scouting;

/// <summary>What a brief makes of a site.</summary>
/// <param name="Code">The site.</param>
/// <param name="Bucket">The outcome.</param>
/// <param name="Score">0 to 1, rounded by the rules; it ranks within the bucket.</param>
/// <param name="Reasons">One per criterion: area, within, constraints, preferences, in the order of the brief.</param>
public sealed record Judgement(string Code, Bucket Bucket, double Score, ValueList<Reason> Reasons)
{
    /// <summary>The order of an answer: bucket, rounded score from high to low, code by its code points.</summary>
    public static IComparer<Judgement> Ranking { get; } = Comparer<Judgement>.Create(Compare);

    private static int Compare(Judgement left, Judgement right)
    {
        var byBucket = left.Bucket.CompareTo(right.Bucket);
        if (byBucket != 0)
        {
            return byBucket;
        }

        var byScore = right.Score.CompareTo(left.Score);
        return byScore != 0 ? byScore : CompareCodePoints(left.Code, right.Code);
    }

    // By UTF-16 units a surrogate pair would sort before U+E000 to U+FFFF; a database sorts its code point after them.
    private static int CompareCodePoints(string left, string right)
    {
        static int Rank(char unit) => char.IsSurrogate(unit) ? unit + char.MaxValue : unit;

        var common = left.AsSpan().CommonPrefixLength(right);
        return common < left.Length && common < right.Length
            ? Rank(left[common]).CompareTo(Rank(right[common]))
            : left.Length.CompareTo(right.Length);
    }
}
