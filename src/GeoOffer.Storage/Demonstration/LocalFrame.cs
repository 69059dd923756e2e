using NetTopologySuite.Geometries;

namespace GeoOffer.Storage.Demonstration;

/// <summary>
/// Metres east and north of an origin on the WGS 84 ellipsoid, good to about one part in ten thousand within some kilometres of it.
/// </summary>
internal readonly struct LocalFrame
{
    private const double FlatteningTerm = 0.00669437999014; // first eccentricity squared of WGS 84
    private const double EquatorialRadiusMetres = 6378137;
    private const double RadiansPerDegree = Math.PI / 180;

    private readonly Coordinate _origin;
    private readonly double _metresPerLongitude;
    private readonly double _metresPerLatitude;

    /// <param name="origin">Longitude and latitude in degrees, near 45.5° N.</param>
    public LocalFrame(Coordinate origin)
    {
        _origin = origin;
        var (sine, cosine) = SineAndCosine(origin.Y);
        var w = Math.Sqrt(1 - (FlatteningTerm * sine * sine));
        _metresPerLongitude = RadiansPerDegree * EquatorialRadiusMetres * cosine / w;
        _metresPerLatitude = RadiansPerDegree * EquatorialRadiusMetres * (1 - FlatteningTerm) / (w * w * w);
    }

    /// <summary>Degrees, rounded to a tenth of a metre, of a position in metres.</summary>
    public Coordinate ToDegrees(double eastMetres, double northMetres) => new(
        Math.Round(_origin.X + (eastMetres / _metresPerLongitude), 6),
        Math.Round(_origin.Y + (northMetres / _metresPerLatitude), 6));

    /// <summary>Metres between the origin and another position.</summary>
    public double DistanceMetres(Coordinate other)
    {
        var east = (other.X - _origin.X) * _metresPerLongitude;
        var north = (other.Y - _origin.Y) * _metresPerLatitude;
        return Math.Sqrt((east * east) + (north * north));
    }

    /// <summary>By their series around 45.5°: those of <see cref="Math"/> may differ in the last bit from machine to machine.</summary>
    private static (double Sine, double Cosine) SineAndCosine(double latitude)
    {
        const double SineOf45Point5 = 0.7132504491541816, CosineOf45Point5 = 0.7009092642998509;
        var d = (latitude - 45.5) * RadiansPerDegree;
        var sineOfD = d * (1 - (d * d / 6 * (1 - (d * d / 20))));
        var cosineOfD = 1 - (d * d / 2 * (1 - (d * d / 12)));
        return ((SineOf45Point5 * cosineOfD) + (CosineOf45Point5 * sineOfD), (CosineOf45Point5 * cosineOfD) - (SineOf45Point5 * sineOfD));
    }
}
