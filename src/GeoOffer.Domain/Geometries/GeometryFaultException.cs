namespace GeoOffer.Domain.Geometries;

/// <summary>Carries the first fault out of the nested reading; it never leaves the reader.</summary>
internal sealed class GeometryFaultException(GeometryFault fault) : Exception(fault.Expected)
{
    public GeometryFaultException(string pointer, GeometryFaultKind kind, string expected, string got)
        : this(new GeometryFault(pointer, kind, expected, got))
    {
    }

    public GeometryFault Fault { get; } = fault;
}
