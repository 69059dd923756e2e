using System.Buffers;
using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using NetTopologySuite.Geometries;
using NetTopologySuite.IO;
using Npgsql;

namespace GeoOffer.PostGis.Tests;

/// <summary>Writers that lose nothing: what they write is what was there.</summary>
public sealed class ExactWritersTests(PostGisDatabase cluster)
{
    [Fact]
    public void EveryOrdinateOfExactGeoJsonReadsBackAsTheSameDouble() => Check.One(
        Generated.Config.WithMaxTest(20_000),
        Prop.ForAll(Generated.Ordinate.ToArbitrary(), ordinate =>
        {
            var output = new ArrayBufferWriter<byte>();
            GeoJsonGeometryWriter.CreateExact().Write(Ewkb.FromGeometry(new Point(ordinate, -ordinate)).Bytes.Span, output);
            using var document = JsonDocument.Parse(output.WrittenMemory);
            var coordinates = document.RootElement.GetProperty("coordinates");
            Assert.Equal(BitConverter.DoubleToInt64Bits(ordinate), BitConverter.DoubleToInt64Bits(coordinates[0].GetDouble()));
            Assert.Equal(BitConverter.DoubleToInt64Bits(-ordinate), BitConverter.DoubleToInt64Bits(coordinates[1].GetDouble()));
        }));

    [Theory]
    [InlineData(9.1885400, "9.18854")]
    [InlineData(45.123456789, "45.123456789")]
    [InlineData(0.1, "0.1")]
    [InlineData(1e-9, "0.000000001")]
    [InlineData(5034000.125, "5034000.125")]
    [InlineData(9.1234567891, "9.1234567891")]
    [InlineData(1.0 / 3, "0.3333333333333333")]
    [InlineData(-180, "-180")]
    [InlineData(-0.0, "-0")]
    [InlineData(1e300, "1E+300")]
    public void ExactOrdinatesAreShort(double ordinate, string expected)
    {
        var output = new ArrayBufferWriter<byte>();
        new WktGeometryWriter().Write(Ewkb.FromGeometry(new Point(ordinate, 1)).Bytes.Span, output);
        Assert.Equal($"POINT ({expected} 1)", Encoding.UTF8.GetString(output.WrittenSpan));
    }

    [Fact]
    public void PostGisReadsWellKnownTextBackAsTheSameGeometry()
    {
        using var connection = cluster.DataSource.OpenConnection();
        using var command = new NpgsqlCommand("SELECT ST_AsEWKB(ST_GeomFromText($1)), ST_AsEWKB(ST_SetSRID($2, 0))", connection);
        var (textParameter, geometryParameter) = (new NpgsqlParameter<string>(), new NpgsqlParameter<Geometry>());
        command.Parameters.Add(textParameter);
        command.Parameters.Add(geometryParameter);
        Check.One(Generated.Config, Prop.ForAll(Generated.Geometry.ToArbitrary(), geometry =>
        {
            textParameter.TypedValue = Wkt(geometry);
            geometryParameter.TypedValue = geometry;
            using var reader = command.ExecuteReader();
            Assert.True(reader.Read());
            Assert.Equal(Convert.ToHexString((byte[])reader[1]), Convert.ToHexString((byte[])reader[0]));
        }));
    }

    [Fact]
    public void WellKnownTextRoundsLikeGeoJson() =>
        Assert.Equal("LINESTRING (0.33 -0.67,1 2)", Wkt(new WKTReader().Read("LINESTRING (0.3333 -0.6666, 1 2)"), decimals: 2));

