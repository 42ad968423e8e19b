"""The rehearsal on a MariaDB of our own: the server says how it does each change."""

from pathlib import Path

import pytest
from tests.mariadb import installed
from tests.unit.steps.migration_check.migrated import migrated, observed

from launchready.facts.migrations import ActFacts
from launchready.facts.rehearsal import RehearsalFacts
from launchready.model import Finding, Unchecked
from launchready.steps.migration_check import STEP
from launchready.steps.migration_check.settings import MigrationCheckSettings, RehearsalSettings

SCHEMA = """\
--- migrations/0001_base.up.sql
CREATE TABLE users (
  id BIGINT PRIMARY KEY AUTO_INCREMENT, name VARCHAR(20) NOT NULL, born DATE, score DOUBLE,
  kind ENUM('a', 'b') NOT NULL DEFAULT 'a', info JSON, at TIMESTAMP, t TIME, y YEAR, flag BOOLEAN,
  raw BINARY(16), place POINT, price DECIMAL(10, 2), low TEXT AS (lower(name)) VIRTUAL,
  boss BIGINT, KEY names (name), FOREIGN KEY (boss) REFERENCES users (id));
CREATE TABLE orders (
  id INT PRIMARY KEY AUTO_INCREMENT, user_id BIGINT NOT NULL, n INT,
  FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE);
CREATE VIEW old_users AS SELECT id, name FROM users;
CREATE TRIGGER noted BEFORE INSERT ON orders FOR EACH ROW SET NEW.n = coalesce(NEW.n, 0);
--- migrations/0001_base.down.sql
DROP TABLE orders;
DROP TABLE users;
=== new
--- migrations/0002_change.up.sql
{up}
--- migrations/0002_change.down.sql
{down}
"""
NOTHING = "SELECT 1;"


def seen_of(folder: Path, up: str, down: str = NOTHING, **settings: object) -> list[object]:
    """All that is seen of a change."""
    installed()
    chosen = {"database": "mariadb 10.11", **settings}
    return observed(folder, SCHEMA.format(up=up, down=down), rehearse=True, **chosen)


def found_in(seen: list[object], **settings: object) -> dict[str, str]:
    """The messages of the findings in it by rule."""
    chosen = MigrationCheckSettings(**{"notes": True, **settings})  # type: ignore[arg-type]
    kinds = ActFacts | RehearsalFacts
    found: tuple[Finding, ...] = tuple(
        each for facts in seen if isinstance(facts, kinds) for each in STEP.findings(facts, chosen)
    )
    return {each.rule: each.message for each in found}


def rehearsed(seen: list[object]) -> RehearsalFacts:
    """What the server did."""
    assert not [each for each in seen if isinstance(each, Unchecked)]
    (facts,) = (each for each in seen if isinstance(each, RehearsalFacts))
    return facts


@pytest.mark.parametrize(
    ("up", "down", "rule", "words"),
    [
        ("ALTER TABLE users MODIFY score DECIMAL(20, 4);", "ALTER TABLE users MODIFY score DOUBLE;",
         "mysql-copy-algorithm", "(confirmed on MariaDB 10.11"),
        ("ALTER TABLE users DROP PRIMARY KEY, ADD PRIMARY KEY (id, kind);", NOTHING,
         "refuted-by-rehearsal", "`users` keeps no writes waiting (ALGORITHM=INPLACE, LOCK=NONE)"),
        ("ALTER TABLE users ADD COLUMN x INT;\nCREATE UNIQUE INDEX k ON users (kind);", NOTHING,
         "migration-fails", "(1062); what ran before it stays: the schema has column users.x int"),
        ("ALTER TABLE users DROP COLUMN born;", "ALTER TABLE users ADD COLUMN born DATE;",
         "down-loses-data", "`users.born` no longer hold"),
        ("ALTER TABLE users DROP COLUMN born; DROP TRIGGER noted;", "SELECT 1;",
         "drop-column", "what the release reads born in `users` fails"),
        ("CREATE TABLE t (id INT);", NOTHING, "reup-fails", "Table 't' already exists"),
        ("CREATE TABLE t (id INT);", "DROP TABLE u;", "down-fails", "(1051)"),
        ("UPDATE users SET score = 1; DROP TRIGGER noted;", NOTHING,
         "dml-without-where", "200 rows of `users` changed"),
    ],
)  # fmt: skip
def test_what_the_server_says(up: str, down: str, rule: str, words: str, tmp_path: Path) -> None:
    assert words in found_in(seen_of(tmp_path, up, down))[rule]


