"""What a rehearsal measures and is told: stalls, the release's own queries, sizes, roles."""

from pathlib import Path

import pytest
from tests.postgres import INSTALLED
from tests.unit.steps.migration_check.migrated import BASE, fires, migrated, observed

from launchready.facts.migrations import ActFacts
from launchready.facts.rehearsal import RehearsalFacts
from launchready.gateways.postgres.server import PostgresServer
from launchready.model import Unchecked
from launchready.steps.migration_check.settings import RehearsalSettings


def changed(sql: str, **more: str) -> str:
    """A change of `BASE`, with further files in the base."""
    files = {"migrations/0001_base.sql": BASE, **more}
    base = "".join(f"--- {path}\n{text}" for path, text in files.items())
    return f"{base}=== new\n--- migrations/0002_change.sql\n{sql}"


SLOW = "BEGIN;\nALTER TABLE users ADD COLUMN plan text;\nSELECT pg_sleep(0.5);\nCOMMIT;\n"


def test_a_reader_and_a_writer_wait_for_a_lock(tmp_path: Path) -> None:
    seen = observed(tmp_path, changed(SLOW), rehearse=True)
    (facts,) = (each for each in seen if isinstance(each, RehearsalFacts))
    assert facts.stalls.keys() == {"users"}
    assert facts.stalls["users"].reads
    assert facts.stalls["users"].writes
    (act,) = (each for each in seen if isinstance(each, ActFacts) and "ALTER" in each.statement.sql)
    assert "meanwhile a reader waited" in act.proof


def test_a_lock_that_lets_readers_pass_stops_writers_alone(tmp_path: Path) -> None:
    sql = "BEGIN;\nCREATE INDEX ages ON users (age);\nSELECT pg_sleep(0.5);\nCOMMIT;\n"
    seen = observed(tmp_path, changed(sql), rehearse=True)
    (facts,) = (each for each in seen if isinstance(each, RehearsalFacts))
    assert facts.side is None
    assert facts.stalls["users"].writes > facts.stalls["users"].reads


QUERIES = """\
-- name: people
SELECT id, nickname FROM users WHERE age > $1;
SELECT id, nickname FROM users WHERE age > %(age)s;
UPDATE users SET nickname = 'a' WHERE id = 1;
DELETE FROM users;
SELECT * FROM never_there;
DROP TABLE items;
"""
LOG = """\
2026-01-01 00:00:00 UTC [1] LOG:  statement: SELECT total FROM orders
2026-01-01 00:00:00 UTC [1] LOG:  duration: 0.2 ms  execute <unnamed>: SELECT id,
\tnickname FROM users WHERE id = $1
2026-01-01 00:00:00 UTC [1] DETAIL:  parameters: $1 = '1'
"""


@pytest.mark.parametrize(
    ("path", "text", "lines"),
    [
        pytest.param("q.sql", QUERIES, ["2", "3", "4"], id="a file of SQL"),
        pytest.param("q.log", LOG, ["2"], id="the log of a server"),
    ],
)
def test_the_queries_of_the_release_that_fail_are_told(
    path: str, text: str, lines: list[str], tmp_path: Path
) -> None:
    sql = "ALTER TABLE users DROP COLUMN nickname;\n"
    settings = RehearsalSettings(queries=path)
    text = changed(sql, **{path: text})
    found = fires(tmp_path, "old-code-breaks", text, rehearse=True, rehearsal=settings)
    places = [each.message.partition(" at ")[2].partition(" ")[0] for each in found]
    assert places == [f"{path}:{line}" for line in lines]
    assert 'column "nickname" ' in found[0].message


def test_sizes_make_an_estimate(tmp_path: Path) -> None:
    sizes = "# rows\nusers 12_000_000\n\norders: 40 GB\nitems | 1.5 MB\nwhat is this\n"
    text = changed("ALTER TABLE users ALTER COLUMN age TYPE bigint;\n", **{"sizes.txt": sizes})
    seen = observed(tmp_path, text, rehearse=True, rehearsal=RehearsalSettings(sizes="sizes.txt"))
    (act,) = (each for each in seen if isinstance(each, ActFacts))
    assert "with 12_000_000 rows in `users` it would last 57 s (an estimate)" in act.proof
    (wrong,) = (each for each in seen if isinstance(each, Unchecked))
    assert wrong.target == "sizes.txt:6"


def test_a_lock_that_is_not_taken_is_no_error_but_a_note(tmp_path: Path) -> None:
    sql = (
        "DO $$ BEGIN IF current_setting('server_version_num')::int < 90000 THEN\n"
        "ALTER TABLE users ADD CONSTRAINT c CHECK (age > 0); END IF; END $$;\n"
    )
    found = migrated(tmp_path, changed(sql), rehearse=True)
    told = [each.message for each in found if each.rule == "refuted-by-rehearsal"]
    assert [each.partition(" (refuted on PostgreSQL ")[0] for each in told] == [
        "on the server `users` is not read whole, although it seemed so",
        "on the server `users` is not locked, although it seemed so",
    ]
    assert all(each.endswith(", on tables of up to 200 rows)") for each in told)
    assert not [each for each in found if each.severity.label == "error"]


@pytest.mark.parametrize("postgres", [INSTALLED], indirect=True)
def test_roles_that_are_left_on_a_borrowed_server_are_named(
    postgres: PostgresServer, database: str, tmp_path: Path
) -> None:
    try:
        text = changed("CREATE ROLE left_behind;\n")
        seen = observed(tmp_path, text, rehearse=True, server=postgres.url(database))
        (left,) = (each for each in seen if isinstance(each, Unchecked))
        assert left.reason.endswith("are left on your server: left_behind")
    finally:
        with postgres.connect(database) as session:
            session.run("DROP ROLE IF EXISTS left_behind")
