using System.Text.Json;
using GeoOffer.Query.Crs;
using GeoOffer.Storage.Exporting;
using GeoOffer.Storage.Tests.Importing;
using GeoOffer.Testing;
using NetTopologySuite.Algorithm.Distance;
using NetTopologySuite.Geometries;

namespace GeoOffer.Storage.Tests.Exporting;

/// <summary>What is exported comes back unchanged: out of one database, into an empty one.</summary>
public sealed class RoundTripTests(PostGisCluster cluster)
{
    private static readonly (string Collection, string Table)[] Collections =
        [("provinces", "province"), ("infrastructure", "infrastructure"), ("constraints", "constraint_area"), ("sites", "site")];

    public static TheoryData<string> Formats => [.. Readable.Select(format => format.Code)];

    // Shapefile splits collections and cuts texts: it has tests of its own.
    private static IEnumerable<ExportFormat> Readable => ExportFormat.All.Where(format => format != ExportFormat.Shapefile);

    [Theory]
    [MemberData(nameof(Formats))]
    public async Task The_project_imports_what_it_exports_and_has_the_same_rows(string code)
    {
        var format = ExportFormat.Find(code)!;
        await using var first = await AwkwardData.CreateAsync(cluster);
        await using var second = await MigratedDatabase.CreateAsync(cluster);
        foreach (var (collection, table) in Collections)
        {
            var file = await first.Database.ExportAsync(await first.Database.QueryAsync(collection), format);
            var request = Imports.Request(collection, Imports.File(collection + format.Extension, file)) with { Dataset = "round trip" };
            await second.Database.StoreAsync(request);

            Assert.Equal(await RowsAsync(first, table), await RowsAsync(second, table));
            Assert.Null((await second.Database.StoreAsync(request)).Version);
        }
    }

    [Theory]
    [InlineData("geojson")]
    [InlineData("csv")]
    public async Task Coordinates_of_another_system_come_back_to_the_millimetre(string code)
    {
        const int Srid = 25832;
        var format = ExportFormat.Find(code)!;
        await using var first = await AwkwardData.CreateAsync(cluster);
        await using var second = await MigratedDatabase.CreateAsync(cluster);
        foreach (var (collection, table) in Collections)
        {
            var file = await first.Database.ExportAsync(await first.Database.QueryAsync(collection), format, CoordinateSystems.Get(Srid));
            await second.Database.StoreAsync(Imports.Request(collection, Imports.File(collection + format.Extension, file)) with { Srid = Srid });
            var (before, after) = (await GeometriesAsync(first, table), await GeometriesAsync(second, table));
            Assert.Equal(before.Keys, after.Keys);
            Assert.All(before.Keys, key => Assert.True(before[key] is null || DiscreteHausdorffDistance.Distance(before[key], after[key]) < 1e-8, $"{key}: {before[key]} came back as {after[key]}"));
        }
    }

    [Fact]
    public async Task A_second_export_is_the_same_file()
    {
        await using var first = await AwkwardData.CreateAsync(cluster);
        await using var second = await MigratedDatabase.CreateAsync(cluster);
        foreach (var (collection, _) in Collections)
        {
            var file = await first.Database.ExportAsync(await first.Database.QueryAsync(collection), ExportFormat.GeoJson);
            await second.Database.StoreAsync(Imports.Request(collection, Imports.File(collection + ".geojson", file)));
        }

        // Facts too: they are measured anew from what was imported. Where the data come from differs.
        foreach (var (collection, _) in Collections)
        {
            var (before, after) = (await FeaturesAsync(first, collection), await FeaturesAsync(second, collection));
            Assert.Equal(before, after);
        }
    }

    private static async Task<List<string>> FeaturesAsync(MigratedDatabase database, string collection)
    {
        var query = await database.Database.QueryAsync(collection);
        using var document = JsonDocument.Parse(await database.Database.ExportAsync(query, ExportFormat.GeoJson));
        return [.. document.RootElement.GetProperty("features").EnumerateArray().Select(feature => string.Join(
            '\n',
            feature.GetProperty("properties").EnumerateObject().Where(member => member.Name is not ("source" or "as_of") && !IsFact(member.Name)).Select(member => member.ToString())
                .Append(feature.GetProperty("geometry").GetRawText())))];
    }

    /// <summary>Coverage is of the dataset, which one of the two databases does not have.</summary>
    private static bool IsFact(string name) => name.StartsWith("distance_", StringComparison.Ordinal) || name.StartsWith("overlap_", StringComparison.Ordinal)
        || name.StartsWith("net_area", StringComparison.Ordinal);

    private static async Task<List<string>> RowsAsync(MigratedDatabase database, string table)
    {
        await using var command = database.Source.CreateCommand(
            $"SELECT (to_jsonb(t) - 'id' - 'dataset_id' - 'change_set_id' - 'attributes' - 'geom')::text || coalesce(encode(ST_AsEWKB(ST_Normalize(geom)), 'hex'), '') FROM geooffer.{table} AS t ORDER BY code");
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        var rows = new List<string>();
        while (await reader.ReadAsync(TestContext.Current.CancellationToken))
        {
            rows.Add(reader.GetString(0));
        }

        return rows;
    }

    private static async Task<SortedDictionary<string, Geometry?>> GeometriesAsync(MigratedDatabase database, string table)
    {
        await using var command = database.Source.CreateCommand($"SELECT code, ST_Normalize(geom) FROM geooffer.{table}");
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        var geometries = new SortedDictionary<string, Geometry?>(StringComparer.Ordinal);
        while (await reader.ReadAsync(TestContext.Current.CancellationToken))
        {
            geometries.Add(reader.GetString(0), await reader.IsDBNullAsync(1) ? null : reader.GetFieldValue<Geometry>(1));
        }

        return geometries;
    }
}
