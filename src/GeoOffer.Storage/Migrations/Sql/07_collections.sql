-- The relations that collections are read from: one view each, key first; who may see which column is the catalogue's to say.

CREATE FUNCTION geooffer.make_sites_view() RETURNS void
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
    (SELECT string_agg(', f.' || quote_ident(CASE role WHEN 'proximity' THEN 'distance_' || name || '_m' ELSE 'overlap_' || name || '_share' END), ''
       ORDER BY ordinal) FROM geooffer.fact_layer));
END $$;
SELECT geooffer.make_sites_view();

CREATE VIEW geooffer.municipalities AS
SELECT m.code, m.name_it, m.name_en, m.province_code, m.cadastral_code, m.population, m.attract_status, m.is_approximate,
  m.is_public, d.source, d.as_of, m.change_set_id, m.geom
FROM geooffer.municipality AS m LEFT JOIN geooffer.dataset AS d ON d.id = m.dataset_id;

CREATE VIEW geooffer.provinces AS
SELECT p.code, p.sigla, p.name_it, p.name_en, p.is_approximate, p.is_public, d.source, d.as_of, p.change_set_id, p.geom
FROM geooffer.province AS p LEFT JOIN geooffer.dataset AS d ON d.id = p.dataset_id;

CREATE VIEW geooffer.infrastructures AS
SELECT i.code, i.kind, i.name_it, i.name_en, i.is_public, d.source, d.as_of, i.id, i.change_set_id, i.geom
FROM geooffer.infrastructure AS i LEFT JOIN geooffer.dataset AS d ON d.id = i.dataset_id;

CREATE VIEW geooffer.constraint_areas AS
SELECT c.code, c.kind, c.severity, c.name_it, c.name_en, c.is_public, d.source, d.as_of, c.id, c.change_set_id, c.geom
FROM geooffer.constraint_area AS c LEFT JOIN geooffer.dataset AS d ON d.id = c.dataset_id;

CREATE VIEW geooffer.agreements AS
SELECT a.code, a.municipality_code, a.name_it, a.name_en, a.state, a.signed_on, a.ends_on, a.is_public, d.source, d.as_of, a.change_set_id, a.geom
FROM geooffer.agreement AS a LEFT JOIN geooffer.dataset AS d ON d.id = a.dataset_id;

CREATE VIEW geooffer.poles AS
SELECT p.code, p.name_it, p.name_en, p.reach, p.valid_from, p.valid_to, p.is_public, d.source, d.as_of, p.change_set_id, p.geom
FROM geooffer.pole AS p LEFT JOIN geooffer.dataset AS d ON d.id = p.dataset_id;

CREATE VIEW geooffer.pilot_areas AS
SELECT p.code, p.pole_code, p.name_it, p.name_en, p.feasibility, p.valid_from, p.valid_to, p.is_public, d.source, d.as_of, p.change_set_id, p.geom
FROM geooffer.pilot_area AS p LEFT JOIN geooffer.dataset AS d ON d.id = p.dataset_id;
