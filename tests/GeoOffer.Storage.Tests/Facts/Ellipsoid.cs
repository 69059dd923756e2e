using NetTopologySuite.Geometries;

namespace GeoOffer.Storage.Tests.Facts;

/// <summary>
/// Geodesics of WGS 84 after Vincenty (Survey Review 23, 1975), and areas by integrating the authalic function along an edge: the
/// oracle of measures, which shares no code with PostGIS. Angles are degrees, lengths metres. Not for nearly antipodal points.
/// </summary>
internal static class Ellipsoid
{
    private const double A = 6378137, F = 1 / 298.257223563, B = A * (1 - F), SecondEccentricity2 = ((A * A) - (B * B)) / (B * B);
    private const double Eccentricity2 = F * (2 - F);

    private static readonly double Eccentricity = Math.Sqrt(Eccentricity2);

    /// <summary>Nodes and weights of the Gauss-Legendre rule of five points on 0 to 1.</summary>
    private static readonly (double At, double Weight)[] Quadrature =
    [
        (0.5, 64.0 / 225),
        (0.5 - (0.5 * 0.538469310105683091), 0.239314335249683234),
        (0.5 + (0.5 * 0.538469310105683091), 0.239314335249683234),
        (0.5 - (0.5 * 0.906179845938663993), 0.118463442528094544),
        (0.5 + (0.5 * 0.906179845938663993), 0.118463442528094544),
    ];

    public static double Distance(Coordinate from, Coordinate to) => Inverse(from, to).Metres;

    /// <summary>Length and azimuth at the start of the geodesic between two points.</summary>
    public static (double Metres, double Azimuth) Inverse(Coordinate from, Coordinate to)
    {
        if (from.Equals2D(to))
        {
            return (0, 0);
        }

        var (sinU1, cosU1) = Math.SinCos(ReducedLatitude(from.Y));
        var (sinU2, cosU2) = Math.SinCos(ReducedLatitude(to.Y));
        var longitude = Radians(to.X - from.X);
        var lambda = longitude;
        for (var round = 0; ; round++)
        {
            var (sinLambda, cosLambda) = Math.SinCos(lambda);
            var sinSigma = Math.Sqrt(
                Math.Pow(cosU2 * sinLambda, 2) + Math.Pow(NearlyEqualDifference(from, to, cosU1, sinU1, cosU2, sinU2, lambda), 2));
            var cosSigma = (sinU1 * sinU2) + (cosU1 * cosU2 * cosLambda);
            var sigma = Math.Atan2(sinSigma, cosSigma);
            var sinAlpha = cosU1 * cosU2 * sinLambda / sinSigma;
            var cos2Alpha = 1 - (sinAlpha * sinAlpha);
            var cos2SigmaM = cos2Alpha < 1e-15 ? 0 : cosSigma - (2 * sinU1 * sinU2 / cos2Alpha);
            var c = F / 16 * cos2Alpha * (4 + (F * (4 - (3 * cos2Alpha))));
            var next = longitude + ((1 - c) * F * sinAlpha
                * (sigma + (c * sinSigma * (cos2SigmaM + (c * cosSigma * (-1 + (2 * cos2SigmaM * cos2SigmaM)))))));
            if (Math.Abs(next - lambda) > 1e-15 && round < 50)
            {
                lambda = next;
                continue;
            }

            var (bigA, bigB) = Series(cos2Alpha);
            var azimuth = Math.Atan2(cosU2 * sinLambda, NearlyEqualDifference(from, to, cosU1, sinU1, cosU2, sinU2, lambda));
            return (B * bigA * (sigma - DeltaSigma(bigB, sinSigma, cosSigma, cos2SigmaM)), azimuth * 180 / Math.PI);
        }
    }

    /// <summary>The point so many metres along the geodesic that leaves at an azimuth.</summary>
    public static Coordinate Direct(Coordinate from, double azimuth, double metres)
    {
        if (metres == 0)
        {
            return from.Copy();
        }

        var (sinAlpha1, cosAlpha1) = Math.SinCos(Radians(azimuth));
        var (sinU1, cosU1) = Math.SinCos(ReducedLatitude(from.Y));
        var sigma1 = Math.Atan2(sinU1, cosU1 * cosAlpha1);
        var sinAlpha = cosU1 * sinAlpha1;
        var cos2Alpha = 1 - (sinAlpha * sinAlpha);
        var (bigA, bigB) = Series(cos2Alpha);
        var sigma = metres / (B * bigA);
        double sinSigma, cosSigma, cos2SigmaM;
        for (var round = 0; ; round++)
        {
            (sinSigma, cosSigma) = Math.SinCos(sigma);
            cos2SigmaM = Math.Cos((2 * sigma1) + sigma);
            var next = (metres / (B * bigA)) + DeltaSigma(bigB, sinSigma, cosSigma, cos2SigmaM);
            var done = Math.Abs(next - sigma) <= 1e-16 || round == 50;
            sigma = next;
            if (done)
            {
                break;
            }
        }

        var across = (sinU1 * sinSigma) - (cosU1 * cosSigma * cosAlpha1);
        var latitude = Math.Atan2(
            (sinU1 * cosSigma) + (cosU1 * sinSigma * cosAlpha1), (1 - F) * Math.Sqrt((sinAlpha * sinAlpha) + (across * across)));
        var lambda = Math.Atan2(sinSigma * sinAlpha1, (cosU1 * cosSigma) - (sinU1 * sinSigma * cosAlpha1));
        var c = F / 16 * cos2Alpha * (4 + (F * (4 - (3 * cos2Alpha))));
        var longitude = lambda - ((1 - c) * F * sinAlpha
            * (sigma + (c * sinSigma * (cos2SigmaM + (c * cosSigma * (-1 + (2 * cos2SigmaM * cos2SigmaM)))))));
        return new Coordinate(from.X + (longitude * 180 / Math.PI), latitude * 180 / Math.PI);
    }

