# ruff: noqa: E501 - operations stand as people write them
"""`--fix`: what it writes, what it leaves and why."""

import ast
import dataclasses
from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.unit.steps.migration_check.mended import (
    ALEMBIC,
    CASES,
    DBMATE,
    DIESEL,
    DJANGO,
    FLYWAY,
    GOLANG,
    GOOSE,
    LIMITS,
    PLAIN,
    PRISMA,
    RAILS,
    gateways_of,
    planned,
)
from tests.unit.steps.migration_check.migrated import files_of, migrated

from launchready.errors import LaunchReadyError
from launchready.facts.migrations import Framework
from launchready.model import Finding
from launchready.steps.migration_check.advice import literals
from launchready.steps.migration_check.advice.remedies import REMEDIES
from launchready.steps.migration_check.advice.spans import Edit, spliced
from launchready.steps.migration_check.advice.words import code
from launchready.steps.migration_check.fixing.answers import amend
from launchready.steps.migration_check.fixing.planning import plan
from launchready.steps.migration_check.fixing.sources import source_of
from launchready.steps.migration_check.settings import MigrationCheckSettings


def written(text: str) -> dict[str, bytes]:
    """Files of a text in which each begins with `--- path`."""
    given, _ = files_of(text)
    return {path: content.encode() for path, content in given.items()}


@pytest.mark.parametrize("name", CASES)
def test_what_is_written(name: str, tmp_path: Path) -> None:
    before, after = CASES[name]
    plan = planned(tmp_path, before)
    assert not plan.kept
    assert plan.contents == written(after)


@pytest.mark.parametrize("name", CASES)
def test_judging_again_is_silent_and_fixes_nothing(name: str, tmp_path: Path) -> None:
    before, after = CASES[name]
    base, new = files_of(before)
    again = "".join(
        f"--- {path}\n{content}" for path, content in {**new, **files_of(after)[0]}.items()
    )
    text = "".join(f"--- {path}\n{content}" for path, content in base.items())
    found = migrated(tmp_path / "judged", f"{text}=== new\n{again}")
    assert not [each for each in found if each.rule in REMEDIES]
    plan = planned(tmp_path / "fixed", f"{text}=== new\n{again}")
    assert not plan.contents
    assert not plan.kept


@pytest.mark.parametrize("name", LIMITS)
def test_a_limit_on_waiting_is_put_first(name: str, tmp_path: Path) -> None:
    before, after = LIMITS[name]
    made = planned(tmp_path / "once", before, notes=True)
    assert made.contents == written(after)
    assert not planned(tmp_path / "elsewhere", before, notes=True, lock_timeout="5s").contents


