using System.Text;
using System.Text.Json;
using GeoOffer.Domain.Geometries;
using GeoOffer.Query.Catalogue;
using GeoOffer.Query.Crs;
using GeoOffer.Query.Filters;
using GeoOffer.Storage.Exporting;
using GeoOffer.Testing;
using NetTopologySuite.Geometries;

namespace GeoOffer.Storage.Tests.Exporting;

public sealed class GeoJsonExportTests(PostGisCluster cluster)
{
    public static TheoryData<string> Collections => ["sites", "infrastructure", "constraints", "provinces", "poles"];

    [Theory]
    [MemberData(nameof(Collections))]
    public async Task Every_value_and_every_coordinate_is_what_the_database_holds(string collection)
    {
        await using var database = await AwkwardData.CreateAsync(cluster);
        await database.ExecuteAsync(AwkwardData.Hostile);
        var query = await database.Database.QueryAsync(collection);
        var stored = await StoredRows.ReadAsync(database, query);

        using var document = JsonDocument.Parse(await database.Database.ExportAsync(query, ExportFormat.GeoJson));

        Assert.Equal("FeatureCollection", document.RootElement.GetProperty("type").GetString());
        Assert.False(document.RootElement.TryGetProperty("crs", out _));
        var features = document.RootElement.GetProperty("features").EnumerateArray().ToList();
        Assert.Equal(stored.Keys, features.Select(feature => feature.GetProperty("id").GetString()));
        foreach (var (feature, row) in features.Zip(stored.Values))
        {
            Assert.Equal(query.Properties.Select(property => property.Name), feature.GetProperty("properties").EnumerateObject().Select(member => member.Name));
            Assert.All(feature.GetProperty("properties").EnumerateObject(), member => AssertSame(row.Properties.GetProperty(member.Name), member.Value));
            AssertExact(row.Geometry, feature.GetProperty("geometry"));
        }
    }

    [Fact]
    public async Task A_sequence_has_the_same_features_one_to_a_line()
    {
        await using var database = await AwkwardData.CreateAsync(cluster);
        var query = await database.Database.QueryAsync("sites");
        using var collection = JsonDocument.Parse(await database.Database.ExportAsync(query, ExportFormat.GeoJson));

        var lines = Encoding.UTF8.GetString(await database.Database.ExportAsync(query, ExportFormat.GeoJsonSeq)).Split('\n');
        var records = Encoding.UTF8.GetString(await database.Database.ExportAsync(
            query, ExportFormat.GeoJsonSeq, options: new ExportOptions { RecordSeparators = true }));

        Assert.Equal("", lines[^1]);
        Assert.Equal(collection.RootElement.GetProperty("features").EnumerateArray().Select(feature => feature.GetRawText()), lines[..^1]);
        Assert.Equal(string.Concat(lines[..^1].Select(line => $"\u001e{line}\n")), records);
    }

    [Fact]
    public async Task Rings_follow_the_right_hand_rule()
    {
        await using var database = await AwkwardData.CreateAsync(cluster);
        await database.ExecuteAsync("UPDATE geooffer.site SET geom = ST_ForcePolygonCW(geom) WHERE code = 'AW-1'");
        var query = await database.Database.QueryAsync("sites");
        using var document = JsonDocument.Parse(await database.Database.ExportAsync(query, ExportFormat.GeoJson));

        var rings = document.RootElement.GetProperty("features")[0].GetProperty("geometry").GetProperty("coordinates").EnumerateArray()
            .Select(ring => new LinearRing([.. ring.EnumerateArray().Select(p => new Coordinate(p[0].GetDouble(), p[1].GetDouble()))]).IsCCW);
        Assert.Equal([true, false], rings);
    }

    [Theory]
    [InlineData(32632, 1e-5)]
    [InlineData(25832, 0.001)]
    [InlineData(6707, 0.001)]
    [InlineData(3003, 0.02)]
    [InlineData(3857, 1e-5)]
    public async Task Coordinates_in_another_system_are_x_east_y_north_and_named(int srid, double toleranceMetres)
    {
        await using var database = await AwkwardData.CreateAsync(cluster);
        foreach (var collection in (string[])["sites", "infrastructure"])
        {
            var query = await database.Database.QueryAsync(collection);
            var stored = await StoredRows.ReadAsync(database, query, srid);
            using var document = JsonDocument.Parse(await database.Database.ExportAsync(query, ExportFormat.GeoJson, CoordinateSystems.Get(srid)));
            var sequence = Encoding.UTF8.GetString(await database.Database.ExportAsync(query, ExportFormat.GeoJsonSeq, CoordinateSystems.Get(srid)));

            var name = $"urn:ogc:def:crs:EPSG::{srid}";
            Assert.Equal(name, document.RootElement.GetProperty("crs").GetProperty("properties").GetProperty("name").GetString());
            Assert.All(sequence.TrimEnd().Split('\n'), line =>
            {
                using var feature = JsonDocument.Parse(line);
                Assert.Equal(name, feature.RootElement.GetProperty("crs").GetProperty("properties").GetProperty("name").GetString());
            });
            foreach (var (feature, row) in document.RootElement.GetProperty("features").EnumerateArray().Zip(stored.Values))
            {
                Assert.Equal(row.Geometry is null, feature.GetProperty("geometry").ValueKind == JsonValueKind.Null);
                Assert.True(row.Geometry is null || row.Geometry.Normalized().EqualsExact(Read(feature.GetProperty("geometry")).Normalized(), toleranceMetres));
            }
        }
    }

