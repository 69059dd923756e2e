-- Datasets, the territory, infrastructure, constraints, agreements, poles, pilot areas.

CREATE TABLE geooffer.dataset (
  id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  collection    text NOT NULL,
  name          text NOT NULL,
  source        text NOT NULL,
  as_of         date,
  licence       text,
  file_name     text,
  file_sha256   text,
  imported_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
  change_set_id bigint NOT NULL DEFAULT geooffer.current_change_set() REFERENCES geooffer.change_set,
  UNIQUE (collection, name)
);

-- What a site is measured against. A row here is what makes columns of site_fact, criteria of a brief and reasons.
CREATE TABLE geooffer.fact_layer (
  name             text PRIMARY KEY CHECK (name ~ '^[a-z][a-z0-9_]{0,47}$'),
  role             text NOT NULL CHECK (role IN ('proximity', 'constraint')),
  ordinal          integer NOT NULL UNIQUE,
  title_it         text NOT NULL,
  title_en         text NOT NULL,
  collection       text NOT NULL,
  default_severity text CHECK (default_severity IN ('excludes', 'conditions', 'informs')),
  piece_table      text NOT NULL,
  coverage         geometry(MultiPolygon, 4326),
  revision         bigint NOT NULL DEFAULT 0,
  CHECK ((role = 'constraint') = (default_severity IS NOT NULL))
);
ALTER TABLE geooffer.fact_layer ALTER COLUMN coverage SET STORAGE EXTERNAL;
COMMENT ON COLUMN geooffer.fact_layer.coverage IS 'Where the layer is complete. Outside it a fact is unknown, not zero; null: nowhere, the layer is missing.';
COMMENT ON COLUMN geooffer.fact_layer.revision IS 'The change set that last changed features or coverage.';

CREATE TABLE geooffer.dataset_coverage (
  dataset_id bigint NOT NULL REFERENCES geooffer.dataset ON DELETE CASCADE,
  layer      text NOT NULL REFERENCES geooffer.fact_layer,
  coverage   geometry(MultiPolygon, 4326) NOT NULL CHECK (geooffer.is_sound(coverage)),
  PRIMARY KEY (dataset_id, layer)
);

CREATE TABLE geooffer.province (
  code          text PRIMARY KEY CHECK (code ~ '^[0-9]{3}$'),
  sigla         text NOT NULL UNIQUE CHECK (sigla ~ '^[A-Z]{2}$'),
  name_it       text NOT NULL,
  name_en       text,
  geom          geometry(MultiPolygon, 4326) CHECK (geooffer.is_sound(geom)),
  is_approximate boolean NOT NULL DEFAULT false,
  dataset_id    bigint REFERENCES geooffer.dataset,
  is_public     boolean NOT NULL DEFAULT true,
  change_set_id bigint NOT NULL DEFAULT geooffer.current_change_set() REFERENCES geooffer.change_set
);
CREATE INDEX province_geom ON geooffer.province USING gist (geom);

CREATE TABLE geooffer.municipality (
  code            text PRIMARY KEY CHECK (code ~ '^[0-9]{6}$'),
  name_it         text NOT NULL,
  name_en         text,
  province_code   text NOT NULL CHECK (province_code ~ '^[0-9]{3}$'),
  cadastral_code  text CHECK (cadastral_code ~ '^[A-Z][0-9]{3}$'),
  population      integer CHECK (population >= 0),
  attract_status  text NOT NULL DEFAULT 'unknown' CHECK (attract_status IN ('not_member', 'candidate', 'member', 'unknown')),
  geom            geometry(MultiPolygon, 4326) CHECK (geooffer.is_sound(geom)),
  is_approximate  boolean NOT NULL DEFAULT false,
  dataset_id      bigint REFERENCES geooffer.dataset,
  is_public       boolean NOT NULL DEFAULT true,
  change_set_id   bigint NOT NULL DEFAULT geooffer.current_change_set() REFERENCES geooffer.change_set
);
CREATE INDEX municipality_geom ON geooffer.municipality USING gist (geom);
CREATE INDEX municipality_province ON geooffer.municipality (province_code);
COMMENT ON COLUMN geooffer.municipality.is_approximate IS 'The polygon is drawn from the seat, not surveyed.';

-- Mergers, renames and moves: a retired code leads to its successors.
CREATE TABLE geooffer.municipality_code_history (
  old_code       text NOT NULL CHECK (old_code ~ '^[0-9]{6}$'),
  successor_code text NOT NULL CHECK (successor_code ~ '^[0-9]{6}$'),
  kind           text NOT NULL CHECK (kind IN ('merged', 'renamed', 'recoded')),
  old_name_it    text NOT NULL,
  valid_until    date NOT NULL,
  PRIMARY KEY (old_code, successor_code, valid_until)
);

