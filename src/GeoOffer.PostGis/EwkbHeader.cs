using NetTopologySuite.Geometries;

namespace GeoOffer.PostGis;

/// <summary>What stands before the content of each geometry and of each member of a collection.</summary>
/// <param name="Type">One of the seven simple features (OGC 06-103r4, 6.1.2).</param>
/// <param name="HasZ">Positions carry a third ordinate, Z.</param>
/// <param name="HasM">Positions carry a measure after the spatial ordinates.</param>
/// <param name="Srid">The spatial reference system identifier, 0 where none is stated.</param>
public readonly record struct EwkbHeader(OgcGeometryType Type, bool HasZ, bool HasM, int Srid)
{
    /// <summary>Number of ordinates per position, 2 to 4.</summary>
    public int Dimension => 2 + (HasZ ? 1 : 0) + (HasM ? 1 : 0);
}