def test_a_down_that_restores_leaves_nothing_to_say(tmp_path: Path) -> None:
    up = "ALTER TABLE users ADD COLUMN plan INT;\nCREATE INDEX b ON users (born);\n"
    up += "CREATE FULLTEXT INDEX f ON users (name);\nDROP INDEX names ON users;"
    down = "CREATE INDEX names ON users (name); DROP INDEX f ON users; DROP INDEX b ON users;"
    facts = rehearsed(seen_of(tmp_path, up, f"{down} ALTER TABLE users DROP COLUMN plan;"))
    assert (facts.side, facts.not_restored, facts.rows_lost, facts.probes) == (None, (), (), ())
    done = [(each.algorithm, each.sharing) for each in facts.statements.values()]
    assert done == [
        ("INSTANT", "NONE"), ("NOCOPY", "NONE"), ("INPLACE", "SHARED"), ("NOCOPY", "NONE"),
    ]  # fmt: skip
    assert facts.server.startswith("MariaDB 10.11.")


def test_what_is_for_mysql_is_told_with_a_caveat(tmp_path: Path) -> None:
    up = "ALTER TABLE users MODIFY score DECIMAL(20, 4);"
    found = found_in(seen_of(tmp_path / "a", up, database="mysql 8.0"), database="mysql 8.0")
    assert "(seen on MariaDB 10.11" in found["mysql-copy-algorithm"]
    assert "in place of MySQL 8.0" in found["down-does-not-restore"]
    up = "ALTER TABLE users DROP PRIMARY KEY, ADD PRIMARY KEY (id, kind);"
    found = found_in(seen_of(tmp_path / "b", up, database="mysql 8.0"), database="mysql 8.0")
    assert "(unproven, another way is taken on MariaDB" in found["mysql-copy-algorithm"]


def test_mysqls_own_words_are_no_failure(tmp_path: Path) -> None:
    up = "CREATE TABLE t (id INT) COLLATE utf8mb4_0900_ai_ci;"
    seen = seen_of(tmp_path, up, database="mysql 8.0")
    (gap,) = (each for each in seen if isinstance(each, Unchecked))
    assert gap.target == "migrations/0002_change.up.sql:1"
    assert "does not take what MySQL may" in gap.reason
    assert not [each for each in seen if isinstance(each, RehearsalFacts)]


def test_another_database_is_no_failure(tmp_path: Path) -> None:
    up = "USE shop;\nALTER TABLE users ADD COLUMN plan INT;\nCREATE TABLE shop.t (id INT);"
    seen = seen_of(tmp_path, up)
    (gap,) = (each for each in seen if isinstance(each, Unchecked))
    assert gap.target == "migrations/0002_change.up.sql:3"
    assert "Unknown database 'shop'" in gap.reason


def test_the_users_schema_seed_and_queries(tmp_path: Path) -> None:
    text = (
        "--- schema.sql\nCREATE TABLE users (id INT PRIMARY KEY, `or` INT);\n"
        "--- seed.sql\nINSERT INTO users VALUES (7, 1), (8, 1);\n"
        "--- queries.sql\nSELECT `or` FROM users WHERE id = %s;\nSELECT id FROM users;\n"
        "--- migrations/0001_base.sql\nCREATE TABLE other (id INT PRIMARY KEY);\n"
        "=== new\n"
        "--- migrations/0002_a.sql\nALTER TABLE users CHANGE `or` either INT;\n"
        "--- migrations/0003_b.sql\nALTER TABLE users ADD UNIQUE (either);\n"
    )
    installed()
    found = migrated(
        tmp_path,
        text,
        rehearse=True,
        database="mariadb 10.11",
        schema="schema.sql",
        seed="seed.sql",
        rehearsal=RehearsalSettings(queries="queries.sql"),
    )
    told = {each.rule: each.message for each in found}
    assert "Duplicate entry '1' for key 'either'" in told["migration-fails"]
    assert "query at queries.sql:1 fails: Unknown column 'or'" in told["old-code-breaks"]


def test_what_a_guard_would_keep_from_running_is_no_failure(tmp_path: Path) -> None:
    installed()
    change = """\
--- db/migrate/20240101000000_begin.rb
class Begin < ActiveRecord::Migration[7.1]
  def change
    create_table(:users) { |t| t.string :name }
  end
end
=== new
--- db/migrate/20240102000000_name.rb
class Name < ActiveRecord::Migration[7.1]
  def change
    add_column :users, :name, :string unless column_exists?(:users, :name)
    add_column :users, :plan, :string
  end
end
"""
    seen = observed(tmp_path, change, rehearse=True, database="mariadb 10.11")
    (facts,) = (each for each in seen if isinstance(each, RehearsalFacts))
    assert (facts.side, facts.error) == (None, "")
    assert [bool(each.error) for each in facts.statements.values()] == [True, False]
