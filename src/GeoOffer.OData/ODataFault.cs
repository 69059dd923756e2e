namespace GeoOffer.OData;

/// <summary>What kind of a fault a request has.</summary>
public enum ODataFaultKind
{
    /// <summary>The client got it wrong.</summary>
    Malformed,

    /// <summary>The address leads to nothing.</summary>
    NotFound,

    /// <summary>It is right, and beyond this service (OData 4.01 Protocol, 9.3.1).</summary>
    NotSupported,
}

/// <summary>One thing that is wrong with a request.</summary>
/// <param name="Kind">What kind of a fault.</param>
/// <param name="At">The query option, or <c>path</c>.</param>
/// <param name="Expected">What would have been right.</param>
/// <param name="Got">What was there.</param>
public sealed record ODataFault(ODataFaultKind Kind, string At, string Expected, string Got)
{
    /// <summary>The name of the path as a place of faults.</summary>
    public const string Path = "path";

    /// <summary>A fault of the client.</summary>
    public static ODataFault Malformed(string at, string expected, string got) => new(ODataFaultKind.Malformed, at, expected, got);

    /// <summary>Something that is not there.</summary>
    public static ODataFault NotFound(string expected, string got) => new(ODataFaultKind.NotFound, Path, expected, got);

    /// <summary>Something that the service does not do.</summary>
    public static ODataFault NotSupported(string at, string expected, string got) => new(ODataFaultKind.NotSupported, at, expected, got);
}

/// <summary>Ends the reading of a request at its first fault.</summary>
internal sealed class ODataFaultException(ODataFault fault) : Exception(fault.Expected)
{
    public ODataFault Fault { get; } = fault;
}
