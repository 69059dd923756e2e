-- The sheet of a site, all groups of fields. Quantities name their unit; every code list has 'unknown', which is never 'no'.

CREATE TABLE geooffer.site (
  id                    bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  code                  text NOT NULL UNIQUE CHECK (code ~ '^[^[:space:]/?#]{1,64}$'),
  kind                  text NOT NULL CHECK (kind IN ('greenfield', 'brownfield')),
  form                  text NOT NULL DEFAULT 'area' CHECK (form IN ('area', 'building', 'project')),
  availability_type     text NOT NULL DEFAULT 'unknown' CHECK (availability_type IN ('A', 'B', 'unknown')),
  name_it               text NOT NULL,
  name_en               text,
  description_it        text,
  description_en        text,
  municipality_code     text CHECK (municipality_code ~ '^[0-9]{6}$'),
  geom                  geometry(Geometry, 4326) CHECK (GeometryType(geom) IN ('POINT', 'POLYGON', 'MULTIPOLYGON') AND geooffer.is_sound(geom)),

  gross_area_declared_ha double precision CHECK (gross_area_declared_ha > 0 AND gross_area_declared_ha < 1e6),
  useful_area_ha         double precision CHECK (useful_area_ha >= 0 AND useful_area_ha < 1e6),
  for_sale_area_ha       double precision CHECK (for_sale_area_ha >= 0 AND for_sale_area_ha < 1e6),
  buildable_floor_area_m2 double precision CHECK (buildable_floor_area_m2 >= 0 AND buildable_floor_area_m2 < 1e10),
  covered_area_m2        double precision CHECK (covered_area_m2 >= 0 AND covered_area_m2 < 1e10),

  functions             text[] NOT NULL DEFAULT '{}' CHECK (array_position(functions, NULL) IS NULL AND functions <@ ARRAY['industrial', 'offices', 'tourism',
                          'retail', 'residential', 'logistics', 'education', 'student_housing', 'health_care', 'sports', 'other', 'unknown']),
  key_sectors           text[] NOT NULL DEFAULT '{}' CHECK (array_position(key_sectors, NULL) IS NULL AND key_sectors <@ ARRAY['advanced_manufacturing',
                          'aerospace', 'agrifood', 'cleantech', 'creative_industry', 'ict_data_centres', 'life_sciences_chemical',
                          'microelectronics', 'other', 'unknown']),
  planning_zone         text,
  building_index        double precision CHECK (building_index >= 0 AND building_index < 1e6),
  building_index_unit   text NOT NULL DEFAULT 'unknown' CHECK (building_index_unit IN ('m2_per_m2', 'm3_per_m2', 'unknown')),
  coverage_ratio        double precision CHECK (coverage_ratio BETWEEN 0 AND 1),
  max_height_m          double precision CHECK (max_height_m >= 0 AND max_height_m < 1e4),
  plan_stage            text NOT NULL DEFAULT 'unknown' CHECK (plan_stage IN ('not_applicable', 'not_started', 'in_preparation', 'adopted', 'approved',
                          'agreed', 'other', 'unknown')),
  plan_variant_required text NOT NULL DEFAULT 'unknown' CHECK (plan_variant_required IN ('yes', 'no', 'unknown')),

  servicing_stage       text NOT NULL DEFAULT 'unknown' CHECK (servicing_stage IN ('not_serviceable', 'not_serviced', 'in_progress', 'serviced', 'unknown')),
  electricity           text NOT NULL DEFAULT 'unknown' CHECK (electricity IN ('yes', 'no', 'unknown')),
  electricity_mw        double precision CHECK (electricity_mw >= 0 AND electricity_mw < 1e6),
  gas                   text NOT NULL DEFAULT 'unknown' CHECK (gas IN ('yes', 'no', 'unknown')),
  gas_m3_per_h          double precision CHECK (gas_m3_per_h >= 0 AND gas_m3_per_h < 1e9),
  water                 text NOT NULL DEFAULT 'unknown' CHECK (water IN ('yes', 'no', 'unknown')),
  water_l_per_s         double precision CHECK (water_l_per_s >= 0 AND water_l_per_s < 1e9),
  sewer                 text NOT NULL DEFAULT 'unknown' CHECK (sewer IN ('yes', 'no', 'unknown')),
  fibre                 text NOT NULL DEFAULT 'unknown' CHECK (fibre IN ('yes', 'no', 'unknown')),
  rail_siding           text NOT NULL DEFAULT 'unknown' CHECK (rail_siding IN ('yes', 'no', 'unknown')),
  quay                  text NOT NULL DEFAULT 'unknown' CHECK (quay IN ('yes', 'no', 'unknown')),

  ownership             text NOT NULL DEFAULT 'unknown' CHECK (ownership IN ('public', 'private', 'mixed', 'unknown')),
  owner_count           integer CHECK (owner_count > 0),
  insolvency            text NOT NULL DEFAULT 'unknown' CHECK (insolvency IN ('yes', 'no', 'unknown')),
  price_min_eur         numeric(14, 2) CHECK (price_min_eur >= 0 AND price_min_eur < 'NaN'),
  price_max_eur         numeric(14, 2) CHECK (price_max_eur >= 0 AND price_max_eur < 'NaN'),
  rent_min_eur_per_year numeric(14, 2) CHECK (rent_min_eur_per_year >= 0 AND rent_min_eur_per_year < 'NaN'),
  rent_max_eur_per_year numeric(14, 2) CHECK (rent_max_eur_per_year >= 0 AND rent_max_eur_per_year < 'NaN'),
  available_from        date,
  marketing_stage       text NOT NULL DEFAULT 'unknown' CHECK (marketing_stage IN ('not_marketed', 'on_the_market', 'in_negotiation', 'reserved',
                          'concluded', 'unknown')),

  disuse                text NOT NULL DEFAULT 'unknown' CHECK (disuse IN ('not_applicable', 'in_use', 'inactive', 'disused', 'unknown')),
  disused_since         date,
  soil_pollution        text NOT NULL DEFAULT 'unknown' CHECK (soil_pollution IN ('none', 'treated', 'unlikely', 'suspected', 'proven', 'unknown')),
  remediation_stage     text NOT NULL DEFAULT 'unknown' CHECK (remediation_stage IN ('not_applicable', 'to_be_assessed', 'characterisation',
                          'project_approved', 'in_progress', 'completed', 'unknown')),
  building_state        text NOT NULL DEFAULT 'unknown' CHECK (building_state IN ('not_applicable', 'good', 'fair', 'poor', 'ruin', 'unknown')),
  heritage              text NOT NULL DEFAULT 'unknown' CHECK (heritage IN ('none', 'of_interest', 'listed', 'unknown')),
  previous_activity     text,

  origin_channel        text NOT NULL DEFAULT 'unknown' CHECK (origin_channel IN ('expression_of_interest', 'attract_agreement', 'municipality',
                          'province', 'partner', 'owner', 'import', 'other', 'unknown')),
  first_added           date NOT NULL DEFAULT current_date,
  verified_on           date,
  lifecycle_state       text NOT NULL DEFAULT 'draft' CHECK (lifecycle_state IN ('draft', 'admitted', 'published', 'reserved', 'settled', 'withdrawn')),
  previously_part_of    text[] NOT NULL DEFAULT '{}',

  contact               text,
  internal_note         text,

  dataset_id            bigint REFERENCES geooffer.dataset,
  is_public             boolean NOT NULL DEFAULT false,
  change_set_id         bigint NOT NULL DEFAULT geooffer.current_change_set() REFERENCES geooffer.change_set,

  completeness          double precision NOT NULL GENERATED ALWAYS AS ((
      num_nonnulls(nullif(availability_type, 'unknown'), description_it, gross_area_declared_ha, useful_area_ha, for_sale_area_ha, buildable_floor_area_m2,
        nullif(functions, '{}'), planning_zone, building_index, coverage_ratio, nullif(plan_stage, 'unknown'), nullif(plan_variant_required, 'unknown'),
        nullif(servicing_stage, 'unknown'), nullif(electricity, 'unknown'), nullif(gas, 'unknown'), nullif(water, 'unknown'), nullif(sewer, 'unknown'),
        nullif(fibre, 'unknown'), nullif(rail_siding, 'unknown'), nullif(ownership, 'unknown'), nullif(insolvency, 'unknown'),
        coalesce(price_min_eur, price_max_eur, rent_min_eur_per_year, rent_max_eur_per_year), nullif(marketing_stage, 'unknown'),
        nullif(soil_pollution, 'unknown'), verified_on)
    )::double precision / 25) STORED,

  CHECK (price_max_eur >= price_min_eur),
  CHECK (rent_max_eur_per_year >= rent_min_eur_per_year)
);
COMMENT ON COLUMN geooffer.site.completeness IS 'Share, 0 to 1, of the 25 fields a scout looks at that are stated.';
COMMENT ON COLUMN geooffer.site.contact IS 'Personal data: in no public answer.';

