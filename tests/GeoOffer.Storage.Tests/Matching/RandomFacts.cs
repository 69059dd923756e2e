using System.Globalization;
using GeoOffer.Testing;
using NetTopologySuite.Geometries;
using Npgsql;

namespace GeoOffer.Storage.Tests.Matching;

/// <summary>Sites whose stored facts are made up column by column, far wider than any landscape would give them.</summary>
internal sealed class RandomFacts(NpgsqlConnection connection, int seed)
{
    private readonly Random _random = new(seed);

    public static Task<MatchWorld> CreateWorldAsync(PostGisCluster cluster, int siteCount, int seed) =>
        MatchWorld.CreateAsync(cluster, $"random_facts_{siteCount}_{seed}", database => FillAsync(database, siteCount, seed));

    /// <summary>Fills a migrated database. Ports and Seveso establishments stay missing.</summary>
    private static async Task FillAsync(GeoOfferDatabase database, int siteCount, int seed)
    {
        await using var connection = await database.Source.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(TestContext.Current.CancellationToken);
        var facts = new RandomFacts(connection, seed);
        await facts.ExecuteAsync("SELECT set_config('geooffer.facts', 'by_caller', true)");
        await facts.ExecuteAsync(
            """
            INSERT INTO geooffer.dataset (collection, name, source, as_of) VALUES
              ('infrastructure', 'dated', 'Survey of 2023', '2023-01-01'), ('infrastructure', 'undated', 'Somebody', NULL),
              ('constraints', 'dated', 'Plan of 2020', '2020-06-30'), ('sites', 'sheets', 'Expression of interest', NULL);
            INSERT INTO geooffer.infrastructure (code, kind, name_it, geom, is_public, dataset_id)
            SELECT l.name || '.' || n, l.name, nullif('Impianto ' || n, 'Impianto 3'), ST_SetSRID(ST_MakePoint(9, 45), 4326), n <> 2,
              (SELECT id FROM geooffer.dataset WHERE collection = 'infrastructure' AND name = CASE n WHEN 1 THEN 'dated' WHEN 2 THEN 'undated' END)
            FROM geooffer.fact_layer AS l CROSS JOIN generate_series(1, 4) AS n WHERE l.role = 'proximity' AND l.name <> 'port';
            INSERT INTO geooffer.constraint_area (code, kind, severity, name_it, geom, is_public, dataset_id)
            SELECT l.name || '.' || n, l.name, 'informs', 'Vincolo ' || n, ST_Multi(ST_MakeEnvelope(9, 45, 9.1, 45.1, 4326)), n <> 2,
              (SELECT id FROM geooffer.dataset WHERE collection = 'constraints' AND n = 1)
            FROM geooffer.fact_layer AS l CROSS JOIN generate_series(1, 3) AS n WHERE l.role = 'constraint' AND l.name <> 'seveso';
            INSERT INTO geooffer.dataset_coverage (dataset_id, layer, coverage)
            SELECT d.id, l.name, ST_Multi(r.extent)
            FROM geooffer.fact_layer AS l JOIN geooffer.dataset AS d USING (collection) CROSS JOIN geooffer.region AS r
            WHERE l.role = 'constraint' AND l.name <> 'seveso' OR l.name IN ('airport', 'motorway')
            """);
        for (var number = 0; number < siteCount; number++)
        {
            await facts.AddSiteAsync(number);
        }

        await transaction.CommitAsync(TestContext.Current.CancellationToken);
    }

