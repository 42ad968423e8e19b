# ruff: noqa: E501 - the files are as long as their tools write them
"""Inline suppressions beside migrations, in the comments of every kind of file."""

from collections.abc import Iterable
from pathlib import Path

import pytest
from tests.unit.steps.migration_check.mended import (
    ALEMBIC,
    DJANGO,
    PLAIN,
    RAILS,
    gateways_of,
)
from tests.unit.steps.migration_check.migrated import files_of, migrated

from launchready.gateways.judged_texts import reader_of
from launchready.model import FileLocation, Finding
from launchready.policy.markers import accepts
from launchready.policy.marking import Marking
from launchready.steps.migration_check.fixing.planning import plan
from launchready.steps.migration_check.settings import MigrationCheckSettings

_SQL = PLAIN + "--- migrations/0002_change.sql\n"
_ALEMBIC = (
    ALEMBIC
    + """\
--- migrations/versions/b2_change.py
from alembic import op

revision = "b2"
down_revision = "a1"


def upgrade():
"""
)
_DJANGO = (
    DJANGO
    + """\
--- shop/migrations/0002_change.py
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("shop", "0001_initial")]

    operations = [
"""
)
_RAILS = (
    RAILS
    + """\
--- db/migrate/20260102000000_change.rb
class Change < ActiveRecord::Migration[7.1]
  def change
"""
)
_KNEX = """\
--- knexfile.js
module.exports = { client: 'pg' };
--- migrations/20260101000000_base.js
exports.up = (knex) => knex.schema.createTable('users', (t) => { t.bigInteger('id').primary(); t.text('email'); });
exports.down = (knex) => knex.schema.dropTable('users');
=== new
--- migrations/20260102000000_change.js
"""
_LIQUIBASE = """\
--- db/changelog.xml
<databaseChangeLog>
  <changeSet id="1" author="ann"><createTable tableName="users"><column name="email" type="text"/></createTable></changeSet>
</databaseChangeLog>
=== new
--- db/changelog.xml
<databaseChangeLog>
  <changeSet id="1" author="ann"><createTable tableName="users"><column name="email" type="text"/></createTable></changeSet>
  <changeSet id="2" author="ann">
"""
_LIQUIBASE_YAML = """\
--- db/changelog.yaml
databaseChangeLog:
  - changeSet: {id: 1, author: ann, changes: [{sql: "CREATE TABLE users (email text)"}]}
=== new
--- db/changelog.yaml
databaseChangeLog:
  - changeSet: {id: 1, author: ann, changes: [{sql: "CREATE TABLE users (email text)"}]}
  - changeSet:
      id: 2
      author: ann
      changes:
"""

CASES = {
    "SQL, above": _SQL + "\n@--\nDROP TABLE orders;\n",
    "SQL, beside": _SQL + "\nDROP TABLE orders; @--\n",
    "SQL, behind a statement of several lines": _SQL + "\nDROP TABLE\n  orders; @--\n",
    "SQL, above a statement, of a part of it": _SQL
    + "\n@--\nALTER TABLE users\n  ADD COLUMN b text,\n  DROP COLUMN age;\n",
    "SQL, above a part": _SQL
    + "\nALTER TABLE users\n  ADD COLUMN b text,\n  @--\n  DROP COLUMN age;\n",
    "SQL, in a comment of the other kind": _SQL + "\n@/* */\nDROP TABLE orders;\n",
    "Alembic, above": _ALEMBIC + "    @#\n    op.drop_table(\n        'orders'\n    )\n",
    "Alembic, beside": _ALEMBIC + "    op.drop_table('orders')  @#\n",
    "Alembic, above SQL": _ALEMBIC
    + '    @#\n    op.execute(\n        """\n        DROP TABLE orders\n        """\n    )\n',
    "Alembic, in SQL": _ALEMBIC
    + '    op.execute("""\n        @--\n        DROP TABLE orders\n    """)\n',
    "Django, above": _DJANGO + "        @#\n        migrations.DeleteModel('Order'),\n    ]\n",
    "Django, above SQL": _DJANGO
    + '        @#\n        migrations.RunSQL(\n            "DROP TABLE shop_order",\n        ),\n    ]\n',
    "Rails, above": _RAILS + "    @#\n    drop_table :orders\n  end\nend\n",
    "Rails, beside": _RAILS + "    drop_table :orders @#\n  end\nend\n",
    "Rails, above SQL": _RAILS
    + "    @#\n    execute <<~SQL\n      DROP TABLE orders\n    SQL\n  end\nend\n",
    "Knex, above": _KNEX
    + "exports.up = (knex) => knex.schema\n  @//\n  .dropTable('users');\nexports.down = () => null;\n",
    "Knex, above SQL": _KNEX
    + "exports.up = async (knex) => {\n  @//\n  await knex.raw(`\n    DROP TABLE users\n  `);\n};\n",
    "Liquibase, XML": _LIQUIBASE
    + '    @<!-- -->\n    <dropTable tableName="users"/>\n  </changeSet>\n</databaseChangeLog>\n',
    "Liquibase, XML with SQL": _LIQUIBASE
    + "    @<!-- -->\n    <sql>\n      DROP TABLE users\n    </sql>\n  </changeSet>\n</databaseChangeLog>\n",
    "Liquibase, YAML": _LIQUIBASE_YAML + "        @#\n        - dropTable: {tableName: users}\n",
}
"""Changes with one loss; `@--` stands for a comment of that kind with a suppression of it."""


