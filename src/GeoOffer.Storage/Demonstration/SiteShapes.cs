using NetTopologySuite.Geometries;

namespace GeoOffer.Storage.Demonstration;

/// <summary>Outlines of plots of a given area: turned rectangles, L-shapes, trapezia, irregular polygons, sometimes in two parts.</summary>
internal static class SiteShapes
{
    private static readonly GeometryFactory Wgs84 = new(new PrecisionModel(), 4326);

    /// <summary>A plot of this area around a centre.</summary>
    public static Geometry Draw(SplitMix64 random, Coordinate centre, double areaHa)
    {
        var turn = Turn.Of(random);
        var frame = new LocalFrame(centre);
        if (areaHa > 4 && random.Chance(0.07))
        {
            var share = random.Between(0.35, 0.65);
            var aspect = random.Between(1.2, 2);
            var height = Math.Sqrt(areaHa * 1e4 / aspect);
            return Wgs84.CreateMultiPolygon(
            [
                Polygon(frame, turn, Rectangle(aspect * height * share, height), -(aspect * height * share / 2) - 12),
                Polygon(frame, turn, Rectangle(aspect * height * (1 - share), height), (aspect * height * (1 - share) / 2) + 12),
            ]);
        }

        var ring = random.Pick<Func<SplitMix64, (double X, double Y)[]>>(
            (35, Block), (20, LShape), (20, Trapezium), (25, Irregular))(random);
        return Polygon(frame, turn, Scaled(ring, areaHa * 1e4), 0);
    }

    /// <summary>A rectangle cut across into plots that share their borders, so that they can be put together again.</summary>
    /// <param name="random">Direction and proportions.</param>
    /// <param name="centre">The centre of the whole.</param>
    /// <param name="areasHa">The areas of the plots, from one end to the other.</param>
    public static IReadOnlyList<Polygon> DrawRow(SplitMix64 random, Coordinate centre, IReadOnlyList<double> areasHa)
    {
        var turn = Turn.Of(random);
        var frame = new LocalFrame(centre);
        var total = areasHa.Sum() * 1e4;
        var height = Math.Sqrt(total / random.Between(1.5, 2.2));
        var left = -total / height / 2;
        var plots = new List<Polygon>();
        foreach (var areaHa in areasHa)
        {
            var right = left + (areaHa * 1e4 / height);
            plots.Add(Polygon(frame, turn, [(left, -height / 2), (right, -height / 2), (right, height / 2), (left, height / 2)], 0));
            left = right;
        }

        return plots;
    }

    private static (double X, double Y)[] Block(SplitMix64 random) => Rectangle(random.Between(1, 2.4), 1);

    private static (double X, double Y)[] LShape(SplitMix64 random)
    {
        var (width, cutX, cutY) = (random.Between(1.1, 1.9), random.Between(0.35, 0.6), random.Between(0.35, 0.6));
        return [(0, 0), (width, 0), (width, 1 - cutY), (width * (1 - cutX), 1 - cutY), (width * (1 - cutX), 1), (0, 1)];
    }

    private static (double X, double Y)[] Trapezium(SplitMix64 random)
    {
        var width = random.Between(1.1, 2);
        return [(0, 0), (width, 0), (width * random.Between(0.65, 0.9), 1), (width * random.Between(0, 0.25), random.Between(0.85, 1))];
    }

    private static (double X, double Y)[] Irregular(SplitMix64 random)
    {
        (double X, double Y)[] ring = [(0, 0), (0.6, -0.1), (1.2, 0), (1.35, 0.5), (1.25, 1), (0.6, 1.1), (0, 1), (-0.1, 0.5)];
        return [.. ring.Select(corner => (corner.X + random.Between(-0.12, 0.12), corner.Y + random.Between(-0.12, 0.12)))];
    }

    private static (double X, double Y)[] Rectangle(double width, double height) =>
        [(-width / 2, -height / 2), (width / 2, -height / 2), (width / 2, height / 2), (-width / 2, height / 2)];

    private static (double X, double Y)[] Scaled((double X, double Y)[] ring, double areaSquareMetres)
    {
        double doubled = 0, sumX = 0, sumY = 0;
        for (var i = 0; i < ring.Length; i++)
        {
            var (a, b) = (ring[i], ring[(i + 1) % ring.Length]);
            doubled += (a.X * b.Y) - (b.X * a.Y);
            (sumX, sumY) = (sumX + a.X, sumY + a.Y);
        }

        var scale = Math.Sqrt(areaSquareMetres / Math.Abs(doubled / 2));
        var (middleX, middleY) = (sumX / ring.Length, sumY / ring.Length);
        return [.. ring.Select(corner => ((corner.X - middleX) * scale, (corner.Y - middleY) * scale))];
    }

    private static Polygon Polygon(LocalFrame frame, Turn turn, (double X, double Y)[] ring, double shiftMetres)
    {
        var corners = new Coordinate[ring.Length + 1];
        for (var i = 0; i < ring.Length; i++)
        {
            var (x, y) = turn.Apply(ring[i].X + shiftMetres, ring[i].Y);
            corners[i] = frame.ToDegrees(x, y);
        }

        corners[^1] = corners[0].Copy();
        return Wgs84.CreatePolygon(corners);
    }

    /// <summary>A turn by up to 45° either way, from the tangent of half the angle: exact arithmetic, no trigonometry.</summary>
    private readonly record struct Turn(double Cosine, double Sine)
    {
        public static Turn Of(SplitMix64 random)
        {
            var t = random.Between(-0.414, 0.414);
            return new Turn((1 - (t * t)) / (1 + (t * t)), 2 * t / (1 + (t * t)));
        }

        public (double X, double Y) Apply(double x, double y) => ((x * Cosine) - (y * Sine), (x * Sine) + (y * Cosine));
    }
}
