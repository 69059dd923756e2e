using NetTopologySuite.Geometries;

namespace GeoOffer.Storage.Tests.Facts;

/// <summary>Shapes as land has them, drawn from a seed: sites from a kiosk to 150 ha, features small and long, alone and beside sites.</summary>
internal sealed class RandomLand(int seed)
{
    private const double West = 8.4, East = 11.5, South = 44.6, North = 46.7;

    private static readonly GeometryFactory Factory = new(new PrecisionModel(), 4326);

    private readonly Random _random = new(seed);

    public int Next(int below) => _random.Next(below);

    public bool Chance(double probability) => _random.NextDouble() < probability;

    public T OneOf<T>(params ReadOnlySpan<T> choices) => choices[_random.Next(choices.Length)];

    public double Between(double least, double most) => least + (_random.NextDouble() * (most - least));

    /// <summary>As often near the least as near the most, counted in powers of ten.</summary>
    public double Scaled(double least, double most) => least * Math.Pow(most / least, _random.NextDouble());

    public Coordinate Place(double marginDegrees = 0.05) =>
        new(Between(West + marginDegrees, East - marginDegrees), Between(South + marginDegrees, North - marginDegrees));

    public Coordinate Near(Coordinate centre, double metres) => Ellipsoid.Direct(centre, Between(0, 360), Between(0, metres));

    /// <summary>Point, Polygon, Polygon with a hole, or MultiPolygon.</summary>
    public Geometry Site(Coordinate centre)
    {
        var radius = Math.Sqrt(Scaled(500, 1_500_000) / Math.PI);
        return Next(10) switch
        {
            0 => Factory.CreatePoint(centre),
            1 or 2 => Ring(centre, radius),
            3 => WithHole(centre, radius),
            4 => Factory.CreateMultiPolygon([Ring(centre, radius), Ring(Ellipsoid.Direct(centre, Between(0, 360), radius * 2.5), radius)]),
            _ => Blob(centre, radius),
        };
    }

    /// <summary>Point, MultiPoint, lines of short or long edges, Polygon, MultiPolygon, or a mixture.</summary>
    public Geometry Feature(Coordinate centre) => Next(8) switch
    {
        0 or 1 => Factory.CreatePoint(centre),
        2 => Factory.CreateMultiPointFromCoords([.. Enumerable.Range(0, 2 + Next(3)).Select(_ => Near(centre, 4000))]),
        3 => Walk(centre, 30 + Next(60), 20, 300),
        4 => Walk(centre, 2 + Next(3), 3000, 40_000),
        5 => Factory.CreateMultiLineString([Walk(centre, 8, 50, 2000), Walk(Near(centre, 3000), 2, 500, 9000)]),
        6 => WithHole(centre, Scaled(50, 3000)),
        _ => Factory.CreateGeometryCollection([Factory.CreatePoint(Near(centre, 500)), Walk(centre, 5, 100, 1000), Blob(Near(centre, 2000), 200)]),
    };

    /// <summary>A polygon of one part or two, the first perhaps with a hole.</summary>
    public MultiPolygon Constraint(Coordinate centre, double radius) => Next(4) switch
    {
        0 => Factory.CreateMultiPolygon([WithHole(centre, radius)]),
        1 => Factory.CreateMultiPolygon([Ring(centre, radius), Blob(Ellipsoid.Direct(centre, Between(0, 360), radius * 3), radius)]),
        _ => Factory.CreateMultiPolygon([Blob(centre, radius)]),
    };

    /// <summary>A box of degrees as a MultiPolygon.</summary>
    public static MultiPolygon Box(double west, double south, double east, double north) =>
        Factory.CreateMultiPolygon([(Polygon)Factory.ToGeometry(new Envelope(west, east, south, north))]);

    private LineString Walk(Coordinate from, int vertices, double shortest, double longest)
    {
        var places = new List<Coordinate> { from };
        var azimuth = Between(0, 360);
        while (places.Count < vertices)
        {
            azimuth += Between(-40, 40);
            places.Add(Ellipsoid.Direct(places[^1], azimuth, Between(shortest, longest)));
        }

        return Factory.CreateLineString([.. places]);
    }

    /// <summary>Star-shaped around its centre.</summary>
    private Polygon Blob(Coordinate centre, double radius) => Factory.CreatePolygon(StarRing(centre, radius * 0.6, radius * 1.3, 4 + Next(40)));

    private Polygon Ring(Coordinate centre, double radius) => Factory.CreatePolygon(StarRing(centre, radius, radius, 5 + Next(8)));

    private Polygon WithHole(Coordinate centre, double radius) => Factory.CreatePolygon(
        Factory.CreateLinearRing(StarRing(centre, radius, radius * 1.3, 12)),
        [Factory.CreateLinearRing(StarRing(centre, radius * 0.3, radius * 0.6, 7))]);

    private Coordinate[] StarRing(Coordinate centre, double least, double most, int vertices)
    {
        var turn = Between(0, 360);
        var ring = Enumerable.Range(0, vertices).Select(v => Ellipsoid.Direct(centre, turn - (360.0 * v / vertices), Between(least, most))).ToList();
        return [.. ring, ring[0].Copy()];
    }
}
