namespace GeoOffer.Domain.Scouting;

/// <summary>Which area of a site a brief speaks of.</summary>
public enum AreaBasis
{
    /// <summary>Measured on the ellipsoid from the polygon.</summary>
    Gross,

    /// <summary>The measured area minus what excludes building.</summary>
    Net,

    /// <summary>The gross area that the sheet declares.</summary>
    Declared,

    /// <summary>The useful area that the sheet declares.</summary>
    Useful,

    /// <summary>The area for sale that the sheet declares.</summary>
    ForSale,
}

/// <summary>What becomes of a site larger than the target allows.</summary>
public enum Oversize
{
    /// <summary>It fails like one that is too small.</summary>
    Fail,

    /// <summary>The tolerance has no upper edge.</summary>
    Accept,
}

/// <summary>What an unknown value does to a constraint.</summary>
public enum UnknownsPolicy
{
    /// <summary>The site matches if verified.</summary>
    Verify,

    /// <summary>The constraint counts as failed, and never as nearly met.</summary>
    Fail,

    /// <summary>The constraint counts as met.</summary>
    Pass,
}

/// <summary>The four outcomes of a judgement, best first.</summary>
public enum Bucket
{
    /// <summary>Every constraint holds.</summary>
    Match,

    /// <summary>No constraint fails, and some value is unknown.</summary>
    MatchIfVerified,

    /// <summary>One or two constraints fail, each within its slack.</summary>
    NearMiss,

    /// <summary>Anything else.</summary>
    Excluded,
}
