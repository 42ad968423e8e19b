-- What the release that is still running does, as its database role: every statement must succeed
-- and find a row. Values go as text, the way drivers send them.
-- probe: users.read
SELECT id, email, name, nick, age, is_active, score, balance, code, bits, seen_at, seen_ms, born_at,
  wait, network, rank, points, data, raw, tags, legacy, handle, mood, home, uid, created_at
  FROM users LIMIT 1;
-- probe: users.update
UPDATE users SET name = 'Another', nick = NULL, age = NULL, score = '1.5', balance = '2.25',
  code = 'c1', is_active = 'true', seen_at = '2024-02-03 04:05:06', points = '3', tags = '{z}',
  legacy = 'old', data = '{"b": 2}', mood = 'wild', handle = 'Any' WHERE email = 'u7@example.com';
-- probe: users.insert
INSERT INTO users (email) VALUES ('new@example.com');
-- probe: users.insert-whole
INSERT INTO users (email, name, nick, age, score, rank, legacy, handle, mood)
  VALUES ('whole@example.com', 'Whole', 'wh', '33', '12345678.25', '9', 'l', 'Wh', 'calm');
-- probe: profiles.read
SELECT id, user_id, bio, slug, visits, updated_at FROM profiles LIMIT 1;
-- probe: profiles.update
UPDATE profiles SET bio = NULL, slug = 'p', visits = '4' WHERE user_id = '7';
-- probe: orders.read
SELECT id, user_id, status, total, note, placed_on, ref, quantity, during FROM orders LIMIT 1;
-- probe: orders.update
UPDATE orders SET note = NULL, ref = NULL, status = 'paid', total = '10.50' WHERE id = '7';
-- probe: orders.insert
INSERT INTO orders (user_id, total) VALUES ('7', '99999999.99');
-- probe: items.read
SELECT id, order_id, product, price, quantity, sku, doubled FROM items LIMIT 1;
-- probe: items.update
UPDATE items SET sku = NULL, price = '5' WHERE id = '7';
-- probe: items.insert
INSERT INTO items (order_id, product, price, quantity) VALUES ('7', 'P', '5', '2');
-- probe: events.read
SELECT id, at, kind, payload FROM events WHERE at < '2024-01-01' LIMIT 1;
-- probe: events.insert
INSERT INTO events (id, at, kind) VALUES ('9', '2023-05-05', NULL);
-- probe: logs.read
SELECT id, line, level FROM logs LIMIT 1;
-- probe: logs.insert
INSERT INTO logs (line) VALUES ('l');
-- probe: options.read
SELECT key, value FROM options LIMIT 1;
-- probe: notes.read
SELECT id, body FROM notes LIMIT 1;
-- probe: notes.insert
INSERT INTO notes (body) VALUES ('b');
-- probe: invoices.read
SELECT id, order_id, amount FROM billing.invoices LIMIT 1;
-- probe: invoices.insert
INSERT INTO billing.invoices (order_id, amount) VALUES ('7', '1.25');
-- probe: views.read
SELECT n.id, n.name, n.email, t.total FROM user_names AS n JOIN order_totals AS t ON t.user_id = n.id
  LIMIT 1;
-- probe: daily_sales.read
SELECT placed_on, orders, total FROM daily_sales LIMIT 1;
-- probe: functions.call
SELECT next_code(), one(), shout('a'), nextval('ticket_numbers');
