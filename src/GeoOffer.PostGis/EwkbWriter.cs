using System.Buffers.Binary;
using NetTopologySuite.Geometries;

namespace GeoOffer.PostGis;

/// <summary>Writes NetTopologySuite geometries as little-endian EWKB. Safe for use by many threads.</summary>
/// <remarks>
/// PostGIS wants one dimension per geometry: Z (and M) are written for every position where any position has one that is not NaN,
/// and left out otherwise, because much of NetTopologySuite makes three-dimensional sequences without a Z in them.
/// </remarks>
public sealed class EwkbWriter
{
    /// <summary>The ordinates of an empty point, in the very bits of PostGIS; <see cref="double.NaN"/> has the sign set.</summary>
    private static readonly double EmptyOrdinate = BitConverter.UInt64BitsToDouble(0x7FF8_0000_0000_0000);

    private readonly Ordinates _ordinates;

    /// <summary>Creates a writer.</summary>
    /// <param name="handleOrdinates">The ordinates to write; <see cref="Ordinates.None"/> means all.</param>
    public EwkbWriter(Ordinates handleOrdinates = Ordinates.None) =>
        _ordinates = handleOrdinates == Ordinates.None ? Ordinates.XYZM : handleOrdinates;

    /// <summary>Writes a geometry. The SRID is stated where it is not 0 or negative.</summary>
    /// <exception cref="ArgumentException">The geometry is none of the seven simple features.</exception>
    /// <exception cref="OverflowException">The geometry does not fit in an array.</exception>
    public byte[] Write(Geometry geometry)
    {
        ArgumentNullException.ThrowIfNull(geometry);
        var measured = new UsedOrdinates(_ordinates);
        geometry.Apply(measured);
        var dimension = new EwkbHeader(default, measured.Z, measured.M, 0).Dimension;

        var bytes = GC.AllocateUninitializedArray<byte>(
            checked((int)ContentSize(geometry, dimension) + (geometry.SRID > 0 ? sizeof(int) : 0)));
        var output = new Output(bytes, measured.Z, measured.M);
        output.WriteGeometry(geometry, geometry.SRID);
        return bytes;
    }

    private static long ContentSize(Geometry geometry, int dimension)
    {
        const int Prefix = 1 + sizeof(uint);
        long position = dimension * sizeof(double);
        return geometry switch
        {
            Point => Prefix + position,
            LineString line => Prefix + sizeof(uint) + (line.NumPoints * position),
            Polygon { IsEmpty: true } => Prefix + sizeof(uint),
            Polygon polygon => Prefix + sizeof(uint) + ((polygon.NumInteriorRings + 1L) * sizeof(uint)) + (polygon.NumPoints * position),
            GeometryCollection collection => Prefix + sizeof(uint) + collection.Geometries.Sum(member => ContentSize(member, dimension)),
            _ => throw new ArgumentException($"{geometry.GeometryType} is not a simple feature.", nameof(geometry)),
        };
    }

    private sealed class UsedOrdinates(Ordinates wanted) : IEntireCoordinateSequenceFilter
    {
        public bool Z { get; private set; }

        public bool M { get; private set; }

        public bool Done => Z && M;

        public bool GeometryChanged => false;

        public void Filter(CoordinateSequence seq)
        {
            Z = Z || (seq.HasZ && wanted.HasFlag(Ordinates.Z) && AnyValue(seq, seq.ZOrdinateIndex));
            M = M || (seq.HasM && wanted.HasFlag(Ordinates.M) && AnyValue(seq, seq.MOrdinateIndex));
        }

        private static bool AnyValue(CoordinateSequence sequence, int ordinate)
        {
            for (var i = 0; i < sequence.Count; i++)
            {
                if (!double.IsNaN(sequence.GetOrdinate(i, ordinate)))
                {
                    return true;
                }
            }

            return false;
        }
    }

    private ref struct Output(Span<byte> rest, bool hasZ, bool hasM)
    {
        private Span<byte> _rest = rest;

        public void WriteGeometry(Geometry geometry, int srid = 0)
        {
            switch (geometry)
            {
                case Point point:
                    WriteHeader(OgcGeometryType.Point, srid);
                    WritePoint(point);
                    break;
                case LineString line:
                    WriteHeader(OgcGeometryType.LineString, srid);
                    WriteLine(line.CoordinateSequence);
                    break;
                case Polygon polygon:
                    WriteHeader(OgcGeometryType.Polygon, srid);
                    WriteRings(polygon);
                    break;
                default:
                    WriteHeader(geometry.OgcGeometryType, srid);
                    WriteCount(geometry.NumGeometries);
                    for (var i = 0; i < geometry.NumGeometries; i++)
                    {
                        WriteGeometry(geometry.GetGeometryN(i));
                    }

                    break;
            }
        }

        private void WriteHeader(OgcGeometryType type, int srid)
        {
            _rest[0] = 1;
            _rest = _rest[1..];
            WriteUInt32((uint)type
                | (hasZ ? EwkbCursor.ZFlag : 0) | (hasM ? EwkbCursor.MFlag : 0) | (srid > 0 ? EwkbCursor.SridFlag : 0));
            if (srid > 0)
            {
                WriteUInt32((uint)srid);
            }
        }

        private void WritePoint(Point point)
        {
            if (!point.IsEmpty)
            {
                WritePositions(point.CoordinateSequence);
                return;
            }

            for (var ordinates = 2 + (hasZ ? 1 : 0) + (hasM ? 1 : 0); ordinates > 0; ordinates--)
            {
                WriteDouble(EmptyOrdinate);
            }
        }

        private void WriteRings(Polygon polygon)
        {
            if (polygon.IsEmpty)
            {
                WriteCount(0);
                return;
            }

            WriteCount(polygon.NumInteriorRings + 1);
            WriteLine(polygon.Shell.CoordinateSequence);
            foreach (var hole in polygon.Holes)
            {
                WriteLine(hole.CoordinateSequence);
            }
        }

        private void WriteLine(CoordinateSequence sequence)
        {
            WriteCount(sequence.Count);
            WritePositions(sequence);
        }

        private void WritePositions(CoordinateSequence sequence)
        {
            for (var i = 0; i < sequence.Count; i++)
            {
                WriteDouble(sequence.GetX(i));
                WriteDouble(sequence.GetY(i));
                if (hasZ)
                {
                    WriteDouble(sequence.GetZ(i));
                }

                if (hasM)
                {
                    WriteDouble(sequence.GetM(i));
                }
            }
        }

        private void WriteCount(int count) => WriteUInt32((uint)count);

        private void WriteUInt32(uint value)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(_rest, value);
            _rest = _rest[sizeof(uint)..];
        }

        private void WriteDouble(double value)
        {
            BinaryPrimitives.WriteDoubleLittleEndian(_rest, value);
            _rest = _rest[sizeof(double)..];
        }
    }
}
