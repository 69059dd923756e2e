using GeoOffer.Testing;

namespace GeoOffer.Storage.Tests.Importing;

public sealed class SiteImportTests(PostGisCluster cluster) : IAsyncLifetime
{
    private MigratedDatabase _database = null!;

    public async ValueTask InitializeAsync() => _database = await MigratedDatabase.CreateAsync(cluster);

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task A_site_is_stored_with_its_facts()
    {
        await _database.Database.StoreAsync(Imports.Request("infrastructure", "stations.geojson", Imports.Collection(
            Imports.Feature(Imports.Point(9.1, 45.4), """{"name":"Near","type":"rail"}""", "S1"))) with
        {
            FixedValues = new Dictionary<string, string> { ["kind"] = "passenger_station" },
        });
        var report = await _database.Database.StoreAsync(Imports.Request("sites", "sites.geojson", Imports.Collection(
            Imports.Feature(Imports.Square(9.0, 45.4), """{"code":"GO-1","kind":"brownfield","name":"Uno","functions":["industrial","logistics"]}"""))));

        Assert.Equal(1, report.Rows.New);
        Assert.Equal(
            "GO-1 brownfield {industrial,logistics} passenger_station.S1 7438 21.75",
            await _database.ScalarAsync<string>(
                """
                SELECT concat_ws(' ', f.code, f.kind, f.functions, i.code, round(f.distance_passenger_station_m), round(f.measured_area_ha::numeric, 2))
                FROM geooffer.site_fact AS f JOIN geooffer.infrastructure AS i ON i.id = f.nearest_passenger_station_id
                """));
    }
}
