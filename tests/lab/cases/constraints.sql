-- case: check-plain
ALTER TABLE orders ADD CONSTRAINT quantity_positive CHECK (quantity > 0);
-- case: check-without-name
ALTER TABLE orders ADD CHECK (quantity > 0);
-- case: check-that-rows-break
ALTER TABLE orders ADD CONSTRAINT quantity_many CHECK (quantity > 100);
-- case: check-not-valid
ALTER TABLE orders ADD CONSTRAINT quantity_positive CHECK (quantity > 0) NOT VALID;
-- case: check-validate-later
-- setup
ALTER TABLE orders ADD CONSTRAINT quantity_positive CHECK (quantity > 0) NOT VALID;
-- then
ALTER TABLE orders VALIDATE CONSTRAINT quantity_positive;
-- case: check-validate-in-same-transaction
ALTER TABLE orders ADD CONSTRAINT quantity_positive CHECK (quantity > 0) NOT VALID;
ALTER TABLE orders VALIDATE CONSTRAINT quantity_positive;
-- case: check-validate-in-next-transaction outside
ALTER TABLE orders ADD CONSTRAINT quantity_positive CHECK (quantity > 0) NOT VALID;
ALTER TABLE orders VALIDATE CONSTRAINT quantity_positive;
-- case: check-not-enforced
ALTER TABLE orders ADD CONSTRAINT quantity_positive CHECK (quantity > 0) NOT ENFORCED;
-- case: check-on-partitioned
ALTER TABLE events ADD CONSTRAINT kind_short CHECK (length(kind) < 9);
-- case: check-on-new-table
CREATE TABLE parcels (id bigint, weight integer);
ALTER TABLE parcels ADD CONSTRAINT weight_positive CHECK (weight > 0);
-- case: foreign-key-plain
ALTER TABLE items ADD CONSTRAINT items_order_fk FOREIGN KEY (order_id) REFERENCES orders (id);
-- case: foreign-key-not-valid
ALTER TABLE items ADD CONSTRAINT items_order_fk FOREIGN KEY (order_id) REFERENCES orders NOT VALID;
-- case: foreign-key-validate-later
-- setup
ALTER TABLE items ADD CONSTRAINT items_order_fk FOREIGN KEY (order_id) REFERENCES orders NOT VALID;
-- then
ALTER TABLE items VALIDATE CONSTRAINT items_order_fk;
-- case: foreign-key-validate-in-same-transaction
ALTER TABLE items ADD CONSTRAINT items_order_fk FOREIGN KEY (order_id) REFERENCES orders NOT VALID;
ALTER TABLE items VALIDATE CONSTRAINT items_order_fk;
-- case: foreign-key-that-rows-break
ALTER TABLE logs ADD CONSTRAINT logs_user_fk FOREIGN KEY (id) REFERENCES users;
-- case: foreign-key-not-valid-that-rows-break
ALTER TABLE logs ADD CONSTRAINT logs_user_fk FOREIGN KEY (id) REFERENCES users NOT VALID;
-- case: foreign-key-on-new-table
CREATE TABLE parcels (id bigint, order_id bigint);
ALTER TABLE parcels ADD CONSTRAINT parcels_order_fk FOREIGN KEY (order_id) REFERENCES orders;
-- case: foreign-key-deferrable
ALTER TABLE items ADD FOREIGN KEY (order_id) REFERENCES orders DEFERRABLE INITIALLY DEFERRED;
-- case: foreign-key-made-deferrable
ALTER TABLE orders ALTER CONSTRAINT orders_user_id_fkey DEFERRABLE INITIALLY DEFERRED;
-- case: new-table-that-references
CREATE TABLE parcels (
  id bigint PRIMARY KEY,
  order_id bigint NOT NULL REFERENCES orders,
  owner_id bigint REFERENCES users ON DELETE CASCADE
);
-- case: unique-plain
ALTER TABLE orders ADD CONSTRAINT orders_ref_unique UNIQUE (ref);
-- case: unique-with-duplicates
ALTER TABLE users ADD CONSTRAINT users_age_unique UNIQUE (age);
-- case: unique-using-index
-- setup
CREATE UNIQUE INDEX orders_ref_key ON orders (ref);
-- then
ALTER TABLE orders ADD CONSTRAINT orders_ref_unique UNIQUE USING INDEX orders_ref_key;
-- case: unique-using-index-built-before-in-same-transaction
CREATE UNIQUE INDEX orders_ref_key ON orders (ref);
ALTER TABLE orders ADD CONSTRAINT orders_ref_unique UNIQUE USING INDEX orders_ref_key;
-- case: unique-concurrently-then-using-index outside
CREATE UNIQUE INDEX CONCURRENTLY orders_ref_key ON orders (ref);
ALTER TABLE orders ADD CONSTRAINT orders_ref_unique UNIQUE USING INDEX orders_ref_key;
-- case: unique-nulls-not-distinct
ALTER TABLE orders ADD CONSTRAINT orders_ref_unique UNIQUE NULLS NOT DISTINCT (ref);
-- case: primary-key-plain
ALTER TABLE logs ADD PRIMARY KEY (id);
-- case: primary-key-using-index-of-nullable
-- setup
CREATE UNIQUE INDEX logs_id_key ON logs (id);
-- then
ALTER TABLE logs ADD CONSTRAINT logs_pkey PRIMARY KEY USING INDEX logs_id_key;
-- case: primary-key-using-index-of-required
-- setup
CREATE UNIQUE INDEX logs_id_key ON logs (id);
ALTER TABLE logs ALTER COLUMN id SET NOT NULL;
-- then
ALTER TABLE logs ADD CONSTRAINT logs_pkey PRIMARY KEY USING INDEX logs_id_key;
-- case: primary-key-using-index-with-validated-check
-- setup
CREATE UNIQUE INDEX logs_id_key ON logs (id);
ALTER TABLE logs ADD CONSTRAINT id_known CHECK (id IS NOT NULL);
-- then
ALTER TABLE logs ADD CONSTRAINT logs_pkey PRIMARY KEY USING INDEX logs_id_key;
-- case: primary-key-of-required-column
-- setup
ALTER TABLE logs ALTER COLUMN id SET NOT NULL;
-- then
ALTER TABLE logs ADD PRIMARY KEY (id);
-- case: primary-key-swapped
ALTER TABLE options DROP CONSTRAINT options_pkey;
ALTER TABLE options ADD PRIMARY KEY (key, value);
-- case: exclusion
ALTER TABLE orders ADD CONSTRAINT no_overlap EXCLUDE USING gist (during WITH &&);
-- case: exclusion-on-new-table
CREATE TABLE rooms (id bigint, during tsrange);
ALTER TABLE rooms ADD CONSTRAINT no_overlap EXCLUDE USING gist (during WITH &&);
-- case: drop-check
ALTER TABLE orders DROP CONSTRAINT total_not_negative;
-- case: drop-constraint-if-exists-missing
ALTER TABLE orders DROP CONSTRAINT IF EXISTS nothing;
-- case: drop-foreign-key
ALTER TABLE orders DROP CONSTRAINT orders_user_id_fkey;
-- case: drop-unique
ALTER TABLE users DROP CONSTRAINT users_email_key;
-- case: drop-primary-key-referenced
ALTER TABLE orders DROP CONSTRAINT orders_pkey;
-- case: drop-primary-key-cascade
ALTER TABLE orders DROP CONSTRAINT orders_pkey CASCADE;
-- case: rename-constraint
ALTER TABLE orders RENAME CONSTRAINT total_not_negative TO total_sane;
-- case: domain-add-check
ALTER DOMAIN positive ADD CONSTRAINT small CHECK (VALUE < 1000);
-- case: domain-add-check-that-rows-break
ALTER DOMAIN positive ADD CONSTRAINT tiny CHECK (VALUE < 3);
-- case: domain-add-check-not-valid
ALTER DOMAIN positive ADD CONSTRAINT small CHECK (VALUE < 1000) NOT VALID;
-- case: domain-validate-later
-- setup
ALTER DOMAIN positive ADD CONSTRAINT small CHECK (VALUE < 1000) NOT VALID;
-- then
ALTER DOMAIN positive VALIDATE CONSTRAINT small;
-- case: domain-set-not-null
ALTER DOMAIN positive SET NOT NULL;
-- case: domain-drop-constraint
ALTER DOMAIN positive DROP CONSTRAINT positive_check;
-- case: domain-new
CREATE DOMAIN amount AS numeric(12, 2) CHECK (VALUE >= 0);
