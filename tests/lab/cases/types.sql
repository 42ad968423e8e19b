-- case: type-varchar-longer
ALTER TABLE users ALTER COLUMN nick TYPE varchar(80);
-- case: type-varchar-longer-not-indexed
ALTER TABLE orders ALTER COLUMN ref TYPE varchar(60);
-- case: type-varchar-unbounded
ALTER TABLE orders ALTER COLUMN ref TYPE varchar;
-- case: type-varchar-to-text
ALTER TABLE orders ALTER COLUMN ref TYPE text;
-- case: type-varchar-to-text-indexed
ALTER TABLE users ALTER COLUMN nick TYPE text;
-- case: type-varchar-to-text-set-data-type
ALTER TABLE orders ALTER COLUMN ref SET DATA TYPE text;
-- case: type-varchar-shorter
ALTER TABLE orders ALTER COLUMN ref TYPE varchar(10);
-- case: type-varchar-shorter-than-values
ALTER TABLE orders ALTER COLUMN ref TYPE varchar(2);
-- case: type-varchar-shorter-cut
ALTER TABLE orders ALTER COLUMN ref TYPE varchar(2) USING left(ref, 2);
-- case: type-text-to-varchar
ALTER TABLE orders ALTER COLUMN note TYPE varchar(200);
-- case: type-text-to-varchar-unbounded
ALTER TABLE orders ALTER COLUMN note TYPE varchar;
-- case: type-text-to-citext
ALTER TABLE orders ALTER COLUMN note TYPE citext;
-- case: type-citext-to-text
ALTER TABLE users ALTER COLUMN handle TYPE text;
-- case: type-text-same
ALTER TABLE orders ALTER COLUMN note TYPE text;
-- case: type-integer-same
ALTER TABLE orders ALTER COLUMN quantity TYPE integer;
-- case: type-text-using-itself
ALTER TABLE orders ALTER COLUMN note TYPE text USING note;
-- case: type-text-using-cast-to-text
ALTER TABLE orders ALTER COLUMN note TYPE text USING note::text;
-- case: type-text-using-function
ALTER TABLE orders ALTER COLUMN note TYPE text USING trim(note);
-- case: type-varchar-to-text-using-cast
ALTER TABLE orders ALTER COLUMN ref TYPE text USING ref::text;
-- case: type-integer-to-bigint
ALTER TABLE orders ALTER COLUMN quantity TYPE bigint;
-- case: type-integer-to-bigint-indexed
ALTER TABLE users ALTER COLUMN age TYPE bigint;
-- case: type-serial-key-to-bigint
ALTER TABLE items ALTER COLUMN id TYPE bigint;
-- case: type-bigint-to-integer
ALTER TABLE items ALTER COLUMN order_id TYPE integer;
-- case: type-smallint-to-integer
ALTER TABLE users ALTER COLUMN rank TYPE integer;
-- case: type-integer-to-smallint
ALTER TABLE orders ALTER COLUMN quantity TYPE smallint;
-- case: type-integer-to-numeric
ALTER TABLE orders ALTER COLUMN quantity TYPE numeric;
-- case: type-integer-to-text
ALTER TABLE items ALTER COLUMN price TYPE text;
-- case: type-integer-to-text-not-generated-from
ALTER TABLE orders ALTER COLUMN quantity TYPE text;
-- case: type-text-to-integer-without-using
ALTER TABLE users ALTER COLUMN legacy TYPE integer;
-- case: type-text-to-integer
ALTER TABLE users ALTER COLUMN legacy TYPE integer USING legacy::integer;
-- case: type-numeric-greater-precision
ALTER TABLE users ALTER COLUMN score TYPE numeric(12, 2);
-- case: type-numeric-unbounded
ALTER TABLE users ALTER COLUMN score TYPE numeric;
-- case: type-numeric-greater-scale
ALTER TABLE users ALTER COLUMN score TYPE numeric(12, 4);
-- case: type-numeric-smaller-precision
ALTER TABLE users ALTER COLUMN score TYPE numeric(8, 2);
-- case: type-numeric-smaller-scale
ALTER TABLE users ALTER COLUMN score TYPE numeric(10, 1);
-- case: type-numeric-to-double
ALTER TABLE users ALTER COLUMN score TYPE double precision;
-- case: type-char-longer
ALTER TABLE users ALTER COLUMN code TYPE char(12);
-- case: type-char-to-text
ALTER TABLE users ALTER COLUMN code TYPE text;
-- case: type-char-to-varchar
ALTER TABLE users ALTER COLUMN code TYPE varchar(8);
-- case: type-varbit-longer
ALTER TABLE users ALTER COLUMN bits TYPE varbit(32);
-- case: type-varbit-unbounded
ALTER TABLE users ALTER COLUMN bits TYPE varbit;
-- case: type-varbit-shorter
ALTER TABLE users ALTER COLUMN bits TYPE varbit(12);
-- case: type-timestamp-greater-precision
ALTER TABLE users ALTER COLUMN seen_ms TYPE timestamp(6);
-- case: type-timestamp-unbounded
ALTER TABLE users ALTER COLUMN seen_ms TYPE timestamp;
-- case: type-timestamp-smaller-precision
ALTER TABLE users ALTER COLUMN seen_ms TYPE timestamp(0);
-- case: type-timestamp-to-timestamptz-utc
ALTER TABLE users ALTER COLUMN seen_at TYPE timestamptz;
-- case: type-timestamp-to-timestamptz-at-utc
ALTER TABLE users ALTER COLUMN seen_at TYPE timestamptz USING seen_at AT TIME ZONE 'UTC';
-- case: type-timestamp-to-timestamptz-elsewhere
SET timezone = 'Europe/Berlin';
ALTER TABLE users ALTER COLUMN seen_at TYPE timestamptz;
-- case: type-timestamptz-to-timestamp-utc
ALTER TABLE users ALTER COLUMN born_at TYPE timestamp;
-- case: type-timestamp-to-date
ALTER TABLE users ALTER COLUMN seen_at TYPE date;
-- case: type-date-to-timestamp
ALTER TABLE orders ALTER COLUMN placed_on TYPE timestamp;
-- case: type-interval-unbounded
ALTER TABLE users ALTER COLUMN wait TYPE interval;
-- case: type-interval-smaller-precision
ALTER TABLE users ALTER COLUMN wait TYPE interval(0);
-- case: type-cidr-to-inet
ALTER TABLE users ALTER COLUMN network TYPE inet;
-- case: type-cidr-to-text
ALTER TABLE users ALTER COLUMN network TYPE text;
-- case: type-json-to-jsonb
ALTER TABLE users ALTER COLUMN raw TYPE jsonb;
-- case: type-jsonb-to-json
ALTER TABLE users ALTER COLUMN data TYPE json;
-- case: type-array-of-text-to-varchar
ALTER TABLE users ALTER COLUMN tags TYPE varchar[];
-- case: type-array-of-text-bounded
ALTER TABLE users ALTER COLUMN tags TYPE varchar(20)[];
-- case: type-uuid-to-text
ALTER TABLE users ALTER COLUMN uid TYPE text;
-- case: type-boolean-to-integer
ALTER TABLE users ALTER COLUMN is_active DROP DEFAULT,
  ALTER COLUMN is_active TYPE integer USING is_active::integer;
