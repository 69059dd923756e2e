namespace GeoOffer.Domain.Geometries;

/// <summary>What is wrong with a GeoJSON geometry (RFC 7946, section 3.1).</summary>
public enum GeometryFaultKind
{
    /// <summary>A value of another JSON type than the standard asks for.</summary>
    WrongJsonType,

    /// <summary><c>type</c>, <c>coordinates</c> or <c>geometries</c> is not there.</summary>
    MissingMember,

    /// <summary>A member is there twice.</summary>
    DuplicateMember,

    /// <summary>The type is not one of the seven.</summary>
    UnknownType,

    /// <summary>A position has fewer than two numbers.</summary>
    IncompletePosition,

    /// <summary>A number beyond what a double holds.</summary>
    NotFinite,

    /// <summary>A line of one position, or a ring of fewer than four.</summary>
    TooFewPositions,

    /// <summary>The last position of a ring differs from the first.</summary>
    RingNotClosed,

    /// <summary>A bounding box of a wrong length.</summary>
    BadBoundingBox,

    /// <summary>More positions than the reader was told to take.</summary>
    TooManyPositions,

    /// <summary>Collections within collections, too many deep.</summary>
    NestedTooDeep,
}

/// <summary>The first thing wrong with a geometry.</summary>
/// <param name="JsonPointer">A JSON pointer (RFC 6901) to the value at fault, or to the object that lacks a member.</param>
/// <param name="Kind">What is wrong.</param>
/// <param name="Expected">What should be there, in words.</param>
/// <param name="Got">What is there, in words.</param>
public sealed record GeometryFault(string JsonPointer, GeometryFaultKind Kind, string Expected, string Got);
