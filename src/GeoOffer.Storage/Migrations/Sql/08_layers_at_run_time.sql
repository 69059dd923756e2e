-- Layers that analysts import: a table for each import, never changed after; a row here points to the table that holds now.

CREATE SCHEMA IF NOT EXISTS geooffer_layers;

CREATE TABLE geooffer.layer (
  id              bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name            text NOT NULL CHECK (name ~ '^[a-z][a-z0-9]*(_[a-z0-9]+)*$' AND length(name) <= 40),
  role            text NOT NULL CHECK (role IN ('proximity', 'constraint', 'context')),
  title_it        text NOT NULL,
  title_en        text NOT NULL,
  description_it  text,
  description_en  text,
  relation        text,
  columns         jsonb NOT NULL,
  key_column      text,
  label_column    text,
  geometry_types  text[] NOT NULL,
  feature_count   bigint NOT NULL,
  extent          geometry(Geometry, 4326),
  coverage_basis  text CHECK (coverage_basis IN ('region', 'features', 'area', 'none')),
  joined_to       text CHECK (joined_to IN ('municipalities', 'provinces')),
  join_column     text,
  code_year       integer CHECK (code_year BETWEEN 1861 AND 2200),
  dataset_id      bigint NOT NULL REFERENCES geooffer.dataset,
  dropped         boolean NOT NULL DEFAULT false,
  change_set_id   bigint NOT NULL DEFAULT geooffer.current_change_set() REFERENCES geooffer.change_set,
  CHECK (dropped = (relation IS NULL)),
  CHECK ((joined_to IS NULL) = (join_column IS NULL)),
  CHECK ((role = 'context') = (coverage_basis IS NULL))
);
-- Two layers whose names differ by strokes only would be hard to tell apart, and one as an entity set.
CREATE UNIQUE INDEX layer_name ON geooffer.layer (name) WHERE NOT dropped;
CREATE UNIQUE INDEX layer_letters ON geooffer.layer (replace(name, '_', '')) WHERE NOT dropped;
COMMENT ON COLUMN geooffer.layer.relation IS 'Table or view in the schema geooffer_layers that holds the features; null once the layer is dropped.';
COMMENT ON COLUMN geooffer.layer.columns IS 'The properties besides the key: name (of property and column), type, title, in their order.';
COMMENT ON COLUMN geooffer.layer.key_column IS 'The column of the file that the code is taken from; null: the identifier of the feature, or a digest of its geometry.';
COMMENT ON COLUMN geooffer.layer.coverage_basis IS 'What the area of coverage follows: the region, the features themselves, an area that was declared, or none.';
COMMENT ON COLUMN geooffer.layer.code_year IS 'The year whose territorial codes the file uses.';
SELECT geooffer.stamp_rows('layer');

-- Every table and view of geooffer_layers, so that what no catalogue points to can be dropped when nobody reads it any more.
CREATE TABLE geooffer.layer_relation (
  relation      text PRIMARY KEY,
  layer_id      bigint REFERENCES geooffer.layer,
  superseded_at timestamptz
);

-- Features keep their number when their layer is imported again: facts of sites name them by it.
CREATE SEQUENCE geooffer.layer_feature_id START 1000000000000;

ALTER TABLE geooffer.fact_layer ADD COLUMN layer_id bigint REFERENCES geooffer.layer, ADD COLUMN condition text;
COMMENT ON COLUMN geooffer.fact_layer.condition IS 'Which features of the layer count, in CQL2 text; null: all.';

-- Makes room for the facts of a layer before it is published. Brief: it waits for those who read sites, and they for it.
CREATE FUNCTION geooffer.make_room_for_facts(name text, role text) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('ALTER TABLE geooffer.site_fact ADD COLUMN IF NOT EXISTS %I double precision, ADD COLUMN IF NOT EXISTS %I bigint',
    CASE role WHEN 'proximity' THEN 'distance_' || name || '_m' ELSE 'overlap_' || name || '_share' END,
    CASE role WHEN 'proximity' THEN 'nearest_' || name || '_id' ELSE 'overlap_' || name || '_id' END);
  PERFORM geooffer.make_sites_view();
END $$;