DJANGO_HEAD = """\
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("shop", "0001_initial")]
    operations = [
"""
ALEMBIC_HEAD = """\
import sqlalchemy as sa
from alembic import op

revision = "b2"
down_revision = "a1"


def upgrade():
"""
RAILS_HEAD = """\
class A < ActiveRecord::Migration[7.1]
  def change
"""
KEPT = {
    "a file that holds other statements": (
        GOOSE,
        "db/20260102000000_a.sql",
        (
            "-- +goose Up\nALTER TABLE users ADD COLUMN a int;\nCREATE INDEX i ON users (age);\n"
            "-- +goose Down\n"
        ),
        "index-not-concurrent: the file holds other statements too",
    ),
    "a down that would lose its transaction": (
        GOOSE,
        "db/20260102000000_a.sql",
        (
            "-- +goose Up\nCREATE INDEX i ON users (age);\n-- +goose Down\n"
            "DELETE FROM orders;\nDROP INDEX i;\n"
        ),
        "index-not-concurrent: its down holds several statements",
    ),
    "a string that would be a transaction": (
        DBMATE,
        "db/20260102000000_a.sql",
        (
            "-- migrate:up\nCREATE INDEX i ON users (age);\nCREATE INDEX j ON users (email);\n"
            "-- migrate:down\n"
        ),
        "index-not-concurrent: the file holds other statements too",
    ),
    "a down that takes back two migrations": (
        GOLANG.replace("=== new\n", "")
        + "=== new\n--- db/migrations/0002_a.down.sql\nALTER TABLE users DROP CONSTRAINT a;\n",
        "db/migrations/0002_a.up.sql",
        "ALTER TABLE users ADD CONSTRAINT a UNIQUE (age);\n",
        "unique-constraint-builds-index: its down takes back what would be done by two migrations",
    ),
    "a block": (
        PLAIN,
        "migrations/0002_a.sql",
        "DO $$ BEGIN CREATE INDEX i ON users (age); END $$;\n",
        "index-not-concurrent: it stands in a block or function",
    ),
    "a placeholder": (
        FLYWAY,
        "db/migration/V2__a.sql",
        "CREATE INDEX ${name}_i ON users (age);\n",
        "index-not-concurrent: a template fills a part of it in",
    ),
    "a clause beside others": (
        PLAIN,
        "migrations/0002_a.sql",
        "ALTER TABLE users ADD COLUMN a int, ADD CONSTRAINT b UNIQUE (age);\n",
        "unique-constraint-builds-index: the statement does other things too",
    ),
    "operations beside an index in Django": (
        DJANGO,
        "shop/migrations/0002_a.py",
        (
            f"{DJANGO_HEAD}        migrations.AddField('order', 'a', models.TextField(null=True)),\n"
            "        migrations.AddIndex('order', models.Index(fields=['total'], name='i')),\n    ]\n"
        ),
        "index-not-concurrent: the migration holds other operations too",
    ),
    "NOT NULL in Django": (
        DJANGO,
        "shop/migrations/0002_a.py",
        (
            f"{DJANGO_HEAD}        migrations.AlterField('order', 'total', models.IntegerField()),\n"
            "    ]\n"
        ),
        "set-not-null: Django has no operation that does what AlterField does in safe steps",
    ),
    "operations beside an index in Alembic": (
        ALEMBIC,
        "migrations/versions/b2_a.py",
        (
            f"{ALEMBIC_HEAD}    op.add_column('users', sa.Column('a', sa.Text()))\n"
            "    op.create_index('i', 'users', ['age'])\n"
        ),
        "index-not-concurrent: the revision does other things too",
    ),
    "a key without a name in Alembic": (
        ALEMBIC,
        "migrations/versions/b2_a.py",
        f"{ALEMBIC_HEAD}    op.create_foreign_key(None, 'orders', 'users', ['user_id'], ['id'])\n",
        "fk-not-not-valid: it has no name, which a naming convention may give it",
    ),
    "a call that changes more": (
        ALEMBIC,
        "migrations/versions/b2_a.py",
        f"{ALEMBIC_HEAD}    op.alter_column('users', 'email', nullable=False, server_default='')\n",
        "set-not-null: the call changes more than that",
    ),
    "a condition in Alembic": (
        ALEMBIC,
        "migrations/versions/b2_a.py",
        (
            f"{ALEMBIC_HEAD}    for name in ('age', 'email'):\n"
            "        op.create_index(f'i_{name}', 'users', [name])\n"
        ),
        "index-not-concurrent: it does not stand in upgrade() itself",
    ),
    "operations beside an index in Rails": (
        RAILS,
        "db/migrate/20260102000000_a.rb",
        f"{RAILS_HEAD}    add_column :users, :note, :text\n    add_index :users, :age\n  end\nend\n",
        "index-not-concurrent: the migration does other things too",
    ),
    "a class that is not named as its file": (
        RAILS,
        "db/migrate/20260102000000_b.rb",
        f"{RAILS_HEAD}    add_foreign_key :orders, :users\n  end\nend\n",
        "fk-not-not-valid: its class is not named as its file",
    ),
    "a loop in Rails": (
        RAILS,
        "db/migrate/20260102000000_a.rb",
        f"{RAILS_HEAD}    %i[age email].each {{ |name| add_index :users, name }}\n  end\nend\n",
        "index-not-concurrent: it does not stand in the method itself",
    ),
    "metadata that says something else": (
        DIESEL.replace(
            "=== new\n", "=== new\n--- migrations/2026-01-02-000000_a/metadata.toml\n#\n"
        ),
        "migrations/2026-01-02-000000_a/up.sql",
        "CREATE INDEX i ON users (age);\n",
        "index-not-concurrent: migrations/2026-01-02-000000_a/metadata.toml says something else",
    ),
    "several indexes": (
        PRISMA,
        "prisma/migrations/20260102000000_a/migration.sql",
        "CREATE INDEX i ON users (age);\nALTER TABLE users ADD COLUMN a int;\n",
        "index-not-concurrent: ",
    ),
}


@pytest.mark.parametrize("name", KEPT)
def test_what_is_not_mended_says_why(name: str, tmp_path: Path) -> None:
    base, path, content, expected = KEPT[name]
    plan = planned(tmp_path, f"{base}--- {path}\n{content}")
    assert not plan.contents
    assert any(f"{k.finding.rule}: {k.reason}".startswith(expected) for k in plan.kept), plan.kept


def test_what_is_merged_is_never_touched(tmp_path: Path) -> None:
    gateways = gateways_of(
        tmp_path, f"{PLAIN}--- migrations/0001_base.sql\nCREATE TABLE users (id int);\n"
    )
    (tmp_path / "migrations/0001_base.sql").write_text(
        "CREATE TABLE users (id bigint);\nCREATE TABLE a (b int);\n"
        "ALTER TABLE c ADD CONSTRAINT d CHECK (e > 0);\n"
    )
    made = plan(MigrationCheckSettings(all=True), gateways, tuple)
    assert not made.contents
    assert [kept.reason for kept in made.kept] == [
        "it is merged already: where it has run, an edit never runs"
    ]


