namespace GeoOffer.Query.Crs;

/// <summary>A reference system that the house does not know.</summary>
public sealed class UnknownReferenceSystemException(int srid)
    : Exception($"EPSG:{srid} is not known; expected {CoordinateSystems.DescribeKnown()}.")
{
    /// <summary>The EPSG code asked for.</summary>
    public int Srid { get; } = srid;
}
