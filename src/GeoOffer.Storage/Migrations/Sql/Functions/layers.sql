-- Takes away the columns of facts that no layer has, and the relations that were superseded before some moment.
CREATE OR REPLACE FUNCTION geooffer.sweep_layers(superseded_before timestamptz) RETURNS integer
LANGUAGE plpgsql AS $$
DECLARE
  gone  text[];
  swept integer := 0;
  old   text;
BEGIN
  SELECT array_agg(a.attname::text) INTO gone
  FROM pg_attribute AS a
  WHERE a.attrelid = 'geooffer.site_fact'::regclass AND a.attnum > 0 AND NOT a.attisdropped
    AND a.attname ~ '^(distance_.+_m|nearest_.+_id|overlap_.+_(share|id))$'
    AND NOT EXISTS (
      SELECT FROM geooffer.fact_layer AS l
      WHERE a.attname IN ('distance_' || l.name || '_m', 'nearest_' || l.name || '_id', 'overlap_' || l.name || '_share', 'overlap_' || l.name || '_id'))
    AND NOT EXISTS (SELECT FROM geooffer.layer AS l JOIN geooffer.change_set AS c ON c.id = l.change_set_id
      WHERE l.dropped AND c.committed_at >= superseded_before);
  IF gone IS NOT NULL THEN
    DROP VIEW geooffer.sites;
    EXECUTE (SELECT 'ALTER TABLE geooffer.site_fact ' || string_agg(format('DROP COLUMN %I', c), ', ') FROM unnest(gone) AS c);
    PERFORM geooffer.make_sites_view();
  END IF;
  -- Views first, for the tables that they show cannot go before them. What a view of somebody else shows waits until that one is gone.
  FOR old IN
    SELECT r.relation FROM geooffer.layer_relation AS r
    LEFT JOIN pg_class AS c ON c.oid = to_regclass('geooffer_layers.' || quote_ident(r.relation))
    WHERE r.superseded_at < superseded_before ORDER BY c.relkind = 'v' DESC NULLS LAST, r.superseded_at
  LOOP
    BEGIN
      IF (SELECT relkind FROM pg_class WHERE oid = to_regclass('geooffer_layers.' || quote_ident(old))) = 'v' THEN
        EXECUTE format('DROP VIEW IF EXISTS geooffer_layers.%I', old);
      ELSE
        EXECUTE format('DROP TABLE IF EXISTS geooffer_layers.%I', old);
      END IF;
      DELETE FROM geooffer.layer_relation WHERE relation = old;
      swept := swept + 1;
    EXCEPTION WHEN dependent_objects_still_exist THEN
      CONTINUE;
    END;
  END LOOP;
  RETURN swept;
END $$;
