namespace GeoOffer.PostGis;

/// <summary>What is wrong with a run of EWKB bytes.</summary>
public enum EwkbFault
{
    /// <summary>The bytes end inside a value.</summary>
    Truncated,

    /// <summary>Bytes follow the geometry.</summary>
    TrailingBytes,

    /// <summary>The byte order mark is neither 0 (big endian) nor 1 (little endian).</summary>
    UnknownByteOrder,

    /// <summary>The type is none of the seven simple features (a curve, surface or TIN, or no type at all).</summary>
    UnsupportedGeometryType,

    /// <summary>A count announces more items than the remaining bytes can hold.</summary>
    CountExceedsInput,

    /// <summary>A multi-geometry holds a member of another type.</summary>
    UnexpectedMember,

    /// <summary>Collections are nested deeper than <see cref="EwkbCursor.MaxDepth"/>.</summary>
    TooDeep,

    /// <summary>X or Y is NaN or infinite where a position is needed.</summary>
    NotFinite,

    /// <summary>A line of one position, or a ring of one or two.</summary>
    TooFewPositions,

    /// <summary>A ring does not end where it starts.</summary>
    RingNotClosed,

    /// <summary>A polygon has holes in an empty exterior ring.</summary>
    EmptyShellWithHoles,
}

/// <summary>Bytes are not an EWKB geometry that can be read. It is the only exception that reading hostile bytes throws.</summary>
public sealed class EwkbException : FormatException
{
    /// <summary>Creates the exception for a fault at a position.</summary>
    /// <param name="fault">What is wrong.</param>
    /// <param name="byteOffset">Offset from the start of the geometry, in bytes.</param>
    public EwkbException(EwkbFault fault, int byteOffset)
        : base($"Not a readable EWKB geometry: {fault} at byte {byteOffset}.")
    {
        Fault = fault;
        ByteOffset = byteOffset;
    }

    /// <summary>What is wrong.</summary>
    public EwkbFault Fault { get; }

    /// <summary>Where, in bytes from the start of the geometry.</summary>
    public int ByteOffset { get; }
}