CREATE INDEX site_geom ON geooffer.site USING gist (geom);
CREATE INDEX site_geom_public ON geooffer.site USING gist (geom) WHERE is_public;
CREATE INDEX site_code_public ON geooffer.site (code) WHERE is_public;
CREATE INDEX site_dataset ON geooffer.site (dataset_id);

-- What a match needs of a site: the searchable part of its sheet and every stored fact, in one wide row.
-- Columns of layers (distance_*, nearest_*, overlap_*) follow the rows of fact_layer.
CREATE TABLE geooffer.site_fact (
  site_id                 bigint PRIMARY KEY REFERENCES geooffer.site ON DELETE CASCADE DEFERRABLE INITIALLY IMMEDIATE,
  code                    text NOT NULL,
  kind                    text NOT NULL,
  functions               text[] NOT NULL,
  is_public               boolean NOT NULL,
  is_placed               boolean NOT NULL,
  gross_area_declared_ha  double precision,
  useful_area_ha          double precision,
  for_sale_area_ha        double precision,
  stated_municipality_code text,

  measured_area_ha        double precision,
  net_area_ha             double precision,
  net_area_at_most_ha     double precision,
  net_area_missing        text[] NOT NULL DEFAULT '{}',
  municipality_code       text,
  province_code           text,
  pole_code               text,
  pilot_area_code         text,
  change_set_id           bigint NOT NULL
);
COMMENT ON COLUMN geooffer.site_fact.net_area_ha IS 'Measured area minus what excludes building; null when a layer that may exclude is missing or does not cover the site.';
COMMENT ON COLUMN geooffer.site_fact.net_area_at_most_ha IS 'The same over the layers that are there: an upper bound.';
COMMENT ON COLUMN geooffer.site_fact.net_area_missing IS 'Excluding layers that were missing, or did not cover the site, when it was computed.';
COMMENT ON COLUMN geooffer.site_fact.municipality_code IS 'The municipality that holds most of the site; the stated one where no polygon holds it.';

