-- case: attach-partition
ALTER TABLE events ATTACH PARTITION events_2022
  FOR VALUES FROM ('2022-01-01') TO ('2023-01-01');
-- case: attach-partition-with-validated-check
-- setup
ALTER TABLE events_2022 ADD CONSTRAINT year_2022
  CHECK (at IS NOT NULL AND at >= '2022-01-01' AND at < '2023-01-01') NOT VALID;
ALTER TABLE events_2022 VALIDATE CONSTRAINT year_2022;
-- then
ALTER TABLE events ATTACH PARTITION events_2022
  FOR VALUES FROM ('2022-01-01') TO ('2023-01-01');
-- case: attach-partition-with-check-not-validated
-- setup
ALTER TABLE events_2022 ADD CONSTRAINT year_2022
  CHECK (at >= '2022-01-01' AND at < '2023-01-01') NOT VALID;
-- then
ALTER TABLE events ATTACH PARTITION events_2022
  FOR VALUES FROM ('2022-01-01') TO ('2023-01-01');
-- case: attach-partition-that-rows-break
ALTER TABLE events ATTACH PARTITION events_2022
  FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');
-- case: attach-partition-new
CREATE TABLE events_2025 (LIKE events);
ALTER TABLE events ATTACH PARTITION events_2025
  FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
-- case: attach-partition-without-index
-- setup
DROP INDEX events_2022_kind_idx;
ALTER TABLE events_2022 ADD CONSTRAINT year_2022
  CHECK (at IS NOT NULL AND at >= '2022-01-01' AND at < '2023-01-01');
-- then
ALTER TABLE events ATTACH PARTITION events_2022
  FOR VALUES FROM ('2022-01-01') TO ('2023-01-01');
-- case: create-partition
CREATE TABLE events_2025 PARTITION OF events FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
-- case: create-default-partition
CREATE TABLE events_other PARTITION OF events DEFAULT;
-- case: create-partition-beside-default
-- setup
CREATE TABLE events_other PARTITION OF events DEFAULT;
INSERT INTO events SELECT n, timestamptz '2026-01-01Z' + n * interval '1 hour', 'k', '{}'
  FROM generate_series(1, 2000) AS n;
ANALYZE events_other;
-- then
CREATE TABLE events_2025 PARTITION OF events FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
-- case: detach-partition
ALTER TABLE events DETACH PARTITION events_2023;
-- case: detach-partition-concurrently outside
ALTER TABLE events DETACH PARTITION events_2023 CONCURRENTLY;
-- case: detach-partition-concurrently-in-transaction
ALTER TABLE events DETACH PARTITION events_2023 CONCURRENTLY;
-- case: new-partitioned-table
CREATE TABLE visits (id bigint, at date NOT NULL) PARTITION BY RANGE (at);
CREATE TABLE visits_2025 PARTITION OF visits FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
-- case: attach-index
-- setup
CREATE INDEX events_at_idx ON ONLY events (at);
CREATE INDEX events_2023_at_idx ON events_2023 (at);
-- then
ALTER INDEX events_at_idx ATTACH PARTITION events_2023_at_idx;
-- case: inherit
CREATE TABLE more_logs () INHERITS (logs);
-- case: inherit-existing
-- setup
CREATE TABLE more_logs (id bigint, line text NOT NULL, level text);
-- then
ALTER TABLE more_logs INHERIT logs;
