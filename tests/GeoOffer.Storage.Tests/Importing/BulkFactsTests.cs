using GeoOffer.Storage.Importing;
using GeoOffer.Testing;

namespace GeoOffer.Storage.Tests.Importing;

/// <summary>Facts are the same whichever way rows come in: in bulk, or row by row through the triggers.</summary>
public sealed class BulkFactsTests(PostGisCluster cluster) : IAsyncLifetime
{
    private const string AllFacts =
        """
        SELECT coalesce(string_agg(line, E'\n' ORDER BY line), '') FROM (
          SELECT (to_jsonb(f) - 'site_id' - 'change_set_id' - ARRAY(SELECT key FROM jsonb_object_keys(to_jsonb(f)) AS key WHERE key ~ '_id$'))::text
            || (SELECT coalesce(string_agg(key || '=' || coalesce(i.code, c.code, ''), ',' ORDER BY key), '')
                FROM jsonb_each_text(to_jsonb(f)) AS e (key, value)
                LEFT JOIN geooffer.infrastructure AS i ON key ~ '^nearest_' AND i.id = value::bigint
                LEFT JOIN geooffer.constraint_area AS c ON key ~ '^overlap_.*_id$' AND c.id = value::bigint
                WHERE key ~ '^(nearest|overlap)_.*_id$') AS line
          FROM geooffer.site_fact AS f) AS lines
        """;

    private MigratedDatabase _database = null!;

