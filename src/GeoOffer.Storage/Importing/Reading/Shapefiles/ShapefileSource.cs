using System.Globalization;
using System.Runtime.CompilerServices;
using NetTopologySuite.Geometries;

namespace GeoOffer.Storage.Importing.Reading.Shapefiles;

/// <summary>A shapefile: shapes from the .shp, attributes from the .dbf beside it, record by record.</summary>
internal sealed class ShapefileSource : Source
{
    private readonly ShapefileParts _parts;
    private readonly ShapeIndex? _index;
    private readonly TableSurvey? _table;
    private readonly GeometryFactory _factory;
    private ShapeCursor? _shapes;

    private ShapefileSource(SourceDescription description, ShapefileParts parts, ShapeIndex? index, TableSurvey? table)
        : base(description)
    {
        (_parts, _index, _table) = (parts, index, table);
        _factory = new GeometryFactory(new PrecisionModel(), description.ReferenceSystem?.Srid ?? 0);
    }

    /// <inheritdoc />
    public override double? ShareRead => _shapes?.ShareRead;

    /// <summary>Opens a shapefile by its .shp; what lies beside it is found.</summary>
    /// <exception cref="UnreadableFileException">It is none, or damaged.</exception>
    /// <exception cref="ImportRequestException">There is no such encoding as the options state.</exception>
    public static async Task<ShapefileSource> OpenShapefileAsync(ImportFile file, SourceOptions options, CancellationToken cancellationToken)
    {
        var parts = ShapefileParts.Find(file);
        var index = await ShapeIndex.InspectAsync(parts.Index, cancellationToken);
        await using (await ShapeCursor.OpenAsync(parts, index, cancellationToken))
        {
        }

        var table = parts.Table is null ? null : await TableSurvey.MakeAsync(parts, options.Text.Encoding, cancellationToken);
        if (index is not null && table is not null && index.Count != table.Header.RecordCount)
        {
            throw Mismatch(index.Count, table.Header.RecordCount);
        }

        var wholeNames = await parts.ReadWholeNamesAsync(cancellationToken);
        var names = new UniqueNames();
        var description = new SourceDescription(SourceFormat.Shapefile)
        {
            Layer = parts.Name,
            Columns =
            [
                .. table?.Header.Fields.Select(field =>
                    field.Column with { Name = names.Take(wholeNames.GetValueOrDefault(field.Name, field.Name)) }) ?? [],
            ],
            ReferenceSystem = await ReadReferenceSystemAsync(parts, cancellationToken),
            Rows = table is null ? index?.Count : table.Header.RecordCount - table.Deleted,
            Notices =
            [
                .. table?.Notices ?? ["there is no .dbf beside the .shp: the shapes have no attributes"],
                .. parts.Index is not null && index is null ? ["the .shx is damaged, and was not used"] : Array.Empty<string>(),
            ],
        };
        return new ShapefileSource(description, parts, index, table);
    }

    /// <inheritdoc />
    public override async IAsyncEnumerable<SourceRow> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var shapes = await ShapeCursor.OpenAsync(_parts, _index, cancellationToken);
        await using var table = _table is null ? null : await TableCursor.OpenAsync(_parts.Table!, _table.Text.Encoding, cancellationToken);
        _shapes = shapes;
        var parser = new ShapeParser(_factory);
        var (number, record) = (0L, 0L);
        while (await shapes.MoveNextAsync(cancellationToken))
        {
            cancellationToken.ThrowIfCancellationRequested();
            record++;
            if (table is not null && !await table.MoveNextAsync(cancellationToken))
            {
                throw Mismatch(record, table.Header.RecordCount);
            }

            if (table is null || !TableSurvey.IsDeleted(table.Record))
            {
                number++;
                yield return ReadRow(number, record, shapes.Content, parser, table);
            }
        }

        if (table is not null && table.Number != table.Header.RecordCount)
        {
            throw Mismatch(record, table.Header.RecordCount);
        }

        NoticeDisoriented(parser.Disoriented);
    }

    private static UnreadableFileException Mismatch(long shapes, long records) => new(new FileFault(
        FileFaultCode.Structure,
        string.Create(CultureInfo.InvariantCulture, $"the .shp has {shapes} shapes or more, the .dbf {records} records: they do not belong together"),
        "copy .shp, .shx and .dbf of the same export; a .dbf that was edited apart from its .shp has lost its order"));

    private static async Task<StatedReferenceSystem?> ReadReferenceSystemAsync(ShapefileParts parts, CancellationToken cancellationToken)
    {
        var text = await ShapefileParts.ReadTextAsync(parts.Projection, cancellationToken);
        var coded = await ShapefileParts.ReadTextAsync(parts.CodedProjection, cancellationToken);
        if ((text ?? coded) is not { } stated)
        {
            return null;
        }

        return new StatedReferenceSystem(StatedWellKnownText.Name(stated), text is null ? ".qpj" : ".prj")
        {
            Srid = StatedWellKnownText.Srid(stated) ?? (coded is null ? null : StatedWellKnownText.Srid(coded)),
            WellKnownText = stated,
        };
    }

    private SourceRow ReadRow(long number, long record, ReadOnlySpan<byte> shape, ShapeParser parser, TableCursor? table)
    {
        var fault = parser.Read(shape, out var geometry);
        return new SourceRow(number, string.Create(CultureInfo.InvariantCulture, $"record {record}"), ReadFields(table))
        {
            CarriesGeometry = true,
            Columns = ColumnNames,
            Geometry = geometry,
            Fault = fault is null ? null : new SourceFault(
                RejectionCode.GeometryBroken, "geometry", null, $"the shape cannot be read: {fault}", "repair the shapefile where it is kept"),
        };
    }

    private SourceField[] ReadFields(TableCursor? table)
    {
        if (table is null)
        {
            return [];
        }

        var columns = table.Header.Fields;
        var fields = new SourceField[columns.Count];
        for (var i = 0; i < fields.Length; i++)
        {
            fields[i] = new SourceField(Description.Columns![i].Name, columns[i].Read(table.Record, _table!.Text));
        }

        return fields;
    }

    private void NoticeDisoriented(long count)
    {
        if (count > 0 && !Description.Notices.Any(notice => notice.EndsWith(DisorientedNotice, StringComparison.Ordinal)))
        {
            var notice = string.Create(CultureInfo.InvariantCulture, $"in {count} polygons {DisorientedNotice}");
            Description = Description with { Notices = [.. Description.Notices, notice] };
        }
    }

    private const string DisorientedNotice =
        "a ring inside another runs the same way round, which shapefiles do not have: it was taken as a hole";
}
