-- The relation of the collection of sites: its columns of facts follow those of site_fact, so that they are there before a layer is published
-- and stay until it has been swept. This file can be run again.

CREATE OR REPLACE FUNCTION geooffer.make_sites_view() RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format($view$
    CREATE OR REPLACE VIEW geooffer.sites AS
    SELECT s.code, s.kind, s.form, s.availability_type, s.name_it, s.name_en, s.description_it, s.description_en,
      coalesce(f.municipality_code, s.municipality_code) AS municipality_code, f.province_code, f.pole_code, f.pilot_area_code,
      f.measured_area_ha, f.net_area_ha, f.net_area_at_most_ha, f.net_area_missing,
      s.gross_area_declared_ha, s.useful_area_ha, s.for_sale_area_ha, s.buildable_floor_area_m2, s.covered_area_m2,
      s.functions, s.key_sectors, s.planning_zone, s.building_index, s.building_index_unit, s.coverage_ratio, s.max_height_m,
      s.plan_stage, s.plan_variant_required, s.servicing_stage,
      s.electricity, s.electricity_mw, s.gas, s.gas_m3_per_h, s.water, s.water_l_per_s, s.sewer, s.fibre, s.rail_siding, s.quay,
      s.ownership, s.owner_count, s.insolvency,
      s.price_min_eur::double precision, s.price_max_eur::double precision,
      s.rent_min_eur_per_year::double precision, s.rent_max_eur_per_year::double precision,
      s.available_from, s.marketing_stage, s.disuse, s.disused_since, s.soil_pollution, s.remediation_stage, s.building_state,
      s.heritage, s.previous_activity, s.origin_channel, s.first_added, s.verified_on, s.completeness, s.lifecycle_state,
      s.previously_part_of, s.contact, s.internal_note, s.is_public, d.source, d.as_of, s.id, s.change_set_id,
      f.change_set_id AS facts_change_set_id, s.geom%s
    FROM geooffer.site AS s
    LEFT JOIN geooffer.site_fact AS f ON f.site_id = s.id
    LEFT JOIN geooffer.dataset AS d ON d.id = s.dataset_id$view$,
    (SELECT string_agg(', f.' || quote_ident(attname), '' ORDER BY attnum) FROM pg_attribute
     WHERE attrelid = 'geooffer.site_fact'::regclass AND attnum > 0 AND NOT attisdropped AND attname ~ '^(distance_.+_m|overlap_.+_share)$'));
END $$;
