"""The rehearsal on SQLite itself: no server, no file."""

from pathlib import Path

import pytest
from tests.unit.steps.migration_check.migrated import fires, observed, silent

from launchready.facts.rehearsal import RehearsalFacts
from launchready.gateways.sqlite import SqliteError, SqliteSession, sqlite_session
from launchready.model import Unchecked

BASE = """\
--- migrations/0001_base.up.sql
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT NOT NULL, born DATE, score REAL);
CREATE TABLE orders (id INTEGER PRIMARY KEY, user_id INTEGER NOT NULL REFERENCES users (id),
  total NUMERIC DEFAULT 0, is_paid BOOLEAN, note VARCHAR(20), raw BLOB);
CREATE UNIQUE INDEX names ON users (name);
--- migrations/0001_base.down.sql
DROP TABLE orders;
DROP TABLE users;
=== new
--- migrations/0002_change.up.sql
{up}
--- migrations/0002_change.down.sql
{down}
"""


def change(up: str, down: str = "SELECT 1;") -> str:
    """A change of the base."""
    return BASE.format(up=up, down=down)


def rehearsed(folder: Path, up: str, down: str) -> RehearsalFacts:
    """What was seen of a change."""
    seen = observed(folder, change(up, down), rehearse=True, database="sqlite")
    assert not [each for each in seen if isinstance(each, Unchecked)]
    (facts,) = (each for each in seen if isinstance(each, RehearsalFacts))
    assert facts.server.startswith("SQLite 3.")
    return facts


@pytest.mark.parametrize(
    ("rule", "bad", "good"),
    [
        ("migration-fails",
         change("CREATE UNIQUE INDEX paid ON orders (is_paid);"),
         change("CREATE UNIQUE INDEX noted ON orders (note);")),
        ("down-fails",
         change("ALTER TABLE users ADD COLUMN plan TEXT;", "DROP INDEX plans;"),
         change("CREATE INDEX plans ON users (born);", "DROP INDEX plans;")),
        ("down-does-not-restore",
         change("ALTER TABLE users ADD COLUMN plan TEXT; CREATE INDEX b ON users (born);",
                "DROP INDEX b;"),
         change("CREATE INDEX b ON users (born);", "DROP INDEX b;")),
        ("down-loses-data",
         change("DROP TABLE orders;", "CREATE TABLE orders (id INTEGER PRIMARY KEY);"),
         change("CREATE TABLE items (id INTEGER);", "DROP TABLE items;")),
        ("reup-fails",
         change("CREATE TABLE items (id INTEGER);", "SELECT 1;"),
         change("CREATE TABLE items (id INTEGER);", "DROP TABLE items;")),
        ("old-code-breaks",
         change("CREATE TRIGGER no BEFORE INSERT ON users BEGIN SELECT RAISE(ABORT, 'no'); END;"),
         change("CREATE TRIGGER yes BEFORE INSERT ON users BEGIN SELECT 1; END;")),
    ],
)  # fmt: skip
def test_what_only_sqlite_can_say(rule: str, bad: str, good: str, tmp_path: Path) -> None:
    fires(tmp_path / "bad", rule, bad, rehearse=True, database="sqlite")
    silent(tmp_path / "good", rule, good, rehearse=True, database="sqlite")


def test_a_down_that_restores_leaves_nothing_to_say(tmp_path: Path) -> None:
    facts = rehearsed(
        tmp_path,
        "ALTER TABLE users RENAME COLUMN born TO birthday;",
        "ALTER TABLE users RENAME COLUMN birthday TO born;",
    )
    assert (facts.side, facts.not_restored, facts.rows_lost) == (None, (), ())
    assert [each.source for each in facts.probes] == ["reads born"]


@pytest.mark.parametrize("sql", ["ATTACH '{}' AS other", "VACUUM INTO '{}'"])
def test_no_file_is_opened(sql: str, tmp_path: Path) -> None:
    with sqlite_session() as session:
        session.run("CREATE TABLE a (b)")
        with pytest.raises(SqliteError):
            session.run(sql.format(tmp_path / "file"))
        session.run("VACUUM")
    assert not list(tmp_path.iterdir())


def test_a_statement_has_an_end() -> None:
    session = SqliteSession(timeout_seconds=0.05)
    endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n"
    with pytest.raises(SqliteError, match="interrupted"):
        session.run(endless)
    session.close()
