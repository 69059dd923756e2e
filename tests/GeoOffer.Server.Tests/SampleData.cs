namespace GeoOffer.Server.Tests;

/// <summary>
/// A small province with one freight terminal, one station and one park, and sites around them whose fate under
/// <see cref="Query"/> is known: GO-1 matches, GO-2 would if its functions were known, GO-3 is too far by some kilometres, GO-4 is too
/// small by far, and GO-5 is like GO-1 but not published.
/// </summary>
internal static class SampleData
{
    public const string Query = "area_ha=40&function=industrial&near=freight_terminal:10000";

    public const string Brief =
        """
        {"area":{"target_ha":40},
         "constraints":[{"criterion":"function","any_of":["industrial"]},
                        {"criterion":"distance","target":"freight_terminal","max_m":10000}]}
        """;

    public const string Sql =
        """
        INSERT INTO geooffer.dataset (collection, name, source, as_of, licence)
        VALUES ('infrastructure', 'sample', 'Sample survey', '2024-05-01', 'CC0-1.0'), ('sites', 'sheets', 'Sample sheets', '2024-06-01', 'CC0-1.0');
        INSERT INTO geooffer.province (code, sigla, name_it, geom) VALUES
          ('015', 'MI', 'Milano', ST_Multi(ST_MakeEnvelope(9.0, 45.3, 9.25, 45.7, 4326))),
          ('016', 'BG', 'Bergamo', ST_Multi(ST_MakeEnvelope(9.25, 45.3, 9.6, 45.7, 4326)));
        INSERT INTO geooffer.municipality (code, name_it, province_code, geom) VALUES
          ('015146', 'Milano', '015', ST_Multi(ST_MakeEnvelope(9.0, 45.3, 9.25, 45.7, 4326))),
          ('016024', 'Bergamo', '016', ST_Multi(ST_MakeEnvelope(9.25, 45.3, 9.6, 45.7, 4326)));
        INSERT INTO geooffer.infrastructure (code, kind, name_it, name_en, geom, dataset_id)
        SELECT * FROM (VALUES
          ('FT-1', 'freight_terminal', 'Terminal di prova', 'Sample terminal', ST_SetSRID(ST_MakePoint(9.12, 45.5), 4326)),
          ('PS-1', 'passenger_station', 'Stazione di prova', 'Sample station', ST_SetSRID(ST_MakePoint(9.30, 45.5), 4326))) AS v,
          LATERAL (SELECT id FROM geooffer.dataset WHERE collection = 'infrastructure') AS d;
        INSERT INTO geooffer.site (code, kind, name_it, name_en, functions, geom, lifecycle_state, is_public, verified_on, contact, dataset_id)
        SELECT v.*, d.id FROM (VALUES
          ('GO-1', 'greenfield', 'Città dei mestieri', 'City of crafts', ARRAY['industrial', 'logistics'], ST_MakeEnvelope(9.1, 45.5, 9.1081, 45.5057, 4326), 'published', true, current_date, 'Mario Rossi'),
          ('GO-2', 'brownfield', '=SOMMA(A1:A9)', NULL, ARRAY['unknown'], ST_MakeEnvelope(9.14, 45.52, 9.1481, 45.5257, 4326), 'published', true, NULL, NULL),
          ('GO-3', 'greenfield', 'Lontano', 'Far away', ARRAY['industrial'], ST_MakeEnvelope(9.3, 45.5, 9.3081, 45.5057, 4326), 'published', true, current_date, NULL),
          ('GO-4', 'greenfield', 'Piccolo', 'Small', ARRAY['industrial'], ST_MakeEnvelope(9.1, 45.48, 9.1029, 45.482, 4326), 'published', true, current_date, NULL),
          ('GO-5', 'greenfield', 'Riservato', 'Confidential', ARRAY['industrial'], ST_MakeEnvelope(9.11, 45.51, 9.1181, 45.5157, 4326), 'admitted', false, current_date, NULL),
          ('GO-6', 'greenfield', 'Senza luogo', NULL, ARRAY['offices'], NULL, 'published', true, current_date, NULL)) AS v (code, kind, name_it, name_en, functions, geom, lifecycle_state, is_public, verified_on, contact),
          LATERAL (SELECT id FROM geooffer.dataset WHERE collection = 'sites') AS d;
        INSERT INTO geooffer.site (code, kind, name_it, functions, geom, lifecycle_state, is_public)
        SELECT format('P-%s', lpad(n::text, 3, '0')), 'brownfield', format('Pagina %s', n), ARRAY['retail'],
          ST_MakeEnvelope(9.4 + n * 0.002, 45.6, 9.401 + n * 0.002, 45.601, 4326), 'published', true
        FROM generate_series(1, 25) AS n;
        """;
}

/// <summary>The service over the sample data, for the tests of a class that only read.</summary>
public sealed class SampleService(GeoOffer.Testing.PostGisCluster cluster) : IAsyncLifetime
{
    private RunningService? _service;

    internal RunningService Service => _service!;

    internal HttpClient Client => Service.Client;

    public async ValueTask InitializeAsync() => _service = await RunningService.StartAsync(cluster, SampleData.Sql);

    public async ValueTask DisposeAsync()
    {
        if (_service is not null)
        {
            await _service.DisposeAsync();
        }
    }
}
