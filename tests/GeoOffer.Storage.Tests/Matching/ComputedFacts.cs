using GeoOffer.Testing;

namespace GeoOffer.Storage.Tests.Matching;

/// <summary>A small landscape whose facts are those that the database itself computes when sites and layers are written.</summary>
internal static class ComputedFacts
{
    public static Task<MatchWorld> CreateWorldAsync(PostGisCluster cluster) => MatchWorld.CreateAsync(cluster, "computed_facts", FillAsync);

    /// <summary>Airports have no layer, flood and protected areas cover the western half, some sites are points or nowhere.</summary>
    private static async Task FillAsync(GeoOfferDatabase database)
    {
        await ExecuteAsync(
            database,
            """
            SELECT setseed(0.7702);
            INSERT INTO geooffer.dataset (collection, name, source, as_of) VALUES
              ('infrastructure', 'network', 'Operator of the network', '2023-01-01'), ('constraints', 'plan', 'Regional plan', '2020-06-30'),
              ('sites', 'sheets', 'Expression of interest', NULL);
            INSERT INTO geooffer.province (code, sigla, name_it, geom) VALUES
              ('015', 'MI', 'Milano', ST_Multi(ST_MakeEnvelope(9, 45, 9.25, 45.5, 4326))),
              ('016', 'BG', 'Bergamo', ST_Multi(ST_MakeEnvelope(9.25, 45, 9.5, 45.5, 4326)));
            INSERT INTO geooffer.municipality (code, name_it, province_code, geom) VALUES
              ('015146', 'Milano', '015', ST_Multi(ST_MakeEnvelope(9, 45, 9.25, 45.25, 4326))),
              ('015182', 'Rho', '015', ST_Multi(ST_MakeEnvelope(9, 45.25, 9.25, 45.5, 4326))),
              ('016024', 'Bergamo', '016', ST_Multi(ST_MakeEnvelope(9.25, 45, 9.5, 45.25, 4326)));
            INSERT INTO geooffer.infrastructure (code, kind, name_it, is_public, dataset_id, geom)
            SELECT kind || '.' || n, kind, 'Impianto ' || n, n % 3 <> 0, (SELECT id FROM geooffer.dataset WHERE name = 'network' AND n % 2 = 0),
              CASE WHEN kind IN ('rail_line', 'motorway', 'watercourse')
                THEN ST_SetSRID(ST_MakeLine(ARRAY[ST_MakePoint(9 + random() * 0.6, 44.9), ST_MakePoint(9 + random() * 0.6, 45.2), ST_MakePoint(9 + random() * 0.6, 45.7)]), 4326)
                ELSE ST_SetSRID(ST_MakePoint(9 + random() * 0.6, 45 + random() * 0.6), 4326) END
            FROM unnest(ARRAY['rail_line', 'passenger_station', 'freight_terminal', 'motorway_junction', 'motorway', 'watercourse', 'university']) AS kind
            CROSS JOIN generate_series(1, 5) AS n;
            INSERT INTO geooffer.constraint_area (code, kind, severity, name_it, is_public, dataset_id, geom)
            SELECT kind || '.' || n, kind, 'excludes', 'Vincolo ' || n, n % 3 <> 0, (SELECT id FROM geooffer.dataset WHERE name = 'plan' AND n % 2 = 0),
              ST_Multi(ST_Buffer(ST_SetSRID(ST_MakePoint(9 + random() * 0.6, 45 + random() * 0.6), 4326), 0.02 + random() * 0.06))
            FROM unnest(ARRAY['protected_area', 'natura_2000', 'flood_p3', 'buffer_strip', 'landscape']) AS kind CROSS JOIN generate_series(1, 6) AS n
            """);
        await ExecuteAsync(
            database,
            """
            INSERT INTO geooffer.dataset_coverage (dataset_id, layer, coverage)
            SELECT d.id, l.name,
              CASE WHEN l.name IN ('flood_p3', 'protected_area') THEN ST_Multi(ST_MakeEnvelope(8.4, 44.6, 9.3, 46.7, 4326)) ELSE ST_Multi(r.extent) END
            FROM geooffer.fact_layer AS l JOIN geooffer.dataset AS d USING (collection) CROSS JOIN geooffer.region AS r
            WHERE l.name IN ('protected_area', 'natura_2000', 'flood_p3', 'buffer_strip', 'university', 'rail_line')
            """);
        await ExecuteAsync(
            database,
            """
            SELECT setseed(0.1936);
            INSERT INTO geooffer.site (code, kind, name_it, name_en, functions, is_public, verified_on, dataset_id, municipality_code, gross_area_declared_ha, geom)
            SELECT 'GO-' || n, CASE WHEN random() < 0.5 THEN 'greenfield' ELSE 'brownfield' END, 'Sito ' || n, nullif('Site ' || n, 'Site 7'),
              CASE n % 5 WHEN 0 THEN '{}'::text[] WHEN 1 THEN ARRAY['industrial', 'unknown'] WHEN 2 THEN ARRAY['industrial', 'offices'] ELSE ARRAY['logistics'] END,
              random() < 0.8, CASE WHEN random() < 0.7 THEN DATE '2024-01-01' + n END, (SELECT id FROM geooffer.dataset WHERE name = 'sheets' AND n % 2 = 0),
              CASE WHEN n % 7 = 0 THEN '015182' END, CASE WHEN random() < 0.5 THEN round((random() * 60)::numeric, 1) + 0.1 END,
              CASE WHEN n % 13 = 0 THEN NULL WHEN n % 11 = 0 THEN ST_Centroid(shape) ELSE shape END
            FROM (
              SELECT n, ST_Buffer(ST_SetSRID(ST_MakePoint(9 + random() * 0.6, 45 + random() * 0.6), 4326), 0.0005 + random() * 0.003, 3) AS shape
              FROM generate_series(1, 250) AS n) AS shapes
            """);
    }

    private static async Task ExecuteAsync(GeoOfferDatabase database, string sql)
    {
        await using var command = database.Source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }
}
