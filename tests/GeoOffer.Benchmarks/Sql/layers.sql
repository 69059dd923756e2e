-- A synthetic region: eleven kinds of infrastructure and ten of constraints, of realistic number and detail.

SET LOCAL geooffer.facts = 'by_caller';
SELECT setseed(0.42);

INSERT INTO geooffer.infrastructure (code, kind, name_it, geom)
SELECT k.kind || '.' || n, k.kind, initcap(replace(k.kind, '_', ' ')) || ' ' || n,
  ST_SetSRID(ST_MakePoint(8.5 + random() * 2.8, 44.8 + random() * 1.7), 4326)
FROM (VALUES ('passenger_station', 450), ('freight_terminal', 25), ('motorway_junction', 160), ('airport', 20), ('port', 6),
  ('primary_substation', 400), ('university', 40), ('research_centre', 120)) AS k (kind, number)
CROSS JOIN LATERAL generate_series(1, k.number) AS n;

-- Lines that wander: a random walk of so many vertices.
INSERT INTO geooffer.infrastructure (code, kind, name_it, geom)
SELECT kind || '.' || n, kind, kind || ' ' || n, ST_SetSRID(ST_MakeLine(ST_MakePoint(x, y) ORDER BY step), 4326)
FROM (
  SELECT k.kind, n, step,
    first_value(px) OVER walk + sum(dx) OVER walk AS x, first_value(py) OVER walk + sum(dy) OVER walk AS y
  FROM (
    SELECT k.kind, n, step, 8.6 + random() * 2.6 AS px, 44.9 + random() * 1.5 AS py,
      (cos(n) + random() - 0.5) * k.stride AS dx, (sin(n) + random() - 0.5) * k.stride AS dy
    FROM (VALUES ('rail_line', 150, 120, 0.002), ('motorway', 20, 400, 0.002), ('watercourse', 900, 90, 0.0015)) AS k (kind, number, vertices, stride)
    CROSS JOIN LATERAL generate_series(1, k.number) AS n
    CROSS JOIN LATERAL generate_series(1, k.vertices) AS step) AS k
  WINDOW walk AS (PARTITION BY k.kind, n ORDER BY step)) AS walked
GROUP BY kind, n;

INSERT INTO geooffer.constraint_area (code, kind, severity, name_it, geom)
SELECT l.name || '.' || n, l.name, l.default_severity, l.title_it || ' ' || n,
  ST_Multi(ST_Buffer(ST_SetSRID(ST_MakePoint(8.5 + random() * 2.8, 44.8 + random() * 1.7), 4326), 0.003 + 0.03 * random() ^ 3, 40))
FROM geooffer.fact_layer AS l CROSS JOIN generate_series(1, 250) AS n
WHERE l.role = 'constraint'
ORDER BY l.ordinal, n;

INSERT INTO geooffer.dataset (collection, name, source) VALUES ('infrastructure', 'bench', 'synthetic'), ('constraints', 'bench', 'synthetic');
INSERT INTO geooffer.dataset_coverage (dataset_id, layer, coverage)
SELECT d.id, l.name, ST_Multi(r.extent)
FROM geooffer.fact_layer AS l JOIN geooffer.dataset AS d ON d.collection = l.collection AND d.name = 'bench' CROSS JOIN geooffer.region AS r;

INSERT INTO geooffer.province (code, sigla, name_it, geom)
SELECT to_char(900 + n, 'FM000'), 'Z' || chr(64 + n), 'Province ' || n,
  ST_Multi(ST_MakeEnvelope(8.4 + (n - 1) % 4 * 0.775, 44.6 + (n - 1) / 4 * 0.7, 8.4 + ((n - 1) % 4 + 1) * 0.775, 44.6 + ((n - 1) / 4 + 1) * 0.7, 4326))
FROM generate_series(1, 12) AS n;

INSERT INTO geooffer.municipality (code, name_it, province_code, geom)
SELECT to_char(900000 + row_number() OVER (), 'FM000000'), 'Municipality', '901', ST_Multi(ST_Segmentize((cell).geom, 0.002))
FROM (SELECT ST_Dump(ST_VoronoiPolygons(ST_Collect(ST_SetSRID(ST_MakePoint(8.4 + random() * 3.1, 44.6 + random() * 2.1), 4326)))) AS cell
  FROM generate_series(1, 1500)) AS cells;
