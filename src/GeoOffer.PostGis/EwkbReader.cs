using System.Runtime.InteropServices;
using NetTopologySuite;
using NetTopologySuite.Geometries;
using NetTopologySuite.Geometries.Implementation;

namespace GeoOffer.PostGis;

/// <summary>Builds NetTopologySuite geometries from EWKB. Safe for use by many threads.</summary>
public sealed class EwkbReader
{
    private readonly CoordinateSequenceFactory _sequences;
    private readonly PrecisionModel _precision;
    private readonly Ordinates _ordinates;
    private volatile GeometryFactory _latestFactory;

    /// <summary>Creates a reader; what is left out is taken from <see cref="NtsGeometryServices.Instance"/>.</summary>
    /// <param name="coordinateSequenceFactory">How positions are kept.</param>
    /// <param name="precisionModel">The grid to which X and Y are rounded on reading, and that the geometries carry.</param>
    /// <param name="handleOrdinates">Ordinates to keep; all that the sequence factory can keep where none.</param>
    public EwkbReader(
        CoordinateSequenceFactory? coordinateSequenceFactory = null,
        PrecisionModel? precisionModel = null,
        Ordinates handleOrdinates = Ordinates.None)
    {
        _sequences = coordinateSequenceFactory ?? NtsGeometryServices.Instance.DefaultCoordinateSequenceFactory;
        _precision = precisionModel ?? NtsGeometryServices.Instance.DefaultPrecisionModel;
        _ordinates = handleOrdinates == Ordinates.None ? _sequences.Ordinates : handleOrdinates & _sequences.Ordinates;
        _latestFactory = new GeometryFactory(_precision, 0, _sequences);
    }

    /// <summary>Reads one geometry. Its SRID is the one stated, or 0.</summary>
    /// <exception cref="EwkbException">
    /// The bytes are no simple feature, or one that NetTopologySuite cannot hold, such as a ring left open.
    /// </exception>
    public Geometry Read(ReadOnlySpan<byte> ewkb)
    {
        EwkbStructure.Check(ewkb);
        var cursor = new EwkbCursor(ewkb);
        var header = cursor.ReadHeader();
        return ReadContent(ref cursor, header, FactoryFor(header.Srid));
    }

    private GeometryFactory FactoryFor(int srid)
    {
        var factory = _latestFactory;
        return factory.SRID == srid ? factory : _latestFactory = new GeometryFactory(_precision, srid, _sequences);
    }

    private Geometry ReadContent(ref EwkbCursor cursor, EwkbHeader header, GeometryFactory factory) => header.Type switch
    {
        OgcGeometryType.Point => factory.CreatePoint(ToSequence(cursor.ReadPoint(header))),
        OgcGeometryType.LineString => ReadLine(ref cursor, header, factory),
        OgcGeometryType.Polygon => ReadPolygon(ref cursor, header, factory),
        OgcGeometryType.MultiPoint => factory.CreateMultiPoint(ReadMembers<Point>(ref cursor, factory)),
        OgcGeometryType.MultiLineString => factory.CreateMultiLineString(ReadMembers<LineString>(ref cursor, factory)),
        OgcGeometryType.MultiPolygon => factory.CreateMultiPolygon(ReadMembers<Polygon>(ref cursor, factory)),
        _ => factory.CreateGeometryCollection(ReadMembers<Geometry>(ref cursor, factory)),
    };

    private T[] ReadMembers<T>(ref EwkbCursor cursor, GeometryFactory factory)
        where T : Geometry
    {
        var members = new T[cursor.ReadMemberCount()];
        for (var i = 0; i < members.Length; i++)
        {
            members[i] = (T)ReadContent(ref cursor, cursor.ReadHeader(), factory);
        }

        return members;
    }

    private LineString ReadLine(ref EwkbCursor cursor, EwkbHeader header, GeometryFactory factory)
    {
        var start = cursor.ByteOffset;
        var positions = cursor.ReadPositions(header);
        return positions.Count != 1
            ? factory.CreateLineString(ToSequence(positions))
            : throw new EwkbException(EwkbFault.TooFewPositions, start);
    }

    private Polygon ReadPolygon(ref EwkbCursor cursor, EwkbHeader header, GeometryFactory factory)
    {
        var start = cursor.ByteOffset;
        var rings = cursor.ReadRingCount();
        if (rings == 0)
        {
            return factory.CreatePolygon(factory.CreateLinearRing(_sequences.Create(0, header.Dimension, header.HasM ? 1 : 0)));
        }

        var shell = ReadRing(ref cursor, header, factory);
        var holes = new LinearRing[rings - 1];
        for (var i = 0; i < holes.Length; i++)
        {
            holes[i] = ReadRing(ref cursor, header, factory);
            if (shell.IsEmpty && !holes[i].IsEmpty)
            {
                throw new EwkbException(EwkbFault.EmptyShellWithHoles, start);
            }
        }

        return factory.CreatePolygon(shell, holes);
    }

    private LinearRing ReadRing(ref EwkbCursor cursor, EwkbHeader header, GeometryFactory factory)
    {
        var start = cursor.ByteOffset;
        var positions = cursor.ReadPositions(header);
        if (positions.Count is > 0 and < LinearRing.MinimumValidSize)
        {
            throw new EwkbException(EwkbFault.TooFewPositions, start);
        }

        var last = positions.Count - 1;
        if (last > 0 && !(positions.X(0) == positions.X(last) && positions.Y(0) == positions.Y(last)))
        {
            throw new EwkbException(EwkbFault.RingNotClosed, start);
        }

        return factory.CreateLinearRing(ToSequence(positions));
    }

    private CoordinateSequence ToSequence(EwkbPositions positions)
    {
        var keepZ = positions.HasZ && _ordinates.HasFlag(Ordinates.Z);
        var keepM = positions.HasM && _ordinates.HasFlag(Ordinates.M);
        if (_precision.IsFloating && keepZ == positions.HasZ && keepM == positions.HasM)
        {
            switch (_sequences)
            {
                case PackedCoordinateSequenceFactory { Type: PackedCoordinateSequenceFactory.PackedType.Double } packed
                    when BitConverter.IsLittleEndian && positions.TryGetLittleEndian(out var bytes):
                    return packed.Create(
                        MemoryMarshal.Cast<byte, double>(bytes).ToArray(), 2 + (keepZ ? 1 : 0) + (keepM ? 1 : 0), keepM ? 1 : 0);
                case CoordinateArraySequenceFactory when !keepZ && !keepM:
                    return _sequences.Create(ToCoordinates(positions));
            }
        }

        var sequence = _sequences.Create(positions.Count, 2 + (keepZ ? 1 : 0) + (keepM ? 1 : 0), keepM ? 1 : 0);
        for (var i = 0; i < positions.Count; i++)
        {
            sequence.SetOrdinate(i, 0, _precision.MakePrecise(positions.X(i)));
            sequence.SetOrdinate(i, 1, _precision.MakePrecise(positions.Y(i)));
            if (keepZ)
            {
                sequence.SetOrdinate(i, 2, positions.Z(i));
            }

            if (keepM)
            {
                sequence.SetOrdinate(i, keepZ ? 3 : 2, positions.M(i));
            }
        }

        return sequence;
    }

    private static Coordinate[] ToCoordinates(EwkbPositions positions)
    {
        var coordinates = new Coordinate[positions.Count];
        for (var i = 0; i < coordinates.Length; i++)
        {
            coordinates[i] = new Coordinate(positions.X(i), positions.Y(i));
        }

        return coordinates;
    }
}
