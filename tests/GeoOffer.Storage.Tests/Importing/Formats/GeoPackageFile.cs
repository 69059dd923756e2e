using System.Buffers.Binary;
using GeoOffer.Storage.Importing;
using Microsoft.Data.Sqlite;
using NetTopologySuite.IO;

namespace GeoOffer.Storage.Tests.Importing.Formats;

/// <summary>A GeoPackage in a folder of its own, made table by table.</summary>
internal sealed class GeoPackageFile : IDisposable
{
    private const string Core = """
        CREATE TABLE gpkg_spatial_ref_sys (srs_name TEXT, srs_id INTEGER PRIMARY KEY, organization TEXT, organization_coordsys_id INTEGER, definition TEXT, description TEXT);
        CREATE TABLE gpkg_contents (table_name TEXT PRIMARY KEY, data_type TEXT, identifier TEXT, srs_id INTEGER);
        CREATE TABLE gpkg_geometry_columns (table_name TEXT, column_name TEXT, geometry_type_name TEXT, srs_id INTEGER, z TINYINT, m TINYINT);
        INSERT INTO gpkg_spatial_ref_sys VALUES
          ('Undefined Cartesian', -1, 'NONE', -1, 'undefined', NULL), ('Undefined geographic', 0, 'NONE', 0, 'undefined', NULL),
          ('WGS 84 / UTM zone 32N', 32632, 'EPSG', 32632, 'PROJCS["WGS 84 / UTM zone 32N"]', NULL), ('Local', 99, 'own', 7, 'LOCAL_CS["Local"]', NULL);
        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("geooffer-test-");

    public GeoPackageFile(string name = "test.gpkg")
    {
        Path = System.IO.Path.Combine(_folder.FullName, name);
        Execute(Core);
    }

    public string Path { get; }

    public ImportFile File => ImportFile.FromPath(Path);

    public byte[] Bytes => System.IO.File.ReadAllBytes(Path);

    public string Folder => _folder.FullName;

    public void Dispose() => _folder.Delete(recursive: true);

    /// <summary>A blob as the standard has it.</summary>
    public static byte[] Blob(string wkt, int systemId = 32632, int envelope = 0, bool isBigEndian = false)
    {
        var geometry = new WKTReader().Read(wkt);
        var order = isBigEndian ? ByteOrder.BigEndian : ByteOrder.LittleEndian;
        return Blob(new WKBWriter(order, handleSRID: false, emitZ: true, emitM: true).Write(geometry), systemId, envelope, isBigEndian);
    }

    public static byte[] Blob(byte[] wellKnownBinary, int systemId = 32632, int envelope = 0, bool isBigEndian = false)
    {
        var header = new byte[8 + (envelope switch { 0 => 0, 1 => 32, 4 => 64, _ => 48 })];
        (header[0], header[1], header[3]) = ((byte)'G', (byte)'P', (byte)((envelope << 1) | (isBigEndian ? 0 : 1)));
        if (isBigEndian)
        {
            BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), systemId);
        }
        else
        {
            BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(4), systemId);
        }

        return [.. header, .. wellKnownBinary];
    }

    /// <summary>Registers a table of features, or of attributes where it has no geometry.</summary>
    public void Register(string table, string? geometryColumn = "geom", int systemId = 32632, string? title = null)
    {
        Execute("INSERT INTO gpkg_contents VALUES ($0, $1, $2, $3)", table, geometryColumn is null ? "attributes" : "features", title ?? table, systemId);
        if (geometryColumn is not null)
        {
            Execute("INSERT INTO gpkg_geometry_columns VALUES ($0, $1, 'GEOMETRY', $2, 2, 2)", table, geometryColumn, systemId);
        }
    }

    /// <summary>Executes statements with parameters $0, $1 and so on.</summary>
    public void Execute(string sql, params IReadOnlyList<object?> values)
    {
        using var connection = new SqliteConnection($"Data Source={Path};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        for (var i = 0; i < values.Count; i++)
        {
            command.Parameters.AddWithValue($"${i}", values[i] ?? DBNull.Value);
        }

        command.ExecuteNonQuery();
    }
}
