using System.Globalization;
using GeoOffer.PostGis;
using GeoOffer.Query.Catalogue;
using GeoOffer.Query.Crs;
using GeoOffer.Storage.Reading;
using static GeoOffer.Storage.Exporting.GeoPackages.GeoPackageFile;

namespace GeoOffer.Storage.Exporting.GeoPackages;

/// <summary>One collection in a GeoPackage: its table, what is said of it elsewhere, and its rows.</summary>
internal sealed class GeoPackageTable : IDisposable
{
    private readonly GeoPackageFile _file;
    private readonly ExportLayer _layer;
    private readonly Language _language;
    private readonly string _table;
    private readonly string _key;
    private readonly string _geometry;
    private readonly PropertyType[] _types;
    private readonly PreparedStatement _insert;
    private readonly GeoPackageIndex? _index;
    private readonly ByteOutput _scratch = new(Stream.Null);
    private EwkbExtent _extent = EwkbExtent.Empty;
    private long _rows;

    public GeoPackageTable(GeoPackageFile file, ExportLayer layer, Language language)
    {
        (_file, _layer, _language, _table) = (file, layer, language, layer.Name);
        _types = [.. layer.Columns.Properties.Select(property => property.Type)];
        _key = Free("fid");
        _geometry = Free("geom");
        Declare();
        var columns = layer.Columns.Properties.Select(property => Quote(property.Name)).Prepend(Quote(_key)).ToList();
        if (layer.Columns.Geometry is not null)
        {
            columns.Add(Quote(_geometry));
            _index = new GeoPackageIndex(file, IndexName);
        }

        _insert = file.Prepare(
            $"INSERT INTO {Quote(_table)} ({string.Join(", ", columns)}) VALUES ({string.Join(", ", columns.Select((_, index) => Parameter(index + 1)))})");
    }

    private string IndexName => $"rtree_{_table}_{_geometry}";

    /// <summary>Writes a row.</summary>
    public void Write(RecordCursor row)
    {
        _insert.Bind(1, ++_rows);
        for (var index = 0; index < _types.Length; index++)
        {
            if (!row.IsNull(index))
            {
                Bind(row, index);
            }
        }

        if (row.HasGeometry)
        {
            WriteGeometry(row.Geometry);
        }

        _insert.Run();
    }

