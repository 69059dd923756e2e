using NetTopologySuite.Geometries;

namespace GeoOffer.Storage.Tests.Matching;

/// <summary>
/// The numbers that random sites and random briefs are both made of, so that values meet thresholds exactly, and miss them by the least
/// that a double can.
/// </summary>
internal static class BriefPool
{
    public static readonly double[] TargetsHa = [0.5, 10, 12.7, 37.3, 40, 100];
    public static readonly double[] Tolerances = [0, 0.05, 0.1, 0.15, 0.3, 1];
    public static readonly double[] AreaSlacks = [1, 1.7, 2, 3, 10];
    public static readonly double[] BoundsHa = [0.01, 9, 20, 34, 36.5, 43, 46, 60];
    public static readonly double[] Metres = [0.1, 500, 1000, 2500.5, 10_000, 12_345.678];
    public static readonly double[] DistanceSlacks = [0, 0.1, 0.7, 1, 2];
    public static readonly double[] Shares = [0, 0.05, 0.1, 0.3, 0.7, 1];
    public static readonly double[] OverlapSlacks = [0, 0.05, 0.1, 0.2, 1];
    public static readonly double[] Weights = [0.1, 0.2, 0.3, 0.7, 1, 1.1, 2, 3, 1000, 1e-9];
    public static readonly string[] Functions = ["industrial", "offices", "logistics", "retail", "sports"];
    public static readonly string[] Kinds = ["greenfield", "brownfield"];
    public static readonly string[] Provinces = ["015", "016", "097"];
    public static readonly string[] Municipalities = ["015146", "015182", "016024", "097042"];

    /// <summary>Both edges of every band, near and far, written in decimals.</summary>
    public static double[] AreasHa { get; } = Edges(
        from target in TargetsHa
        from tolerance in Tolerances
        from slack in AreaSlacks.Prepend(0)
        from sign in (decimal[])[-1, 1]
        select (decimal)target * (1 + (sign * (decimal)tolerance * (decimal)slack)),
        BoundsHa);

    public static double[] Distances { get; } = Edges(
        from metres in Metres from slack in DistanceSlacks select (decimal)metres * (1 + (decimal)slack), [0, 3, 77.7, 40_000]);

    public static double[] Overlaps { get; } =
        [.. Edges(from share in Shares from slack in OverlapSlacks select (decimal)share + (decimal)slack, [0.123456]).Where(share => share <= 1)];

    /// <summary>Corners on a grid that doubles hold exactly, so that shared borders are borders.</summary>
    public static Polygon Box(double west, double south, double width, double height) =>
        Earth.CreatePolygon([new(west, south), new(west + width, south), new(west + width, south + height), new(west, south + height), new(west, south)]);

    public static GeometryFactory Earth { get; } = new(new PrecisionModel(), 4326);

    public static Geometry[] Areas { get; } =
    [
        Box(9, 45, 0.25, 0.25),
        Box(9.125, 45.125, 0.5, 0.25),
        Box(9, 45, 0.015625, 0.015625),
        Earth.CreateMultiPolygon([Box(9, 45, 0.125, 0.5), Box(9.25, 45, 0.125, 0.5)]),
        Earth.CreatePolygon([new(9, 45), new(9.5, 45), new(9, 45.5), new(9, 45)]),
        Box(9, 45, 0.5, 0.5).Difference(Box(9.125, 45.125, 0.125, 0.125)),
        Box(2, 50, 1, 1),
    ];

    private static double[] Edges(IEnumerable<decimal> edges, double[] others)
    {
        double[] exact = [.. edges.Select(edge => (double)edge).Where(edge => edge >= 0).Concat(others).Distinct().Order()];
        return [.. exact.Concat(exact.Where(edge => edge > 0).SelectMany(edge => (double[])[Math.BitIncrement(edge), Math.BitDecrement(edge)])).Distinct()];
    }
}
