using System.Buffers;
using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using NetTopologySuite.Geometries;
using NetTopologySuite.IO;
using Npgsql;

namespace GeoOffer.PostGis.Tests;

public sealed class GeoJsonGeometryWriterTests(PostGisDatabase cluster)
{
    [Fact]
    public void EqualsPostGisByteForByte()
    {
        using var connection = cluster.DataSource.OpenConnection();
        using var command = new NpgsqlCommand("SELECT ST_AsGeoJSON($1, $2, 0)", connection);
        var geometryParameter = new NpgsqlParameter<Geometry>();
        var decimalsParameter = new NpgsqlParameter<int>();
        command.Parameters.Add(geometryParameter);
        command.Parameters.Add(decimalsParameter);
        var cases =
            from geometry in Generated.GeoJsonGeometry.Where(HasNoEmptyPointInMultiPoint)
            from decimals in Gen.Choose(0, 15)
            select (geometry, decimals);

        Check.One(Generated.Config, Prop.ForAll(cases.ToArbitrary(), sample =>
        {
            geometryParameter.TypedValue = sample.geometry;
            decimalsParameter.TypedValue = sample.decimals;
            Assert.Equal((string)command.ExecuteScalar()!, GeoJson.Write(Ewkb.FromGeometry(sample.geometry), sample.decimals));
        }));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(12)]
    [InlineData(15)]
    public async Task NumbersEqualPostGisDigitForDigit(int decimals)
    {
        var ordinates = Generated.Ordinate.Sample(20_000, 50).ToArray();
        await using var command = cluster.DataSource.CreateCommand(
            "SELECT array_agg(ST_AsGeoJSON(ST_MakePoint(x, -x), $2, 0) ORDER BY n) FROM unnest($1) WITH ORDINALITY AS ordinates (x, n)");
        command.Parameters.Add(new() { Value = ordinates });
        command.Parameters.Add(new() { Value = decimals });
        var expected = (string[])(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
        Assert.Equal(expected, ordinates.Select(x => GeoJson.Write(Ewkb.FromGeometry(new Point(x, -x)), decimals)));
    }

    [Theory]
    [InlineData("MULTIPOINT (EMPTY, (1 1))", """{"type":"MultiPoint","coordinates":[[1,1]]}""")]
    [InlineData("MULTIPOINT ((1 1), EMPTY, (2 2))", """{"type":"MultiPoint","coordinates":[[1,1],[2,2]]}""")]
    [InlineData("MULTIPOINT (EMPTY)", """{"type":"MultiPoint","coordinates":[]}""")]
    [InlineData(
        "GEOMETRYCOLLECTION (GEOMETRYCOLLECTION (POINT (1 2)))",
        """{"type":"GeometryCollection","geometries":[{"type":"GeometryCollection","geometries":[{"type":"Point","coordinates":[1,2]}]}]}""")]
    [InlineData("LINESTRING Z (1 2 3, 4 5 NaN)", """{"type":"LineString","coordinates":[[1,2,3],[4,5]]}""")]
    public void WhatPostGisCannotWriteIsStillGeoJson(string wkt, string expected)
    {
        Assert.Equal(expected, GeoJson.Write(Ewkb.FromGeometry(new WKTReader().Read(wkt)), 7));
        JsonDocument.Parse(expected).Dispose();
    }

    [Fact]
    public async Task RingsAreOrientedAsRfc7946Asks()
    {
        await using var command = cluster.DataSource.CreateCommand(
            """
            SELECT stored, ST_AsGeoJSON(ST_ForcePolygonCCW(stored), 7, 0)
              FROM (VALUES ('POLYGON((0 0,0 9,9 9,9 0,0 0),(1 1,2 1,2 2,1 2,1 1),(3 3,3 4,4 4,4 3,3 3))'::geometry),
                           ('POLYGON((0 0,9 0,9 9,0 9,0 0),(1 1,1 2,2 2,2 1,1 1))'),
                           ('MULTIPOLYGON(((0 0,0 1,1 1,0 0)),((5 5,6 5,6 6,5 5)))'),
                           ('POLYGON Z((500000 5000000 1,500000 5000001 2,500001 5000001 3,500000 5000000 1))')) AS samples (stored)
            """);
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        var samples = 0;
        for (; await reader.ReadAsync(TestContext.Current.CancellationToken); samples++)
        {
            Assert.Equal(reader.GetString(1), GeoJson.Write(reader.GetFieldValue<Ewkb>(0), 7, orientRings: true));
        }

        Assert.Equal(4, samples);
    }

    [Fact]
    public void LinesKeepTheirDirection() =>
        Assert.Equal(
            """{"type":"LineString","coordinates":[[0,0],[0,1],[1,1],[0,0]]}""",
            GeoJson.Write(Ewkb.FromGeometry(new WKTReader().Read("LINESTRING (0 0, 0 1, 1 1, 0 0)")), 7, orientRings: true));

    [Fact]
    public void AValueGoesIntoALargerDocument()
    {
        var output = new ArrayBufferWriter<byte>();
        var scratch = new ArrayBufferWriter<byte>();
        var writer = new GeoJsonGeometryWriter();
        using (var json = new Utf8JsonWriter(output))
        {
            json.WriteStartArray();
            for (var i = 1; i <= 2; i++)
            {
                json.WriteStartObject();
                json.WritePropertyName("geometry");
                writer.WriteRawValue(Ewkb.FromGeometry(new Point(i, i / 3.0)).Bytes.Span, json, scratch);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        Assert.Equal(
            """[{"geometry":{"type":"Point","coordinates":[1,0.3333333]}},{"geometry":{"type":"Point","coordinates":[2,0.6666667]}}]""",
            Encoding.UTF8.GetString(output.WrittenSpan));
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    public void APositionThatJsonCannotHoldIsRefusedBeforeAnythingIsWritten(double hostile)
    {
        var positions = Enumerable.Range(0, 2000).Select(i => new Coordinate(i, i == 1999 ? hostile : i)).ToArray();
        var output = new ArrayBufferWriter<byte>();
        var ewkb = Ewkb.FromGeometry(new LineString(positions));
        var refused = Assert.Throws<EwkbException>(() => new GeoJsonGeometryWriter().Write(ewkb.Bytes.Span, output));
        Assert.Equal(EwkbFault.NotFinite, refused.Fault);
        Assert.Equal(0, output.WrittenCount);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(16)]
    public void DecimalsAreBounded(int decimals) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new GeoJsonGeometryWriter(decimals));

    private static bool HasNoEmptyPointInMultiPoint(Geometry geometry) => geometry switch
    {
        MultiPoint points => points.IsEmpty || points.Geometries.All(point => !point.IsEmpty),
        GeometryCollection collection => collection.Geometries.All(HasNoEmptyPointInMultiPoint),
        _ => true,
    };
}
