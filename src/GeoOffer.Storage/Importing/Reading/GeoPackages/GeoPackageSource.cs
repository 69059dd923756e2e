using System.Globalization;
using System.Runtime.CompilerServices;
using SQLitePCL;

namespace GeoOffer.Storage.Importing.Reading.GeoPackages;

/// <summary>A table of a GeoPackage, row by row.</summary>
internal sealed class GeoPackageSource : Source
{
    private const string OtherSystemNotice = "geometries state another reference system than their table: that of the table was taken";

    private readonly GeoPackageDatabase _database;
    private readonly GeoPackageTable _table;
    private long _rowsRead;

    private GeoPackageSource(SourceDescription description, GeoPackageDatabase database, GeoPackageTable table)
        : base(description) => (_database, _table) = (database, table);

    /// <inheritdoc />
    public override double? ShareRead => Description.Rows is > 0 and var rows ? Math.Min(1, (double)_rowsRead / rows) : null;

    /// <summary>Opens a GeoPackage at the table that the options name, or at its only one.</summary>
    /// <exception cref="UnreadableFileException">It is none, or damaged, or holds several tables.</exception>
    public static async Task<GeoPackageSource> OpenGeoPackageAsync(ImportFile file, SourceOptions options, CancellationToken cancellationToken)
    {
        var database = await GeoPackageDatabase.OpenAsync(file, cancellationToken);
        try
        {
            var (name, hasFeatures) = await GeoPackageContents.ChooseAsync(database, options.Layer, cancellationToken);
            var table = await GeoPackageTable.DescribeAsync(database, name, hasFeatures, cancellationToken);
            var description = new SourceDescription(SourceFormat.GeoPackage)
            {
                Layer = name,
                Columns = [.. table.Columns.Select(column => column.Column)],
                ReferenceSystem = await GeoPackageContents.ReadReferenceSystemAsync(database, table.SystemId, cancellationToken),
                Rows = await GeoPackageContents.ReadCountAsync(database, name, cancellationToken),
                Notices = table.LeftOut.Count == 0
                    ? []
                    : [$"columns of bytes are left out: {MessageText.Shorten(string.Join(", ", table.LeftOut))}"],
            };
            return new GeoPackageSource(description, database, table);
        }
        catch
        {
            await database.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc />
    public override async IAsyncEnumerable<SourceRow> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var geometries = new GeoPackageGeometry(Description.ReferenceSystem?.Srid ?? 0);
        long others = 0;
        _rowsRead = 0;
        await using var rows = await _database.QueryAsync(_table.Query, null, cancellationToken);
        while (await rows.MoveNextAsync(cancellationToken))
        {
            cancellationToken.ThrowIfCancellationRequested();
            _rowsRead++;
            yield return ReadRow(rows, geometries, ref others);
        }

        if (others > 0 && !Description.Notices.Any(notice => notice.EndsWith(OtherSystemNotice, StringComparison.Ordinal)))
        {
            Description = Description with
            {
                Notices = [.. Description.Notices, string.Create(CultureInfo.InvariantCulture, $"{others} {OtherSystemNotice}")],
            };
        }
    }

    /// <inheritdoc />
    public override async ValueTask DisposeAsync()
    {
        await _database.DisposeAsync();
        await base.DisposeAsync();
    }

    private SourceRow ReadRow(GeoPackageRows rows, GeoPackageGeometry geometries, ref long others)
    {
        var next = 0;
        var key = _table.KeyColumn is null ? null : rows.Text(next++);
        string? fault = null;
        NetTopologySuite.Geometries.Geometry? geometry = null;
        if (_table.GeometryColumn is not null)
        {
            if (raw.sqlite3_column_type(rows.Row, next) != raw.SQLITE_NULL)
            {
                fault = geometries.Read(raw.sqlite3_column_blob(rows.Row, next), out geometry);
                others += geometry is not null && geometries.SystemId > 0 && geometries.SystemId != _table.SystemId ? 1 : 0;
            }

            next++;
        }

        var fields = new SourceField[_table.Columns.Count];
        for (var i = 0; i < fields.Length; i++)
        {
            fields[i] = new SourceField(_table.Columns[i].Column.Name, _table.Columns[i].Read(rows.Row, next + i));
        }

        var place = key is null ? string.Create(CultureInfo.InvariantCulture, $"row {_rowsRead}") : $"{_table.KeyColumn} {key}";
        return new SourceRow(_rowsRead, place, fields)
        {
            Id = key,
            Columns = ColumnNames,
            CarriesGeometry = _table.GeometryColumn is not null,
            Geometry = geometry,
            Fault = fault is null ? null : GeometryFault.Of(fault),
        };
    }
}
