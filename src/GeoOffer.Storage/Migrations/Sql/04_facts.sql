-- Stored facts of sites: one set-wise statement, written from the registry of layers.

-- Copies of the layers in small pieces, so that nearest and intersect touch little: metric ones to measure distance to,
-- and lon/lat ones to intersect, where an edge that a site shares with a constraint is one line and overlaps nothing.
CREATE TABLE geooffer.infrastructure_piece (
  feature_id bigint NOT NULL,
  kind       text NOT NULL,
  geom       geometry NOT NULL
) PARTITION BY LIST (kind);

-- Nearest-first search wants a table for each kind; overlap reads all kinds in one search.
CREATE TABLE geooffer.constraint_piece (
  feature_id bigint NOT NULL,
  kind       text NOT NULL,
  excludes   boolean NOT NULL,
  geom       geometry NOT NULL
);
CREATE INDEX constraint_piece_geom ON geooffer.constraint_piece USING gist (geom);
CREATE INDEX constraint_piece_feature ON geooffer.constraint_piece (feature_id);

CREATE FUNCTION geooffer.register_proximity_layer(name text, ordinal integer, title_it text, title_en text) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
  pieces text := 'infrastructure_piece_' || name;
BEGIN
  EXECUTE format('CREATE TABLE geooffer.%I PARTITION OF geooffer.infrastructure_piece FOR VALUES IN (%L)', pieces, name);
  EXECUTE format('CREATE INDEX ON geooffer.%I USING gist (geom)', pieces);
  EXECUTE format('CREATE INDEX ON geooffer.%I (feature_id)', pieces);
  EXECUTE format('ALTER TABLE geooffer.site_fact ADD COLUMN %I double precision, ADD COLUMN %I bigint',
    'distance_' || name || '_m', 'nearest_' || name || '_id');
  INSERT INTO geooffer.fact_layer (name, role, ordinal, title_it, title_en, collection, piece_table)
  VALUES (name, 'proximity', ordinal, title_it, title_en, 'infrastructure', 'geooffer.' || quote_ident(pieces));
END $$;

CREATE FUNCTION geooffer.register_constraint_layer(name text, ordinal integer, title_it text, title_en text, default_severity text) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('ALTER TABLE geooffer.site_fact ADD COLUMN %I double precision, ADD COLUMN %I bigint',
    'overlap_' || name || '_share', 'overlap_' || name || '_id');
  INSERT INTO geooffer.fact_layer (name, role, ordinal, title_it, title_en, collection, default_severity, piece_table)
  VALUES (name, 'constraint', ordinal, title_it, title_en, 'constraints', default_severity, 'geooffer.constraint_piece');
END $$;

-- The metric copy of what distance is measured to. Long edges get vertices along the geodesic, which a line of the plane
-- between their ends would leave by metres. What fits into an eightieth of a degree has none longer than 2 km.
CREATE FUNCTION geooffer.measurable(geom geometry, metric_srid integer) RETURNS geometry
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT ST_Transform(
    CASE WHEN ST_XMax(geom) - ST_XMin(geom) < 0.0125 AND ST_YMax(geom) - ST_YMin(geom) < 0.0125 THEN geom
      ELSE ST_Segmentize(geom::geography, 2000)::geometry END,
    metric_srid)
$$;

-- Area of a lon/lat polygon in units that are alike for polygons near each other: for shares only. Its weight is the area
-- of a square degree at the centroid, so it errs with the square of the size (1e-7 at 150 ha), and a whole is the sum of its parts.
CREATE FUNCTION geooffer.comparable_area(geom geometry) RETURNS double precision
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE WHEN ST_IsEmpty(geom) THEN 0
    ELSE ST_Area(geom) * cosd(ST_Y(ST_Centroid(geom))) / (1 - 0.00669438 * sind(ST_Y(ST_Centroid(geom))) ^ 2) ^ 2 END
$$;

-- Geodesic metres between the nearest points of two metric geometries. The points are found in the plane:
-- the projection is conformal, so they err from the geodesic ones in second order only.
CREATE FUNCTION geooffer.edge_distance_metres(a geometry, b geometry) RETURNS double precision
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT ST_Length(ST_Transform(ST_ShortestLine(a, b), 4326)::geography)
$$;