    /// <summary>Square metres within geodesic edges; holes are taken off.</summary>
    public static double GeodesicArea(Geometry geometry) => Area(geometry, GeodesicEdge);

    /// <summary>Square metres within edges that are straight in longitude and latitude; holes are taken off.</summary>
    public static double LonLatArea(Geometry geometry) => Area(geometry, StraightEdge);

    private static double Area(Geometry geometry, Func<Coordinate, Coordinate, double, double> underEdge) => geometry switch
    {
        Polygon polygon => RingArea(polygon.Shell, underEdge) - polygon.Holes.Sum(hole => RingArea(hole, underEdge)),
        GeometryCollection collection => collection.Geometries.Sum(part => Area(part, underEdge)),
        _ => 0,
    };

    private static double RingArea(LineString ring, Func<Coordinate, Coordinate, double, double> underEdge)
    {
        var vertices = ring.Coordinates;
        return vertices.Length == 0 ? 0 : Math.Abs(vertices.Zip(vertices.Skip(1)).Sum(edge => underEdge(edge.First, edge.Second, vertices[0].Y)));
    }

    private static double StraightEdge(Coordinate from, Coordinate to, double baseLatitude) => Radians(to.X - from.X)
        * Quadrature.Sum(node => node.Weight * (Authalic(from.Y + (node.At * (to.Y - from.Y))) - Authalic(baseLatitude)));

    private static double GeodesicEdge(Coordinate from, Coordinate to, double baseLatitude)
    {
        var (metres, azimuth) = Inverse(from, to);
        var (sinAzimuth, _) = Math.SinCos(Radians(azimuth));
        // Clairaut: cos U sin azimuth stays the same along a geodesic.
        var clairaut = Math.Cos(ReducedLatitude(from.Y)) * sinAzimuth;
        return metres * Quadrature.Sum(node =>
        {
            var latitude = Radians(Direct(from, azimuth, node.At * metres).Y);
            var (sin, cos) = Math.SinCos(latitude);
            var normalRadius = A / Math.Sqrt(1 - (Eccentricity2 * sin * sin));
            var sinAzimuthHere = clairaut / Math.Cos(Math.Atan((1 - F) * Math.Tan(latitude)));
            return node.Weight * (Authalic(latitude * 180 / Math.PI) - Authalic(baseLatitude)) * sinAzimuthHere / (normalRadius * cos);
        });
    }

    /// <summary>Square metres between the equator and a latitude for one radian of longitude.</summary>
    private static double Authalic(double latitude)
    {
        var sin = Math.Sin(Radians(latitude));
        return B * B / 2 * ((sin / (1 - (Eccentricity2 * sin * sin))) + (Math.Atanh(Eccentricity * sin) / Eccentricity));
    }

    /// <summary>cosU1 sinU2 - sinU1 cosU2 cos lambda, without the cancellation that costs short distances their digits.</summary>
    private static double NearlyEqualDifference(
        Coordinate from, Coordinate to, double cosU1, double sinU1, double cosU2, double sinU2, double lambda)
    {
        var half = Math.Sin(lambda / 2);
        var deltaU = Math.Atan2((1 - F) * Math.Sin(Radians(to.Y - from.Y)), TangentDenominator(from.Y, to.Y));
        return Math.Sin(deltaU) + (2 * sinU1 * cosU2 * half * half);
    }

    /// <summary>With tan U = (1-f) tan latitude: tan(U2-U1) = (1-f) sin(latitude2-latitude1) / this.</summary>
    private static double TangentDenominator(double latitude1, double latitude2)
    {
        var (sin1, cos1) = Math.SinCos(Radians(latitude1));
        var (sin2, cos2) = Math.SinCos(Radians(latitude2));
        return (cos1 * cos2) + ((1 - F) * (1 - F) * sin1 * sin2);
    }

    private static (double A, double B) Series(double cos2Alpha)
    {
        var u2 = cos2Alpha * SecondEccentricity2;
        return (
            1 + (u2 / 16384 * (4096 + (u2 * (-768 + (u2 * (320 - (175 * u2))))))),
            u2 / 1024 * (256 + (u2 * (-128 + (u2 * (74 - (47 * u2)))))));
    }

    private static double DeltaSigma(double b, double sinSigma, double cosSigma, double cos2SigmaM) => b * sinSigma
        * (cos2SigmaM + (b / 4 * ((cosSigma * (-1 + (2 * cos2SigmaM * cos2SigmaM)))
            - (b / 6 * cos2SigmaM * (-3 + (4 * sinSigma * sinSigma)) * (-3 + (4 * cos2SigmaM * cos2SigmaM))))));

    private static double ReducedLatitude(double latitude) => Math.Atan((1 - F) * Math.Tan(Radians(latitude)));

    private static double Radians(double degrees) => degrees * Math.PI / 180;
}
