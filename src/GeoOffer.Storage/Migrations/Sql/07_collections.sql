-- The relations that collections are read from: one view each, key first; who may see which column is the catalogue's to say.

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
