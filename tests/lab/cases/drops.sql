-- case: drop-table
DROP TABLE logs;
-- case: drop-table-referenced
DROP TABLE orders;
-- case: drop-table-cascade
DROP TABLE orders CASCADE;
-- case: drop-table-with-foreign-key
DROP TABLE profiles;
-- case: drop-table-if-exists-missing
DROP TABLE IF EXISTS nothing;
-- case: drop-table-of-same-migration
CREATE TABLE scratch (id bigint);
DROP TABLE scratch;
-- case: drop-partition
DROP TABLE events_2023;
-- case: drop-view
DROP VIEW user_names;
-- case: drop-view-and-make-it-again
DROP VIEW order_totals;
CREATE VIEW order_totals AS SELECT user_id, sum(total) AS total FROM orders GROUP BY user_id;
-- case: replace-view-with-one-more-column
CREATE OR REPLACE VIEW user_names AS SELECT id, name, email, nick FROM users;
-- case: replace-view-with-one-column-less
CREATE OR REPLACE VIEW user_names AS SELECT id, name FROM users;
-- case: drop-matview
DROP MATERIALIZED VIEW daily_sales;
-- case: drop-schema-used
DROP SCHEMA billing;
-- case: drop-schema-cascade
DROP SCHEMA billing CASCADE;
-- case: drop-database-in-transaction
DROP DATABASE somewhere;
-- case: drop-type-used
DROP TYPE mood;
-- case: drop-type-cascade
DROP TYPE mood CASCADE;
-- case: drop-function
DROP FUNCTION next_code();
-- case: drop-function-of-trigger-cascade
DROP FUNCTION touch() CASCADE;
-- case: drop-sequence
DROP SEQUENCE ticket_numbers;
-- case: drop-sequence-of-column
DROP SEQUENCE orders_id_seq;
-- case: drop-sequence-of-column-cascade
DROP SEQUENCE orders_id_seq CASCADE;
-- case: drop-trigger
DROP TRIGGER profiles_touch ON profiles;
-- case: drop-policy
DROP POLICY all_notes ON notes;
-- case: drop-extension-used
DROP EXTENSION citext;
-- case: drop-owned-nothing
DROP OWNED BY CURRENT_USER RESTRICT;
-- case: rename-table
ALTER TABLE logs RENAME TO lines;
-- case: rename-table-behind-a-view
ALTER TABLE logs RENAME TO lines;
CREATE VIEW logs AS SELECT * FROM lines;
-- case: rename-view
ALTER VIEW user_names RENAME TO person_names;
-- case: rename-schema
ALTER SCHEMA billing RENAME TO invoicing;
-- case: rename-enum-value
ALTER TYPE mood RENAME VALUE 'wild' TO 'stormy';
-- case: rename-type
ALTER TYPE mood RENAME TO temper;
-- case: rename-function
ALTER FUNCTION next_code() RENAME TO new_code;
-- case: rename-sequence
ALTER SEQUENCE ticket_numbers RENAME TO ticket_ids;
-- case: set-schema
ALTER TABLE logs SET SCHEMA billing;
-- case: set-schema-of-new-table
CREATE TABLE parcels (id bigint);
ALTER TABLE parcels SET SCHEMA billing;
-- case: revoke-from-old-release
REVOKE ALL ON logs FROM app;
-- case: revoke-from-nobody
REVOKE ALL ON logs FROM PUBLIC;
-- case: grant
GRANT SELECT ON logs TO PUBLIC;
-- case: enable-row-security
ALTER TABLE logs ENABLE ROW LEVEL SECURITY;
-- case: enable-row-security-with-policy
CREATE POLICY everyone ON logs USING (true) WITH CHECK (true);
ALTER TABLE logs ENABLE ROW LEVEL SECURITY;
-- case: disable-row-security
ALTER TABLE notes DISABLE ROW LEVEL SECURITY;
-- case: force-row-security
ALTER TABLE notes FORCE ROW LEVEL SECURITY;
-- case: policy-new
CREATE POLICY more ON notes FOR SELECT USING (body IS NOT NULL);
-- case: policy-narrowed
ALTER POLICY all_notes ON notes USING (false);
-- case: policy-restrictive
CREATE POLICY only_long ON notes AS RESTRICTIVE USING (length(body) > 999);
