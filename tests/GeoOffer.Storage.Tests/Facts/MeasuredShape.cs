using NetTopologySuite.Geometries;
using NetTopologySuite.Geometries.Prepared;
using NetTopologySuite.Geometries.Utilities;

namespace GeoOffer.Storage.Tests.Facts;

/// <summary>
/// A shape with geodesic edges, for the oracle of distances: its edges become chords of at most 500 m in space, the nearest points of
/// chords are found there, and the geodesic between them is measured. No projection takes part.
/// </summary>
internal sealed class MeasuredShape
{
    private const double ChordMetres = 500;
    private const double A = 6378137, Eccentricity2 = 0.0066943799901413165;

    private readonly IPreparedGeometry _flat;
    private readonly List<(Space From, Space To)> _chords = [];
    private readonly Space _centre;
    private readonly double _radius;

    public MeasuredShape(Geometry shape)
    {
        Shape = shape;
        var dense = new GeometryEditor().Edit(shape, new GeodesicEdges());
        _flat = PreparedGeometryFactory.Prepare(dense);
        AddChords(dense);
        _centre = Space.On(dense.EnvelopeInternal.Centre);
        _radius = _chords.Max(chord => Math.Max((chord.From - _centre).Length, (chord.To - _centre).Length));
    }

    public Geometry Shape { get; }

    /// <summary>Geodesic metres between the nearest points; zero when the shapes have a point in common.</summary>
    public double DistanceTo(MeasuredShape other, double noMoreThan = double.PositiveInfinity)
    {
        if ((_centre - other._centre).Length - _radius - other._radius > noMoreThan)
        {
            return double.PositiveInfinity;
        }

        if (_flat.Intersects(other._flat.Geometry))
        {
            return 0;
        }

        var least = double.PositiveInfinity;
        var (a, b) = (default(Space), default(Space));
        foreach (var chord in _chords)
        {
            foreach (var facing in other._chords)
            {
                var (onA, onB) = Space.Nearest(chord, facing);
                var length = (onA - onB).Length;
                if (length < least)
                {
                    (least, a, b) = (length, onA, onB);
                }
            }
        }

        return Ellipsoid.Distance(a.Below(), b.Below());
    }

    private void AddChords(Geometry dense)
    {
        switch (dense)
        {
            case Polygon polygon:
                AddChords(polygon.Shell);
                Array.ForEach(polygon.Holes, AddChords);
                break;
            case GeometryCollection collection:
                Array.ForEach(collection.Geometries, AddChords);
                break;
            default:
                var places = dense.Coordinates.Select(Space.On).ToList();
                _chords.AddRange(places.Count == 1 ? [(places[0], places[0])] : places.Zip(places.Skip(1)));
                break;
        }
    }

    private sealed class GeodesicEdges : GeometryEditor.CoordinateOperation
    {
        public override Coordinate[] Edit(Coordinate[] coordinates, Geometry geometry) => coordinates.Length < 2
            ? coordinates
            : [coordinates[0], .. coordinates.Zip(coordinates.Skip(1)).SelectMany(edge =>
            {
                var (metres, azimuth) = Ellipsoid.Inverse(edge.First, edge.Second);
                var pieces = (int)Math.Ceiling(Math.Max(metres, 1) / ChordMetres);
                return Enumerable.Range(1, pieces - 1).Select(piece => Ellipsoid.Direct(edge.First, azimuth, metres * piece / pieces)).Append(edge.Second);
            })];
    }

    /// <summary>A point or a step in space, metres from the centre of the earth.</summary>
    private readonly record struct Space(double X, double Y, double Z)
    {
        public double Length => Math.Sqrt(Dot(this));

        public static Space On(Coordinate place)
        {
            var (sinLon, cosLon) = Math.SinCos(place.X * Math.PI / 180);
            var (sin, cos) = Math.SinCos(place.Y * Math.PI / 180);
            var normal = A / Math.Sqrt(1 - (Eccentricity2 * sin * sin));
            return new(normal * cos * cosLon, normal * cos * sinLon, normal * (1 - Eccentricity2) * sin);
        }

        /// <summary>The place on the ellipsoid that a point just under it stands for.</summary>
        public Coordinate Below()
        {
            var across = Math.Sqrt((X * X) + (Y * Y));
            var latitude = Math.Atan2(Z, across * (1 - Eccentricity2));
            for (var round = 0; round < 5; round++)
            {
                var sin = Math.Sin(latitude);
                latitude = Math.Atan2(Z + (Eccentricity2 * A / Math.Sqrt(1 - (Eccentricity2 * sin * sin)) * sin), across);
            }

            return new Coordinate(Math.Atan2(Y, X) * 180 / Math.PI, latitude * 180 / Math.PI);
        }

        /// <summary>The nearest points of two chords.</summary>
        public static (Space OnFirst, Space OnSecond) Nearest((Space From, Space To) first, (Space From, Space To) second)
        {
            var (u, v, w) = (first.To - first.From, second.To - second.From, first.From - second.From);
            var (a, b, c, d, e) = (u.Dot(u), u.Dot(v), v.Dot(v), u.Dot(w), v.Dot(w));
            var crossing = (a * c) - (b * b);
            var s = crossing > 1e-9 * a * c ? Math.Clamp(((b * e) - (c * d)) / crossing, 0, 1) : 0;
            var t = c > 0 ? Math.Clamp(((b * s) + e) / c, 0, 1) : 0;
            s = a > 0 ? Math.Clamp(((b * t) - d) / a, 0, 1) : 0;
            return (first.From + (u * s), second.From + (v * t));
        }

        public static Space operator +(Space a, Space b) => new(a.X + b.X, a.Y + b.Y, a.Z + b.Z);

        public static Space operator -(Space a, Space b) => new(a.X - b.X, a.Y - b.Y, a.Z - b.Z);

        public static Space operator *(Space a, double by) => new(a.X * by, a.Y * by, a.Z * by);

        private double Dot(Space other) => (X * other.X) + (Y * other.Y) + (Z * other.Z);
    }
}
