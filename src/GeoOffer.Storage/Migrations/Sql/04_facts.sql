-- What facts are measured with: copies of the layers, and the measures. The statement itself is Functions/facts.sql.

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