    public async ValueTask InitializeAsync()
    {
        _database = await MigratedDatabase.CreateAsync(cluster);
        await _database.ExecuteAsync(
            """
            INSERT INTO geooffer.province (code, sigla, name_it, geom) VALUES ('015', 'MI', 'Milano', ST_Multi(ST_MakeEnvelope(8.8, 45.2, 9.3, 45.6, 4326)));
            INSERT INTO geooffer.municipality (code, name_it, province_code, geom)
            SELECT to_char(15000 + 10 * x + y, 'FM000000'), 'M', '015', ST_Multi(ST_MakeEnvelope(8.8 + 0.1 * x, 45.2 + 0.1 * y, 8.9 + 0.1 * x, 45.3 + 0.1 * y, 4326))
            FROM generate_series(0, 4) AS x, generate_series(0, 3) AS y;
            """);
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task Sites_in_bulk_have_the_facts_of_sites_by_triggers()
    {
        await ImportLayersAsync();
        var file = Imports.File("sites.geojson", Imports.Collection(Sites(300, seed: 1)));
        await _database.Database.StoreAsync(Imports.Request("sites", file));
        await AssertFactsAreThoseOfTriggersAsync();

        // Every sixth moves, but for two that have no geometry; as many change their name only; thirty come.
        var later = Imports.File("sites.geojson", Imports.Collection(Sites(330, seed: 1, movedBy: 0.01)));
        var report = await _database.Database.StoreAsync(Imports.Request("sites", later));
        Assert.Equal((30, 98), (report.Rows.New, report.Rows.Changed));
        await AssertFactsAreThoseOfTriggersAsync();
    }

    [Fact]
    public async Task Facts_are_the_same_whether_sites_or_layers_come_first()
    {
        await _database.Database.StoreAsync(Imports.Request("sites", Imports.File("sites.geojson", Imports.Collection(Sites(150, seed: 2)))));
        await ImportLayersAsync();
        await AssertFactsAreThoseOfTriggersAsync();
    }

    [Theory]
    [InlineData(10)]
    [InlineData(250)]
    public async Task Facts_follow_layers_that_are_imported_again_in_part(int changed)
    {
        await ImportLayersAsync();
        await _database.Database.StoreAsync(Imports.Request("sites", Imports.File("sites.geojson", Imports.Collection(Sites(150, seed: 3)))));
        await _database.Database.StoreAsync(StationRequest(400 - changed, shift: 0.02, from: changed) with { Mode = ImportMode.Replace });
        await _database.Database.StoreAsync(ParkRequest(40, shift: 0.01) with { Mode = ImportMode.Replace });
        await _database.Database.StoreAsync(ParkRequest(40, shift: 0.01) with { Coverage = ImportCoverage.Region });
        await AssertFactsAreThoseOfTriggersAsync();
    }

    [Fact]
    public async Task Facts_follow_municipalities_that_are_imported()
    {
        await _database.Database.StoreAsync(Imports.Request("sites", Imports.File("sites.geojson", Imports.Collection(Sites(100, seed: 4)))));
        var features = Enumerable.Range(0, 300).Select(i => Imports.Feature(
            Imports.Square(8.8 + (0.02 * (i % 25)), 45.2 + (0.04 * (i / 25)), 0.02), $$"""{"istat_code":"016{{i:000}}","name":"N{{i}}"}"""));
        await _database.Database.StoreAsync(Imports.Request("municipalities", "m.geojson", Imports.Collection(features)));
        await AssertFactsAreThoseOfTriggersAsync();
    }

    private async Task ImportLayersAsync()
    {
        await _database.Database.StoreAsync(StationRequest(400, shift: 0));
        await _database.Database.StoreAsync(ParkRequest(60, shift: 0) with { Coverage = new ImportCoverage.Area(new NetTopologySuite.Geometries.GeometryFactory(new(), 4326).ToGeometry(new(8.8, 9.2, 45.2, 45.6))) });
        await _database.Database.StoreAsync(Imports.Request("constraints", "flood.geojson", Imports.Collection(Parks(30, shift: 0.005))) with
        {
            FixedValues = new Dictionary<string, string> { ["kind"] = "flood_p3" },
        });
    }

    private static ImportRequest StationRequest(int count, double shift, int from = 0) => Imports.Request(
        "infrastructure", "stations.geojson", Imports.Collection(Stations(from, count, shift))) with
    {
        FixedValues = new Dictionary<string, string> { ["kind"] = "passenger_station" },
    };

    private static ImportRequest ParkRequest(int count, double shift) => Imports.Request("constraints", "parks.geojson", Imports.Collection(Parks(count, shift))) with
    {
        FixedValues = new Dictionary<string, string> { ["kind"] = "protected_area" },
    };

    private static IEnumerable<string> Stations(int from, int count, double shift)
    {
        var random = new Random(77);
        return [.. Enumerable.Range(0, from + count).Select(i => Imports.Feature(
            Imports.Point(8.8 + (0.5 * random.NextDouble()) + shift, 45.2 + (0.4 * random.NextDouble())), $$"""{"name":"S{{i}}"}""", $"S{i}")).Skip(from)];
    }

    private static IEnumerable<string> Parks(int count, double shift)
    {
        var random = new Random(78);
        return [.. Enumerable.Range(0, count).Select(i => Imports.Feature(
            Imports.Square(8.8 + (0.5 * random.NextDouble()) + shift, 45.2 + (0.4 * random.NextDouble()), 0.01 + (0.02 * random.NextDouble())),
            "{}", $"P{count}-{i}"))];
    }

    private static IEnumerable<string> Sites(int count, int seed, double movedBy = 0)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(i =>
        {
            var (longitude, latitude) = (8.75 + (0.6 * random.NextDouble()), 45.15 + (0.5 * random.NextDouble()));
            var moves = movedBy > 0 && i % 6 == 0;
            var (x, y) = moves ? (longitude + movedBy, latitude) : (longitude, latitude);
            var name = movedBy > 0 && i % 6 == 3 ? "renamed" : $"site {i}";
            return Imports.Feature(
                i % 7 == 0 ? Imports.Point(x, y) : i % 31 == 5 ? "null" : Imports.Square(x, y, 0.002 + (0.01 * ((i % 13) / 13.0))),
                $$"""{"code":"GO-{{i}}","kind":"greenfield","name":"{{name}}","istat_code":"015{{i % 40:000}}","area_ha":{{i + 1}},"functions":"industrial;offices"}""");
        })];
    }

    /// <summary>Writes the same sites again, row by row through the triggers, and compares every column.</summary>
    private async Task AssertFactsAreThoseOfTriggersAsync()
    {
        var bulk = await _database.ScalarAsync<string>(AllFacts);
        await _database.ExecuteAsync(
            """
            CREATE TEMPORARY TABLE again AS SELECT * FROM geooffer.site;
            ALTER TABLE again DROP COLUMN completeness, DROP COLUMN change_set_id;
            DELETE FROM geooffer.site_fact;
            ALTER TABLE geooffer.site DISABLE TRIGGER USER;
            DELETE FROM geooffer.site;
            ALTER TABLE geooffer.site ENABLE TRIGGER USER;
            DO $$
            DECLARE columns text := (SELECT string_agg(quote_ident(attname), ', ') FROM pg_attribute WHERE attrelid = 'again'::regclass AND attnum > 0 AND NOT attisdropped);
            BEGIN
              EXECUTE format('INSERT INTO geooffer.site (%1$s) OVERRIDING SYSTEM VALUE SELECT %1$s FROM again', columns);
            END $$;
            DROP TABLE again;
            """);
        Assert.Equal(await _database.ScalarAsync<string>(AllFacts), bulk);
        Assert.NotEqual("", bulk);
    }
}
