using GeoOffer.Testing;

namespace GeoOffer.Storage.Tests.Exporting;

/// <summary>A database of values that formats stumble over.</summary>
internal static class AwkwardData
{
    /// <summary>Everything in it can be imported.</summary>
    public const string Sql =
        """
        INSERT INTO geooffer.site (code, kind, form, name_it, name_en, description_it, functions, previously_part_of, geom, gross_area_declared_ha,
          useful_area_ha, for_sale_area_ha, building_index, electricity_mw, owner_count, price_min_eur, available_from, disused_since, first_added,
          lifecycle_state, is_public, contact, internal_note)
        VALUES
          ('AW-1', 'greenfield', 'area', E'L''Isola "che" non c''è \\ 100%\tfine', 'Straße Ωmega 🌾 & <b>', E'riga 1\nriga 2\r\nriga 3, con virgola; e punto e virgola',
           ARRAY['industrial', 'logistics'], ARRAY['GO-1', 'città, vecchia'],
           ST_GeomFromText('POLYGON((9.1 45.5,9.12 45.5,9.12 45.52,9.1 45.52,9.1 45.5),(9.105 45.505,9.105 45.51,9.11 45.51,9.11 45.505,9.105 45.505))', 4326),
           0.1, 123456.789, 5e-324, 0.30000000000000004, 1e-7, 2147483647, 999999999999.99, '1900-01-01', '1987-06-05', '2024-02-29', 'published', true, 'anna@example.org', 'nota'),
          ('AW-2', 'brownfield', 'building', 'Due parti', NULL, (SELECT rtrim(string_agg(chr(97 + n % 26) || CASE WHEN n % 7 = 0 THEN 'é' ELSE ' ' END, '')) FROM generate_series(1, 5000) AS n),
           ARRAY['offices'], '{}',
           ST_GeomFromText('MULTIPOLYGON(((9.3 45.6,9.31 45.6,9.31 45.61,9.3 45.6)),((9.4 45.7,9.41 45.7,9.41 45.71,9.4 45.7),(9.406 45.702,9.408 45.702,9.408 45.704,9.406 45.702)))', 4326),
           999999.9999999, 1e-300, 0, 12345.6789, 250000, 1, 0, NULL, NULL, '2024-01-01', 'published', true, NULL, NULL),
          ('AW-3', 'greenfield', 'project', 'Un punto', '=1+1', '+39 02 1234', '{}', ARRAY['a;b', 'c|d', '[e]'],
           ST_SetSRID(ST_MakePoint(9.123456789012345, 45.98765432109876), 4326), NULL, NULL, NULL, NULL, NULL, NULL, 0.01, '2100-12-31', NULL, '2024-01-02',
           'published', true, NULL, NULL),
          ('AW-4', 'brownfield', 'area', 'Senza luogo', NULL, NULL, '{}', '{}', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '2024-01-03', 'published', true, NULL, NULL),
          ('AW-5', 'greenfield', 'area', '@riservato', NULL, NULL, ARRAY['sports'], '{}',
           ST_GeomFromText('POLYGON((9.2 45.4,9.21 45.4,9.21 45.41,9.2 45.41,9.2 45.4),(9.202 45.402,9.202 45.403,9.203 45.403,9.203 45.402,9.202 45.402),(9.206 45.406,9.206 45.407,9.207 45.407,9.207 45.406,9.206 45.406))', 4326),
           3.25, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '2024-01-04', 'admitted', false, NULL, NULL);
        INSERT INTO geooffer.infrastructure (code, kind, name_it, name_en, geom) VALUES
          ('rail_line.1', 'rail_line', 'Milano–Monza', NULL, ST_GeomFromText('LINESTRING(9.2 45.48,9.21 45.5,9.27 45.58)', 4326)),
          ('rail_line.2', 'rail_line', NULL, NULL, ST_GeomFromText('MULTILINESTRING((9.2 45.48,9.1 45.4),(9 45.1,9.01 45.2,9.02 45.25))', 4326)),
          ('passenger_station.1', 'passenger_station', 'Stazione "Centrale"', 'Central', ST_SetSRID(ST_MakePoint(9.204, 45.486), 4326)),
          ('airport.1', 'airport', 'Due piste', NULL, ST_GeomFromText('MULTIPOINT((8.72 45.63),(8.73 45.64))', 4326)),
          ('port.1', 'port', 'Banchina', NULL, ST_GeomFromText('POLYGON((10 45.1,10.01 45.1,10.01 45.11,10 45.1))', 4326));
        INSERT INTO geooffer.constraint_area (code, kind, severity, name_it, geom) VALUES
          ('protected_area.1', 'protected_area', 'excludes', 'Parco', ST_GeomFromText('MULTIPOLYGON(((9.5 45.5,9.6 45.5,9.6 45.6,9.5 45.5)),((9.7 45.7,9.8 45.7,9.8 45.8,9.7 45.7)))', 4326));
        INSERT INTO geooffer.province (code, sigla, name_it, geom) VALUES
          ('015', 'MI', 'Milano', ST_Multi(ST_MakeEnvelope(9.0, 45.3, 9.25, 45.7, 4326))), ('018', 'PV', 'Pavia', NULL);
        """;

    /// <summary>What only SQL can write.</summary>
    public const string Hostile =
        """
        UPDATE geooffer.site SET name_en = '' WHERE code = 'AW-2';
        UPDATE geooffer.site SET previous_activity = E'\x01bell\x07\x1f \u2028' WHERE code = 'AW-3';
        """;

    public static Task<MigratedDatabase> CreateAsync(PostGisCluster cluster) => MigratedDatabase.CreateAsync(cluster, "awkward", async database =>
    {
        await using var command = database.Source.CreateCommand(Sql);
        await command.ExecuteNonQueryAsync();
    });
}