    [Fact]
    public async Task Coordinates_are_rounded_where_that_is_asked_for()
    {
        await using var database = await AwkwardData.CreateAsync(cluster);
        var query = await database.Database.QueryAsync("sites", adapt: request => request with { Filter = new Comparison(ComparisonOperator.Equal, new PropertyReference("code"), Literal.Of("AW-3")) });
        var text = Encoding.UTF8.GetString(await database.Database.ExportAsync(query, ExportFormat.GeoJson, options: new ExportOptions { Precision = 6 }));
        Assert.Contains("[9.123457,45.987654]", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_may_not_see_a_row_or_a_property_does_not_get_it()
    {
        await using var database = await AwkwardData.CreateAsync(cluster);
        var text = Encoding.UTF8.GetString(await database.Database.ExportAsync(await database.Database.QueryAsync("sites", Role.Public), ExportFormat.GeoJson));
        Assert.Contains("AW-1", text, StringComparison.Ordinal);
        Assert.DoesNotContain("AW-5", text, StringComparison.Ordinal);
        Assert.DoesNotContain("contact", text, StringComparison.Ordinal);
        Assert.DoesNotContain("anna@example.org", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_is_an_empty_collection()
    {
        await using var database = await AwkwardData.CreateAsync(cluster);
        var query = await database.Database.QueryAsync("sites", adapt: request => request with { Filter = new Constant(false) });
        using var document = JsonDocument.Parse(await database.Database.ExportAsync(query, ExportFormat.GeoJson));
        Assert.Equal(0, document.RootElement.GetProperty("features").GetArrayLength());
        Assert.Empty(await database.Database.ExportAsync(query, ExportFormat.GeoJsonSeq));
    }

    [Fact]
    public async Task What_lies_outside_a_reference_system_is_named_and_ends_the_export()
    {
        await using var database = await AwkwardData.CreateAsync(cluster);
        await database.ExecuteAsync("INSERT INTO geooffer.infrastructure (code, kind, geom) VALUES ('port.far', 'port', ST_SetSRID(ST_MakePoint(120, 10), 4326))");
        var query = await database.Database.QueryAsync("infrastructure");
        var refused = await Assert.ThrowsAsync<ExportException>(() => database.Database.ExportAsync(query, ExportFormat.GeoJson, CoordinateSystems.Get(32632)));
        Assert.Equal("Feature port.far of infrastructure: it does not lie where EPSG:32632 (WGS 84 / UTM zone 32N) holds.", refused.Message);
    }

    [Fact]
    public async Task A_date_that_no_format_can_say_is_named_and_ends_the_export()
    {
        await using var database = await AwkwardData.CreateAsync(cluster);
        await database.ExecuteAsync("UPDATE geooffer.site SET available_from = 'infinity' WHERE code = 'AW-2'");
        var query = await database.Database.QueryAsync("sites");
        var refused = await Assert.ThrowsAsync<ExportException>(() => database.Database.ExportAsync(query, ExportFormat.GeoJson));
        Assert.StartsWith("Feature AW-2 of sites: available_from is infinite", refused.Message, StringComparison.Ordinal);
    }

    internal static Geometry Read(JsonElement geometry) =>
        GeoJsonGeometryReader.TryRead(geometry, "", out var read, out var fault) ? read! : throw new InvalidDataException(fault.Expected);

    private static void AssertExact(Geometry? expected, JsonElement actual)
    {
        if (expected is null)
        {
            Assert.Equal(JsonValueKind.Null, actual.ValueKind);
        }
        else
        {
            var read = Read(actual);
            Assert.Equal(expected.GeometryType, read.GeometryType);
            Assert.True(expected.Normalized().EqualsExact(read.Normalized(), 0), $"{expected} <> {read}");
        }
    }

    private static void AssertSame(JsonElement expected, JsonElement actual)
    {
        Assert.Equal(expected.ValueKind, actual.ValueKind);
        switch (expected.ValueKind)
        {
            case JsonValueKind.Number:
                Assert.Equal(expected.GetDouble(), actual.GetDouble());
                break;
            case JsonValueKind.String:
                Assert.Equal(expected.GetString(), actual.GetString());
                break;
            case JsonValueKind.Array:
                Assert.Equal(expected.EnumerateArray().Select(item => item.GetString()), actual.EnumerateArray().Select(item => item.GetString()));
                break;
        }
    }
}
