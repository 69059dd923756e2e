-- Stored facts of sites: one set-wise statement, written from the registry of layers. This file can be run again: each migration that changes it does.

DROP FUNCTION IF EXISTS geooffer.fact_columns(text[]);
DROP FUNCTION IF EXISTS geooffer.facts_sql(text, text[]);

-- The columns that a facts statement yields after site_id, in their order, for some parts of the facts:
-- 'area', 'container', 'constraint' (all overlaps and the net area), or the name of a layer (its distance, or its overlap alone);
-- null: all parts. The registry is fact_layer, or a relation like it that says what is about to be published.
CREATE OR REPLACE FUNCTION geooffer.fact_columns(parts text[] DEFAULT NULL, registry text DEFAULT 'geooffer.fact_layer') RETURNS text[]
LANGUAGE plpgsql STABLE AS $$
DECLARE
  of_layers text[];
BEGIN
  EXECUTE format($statement$
    SELECT array_agg(c.name ORDER BY l.ordinal, c.place)
    FROM %s AS l
    CROSS JOIN LATERAL (VALUES
      (1, CASE l.role WHEN 'proximity' THEN 'distance_' || l.name || '_m' ELSE 'overlap_' || l.name || '_share' END),
      (2, CASE l.role WHEN 'proximity' THEN 'nearest_' || l.name || '_id' ELSE 'overlap_' || l.name || '_id' END)) AS c (place, name)
    WHERE $1 IS NULL OR l.name = ANY ($1) OR (l.role = 'constraint' AND 'constraint' = ANY ($1))$statement$, registry)
  INTO of_layers USING parts;
  RETURN CASE WHEN parts IS NULL OR 'area' = ANY (parts) THEN ARRAY['measured_area_ha'] ELSE '{}' END
      || CASE WHEN parts IS NULL OR 'container' = ANY (parts)
           THEN ARRAY['municipality_code', 'province_code', 'pole_code', 'pilot_area_code'] ELSE '{}' END
      || CASE WHEN parts IS NULL OR 'constraint' = ANY (parts)
           THEN ARRAY['net_area_ha', 'net_area_at_most_ha', 'net_area_missing'] ELSE '{}' END
      || coalesce(of_layers, '{}');
END $$;

-- The statement that computes facts for the rows of source, a relation (or subquery with alias) that yields
-- site_id bigint, geom geometry(4326) and stated_municipality_code text. Its result: site_id, then fact_columns(parts, registry).
CREATE OR REPLACE FUNCTION geooffer.facts_sql(source text, parts text[] DEFAULT NULL, registry text DEFAULT 'geooffer.fact_layer') RETURNS text
LANGUAGE plpgsql STABLE AS $$
DECLARE
  settings   geooffer.region;
  layer      geooffer.fact_layer;
  want_area  boolean := parts IS NULL OR 'area' = ANY (parts);
  want_container  boolean := parts IS NULL OR 'container' = ANY (parts);
  want_constraint boolean := parts IS NULL OR 'constraint' = ANY (parts);
  overlapped text[];
  coverages  geometry[];
  covered    text := '';
  hits       text;
  by_layer   text[] := '{}';
  excluded   text[] := '{}';
  yields     text[] := '{}';
  joins      text := '';
  container  text;
  is_covered text;
