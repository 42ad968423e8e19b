-- What a year of trade leaves in it: every foreign key holds, every constraint too.
INSERT INTO users (email, name, nick, age, score, balance, code, bits, seen_at, seen_ms, born_at,
    wait, network, rank, points, data, raw, tags, legacy, handle, mood, home, uid)
  SELECT 'u' || n || '@example.com', 'Name ' || n, 'n' || n, n % 90, n % 1000, n % 50,
    'c' || n % 1000, n::bit(10)::varbit, timestamp '2020-01-01' + n * interval '1 hour',
    timestamp '2020-01-01' + n * interval '1 hour',
    timestamptz '1990-01-01Z' + n * interval '1 day', n * interval '1 second',
    ('10.0.' || n % 250 || '.0/24')::cidr, n % 100, n, '{"a": 1}', '{"a": 1}', '{x,y}',
    n::text, 'H' || n, CASE WHEN n % 2 = 0 THEN 'calm'::mood END, ROW ('s', 'c')::address,
    md5(n::text)::uuid
  FROM generate_series(1, 2000) AS n;
INSERT INTO profiles (user_id, bio, slug, visits)
  SELECT id, 'About ' || id, 'p-' || id, id % 7 FROM users;
INSERT INTO orders (user_id, status, total, note, placed_on, ref, during)
  SELECT 1 + n % 2000, (ARRAY['new', 'paid', 'shipped'])[1 + n % 3]::status, n % 500,
    CASE WHEN n % 2 = 0 THEN 'Note ' || n END, date '2024-01-01' + n % 300, 'r' || n,
    tsrange(timestamp '2020-01-01' + n * interval '1 hour',
            timestamp '2020-01-01' + (n + 1) * interval '1 hour')
  FROM generate_series(1, 5000) AS n;
INSERT INTO items (order_id, product, price, quantity, sku)
  SELECT 1 + n % 5000, 'Product ' || n % 40, 100 + n % 900, 1 + n % 9, 's' || n
  FROM generate_series(1, 10000) AS n;
INSERT INTO events (id, at, kind, payload)
  SELECT n, timestamptz '2023-01-01Z' + n * interval '4 hours', 'k' || n % 5, '{}'
  FROM generate_series(1, 4000) AS n;
INSERT INTO events_2022 (id, at, kind, payload)
  SELECT n, timestamptz '2022-01-01Z' + n * interval '4 hours', 'k' || n % 5, '{}'
  FROM generate_series(1, 2000) AS n;
INSERT INTO logs (id, line, level)
  SELECT n, 'Line ' || n, CASE WHEN n % 2 = 0 THEN 'info' END FROM generate_series(1, 3000) AS n;
INSERT INTO options (key, value) VALUES ('theme', 'dark'), ('locale', 'en'), ('limit', '10');
INSERT INTO notes (body) SELECT 'Body ' || n FROM generate_series(1, 2000) AS n;
INSERT INTO billing.invoices (order_id, amount)
  SELECT id, total FROM orders WHERE id <= 2500;
REFRESH MATERIALIZED VIEW daily_sales;
ANALYZE;
