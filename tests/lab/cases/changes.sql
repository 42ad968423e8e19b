-- case: update-all
UPDATE users SET points = 0;
-- case: update-tautology
UPDATE users SET points = 0 WHERE true;
-- case: update-tautology-of-numbers
UPDATE users SET points = 0 WHERE 1 = 1;
-- case: update-where-not-null-key
UPDATE users SET points = 0 WHERE id IS NOT NULL;
-- case: update-one-row
UPDATE users SET points = 0 WHERE id = 7;
-- case: update-few-rows
UPDATE users SET points = 0 WHERE email IN ('u1@example.com', 'u2@example.com');
-- case: update-batch
UPDATE users SET points = 0 WHERE id IN (SELECT id FROM users WHERE points > 0 LIMIT 100);
-- case: update-from-another-table
UPDATE profiles AS p SET bio = u.name FROM users AS u WHERE u.id = p.user_id;
-- case: update-fills-new-column
ALTER TABLE orders ADD COLUMN remark text;
UPDATE orders SET remark = note;
-- case: update-of-few-rows-under-strong-lock
ALTER TABLE orders ADD COLUMN remark text;
UPDATE orders SET remark = note WHERE id = 7;
-- case: update-options
UPDATE options SET value = 'light' WHERE key = 'theme';
-- case: delete-all
DELETE FROM logs;
-- case: delete-tautology
DELETE FROM logs WHERE 1 = 1;
-- case: delete-one-row
DELETE FROM logs WHERE id = 7;
-- case: delete-referenced
DELETE FROM users WHERE id = 7;
-- case: delete-using
DELETE FROM logs USING users WHERE users.id = logs.id;
-- case: delete-few-by-subquery
DELETE FROM logs WHERE id IN (SELECT id FROM users WHERE email = 'u7@example.com');
-- case: delete-cascades
DELETE FROM profiles WHERE user_id < 5;
-- case: truncate
TRUNCATE logs;
-- case: truncate-referenced
TRUNCATE users;
-- case: truncate-cascade
TRUNCATE users CASCADE;
-- case: truncate-of-new-table
CREATE TABLE parcels (id bigint);
TRUNCATE parcels;
-- case: insert-one
INSERT INTO options (key, value) VALUES ('size', '5');
-- case: insert-on-conflict
INSERT INTO options (key, value) VALUES ('theme', 'dark') ON CONFLICT (key) DO NOTHING;
-- case: insert-select-into-new-table
CREATE TABLE totals AS SELECT user_id, sum(total) AS total FROM orders GROUP BY user_id;
-- case: insert-select-from-old-table
CREATE TABLE totals (user_id bigint, total numeric);
INSERT INTO totals SELECT user_id, sum(total) FROM orders GROUP BY user_id;
-- case: insert-unknown-reference
INSERT INTO profiles (user_id, visits) VALUES (99999, 1);
-- case: merge-few
MERGE INTO options AS o USING (VALUES ('theme', 'sand')) AS v (key, value) ON o.key = v.key
  WHEN MATCHED THEN UPDATE SET value = v.value WHEN NOT MATCHED THEN INSERT VALUES (v.key, v.value);
-- case: merge-all
MERGE INTO profiles AS p USING users AS u ON u.id = p.user_id
  WHEN MATCHED THEN UPDATE SET bio = u.name;
-- case: select-only
SELECT count(*) FROM orders;
-- case: select-for-update-all
SELECT id FROM orders FOR UPDATE;
-- case: with-update-returning
WITH moved AS (UPDATE orders SET note = 'x' RETURNING id) SELECT count(*) FROM moved;
-- case: update-duplicate-column
UPDATE users SET points = 1, points = 2 WHERE id = 7;
-- case: update-generated-column
UPDATE items SET doubled = 4 WHERE id = 7;
