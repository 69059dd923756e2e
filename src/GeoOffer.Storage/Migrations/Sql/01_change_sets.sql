-- Region, change sets and the commit-ordered data version.

CREATE SCHEMA IF NOT EXISTS geooffer;

-- What may be stored. One unsound geometry would fail the statements of everybody whose data lie near it.
-- The body is bound when it is made, so that a restore, which clears the search path, can check rows too.
CREATE FUNCTION geooffer.is_sound(geom geometry) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN NOT ST_IsEmpty(geom) AND ST_IsValid(geom)
  AND ST_XMin(geom) >= -180 AND ST_XMax(geom) <= 180 AND ST_YMin(geom) >= -90 AND ST_YMax(geom) <= 90;

-- One database is one region: its settings are one row, and no code names a reference system or an extent.
CREATE TABLE geooffer.region (
  id           smallint PRIMARY KEY DEFAULT 1 CHECK (id = 1),
  code         text NOT NULL,
  name_it      text NOT NULL,
  name_en      text NOT NULL,
  metric_srid  integer NOT NULL CHECK (metric_srid > 0),
  scale_bound  double precision NOT NULL CHECK (scale_bound > 0 AND scale_bound < 0.1),
  extent       geometry(Polygon, 4326) NOT NULL,
  languages    text[] NOT NULL CHECK (cardinality(languages) > 0)
);
COMMENT ON COLUMN geooffer.region.scale_bound IS 'Largest relative difference between a planar length in metric_srid and the geodesic one inside the extent.';

-- The version of the data. Its single row is the short lock that orders commits.
CREATE TABLE geooffer.data_version (
  id           smallint PRIMARY KEY DEFAULT 1 CHECK (id = 1),
  version      bigint NOT NULL,
  committed_at timestamptz NOT NULL
);
INSERT INTO geooffer.data_version (version, committed_at) VALUES (0, clock_timestamp());

CREATE TABLE geooffer.change_set (
  id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  version      bigint UNIQUE,
  committed_at timestamptz,
  author       text NOT NULL,
  channel      text NOT NULL,
  note         text
);
COMMENT ON COLUMN geooffer.change_set.version IS 'Given at commit, in the order of commits; null only inside the transaction that makes the change set.';

CREATE FUNCTION geooffer.begin_change_set(author text, channel text, note text DEFAULT NULL) RETURNS bigint
LANGUAGE plpgsql AS $$
DECLARE
  made bigint;
BEGIN
  IF current_setting('transaction_isolation') <> 'read committed' THEN
    -- An older snapshot could not see the other side of a site and a layer that are written at once.
    RAISE EXCEPTION 'GeoOffer data are written at isolation READ COMMITTED, not %', upper(current_setting('transaction_isolation'))
      USING ERRCODE = 'invalid_transaction_state';
  END IF;
  INSERT INTO geooffer.change_set (author, channel, note) VALUES (author, channel, note) RETURNING id INTO made;
  PERFORM set_config('geooffer.change_set', made::text, true);
  RETURN made;
END $$;

CREATE FUNCTION geooffer.current_change_set() RETURNS bigint
LANGUAGE plpgsql AS $$
DECLARE
  open bigint := nullif(current_setting('geooffer.change_set', true), '')::bigint;
BEGIN
  RETURN coalesce(open, geooffer.begin_change_set(session_user::text, 'sql'));
END $$;

CREATE FUNCTION geooffer.number_change_set() RETURNS trigger
LANGUAGE plpgsql AS $$
DECLARE
  numbered geooffer.data_version;
BEGIN
  -- The row lock is held until this commit is visible, so versions appear in their order.
  UPDATE geooffer.data_version SET version = version + 1, committed_at = clock_timestamp() RETURNING * INTO numbered;
  UPDATE geooffer.change_set SET version = numbered.version, committed_at = numbered.committed_at WHERE id = NEW.id;
  RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER number_at_commit AFTER INSERT ON geooffer.change_set
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION geooffer.number_change_set();

-- Site writers share the lock, layer publishers hold it alone: otherwise a site and a station
-- written at the same moment would never see each other.
CREATE FUNCTION geooffer.lock_as_site_writer() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  PERFORM geooffer.current_change_set();
  PERFORM pg_advisory_xact_lock_shared(7702, 1);
  RETURN NULL;
END $$;

CREATE FUNCTION geooffer.lock_as_layer_publisher() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  PERFORM geooffer.current_change_set();
  PERFORM pg_advisory_xact_lock(7702, 1);
  RETURN NULL;
END $$;

CREATE FUNCTION geooffer.refuse_truncate() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'TRUNCATE of %.% would lose its history and leave stored facts behind; use DELETE', TG_TABLE_SCHEMA, TG_TABLE_NAME
    USING ERRCODE = 'feature_not_supported';
END $$;

CREATE FUNCTION geooffer.refuse_new_id() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the id of a row of %.% is never changed: its history and stored facts go by it', TG_TABLE_SCHEMA, TG_TABLE_NAME
    USING ERRCODE = 'integrity_constraint_violation';
END $$;

-- Superseded rows move to <table>_history.
CREATE FUNCTION geooffer.keep_superseded() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('INSERT INTO %I.%I SELECT o.*, $1 FROM old_rows AS o', TG_TABLE_SCHEMA, TG_TABLE_NAME || '_history')
    USING geooffer.current_change_set();
  RETURN NULL;
END $$;

-- A row belongs to the change set that wrote it, whatever the writer says: history is read by it.
CREATE FUNCTION geooffer.stamp_change_set() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  NEW.change_set_id := geooffer.current_change_set();
  RETURN NEW;
END $$;

CREATE FUNCTION geooffer.stamp_rows(register text) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format($trigger$
    CREATE TRIGGER c_stamp BEFORE INSERT OR UPDATE ON geooffer.%I FOR EACH ROW
    WHEN (NEW.change_set_id::text IS DISTINCT FROM current_setting('geooffer.change_set', true))
    EXECUTE FUNCTION geooffer.stamp_change_set()$trigger$, register);
END $$;
