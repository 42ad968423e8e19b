-- case: vacuum-full outside
VACUUM FULL orders;
-- case: vacuum-full-in-transaction
VACUUM FULL orders;
-- case: vacuum outside
VACUUM orders;
-- case: vacuum-analyze outside
VACUUM (ANALYZE) orders;
-- case: analyze
ANALYZE orders;
-- case: cluster
CLUSTER orders USING orders_pkey;
-- case: cluster-on-marks-only
ALTER TABLE orders CLUSTER ON orders_pkey;
-- case: set-unlogged
ALTER TABLE logs SET UNLOGGED;
-- case: set-logged-already
ALTER TABLE logs SET LOGGED;
-- case: set-tablespace-same
ALTER TABLE logs SET TABLESPACE pg_default;
-- case: set-access-method-same
ALTER TABLE logs SET ACCESS METHOD heap;
-- case: set-fillfactor
ALTER TABLE orders SET (fillfactor = 80);
-- case: set-autovacuum
ALTER TABLE orders SET (autovacuum_vacuum_scale_factor = 0.02);
-- case: set-toast-target
ALTER TABLE orders SET (toast_tuple_target = 256);
-- case: refresh-matview
REFRESH MATERIALIZED VIEW daily_sales;
-- case: refresh-matview-concurrently
REFRESH MATERIALIZED VIEW CONCURRENTLY daily_sales;
-- case: refresh-matview-with-no-data
REFRESH MATERIALIZED VIEW daily_sales WITH NO DATA;
-- case: new-matview
CREATE MATERIALIZED VIEW spenders AS SELECT user_id, sum(total) AS t FROM orders GROUP BY user_id;
-- case: lock-table
LOCK TABLE orders;
-- case: lock-table-access-exclusive
LOCK TABLE orders IN ACCESS EXCLUSIVE MODE;
-- case: lock-table-share
LOCK TABLE orders IN SHARE MODE;
-- case: lock-table-share-row-exclusive
LOCK TABLE orders IN SHARE ROW EXCLUSIVE MODE;
-- case: lock-table-exclusive
LOCK TABLE orders IN EXCLUSIVE MODE;
-- case: lock-table-row-exclusive
LOCK TABLE orders IN ROW EXCLUSIVE MODE;
-- case: lock-table-row-share
LOCK TABLE orders IN ROW SHARE MODE;
-- case: lock-table-access-share
LOCK TABLE orders IN ACCESS SHARE MODE;
-- case: lock-table-share-update-exclusive
LOCK TABLE orders IN SHARE UPDATE EXCLUSIVE MODE;
-- case: lock-outside-a-transaction outside
LOCK TABLE orders IN SHARE MODE;
-- case: advisory-lock
SELECT pg_advisory_xact_lock(1);
-- case: replica-identity-full
ALTER TABLE orders REPLICA IDENTITY FULL;
-- case: owner
ALTER TABLE logs OWNER TO CURRENT_USER;
-- case: comment-on-table
COMMENT ON TABLE orders IS 'What people ordered';
-- case: comment-on-column
COMMENT ON COLUMN orders.total IS 'In euro';
-- case: create-trigger
CREATE FUNCTION hush() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$;
CREATE TRIGGER orders_hush AFTER INSERT ON orders FOR EACH STATEMENT EXECUTE FUNCTION hush();
-- case: create-trigger-that-breaks-writes
CREATE TRIGGER orders_touch BEFORE UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION touch();
-- case: disable-trigger
ALTER TABLE profiles DISABLE TRIGGER profiles_touch;
-- case: disable-trigger-all
ALTER TABLE orders DISABLE TRIGGER ALL;
-- case: enable-trigger
ALTER TABLE profiles ENABLE TRIGGER profiles_touch;
-- case: create-rule-instead
CREATE RULE no_delete AS ON DELETE TO logs DO INSTEAD NOTHING;
-- case: create-statistics
CREATE STATISTICS orders_user_day ON user_id, placed_on FROM orders;
-- case: create-extension
CREATE EXTENSION pg_trgm;
-- case: create-extension-missing
CREATE EXTENSION no_such_thing_here;
-- case: create-publication
CREATE PUBLICATION feed FOR TABLE users;
-- case: create-schema
CREATE SCHEMA shipping;
-- case: create-sequence
CREATE SEQUENCE parcel_numbers;
-- case: alter-sequence-restart
ALTER SEQUENCE ticket_numbers RESTART WITH 5000;
-- case: setval-to-maximum
SELECT setval('orders_id_seq', (SELECT max(id) FROM orders));
-- case: create-table
CREATE TABLE parcels (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, weight integer NOT NULL);
-- case: create-table-that-exists
CREATE TABLE logs (id bigint);
-- case: create-table-if-not-exists-that-exists
CREATE TABLE IF NOT EXISTS logs (id bigint, something text);
-- case: create-table-like
CREATE TABLE archive (LIKE orders INCLUDING ALL);
-- case: create-enum
CREATE TYPE speed AS ENUM ('slow', 'fast');
-- case: add-enum-value
ALTER TYPE mood ADD VALUE 'sad';
-- case: add-enum-value-if-not-exists
ALTER TYPE mood ADD VALUE IF NOT EXISTS 'calm';
-- case: add-enum-value-before
ALTER TYPE mood ADD VALUE 'cool' BEFORE 'calm';
-- case: add-enum-value-used-at-once
ALTER TYPE mood ADD VALUE 'sad';
UPDATE users SET mood = 'sad' WHERE id = 7;
-- case: add-enum-value-used-in-default
ALTER TYPE status ADD VALUE 'lost';
ALTER TABLE orders ALTER COLUMN status SET DEFAULT 'lost';
-- case: add-enum-value-used-in-next-transaction outside
ALTER TYPE mood ADD VALUE 'sad';
UPDATE users SET mood = 'sad' WHERE id = 7;
-- case: add-value-of-new-enum-used-at-once
CREATE TYPE speed AS ENUM ('slow');
ALTER TYPE speed ADD VALUE 'fast';
CREATE TABLE runs (speed speed DEFAULT 'fast');
-- case: alter-composite-add-attribute
ALTER TYPE address ADD ATTRIBUTE country text;
-- case: alter-composite-change-used
ALTER TYPE address ALTER ATTRIBUTE street TYPE varchar(50);
-- case: replace-function
CREATE OR REPLACE FUNCTION shout(text) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT upper($1)';
-- case: replace-function-other-result
CREATE OR REPLACE FUNCTION shout(text) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT 1';
-- case: security-definer-function
CREATE FUNCTION admin_only() RETURNS bigint LANGUAGE sql SECURITY DEFINER AS
  'SELECT count(*) FROM users';
