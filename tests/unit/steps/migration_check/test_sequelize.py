"""Sequelize's migrations: as Sequelize itself sends them, and what runs in which transaction."""

import pytest
from tests.unit.steps.migration_check.given import only
from tests.unit.steps.migration_check.recorded import acts_of, project, said, truth

from launchready import trees
from launchready.facts.migrations import Framework, History, Opaque, Wrapping
from launchready.facts.schema import Engine
from launchready.steps.migration_check.frameworks import sequelize

pytestmark = pytest.mark.skipif(
    not trees.is_installed("typescript"),
    reason="needs tree-sitter: pip install launchready[native]",
)

TRUTH = truth("sequelize")


def recorded() -> History:
    known = project("sequelize")
    (found,) = sequelize.find(known)
    return sequelize.read(found, known, Engine.POSTGRESQL)


@pytest.mark.parametrize(
    ("version", "side"), [(each, side) for each, sent in TRUTH.items() for side in sent]
)
def test_it_sends_what_sequelize_sends(version: str, side: str) -> None:
    (migration,) = [each for each in recorded().migrations if each.version == version]
    assert said(migration.up if side == "up" else migration.down) == acts_of(TRUTH[version][side])


def test_enough_is_recorded() -> None:
    assert sum(len(sent) for each in TRUTH.values() for sent in each.values()) > 35


def test_the_recorded_project() -> None:
    history = recorded()
    assert (history.framework, history.folder) == (Framework.SEQUELIZE, "server/migrations")
    assert {each.up.wrapping for each in history.migrations} == {Wrapping.NONE}
    assert [each.name for each in history.migrations] == ["tables", "changes"]


def one(body: str, dialect: str = "postgres", first: str = "queryInterface") -> History:
    """A history of one migration with this body of its `up`."""
    return only(
        f"--- config/config.js\nmodule.exports = {{ dialect: '{dialect}' }};\n"
        f"--- migrations/1-a.js\nmodule.exports = {{ up: async ({first}, Sequelize) => {{\n"
        f"{body}\n}} }}; // queryInterface\n"
    )


def shown(history: History) -> list[str]:
    """The items of the up; `!` marks what runs outside of the transaction."""
    return [
        f"<{each.what}>{'!' * each.changes_rows}"
        if isinstance(each, Opaque)
        else f"{each.sql}{'!' * each.is_outside}"
        for each in history.migrations[0].up.items
    ]


ADD = "await queryInterface.addColumn('a', 'b', { type: Sequelize.TEXT }"
ADDED = 'ALTER TABLE "a" ADD COLUMN "b" TEXT'


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (f"{ADD});", [ADDED]),
        ((f"await queryInterface.sequelize.transaction((t) => {{ {ADD}, {{ transaction: t }});"
         "});"),
         ["BEGIN", ADDED, "COMMIT"]),
        (f"await queryInterface.sequelize.transaction(() => {{ {ADD}); }});",
         ["BEGIN", f"{ADDED}!", "COMMIT"]),
        ((f"const t = await queryInterface.sequelize.transaction();{ADD}, {{ transaction: t }});\n"
         "await t.commit();"), ["BEGIN", ADDED, "COMMIT"]),
        ("await queryInterface.addColumn('a', 'b', types.text);",
         ["<queryInterface.addColumn() of what cannot be told>"]),
        ("await queryInterface.bulkInsert('a', await rows());",
         ["<queryInterface.bulkInsert() of what cannot be told>!"]),
        ("await User.update({ a: 1 }, { where: {} });", ["<User.update()>!"]),
        ("require('child_process').execSync('node fill.js');", ["<child_process.execSync()>!"]),
        ("await queryInterface.describeTable('a');", []),
        ("await queryInterface.unheardOf('a');", ["<queryInterface.unheardOf()>"]),
        (("if (queryInterface.sequelize.getDialect() === 'mysql') return;\n"
         "await queryInterface.sequelize.query('SELECT 1');"), ["SELECT 1"]),
        ("await queryInterface.addIndex('a', ['b'], { where: { c: { [Op.ne]: null } } });",
         ['CREATE INDEX "a_b" ON "a" ("b") WHERE x___________']),
    ],
)  # fmt: skip
def test_operations(body: str, expected: list[str]) -> None:
    assert shown(one(body)) == expected


def test_umzug_hands_over_a_context() -> None:
    first = "{ context: queryInterface }"
    assert shown(one("await queryInterface.dropTable('a');", first=first)) == [
        'DROP TABLE IF EXISTS "a"'
    ]


@pytest.mark.parametrize(
    ("dialect", "body", "expected"),
    [
        ("mysql", "changeColumn('a', 'b', { type: Sequelize.STRING(9), allowNull: false })",
         ["ALTER TABLE `a` CHANGE `b` `b` VARCHAR(9) NOT NULL"]),
        ("mysql", "addIndex('a', ['b'])", ["ALTER TABLE `a` ADD INDEX `a_b` (`b`)"]),
        ("mysql", "removeColumn('a', 'b')", ["ALTER TABLE `a` DROP `b`"]),
        ("sqlite", "removeColumn('a', 'b')", [
            'CREATE TABLE "a_backup" AS SELECT * FROM "a"', 'DROP TABLE "a"',
            'ALTER TABLE "a_backup" RENAME TO "a"']),
    ],
)  # fmt: skip
def test_other_engines(dialect: str, body: str, expected: list[str]) -> None:
    assert shown(one(f"await queryInterface.{body};", dialect)) == expected
