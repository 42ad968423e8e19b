-- case: do-adds-column-with-volatile-default
DO $$ BEGIN
  ALTER TABLE orders ADD COLUMN token uuid DEFAULT gen_random_uuid();
END $$;
-- case: do-adds-nullable-column
DO $$ BEGIN
  ALTER TABLE orders ADD COLUMN token uuid;
EXCEPTION WHEN duplicate_column THEN NULL;
END $$;
-- case: do-creates-index
DO $body$ BEGIN
  IF NOT EXISTS (SELECT FROM pg_indexes WHERE indexname = 'orders_note_idx') THEN
    CREATE INDEX orders_note_idx ON orders (note);
  END IF;
END $body$;
-- case: do-creates-enum-once
DO $$ BEGIN
  CREATE TYPE mood AS ENUM ('calm', 'wild');
EXCEPTION WHEN duplicate_object THEN NULL;
END $$;
-- case: do-adds-foreign-key
DO $$ BEGIN
  ALTER TABLE items ADD CONSTRAINT items_order_fk FOREIGN KEY (order_id) REFERENCES orders (id);
EXCEPTION WHEN duplicate_object THEN NULL;
END $$;
-- case: do-adds-foreign-key-to-new-table
CREATE TABLE parcels (id bigint PRIMARY KEY, order_id bigint);
DO $$ BEGIN
  ALTER TABLE parcels ADD CONSTRAINT parcels_order_fk FOREIGN KEY (order_id) REFERENCES orders (id);
EXCEPTION WHEN duplicate_object THEN NULL;
END $$;
-- case: do-executes-a-literal
DO $$ BEGIN
  EXECUTE 'ALTER TABLE orders ALTER COLUMN quantity TYPE bigint';
END $$;
-- case: do-executes-a-format
DO $$ DECLARE name text := 'orders'; BEGIN
  EXECUTE format('ALTER TABLE %I ADD COLUMN luck float DEFAULT random()', name);
END $$;
-- case: do-executes-a-loop-over-tables
DO $$ DECLARE t text; BEGIN
  FOREACH t IN ARRAY ARRAY['users', 'orders'] LOOP
    EXECUTE 'ALTER TABLE ' || quote_ident(t) || ' ADD COLUMN deleted_at timestamptz';
  END LOOP;
END $$;
-- case: do-updates-in-a-loop
DO $$ DECLARE r record; BEGIN
  FOR r IN SELECT id FROM users LOOP
    UPDATE users SET points = 1 WHERE id = r.id;
  END LOOP;
END $$;
-- case: do-drops-what-is-not-there
DO $$ BEGIN
  IF EXISTS (SELECT FROM pg_class WHERE relname = 'nothing_here') THEN
    DROP TABLE nothing_here;
  END IF;
END $$;
-- case: do-raises
DO $$ BEGIN
  RAISE EXCEPTION 'not this time';
END $$;
-- case: do-only-notices
DO $$ BEGIN
  RAISE NOTICE 'ALTER TABLE orders DROP COLUMN note';
END $$;
-- case: do-grants-if-role-is-there
DO $$ BEGIN
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'app') THEN
    GRANT SELECT ON logs TO app;
  END IF;
END $$;
-- case: do-commits-batches outside
DO $$ BEGIN
  FOR n IN 0..3 LOOP
    UPDATE users SET points = 1 WHERE id BETWEEN n * 100 AND n * 100 + 99;
    COMMIT;
  END LOOP;
END $$;
-- case: function-that-runs-ddl
CREATE FUNCTION migrate_it() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  ALTER TABLE orders ALTER COLUMN quantity TYPE bigint;
END $$;
SELECT migrate_it();
DROP FUNCTION migrate_it();
-- case: function-that-only-could
CREATE FUNCTION could_drop() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  DROP TABLE orders;
END $$;
-- case: procedure-called
CREATE PROCEDURE fix() LANGUAGE sql AS $$ UPDATE users SET points = 5 $$;
CALL fix();
-- case: trigger-function-replaced
CREATE OR REPLACE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.updated_at := clock_timestamp();
  RETURN NEW;
