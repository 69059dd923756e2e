using NetTopologySuite.Geometries;
using NetTopologySuite.IO;

namespace GeoOffer.PostGis.Tests;

public sealed class RoundTripTests(PostGisCluster cluster)
{
    public static TheoryData<string> Samples =>
    [
        "POINT (9.19 45.4642)", "LINESTRING (0 0, 1 1, 2 0)", "POLYGON ((0 0, 10 0, 10 10, 0 10, 0 0), (1 1, 1 2, 2 2, 2 1, 1 1))",
        "MULTIPOINT ((0 0), (1 1))", "MULTILINESTRING ((0 0, 1 1), (2 2, 3 3))", "MULTIPOLYGON (((0 0, 1 0, 1 1, 0 0)), ((5 5, 6 5, 6 6, 5 5)))",
        "GEOMETRYCOLLECTION (POINT (1 2), LINESTRING (0 0, 1 1), GEOMETRYCOLLECTION (POINT (3 4)))",
        "POINT EMPTY", "LINESTRING EMPTY", "POLYGON EMPTY", "MULTIPOINT EMPTY", "MULTILINESTRING EMPTY", "MULTIPOLYGON EMPTY",
        "GEOMETRYCOLLECTION EMPTY", "MULTIPOINT (EMPTY, (1 1))", "GEOMETRYCOLLECTION (POLYGON EMPTY, POINT (1 1))",
        "POINT Z (1 2 3)", "POINT M (1 2 4)", "POINT ZM (1 2 3 4)", "LINESTRING Z (0 0 1, 1 1 2)", "POLYGON ZM ((0 0 1 5, 1 0 2 6, 1 1 3 7, 0 0 1 5))",
        "MULTIPOINT M ((1 2 3), (4 5 6))",
    ];

    [Theory]
    [MemberData(nameof(Samples))]
    public async Task PostGisAndNetTopologySuiteSeeTheSameGeometry(string wkt)
    {
        await using var command = cluster.DataSource.CreateCommand(
            "SELECT ST_GeomFromText($1, 32632), ST_AsEWKB(ST_GeomFromText($1, 32632)), $2::geometry = $2::geometry, ST_AsEWKB($2)");
        var sent = new WKTReader().Read(wkt);
        sent.SRID = 32632;
        command.Parameters.Add(new() { Value = wkt });
        command.Parameters.Add(new() { Value = sent });
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        Assert.True(await reader.ReadAsync(TestContext.Current.CancellationToken));

        var read = reader.GetFieldValue<Geometry>(0);
        var ewkb = reader.GetFieldValue<byte[]>(1);
        Assert.Equal(32632, read.SRID);
        Assert.True(sent.EqualsExact(read), $"{sent} became {read}");
        Assert.Equal(ewkb, reader.GetFieldValue<byte[]>(3));
        Assert.Equal(ewkb, reader.GetFieldValue<Ewkb>(0).Bytes.ToArray());
    }
}