CREATE TABLE geooffer.infrastructure (
  id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  code          text NOT NULL UNIQUE CHECK (code <> ''),
  kind          text NOT NULL CHECK (kind IN ('rail_line', 'passenger_station', 'freight_terminal', 'motorway_junction', 'motorway',
                  'airport', 'port', 'watercourse', 'primary_substation', 'university', 'research_centre')),
  name_it       text,
  name_en       text,
  geom          geometry(Geometry, 4326) NOT NULL CHECK (geooffer.is_sound(geom)),
  attributes    jsonb NOT NULL DEFAULT '{}',
  dataset_id    bigint REFERENCES geooffer.dataset,
  is_public     boolean NOT NULL DEFAULT true,
  change_set_id bigint NOT NULL DEFAULT geooffer.current_change_set() REFERENCES geooffer.change_set
);
CREATE INDEX infrastructure_geom ON geooffer.infrastructure USING gist (geom);
CREATE INDEX infrastructure_kind ON geooffer.infrastructure (kind, code);
CREATE INDEX infrastructure_dataset ON geooffer.infrastructure (dataset_id);

CREATE TABLE geooffer.constraint_area (
  id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  code          text NOT NULL UNIQUE CHECK (code <> ''),
  kind          text NOT NULL CHECK (kind IN ('protected_area', 'natura_2000', 'landscape', 'heritage', 'flood_p1', 'flood_p2', 'flood_p3',
                  'hydrogeological', 'buffer_strip', 'seveso')),
  severity      text NOT NULL CHECK (severity IN ('excludes', 'conditions', 'informs')),
  name_it       text,
  name_en       text,
  geom          geometry(MultiPolygon, 4326) NOT NULL CHECK (geooffer.is_sound(geom)),
  attributes    jsonb NOT NULL DEFAULT '{}',
  dataset_id    bigint REFERENCES geooffer.dataset,
  is_public     boolean NOT NULL DEFAULT true,
  change_set_id bigint NOT NULL DEFAULT geooffer.current_change_set() REFERENCES geooffer.change_set
);
CREATE INDEX constraint_area_geom ON geooffer.constraint_area USING gist (geom);
CREATE INDEX constraint_area_kind ON geooffer.constraint_area (kind, code);
CREATE INDEX constraint_area_dataset ON geooffer.constraint_area (dataset_id);

CREATE TABLE geooffer.agreement (
  code              text PRIMARY KEY CHECK (code <> ''),
  municipality_code text NOT NULL CHECK (municipality_code ~ '^[0-9]{6}$'),
  name_it           text NOT NULL,
  name_en           text,
  state             text NOT NULL DEFAULT 'unknown' CHECK (state IN ('signed', 'in_force', 'concluded', 'expired', 'terminated', 'unknown')),
  signed_on         date,
  ends_on           date,
  geom              geometry(Geometry, 4326) CHECK (geooffer.is_sound(geom)),
  dataset_id        bigint REFERENCES geooffer.dataset,
  is_public         boolean NOT NULL DEFAULT true,
  change_set_id     bigint NOT NULL DEFAULT geooffer.current_change_set() REFERENCES geooffer.change_set,
  CHECK (ends_on >= signed_on)
);
CREATE INDEX agreement_geom ON geooffer.agreement USING gist (geom);
CREATE INDEX agreement_municipality ON geooffer.agreement (municipality_code);

CREATE TABLE geooffer.pole (
  code          text PRIMARY KEY CHECK (code <> ''),
  name_it       text NOT NULL,
  name_en       text,
  reach         text NOT NULL DEFAULT 'unknown' CHECK (reach IN ('local', 'regional', 'national', 'international', 'unknown')),
  geom          geometry(MultiPolygon, 4326) CHECK (geooffer.is_sound(geom)),
  valid_from    date,
  valid_to      date,
  dataset_id    bigint REFERENCES geooffer.dataset,
  is_public     boolean NOT NULL DEFAULT true,
  change_set_id bigint NOT NULL DEFAULT geooffer.current_change_set() REFERENCES geooffer.change_set,
  CHECK (valid_to >= valid_from)
);
CREATE INDEX pole_geom ON geooffer.pole USING gist (geom);

CREATE TABLE geooffer.pilot_area (
  code          text PRIMARY KEY CHECK (code <> ''),
  pole_code     text REFERENCES geooffer.pole,
  name_it       text NOT NULL,
  name_en       text,
  feasibility   text NOT NULL DEFAULT 'unknown' CHECK (feasibility IN ('not_started', 'in_preparation', 'completed', 'unknown')),
  geom          geometry(MultiPolygon, 4326) CHECK (geooffer.is_sound(geom)),
  valid_from    date,
  valid_to      date,
  dataset_id    bigint REFERENCES geooffer.dataset,
  is_public     boolean NOT NULL DEFAULT true,
  change_set_id bigint NOT NULL DEFAULT geooffer.current_change_set() REFERENCES geooffer.change_set,
  CHECK (valid_to >= valid_from)
);
CREATE INDEX pilot_area_geom ON geooffer.pilot_area USING gist (geom);