END $$;
-- case: nested-begin-commit
BEGIN;
ALTER TABLE orders ADD COLUMN remark text;
COMMIT;
-- case: nested-commit-then-more
ALTER TABLE orders ADD COLUMN remark text;
COMMIT;
CREATE INDEX orders_remark_idx ON orders (remark);
-- case: begin-without-commit outside
BEGIN;
ALTER TABLE orders ADD COLUMN remark text;
-- case: own-transaction outside
BEGIN;
ALTER TABLE orders ADD COLUMN remark text;
UPDATE orders SET remark = note;
COMMIT;
-- case: two-own-transactions outside
BEGIN;
ALTER TABLE orders ADD CONSTRAINT q CHECK (quantity > 0) NOT VALID;
COMMIT;
BEGIN;
ALTER TABLE orders VALIDATE CONSTRAINT q;
COMMIT;
-- case: rolled-back outside
BEGIN;
DROP TABLE orders CASCADE;
ROLLBACK;
-- case: savepoint-rolled-back
SAVEPOINT before;
ALTER TABLE orders DROP COLUMN note;
ROLLBACK TO before;
ALTER TABLE orders ADD COLUMN remark text;
-- case: commit-then-concurrently
COMMIT;
CREATE INDEX CONCURRENTLY orders_note_idx ON orders (note);
-- case: lock-timeout-then-alter
SET LOCAL lock_timeout = '2s';
ALTER TABLE orders ADD COLUMN remark text;
-- case: set-config-then-alter
SELECT set_config('lock_timeout', '2s', true);
ALTER TABLE orders ADD COLUMN remark text;
-- case: timeouts-off-then-index
SET lock_timeout = 0;
SET statement_timeout = 0;
CREATE INDEX orders_note_idx ON orders (note);
-- case: search-path-then-alter
SET search_path = billing;
ALTER TABLE invoices ADD COLUMN paid_at timestamptz DEFAULT clock_timestamp();
-- case: search-path-set-by-config
SELECT pg_catalog.set_config('search_path', 'billing', false);
ALTER TABLE invoices ALTER COLUMN amount TYPE numeric(14, 2);
-- case: quoted-and-upper-case-names
ALTER TABLE "orders" ADD COLUMN "Remark" TEXT;
CREATE INDEX "OrdersRemark" ON ORDERS ("Remark");
-- case: schema-qualified-names
CREATE INDEX invoices_amount_idx ON billing.invoices (amount);
-- case: comment-that-looks-like-sql
-- DROP TABLE orders;
/* ALTER TABLE orders DROP COLUMN note; /* nested */ */
ALTER TABLE orders ADD COLUMN remark text;
-- case: string-that-looks-like-sql
INSERT INTO options VALUES ('help', 'run; DROP TABLE orders; -- now');
-- case: escape-string
INSERT INTO options VALUES ('e', E'it\'s; DROP TABLE orders;');
-- case: dollar-tag-within-dollars
CREATE FUNCTION maker() RETURNS void LANGUAGE plpgsql AS $outer$
BEGIN
  EXECUTE $inner$ DROP TABLE orders; $inner$;
