using System.Collections.Concurrent;
using System.Collections.Immutable;
using ProjNet.CoordinateSystems;
using ProjNet.CoordinateSystems.Transformations;

namespace GeoOffer.Query.Crs;

/// <summary>The coordinate reference systems of the house, and the ways between them.</summary>
public static class CoordinateSystems
{
    private const double WebMercatorLimit = 20037508.342789244;

    private static readonly ConcurrentDictionary<(int From, int To), Transformation> Transformations = new();

    /// <summary>WGS 84 in the order longitude, latitude: the default of OGC API and GeoJSON. Its geometries carry SRID 4326.</summary>
    public static ReferenceSystem Crs84 { get; } = new(
        4326, "http://www.opengis.net/def/crs/OGC/1.3/CRS84", "WGS 84 longitude-latitude", true, AxisOrder.EastNorth, -180, -90, 180, 90);

    /// <summary>
    /// The systems known, by EPSG code. The domains of the transverse Mercator ones reach about nine degrees either side of their meridian,
    /// where the series of ProjNET still hold.
    /// </summary>
    public static ImmutableArray<ReferenceSystem> Known { get; } =
    [
        new(4326, Epsg(4326), "WGS 84", true, AxisOrder.NorthEast, -180, -90, 180, 90),
        Projected(32632, "WGS 84 / UTM zone 32N"),
        Projected(25832, "ETRS89 / UTM zone 32N"),
        Projected(7791, "RDN2008 / UTM zone 32N"),
        Projected(6707, "RDN2008 / UTM zone 32N (N-E)", AxisOrder.NorthEast),
        Projected(3003, "Monte Mario / Italy zone 1", falseEasting: 1_500_000),
        new(3857, Epsg(3857), "WGS 84 / Pseudo-Mercator", false, AxisOrder.EastNorth,
            -WebMercatorLimit, -WebMercatorLimit, WebMercatorLimit, WebMercatorLimit),
    ];

    /// <summary>The system of an EPSG code; null when it is not known.</summary>
    public static ReferenceSystem? Find(int srid) => Known.FirstOrDefault(system => system.Srid == srid);

    /// <summary>The system of an OGC identifier, CRS84 among them; null when it is not known.</summary>
    public static ReferenceSystem? Find(string uri) => uri == Crs84.Uri ? Crs84 : Known.FirstOrDefault(system => system.Uri == uri);

    /// <summary>The system of an EPSG code.</summary>
    /// <exception cref="UnknownReferenceSystemException">It is not known.</exception>
    public static ReferenceSystem Get(int srid) => Find(srid) ?? throw new UnknownReferenceSystemException(srid);

    /// <summary>The way from one system to another, made once and safe to share between threads.</summary>
    /// <exception cref="UnknownReferenceSystemException">One of them is not known.</exception>
    public static Transformation Between(int fromSrid, int toSrid) => Transformations.GetOrAdd(
        (Get(fromSrid).Srid, Get(toSrid).Srid),
        static pair => new Transformation(Get(pair.From), Get(pair.To), pair.From == pair.To ? null : Create(pair.From, pair.To)));

    /// <summary>The systems known in words, for an error.</summary>
    internal static string DescribeKnown() =>
        $"one of the reference systems {string.Join(", ", Known.Select(system => $"EPSG:{system.Srid}"))}";

    private static MathTransform Create(int from, int to)
    {
        var factory = new CoordinateSystemFactory();
        return new CoordinateTransformationFactory()
            .CreateFromCoordinateSystems(factory.CreateFromWkt(WellKnownText.Of(from)), factory.CreateFromWkt(WellKnownText.Of(to)))
            .MathTransform;
    }

    private static ReferenceSystem Projected(
        int srid, string name, AxisOrder axisOrder = AxisOrder.EastNorth, double falseEasting = 500_000) =>
        new(srid, Epsg(srid), name, false, axisOrder, falseEasting - 1_000_000, -1_000_000, falseEasting + 1_000_000, 9_400_000);

    private static string Epsg(int srid) => $"http://www.opengis.net/def/crs/EPSG/0/{srid}";
}
