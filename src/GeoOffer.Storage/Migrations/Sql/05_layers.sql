-- The layers that every region starts with. Later ones are registered at run time in the same way.

SELECT geooffer.register_proximity_layer(l.name, l.ordinal, l.title_it, l.title_en)
FROM (VALUES
  (1, 'rail_line', 'linea ferroviaria', 'rail line'),
  (2, 'passenger_station', 'stazione passeggeri', 'passenger station'),
  (3, 'freight_terminal', 'terminal merci', 'freight terminal'),
  (4, 'motorway_junction', 'casello autostradale', 'motorway junction'),
  (5, 'motorway', 'autostrada', 'motorway'),
  (6, 'airport', 'aeroporto', 'airport'),
  (7, 'port', 'porto', 'port'),
  (8, 'watercourse', 'corso d''acqua', 'watercourse'),
  (9, 'primary_substation', 'cabina primaria', 'primary substation'),
  (10, 'university', 'università', 'university'),
  (11, 'research_centre', 'centro di ricerca', 'research centre')) AS l (ordinal, name, title_it, title_en);

SELECT geooffer.register_constraint_layer(l.name, l.ordinal, l.title_it, l.title_en, l.severity)
FROM (VALUES
  (101, 'protected_area', 'area protetta', 'protected area', 'excludes'),
  (102, 'natura_2000', 'sito Natura 2000', 'Natura 2000 site', 'excludes'),
  (103, 'landscape', 'vincolo paesaggistico', 'landscape constraint', 'conditions'),
  (104, 'heritage', 'bene culturale', 'heritage', 'conditions'),
  (105, 'flood_p1', 'alluvioni rare (P1)', 'rare floods (P1)', 'informs'),
  (106, 'flood_p2', 'alluvioni poco frequenti (P2)', 'less frequent floods (P2)', 'conditions'),
  (107, 'flood_p3', 'alluvioni frequenti (P3)', 'frequent floods (P3)', 'excludes'),
  (108, 'hydrogeological', 'vincolo idrogeologico', 'hydrogeological constraint', 'conditions'),
  (109, 'buffer_strip', 'fascia di rispetto', 'buffer strip', 'excludes'),
  (110, 'seveso', 'stabilimento Seveso', 'Seveso establishment', 'conditions')) AS l (ordinal, name, title_it, title_en, severity);

-- A match reads a band of areas from this index alone. An index has room for 32 columns: later layers are read from the row.
DO $$
BEGIN
  EXECUTE (SELECT 'CREATE INDEX site_fact_measured_area ON geooffer.site_fact (measured_area_ha) '
      || 'INCLUDE (site_id, code, kind, functions, is_public, is_placed, municipality_code, province_code'
      || string_agg(', ' || quote_ident(CASE role WHEN 'proximity' THEN 'distance_' || name || '_m' ELSE 'overlap_' || name || '_share' END), '' ORDER BY ordinal)
      || ')' FROM geooffer.fact_layer);
END $$;