END $outer$;
-- case: safe-cast-chain
ALTER TABLE orders ALTER COLUMN ref TYPE varchar(40), ALTER COLUMN ref SET DEFAULT '';
-- case: cast-through-text
ALTER TABLE users ALTER COLUMN uid TYPE uuid USING uid::text::uuid;
-- case: text-to-varchar-with-view-on-other-column
ALTER TABLE users ALTER COLUMN legacy TYPE varchar;
-- case: column-of-new-domain
CREATE DOMAIN short AS varchar(20);
ALTER TABLE orders ADD COLUMN tag short;
-- case: column-of-new-checked-domain
CREATE DOMAIN short AS text CHECK (length(VALUE) < 20);
ALTER TABLE orders ADD COLUMN tag short;
-- case: column-of-not-null-domain
CREATE DOMAIN must AS text NOT NULL;
ALTER TABLE orders ADD COLUMN tag must;
-- case: column-of-domain-with-default
CREATE DOMAIN lucky AS integer DEFAULT 7;
ALTER TABLE orders ADD COLUMN luck lucky;
-- case: new-table-many-hazards
CREATE TABLE parcels (id serial PRIMARY KEY, weight int, word varchar(10));
ALTER TABLE parcels ADD COLUMN token uuid DEFAULT gen_random_uuid();
ALTER TABLE parcels ALTER COLUMN weight TYPE bigint;
ALTER TABLE parcels ADD CONSTRAINT sane CHECK (weight > 0);
ALTER TABLE parcels ALTER COLUMN word SET NOT NULL;
CREATE UNIQUE INDEX parcels_word_idx ON parcels (word);
UPDATE parcels SET weight = 1;
DELETE FROM parcels;
-- case: new-table-from-old-then-swapped
CREATE TABLE new_logs AS SELECT * FROM logs;
ALTER TABLE logs RENAME TO old_logs;
ALTER TABLE new_logs RENAME TO logs;
GRANT SELECT, INSERT ON logs TO app;
-- case: temporary-table-then-update
CREATE TEMP TABLE picked ON COMMIT DROP AS SELECT id FROM users WHERE points < 3;
UPDATE users SET rank = 0 WHERE id IN (SELECT id FROM picked);
-- case: column-swapped-by-rename
ALTER TABLE orders ADD COLUMN new_note varchar(500);
ALTER TABLE orders RENAME COLUMN note TO old_note;
ALTER TABLE orders RENAME COLUMN new_note TO note;
-- case: column-dropped-and-added
ALTER TABLE orders DROP COLUMN note, ADD COLUMN note text;
-- case: view-over-new-column
ALTER TABLE users ADD COLUMN phone text;
CREATE OR REPLACE VIEW user_names AS SELECT id, name, email, phone FROM users;
-- case: view-blocks-then-dropped-in-same-statement-list
DROP VIEW IF EXISTS order_totals;
ALTER TABLE orders ALTER COLUMN total TYPE numeric(12, 2);
CREATE VIEW order_totals AS SELECT user_id, sum(total) AS total FROM orders GROUP BY user_id;
-- case: matview-blocks
ALTER TABLE orders ALTER COLUMN placed_on TYPE timestamptz;
-- case: generated-column-blocks
ALTER TABLE items ALTER COLUMN price TYPE bigint;
-- case: trigger-of-column-blocks
-- setup
CREATE TRIGGER orders_note BEFORE UPDATE OF note ON orders FOR EACH ROW EXECUTE FUNCTION touch();
-- then
ALTER TABLE orders ALTER COLUMN note TYPE varchar(400);
-- case: policy-uses-column
-- setup
CREATE POLICY by_line ON logs USING (line IS NOT NULL) WITH CHECK (true);
-- then
ALTER TABLE logs ALTER COLUMN line TYPE varchar(400);
-- case: foreign-key-through-column-check
ALTER TABLE logs ADD COLUMN order_id bigint CONSTRAINT logs_order REFERENCES orders ON DELETE CASCADE;
-- case: two-tables-locked
ALTER TABLE users ADD COLUMN a text;
ALTER TABLE orders ADD COLUMN a text;
ALTER TABLE items ADD COLUMN a text;
-- case: several-hazards-in-one-statement
ALTER TABLE orders
  ADD COLUMN token uuid DEFAULT gen_random_uuid(),
  DROP COLUMN note,
  ALTER COLUMN quantity TYPE bigint;
-- case: safe-clauses-in-one-statement
ALTER TABLE orders
  ADD COLUMN token uuid,
  ALTER COLUMN ref TYPE text,
  ALTER COLUMN quantity SET DEFAULT 2,
  ADD CONSTRAINT q CHECK (quantity > 0) NOT VALID;
