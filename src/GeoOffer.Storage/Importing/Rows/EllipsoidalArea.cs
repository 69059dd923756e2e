using NetTopologySuite.Geometries;

namespace GeoOffer.Storage.Importing.Rows;

/// <summary>
/// Areas on the ellipsoid of WGS 84, of polygons in degrees. Each is taken to the plane of the cylindrical projection that keeps areas:
/// against edges along geodesics that errs by less than a ten-thousandth for polygons of a kilometre or so, and it costs a sine a vertex.
/// </summary>
internal static class EllipsoidalArea
{
    private const double SemiMajorMetres = 6_378_137;
    private const double EccentricitySquared = 0.00669437999014;

    private static readonly double Eccentricity = Math.Sqrt(EccentricitySquared);

    /// <summary>The area in square metres; nought for points and lines. Of a ring that crosses itself its parts count against each other.</summary>
    /// <param name="geometry">In EPSG:4326, x east.</param>
    public static double SquareMetres(Geometry geometry) => geometry switch
    {
        Polygon polygon => Math.Max(0, Ring(polygon.ExteriorRing) - polygon.InteriorRings.Sum(Ring)),
        GeometryCollection collection => collection.Geometries.Sum(SquareMetres),
        _ => 0,
    };

    private static double Ring(LineString ring)
    {
        var sequence = ring.CoordinateSequence;
        if (sequence.Count < 3)
        {
            return 0;
        }

        // From the first vertex, so that no great numbers are subtracted from each other.
        var (longitude, height) = (sequence.GetX(0), Height(sequence.GetY(0)));
        var (sum, x, y) = (0.0, 0.0, 0.0);
        for (var i = 1; i < sequence.Count; i++)
        {
            var (nextX, nextY) = (double.DegreesToRadians(sequence.GetX(i) - longitude), Height(sequence.GetY(i)) - height);
            sum += (x * nextY) - (nextX * y);
            (x, y) = (nextX, nextY);
        }

        return Math.Abs(sum) / 2 * SemiMajorMetres * SemiMajorMetres;
    }

    /// <summary>How far a parallel lies from the equator in that projection, in half-axes (Snyder 1987, equation 3-12, halved).</summary>
    private static double Height(double latitude)
    {
        var sine = Math.Sin(double.DegreesToRadians(latitude));
        var product = Eccentricity * sine;
        return (1 - EccentricitySquared) / 2 * ((sine / (1 - (product * product))) + (Math.Atanh(product) / Eccentricity));
    }
}