def test_without_a_base_what_is_committed_counts_as_merged(tmp_path: Path) -> None:
    gateways = dataclasses.replace(gateways_of(tmp_path, CASES["sqlx: an index"][0]), base=None)
    settings = MigrationCheckSettings(all=True)
    assert list(plan(settings, gateways, tuple).contents) == ["migrations/0002_index.sql"]


def test_one_that_cannot_be_mended_keeps_no_other(tmp_path: Path) -> None:
    text = f"""{GOOSE}--- db/20260102000000_a.sql
-- +goose Up
ALTER TABLE orders ADD CONSTRAINT a CHECK (total > 0);
CREATE INDEX i ON users (age);
-- +goose Down
ALTER TABLE orders DROP CONSTRAINT a;
DROP INDEX i;
"""
    made = planned(tmp_path, text)
    assert [each.finding.rule for each in made.mended] == ["check-not-not-valid"]
    assert [each.finding.rule for each in made.kept] == ["index-not-concurrent"]


def test_what_is_accepted_stays(tmp_path: Path) -> None:
    gateways = gateways_of(tmp_path, CASES["goose: an index"][0])
    made = plan(MigrationCheckSettings(), gateways, lambda _: ())
    assert not made.contents
    assert not made.kept


def test_a_file_that_changed_meanwhile_is_not_written(tmp_path: Path) -> None:
    gateways = gateways_of(tmp_path, CASES["goose: an index"][0])
    path = tmp_path / "db/20260102000000_index.sql"

    def editing(findings: Iterable[Finding]) -> tuple[Finding, ...]:
        path.write_text("-- an editor saves")
        return tuple(findings)

    with pytest.raises(LaunchReadyError, match="it has changed meanwhile"):
        list(amend(MigrationCheckSettings(fix=True), gateways, editing))
    assert path.read_text() == "-- an editor saves"


@given(st.binary() | st.text().map(lambda text: text.encode("utf-16")))
def test_a_text_that_is_written_back_is_the_same_bytes(content: bytes) -> None:
    source = source_of(content)
    assert source is None or source.bytes_of(source.text) == content


@given(st.text(), st.lists(st.tuples(st.integers(0, 40), st.integers(0, 9), st.text())))
def test_an_edit_loses_nothing_outside_itself(
    text: str, wanted: list[tuple[int, int, str]]
) -> None:
    edits, at = [], 0
    for skip, size, new in wanted:
        start = min(at + skip, len(text))
        end = min(start + size, len(text))
        edits.append(Edit(start=start, end=end, text=new))
        at = end
    made, position, kept = spliced(text, edits), 0, 0
    for each in edits:
        outside = text[kept : each.start]
        assert made.startswith(outside + each.text, position)
        position += len(outside) + len(each.text)
        kept = each.end
    assert made[position:] == text[kept:]


BLANKS = st.text(alphabet=" \t\n", max_size=3)
COMMENTS = st.text(alphabet="abc é;'\"(,", max_size=9)


@settings(max_examples=15)
@given(st.tuples(COMMENTS, BLANKS, BLANKS, COMMENTS), st.sampled_from(["\n", "\r\n"]))
def test_nothing_around_a_mended_statement_is_lost(
    tmp_path_factory: pytest.TempPathFactory, around: tuple[str, str, str, str], end: str
) -> None:
    above, before, after, below = around
    head, tail = f"-- {above}{end}{before}", f"{after}; -- {below}{end}"
    sql = f"{head}CREATE INDEX i ON users (age){tail}"
    path = "migrations/0002_a.sql"
    folder = tmp_path_factory.mktemp("any")
    gateways = gateways_of(folder, f"{PLAIN}--- {path}\nx")
    (folder / path).write_bytes(sql.encode())
    made = plan(MigrationCheckSettings(), gateways, tuple)
    changed = f"{head}CREATE INDEX CONCURRENTLY i ON users (age){tail}"
    assert made.contents == {path: changed.encode()}


@pytest.mark.parametrize(
    ("framework", "expected"),
    [
        (Framework.DJANGO, """`migrations.RunSQL('SELECT "a"')`"""),
        (Framework.ALEMBIC, """`op.execute('SELECT "a"')`"""),
        (Framework.RAILS, """`execute 'SELECT "a"'`"""),
        (Framework.KNEX, """`await knex.raw('SELECT "a"')`"""),
        (Framework.GOOSE, """`SELECT "a";`"""),
    ],
)
def test_advice_is_code_that_runs(framework: Framework, expected: str) -> None:
    assert code(framework, ('SELECT "a";',)) == expected


def test_literals_are_the_text_that_they_stand_for() -> None:
    text = """it's "a" \\ b"""
    assert ast.literal_eval(literals.python(text)) == text
    assert literals.ruby(text) == literals.javascript(text) == "'it\\'s \"a\" \\\\ b'"