def counting(folder: Path, text: str, rule: str) -> tuple[bool, list[Finding]]:
    """Whether a rule fires, and those of its findings that nothing accepts."""
    found = [each for each in migrated(folder, text) if each.rule == rule]
    marking = Marking(files_of(text)[1].get)
    marked = [marking.of(each) for each in found]
    return bool(found), [
        each for each in marked if not any(accepts(m, rule) for m in each.markers or ())
    ]


def _rule(name: str) -> str:
    if "DROP COLUMN" in CASES[name]:
        return "drop-column"
    return "drop-unread-table" if name.startswith("Knex") else "drop-table"  # its config is code


def with_marker(text: str, rule: str) -> str:
    head, _, rest = text.partition("@")
    sign, _, after = rest.partition("\n")
    opening, _, closing = sign.partition(" ")
    return f"{head}{opening} launchready: ignore[{rule}] unused since May {closing}\n{after}"


@pytest.mark.parametrize("name", CASES)
def test_of_every_kind_of_file(name: str, tmp_path: Path) -> None:
    rule = _rule(name)
    fires, left = counting(tmp_path / "other", with_marker(CASES[name], "truncate"), rule)
    assert fires
    assert left, "another rule's suppression accepts it"
    fires, left = counting(tmp_path / "own", with_marker(CASES[name], rule), rule)
    assert fires
    assert not left


def test_a_part_does_not_speak_for_another(tmp_path: Path) -> None:
    text = (
        _SQL
        + "ALTER TABLE users\n  DROP COLUMN age,"
        + "\n  DROP COLUMN email; -- launchready: ignore[drop-column] unused since May\n"
    )
    _, left = counting(tmp_path, text, "drop-column")
    assert [each.location.line for each in left if isinstance(each.location, FileLocation)] == [1]


def test_fix_leaves_what_is_accepted_where_lines_move(tmp_path: Path) -> None:
    """The fix of one puts an import before the other: what is accepted is still what it was."""
    check = (
        'migrations.AddConstraint("order", models.CheckConstraint('
        'condition=models.Q(total__{0}=0), name="{0}")),'
    )
    accepted = "# launchready: ignore[check-not-not-valid] few rows"
    text = _DJANGO + f"    {check.format('gt')}\n    {check.format('lt')} {accepted}\n    ]\n"
    gateways = gateways_of(tmp_path, text)

    def counting(findings: Iterable[Finding]) -> tuple[Finding, ...]:
        given = map(Marking(reader_of(gateways)).of, findings)
        return tuple(e for e in given if not any(accepts(m, e.rule) for m in e.markers or ()))

    made = plan(MigrationCheckSettings(), gateways, counting)
    changed = made.contents["shop/migrations/0002_change.py"].decode()
    assert changed.count("AddConstraintNotValid(") == 1
    assert f"    {check.format('lt')} {accepted}" in changed
    assert not made.kept
