using System.Buffers.Binary;
using GeoOffer.PostGis;
using GeoOffer.Query.Catalogue;
using GeoOffer.Storage.Reading;
using NetTopologySuite.Geometries;

namespace GeoOffer.Storage.Exporting.FlatGeobufs;

/// <summary>
/// Writes rows as features of a FlatGeobuf (specification 3.0, feature.fbs), in two dimensions. Members of geometries that are empty are left
/// out, since readers take them for damage.
/// </summary>
internal sealed class FlatGeobufFeature(ExportLayer layer)
{
    private const int GeometryField = 0, PropertiesField = 1;
    private const int EndsField = 0, PositionsField = 1, TypeField = 6, PartsField = 7;

    private readonly FlatBufferWriter _buffer = new();
    private readonly ByteOutput _properties = new(Stream.Null);
    private readonly PropertyType[] _types = [.. layer.Columns.Properties.Select(property => property.Type)];

    /// <summary>The feature with its size in front, until the next is written. What is empty has no geometry.</summary>
    public ReadOnlyMemory<byte> Write(RecordCursor row, bool hasGeometry)
    {
        _properties.Clear();
        for (var index = 0; index < _types.Length; index++)
        {
            if (!row.IsNull(index))
            {
                WriteProperty(row, index);
            }
        }

        _buffer.Begin();
        var feature = _buffer.BeginRoot([hasGeometry ? (byte)sizeof(uint) : (byte)0, sizeof(uint)]);
        _properties.Written.CopyTo(_buffer.WriteVector(feature, PropertiesField, _properties.Written.Length, sizeof(byte)));
        if (hasGeometry)
        {
            var cursor = new EwkbCursor(row.Geometry);
            _buffer.Refer(feature, GeometryField, WriteGeometry(ref cursor));
        }

        _buffer.Finish();
        return _buffer.Written;
    }

    private int WriteGeometry(ref EwkbCursor cursor)
    {
        var header = cursor.ReadHeader();
        return header.Type switch
        {
            OgcGeometryType.MultiPolygon or OgcGeometryType.GeometryCollection => WriteParts(ref cursor, header.Type),
            _ => WritePositions(ref cursor, header),
        };
    }

    private int WriteParts(ref EwkbCursor cursor, OgcGeometryType type)
    {
        var table = _buffer.BeginTable([0, 0, 0, 0, 0, 0, sizeof(byte), sizeof(uint)]);
        _buffer.Field(table, TypeField)[0] = (byte)type;
        var members = cursor.ReadMemberCount();
        var full = 0;
        var ahead = cursor;
        for (var member = 0; member < members; member++)
        {
            full += Count(ref ahead, ahead.ReadHeader()).Positions > 0 ? 1 : 0;
        }

        var parts = _buffer.WriteTables(table, PartsField, full);
        for (var part = 0; part < full;)
        {
            ahead = cursor;
            if (Count(ref ahead, ahead.ReadHeader()).Positions > 0)
            {
                _buffer.ReferMember(parts, part++, WriteGeometry(ref cursor));
            }

            cursor = ahead;
        }

        return table;
    }

    /// <summary>A geometry whose positions stand in one run; where there are several lines or rings, so do the places where they end.</summary>
    private int WritePositions(ref EwkbCursor cursor, EwkbHeader header)
    {
        var ahead = cursor;
        var (runs, count) = Count(ref ahead, header);
        var hasEnds = runs > 1 || header.Type == OgcGeometryType.MultiLineString;
        var table = _buffer.BeginTable([hasEnds ? (byte)sizeof(uint) : (byte)0, sizeof(uint), 0, 0, 0, 0, sizeof(byte)]);
        _buffer.Field(table, TypeField)[0] = (byte)header.Type;
        if (hasEnds)
        {
            ahead = cursor;
            WriteEnds(ref ahead, header, _buffer.WriteVector(table, EndsField, runs, sizeof(uint)));
        }

        WritePositions(ref cursor, header, _buffer.WriteVector(table, PositionsField, 2 * count, sizeof(double)));
        return table;
    }