BEGIN
  SELECT * INTO STRICT settings FROM geooffer.region;
  -- Layers often share one area of coverage: each distinct one is tested once per site.
  EXECUTE format('SELECT array_agg(DISTINCT coverage) FROM %s WHERE coverage IS NOT NULL', registry) INTO coverages;
  EXECUTE format('SELECT array_agg(name ORDER BY ordinal) FROM %s WHERE role = ''constraint'' AND ($1 OR name = ANY ($2))', registry)
    INTO overlapped USING want_constraint, parts;
  FOR place IN 1 .. coalesce(cardinality(coverages), 0) LOOP
    covered := covered || format(E',\n    ST_Covers((SELECT coverage FROM %s WHERE coverage IS NOT NULL AND md5(coverage::bytea) = %L ORDER BY ordinal LIMIT 1), s.geom) AS covered_%s',
      registry, md5(coverages[place]::bytea), place);
  END LOOP;

  IF want_area THEN
    yields := yields || 's.measured_area_ha'::text;
  END IF;

  IF want_container THEN
    yields := yields || ARRAY['municipality.code',
      'coalesce(listed.province_code, province.code)',
      'pole.code', 'pilot_area.code'];
    FOREACH container IN ARRAY ARRAY['municipality', 'province', 'pole', 'pilot_area'] LOOP
      -- Nearly every site lies in one area; only one on a border needs the areas of its parts.
      joins := joins || format($join$
LEFT JOIN LATERAL (
  SELECT CASE WHEN %3$s THEN coalesce(
    (SELECT c.code FROM geooffer.%1$I AS c WHERE ST_Covers(c.geom, s.geom) ORDER BY c.code LIMIT 1),
    (SELECT code FROM (SELECT c.code, ST_Area(ST_Intersection(c.geom, s.geom)) AS held FROM geooffer.%1$I AS c WHERE ST_Intersects(c.geom, s.geom)
       ORDER BY held DESC, code LIMIT 1) AS most WHERE held > 0)%2$s) END AS code) AS %1$I ON true$join$,
        container,
        CASE container WHEN 'municipality' THEN ', s.stated_municipality_code' ELSE '' END,
        CASE container WHEN 'province' THEN 'listed.province_code IS NULL' ELSE 'true' END);
      IF container = 'municipality' THEN
        joins := joins || E'\nLEFT JOIN geooffer.municipality AS listed ON listed.code = municipality.code';
      END IF;
    END LOOP;
  END IF;

  IF want_constraint THEN
    yields := yields || ARRAY[
      'CASE WHEN missing.layers = ''{}'' THEN s.measured_area_ha * (1 - coalesce(excluded.share, 0)) END',
      's.measured_area_ha * (1 - coalesce(excluded.share, 0))',
      'CASE WHEN s.is_polygon THEN missing.layers ELSE ''{}'' END'];
  END IF;

  FOR layer IN EXECUTE format('SELECT * FROM %s ORDER BY ordinal', registry) LOOP
    is_covered := CASE WHEN layer.coverage IS NULL THEN 'false' ELSE 's.covered_' || array_position(coverages, layer.coverage) END;
    IF layer.role = 'proximity' AND (parts IS NULL OR layer.name = ANY (parts)) THEN
      -- Nearer than a centimetre, which coordinates do not resolve, is touching.
      yields := yields || ARRAY[format('CASE WHEN %1$I.metres < 0.01 THEN 0 ELSE %1$I.metres END', 'near_' || layer.name),
        format('%I.feature_id', 'near_' || layer.name)];
      -- Nearest in the plane first; the geodesic distance decides among all that the scale bound leaves in doubt.
      joins := joins || format($join$
LEFT JOIN LATERAL (
  SELECT p.feature_id, geooffer.edge_distance_metres(s.geom_m, p.geom) AS metres
  FROM (SELECT n.geom <-> s.geom_m AS metres FROM %2$s AS n ORDER BY n.geom <-> s.geom_m LIMIT 1) AS planar
  JOIN %2$s AS p ON ST_DWithin(p.geom, s.geom_m, planar.metres * (1 + 2 * %3$s) + 0.001)
  WHERE %4$s ORDER BY metres, p.feature_id LIMIT 1) AS %1$I ON true$join$,
        'near_' || layer.name, layer.piece_table, settings.scale_bound, is_covered);
    ELSIF layer.name = ANY (overlapped) THEN
      yields := yields || ARRAY[
        format('CASE WHEN s.is_polygon AND %s THEN least(1, coalesce(overlap.%I, 0)) END', is_covered, 'share_' || layer.name),
        format('CASE WHEN s.is_polygon AND %s THEN overlap.%I END', is_covered, 'feature_' || layer.name)];
      by_layer := by_layer || format('max(share) FILTER (WHERE layer = %1$L) AS %2$I, max(feature_id) FILTER (WHERE layer = %1$L) AS %3$I',
        layer.name, 'share_' || layer.name, 'feature_' || layer.name);
      IF layer.default_severity = 'excludes' THEN
        excluded := excluded || format('CASE WHEN NOT %s THEN %L END', is_covered, layer.name);
      END IF;
    END IF;
  END LOOP;

  EXECUTE format($tables$
    SELECT string_agg(format($hit$
  SELECT s.site_id, s.area, ST_Area(s.geom) AS extent, p.kind AS layer, p.feature_id, p.excludes,
    CASE WHEN ST_CoveredBy(s.geom, p.geom) THEN s.geom ELSE ST_CollectionExtract(ST_Intersection(s.geom, p.geom), 3) END AS part
  FROM s JOIN %%s AS p ON ST_Intersects(p.geom, s.geom) WHERE s.is_polygon%%s$hit$,
      piece_table, CASE WHEN $2 THEN '' ELSE format(' AND p.kind = ANY (%%L)', kinds) END), E'\n  UNION ALL')
    FROM (SELECT piece_table, array_agg(name ORDER BY ordinal) AS kinds FROM %s WHERE name = ANY ($1) GROUP BY piece_table) AS tables$tables$, registry)
  INTO hits USING overlapped, want_constraint;

  RETURN format($statement$
WITH s AS MATERIALIZED (
  SELECT s.site_id, s.geom, s.stated_municipality_code, ST_Dimension(s.geom) = 2 AS is_polygon,
    geooffer.measurable(s.geom, %1$s) AS geom_m,
    CASE WHEN ST_Dimension(s.geom) = 2 THEN geooffer.comparable_area(s.geom) END AS area,
    CASE WHEN ST_Dimension(s.geom) = 2 THEN ST_Area(s.geom::geography) / 10000 END AS measured_area_ha%2$s
  FROM %3$s AS s)%4$s
SELECT s.site_id, %5$s
FROM s%6$s%7$s$statement$,
    settings.metric_srid, covered, source,
    CASE WHEN hits IS NOT NULL THEN format($overlap$,
hit AS MATERIALIZED (%s),
overlap AS MATERIALIZED (
  -- One row for a site: a join for each layer would be a nested loop, as the planner expects few rows of a CTE.
  SELECT site_id, %s
  FROM (
    SELECT h.layer, h.site_id, h.feature_id,
      -- Rounded, so that of two that cover the site the lower id is named, in whatever order their parts are summed.
      row_number() OVER (PARTITION BY h.layer, h.site_id ORDER BY round((sum(ST_Area(h.part)) / h.extent)::numeric, 9) DESC, h.feature_id) AS place
    FROM hit AS h GROUP BY h.layer, h.site_id, h.extent, h.feature_id) AS by_feature
  JOIN (
    SELECT h.layer, h.site_id, geooffer.comparable_area(ST_Union(h.part)) / h.area AS share
    FROM hit AS h GROUP BY h.layer, h.site_id, h.area) AS united USING (layer, site_id)
  -- Less than this is the rounding of an edge in common.
  WHERE place = 1 AND share > 1e-9
  GROUP BY site_id)$overlap$, hits, array_to_string(by_layer, E',\n    ')) ELSE '' END
    || CASE WHEN want_constraint THEN CASE WHEN hits IS NULL THEN $none$,
excluded AS MATERIALIZED (SELECT NULL::bigint AS site_id, 0::double precision AS share)$none$ ELSE $excluded$,
excluded AS MATERIALIZED (
  SELECT h.site_id, least(1, geooffer.comparable_area(ST_Union(h.part)) / h.area) AS share
  FROM hit AS h WHERE h.excludes GROUP BY h.site_id, h.area)$excluded$ END ELSE '' END,
    array_to_string(yields, ', '),
    joins,
    CASE WHEN hits IS NOT NULL THEN E'\nLEFT JOIN overlap ON overlap.site_id = s.site_id' ELSE '' END
    || CASE WHEN want_constraint THEN format(E'\nLEFT JOIN excluded ON excluded.site_id = s.site_id\nCROSS JOIN LATERAL (SELECT array_remove(ARRAY[%s]::text[], NULL) AS layers) AS missing',
      array_to_string(excluded, ', ')) ELSE '' END);
END $$;
