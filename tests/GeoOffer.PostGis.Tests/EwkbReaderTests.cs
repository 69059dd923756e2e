using FsCheck;
using FsCheck.Fluent;
using NetTopologySuite.Geometries;
using NetTopologySuite.Geometries.Implementation;
using NetTopologySuite.IO;
using Npgsql;

namespace GeoOffer.PostGis.Tests;

public sealed class EwkbReaderTests(PostGisDatabase cluster)
{
    private const string LineZM = "01020000C002000000" +
        "0000000000000040000000000000084000000000000010400000000000001440" +
        "00000000000018400000000000001C4000000000000020400000000000002240";

    public static TheoryData<string> SequenceFactories => ["array", "packed double", "packed float", "interleaved"];

    [Theory]
    [MemberData(nameof(SequenceFactories))]
    public void EverySequenceFactoryKeepsTheSamePositions(string name)
    {
        CoordinateSequenceFactory factory = name switch
        {
            "array" => CoordinateArraySequenceFactory.Instance,
            "packed double" => PackedCoordinateSequenceFactory.DoubleFactory,
            "packed float" => PackedCoordinateSequenceFactory.FloatFactory,
            _ => DotSpatialAffineCoordinateSequenceFactory.Instance,
        };
        var line = (LineString)new EwkbReader(factory).Read(Convert.FromHexString(LineZM));
        Assert.Equal([(2, 3, 4, 5), (6, 7, 8, 9)], Positions(line));
        Assert.IsType(factory.Create(0, 2, 0).GetType(), line.CoordinateSequence);
    }

    [Fact]
    public void OrdinatesThatAreNotWantedAreLeftOut()
    {
        var line = (LineString)new EwkbReader(handleOrdinates: Ordinates.XYM).Read(Convert.FromHexString(LineZM));
        Assert.Equal([(2, 3, double.NaN, 5), (6, 7, double.NaN, 9)], Positions(line));
        Assert.Equal("01", Convert.ToHexString(new EwkbWriter(Ordinates.XY).Write(line))[..2]);
        Assert.Equal(9 + 32, new EwkbWriter(Ordinates.XY).Write(line).Length);
        Assert.Equal(9 + 48, new EwkbWriter().Write(line).Length);
    }

    [Fact]
    public void AnEmptyThirdOrdinateIsNotWritten()
    {
        var line = new LineString([new CoordinateZ(1, 2, double.NaN), new CoordinateZ(3, 4, double.NaN)]);
        Assert.False(Ewkb.FromGeometry(line).Header.HasZ);
        Assert.True(Ewkb.FromGeometry(new LineString([new CoordinateZ(1, 2, double.NaN), new CoordinateZ(3, 4, 5)])).Header.HasZ);
    }

    [Fact]
    public void PositionsAreRoundedToTheGridAskedFor()
    {
        var read = (Point)new EwkbReader(precisionModel: new PrecisionModel(10)).Read(Ewkb.FromGeometry(new Point(1.26, 2.34)).Bytes.Span);
        Assert.Equal((1.3, 2.3), (read.X, read.Y));
    }

    [Fact]
    public void OneReaderKeepsTheReferenceSystemsApart()
    {
        var reader = new EwkbReader();
        var samples = Enumerable.Range(0, 4000).Select(n => new Point(n, n) { SRID = 4326 + (n % 3) }).ToArray();
        Parallel.ForEach(samples, sample =>
        {
            var read = reader.Read(new EwkbWriter().Write(sample));
            Assert.Equal((sample.SRID, sample.SRID), (read.SRID, read.Factory.SRID));
        });
    }

    [Fact]
    public void BigEndianAndIsoFormsReadAsPostGisReadsThem()
    {
        using var connection = cluster.DataSource.OpenConnection();
        using var command = new NpgsqlCommand(
            """
            SELECT ST_AsEWKB($1, 'XDR'), $1,
                   ST_AsBinary($1, 'NDR'), ST_GeomFromWKB(ST_AsBinary($1, 'NDR')),
                   ST_AsBinary($1, 'XDR'), ST_GeomFromWKB(ST_AsBinary($1, 'XDR'))
            """,
            connection);
        var parameter = new NpgsqlParameter<Geometry>();
        command.Parameters.Add(parameter);
        Check.One(Generated.Config, Prop.ForAll(Generated.Geometry.ToArbitrary(), sent =>
        {
            parameter.TypedValue = sent;
            using var row = command.ExecuteReader();
            row.Read();
            for (var form = 0; form < row.FieldCount; form += 2)
            {
                var bytes = row.GetFieldValue<byte[]>(form);
                Assert.True(row.GetFieldValue<Geometry>(form + 1).EqualsExact(new EwkbReader().Read(bytes)));
                Assert.Equal(GeoJson.Write(row.GetFieldValue<Ewkb>(form + 1), 6), GeoJson.Write(new Ewkb(bytes), 6));
            }
        }));
    }

    [Fact]
    public void WhatNetTopologySuiteWritesIsRead()
    {
        var writer = new WKBWriter(ByteOrder.BigEndian, handleSRID: true, emitZ: true, emitM: true);
        Check.One(Generated.Config, Prop.ForAll(Generated.Point.ToArbitrary(), sent =>
        {
            var read = new EwkbReader().Read(writer.Write(sent));
            Assert.True(sent.EqualsExact(read));
            Assert.Equal(4326, read.SRID);
        }));
    }

    [Fact]
    public void BytesAreComparedByContent()
    {
        var (first, same) = (Ewkb.FromGeometry(new Point(1, 2)), Ewkb.FromGeometry(new Point(1, 2)));
        var other = Ewkb.FromGeometry(new Point(1, 3));
        Assert.True(first == same && first.GetHashCode() == same.GetHashCode() && first.Equals((object)same));
        Assert.True(first != other);
    }

    private static IEnumerable<(double X, double Y, double Z, double M)> Positions(LineString line) =>
        line.Coordinates.Select(position => (position.X, position.Y, position.Z, position.M));
}
