namespace GeoOffer.Query.Paging;

/// <summary>Why a cursor is refused.</summary>
public enum CursorFault
{
    /// <summary>It is no cursor at all.</summary>
    Malformed,

    /// <summary>It was changed, or made with another secret.</summary>
    NotAuthentic,

    /// <summary>It is genuine, but of another collection, order or filter.</summary>
    OtherQuery,
}

/// <summary>A cursor that is refused.</summary>
public sealed record CursorError(CursorFault Fault, string Expected, string Got);
