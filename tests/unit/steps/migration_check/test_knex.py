"""Knex's migrations: as Knex itself sends them, and what its configuration says."""

import pytest
from tests.unit.steps.migration_check.given import histories, only
from tests.unit.steps.migration_check.recorded import acts_of, project, said, truth

from launchready import trees
from launchready.facts.migrations import Framework, History, Wrapping
from launchready.facts.schema import Engine
from launchready.steps.migration_check.advice.words import code
from launchready.steps.migration_check.frameworks import knex

pytestmark = pytest.mark.skipif(
    not trees.is_installed("typescript"),
    reason="needs tree-sitter: pip install launchready[native]",
)

TRUTH = truth("knex")
FILE = "--- db/migrations/20260101_a.js\nexports.up = (knex) => knex.schema."


def recorded() -> History:
    known = project("knex")
    (found,) = knex.find(known)
    return knex.read(found, known, Engine.POSTGRESQL)


@pytest.mark.parametrize(
    ("version", "side"), [(each, side) for each, sent in TRUTH.items() for side in sent]
)
def test_it_sends_what_knex_sends(version: str, side: str) -> None:
    (migration,) = [each for each in recorded().migrations if each.version == version]
    assert said(migration.up if side == "up" else migration.down) == acts_of(TRUTH[version][side])


def test_enough_is_recorded() -> None:
    assert sum(len(sent) for each in TRUTH.values() for sent in each.values()) > 80


def test_changes_stand_at_their_own_lines() -> None:
    (first, second, third) = only(
        f"{FILE}alterTable('a', (t) => {{\n  t.string('b');\n  t.index('c');\n"
        "  t.dropColumn('d');\n});\n"
    ).migrations[0].up.statements  # fmt: skip
    assert [each.place.line for each in (first, second, third)] == [2, 3, 4]
    assert (first.operation, first.is_written) == ("knex.schema.alterTable", False)


def test_order_names_and_transactions() -> None:
    history = only(
        "--- knexfile.ts\nexport default { migrations: { directory: './db/changes' } };\n"
        "--- db/changes/2_b.js\nexports.up = (knex) => {};\n"
        "exports.config = { transaction: false };\n"
        "--- db/changes/10_c.js\nexports.up = (knex) => {};\nexports.down = (knex) => {};\n"
        "--- db/changes/1_a.ts\nexport const config = { transaction: true };\n"
        "export function up(knex) {}\n"
        "--- db/changes/index.js\nexports.up = (knex) => 1;\n"
    )
    assert (history.framework, history.folder) == (Framework.KNEX, "db/changes")
    assert [(each.version, each.name, each.up.wrapping) for each in history.migrations] == [
        ("10_c", "c", Wrapping.ALL), ("1_a", "a", Wrapping.ALL), ("2_b", "b", Wrapping.NONE),
    ]  # fmt: skip
    assert [each.down is None for each in history.migrations] == [False, True, True]


def test_transactions_are_disabled_for_all() -> None:
    config = (
        "--- knexfile.js\nmodule.exports = { migrations: {\n"
        " directory: __dirname + '/db/migrations',\n disableTransactions: true } };\n"
    )
    (migration,) = only(f"{config}{FILE}dropTable('a');\n").migrations
    assert migration.up.wrapping is Wrapping.NONE


@pytest.mark.parametrize(
    ("engine", "operation", "expected"),
    [
        ("mysql2", "createTable('a', t => { t.increments(); t.enu('b', ['c']); })", [
            ("create table `a` (`id` int unsigned not null auto_increment primary key,"
             " `b` enum('c'))"),
        ]),
        ("mysql2", "alterTable('a', t => t.string('d').index())", [
            "alter table `a` add `d` varchar(255)",
            "alter table `a` add index `a_d_index`(`d`)",
        ]),
        ("mysql2", "alterTable('a', t => { t.text('b').notNull().alter(); t.dropColumn('c') })", [
            "alter table `a` modify `b` text not null", "alter table `a` drop `c`",
        ]),
        ("mysql2", "alterTable('a', t => t.dropForeign('b').dropUnique('c').unique('d'))", [
            "alter table `a` drop foreign key `a_b_foreign`",
            "alter table `a` drop index `a_c_unique`",
            "alter table `a` add unique `a_d_unique`(`d`)",
        ]),
        ("mysql2", "renameTable('a', 'b')", ["rename table `a` to `b`"]),
        ("sqlite3", "alterTable('a', t => { t.string('b'); t.dropColumn('c'); t.unique('d'); })", [
            'alter table "a" add column "b" varchar(255)', 'alter table "a" drop column "c"',
            'create unique index "a_d_unique" on "a" ("d")',
        ]),
        ("sqlite3", "alterTable('a', t => { t.text('b').alter(); })", [
            'CREATE TABLE "_knex_temp_alter_a" AS SELECT * FROM "a"', 'DROP TABLE "a"',
            'ALTER TABLE "_knex_temp_alter_a" RENAME TO "a"',
        ]),
    ],
)  # fmt: skip
def test_other_engines(engine: str, operation: str, expected: list[str]) -> None:
    config = f"--- knexfile.js\nmodule.exports = {{ client: '{engine}' }};\n"
    (migration,) = only(f"{config}{FILE}{operation};\n").migrations
    assert [each.sql for each in migration.up.statements] == expected


@pytest.mark.parametrize(
    "text",
    [
        "exports.up = async (db) => { await db.drop(); };\nconst mongoose = 1; // knex\n",
        "import { Kysely } from 'kysely';\nexport async function up(db: Kysely<any>) {} // knex\n",
        "exports.run = (knex) => 1;\n",
    ],
)
def test_files_of_others(text: str) -> None:
    assert histories(f"--- migrations/1_a.ts\n{text}") == ()


def test_advice_is_code_that_runs() -> None:
    shown = code(Framework.KNEX, ("ALTER TABLE a ADD CHECK (b <> 'c')",))
    assert shown == r"`await knex.raw('ALTER TABLE a ADD CHECK (b <> \'c\')')`"