    [Fact]
    public void WellKnownBinaryIsThatOfPostGis()
    {
        using var connection = cluster.DataSource.OpenConnection();
        using var command = new NpgsqlCommand("SELECT ST_AsBinary($1)", connection);
        var parameter = new NpgsqlParameter<Geometry>();
        command.Parameters.Add(parameter);
        Check.One(Generated.Config, Prop.ForAll(Generated.Geometry.Where(HasNoEmptyPart).ToArbitrary(), geometry =>
        {
            parameter.TypedValue = geometry;
            var output = new ArrayBufferWriter<byte>();
            IsoWkbWriter.Write(Ewkb.FromGeometry(geometry).Bytes.Span, output);
            Assert.Equal(Convert.ToHexString((byte[])command.ExecuteScalar()!), Convert.ToHexString(output.WrittenSpan));
        }));
    }

    [Fact]
    public void ExtentsAreThoseOfTheGeometries() => Check.One(Generated.Config, Prop.ForAll(Generated.Geometry.ToArbitrary(), geometry =>
    {
        var extent = EwkbExtent.Of(Ewkb.FromGeometry(geometry).Bytes.Span);
        var positions = geometry.Coordinates;
        Assert.Equal(positions.Length == 0, extent.IsEmpty);
        if (!extent.IsEmpty)
        {
            Assert.Equal(
                new EwkbExtent(positions.Min(p => p.X), positions.Min(p => p.Y), positions.Max(p => p.X), positions.Max(p => p.Y)), extent);
        }
    }));

    [Fact]
    public void ATransformChangesEveryPositionAndTheSridAlone() => Check.One(Generated.Config, Prop.ForAll(Generated.Geometry.ToArbitrary(), geometry =>
    {
        var bytes = Ewkb.FromGeometry(geometry).Bytes.ToArray();
        new EwkbTransform((x, y) => (y + 1, x), 3003).Apply(bytes);

        var expected = geometry.Copy();
        expected.Apply(new Move());
        expected.SRID = geometry.SRID == 0 ? 0 : 3003;
        Assert.Equal(Convert.ToHexString(Ewkb.FromGeometry(expected).Bytes.Span), Convert.ToHexString(bytes));
    }));

    [Fact]
    public void ATransformThatLeadsNowhereIsAnError()
    {
        var bytes = Ewkb.FromGeometry(new Point(1, 2)).Bytes.ToArray();
        var refused = Assert.Throws<EwkbException>(() => new EwkbTransform((_, y) => (double.NaN, y), 0).Apply(bytes));
        Assert.Equal((EwkbFault.NotFinite, 5), (refused.Fault, refused.ByteOffset));
    }

    [Fact]
    public void BigEndianBytesAreRead()
    {
        var bytes = Convert.FromHexString("000000000140000000000000004008000000000000");
        new EwkbTransform((x, y) => (x + 10, y), 0).Apply(bytes);
        var output = new ArrayBufferWriter<byte>();
        new WktGeometryWriter().Write(bytes, output);
        Assert.Equal("POINT (12 3)", Encoding.UTF8.GetString(output.WrittenSpan));
        output.ResetWrittenCount();
        IsoWkbWriter.Write(bytes, output);
        Assert.Equal("POINT (12 3)", new WKBReader().Read(output.WrittenSpan.ToArray()).ToText());
        Assert.Equal(new EwkbExtent(12, 3, 12, 3), EwkbExtent.Of(bytes));
    }

    /// <summary>PostGIS writes a collection of nothing but empty members without them.</summary>
    private static bool HasNoEmptyPart(Geometry geometry) =>
        !geometry.IsEmpty && (geometry is not GeometryCollection collection || collection.Geometries.All(HasNoEmptyPart));

    private static string Wkt(Geometry geometry, int? decimals = null)
    {
        var output = new ArrayBufferWriter<byte>();
        new WktGeometryWriter(decimals).Write(Ewkb.FromGeometry(geometry).Bytes.Span, output);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    private sealed class Move : IEntireCoordinateSequenceFilter
    {
        public bool Done => false;

        public bool GeometryChanged => true;

        public void Filter(CoordinateSequence seq)
        {
            for (var index = 0; index < seq.Count; index++)
            {
                var (x, y) = (seq.GetX(index), seq.GetY(index));
                seq.SetX(index, y + 1);
                seq.SetY(index, x);
            }
        }
    }
}