    /// <summary>The lines or rings that have positions, and the positions of all.</summary>
    private static (int Runs, int Positions) Count(ref EwkbCursor cursor, EwkbHeader header)
    {
        var (runs, positions) = (0, 0);
        switch (header.Type)
        {
            case OgcGeometryType.Point:
                return (1, cursor.ReadPoint(header).Count);
            case OgcGeometryType.LineString:
                return (1, cursor.ReadPositions(header).Count);
            case OgcGeometryType.Polygon:
                for (var rings = cursor.ReadRingCount(); rings > 0; rings--)
                {
                    Add(cursor.ReadPositions(header).Count);
                }

                break;
            default:
                for (var members = cursor.ReadMemberCount(); members > 0; members--)
                {
                    Add(Count(ref cursor, cursor.ReadHeader()).Positions);
                }

                break;
        }

        return (header.Type == OgcGeometryType.MultiPoint ? 1 : runs, positions);

        void Add(int count)
        {
            runs += count > 0 ? 1 : 0;
            positions += count;
        }
    }

    private static void WriteEnds(ref EwkbCursor cursor, EwkbHeader header, Span<byte> ends)
    {
        var isPolygon = header.Type == OgcGeometryType.Polygon;
        var end = 0;
        for (var runs = isPolygon ? cursor.ReadRingCount() : cursor.ReadMemberCount(); runs > 0; runs--)
        {
            var count = cursor.ReadPositions(isPolygon ? header : cursor.ReadHeader()).Count;
            if (count > 0)
            {
                end += count;
                BinaryPrimitives.WriteUInt32LittleEndian(ends, (uint)end);
                ends = ends[sizeof(uint)..];
            }
        }
    }

    /// <summary>Writes the positions of a geometry and returns how many bytes they take.</summary>
    private static int WritePositions(ref EwkbCursor cursor, EwkbHeader header, Span<byte> destination)
    {
        var written = 0;
        switch (header.Type)
        {
            case OgcGeometryType.Point:
                return Write(cursor.ReadPoint(header), destination);
            case OgcGeometryType.LineString:
                return Write(cursor.ReadPositions(header), destination);
            case OgcGeometryType.Polygon:
                for (var rings = cursor.ReadRingCount(); rings > 0; rings--)
                {
                    written += Write(cursor.ReadPositions(header), destination[written..]);
                }

                return written;
            default:
                for (var members = cursor.ReadMemberCount(); members > 0; members--)
                {
                    written += WritePositions(ref cursor, cursor.ReadHeader(), destination[written..]);
                }

                return written;
        }
    }

    private static int Write(EwkbPositions positions, Span<byte> destination)
    {
        for (var index = 0; index < positions.Count; index++)
        {
            var position = destination[(index * 2 * sizeof(double))..];
            BinaryPrimitives.WriteDoubleLittleEndian(position, positions.X(index));
            BinaryPrimitives.WriteDoubleLittleEndian(position[sizeof(double)..], positions.Y(index));
        }

        return positions.Count * 2 * sizeof(double);
    }

    private void WriteProperty(RecordCursor row, int index)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(_properties.Reserve(sizeof(ushort)), (ushort)index);
        _properties.Advance(sizeof(ushort));
        switch (_types[index])
        {
            case PropertyType.Boolean:
                _properties.Write(row.GetBoolean(index) ? (byte)1 : (byte)0);
                break;
            case PropertyType.Integer:
                BinaryPrimitives.WriteInt64LittleEndian(_properties.Reserve(sizeof(long)), row.GetInteger(index));
                _properties.Advance(sizeof(long));
                break;
            case PropertyType.Number:
                BinaryPrimitives.WriteDoubleLittleEndian(_properties.Reserve(sizeof(double)), row.GetNumber(index));
                _properties.Advance(sizeof(double));
                break;
            default:
                WriteText(row, index);
                break;
        }
    }

    /// <summary>A text with its length in front, which is known only afterwards.</summary>
    private void WriteText(RecordCursor row, int index)
    {
        var start = _properties.Written.Length;
        _properties.Write([0, 0, 0, 0]);
        switch (_types[index])
        {
            case PropertyType.Text:
                _properties.Write(row.GetText(index));
                break;
            case PropertyType.Date:
                _properties.WriteDate(row.GetDate(index) ?? throw layer.BeyondTime(row, index));
                break;
            case PropertyType.Timestamp:
                _properties.WriteInstant(row.GetTimestamp(index) ?? throw layer.BeyondTime(row, index));
                break;
            case PropertyType.TextArray:
                JsonFeatures.WriteArray(_properties, row.GetTexts(index));
                break;
            case var type:
                throw new InvalidOperationException($"A column of type {type} cannot be written.");
        }

        BinaryPrimitives.WriteUInt32LittleEndian(_properties.At(start), (uint)(_properties.Written.Length - start - sizeof(uint)));
    }
}