    /// <summary>Says what was written, and makes the triggers that keep the index.</summary>
    public void Complete()
    {
        _file.Execute(
            "UPDATE gpkg_contents SET min_x = $2, min_y = $3, max_x = $4, max_y = $5 WHERE table_name = $1",
            _extent.IsEmpty ? [_table, null, null, null, null] : [_table, _extent.MinX, _extent.MinY, _extent.MaxX, _extent.MaxY]);
        if (_index is not null)
        {
            _index.Complete();
            _file.Execute(
                """
                INSERT INTO gpkg_extensions VALUES ($1, $2, 'gpkg_rtree_index', 'http://www.geopackage.org/spec120/#extension_rtree', 'write-only')
                """,
                _table,
                _geometry);
            _file.Execute(GeoPackageTriggers.Of(_table, _geometry, _key, IndexName));
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _insert.Dispose();
        _index?.Dispose();
    }

    private void Declare()
    {
        var columns = _layer.Columns.Properties.Select(property =>
            $", {Quote(property.Name)} {TypeOf(property.Type)}{(property.Nullable ? "" : " NOT NULL")}");
        var geometry = _layer.Columns.Geometry is { } stored ? $", {Quote(_geometry)} {TypeOf(stored.Types)}" : "";
        _file.Execute($"CREATE TABLE {Quote(_table)} ({Quote(_key)} INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL{geometry}{string.Concat(columns)})");
        foreach (var srid in new[] { CoordinateSystems.Crs84.Srid, _layer.System.Srid }.Distinct())
        {
            _file.Execute(
                "INSERT OR IGNORE INTO gpkg_spatial_ref_sys VALUES ($1, $2, 'EPSG', $2, $3, NULL)",
                CoordinateSystems.Get(srid).Name,
                srid,
                PublishedWellKnownText.Ogc(srid));
        }

        var collection = _layer.Collection;
        _file.Execute(
            """
            INSERT INTO gpkg_contents (table_name, data_type, identifier, description, srs_id)
            VALUES ($1, $2, CASE WHEN EXISTS (SELECT 1 FROM gpkg_contents WHERE identifier = $3) THEN $1 ELSE $3 END, $4, $5)
            """,
            _table,
            _layer.Columns.Geometry is null ? "attributes" : "features",
            collection.Title.For(_language),
            _layer.Description(_language),
            _layer.System.Srid);
        if (_layer.Columns.Geometry is { } column)
        {
            _file.Execute(
                "INSERT INTO gpkg_geometry_columns VALUES ($1, $2, $3, $4, 0, 0)", _table, _geometry, TypeOf(column.Types), _layer.System.Srid);
        }

        foreach (var property in _layer.Columns.Properties)
        {
            Declare(property);
        }
    }

    private void Declare(Property property)
    {
        var codes = property.Type == PropertyType.Text ? property.CodeList : null;
        _file.Execute(
            "INSERT INTO gpkg_data_columns VALUES ($1, $2, $2, $3, $4, $5, $6)",
            _table,
            property.Name,
            property.Title.For(_language),
            property.Unit is null ? null : $"[{property.Unit}]",
            property.Type == PropertyType.TextArray ? "application/json" : null,
            codes?.Name);
        foreach (var entry in codes?.Entries ?? [])
        {
            _file.Execute(
                "INSERT OR IGNORE INTO gpkg_data_column_constraints (constraint_name, constraint_type, value, description) VALUES ($1, 'enum', $2, $3)",
                codes!.Name,
                entry.Code,
                entry.Title.For(_language));
        }
    }

    private void Bind(RecordCursor row, int index)
    {
        // The first parameter is the key.
        var parameter = index + 2;
        switch (_types[index])
        {
            case PropertyType.Text:
                _insert.BindText(parameter, row.GetText(index));
                break;
            case PropertyType.Integer:
                _insert.Bind(parameter, row.GetInteger(index));
                break;
            case PropertyType.Number:
                _insert.Bind(parameter, row.GetNumber(index));
                break;
            case PropertyType.Boolean:
                _insert.Bind(parameter, row.GetBoolean(index) ? 1 : 0);
                break;
            case PropertyType.Date:
                _scratch.WriteDate(row.GetDate(index) ?? throw _layer.BeyondTime(row, index));
                BindScratch(parameter);
                break;
            case PropertyType.Timestamp:
                _scratch.WriteInstantOfGeoPackage(row.GetTimestamp(index) ?? throw _layer.BeyondTime(row, index));
                BindScratch(parameter);
                break;
            case PropertyType.TextArray:
                JsonFeatures.WriteArray(_scratch, row.GetTexts(index));
                BindScratch(parameter);
                break;
            case var type:
                throw new InvalidOperationException($"A column of type {type} cannot be written.");
        }
    }

    private void BindScratch(int parameter)
    {
        _insert.BindText(parameter, _scratch.Written);
        _scratch.Clear();
    }

    private void WriteGeometry(ReadOnlySpan<byte> ewkb)
    {
        var extent = EwkbExtent.Of(ewkb);
        GeoPackageGeometry.Write(ewkb, extent, _layer.System.Srid, _scratch);
        _insert.BindBytes(_types.Length + 2, _scratch.Written);
        _scratch.Clear();
        if (extent.IsEmpty)
        {
            return;
        }

        _extent = _extent.With(extent);
        _index!.Add(_rows, extent);
    }

    /// <summary>A name that no property has.</summary>
    private string Free(string name)
    {
        var free = name;
        for (var number = 1; _layer.Columns.Properties.Any(property => property.Name.Equals(free, StringComparison.OrdinalIgnoreCase)); number++)
        {
            free = string.Create(CultureInfo.InvariantCulture, $"{name}_{number}");
        }

        return free;
    }

    private static string Parameter(int number) => string.Create(CultureInfo.InvariantCulture, $"?{number}");

    private static string TypeOf(PropertyType type) => type switch
    {
        PropertyType.Text or PropertyType.TextArray => "TEXT",
        PropertyType.Integer => "INTEGER",
        PropertyType.Number => "REAL",
        PropertyType.Boolean => "BOOLEAN",
        PropertyType.Date => "DATE",
        PropertyType.Timestamp => "DATETIME",
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, null),
    };

    private static string TypeOf(GeometryTypes types) => types switch
    {
        GeometryTypes.Point => "POINT",
        GeometryTypes.LineString => "LINESTRING",
        GeometryTypes.Polygon => "POLYGON",
        GeometryTypes.MultiPoint => "MULTIPOINT",
        GeometryTypes.MultiLineString => "MULTILINESTRING",
        GeometryTypes.MultiPolygon => "MULTIPOLYGON",
        _ => "GEOMETRY",
    };
}
