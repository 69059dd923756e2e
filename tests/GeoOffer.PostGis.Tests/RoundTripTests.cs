using System.Data;
using FsCheck;
using FsCheck.Fluent;
using NetTopologySuite;
using NetTopologySuite.Geometries;
using NetTopologySuite.IO;
using Npgsql;
using NpgsqlTypes;

namespace GeoOffer.PostGis.Tests;

public sealed class RoundTripTests(PostGisDatabase cluster)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string> Samples =>
    [
        "POINT (9.19 45.4642)", "LINESTRING (0 0, 1 1, 2 0)", "POLYGON ((0 0, 10 0, 10 10, 0 10, 0 0), (1 1, 1 2, 2 2, 2 1, 1 1))",
        "MULTIPOINT ((0 0), (1 1))", "MULTILINESTRING ((0 0, 1 1), (2 2, 3 3))",
        "MULTIPOLYGON (((0 0, 1 0, 1 1, 0 0)), ((5 5, 6 5, 6 6, 5 5)))",
        "GEOMETRYCOLLECTION (POINT (1 2), LINESTRING (0 0, 1 1), GEOMETRYCOLLECTION (POINT (3 4)))",
        "POINT EMPTY", "LINESTRING EMPTY", "POLYGON EMPTY", "MULTIPOINT EMPTY", "MULTILINESTRING EMPTY", "MULTIPOLYGON EMPTY",
        "GEOMETRYCOLLECTION EMPTY", "MULTIPOINT (EMPTY, (1 1))", "GEOMETRYCOLLECTION (POLYGON EMPTY, POINT (1 1))",
        "POINT Z (1 2 3)", "POINT M (1 2 4)", "POINT ZM (1 2 3 4)", "LINESTRING Z (0 0 1, 1 1 2)",
        "POLYGON ZM ((0 0 1 5, 1 0 2 6, 1 1 3 7, 0 0 1 5))",
        "MULTIPOINT M ((1 2 3), (4 5 6))",
    ];

    [Theory]
    [MemberData(nameof(Samples))]
    public async Task PostGisAndNetTopologySuiteSeeTheSameGeometry(string wkt)
    {
        await using var command = cluster.DataSource.CreateCommand(
            "SELECT ST_GeomFromText($1, 32632), ST_AsEWKB(ST_GeomFromText($1, 32632)), ST_AsEWKB($2)");
        var sent = new WKTReader().Read(wkt);
        sent.SRID = 32632;
        command.Parameters.Add(new() { Value = wkt });
        command.Parameters.Add(new() { Value = sent });
        await using var reader = await command.ExecuteReaderAsync(Cancellation);
        Assert.True(await reader.ReadAsync(Cancellation));

        var read = await reader.GetFieldValueAsync<Geometry>(0, Cancellation);
        var ewkb = reader.GetFieldValue<byte[]>(1);
        Assert.Equal(32632, read.SRID);
        Assert.Equal(sent.GetType(), read.GetType());
        Assert.True(sent.EqualsExact(read), $"{sent} became {read}");
        Assert.Equal(ewkb, reader.GetFieldValue<byte[]>(2));
        Assert.Equal(ewkb, reader.GetFieldValue<Ewkb>(0).Bytes.ToArray());
    }

    [Fact]
    public void GeneratedGeometriesComeBackAsTheyWent()
    {
        using var connection = cluster.DataSource.OpenConnection();
        using var command = new NpgsqlCommand("SELECT $1, ST_AsEWKB($1), ST_SRID($1), ST_AsText($1, 330)", connection);
        var parameter = new NpgsqlParameter<Geometry>();
        command.Parameters.Add(parameter);
        var wktReader = new WKTReader();

        Check.One(Generated.Config, Prop.ForAll(Generated.Geometry.ToArbitrary(), sent =>
        {
            parameter.TypedValue = sent;
            using var reader = command.ExecuteReader();
            reader.Read();
            var read = reader.GetFieldValue<Geometry>(0);
            Assert.True(sent.EqualsExact(read), "EqualsExact");
            Assert.True(sent.EqualsExact(wktReader.Read(reader.GetString(3)), 0), "ST_AsText");
            Assert.Equal(AllOrdinates(sent), AllOrdinates(read));
            Assert.Equal(sent.SRID, read.SRID);
            Assert.Equal(sent.SRID, reader.GetInt32(2));
            Assert.Equal(reader.GetFieldValue<byte[]>(1), new EwkbWriter().Write(sent));
        }));
    }

    [Fact]
    public async Task CopyAndArraysCarryNullsAndEveryGeometry()
    {
        var geometries = Generated.Geometry.Sample(200, 40).Append(null).ToArray();
        await using var connection = await cluster.DataSource.OpenConnectionAsync(Cancellation);
        await using (var create = new NpgsqlCommand("CREATE TEMP TABLE copied (id int, geom geometry, raw geometry)", connection))
        {
            await create.ExecuteNonQueryAsync(Cancellation);
        }

        await using (var import = await connection.BeginBinaryImportAsync("COPY copied FROM STDIN (FORMAT binary)", Cancellation))
        {
            for (var i = 0; i < geometries.Length; i++)
            {
                await import.StartRowAsync(Cancellation);
                await import.WriteAsync(i, Cancellation);
                await import.WriteAsync(geometries[i], NpgsqlDbType.Geometry, Cancellation);
                await import.WriteAsync(ToEwkb(geometries[i]), "geometry", Cancellation);
            }

            await import.CompleteAsync(Cancellation);
        }

        const string Export = "COPY (SELECT geom FROM copied ORDER BY id) TO STDOUT (FORMAT binary)";
        await using (var export = await connection.BeginBinaryExportAsync(Export, Cancellation))
        {
            foreach (var expected in geometries)
            {
                await export.StartRowAsync(Cancellation);
                if (expected is null)
                {
                    Assert.True(export.IsNull);
                    await export.SkipAsync(Cancellation);
                }
                else
                {
                    Assert.True(expected.EqualsExact(await export.ReadAsync<Geometry>(Cancellation)));
                }
            }
        }

        await using var command = new NpgsqlCommand(
            """
            SELECT array_agg(geom ORDER BY id), count(*) FILTER (WHERE ST_AsEWKB(geom) IS DISTINCT FROM ST_AsEWKB(raw)), $1
              FROM copied
            """,
            connection);
        command.Parameters.Add(new() { Value = geometries });
        await using var reader = await command.ExecuteReaderAsync(CommandBehavior.SequentialAccess, Cancellation);
        Assert.True(await reader.ReadAsync(Cancellation));
        Assert.All(
            (await reader.GetFieldValueAsync<Geometry?[]>(0, Cancellation)).Zip(geometries),
            pair => Assert.True(pair.Second is null ? pair.First is null : pair.Second.EqualsExact(pair.First)));
        Assert.Equal(0, reader.GetInt64(1));
        Assert.Equal(
            geometries.Select(ToEwkb),
            await reader.GetFieldValueAsync<Ewkb?[]>(2, Cancellation));
    }

    [Fact]
    public async Task GeographyIsReadAndWritten()
    {
        await using var command = cluster.DataSource.CreateCommand(
            "SELECT $1, pg_typeof($1)::text, ST_Distance($1, $2), $3, NULL::geography");
        var milan = new Point(9.19, 45.4642) { SRID = 4326 };
        var rome = new Point(12.4964, 41.9028) { SRID = 4326 };
        command.Parameters.Add(new() { Value = milan, NpgsqlDbType = NpgsqlDbType.Geography });
        command.Parameters.Add(new() { Value = Ewkb.FromGeometry(rome), DataTypeName = "geography" });
        command.Parameters.Add(new() { Value = new[] { milan, rome }, DataTypeName = "geography[]" });
        await using var reader = await command.ExecuteReaderAsync(Cancellation);
        Assert.True(await reader.ReadAsync(Cancellation));

        Assert.Equal(milan, reader.GetFieldValue<Point>(0));
        Assert.Equal(4326, reader.GetFieldValue<Point>(0).SRID);
        Assert.Equal("geography", reader.GetString(1));
        Assert.InRange(reader.GetDouble(2), 470_000, 485_000);
        Assert.Equal([milan, rome], reader.GetFieldValue<List<Point>>(3));
        Assert.True(reader.IsDBNull(4));
        Assert.Null(reader.GetFieldValue<Ewkb?>(4));
    }

    [Fact]
    public async Task GeographyIsTheDefaultWhereAskedFor()
    {
        var builder = new NpgsqlDataSourceBuilder(cluster.ConnectionString);
        builder.UseNetTopologySuite(geographyAsDefault: true);
        await using var dataSource = builder.Build();
        await using var command = dataSource.CreateCommand("SELECT pg_typeof($1)::text");
        command.Parameters.Add(new() { Value = new Point(9, 45) { SRID = 4326 } });
        Assert.Equal("geography", await command.ExecuteScalarAsync(Cancellation));
    }

    [Fact]
    public async Task AnotherTypeThanAskedForIsAnInvalidCastAndTheConnectionLives()
    {
        await using var connection = await cluster.DataSource.OpenConnectionAsync(Cancellation);
        await using var command = new NpgsqlCommand(
            "SELECT 'LINESTRING(0 0,1 1)'::geometry, 'CIRCULARSTRING(0 0,1 1,2 0)'::geometry, 7", connection);
        await using (var reader = await command.ExecuteReaderAsync(Cancellation))
        {
            Assert.True(await reader.ReadAsync(Cancellation));
            Assert.Throws<InvalidCastException>(() => reader.GetFieldValue<Polygon>(0));
            Assert.Equal(EwkbFault.UnsupportedGeometryType, Assert.Throws<EwkbException>(() => reader.GetFieldValue<Geometry>(1)).Fault);
            Assert.Equal(7, reader.GetInt32(2));
        }

        Assert.IsType<LineString>(await command.ExecuteScalarAsync(Cancellation));
    }

    [Theory]
    [InlineData(CommandBehavior.Default)]
    [InlineData(CommandBehavior.SequentialAccess)]
    public async Task HalfAMillionVerticesPass(CommandBehavior behavior)
    {
        const int Vertices = 500_000;
        var sent = Disc(Vertices);
        await using var command = cluster.DataSource.CreateCommand(
            "SELECT ST_NPoints($1), ST_Area($1), ST_AsGeoJSON($1, 7, 0), $1, $1, $1");
        command.Parameters.Add(new() { Value = sent });
        await using var reader = await command.ExecuteReaderAsync(behavior, Cancellation);
        Assert.True(await reader.ReadAsync(Cancellation));

        Assert.Equal(Vertices + 1, reader.GetInt32(0));
        Assert.Equal(sent.Area, reader.GetDouble(1), 1e-9);
        var geoJson = await reader.GetFieldValueAsync<string>(2, Cancellation);
        Assert.True(sent.EqualsExact(await reader.GetFieldValueAsync<Polygon>(3, Cancellation)));
        var ewkb = await reader.GetFieldValueAsync<Ewkb>(4, Cancellation);
        byte[] buffer = [];
        Assert.True(ewkb.Bytes.Span.SequenceEqual(reader.GetEwkb(5, ref buffer)));
        Assert.Equal(geoJson, GeoJson.Write(ewkb, 7));
    }

    [Fact]
    public async Task OneBufferServesManyRows()
    {
        await using var command = cluster.DataSource.CreateCommand(
            """
            SELECT geom, ST_AsEWKB(geom)
              FROM (SELECT ST_Buffer(ST_MakePoint(9, 45), 1, n % 7 + 1) AS geom FROM generate_series(1, 50) AS n) AS discs
            """);
        await using var reader = await command.ExecuteReaderAsync(Cancellation);
        var buffer = new byte[1];
        while (await reader.ReadAsync(Cancellation))
        {
            Assert.Equal(reader.GetFieldValue<byte[]>(1), reader.GetEwkb(0, ref buffer).ToArray());
        }

        Assert.True(buffer.Length > 1);
    }

    private static Ewkb? ToEwkb(Geometry? geometry) => geometry is null ? null : Ewkb.FromGeometry(geometry);

    private static Polygon Disc(int vertices)
    {
        var ring = new Coordinate[vertices + 1];
        for (var i = 0; i < vertices; i++)
        {
            var (sin, cos) = Math.SinCos(2 * Math.PI * i / vertices);
            ring[i] = new Coordinate(9 + cos, 45 + sin);
        }

        ring[vertices] = ring[0];
        return NtsGeometryServices.Instance.CreateGeometryFactory(4326).CreatePolygon(ring);
    }

    private static List<(double X, double Y, double Z, double M)> AllOrdinates(Geometry geometry) =>
        [.. geometry.Coordinates.Select(position => (position.X, position.Y, position.Z, position.M))];
}
