using System.Globalization;

namespace GeoOffer.Storage.Importing.Reading.FlatGeobufs;

/// <summary>The header of a FlatGeobuf (specification 3.0, header.fbs).</summary>
internal sealed record FlatGeobufHeader
{
    private const int EntryLength = 40;
    private const int MostColumns = 10_000;
    private const ushort DefaultNodeSize = 16;

    private static readonly (int Name, int GeometryType, int Columns, int FeatureCount, int IndexNodeSize, int ReferenceSystem) Fields = (0, 2, 7, 8, 9, 10);

    private static readonly (int Name, int Type, int Title, int Metadata) ColumnFields = (0, 1, 2, 10);

    private static readonly (int Organisation, int Code, int Name, int Definition) ReferenceSystemFields = (0, 1, 2, 4);

    /// <summary>The name of the layer; null when it has none.</summary>
    public string? Name { get; private init; }

    /// <summary>The type of all geometries; 0 when each states its own.</summary>
    public byte GeometryType { get; private init; }

    /// <summary>The columns.</summary>
    public IReadOnlyList<FlatGeobufColumn> Columns { get; private init; } = [];

    /// <summary>The number of features; 0 when it is not known.</summary>
    public ulong FeatureCount { get; private init; }

    /// <summary>The length of the index between header and features, in bytes.</summary>
    public UInt128 IndexLength { get; private init; }

    /// <summary>The reference system; null when none is stated.</summary>
    public StatedReferenceSystem? ReferenceSystem { get; private init; }

    /// <summary>Reads a header.</summary>
    /// <exception cref="FlatBufferException">It is damaged.</exception>
    public static FlatGeobufHeader Read(ReadOnlySpan<byte> bytes)
    {
        var table = FlatTable.Root(bytes);
        var count = table.UInt64(Fields.FeatureCount);
        return new FlatGeobufHeader
        {
            Name = table.Text(Fields.Name),
            GeometryType = table.Byte(Fields.GeometryType),
            Columns = ReadColumns(table),
            FeatureCount = count,
            IndexLength = MeasureIndex(count, table.UInt16(Fields.IndexNodeSize, DefaultNodeSize)),
            ReferenceSystem = table.TryTable(Fields.ReferenceSystem, out var system) ? ReadReferenceSystem(system) : null,
        };
    }

    private static FlatGeobufColumn[] ReadColumns(FlatTable table)
    {
        var count = table.TableCount(Fields.Columns);
        var columns = count <= MostColumns ? new FlatGeobufColumn[count] : throw new FlatBufferException("the columns are too many");
        var names = new UniqueNames();
        for (var i = 0; i < columns.Length; i++)
        {
            var column = table.TableAt(Fields.Columns, i);
            var type = (FlatGeobufType)column.Byte(ColumnFields.Type);
            if (type > FlatGeobufType.Bytes)
            {
                throw new FlatBufferException("a column is of no known type");
            }

            var name = column.Text(ColumnFields.Name) ?? string.Create(CultureInfo.InvariantCulture, $"column {i + 1}");
            var isDay = type == FlatGeobufType.Text && column.Text(ColumnFields.Metadata) == FlatGeobufColumn.DayMetadata;
            columns[i] = new FlatGeobufColumn(names.Take(name), column.Text(ColumnFields.Title), type, isDay);
        }

        return columns;
    }

    /// <summary>A packed R-tree: the features, then the nodes above them, level by level up to the root.</summary>
    private static UInt128 MeasureIndex(ulong featureCount, ushort nodeSize)
    {
        if (featureCount == 0 || nodeSize < 2)
        {
            return 0;
        }

        UInt128 level = featureCount, nodes = featureCount;
        do
        {
            level = (level + nodeSize - 1) / nodeSize;
            nodes += level;
        }
        while (level > 1);

        return nodes * EntryLength;
    }

    private static StatedReferenceSystem? ReadReferenceSystem(FlatTable table)
    {
        var organisation = table.Text(ReferenceSystemFields.Organisation) ?? "EPSG";
        var code = table.Int32(ReferenceSystemFields.Code);
        var definition = table.Text(ReferenceSystemFields.Definition);
        var name = table.Text(ReferenceSystemFields.Name)
            ?? (definition is not null ? StatedWellKnownText.Name(definition)
                : code > 0 ? string.Create(CultureInfo.InvariantCulture, $"{organisation}:{code}")
                : null);
        return name is null ? null : new StatedReferenceSystem(MessageText.Shorten(name), "header")
        {
            Srid = code > 0 && organisation.Equals("EPSG", StringComparison.OrdinalIgnoreCase) ? code : null,
            WellKnownText = definition,
        };
    }
}
