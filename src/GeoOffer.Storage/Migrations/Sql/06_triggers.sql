-- Facts and history stay right whoever writes: statement-level triggers with transition tables.
-- A bulk writer that computes facts itself says so, for its transaction only: SET LOCAL geooffer.facts = 'by_caller'.

CREATE FUNCTION geooffer.facts_by_caller() RETURNS boolean
LANGUAGE sql STABLE AS $$
  SELECT coalesce(current_setting('geooffer.facts', true), '') = 'by_caller'
$$;

-- Recomputes some parts of the facts (null: all) of some sites (null: all), and writes the rows that differ.
CREATE FUNCTION geooffer.refresh_facts(sites bigint[] DEFAULT NULL, parts text[] DEFAULT NULL) RETURNS bigint
LANGUAGE plpgsql SET join_collapse_limit = 1 SET jit = off AS $$
DECLARE
  columns text;
  written bigint;
BEGIN
  SELECT string_agg(quote_ident(c), ', ') INTO columns FROM unnest(geooffer.fact_columns(parts)) AS c;
  EXECUTE format($statement$
    UPDATE geooffer.site_fact AS f SET (%1$s, change_set_id) = (SELECT %2$s, $2)
    FROM (%3$s) AS n (site_id, %1$s)
    WHERE f.site_id = n.site_id AND (%4$s) IS DISTINCT FROM (%2$s)$statement$,
    columns,
    (SELECT string_agg('n.' || quote_ident(c), ', ') FROM unnest(geooffer.fact_columns(parts)) AS c),
    geooffer.facts_sql('(SELECT t.id AS site_id, t.geom, t.municipality_code AS stated_municipality_code FROM geooffer.site AS t'
      || CASE WHEN sites IS NULL THEN '' ELSE ' WHERE t.id = ANY ($1)' END || ')', parts),
    (SELECT string_agg('f.' || quote_ident(c), ', ') FROM unnest(geooffer.fact_columns(parts)) AS c))
  USING sites, geooffer.current_change_set();
  GET DIAGNOSTICS written = ROW_COUNT;
  RETURN written;
END $$;

CREATE FUNCTION geooffer.site_inserted() RETURNS trigger
LANGUAGE plpgsql SET join_collapse_limit = 1 SET jit = off AS $$
DECLARE
  columns text;
BEGIN
  IF geooffer.facts_by_caller() THEN
    RETURN NULL;
  END IF;
  SELECT string_agg(quote_ident(c), ', ') INTO columns FROM unnest(geooffer.fact_columns()) AS c;
  EXECUTE format($statement$
    INSERT INTO geooffer.site_fact (site_id, code, kind, functions, is_public, is_placed, gross_area_declared_ha, useful_area_ha, for_sale_area_ha,
      stated_municipality_code, change_set_id, %1$s)
    SELECT r.id, r.code, r.kind, r.functions, r.is_public, r.geom IS NOT NULL, r.gross_area_declared_ha, r.useful_area_ha, r.for_sale_area_ha,
      r.municipality_code, $1, %2$s
    FROM new_rows AS r JOIN (%3$s) AS n (site_id, %1$s) ON n.site_id = r.id$statement$,
    columns,
    (SELECT string_agg('n.' || quote_ident(c), ', ') FROM unnest(geooffer.fact_columns()) AS c),
    geooffer.facts_sql('(SELECT r.id AS site_id, r.geom, r.municipality_code AS stated_municipality_code FROM new_rows AS r)'))
  USING geooffer.current_change_set();
  RETURN NULL;
END $$;

CREATE FUNCTION geooffer.site_updated() RETURNS trigger
LANGUAGE plpgsql AS $$
DECLARE
  moved bigint[];
