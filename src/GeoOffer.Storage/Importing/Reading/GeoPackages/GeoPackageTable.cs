namespace GeoOffer.Storage.Importing.Reading.GeoPackages;

/// <summary>A table of features or attributes (12-128r18, 2.1 and 2.4), and what the GeoPackage says of it.</summary>
/// <param name="Name">Its name.</param>
internal sealed record GeoPackageTable(string Name)
{
    /// <summary>The column that is a whole number and the primary key; null when there is none.</summary>
    public string? KeyColumn { get; private init; }

    /// <summary>The column of geometries; null for a table of attributes.</summary>
    public string? GeometryColumn { get; private init; }

    /// <summary>The identifier that geometries state for their reference system; null when they need not.</summary>
    public long? SystemId { get; private init; }

    /// <summary>The other columns.</summary>
    public IReadOnlyList<GeoPackageColumn> Columns { get; private init; } = [];

    /// <summary>The names of columns of bytes, which are not read.</summary>
    public IReadOnlyList<string> LeftOut { get; private init; } = [];

    /// <summary>The query for its rows: key, geometry, the other columns, and a number, so that there is something to select.</summary>
    public string Query
    {
        get
        {
            string[] names = [.. One(KeyColumn), .. One(GeometryColumn), .. Columns.Select(column => column.Column.Name)];
            return $"SELECT {string.Concat(names.Select(name => GeoPackageDatabase.Quote(name) + ", "))}1 FROM {GeoPackageDatabase.Quote(Name)}";
        }
    }

    /// <summary>Reads what the GeoPackage says of a table.</summary>
    /// <exception cref="UnreadableFileException">The table is not there, or damaged.</exception>
    public static async Task<GeoPackageTable> DescribeAsync(
        GeoPackageDatabase database, string name, bool hasFeatures, CancellationToken cancellationToken)
    {
        var (geometry, systemId) = hasFeatures ? await ReadGeometryColumnAsync(database, name, cancellationToken) : (null, null);
        var notes = await ReadNotesAsync(database, name, cancellationToken);
        List<GeoPackageColumn> columns = [];
        List<string> leftOut = [], keys = [];
        var isGeometryThere = false;
        await using (var rows = await database.QueryAsync("SELECT name, type, pk, hidden FROM pragma_table_xinfo($p)", name, cancellationToken))
        {
            while (await rows.MoveNextAsync(cancellationToken))
            {
                if (rows.Text(0) is not { Length: > 0 } column || rows.Integer(3) == 1)
                {
                    continue;
                }

                var type = GeoPackageColumn.TypeOf(rows.Text(1) ?? "");
                if (column.Equals(geometry, StringComparison.OrdinalIgnoreCase))
                {
                    isGeometryThere = true;
                }
                else if (rows.Integer(2) > 0 && type == SourceColumnType.Integer)
                {
                    keys.Add(column);
                }
                else if (type is { } known)
                {
                    var (title, isJson) = notes.GetValueOrDefault(column);
                    columns.Add(new GeoPackageColumn(new SourceColumn(column, isJson ? SourceColumnType.Json : known) { Title = title }));
                }
                else
                {
                    leftOut.Add(column);
                }
            }
        }

        if (columns.Count + leftOut.Count + keys.Count == 0 || (hasFeatures && !isGeometryThere))
        {
            throw new UnreadableFileException(new FileFault(
                FileFaultCode.Structure,
                $"the GeoPackage names a layer {MessageText.Shorten(name)}, and has no such table{(hasFeatures ? " with a geometry" : "")}",
                "export it again"));
        }

        return new GeoPackageTable(name)
        {
            KeyColumn = keys is [var key] ? key : null,
            GeometryColumn = geometry,
            SystemId = systemId,
            Columns = [.. keys.Count > 1 ? keys.Select(KeyPart) : [], .. columns],
            LeftOut = leftOut,
        };
    }

    private static GeoPackageColumn KeyPart(string name) => new(new SourceColumn(name, SourceColumnType.Integer));

    private static IEnumerable<string> One(string? name) => name is null ? [] : [name];

    private static async Task<(string? Column, long? SystemId)> ReadGeometryColumnAsync(
        GeoPackageDatabase database, string table, CancellationToken cancellationToken)
    {
        await using var rows = await database.QueryAsync(
            "SELECT column_name, srs_id FROM gpkg_geometry_columns WHERE lower(table_name) = lower($p)", table, cancellationToken);
        return await rows.MoveNextAsync(cancellationToken) ? (rows.Text(0) ?? "", rows.Integer(1)) : ("", null);
    }

    /// <summary>Titles, and which columns hold JSON, by column (12-128r18, F.8).</summary>
    private static async Task<Dictionary<string, (string? Title, bool IsJson)>> ReadNotesAsync(
        GeoPackageDatabase database, string table, CancellationToken cancellationToken)
    {
        var notes = new Dictionary<string, (string?, bool)>(StringComparer.OrdinalIgnoreCase);
        if (!await GeoPackageContents.HasTableAsync(database, "gpkg_data_columns", cancellationToken))
        {
            return notes;
        }

        await using var rows = await database.QueryAsync(
            "SELECT column_name, title, mime_type FROM gpkg_data_columns WHERE lower(table_name) = lower($p)", table, cancellationToken);
        while (await rows.MoveNextAsync(cancellationToken))
        {
            if (rows.Text(0) is { } column)
            {
                notes[column] = (SourceValue.OfText(rows.Text(1) ?? "").Text, rows.Text(2) == "application/json");
            }
        }

        return notes;
    }
}