-- The columns that a facts statement yields after site_id, in their order, for some parts of the facts:
-- 'area', 'container', 'constraint', or the name of a proximity layer; null: all parts.
CREATE FUNCTION geooffer.fact_columns(parts text[] DEFAULT NULL) RETURNS text[]
LANGUAGE sql STABLE AS $$
  SELECT CASE WHEN parts IS NULL OR 'area' = ANY (parts) THEN ARRAY['measured_area_ha'] ELSE '{}' END
      || CASE WHEN parts IS NULL OR 'container' = ANY (parts)
           THEN ARRAY['municipality_code', 'province_code', 'pole_code', 'pilot_area_code'] ELSE '{}' END
      || CASE WHEN parts IS NULL OR 'constraint' = ANY (parts)
           THEN ARRAY['net_area_ha', 'net_area_at_most_ha', 'net_area_missing'] ELSE '{}' END
      || coalesce((
           SELECT array_agg(c.name ORDER BY l.ordinal, c.place)
           FROM geooffer.fact_layer AS l
           CROSS JOIN LATERAL (VALUES
             (1, CASE l.role WHEN 'proximity' THEN 'distance_' || l.name || '_m' ELSE 'overlap_' || l.name || '_share' END),
             (2, CASE l.role WHEN 'proximity' THEN 'nearest_' || l.name || '_id' ELSE 'overlap_' || l.name || '_id' END)) AS c (place, name)
           WHERE parts IS NULL OR CASE l.role WHEN 'proximity' THEN l.name ELSE 'constraint' END = ANY (parts)), '{}')
$$;

-- The statement that computes facts for the rows of source, a relation (or subquery with alias) that yields
-- site_id bigint, geom geometry(4326) and stated_municipality_code text. Its result: site_id, then fact_columns(parts).
CREATE FUNCTION geooffer.facts_sql(source text, parts text[] DEFAULT NULL) RETURNS text
LANGUAGE plpgsql STABLE AS $$
DECLARE
  settings   geooffer.region;
  layer      geooffer.fact_layer;
  want_area  boolean := parts IS NULL OR 'area' = ANY (parts);
  want_container  boolean := parts IS NULL OR 'container' = ANY (parts);
  want_constraint boolean := parts IS NULL OR 'constraint' = ANY (parts);
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
  SELECT array_agg(DISTINCT coverage) INTO coverages FROM geooffer.fact_layer WHERE coverage IS NOT NULL;
  FOR place IN 1 .. coalesce(cardinality(coverages), 0) LOOP
    covered := covered || format(E',\n    ST_Covers((SELECT coverage FROM geooffer.fact_layer WHERE coverage IS NOT NULL AND md5(coverage::bytea) = %L ORDER BY ordinal LIMIT 1), s.geom) AS covered_%s',
      md5(coverages[place]::bytea), place);
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

  FOR layer IN SELECT * FROM geooffer.fact_layer ORDER BY ordinal LOOP
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
    ELSIF layer.role = 'constraint' AND want_constraint THEN
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

  SELECT string_agg(format($hit$
  SELECT s.site_id, s.area, ST_Area(s.geom) AS extent, p.kind AS layer, p.feature_id, p.excludes,
    CASE WHEN ST_CoveredBy(s.geom, p.geom) THEN s.geom ELSE ST_CollectionExtract(ST_Intersection(s.geom, p.geom), 3) END AS part
  FROM s JOIN %s AS p ON ST_Intersects(p.geom, s.geom) WHERE s.is_polygon$hit$, piece_table), E'\n  UNION ALL')
  INTO hits FROM (SELECT DISTINCT piece_table FROM geooffer.fact_layer WHERE role = 'constraint') AS tables;

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
    CASE WHEN want_constraint THEN format($overlap$,
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
  GROUP BY site_id),
excluded AS MATERIALIZED (
  SELECT h.site_id, least(1, geooffer.comparable_area(ST_Union(h.part)) / h.area) AS share
  FROM hit AS h WHERE h.excludes GROUP BY h.site_id, h.area)$overlap$, hits, array_to_string(by_layer, E',\n    ')) ELSE '' END,
    array_to_string(yields, ', '),
    joins,
    CASE WHEN want_constraint THEN format(E'\nLEFT JOIN overlap ON overlap.site_id = s.site_id\nLEFT JOIN excluded ON excluded.site_id = s.site_id\nCROSS JOIN LATERAL (SELECT array_remove(ARRAY[%s]::text[], NULL) AS layers) AS missing',
      array_to_string(excluded, ', ')) ELSE '' END);
END $$;
