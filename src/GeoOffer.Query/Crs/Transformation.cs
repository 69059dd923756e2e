using NetTopologySuite;
using NetTopologySuite.Geometries;
using NetTopologySuite.Geometries.Utilities;
using ProjNet.CoordinateSystems.Transformations;

namespace GeoOffer.Query.Crs;

/// <summary>The way from one reference system to another, x east and y north on both sides. Heights pass unchanged. Safe to share between threads.</summary>
public sealed class Transformation
{
    // A straight edge may stray from its curved image by this part of its own length: 1 mm over 1 km.
    private const double RelativeTolerance = 1e-6;
    private const int MaximumSplits = 12;

    // Not the middle: a curve that is symmetrical about the middle of its chord would pass there for straight.
    private const double SplitAt = 0.375;

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

    /// <summary>A geometry with each vertex transformed and the SRID of <see cref="To"/>: for data, whose vertices are what was surveyed.</summary>
    public Geometry Transform(Geometry geometry) => Edit(geometry, Vertices);

    /// <summary>
    /// A geometry that follows the image of each edge: a straight edge in one system is curved in the other, and the corners of a box of six degrees
    /// alone are 4 km wrong. For areas to search, whose edges are meant as drawn.
    /// </summary>
    public Geometry TransformDensified(Geometry geometry) => Edit(geometry, Edges);

    private Geometry Edit(Geometry geometry, Func<CoordinateSequence, CoordinateSequence> transform)
    {
        if (_transform is null)
        {
            return geometry;
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

    private CoordinateSequence Edges(CoordinateSequence sequence)
    {
        if (sequence.Count < 2)
        {
            return Vertices(sequence);
        }

        var points = new List<Coordinate> { Image(sequence.GetCoordinate(0)) };
        for (var index = 1; index < sequence.Count; index++)
        {
            AppendEdge(points, sequence.GetCoordinate(index - 1), sequence.GetCoordinate(index), 0);
        }

        return NtsGeometryServices.Instance.DefaultCoordinateSequenceFactory.Create([.. points]);
    }

    /// <summary>Appends the image of an edge after that of its start, splitting it while it strays from the straight line.</summary>
    private void AppendEdge(List<Coordinate> points, Coordinate start, Coordinate end, int splits)
    {
        var (imageStart, imageEnd) = (points[^1], Image(end));
        var inner = Along(start, end);
        if (splits < MaximumSplits
            && Image(inner).Distance(Along(imageStart, imageEnd)) > RelativeTolerance * imageStart.Distance(imageEnd))
        {
            AppendEdge(points, start, inner, splits + 1);
            AppendEdge(points, inner, end, splits + 1);
        }
        else
        {
            points.Add(imageEnd);
        }
    }

    private static Coordinate Along(Coordinate start, Coordinate end) =>
        new(start.X + ((end.X - start.X) * SplitAt), start.Y + ((end.Y - start.Y) * SplitAt));

    private Coordinate Image(Coordinate position)
    {
        var (x, y) = Transform(position.X, position.Y);
        return new Coordinate(x, y);
    }
}
