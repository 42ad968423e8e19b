"""The rehearsal on a real PostgreSQL: what only a server can say of a migration."""

from pathlib import Path

import pytest
from tests.unit.steps.migration_check.migrated import fires, observed, silent

from launchready.facts.migrations import ActFacts
from launchready.facts.rehearsal import RehearsalFacts
from launchready.model import RuleInfo, Unchecked
from launchready.steps.migration_check.rules.rehearsal import RULES, code_works_under_lock

INFOS = [rule.info for rule in RULES if rule is not code_works_under_lock]
IDS = [info.id for info in INFOS]


@pytest.mark.parametrize("info", INFOS, ids=IDS)
def test_the_bad_example_is_found_and_the_good_one_is_not(info: RuleInfo, tmp_path: Path) -> None:
    fires(tmp_path / "bad", info.id, info.bad + "\n", rehearse=True)
    silent(tmp_path / "good", info.id, info.good + "\n", rehearse=True)


def test_a_migration_is_run_with_rows_on_every_table(tmp_path: Path) -> None:
    seen = observed(tmp_path, "ALTER TABLE users ALTER COLUMN age TYPE bigint;\n", rehearse=True)
    assert not [each for each in seen if isinstance(each, Unchecked)]
    (facts,) = (each for each in seen if isinstance(each, RehearsalFacts))
    (done,) = facts.statements.values()
    assert done.rewrites == ("users",)
    assert all(done.rows.values())


BASE_OF_AN_ORM = """\
--- shop/migrations/0001_initial.py
from django.db import migrations, models

class Migration(migrations.Migration):
    operations = [
        migrations.CreateModel(
            "User",
            [
                ("id", models.BigAutoField(primary_key=True)),
                ("name", models.TextField(null=True)),
            ],
        ),
    ]
=== new
--- shop/migrations/0002_name.py
from django.db import migrations, models

class Migration(migrations.Migration):
    dependencies = [("shop", "0001_initial")]
    operations = [migrations.AlterField("User", "name", models.TextField(default="x"))]
"""


def test_statements_of_one_operation_are_told_apart(tmp_path: Path) -> None:
    """The last of them drops a default, which reads nothing: it says nothing of the one before."""
    fires(tmp_path, "set-not-null", BASE_OF_AN_ORM, rehearse=True)


CHANGELOG = """\
--- changelog.sql
--liquibase formatted sql
--changeset ann:1
CREATE TABLE users (id bigint PRIMARY KEY, age integer);
=== new
--- changelog.sql
--liquibase formatted sql
--changeset ann:1
CREATE TABLE users (id bigint PRIMARY KEY, age integer);
--changeset ann:2
ALTER TABLE users ADD COLUMN name text;
--changeset ann:3
ALTER TABLE users ALTER COLUMN age TYPE bigint;
"""


def test_of_a_file_with_several_migrations_only_the_new_ones_are_rehearsed(tmp_path: Path) -> None:
    seen = observed(tmp_path, CHANGELOG, rehearse=True)
    facts = [each for each in seen if isinstance(each, RehearsalFacts)]
    assert [next(iter(each.statements.values())).rewrites for each in facts] == [(), ("users",)]
    assert all(each.side is None for each in facts)
    acts = [each for each in seen if isinstance(each, ActFacts)]
    assert [each.effect.rewrites for each in acts] == [(), ("users",)]


TEMPORARY = """\
--- migrations/0001_a.up.sql
CREATE TABLE users (id bigint PRIMARY KEY);
--- migrations/0001_a.down.sql
DROP TABLE users;
=== new
--- migrations/0002_b.up.sql
CREATE TEMP TABLE batch AS SELECT id FROM users;
SET ROLE pg_monitor;
--- migrations/0002_b.down.sql
SELECT 1;
"""


def test_what_ends_with_a_session_is_not_there_in_the_next(tmp_path: Path) -> None:
    silent(tmp_path, "reup-fails", TEMPORARY, rehearse=True)


FUNCTION = """\
--- migrations/0001_a.up.sql
CREATE FUNCTION one() RETURNS int LANGUAGE sql AS $$
  -- the first
  SELECT length('--') - 1;
$$;
--- migrations/0001_a.down.sql
DROP FUNCTION one();
=== new
--- migrations/0002_b.up.sql
CREATE OR REPLACE FUNCTION one() RETURNS int LANGUAGE sql AS 'SELECT 1';
--- migrations/0002_b.down.sql
CREATE OR REPLACE FUNCTION one() RETURNS int LANGUAGE sql AS $$
  SELECT length( '--' ) - 1
  ; $$;
"""


def test_a_function_that_is_only_laid_out_otherwise_is_restored(tmp_path: Path) -> None:
    rule = "down-does-not-restore"
    silent(tmp_path / "same", rule, FUNCTION, rehearse=True)
    text = FUNCTION.replace("length( '--' ) - 1", "length( '-' )")
    fires(tmp_path / "other", rule, text, rehearse=True)


CODE_BEFORE = """\
--- db/0001_a.sql
-- +goose Up
CREATE TABLE users (id bigint PRIMARY KEY);
-- +goose Down
DROP TABLE users;
=== new
--- db/0002_b.go
package db

func init() { goose.AddMigrationContext(up, down) }
--- db/0003_c.sql
-- +goose Up
ALTER TABLE made_by_code ADD COLUMN a int;
-- +goose Down
ALTER TABLE made_by_code DROP COLUMN a;
"""


def test_what_code_would_have_made_is_no_failure_but_unchecked(tmp_path: Path) -> None:
    silent(tmp_path / "a", "migration-fails", CODE_BEFORE, rehearse=True)
    seen = observed(tmp_path / "b", CODE_BEFORE, rehearse=True)
    reasons = [each.reason for each in seen if isinstance(each, Unchecked)]
    expected = 'it fails here: relation "made_by_code" does not exist; db/0002_b.go before it'
    assert any(each.startswith(expected) for each in reasons), reasons


def test_what_a_guard_would_keep_from_running_is_no_failure(tmp_path: Path) -> None:
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
  def up
    add_column :users, :age, :integer
    add_column :users, :name, :string unless column_exists?(:users, :name)
    add_column :users, :plan, :string
  end

  def down
    remove_column :users, :plan
    remove_column :users, :age
  end
end
"""
    seen = observed(tmp_path, change, rehearse=True, database="postgresql 16")
    (facts,) = (each for each in seen if isinstance(each, RehearsalFacts))
    assert (facts.side, facts.error, facts.not_restored, facts.left) == (None, "", (), ())
    assert [bool(each.error) for each in facts.statements.values()] == [False, True, False]


def test_what_follows_from_one_failure_is_told_once(tmp_path: Path) -> None:
    later = "".join(
        f"--- migrations/000{n}_later.sql\nALTER TABLE things ADD COLUMN c{n} int;\n"
        for n in (2, 3)
    )
    new = "=== new\n" + later.replace("000", "001")
    change = f"--- migrations/0001_a.sql\nCREATE TABLE things (id nothing);\n{later}{new}"
    seen = observed(tmp_path, change, rehearse=True, database="postgresql 16")
    base, first = (each for each in seen if isinstance(each, Unchecked))
    assert base.target == "migrations/0001_a.sql"
    assert base.reason.endswith(", nor do 2 later ones that need it")
    assert first.target == "migrations/0012_later.sql"
    assert first.reason.endswith("did not run whole; so do others after it: 1")
