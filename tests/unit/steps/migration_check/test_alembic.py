"""Alembic's revisions: as Alembic itself writes them, and what its files say beside SQL."""

import pytest
from tests.unit.steps.migration_check.given import files, only, read
from tests.unit.steps.migration_check.recorded import acts_of, project, said, truth

from launchready.facts.migrations import Framework, History, Opaque, Statement, Wrapping
from launchready.facts.schema import Engine
from launchready.steps.migration_check.frameworks import alembic

TRUTH = truth("alembic")
ENV = "--- migrations/env.py\nfrom alembic import context\n"
HEAD = """\
--- migrations/versions/a_first.py
import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "a"
down_revision = None
"""


def recorded() -> History:
    known = project("alembic")
    (found,) = alembic.find(known)
    return alembic.read(found, known, Engine.POSTGRESQL)


@pytest.mark.parametrize(
    ("version", "side"), [(each, side) for each, sent in TRUTH.items() for side in sent]
)
def test_it_sends_what_alembic_writes(version: str, side: str) -> None:
    (migration,) = [each for each in recorded().migrations if each.version == version]
    ours = said(migration.up if side == "up" else migration.down)
    if (version, side) == ("a1", "down"):
        ours = [str(each).replace("('is_if_exists', True), ", "") for each in ours]
        assert ours == list(map(str, acts_of(TRUTH[version][side])))  # no look before in `--sql`
    else:
        assert ours == acts_of(TRUTH[version][side])


def test_enough_is_recorded() -> None:
    assert sum(len(sent) for each in TRUTH.values() for sent in each.values()) > 70


def one(body: str, more: str = "", engine: Engine = Engine.POSTGRESQL) -> History:
    """A history of one revision with this body of its `upgrade`."""
    inside = "".join(f"    {line}\n" for line in body.splitlines())
    known = files(f"{ENV}{HEAD}{more}\n\ndef upgrade():\n{inside}")
    (found,) = alembic.find(known)
    return alembic.read(found, known, engine)


def shown(history: History) -> list[str]:
    """The items of the up; `?` marks what stands under a condition, `!` what is outside."""
    return [
        f"<{each.what}>"
        if isinstance(each, Opaque)
        else f"{each.sql}{'?' * each.is_conditional}{'!' * each.is_outside}"
        for each in history.migrations[0].up.items
    ]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("pass", []),
        ("for t in ('a', 'b'):\n    op.drop_table(t)", ['DROP TABLE "a"', 'DROP TABLE "b"']),
        (
            "for t, c in {'a': 'b'}.items():\n    op.drop_column(t, c)",
            ['ALTER TABLE "a" DROP COLUMN "b"'],
        ),
        ("for t in tables():\n    op.drop_table(t)", ["<a loop>"]),
        ("for t in rows():\n    op.execute('DELETE FROM a')", ["DELETE FROM a?"]),
        ("if has('a'):\n    op.drop_table('a')", ['DROP TABLE "a"?']),
        ("if done():\n    return\nop.drop_table('a')", ['DROP TABLE "a"?']),
        ("if op.get_bind().dialect.name == 'sqlite':\n    op.drop_table('a')", []),
        ("if not context.is_offline_mode():\n    op.drop_table('a')", ['DROP TABLE "a"']),
        ("try:\n    op.drop_table('a')\nexcept Exception:\n    pass", ['DROP TABLE "a"?']),
        (
            "with context.autocommit_block():\n    op.execute('VACUUM a')\nop.drop_table('b')",
            ["VACUUM a!", 'DROP TABLE "b"'],
        ),
        ("op.execute(build())", ["<op.execute>"]),
        ("op.execute(f'DROP TABLE {name()}')", ["<op.execute>"]),
        ("op.drop_table(name())", ["<op.drop_table>"]),
        ("op.add_column('a', column())", ["<op.add_column>"]),
        ("op.create_table('a', *columns())", ["<op.create_table>"]),
        ("op.run_async(f)", ["<op.run_async>"]),
        ("fill(op.get_bind())", ["<app.rows.fill>"]),
        ("op.get_bind().execute(sa.select(1)).fetchall()", []),
        ("session.query(User).update({})", ["<update>"]),
        (
            "op.get_bind().execute(sa.text('UPDATE a SET b = :c'), {'c': 1})",
            ["UPDATE a SET b = ''"],
        ),
        (
            "op.add_column('a', sa.Column('b', own.Type(), nullable=False))",
            ['ALTER TABLE "a" ADD COLUMN "b" "?" NOT NULL'],
        ),
        (
            (
                "both = sa.JSON().with_variant(postgresql.JSONB(), 'postgresql')\n"
                "op.add_column('a', sa.Column('b', both))"
            ),
            ['ALTER TABLE "a" ADD COLUMN "b" JSONB'],
        ),
        (
            ("t = sa.table('a')\nop.execute(t.update().where(t.c.b == 1).values(b=t.c.c))"),
            ['UPDATE "a" SET "b" = "c" WHERE "?"()'],
        ),
        (
            "kind = postgresql.ENUM('x', name='k')\nkind.create(op.get_bind(), checkfirst=False)",
            ["CREATE TYPE \"k\" AS ENUM ('x')"],
        ),
        ("def inner():\n    op.drop_table('a')\ninner()", ['DROP TABLE "a"']),
    ],
)
def test_what_code_does(body: str, expected: list[str]) -> None:
    assert shown(one(body, "from app.rows import fill\n")) == expected


