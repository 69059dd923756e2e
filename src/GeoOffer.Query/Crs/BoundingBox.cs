using System.Collections.Immutable;
using System.Globalization;
using NetTopologySuite;
using NetTopologySuite.Geometries;

namespace GeoOffer.Query.Crs;

/// <summary>
/// A box with closed edges, x east and y north. In a geographic system west may be greater than east: the box then crosses the
/// antimeridian. It may be degenerate to a line or a point.
/// </summary>
/// <param name="West">Least x, in the unit of the reference system.</param>
/// <param name="South">Least y.</param>
/// <param name="East">Greatest x.</param>
/// <param name="North">Greatest y.</param>
/// <param name="Srid">EPSG code of the reference system; 4326 stands for longitude and latitude in degrees.</param>
public sealed record BoundingBox(double West, double South, double East, double North, int Srid = 4326)
{
    /// <summary>Whether the box goes east over longitude 180.</summary>
    public bool CrossesAntimeridian => West > East;

    /// <summary>
    /// The box as one geometry, or two where it crosses the antimeridian: points, lines or rectangles, as its sides allow.
    /// </summary>
    public ImmutableArray<Geometry> ToGeometries() => CrossesAntimeridian
        ? [Piece(West, 180), Piece(-180, East)]
        : [Piece(West, East)];

    /// <summary>What would have been right and what was there; null when the box lies in the reference system.</summary>
    internal (string Expected, string Got)? FaultIn(ReferenceSystem system)
    {
        if (!system.Contains(West, South) || !system.Contains(East, North))
        {
            return (system.DescribeDomain(), ToString());
        }

        if (South > North)
        {
            return ("a south edge that is not north of the north edge", ToString());
        }

        return CrossesAntimeridian && !system.IsGeographic
            ? ("a west edge that is not east of the east edge", ToString())
            : null;
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{West:R},{South:R},{East:R},{North:R}");

    private Geometry Piece(double west, double east)
    {
        var factory = NtsGeometryServices.Instance.CreateGeometryFactory(Srid);
        return factory.ToGeometry(new Envelope(west, east, South, North));
    }
}
