"""TypeORM's migrations: as TypeORM itself sends them, and how it orders and wraps them."""

import pytest
from tests.unit.steps.migration_check.given import only
from tests.unit.steps.migration_check.recorded import acts_of, project, said, truth

from launchready import trees
from launchready.facts.migrations import Framework, History, Opaque, Wrapping
from launchready.facts.schema import Engine
from launchready.steps.migration_check.files import stem_of
from launchready.steps.migration_check.frameworks import typeorm

pytestmark = pytest.mark.skipif(
    not trees.is_installed("typescript"),
    reason="needs tree-sitter: pip install launchready[native]",
)

TRUTH = truth("typeorm")
SOURCE = "--- src/data-source.ts\nexport default new DataSource({{ type: '{}'{} }});\n"


def recorded() -> History:
    known = project("typeorm")
    (found,) = typeorm.find(known)
    return typeorm.read(found, known, Engine.POSTGRESQL)


@pytest.mark.parametrize(
    ("stem", "side"), [(each, side) for each, sent in TRUTH.items() for side in sent]
)
def test_it_sends_what_typeorm_sends(stem: str, side: str) -> None:
    (migration,) = [each for each in recorded().migrations if stem_of(each.path) == stem]
    assert said(migration.up if side == "up" else migration.down) == acts_of(TRUTH[stem][side])


def test_enough_is_recorded() -> None:
    assert sum(len(sent) for each in TRUTH.values() for sent in each.values()) > 30


def test_the_recorded_project() -> None:
    history = recorded()
    assert (history.framework, history.folder) == (Framework.TYPEORM, "src/changes/migrations")
    assert [(each.version, each.name, each.up.wrapping) for each in history.migrations] == [
        ("Tables1700000000000", "Tables", Wrapping.FILE),
        ("Changes1700000000001", "Changes", Wrapping.NONE),
    ]


def one(body: str, engine: str = "postgres", more: str = "", field: str = "") -> History:
    """A history of one migration with this body of its `up`."""
    return only(
        f"{SOURCE.format(engine, more)}--- src/migrations/1-A.ts\n"
        f"export class A1700000000000 implements MigrationInterface {{\n{field}\n"
        f"public async up(queryRunner: QueryRunner): Promise<void> {{\n{body}\n}}\n}}\n"
    )


def shown(history: History) -> list[str]:
    return [
        f"<{each.what}>" if isinstance(each, Opaque) else each.sql
        for each in history.migrations[0].up.items
    ]


FOUND = "of what cannot be told"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (("const b = { name: 'b', type: 'text' };\n"
         "await queryRunner.createTable(new Table({ name: 'a', columns: [b] }), true);"),
         ['CREATE TABLE IF NOT EXISTS "a" ("b" text NOT NULL)']),
        ("await queryRunner.createTable(new Table({ name: 'a', columns: COLUMNS }));",
         [f"<queryRunner.createTable() {FOUND}>"]),
        ("await queryRunner.dropTable('a', true);", ['DROP TABLE IF EXISTS "a"']),
        ("await queryRunner.dropColumns('s.a', ['b', 'c']);",
         ['ALTER TABLE "s"."a" DROP COLUMN "b"', 'ALTER TABLE "s"."a" DROP COLUMN "c"']),
        (("const t = await queryRunner.getTable('a');\n"
         "await queryRunner.dropForeignKey('a', t.foreignKeys.find((k) => k.x === 'b'));"),
         [f"<queryRunner.dropForeignKey() {FOUND}>"]),
        ("await queryRunner.changeColumn('a', 'b', new TableColumn({ name: 'b', type: 'text' }));",
         [f"<queryRunner.changeColumn() {FOUND}>"]),
        (("const old = { name: 'b', type: 'text', isNullable: true };\n"
         "const made = { ...old, isNullable: false, default: \"'x'\" };\n"
         "await queryRunner.changeColumn('a', new TableColumn(old), new TableColumn(made));"),
         ['ALTER TABLE "a" ALTER COLUMN "b" SET NOT NULL',
          'ALTER TABLE "a" ALTER COLUMN "b" SET DEFAULT \'x\'']),
        ("await queryRunner.manager.query('SELECT 1');", ["SELECT 1"]),
        ("await queryRunner.manager.getRepository(User).save({ a: 1 });",
         ["<queryRunner.manager.getRepository.save()>"]),
        ("await queryRunner.manager.getRepository(User).find();", []),
        ("await queryRunner.unheardOf();", ["<queryRunner.unheardOf()>"]),
        ("await queryRunner.query(make());",
         ["<queryRunner.query() of a text that is made as it runs>"]),
        (("const { type } = queryRunner.connection.options;\n"
         "if (type === 'postgres') await queryRunner.query('SELECT 1');"), ["SELECT 1"]),
        ("await queryRunner.createIndices('a', [{ name: 'i', columnNames: ['b'] }]);",
         ['CREATE INDEX "i" ON "a" ("b")']),
    ],
)  # fmt: skip
def test_operations(body: str, expected: list[str]) -> None:
    assert shown(one(body)) == expected


def test_a_column_that_is_made_anew_is_told() -> None:
    (opaque,) = one("await queryRunner.changeColumn('a', 'b', c);").migrations[0].up.items
    assert isinstance(opaque, Opaque)
    assert opaque.hint.startswith("TypeORM drops the column and adds it anew")


@pytest.mark.parametrize(
    ("more", "field", "engine", "expected"),
    [
        ("", "", "postgres", Wrapping.ALL),
        (", migrationsTransactionMode: 'each'", "", "postgres", Wrapping.FILE),
        (", migrationsTransactionMode: 'none'", "", "postgres", Wrapping.NONE),
        (", migrationsTransactionMode: 'none'", "transaction = true;", "postgres", Wrapping.FILE),
        ("", "transaction = false;", "postgres", Wrapping.NONE),
        ("", "", "mysql", Wrapping.NONE),
    ],
)
def test_transactions(more: str, field: str, engine: str, expected: Wrapping) -> None:
    history = one("await queryRunner.startTransaction();", engine, more, field)
    assert history.migrations[0].up.wrapping is expected
    is_own = expected is Wrapping.NONE and engine == "postgres"
    assert shown(history) == (["BEGIN"] if is_own else [])


def test_order_is_of_timestamps() -> None:
    history = only(
        "--- migrations/1-a.ts\nexport class A1700000000005 implements MigrationInterface\n"
        "{ async up(q) {} async down() { throw new Error('no way back'); } }\n"
        "--- migrations/2-b.js\nmodule.exports = class B { name = 'B1700000000001';\n"
        " async up(queryRunner) { await queryRunner.query('SELECT 1'); } }\n"
    )
    assert [each.version for each in history.migrations] == ["B1700000000001", "A1700000000005"]
    assert history.migrations[0].down is None
    down = history.migrations[1].down
    assert down is not None
    assert (down.is_irreversible, down.reason) == (True, "no way back")
