-- case: index-plain
CREATE INDEX orders_note_idx ON orders (note);
-- case: index-unique-plain
CREATE UNIQUE INDEX orders_ref_key ON orders (ref);
-- case: index-partial-plain
CREATE INDEX orders_paid_idx ON orders (placed_on) WHERE status = 'paid';
-- case: index-expression-plain
CREATE INDEX users_lower_email_idx ON users (lower(email));
-- case: index-gin-plain
CREATE INDEX users_tags_idx ON users USING gin (tags);
-- case: index-include-plain
CREATE INDEX orders_user_total_idx ON orders (user_id) INCLUDE (total);
-- case: index-brin-plain
CREATE INDEX logs_id_idx ON logs USING brin (id);
-- case: index-hash-plain
CREATE INDEX users_legacy_idx ON users USING hash (legacy);
-- case: index-on-new-table
CREATE TABLE tags (id bigint PRIMARY KEY, word text);
CREATE INDEX tags_word_idx ON tags (word);
-- case: index-if-not-exists-that-exists
CREATE INDEX IF NOT EXISTS users_nick_idx ON users (nick);
-- case: index-if-not-exists-that-is-new
CREATE INDEX IF NOT EXISTS users_legacy_idx ON users (legacy);
-- case: index-on-partitioned
CREATE INDEX events_at_idx ON events (at);
-- case: index-only-on-partitioned
CREATE INDEX events_at_idx ON ONLY events (at);
-- case: index-on-matview
CREATE INDEX daily_sales_total_idx ON daily_sales (total);
-- case: index-on-temporary-table
CREATE TEMPORARY TABLE scratch (id bigint, word text);
CREATE INDEX scratch_word_idx ON scratch (word);
-- case: index-concurrently outside
CREATE INDEX CONCURRENTLY orders_note_idx ON orders (note);
-- case: index-unique-concurrently outside
CREATE UNIQUE INDEX CONCURRENTLY orders_ref_key ON orders (ref);
-- case: index-concurrently-in-transaction
CREATE INDEX CONCURRENTLY orders_note_idx ON orders (note);
-- case: index-concurrently-in-one-string string
ALTER TABLE orders ADD COLUMN seen boolean;
CREATE INDEX CONCURRENTLY orders_note_idx ON orders (note);
-- case: index-concurrently-alone-in-string string
CREATE INDEX CONCURRENTLY orders_note_idx ON orders (note);
-- case: index-unique-concurrently-with-duplicates outside
CREATE UNIQUE INDEX CONCURRENTLY users_age_key ON users (age);
-- case: index-unique-with-duplicates
CREATE UNIQUE INDEX users_age_key ON users (age);
-- case: index-concurrently-after-timeout outside
SET lock_timeout = '2s';
CREATE INDEX CONCURRENTLY IF NOT EXISTS items_order_idx ON items (order_id);
-- case: index-concurrently-on-partitioned outside
CREATE INDEX CONCURRENTLY events_at_idx ON events (at);
-- case: drop-index-plain
DROP INDEX users_nick_idx;
-- case: drop-index-if-exists-missing
DROP INDEX IF EXISTS users_nothing_idx;
-- case: drop-index-concurrently outside
DROP INDEX CONCURRENTLY users_nick_idx;
-- case: drop-index-concurrently-in-transaction
DROP INDEX CONCURRENTLY users_nick_idx;
-- case: drop-index-of-constraint
DROP INDEX users_email_key;
-- case: reindex-index
REINDEX INDEX users_nick_idx;
-- case: reindex-table
REINDEX TABLE orders;
-- case: reindex-index-concurrently outside
REINDEX INDEX CONCURRENTLY users_nick_idx;
-- case: reindex-table-concurrently outside
REINDEX TABLE CONCURRENTLY items;
-- case: reindex-concurrently-in-transaction
REINDEX TABLE CONCURRENTLY items;
-- case: rename-index
ALTER INDEX users_nick_idx RENAME TO users_nickname_idx;
-- case: alter-index-fillfactor
ALTER INDEX users_nick_idx SET (fillfactor = 80);
