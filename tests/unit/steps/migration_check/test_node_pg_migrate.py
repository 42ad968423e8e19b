"""node-pg-migrate: what it really sends, and what it runs where a down is missing."""

import pytest
from tests.unit.steps.migration_check.given import only
from tests.unit.steps.migration_check.recorded import acts_of, project, said, truth

from launchready import trees
from launchready.facts.migrations import Framework, History, Late, Opaque, Script, Wrapping
from launchready.facts.schema import Engine
from launchready.steps.migration_check.frameworks import node_pg_migrate

pytestmark = pytest.mark.skipif(
    not trees.is_installed("typescript"),
    reason="needs tree-sitter: pip install launchready[native]",
)

TRUTH = truth("node_pg_migrate")


def recorded() -> History:
    known = project("node_pg_migrate")
    (found,) = node_pg_migrate.find(known)
    return node_pg_migrate.read(found, known, Engine.POSTGRESQL)


@pytest.mark.parametrize(
    ("version", "side"), [(each, side) for each, sent in TRUTH.items() for side in sent]
)
def test_it_sends_what_node_pg_migrate_sends(version: str, side: str) -> None:
    (migration,) = [each for each in recorded().migrations if each.version == version]
    assert said(migration.up if side == "up" else migration.down) == acts_of(TRUTH[version][side])


def test_enough_is_recorded() -> None:
    assert sum(len(sent) for each in TRUTH.values() for sent in each.values()) >= 50


def test_the_recorded_project() -> None:
    history = recorded()
    assert (history.framework, history.folder, history.late) == (
        Framework.NODE_PG_MIGRATE, "migrations", Late.REFUSES,
    )  # fmt: skip
    first, second = history.migrations
    assert (first.up.wrapping, second.up.wrapping) == (Wrapping.ALL, Wrapping.NONE)
    assert first.down is not None
    assert (first.down.is_written, first.down.is_irreversible) == (False, False)


def one(body: str, more: str = "", scripts: str = "") -> History:
    """A history of one migration with this body of its `up`."""
    return only(
        f'--- package.json\n{{"scripts": {{"migrate": "node-pg-migrate {scripts}"}}}}\n'
        f"--- migrations/1_a.js\nexports.up = (pgm) => {{\n{body}\n}};\n{more}\n"
    )


def shown(script: Script | None) -> list[str]:
    assert script is not None
    return [f"<{e.what}>" if isinstance(e, Opaque) else e.sql for e in script.items]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("pgm.dropTable('a', { ifExists: true });", ['DROP TABLE IF EXISTS "a"']),
        ("pgm.createTable('a', columns());", ["<pgm.createTable() of what cannot be told>"]),
        ("pgm.createTable(name(), {});", ["<pgm.createTable() of what cannot be told>"]),
        ("pgm.unheardOf('a');", ["<pgm.unheardOf()>"]),
        ("pgm.sql(text());", ["<pgm.sql() of a text that is made as it runs>"]),
        ("pgm.sql('SELECT 1; SELECT 2');", ["SELECT 1", "SELECT 2"]),
        ("pgm.db.query('SELECT 1');", ["SELECT 1"]),
        ("pgm.addIndex('a', 'b', { unique: true, concurrently: true });",
         ['CREATE UNIQUE INDEX CONCURRENTLY "a_b_unique_index" ON "a" ("b")']),
        ("helper(pgm);", ["<helper()>"]),
    ],
)  # fmt: skip
def test_operations(body: str, expected: list[str]) -> None:
    assert shown(one(body).migrations[0].up) == expected


@pytest.mark.parametrize(
    ("body", "more", "expected"),
    [
        ("pgm.createTable('a', { id: 'id' });\npgm.renameColumn('a', 'b', 'c');", "",
         ['ALTER TABLE "a" RENAME COLUMN "c" TO "b"', 'DROP TABLE "a"']),
        ("pgm.createIndex('a', 'b');", "exports.down = (pgm) => {};", []),
        ("pgm.createIndex('a', 'b');", "exports.down = undefined;", ['DROP INDEX "a_b_index"']),
    ],
)  # fmt: skip
def test_the_way_back(body: str, more: str, expected: list[str]) -> None:
    assert shown(one(body, more).migrations[0].down) == expected


@pytest.mark.parametrize(
    ("body", "more", "reason"),
    [
        ("pgm.sql('SELECT 1');", "", "`pgm.sql` has no reverse, and there is no `down`"),
        ("pgm.dropTable('a');", "", "`pgm.dropTable` has no reverse, and there is no `down`"),
        ("", "exports.down = false;", "`down` is false: node-pg-migrate refuses to run it"),
    ],
)
def test_no_way_back(body: str, more: str, reason: str) -> None:
    down = one(body, more).migrations[0].down
    assert down is not None
    assert (down.is_irreversible, down.reason, down.items) == (True, reason, ())


def test_options_of_the_script() -> None:
    history = one("", scripts="--no-single-transaction --no-check-order")
    assert (history.migrations[0].up.wrapping, history.late) == (Wrapping.FILE, Late.RUNS)


def test_order_and_files_of_sql() -> None:
    history = only(
        "--- migrations/10_b.js\nexports.up = (pgm) => pgm.sql('SELECT 10');\n"
        "--- migrations/9_a.sql\n-- Up Migration\nSELECT 9;\n-- Down Migration\nSELECT 8;\n"
        "--- migrations/11_c.sql\nSELECT 11;\n"
    )
    assert [shown(each.up) for each in history.migrations] == [
        ["SELECT 9"], ["SELECT 10"], ["SELECT 11"],
    ]  # fmt: skip
    assert shown(history.migrations[0].down) == ["SELECT 8"]
    assert history.migrations[2].down is None