-- The briefs that are kept: those of the decree first.
CREATE TABLE geooffer.brief (
  code           text PRIMARY KEY CHECK (code ~ '^[a-z0-9][a-z0-9-]{0,63}$'),
  ordinal        integer NOT NULL,
  title_it       text NOT NULL,
  title_en       text NOT NULL,
  about          jsonb NOT NULL DEFAULT '{}',
  document       jsonb NOT NULL,
  is_public      boolean NOT NULL DEFAULT true,
  change_set_id  bigint NOT NULL DEFAULT geooffer.current_change_set() REFERENCES geooffer.change_set
);

CREATE TABLE geooffer.user_key (
  id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  user_name   text NOT NULL,
  role        text NOT NULL CHECK (role IN ('scout', 'editor', 'administrator')),
  prefix      text NOT NULL UNIQUE,
  key_sha256  bytea NOT NULL UNIQUE CHECK (octet_length(key_sha256) = 32),
  made_at     timestamptz NOT NULL DEFAULT clock_timestamp(),
  expires_at  timestamptz,
  revoked_at  timestamptz
);

-- Secrets that all instances share, made once: the key that seals paging cursors.
CREATE TABLE geooffer.instance_secret (
  name  text PRIMARY KEY,
  value bytea NOT NULL CHECK (octet_length(value) >= 32)
);
INSERT INTO geooffer.instance_secret (name, value)
VALUES ('cursor', sha256(convert_to(gen_random_uuid()::text || gen_random_uuid()::text || clock_timestamp()::text, 'UTF8')));