def test_functions_of_the_file_are_entered() -> None:
    more = "T = 'a'\n\n\ndef drop(name, *, table=T):\n    op.drop_column(table, name)\n"
    assert shown(one("drop('x')\ndrop('y', table='b')", more)) == [
        "<op.drop_column>", 'ALTER TABLE "b" DROP COLUMN "y"',
    ]  # fmt: skip
    assert shown(one("drop('x')", more.replace("*, ", ""))) == ['ALTER TABLE "a" DROP COLUMN "x"']


def test_sql_stands_where_it_is_written() -> None:
    history = one('op.execute("""\n  UPDATE a SET b = 1;\n  DROP TABLE c\n""")')
    first, second = history.migrations[0].up.statements
    assert isinstance(first, Statement)
    assert (first.sql, first.place.line, first.place.column, first.is_written) == (
        "UPDATE a SET b = 1", 11, 7, True,
    )  # fmt: skip
    assert second.place.line == 12


def test_batches_on_other_engines() -> None:
    change = "b.alter_column('c', nullable=True, existing_type=sa.Integer())"
    body = f"with op.batch_alter_table('a') as b:\n    {change}"
    assert shown(one(body, engine=Engine.MYSQL)) == ["ALTER TABLE `a` MODIFY `c` INTEGER NULL"]
    found = shown(one(body, engine=Engine.SQLITE))
    assert found[:3] == [
        'CREATE TABLE "_alembic_tmp_a" AS SELECT * FROM "a"', 'DROP TABLE "a"',
        'ALTER TABLE "_alembic_tmp_a" RENAME TO "a"',
    ]  # fmt: skip


def test_order_wrapping_and_downs() -> None:
    text = """\
--- alembic.ini
[alembic]
script_location = db
--- db/env.py
context.configure(transaction_per_migration=True)
--- db/versions/2024/one.py
revision: str = "b"
down_revision: str | None = "a"


def upgrade() -> None:
    pass


def downgrade() -> None:
    raise NotImplementedError("never")
--- db/versions/two.py
revision = "a"
down_revision = None


def upgrade():
    pass


def downgrade():
    pass
--- db/versions/three.py
revision = "c"
down_revision = ("b", "a")
depends_on = "z"


def upgrade():
    pass
"""
    history = only(text)
    assert (history.framework, history.folder, history.is_whole) == (Framework.ALEMBIC, "db", True)
    assert [each.version for each in history.migrations] == ["a", "b", "c"]
    first, second, third = history.migrations
    assert first.up.wrapping is Wrapping.FILE
    assert first.down is not None
    assert (first.down.items, first.down.is_irreversible) == ((), False)
    assert second.down is not None
    assert (second.down.is_irreversible, second.down.reason) == (True, "never")
    assert third.down is None
    assert third.after == ("b", "a")


def test_all_pending_revisions_share_a_transaction() -> None:
    assert one("pass").migrations[0].up.wrapping is Wrapping.ALL


def test_a_history_that_begins_elsewhere_is_not_whole() -> None:
    (history,) = read(
        files((ENV + HEAD).replace("= None", "= 'z'") + "\n\ndef upgrade():\n    pass\n")
    )
    assert not history.is_whole


def test_what_is_no_python_and_what_is_no_revision() -> None:
    history = only(f"{ENV}{HEAD}def upgrade(:\n")
    assert history.migrations[0].up.problem.startswith("no valid Python")
    assert only(ENV + HEAD).migrations[0].up.problem == "it has no function upgrade"
    assert read(files(f"{ENV}--- migrations/versions/a.py\nx = 1\n")) == ()
