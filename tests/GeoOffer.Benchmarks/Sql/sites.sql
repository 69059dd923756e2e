-- $1 sites from code number $2 on: log-normal areas from half a hectare to 120, about ten vertices.

INSERT INTO bench_site (id, geom, kind, functions, gross_area_declared_ha, is_public)
SELECT n,
  ST_SetSRID(ST_MakePolygon(ST_MakeLine(ARRAY(
    SELECT ST_MakePoint(x + r * cos(2 * pi() * v / 10) * (0.7 + 0.3 * abs(sin(n * 7.3 + v % 10))) * 1.42,
                        y + r * sin(2 * pi() * v / 10) * (0.7 + 0.3 * abs(sin(n * 7.3 + v % 10))))
    FROM generate_series(0, 10) AS v))), 4326),
  CASE WHEN random() < 0.5 THEN 'brownfield' ELSE 'greenfield' END,
  CASE WHEN random() < 0.05 THEN '{}'::text[]
    ELSE ARRAY[(ARRAY['industrial', 'logistics', 'offices', 'retail', 'tourism', 'industrial', 'industrial', 'sports'])[1 + floor(random() * 8)::int]] END,
  CASE WHEN random() < 0.8 THEN area_ha END, random() < 0.9
FROM (
  SELECT n, 8.6 + random() * 2.6 AS x, 44.9 + random() * 1.5 AS y, area_ha, sqrt(area_ha * 10000 / 2.2) / 111000 AS r
  FROM (
    SELECT n, least(120, greatest(0.5, exp(1.8 + 1.2 * sqrt(-2 * ln(1 - random())) * cos(2 * pi() * random())))) AS area_ha
    FROM generate_series($2, $2 + $1 - 1) AS n) AS sized) AS placed;
