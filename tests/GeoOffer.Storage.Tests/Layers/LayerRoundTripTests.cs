using GeoOffer.Query.Catalogue;
using GeoOffer.Storage.Exporting;
using GeoOffer.Storage.Importing;
using GeoOffer.Storage.Layers;
using GeoOffer.Storage.Tests.Exporting;
using GeoOffer.Storage.Tests.Importing;
using GeoOffer.Testing;

namespace GeoOffer.Storage.Tests.Layers;

/// <summary>A layer that is exported comes back as the same, into the layer it came from and into an empty database.</summary>
public sealed class LayerRoundTripTests(PostGisCluster cluster)
{
    // Exteriors clockwise, as many files have them.
    private static readonly string File = Imports.Collection(
        Imports.Feature(
            """{"type":"Polygon","coordinates":[[[9,45],[9,45.2],[9.2,45.2],[9.2,45],[9,45]],[[9.05,45.05],[9.1,45.05],[9.1,45.1],[9.05,45.05]]]}""",
            """{"Name":"È \"uno\", due;\ntre","n":1,"x":0.1,"yes":true,"day":"2024-02-29","at":"2024-02-29T12:34:56.789Z","istat":"015146"}""", "a"),
        Imports.Feature(
            """{"type":"MultiPolygon","coordinates":[[[[9.5,45],[9.5,45.1],[9.6,45.1],[9.5,45]]],[[[9.7,45],[9.7,45.1],[9.8,45.1],[9.7,45]]]]}""",
            """{"Name":"=1+1","n":-9007199254740993,"x":1e-300,"yes":false,"day":"1900-01-01","at":"1999-12-31T23:59:59Z","istat":"000001"}""", "b"),
        Imports.Feature("""{"type":"Point","coordinates":[9.123456789012345,45.98765432109876]}""", """{"Name":null,"n":null,"x":null,"yes":null,"day":null,"at":null,"istat":null}""", "c"));

    public static TheoryData<string> Formats => [.. ExportFormat.All.Where(format => format != ExportFormat.Shapefile).Select(format => format.Code)];

    [Theory]
    [MemberData(nameof(Formats))]
    public async Task A_layer_comes_back_unchanged(string code)
    {
        var format = ExportFormat.Find(code)!;
        await using var first = await MigratedDatabase.CreateAsync(cluster);
        await using var second = await MigratedDatabase.CreateAsync(cluster);
        await first.Database.StoreAsync(Request(Imports.File("x.geojson", File)));
        var exported = Imports.File("x" + format.Extension, await first.Database.ExportAsync(await first.Database.QueryAsync("things", Role.Public), format));

        var again = await first.Database.StoreAsync(Request(exported));
        Assert.Equal((3, 0, 0, 0, null), (again.Rows.Unchanged, again.Rows.Changed, again.Rows.New, again.Rows.Removed, again.Version));

        // Into nothing: titles are those of the file now, everything else is as it was.
        await second.Database.StoreAsync(Request(exported));
        var (before, after) = (await first.Database.QueryAsync("things"), await second.Database.QueryAsync("things"));
        Assert.Equal(before.Properties.Select(property => (property.Name, property.Type)), after.Properties.Select(property => (property.Name, property.Type)));
        Assert.Equal(await RowsAsync(first, before.Collection), await RowsAsync(second, after.Collection));
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public async Task A_layer_whose_key_is_a_property_too_comes_back_unchanged(string code)
    {
        var format = ExportFormat.Find(code)!;
        await using var database = await MigratedDatabase.CreateAsync(cluster);
        foreach (var key in new[] { "day", "at", "n", "x", "yes", "istat" })
        {
            var file = Imports.Collection(
                Imports.Feature(Imports.Point(9, 45), """{"day":"2024-02-29","at":"2024-02-29T12:34:56.789Z","n":7,"x":1e-300,"yes":true,"istat":"015146"}"""),
                Imports.Feature(Imports.Point(9, 45.1), """{"day":"2024-03-01","at":"2024-03-01T00:00:00Z","n":8,"x":0.1,"yes":false,"istat":"016024"}"""));
            await database.Database.StoreAsync(Request(Imports.File("x.geojson", file), new LayerDefinition { KeyColumn = key }));
            var exported = Imports.File("x" + format.Extension, await database.Database.ExportAsync(await database.Database.QueryAsync("things", Role.Public), format));
            var again = await database.Database.StoreAsync(Request(exported));
            Assert.Equal((key, 2, 0, null), (key, again.Rows.Unchanged, again.Rows.Changed, again.Version));
        }
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public async Task A_joined_layer_comes_back_unchanged(string code)
    {
        var format = ExportFormat.Find(code)!;
        await using var database = await MigratedDatabase.CreateAsync(cluster);
        await database.ExecuteAsync(
            """
            INSERT INTO geooffer.province (code, sigla, name_it) VALUES ('012', 'VA', 'Varese');
            INSERT INTO geooffer.municipality (code, name_it, province_code, geom) VALUES ('012001', 'A', '012', ST_Multi(ST_MakeEnvelope(8.8, 45.8, 8.9, 45.9, 4326)));
            """);
        var definition = new LayerDefinition { JoinedTo = "municipalities", JoinColumn = "istat" };
        await database.Database.StoreAsync(Request(Imports.File("x.csv", "istat,p\n012001,0.1\n012999,0.2\n"), definition));
        var exported = Imports.File("x" + format.Extension, await database.Database.ExportAsync(await database.Database.QueryAsync("things", Role.Public), format));
        var again = await database.Database.StoreAsync(Request(exported));
        Assert.Equal((2, 0, null), (again.Rows.Unchanged, again.Rows.Changed, again.Version));
        Assert.Contains(again.Notices, notice => notice.Contains("left out", StringComparison.Ordinal));
    }

    private static ImportRequest Request(ImportFile file, LayerDefinition? definition = null) =>
        Imports.Request("things", file) with { Layer = definition ?? new LayerDefinition(), Dataset = "things" };

    private static Task<string> RowsAsync(MigratedDatabase database, Collection collection) => database.ScalarAsync<string>(
        $"SELECT string_agg((to_jsonb(t) - 'id' - 'change_set_id' - 'geom')::text || ST_AsEWKT(t.geom, 17), E'\\n' ORDER BY code) FROM {collection.Relation.Schema}.\"{collection.Relation.Name}\" AS t");
}
