using System.Buffers.Binary;
using GeoOffer.PostGis;
using GeoOffer.Query.Catalogue;
using GeoOffer.Query.Crs;
using NetTopologySuite.Geometries;
using FlatGeobufColumn = GeoOffer.Storage.Importing.Reading.FlatGeobufs.FlatGeobufColumn;
using FlatGeobufType = GeoOffer.Storage.Importing.Reading.FlatGeobufs.FlatGeobufType;

namespace GeoOffer.Storage.Exporting.FlatGeobufs;

/// <summary>Writes the header of a FlatGeobuf (specification 3.0, header.fbs).</summary>
internal static class FlatGeobufHeader
{
    private const int Name = 0, Envelope = 1, Type = 2, Columns = 7, Count = 8, NodeSize = 9, System = 10, Title = 11, Description = 12;
    private const int ColumnName = 0, ColumnType = 1, ColumnTitle = 2, ColumnDescription = 3, ColumnNullable = 7, ColumnPrimaryKey = 9, ColumnMetadata = 10;
    private const int Organisation = 0, Code = 1, SystemName = 2, WellKnownText = 4;

    private const byte Reference = sizeof(uint);

    /// <summary>The header with its size in front.</summary>
    /// <param name="layer">What the features are of.</param>
    /// <param name="language">The language of titles.</param>
    /// <param name="count">The number of features.</param>
    /// <param name="extent">What they cover.</param>
    /// <param name="nodeSize">The members of a node of the index; 0 where there is none.</param>
    public static ReadOnlyMemory<byte> Write(ExportLayer layer, Language language, long count, in EwkbExtent extent, ushort nodeSize)
    {
        var buffer = new FlatBufferWriter();
        buffer.Begin();
        var header = buffer.BeginRoot(
        [
            Reference, extent.IsEmpty ? (byte)0 : Reference, sizeof(byte), 0, 0, 0, 0, Reference, sizeof(ulong), sizeof(ushort), Reference, Reference,
            Reference,
        ]);
        buffer.Field(header, Type)[0] = TypeOf(layer.Columns.Geometry?.Types ?? GeometryTypes.None);
        BinaryPrimitives.WriteUInt64LittleEndian(buffer.Field(header, Count), (ulong)count);
        BinaryPrimitives.WriteUInt16LittleEndian(buffer.Field(header, NodeSize), nodeSize);
        buffer.WriteText(header, Name, layer.Name);
        buffer.WriteText(header, Title, layer.Collection.Title.For(language));
        buffer.WriteText(header, Description, layer.Description(language));
        if (!extent.IsEmpty)
        {
            var box = buffer.WriteVector(header, Envelope, 4, sizeof(double));
            BinaryPrimitives.WriteDoubleLittleEndian(box, extent.MinX);
            BinaryPrimitives.WriteDoubleLittleEndian(box[sizeof(double)..], extent.MinY);
            BinaryPrimitives.WriteDoubleLittleEndian(box[(2 * sizeof(double))..], extent.MaxX);
            BinaryPrimitives.WriteDoubleLittleEndian(box[(3 * sizeof(double))..], extent.MaxY);
        }

        WriteSystem(buffer, header, layer.System);
        var properties = layer.Columns.Properties;
        var columns = buffer.WriteTables(header, Columns, properties.Length);
        for (var index = 0; index < properties.Length; index++)
        {
            buffer.ReferMember(columns, index, WriteColumn(buffer, properties[index], language, properties[index].Name == layer.Collection.Key.Name));
        }

        buffer.Finish();
        return buffer.Written;
    }

    private static int WriteColumn(FlatBufferWriter buffer, Property property, Language language, bool isKey)
    {
        var hasUnit = property.Unit is not null;
        var isDay = property.Type == PropertyType.Date;
        var column = buffer.BeginTable(
        [
            Reference, sizeof(byte), Reference, hasUnit ? Reference : (byte)0, 0, 0, 0, sizeof(byte), 0, sizeof(byte), isDay ? Reference : (byte)0,
        ]);
        buffer.Field(column, ColumnType)[0] = (byte)TypeOf(property.Type);
        buffer.Field(column, ColumnNullable)[0] = property.Nullable ? (byte)1 : (byte)0;
        buffer.Field(column, ColumnPrimaryKey)[0] = isKey ? (byte)1 : (byte)0;
        buffer.WriteText(column, ColumnName, property.Name);
        buffer.WriteText(column, ColumnTitle, property.Title.For(language));
        if (hasUnit)
        {
            buffer.WriteText(column, ColumnDescription, $"[{property.Unit}]");
        }

        if (isDay)
        {
            buffer.WriteText(column, ColumnMetadata, FlatGeobufColumn.DayMetadata);
        }

        return column;
    }

    private static void WriteSystem(FlatBufferWriter buffer, int header, ReferenceSystem system)
    {
        var table = buffer.BeginTable([Reference, sizeof(int), Reference, 0, Reference]);
        buffer.Refer(header, System, table);
        BinaryPrimitives.WriteInt32LittleEndian(buffer.Field(table, Code), system.Srid);
        buffer.WriteText(table, Organisation, "EPSG");
        buffer.WriteText(table, SystemName, CoordinateSystems.Get(system.Srid).Name);
        buffer.WriteText(table, WellKnownText, PublishedWellKnownText.Ogc(system.Srid));
    }

    private static FlatGeobufType TypeOf(PropertyType type) => type switch
    {
        PropertyType.Boolean => FlatGeobufType.Boolean,
        PropertyType.Integer => FlatGeobufType.Int64,
        PropertyType.Number => FlatGeobufType.Double,
        PropertyType.Timestamp => FlatGeobufType.Instant,
        PropertyType.TextArray => FlatGeobufType.Json,

        // A date is a text that the metadata of the column call one: the only type for time has a time of day, which a date does not have.
        PropertyType.Text or PropertyType.Date => FlatGeobufType.Text,
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, null),
    };

    /// <summary>The type of all geometries; 0 where each says its own.</summary>
    private static byte TypeOf(GeometryTypes types) => types switch
    {
        GeometryTypes.Point => (byte)OgcGeometryType.Point,
        GeometryTypes.LineString => (byte)OgcGeometryType.LineString,
        GeometryTypes.Polygon => (byte)OgcGeometryType.Polygon,
        GeometryTypes.MultiPoint => (byte)OgcGeometryType.MultiPoint,
        GeometryTypes.MultiLineString => (byte)OgcGeometryType.MultiLineString,
        GeometryTypes.MultiPolygon => (byte)OgcGeometryType.MultiPolygon,
        GeometryTypes.GeometryCollection => (byte)OgcGeometryType.GeometryCollection,
        _ => 0,
    };
}