-- case: template-dollar-brace
ALTER TABLE ${schema}.orders ADD COLUMN remark text;
-- run
ALTER TABLE public.orders ADD COLUMN remark text;
-- case: template-dollar-brace-hazard
CREATE INDEX orders_note_idx ON ${schema}.orders (note);
-- run
CREATE INDEX orders_note_idx ON public.orders (note);
-- case: template-double-brace
ALTER TABLE {{ .Schema }}.orders ALTER COLUMN quantity TYPE bigint;
-- run
ALTER TABLE public.orders ALTER COLUMN quantity TYPE bigint;
-- case: copy-data
COPY options (key, value) FROM STDIN;
a	1; DROP TABLE orders;
b	ALTER TABLE orders DROP COLUMN note;
\.
ALTER TABLE options ADD COLUMN kind text;
-- case: psql-meta-commands
\set ON_ERROR_STOP on
\echo 'adding a column'
ALTER TABLE orders ADD COLUMN remark text;
\q
-- run
ALTER TABLE orders ADD COLUMN remark text;
-- case: psql-variable-and-include
\set table orders
\if true
CREATE INDEX orders_note_idx ON orders (note);
\endif
-- run
CREATE INDEX orders_note_idx ON orders (note);
-- case: goose-sections
-- +goose Up
ALTER TABLE orders ADD COLUMN remark text;
-- +goose Down
ALTER TABLE orders DROP COLUMN remark;
-- run
ALTER TABLE orders ADD COLUMN remark text;
-- case: goose-sections-hazard-up
-- +goose Up
-- +goose StatementBegin
CREATE FUNCTION twice(integer) RETURNS integer LANGUAGE plpgsql AS $$ BEGIN RETURN $1 * 2; END $$;
-- +goose StatementEnd
CREATE INDEX orders_note_idx ON orders (note);
-- +goose Down
DROP TABLE orders;
-- run
CREATE FUNCTION twice(integer) RETURNS integer LANGUAGE plpgsql AS $$ BEGIN RETURN $1 * 2; END $$;
CREATE INDEX orders_note_idx ON orders (note);
-- case: goose-no-transaction outside
-- +goose NO TRANSACTION
-- +goose Up
CREATE INDEX CONCURRENTLY orders_note_idx ON orders (note);
-- +goose Down
DROP INDEX CONCURRENTLY orders_note_idx;
-- run
CREATE INDEX CONCURRENTLY orders_note_idx ON orders (note);
-- case: dbmate-sections
-- migrate:up
ALTER TABLE orders ADD COLUMN remark text;
-- migrate:down
DROP TABLE orders;
-- run
ALTER TABLE orders ADD COLUMN remark text;
-- case: dbmate-no-transaction-two-statements string
-- migrate:up transaction:false
SET lock_timeout = '1s';
CREATE INDEX CONCURRENTLY orders_note_idx ON orders (note);
-- migrate:down
DROP INDEX orders_note_idx;
-- run
SET lock_timeout = '1s';
CREATE INDEX CONCURRENTLY orders_note_idx ON orders (note);
-- case: drizzle-breakpoints
ALTER TABLE "orders" ADD COLUMN "remark" text;--> statement-breakpoint
CREATE INDEX "orders_remark_idx" ON "orders" USING btree ("remark");
-- case: drizzle-new-table
CREATE TABLE "parcels" ("id" serial PRIMARY KEY NOT NULL, "order_id" bigint);
--> statement-breakpoint
ALTER TABLE "parcels" ADD CONSTRAINT "parcels_fk" FOREIGN KEY ("order_id")
  REFERENCES "public"."orders"("id") ON DELETE no action ON UPDATE no action;
-- case: prisma-new-unique
-- CreateIndex
CREATE UNIQUE INDEX "orders_ref_key" ON "orders"("ref");
-- case: only-comments
-- nothing to do any more
-- case: not-null-by-backfill-of-new-column
ALTER TABLE logs ADD COLUMN size integer;
UPDATE logs SET size = length(line);
ALTER TABLE logs ALTER COLUMN size SET NOT NULL;
-- case: enum-replaced-by-rename
ALTER TYPE mood RENAME TO mood_old;
CREATE TYPE mood AS ENUM ('calm', 'wild', 'sad');
ALTER TABLE users ALTER COLUMN mood TYPE mood USING mood::text::mood;
DROP TYPE mood_old;
-- case: set-not-null-and-default-at-once
ALTER TABLE options ALTER COLUMN value SET DEFAULT '', ALTER COLUMN value SET NOT NULL;
-- case: alter-table-only
ALTER TABLE ONLY orders ADD COLUMN remark text;
-- case: alter-table-if-exists-missing
ALTER TABLE IF EXISTS nothing DROP COLUMN note;
-- case: create-table-as-with-no-data
CREATE TABLE shape AS SELECT * FROM orders WITH NO DATA;
-- case: select-into
SELECT * INTO archive FROM orders WHERE id < 10;
-- case: index-on-table-renamed-before
CREATE TABLE parcels (id bigint);
ALTER TABLE parcels RENAME TO packets;
CREATE INDEX packets_id_idx ON packets (id);
-- case: alter-default-privileges
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT ON TABLES TO app;
-- case: session-authorization-of-nobody
SET ROLE NONE;
ALTER TABLE logs ADD COLUMN extra text;
-- case: syntax-error
ALTER TABLE orders ADD COLUM remark text;
