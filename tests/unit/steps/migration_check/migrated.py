"""A small repository of migrations given as text, and what migration-check finds in it.

Files stand one after another; what follows `=== new` is the change, on top of all before it:

    --- migrations/0001_users.sql
    CREATE TABLE users (id bigint PRIMARY KEY, email text);
    === new
    --- migrations/0002_index.sql
    CREATE INDEX users_email ON users (email);

A file of `=== new` that is empty is deleted. A text without any file is a change in SQL, a new file
beside `BASE`: most examples are of that kind.
"""

import re
from pathlib import Path
from typing import Any

from tests.repository import Repository

from launchready.gateways import Gateways
from launchready.gateways.git import Git
from launchready.gateways.progress import Progress
from launchready.model import Finding, Looked, Told, Unchecked
from launchready.steps.migration_check import STEP
from launchready.steps.migration_check.settings import MigrationCheckSettings

BASE = """\
CREATE TYPE mood AS ENUM ('happy', 'sad');
CREATE DOMAIN positive AS integer CHECK (VALUE > 0);
CREATE TABLE users (
  id bigint PRIMARY KEY,
  email varchar(100) NOT NULL,
  name text,
  nickname text,
  age integer,
  balance numeric(10, 2) DEFAULT 0,
  mood mood,
  is_admin boolean DEFAULT false,
  created_at timestamptz NOT NULL DEFAULT now()
);
CREATE UNIQUE INDEX users_email ON users (email);
CREATE TABLE orders (
  id bigint PRIMARY KEY,
  user_id bigint NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  total numeric(10, 2) NOT NULL,
  state varchar(20) NOT NULL DEFAULT 'open',
  note text
);
CREATE INDEX orders_user_id ON orders (user_id);
CREATE TABLE items (
  id bigint PRIMARY KEY,
  order_id bigint NOT NULL REFERENCES orders (id),
  sku text NOT NULL,
  amount integer
);
CREATE VIEW open_orders AS SELECT id, user_id, total FROM orders WHERE state = 'open';
CREATE MATERIALIZED VIEW totals AS SELECT user_id, sum(total) AS sum FROM orders GROUP BY user_id;
CREATE UNIQUE INDEX totals_user ON totals (user_id);
CREATE TABLE events (id bigint, at date NOT NULL, body text) PARTITION BY RANGE (at);
CREATE TABLE events_2025 PARTITION OF events FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
CREATE TABLE events_2026 (id bigint, at date NOT NULL, body text);
"""
"""The schema that the examples in SQL change."""

_FILE = re.compile(r"^--- (.+)\n", re.MULTILINE)
_NEW = re.compile(r"^=== new\n", re.MULTILINE)


def files_of(text: str) -> tuple[dict[str, str], dict[str, str]]:
    """The files of the base and those of the change, by path."""
    if not _FILE.search(text):
        return {"migrations/0001_base.sql": BASE}, {"migrations/0002_change.sql": text}
    base, *new = _NEW.split(text)
    return _files(base), _files(new[0] if new else "")


def _files(text: str) -> dict[str, str]:
    _, *pieces = _FILE.split(text)
    return dict(zip(pieces[::2], pieces[1::2], strict=True))


def observed(folder: Path, text: str, **settings: Any) -> list[object]:
    """All that migration-check sees in a repository with this change."""
    base, new = files_of(text)
    repository = Repository.at(folder)
    start = repository.commit(base or {"README.md": "empty\n"})
    kept = {path: content for path, content in new.items() if content.strip()}
    for path in new.keys() - kept.keys():
        (folder / path).unlink()
    repository.commit(kept or {"CHANGES.md": "a change\n"})
    gateways = Gateways(root=folder, git=Git(folder), progress=Progress(None), base=start)
    return list(STEP.observe(MigrationCheckSettings(**settings), gateways))


def migrated(folder: Path, text: str, **settings: Any) -> tuple[Finding, ...]:
    """All findings there."""
    chosen = MigrationCheckSettings(**settings)
    return tuple(
        finding
        for seen in observed(folder, text, **settings)
        if not isinstance(seen, Looked | Told | Unchecked)
        for finding in _judged(seen, chosen)
    )


def _judged(seen: object, settings: MigrationCheckSettings) -> tuple[Finding, ...]:
    """What the rules find in one fact, those too that say that they have no word for its act."""
    found = tuple(STEP.findings(seen, settings))
    asked = (each for each in STEP.rules if isinstance(seen, each.facts))
    every = tuple(finding for each in asked for finding in each.findings(seen, settings))
    assert found == every, "a rule has a word for an act that its `of` does not name"
    return found


def fires(folder: Path, rule: str, text: str, **settings: Any) -> tuple[Finding, ...]:
    """The findings of one rule; there must be some."""
    found = tuple(f for f in migrated(folder, text, **settings) if f.rule == rule)
    assert found, f"{rule} is silent"
    return found


def silent(folder: Path, rule: str, text: str, **settings: Any) -> None:
    """One rule finds nothing."""
    found = [f.message for f in migrated(folder, text, **settings) if f.rule == rule]
    assert not found