BEGIN
  UPDATE geooffer.site_fact AS f SET code = n.code, kind = n.kind, functions = n.functions, is_public = n.is_public, is_placed = n.geom IS NOT NULL,
    gross_area_declared_ha = n.gross_area_declared_ha, useful_area_ha = n.useful_area_ha, for_sale_area_ha = n.for_sale_area_ha,
    stated_municipality_code = n.municipality_code
  FROM new_rows AS n
  WHERE f.site_id = n.id
    AND (f.code, f.kind, f.functions, f.is_public, f.is_placed, f.gross_area_declared_ha, f.useful_area_ha, f.for_sale_area_ha, f.stated_municipality_code)
      IS DISTINCT FROM
        (n.code, n.kind, n.functions, n.is_public, n.geom IS NOT NULL, n.gross_area_declared_ha, n.useful_area_ha, n.for_sale_area_ha, n.municipality_code);
  IF NOT geooffer.facts_by_caller() THEN
    SELECT array_agg(n.id) INTO moved FROM new_rows AS n JOIN old_rows AS o USING (id)
    WHERE n.geom::bytea IS DISTINCT FROM o.geom::bytea OR n.municipality_code IS DISTINCT FROM o.municipality_code;
    IF moved IS NOT NULL THEN
      PERFORM geooffer.refresh_facts(moved);
    END IF;
  END IF;
  RETURN NULL;
END $$;

-- The area of coverage of a layer is that of its datasets together. Features of proximity that were written without
-- any declared coverage stand for the whole region; constraints never do: a few parks do not make the rest free.
CREATE FUNCTION geooffer.settle_layer(layer_name text) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
  layer    geooffer.fact_layer;
  settled  geometry;
  written  boolean;
BEGIN
  SELECT * INTO STRICT layer FROM geooffer.fact_layer WHERE name = layer_name FOR UPDATE;
  SELECT ST_Multi(ST_CollectionExtract(ST_Union(c.coverage), 3)) INTO settled FROM geooffer.dataset_coverage AS c WHERE c.layer = layer_name;
  IF settled IS NULL AND layer.role = 'proximity' THEN
    EXECUTE format('SELECT EXISTS (SELECT FROM %s)', layer.piece_table) INTO written;
    IF written THEN
      SELECT ST_Multi(extent) INTO settled FROM geooffer.region;
    END IF;
  END IF;
  UPDATE geooffer.fact_layer SET coverage = settled, revision = geooffer.current_change_set() WHERE name = layer_name;
  IF settled::bytea IS DISTINCT FROM layer.coverage::bytea AND NOT geooffer.facts_by_caller() THEN
    PERFORM geooffer.refresh_facts(NULL, ARRAY[CASE layer.role WHEN 'proximity' THEN layer.name ELSE 'constraint' END]);
  END IF;
END $$;

CREATE FUNCTION geooffer.coverage_changed() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    PERFORM geooffer.settle_layer(layer) FROM (SELECT DISTINCT layer FROM new_rows ORDER BY layer) AS l;
  ELSIF TG_OP = 'DELETE' THEN
    PERFORM geooffer.settle_layer(layer) FROM (SELECT DISTINCT layer FROM old_rows ORDER BY layer) AS l;
  ELSE
    PERFORM geooffer.settle_layer(layer) FROM (SELECT layer FROM old_rows UNION SELECT layer FROM new_rows ORDER BY layer) AS l;
  END IF;
  RETURN NULL;
END $$;

-- Degrees of longitude, and so of latitude too, that a distance from a place at some latitude is never more than.
CREATE FUNCTION geooffer.degrees_at_most(metres double precision, latitude double precision) RETURNS double precision
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT (metres + 1) / (105000 * cosd(least(88, abs(latitude) + metres / 105000)))
$$;

-- Sites for which one of the given features of a proximity layer may be nearer than the nearest that is stored. A site without
-- a nearest one lies outside the coverage, unless the layer had no feature yet: then every site is computed anyway.
CREATE FUNCTION geooffer.sites_nearer_to(layer_name text, features bigint[]) RETURNS bigint[]
LANGUAGE plpgsql STABLE AS $$
DECLARE
  nearer bigint[];