    private async Task AddSiteAsync(int number)
    {
        // Codes that sort differently by UTF-16 units, by code points and by the rules of a language.
        var code = Pick("GO-", "go-", "È-", "\uff21-", "\U0001f600-", "_") + number.ToString(CultureInfo.InvariantCulture);
        var (kind, functions, isPublic, geometry) = (Pick(BriefPool.Kinds), Functions(), Chance(0.8), Geometry());
        var areas = new (string Column, double? Value)[] { ("gross_area_declared_ha", AreaHa()), ("useful_area_ha", AreaHa()), ("for_sale_area_ha", AreaHa()) };
        var site = await InsertAsync("site", "id",
        [
            ("code", code), ("kind", kind), ("name_it", "Sito"), ("functions", functions), ("is_public", isPublic), ("geom", geometry),
            ("verified_on", Chance(0.5) ? new DateOnly(2024, 1, 1).AddDays(number) : null), .. areas.Select(area => (area.Column, (object?)area.Value)),
        ]);
        if (Chance(0.5))
        {
            await ExecuteAsync($"UPDATE geooffer.site SET dataset_id = (SELECT id FROM geooffer.dataset WHERE collection = 'sites') WHERE id = {site}");
        }

        var values = new List<(string, object?)>
        {
            ("site_id", site), ("code", code), ("kind", kind), ("functions", functions), ("is_public", isPublic), ("is_placed", geometry is not null), ("change_set_id", 1L),
            ("measured_area_ha", AreaHa()), ("net_area_ha", AreaHa()), ("net_area_missing", Pick<string[]>([], ["natura_2000"], ["seveso"])),
            ("municipality_code", Chance(0.2) ? null : Pick(BriefPool.Municipalities)), ("province_code", Chance(0.2) ? null : Pick(BriefPool.Provinces)),
        };
        values.AddRange(areas.Select(area => (area.Column, (object?)area.Value)));
        foreach (var (layer, isProximity) in await LayersAsync())
        {
            // Some sites have everything near, or most briefs would find nothing at all.
            var value = Chance(0.12) ? (double?)null : Pick(isProximity ? BriefPool.Distances : BriefPool.Overlaps) * (number % 3 == 0 && Chance(0.9) ? 0 : 1);
            values.Add((isProximity ? $"distance_{layer}_m" : $"overlap_{layer}_share", value));
            values.Add((isProximity ? $"nearest_{layer}_id" : $"overlap_{layer}_id", value is null || Chance(0.2) ? null : await FeatureAsync(layer, isProximity)));
        }

        await InsertAsync("site_fact", "site_id", values);
    }

    private List<(string Name, bool IsProximity)>? _layers;

    private async Task<List<(string Name, bool IsProximity)>> LayersAsync()
    {
        if (_layers is null)
        {
            _layers = [];
            await using var command = new NpgsqlCommand("SELECT name, role = 'proximity' FROM geooffer.fact_layer ORDER BY ordinal", connection);
            await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
            while (await reader.ReadAsync(TestContext.Current.CancellationToken))
            {
                _layers.Add((reader.GetString(0), reader.GetBoolean(1)));
            }
        }

        return _layers;
    }

    /// <summary>A feature of the layer, or a key that no feature has.</summary>
    private async Task<long> FeatureAsync(string layer, bool isProximity)
    {
        await using var command = new NpgsqlCommand(
            $"SELECT coalesce((SELECT id FROM geooffer.{(isProximity ? "infrastructure" : "constraint_area")} WHERE code = $1), 999999)", connection);
        command.Parameters.Add(new() { Value = $"{layer}.{_random.Next(1, 6)}" });
        return (long)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
    }

    private double? AreaHa() => Chance(0.15) ? null : Pick(BriefPool.AreasHa.Where(area => area > 0).ToArray());

    private string[] Functions() => _random.Next(6) switch
    {
        0 => [],
        1 => ["unknown"],
        2 => [Pick(BriefPool.Functions), "unknown"],
        3 => [.. BriefPool.Functions.Where(_ => Chance(0.5))],
        _ => [Pick(BriefPool.Functions)],
    };

    private Geometry? Geometry()
    {
        var (west, south) = (9 + (_random.Next(40) / 64.0), 45 + (_random.Next(40) / 64.0));
        return _random.Next(6) switch
        {
            0 => null,
            1 => BriefPool.Earth.CreatePoint(new Coordinate(west, south)),
            2 => BriefPool.Earth.CreateMultiPolygon([BriefPool.Box(west, south, 1 / 64.0, 1 / 64.0), BriefPool.Box(west + (2 / 64.0), south, 1 / 64.0, 1 / 64.0)]),
            _ => BriefPool.Box(west, south, _random.Next(1, 4) / 64.0, _random.Next(1, 4) / 64.0),
        };
    }

    private async Task<long> InsertAsync(string table, string key, List<(string Column, object? Value)> values)
    {
        var known = values.Where(value => value.Value is not null).ToList();
        await using var command = new NpgsqlCommand(
            $"INSERT INTO geooffer.{table} ({string.Join(", ", known.Select(value => value.Column))}) "
            + $"VALUES ({string.Join(", ", known.Select((_, place) => $"${place + 1}"))}) RETURNING {key}",
            connection);
        foreach (var (_, value) in known)
        {
            command.Parameters.Add(new() { Value = value! });
        }

        return (long)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

    private bool Chance(double probability) => _random.NextDouble() < probability;

    private T Pick<T>(params T[] items) => items[_random.Next(items.Length)];
}