-- case: type-enum-to-text
ALTER TABLE users ALTER COLUMN mood TYPE text;
-- case: type-enum-with-default-to-text
ALTER TABLE orders ALTER COLUMN status TYPE text;
-- case: type-text-to-enum
ALTER TABLE users ALTER COLUMN mood TYPE status USING 'new'::status;
-- case: type-text-to-free-domain
ALTER TABLE orders ALTER COLUMN note TYPE slug;
-- case: type-free-domain-to-text
ALTER TABLE profiles ALTER COLUMN slug TYPE text;
-- case: type-integer-to-constrained-domain
ALTER TABLE orders ALTER COLUMN quantity TYPE positive;
-- case: type-constrained-domain-to-integer
ALTER TABLE items ALTER COLUMN quantity TYPE integer;
-- case: type-used-by-view
ALTER TABLE users ALTER COLUMN name TYPE varchar(300);
-- case: type-widened-but-used-by-view
ALTER TABLE users ALTER COLUMN email TYPE varchar(300);
-- case: type-with-view-dropped-and-made-again
DROP VIEW user_names;
ALTER TABLE users ALTER COLUMN email TYPE varchar(300);
CREATE VIEW user_names AS SELECT id, name, email FROM users;
-- case: type-collation-of-indexed
ALTER TABLE users ALTER COLUMN nick TYPE varchar(40) COLLATE "POSIX";
-- case: type-collation-of-unindexed
ALTER TABLE orders ALTER COLUMN note TYPE text COLLATE "POSIX";
-- case: type-two-in-one-statement
ALTER TABLE orders ALTER COLUMN ref TYPE text, ALTER COLUMN quantity TYPE bigint;
-- case: type-of-new-table
CREATE TABLE parcels (id bigint, weight integer);
ALTER TABLE parcels ALTER COLUMN weight TYPE text;
-- case: type-of-new-column
ALTER TABLE logs ADD COLUMN size integer;
ALTER TABLE logs ALTER COLUMN size TYPE varchar(20);
-- case: type-of-partitioned
ALTER TABLE events ALTER COLUMN kind TYPE varchar(20);
-- case: type-of-partitioned-widened
ALTER TABLE events ALTER COLUMN kind TYPE varchar;