BEGIN
  EXECUTE format($statement$
    SELECT array_agg(DISTINCT t.id)
    FROM geooffer.region AS r
    CROSS JOIN (SELECT max(%2$I) AS metres FROM geooffer.site_fact) AS farthest
    CROSS JOIN LATERAL (SELECT p.geom, ST_Envelope(ST_Transform(p.geom, 4326)) AS box FROM %1$s AS p WHERE p.feature_id = ANY ($1)) AS p
    -- Boxes before the exact test: one that the index of sites knows, one of the site's own distance.
    JOIN geooffer.site AS t ON t.geom && ST_Expand(p.box, geooffer.degrees_at_most(farthest.metres, ST_YMax(p.box)))
    JOIN geooffer.site_fact AS f ON f.site_id = t.id AND p.box && ST_Expand(t.geom, geooffer.degrees_at_most(f.%2$I, ST_YMax(t.geom)))
    WHERE ST_DWithin(p.geom, geooffer.measurable(t.geom, r.metric_srid), f.%2$I * (1 + 4 * r.scale_bound) + 0.01)$statement$,
    (SELECT piece_table FROM geooffer.fact_layer WHERE name = layer_name), 'distance_' || layer_name || '_m')
  INTO nearer USING features;
  RETURN nearer;
END $$;

CREATE FUNCTION geooffer.infrastructure_changed() RETURNS trigger
LANGUAGE plpgsql AS $$
DECLARE
  settings geooffer.region;
  gone     bigint[];
  come     bigint[];
  layer    geooffer.fact_layer;
  touched  text[];
  added    bigint[];
  affected bigint[];
  others   boolean;
BEGIN
  SELECT * INTO STRICT settings FROM geooffer.region;
  IF TG_OP = 'DELETE' THEN
    SELECT array_agg(id), array_agg(DISTINCT kind) INTO gone, touched FROM old_rows;
  ELSIF TG_OP = 'INSERT' THEN
    SELECT array_agg(id), array_agg(DISTINCT kind) INTO come, touched FROM new_rows;
  ELSE
    SELECT array_agg(id), array_agg(id) INTO gone, come
    FROM old_rows AS o JOIN new_rows AS n USING (id)
    WHERE n.kind <> o.kind OR n.geom::bytea <> o.geom::bytea;
    SELECT array_agg(DISTINCT kind) INTO touched
    FROM (SELECT kind FROM old_rows WHERE id = ANY (gone) UNION SELECT kind FROM new_rows WHERE id = ANY (come)) AS k;
  END IF;
  IF touched IS NULL THEN
    RETURN NULL;
  END IF;

  DELETE FROM geooffer.infrastructure_piece WHERE kind = ANY (touched) AND feature_id = ANY (gone);
  INSERT INTO geooffer.infrastructure_piece (feature_id, kind, geom)
  -- Part by part: of a mixed collection ST_Subdivide keeps only what has the highest dimension.
  SELECT i.id, i.kind, ST_Subdivide(geooffer.measurable(part.geom, settings.metric_srid), 24)
  FROM geooffer.infrastructure AS i CROSS JOIN LATERAL ST_Dump(i.geom) AS part WHERE i.id = ANY (come);

  FOR layer IN SELECT * FROM geooffer.fact_layer WHERE name = ANY (touched) ORDER BY ordinal LOOP
    PERFORM geooffer.settle_layer(layer.name);
    -- A layer without coverage had no facts before; settling it has computed what there is now.
    CONTINUE WHEN layer.coverage IS NULL OR geooffer.facts_by_caller();
    SELECT array_agg(i.id) INTO added FROM geooffer.infrastructure AS i WHERE i.id = ANY (come) AND i.kind = layer.name;
    EXECUTE format('SELECT EXISTS (SELECT FROM %s WHERE feature_id <> ALL ($1))', layer.piece_table) INTO others USING coalesce(added, '{}');
    IF cardinality(added) > 200 OR NOT others THEN
      PERFORM geooffer.refresh_facts(NULL, ARRAY[layer.name]);
    ELSE
      EXECUTE format('SELECT array_agg(site_id) FROM geooffer.site_fact WHERE %I = ANY ($1)', 'nearest_' || layer.name || '_id')
        INTO affected USING gone;
      affected := coalesce(affected, '{}') || coalesce(geooffer.sites_nearer_to(layer.name, added), '{}');
      IF affected <> '{}' THEN
        PERFORM geooffer.refresh_facts(affected, ARRAY[layer.name]);
      END IF;
    END IF;
  END LOOP;
  RETURN NULL;
END $$;

