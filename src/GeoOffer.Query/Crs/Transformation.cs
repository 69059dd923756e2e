using NetTopologySuite;
using NetTopologySuite.Algorithm;
using NetTopologySuite.Geometries;
using NetTopologySuite.Geometries.Utilities;
using ProjNet.CoordinateSystems.Transformations;

namespace GeoOffer.Query.Crs;

/// <summary>
/// The way from one reference system to another, x east and y north on both sides. Heights pass unchanged. Safe to share between threads.
/// </summary>
public sealed class Transformation
{
    // How far a straight edge may stray from its curved image: 1 cm, in degrees or metres.
    private const double ToleranceDegrees = 1e-7;
    private const double ToleranceMetres = 0.01;
    private const int MaximumSplits = 12;

    // Not the middle alone: where a curve bends both ways it can cross its chord there.
    private static readonly double[] Probes = [0.25, 0.5, 0.75];

    private readonly MathTransform? _transform;

    internal Transformation(ReferenceSystem from, ReferenceSystem to, MathTransform? transform)
    {
        From = from;
        To = to;
        _transform = transform;
    }

    /// <summary>The system of the input.</summary>
    public ReferenceSystem From { get; }

    /// <summary>The system of the output.</summary>
    public ReferenceSystem To { get; }

    /// <summary>Transforms one position.</summary>
    public (double X, double Y) Transform(double x, double y)
    {
        if (_transform is null)
        {
            return (x, y);
        }

        return _transform.Transform(x, y);
    }

    /// <summary>
    /// A geometry with each vertex transformed and the SRID of <see cref="To"/>: for data, whose vertices are what was surveyed.
    /// </summary>
    public Geometry Transform(Geometry geometry) => Edit(geometry, Vertices);

    /// <summary>
    /// A geometry that follows the image of each edge: a straight edge in one system is curved in the other, and the corners of a box of
    /// six degrees alone are 4 km wrong. For areas to search, whose edges are meant as drawn.
    /// </summary>
    public Geometry TransformDensified(Geometry geometry) => TransformDensified(geometry, int.MaxValue)!;

    /// <summary>
    /// The same for a geometry of anybody, whose edges could be so many and so long that following them takes memory without end: null
    /// where that takes more positions than allowed.
    /// </summary>
    public Geometry? TransformDensified(Geometry geometry, int maximumPositions)
    {
        var budget = new Budget(maximumPositions);
        var image = Edit(geometry, sequence => Edges(sequence, budget));
        return budget.IsSpent ? null : image;
    }

    private Geometry Edit(Geometry geometry, Func<CoordinateSequence, CoordinateSequence> transform)
    {
        if (_transform is null)
        {
            return geometry;
        }

        if (geometry.IsEmpty)
        {
            var empty = geometry.Copy();
            empty.SRID = To.Srid;
            return empty;
        }

        var factory = NtsGeometryServices.Instance.CreateGeometryFactory(To.Srid);
        return new GeometryEditor(factory).Edit(
            geometry, new GeometryEditor.CoordinateSequenceOperation((sequence, _) => transform(sequence)));
    }

    private CoordinateSequence Vertices(CoordinateSequence sequence)
    {
        var transformed = sequence.Copy();
        for (var index = 0; index < transformed.Count; index++)
        {
            var (x, y) = Transform(transformed.GetX(index), transformed.GetY(index));
            transformed.SetX(index, x);
            transformed.SetY(index, y);
        }

        return transformed;
    }

    private CoordinateSequence Edges(CoordinateSequence sequence, Budget budget)
    {
        if (sequence.Count < 2)
        {
            return Vertices(sequence);
        }

        var points = new List<Coordinate> { Image(sequence.GetCoordinate(0)) };
        for (var index = 1; index < sequence.Count; index++)
        {
            AppendEdge(points, sequence.GetCoordinate(index - 1), sequence.GetCoordinate(index), 0, budget);
        }

        return NtsGeometryServices.Instance.DefaultCoordinateSequenceFactory.Create([.. points]);
    }

    /// <summary>Appends the image of an edge after that of its start, splitting it while it strays from the straight line.</summary>
    private void AppendEdge(List<Coordinate> points, Coordinate start, Coordinate end, int splits, Budget budget)
    {
        var (imageStart, imageEnd) = (points[^1], Image(end));
        if (splits < MaximumSplits && !budget.IsSpent && Probes.Any(probe => Strays(Along(start, end, probe))))
        {
            var middle = Along(start, end, 0.5);
            AppendEdge(points, start, middle, splits + 1, budget);
            AppendEdge(points, middle, end, splits + 1, budget);
        }
        else
        {
            points.Add(imageEnd);
            budget.Spend();
        }

        bool Strays(Coordinate position) =>
            DistanceComputer.PointToSegment(Image(position), imageStart, imageEnd) > (To.IsGeographic ? ToleranceDegrees : ToleranceMetres);
    }

    private static Coordinate Along(Coordinate start, Coordinate end, double part) =>
        new(start.X + ((end.X - start.X) * part), start.Y + ((end.Y - start.Y) * part));

    private Coordinate Image(Coordinate position)
    {
        var (x, y) = Transform(position.X, position.Y);
        return new Coordinate(x, y);
    }

    /// <summary>How many positions may still come.</summary>
    private sealed class Budget(int positions)
    {
        private int _left = positions;

        public bool IsSpent => _left <= 0;

        public void Spend() => _left--;
    }
}
