-- Brings the facts of sites up to date after one feature of an imported layer has changed, whose pieces are written already. Where the layer is
-- complete stays what was said when it was imported.
CREATE OR REPLACE FUNCTION geooffer.refresh_facts_around(layer_name text, feature bigint, areas geometry[]) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
  layer    geooffer.fact_layer;
  others   boolean;
  affected bigint[];
BEGIN
  UPDATE geooffer.fact_layer SET revision = geooffer.current_change_set() WHERE name = layer_name RETURNING * INTO STRICT layer;
  IF layer.coverage IS NULL THEN
    RETURN;
  END IF;
  IF layer.role = 'constraint' THEN
    SELECT array_agg(DISTINCT t.id) INTO affected FROM unnest(areas) AS area JOIN geooffer.site AS t ON t.geom && area;
    IF affected IS NOT NULL THEN
      PERFORM geooffer.refresh_facts(affected, ARRAY['constraint']);
    END IF;
    RETURN;
  END IF;

  EXECUTE format('SELECT EXISTS (SELECT FROM %s WHERE feature_id <> $1)', layer.piece_table) INTO others USING feature;
  IF NOT others THEN
    PERFORM geooffer.refresh_facts(NULL, ARRAY[layer_name]);
    RETURN;
  END IF;
  EXECUTE format('SELECT array_agg(site_id) FROM geooffer.site_fact WHERE %I = $1', 'nearest_' || layer_name || '_id') INTO affected USING feature;
  affected := coalesce(affected, '{}') || coalesce(geooffer.sites_nearer_to(layer_name, ARRAY[feature]), '{}');
  IF affected <> '{}' THEN
    PERFORM geooffer.refresh_facts(affected, ARRAY[layer_name]);
  END IF;
END $$;