CREATE FUNCTION geooffer.constraint_area_changed() RETURNS trigger
LANGUAGE plpgsql AS $$
DECLARE
  gone     bigint[];
  come     bigint[];
  touched  text[];
  affected bigint[];
BEGIN
  IF TG_OP = 'DELETE' THEN
    SELECT array_agg(id), array_agg(DISTINCT kind) INTO gone, touched FROM old_rows;
    SELECT array_agg(DISTINCT t.id) INTO affected FROM old_rows AS o JOIN geooffer.site AS t ON t.geom && o.geom;
  ELSIF TG_OP = 'INSERT' THEN
    SELECT array_agg(id), array_agg(DISTINCT kind) INTO come, touched FROM new_rows;
    SELECT array_agg(DISTINCT t.id) INTO affected FROM new_rows AS n JOIN geooffer.site AS t ON t.geom && n.geom;
  ELSE
    SELECT array_agg(id), array_agg(id) INTO gone, come
    FROM old_rows AS o JOIN new_rows AS n USING (id)
    WHERE (n.kind, n.severity) <> (o.kind, o.severity) OR n.geom::bytea <> o.geom::bytea;
    SELECT array_agg(DISTINCT kind) INTO touched
    FROM (SELECT kind FROM old_rows WHERE id = ANY (gone) UNION SELECT kind FROM new_rows WHERE id = ANY (come)) AS k;
    SELECT array_agg(DISTINCT t.id) INTO affected
    FROM (SELECT geom FROM old_rows WHERE id = ANY (gone) UNION ALL SELECT geom FROM new_rows WHERE id = ANY (come)) AS c
    JOIN geooffer.site AS t ON t.geom && c.geom;
  END IF;
  IF touched IS NULL THEN
    RETURN NULL;
  END IF;

  DELETE FROM geooffer.constraint_piece WHERE kind = ANY (touched) AND feature_id = ANY (gone);
  INSERT INTO geooffer.constraint_piece (feature_id, kind, excludes, geom)
  SELECT c.id, c.kind, c.severity = 'excludes', ST_Subdivide(c.geom, 32)
  FROM geooffer.constraint_area AS c WHERE c.id = ANY (come);

  PERFORM geooffer.settle_layer(name) FROM geooffer.fact_layer WHERE name = ANY (touched);
  IF affected IS NOT NULL AND NOT geooffer.facts_by_caller() THEN
    PERFORM geooffer.refresh_facts(affected, ARRAY['constraint']);
  END IF;
  RETURN NULL;
END $$;

-- Municipalities, provinces, poles and pilot areas: what contains a site.
CREATE FUNCTION geooffer.container_changed() RETURNS trigger
LANGUAGE plpgsql AS $$
DECLARE
  codes    text[];
  areas    geometry[];
  affected bigint[];
BEGIN
  IF geooffer.facts_by_caller() THEN
    RETURN NULL;
  END IF;
  IF TG_OP = 'DELETE' THEN
    SELECT array_agg(code), array_agg(geom) INTO codes, areas FROM old_rows;
  ELSIF TG_OP = 'INSERT' THEN
    SELECT array_agg(code), array_agg(geom) INTO codes, areas FROM new_rows;
  ELSIF TG_TABLE_NAME = 'municipality' THEN
    SELECT array_agg(code), array_agg(o.geom) || array_agg(n.geom) INTO codes, areas
    FROM old_rows AS o FULL JOIN new_rows AS n USING (code)
    WHERE (o.geom::bytea, o.province_code) IS DISTINCT FROM (n.geom::bytea, n.province_code);
  ELSE
    SELECT array_agg(code), array_agg(o.geom) || array_agg(n.geom) INTO codes, areas
    FROM old_rows AS o FULL JOIN new_rows AS n USING (code)
    WHERE o.geom::bytea IS DISTINCT FROM n.geom::bytea;
  END IF;
  SELECT array_agg(id) INTO affected FROM (
    SELECT t.id FROM unnest(areas) AS area JOIN geooffer.site AS t ON t.geom && area
    UNION
    SELECT t.id FROM geooffer.site AS t WHERE TG_TABLE_NAME = 'municipality' AND t.municipality_code = ANY (codes)) AS t;
  IF affected IS NOT NULL THEN
    PERFORM geooffer.refresh_facts(affected, ARRAY['container']);
  END IF;
  RETURN NULL;
