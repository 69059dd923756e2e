-- $1 sites with facts drawn at random: computing the facts of a million sites is another benchmark. They are stored in the order in which an
-- import stores them, neighbours together; that of their codes has nothing to do with it.

SELECT set_config('geooffer.facts', 'by_caller', true);

INSERT INTO geooffer.site (code, kind, name_it, functions, geom, gross_area_declared_ha, is_public, lifecycle_state, verified_on)
SELECT 'BENCH-' || id, kind, 'Bench ' || id, functions, geom, gross_area_declared_ha, is_public, 'published', current_date
FROM bench_site ORDER BY geom LIMIT $1;
ANALYZE geooffer.site;

DO $$
DECLARE
  columns text := (SELECT string_agg(quote_ident(CASE role WHEN 'proximity' THEN 'distance_' || name || '_m' ELSE 'overlap_' || name || '_share' END), ', ' ORDER BY ordinal)
    FROM geooffer.fact_layer);
  -- Distances pile up near nought and reach 60 km; two sites in a hundred are not covered; one in six overlaps something.
  drawn text := (SELECT string_agg(CASE role WHEN 'proximity' THEN 'CASE WHEN random() < 0.98 THEN 60000 * random() ^ 2 END'
    ELSE 'CASE WHEN random() < 0.98 THEN CASE WHEN random() < 0.16 THEN random() ELSE 0 END END' END, ', ' ORDER BY ordinal) FROM geooffer.fact_layer);
BEGIN
  EXECUTE format($statement$
    INSERT INTO geooffer.site_fact (site_id, code, kind, functions, is_public, is_placed, gross_area_declared_ha, measured_area_ha, net_area_ha,
      net_area_at_most_ha, municipality_code, province_code, change_set_id, %s)
    SELECT s.id, s.code, s.kind, s.functions, s.is_public, true, s.gross_area_declared_ha, a.ha, a.ha, a.ha,
      to_char(900001 + floor(random() * 1500)::integer, 'FM000000'), to_char(901 + floor(random() * 12)::integer, 'FM000'), s.change_set_id, %s
    FROM geooffer.site AS s CROSS JOIN LATERAL (SELECT ST_Area(s.geom::geography) / 10000 AS ha) AS a$statement$, columns, drawn);
END $$;