END $$;

-- Every register: history of superseded rows, a change set on every row, no TRUNCATE.
CREATE FUNCTION geooffer.keep_register(register text, lock_function text) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('CREATE TABLE geooffer.%I (LIKE geooffer.%I, to_change_set_id bigint NOT NULL)', register || '_history', register);
  EXECUTE format('CREATE INDEX ON geooffer.%I (%s)', register || '_history',
    CASE WHEN register IN ('site', 'infrastructure', 'constraint_area') THEN 'id, to_change_set_id' ELSE 'code, to_change_set_id' END);
  EXECUTE format('CREATE TRIGGER a_lock BEFORE INSERT OR UPDATE OR DELETE ON geooffer.%I FOR EACH STATEMENT EXECUTE FUNCTION geooffer.%I()', register, lock_function);
  EXECUTE format('CREATE TRIGGER b_no_truncate BEFORE TRUNCATE ON geooffer.%I FOR EACH STATEMENT EXECUTE FUNCTION geooffer.refuse_truncate()', register);
  PERFORM geooffer.stamp_rows(register);
  IF register IN ('site', 'infrastructure', 'constraint_area') THEN
    EXECUTE format('CREATE TRIGGER c_keep_id BEFORE UPDATE ON geooffer.%I FOR EACH ROW WHEN (NEW.id <> OLD.id) EXECUTE FUNCTION geooffer.refuse_new_id()', register);
  END IF;
  EXECUTE format('CREATE TRIGGER d_keep_updated AFTER UPDATE ON geooffer.%I REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION geooffer.keep_superseded()', register);
  EXECUTE format('CREATE TRIGGER d_keep_deleted AFTER DELETE ON geooffer.%I REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION geooffer.keep_superseded()', register);
END $$;

CREATE FUNCTION geooffer.follow_register(register text, follower text) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('CREATE TRIGGER e_inserted AFTER INSERT ON geooffer.%I REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION geooffer.%I()', register, follower);
  EXECUTE format('CREATE TRIGGER e_updated AFTER UPDATE ON geooffer.%I REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION geooffer.%I()', register, follower);
  EXECUTE format('CREATE TRIGGER e_deleted AFTER DELETE ON geooffer.%I REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION geooffer.%I()', register, follower);
END $$;

SELECT geooffer.keep_register('site', 'lock_as_site_writer');
SELECT geooffer.keep_register(register, 'lock_as_layer_publisher')
FROM unnest(ARRAY['province', 'municipality', 'infrastructure', 'constraint_area', 'agreement', 'pole', 'pilot_area']) AS register;

CREATE TRIGGER e_inserted AFTER INSERT ON geooffer.site REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION geooffer.site_inserted();
CREATE TRIGGER e_updated AFTER UPDATE ON geooffer.site REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION geooffer.site_updated();

SELECT geooffer.follow_register('infrastructure', 'infrastructure_changed');
SELECT geooffer.follow_register('constraint_area', 'constraint_area_changed');
SELECT geooffer.follow_register(register, 'container_changed') FROM unnest(ARRAY['province', 'municipality', 'pole', 'pilot_area']) AS register;

CREATE TRIGGER a_lock BEFORE INSERT OR UPDATE OR DELETE ON geooffer.dataset_coverage
  FOR EACH STATEMENT EXECUTE FUNCTION geooffer.lock_as_layer_publisher();
CREATE TRIGGER b_no_truncate BEFORE TRUNCATE ON geooffer.dataset_coverage
  FOR EACH STATEMENT EXECUTE FUNCTION geooffer.refuse_truncate();
SELECT geooffer.stamp_rows(register) FROM unnest(ARRAY['dataset', 'brief']) AS register;
SELECT geooffer.follow_register('dataset_coverage', 'coverage_changed');

-- What a retired code means is part of what a brief means: a change of it is a version too.
CREATE TRIGGER a_lock BEFORE INSERT OR UPDATE OR DELETE ON geooffer.municipality_code_history
  FOR EACH STATEMENT EXECUTE FUNCTION geooffer.lock_as_layer_publisher();
