"""Rails' migrations: what their operations send, and what is said of code that is not SQL."""

from pathlib import Path

import pytest
from tests.unit.steps.migration_check.given import files, only
from tests.unit.steps.migration_check.migrated import migrated

from launchready import trees
from launchready.facts.migrations import Framework, History, Opaque, Script, Wrapping
from launchready.facts.schema import Engine
from launchready.model import Finding
from launchready.steps.migration_check.advice.rails import operation
from launchready.steps.migration_check.frameworks import rails
from launchready.steps.migration_check.frameworks.rails.names import (
    foreign_key_name,
    index_name,
    join_table,
    table_of_model,
)
from launchready.steps.migration_check.frameworks.rails.plurals import plural, singular
from launchready.steps.migration_check.frameworks.syntax import code

pytestmark = pytest.mark.skipif(
    not trees.is_installed("ruby"), reason="needs tree-sitter-ruby: pip install launchready[native]"
)
BASE = """\
--- db/migrate/1_base.rb
class Base < ActiveRecord::Migration[7.1]
  def change
    create_table :users do |t|
      t.string :email, null: false, index: { unique: true }
      t.references :team, foreign_key: true
      t.integer :age, default: 0
    end
  end
end
--- db/migrate/2_change.rb
"""
CLASS = "class Change < ActiveRecord::Migration[7.1]\n"


def read(body: str, engine: Engine = Engine.POSTGRESQL, head: str = CLASS) -> History:
    """A history of a table, and of a migration with this body."""
    known = files(f"{BASE}{head}{body}\nend\n")
    (found,) = rails.find(known)
    return rails.read(found, known, engine)


def shown(script: Script | None) -> list[str]:
    """The items of a script; `?` marks what stands under a condition, `*` what changes rows."""
    assert script is not None
    return [
        f"<{each.what}{'*' * each.changes_rows}>"
        if isinstance(each, Opaque)
        else f"{' '.join(each.sql.split())}{'?' * each.is_conditional}"
        for each in script.items
    ]


def ups(body: str, engine: Engine = Engine.POSTGRESQL, version: str = "7.1") -> list[str]:
    """What `change` with this body sends."""
    head = CLASS.replace("7.1", version)
    return shown(read(f"  def change\n{body}\n  end", engine, head).migrations[-1].up)


def downs(body: str) -> list[str]:
    """What undoes it; its last item is why it cannot be undone."""
    down = read(f"  def change\n{body}\n  end").migrations[-1].down
    assert down is not None
    assert not down.is_written
    return [*shown(down), *([f"!{down.reason}"] if down.is_irreversible else [])]


def test_a_history() -> None:
    history = only(
        "--- config/database.yml\ndefault:\n  adapter: <%= ENV['A'] || \"postgresql\" %>\n" + BASE
        + CLASS + "  def change\n    add_column :users, :name, :string\n  end\nend\n"
    )  # fmt: skip
    assert (history.framework, history.engine, history.folder) == (
        Framework.RAILS, Engine.POSTGRESQL, "db/migrate",
    )  # fmt: skip
    first, second = history.migrations
    assert (first.version, first.name, second.path) == ("1", "base", "db/migrate/2_change.rb")
    assert shown(first.up) == [
        (
            'CREATE TABLE "users" ("id" bigserial primary key, "email" character varying NOT NULL,'
            ' "team_id" bigint, "age" integer DEFAULT 0, CONSTRAINT "fk_rails_b2bbf87303" FOREIGN'
            ' KEY ("team_id") REFERENCES "teams" ("id"))'
        ),
        'CREATE UNIQUE INDEX "index_users_on_email" ON "users" ("email")',
        'CREATE INDEX "index_users_on_team_id" ON "users" ("team_id")',
    ]
    assert shown(first.down) == ['DROP TABLE "users"']
    assert second.up.statements[0].place.line == 3
    assert second.up.statements[0].operation == "add_column"


UPS = [
    ("add_column :users, :a, :decimal, precision: 5, scale: 2, null: false, default: '1.5'",
     ['ALTER TABLE "users" ADD "a" decimal(5,2) DEFAULT 1.5 NOT NULL']),
    ("add_column :users, :a, :jsonb, default: {}",
     ["ALTER TABLE \"users\" ADD \"a\" jsonb DEFAULT '{}'"]),
    ("add_column :users, :a, :hstore, default: {}",
     ["ALTER TABLE \"users\" ADD \"a\" hstore DEFAULT ''"]),
    ("add_column :users, :a, :hstore, default: { b: 'c\"', d: nil }",
     ["ALTER TABLE \"users\" ADD \"a\" hstore DEFAULT '\"b\"=>\"c\\\"\", \"d\"=>NULL'"]),
    ("add_column :users, :a, :string, array: true, default: []",
     ["ALTER TABLE \"users\" ADD \"a\" character varying[] DEFAULT '{}'"]),
    ("add_column :users, :a, :datetime, default: -> { 'now()' }",
     ['ALTER TABLE "users" ADD "a" timestamp(6) DEFAULT now()']),
    ("add_column :users, :a, :text, if_not_exists: true",
     ['ALTER TABLE "users" ADD COLUMN IF NOT EXISTS "a" text']),
    ("add_index :users, [:age, :email], algorithm: :concurrently, where: 'age > 1'",
     [('CREATE INDEX CONCURRENTLY "index_users_on_age_and_email" ON "users" ("age", "email")'
      " WHERE age > 1")]),
    ("add_index :users, 'lower(email)', unique: true, using: :btree",
     ['CREATE UNIQUE INDEX "index_users_on_lower_email" ON "users" USING btree (lower(email))']),
    ("add_index :users, :email, opclass: :gin_trgm_ops, using: :gin, name: 'x'",
     ['CREATE INDEX "x" ON "users" USING gin ("email" gin_trgm_ops)']),
    ("remove_index :users, :email", ['DROP INDEX "index_users_on_email"']),
    ("remove_index :users, column: :team_id, algorithm: :concurrently",
     ['DROP INDEX CONCURRENTLY "index_users_on_team_id"']),
    ("rename_column :users, :email, :mail",
     ['ALTER TABLE "users" RENAME COLUMN "email" TO "mail"',
      'ALTER INDEX "index_users_on_email" RENAME TO "index_users_on_mail"']),
    ("rename_table :users, :people",
     ['ALTER TABLE "users" RENAME TO "people"', 'ALTER INDEX "users_pkey" RENAME TO "people_pkey"',
      'ALTER SEQUENCE "users_id_seq" RENAME TO "people_id_seq"',
      'ALTER INDEX "index_users_on_email" RENAME TO "index_people_on_email"',
      'ALTER INDEX "index_users_on_team_id" RENAME TO "index_people_on_team_id"']),
    ("change_column :users, :age, :bigint, default: 1, null: false",
     [('ALTER TABLE "users" ALTER COLUMN "age" TYPE bigint, ALTER COLUMN "age" SET DEFAULT 1,'
      ' ALTER COLUMN "age" SET NOT NULL')]),
    ("change_column_null :users, :age, false, 3",
     ['UPDATE "users" SET "age"=3 WHERE "age" IS NULL',
      'ALTER TABLE "users" ALTER COLUMN "age" SET NOT NULL']),
    ("change_column_default :users, :age, from: 0, to: nil",
     ['ALTER TABLE "users" ALTER COLUMN "age" DROP DEFAULT']),
    ("add_reference :users, :owner, polymorphic: true, null: false",
     ['ALTER TABLE "users" ADD "owner_type" character varying NOT NULL',
      'ALTER TABLE "users" ADD "owner_id" bigint NOT NULL',
      'CREATE INDEX "index_users_on_owner" ON "users" ("owner_type", "owner_id")']),
    (("add_reference :users, :boss, foreign_key: { to_table: :users, on_delete: :nullify },"
     " index: false"),
     ['ALTER TABLE "users" ADD "boss_id" bigint',
      ('ALTER TABLE "users" ADD CONSTRAINT "fk_rails_8c260d5f7b" FOREIGN KEY ("boss_id")'
      ' REFERENCES "users" ("id") ON DELETE SET NULL')]),
    ("add_foreign_key :users, :teams, validate: false",
     [('ALTER TABLE "users" ADD CONSTRAINT "fk_rails_b2bbf87303" FOREIGN KEY ("team_id")'
      ' REFERENCES "teams" ("id") NOT VALID')]),
    ("validate_foreign_key :users, :teams",
     ['ALTER TABLE "users" VALIDATE CONSTRAINT "fk_rails_b2bbf87303"']),
    ("remove_foreign_key :users, :teams",
     ['ALTER TABLE "users" DROP CONSTRAINT "fk_rails_b2bbf87303"']),
    ("add_check_constraint :users, 'age > 0', name: 'c', validate: false",
     ['ALTER TABLE "users" ADD CONSTRAINT "c" CHECK (age > 0) NOT VALID']),
    ("validate_check_constraint :users, name: 'c'",
     ['ALTER TABLE "users" VALIDATE CONSTRAINT "c"']),
    ("create_join_table :users, :teams",
     ['CREATE TABLE "teams_users" ("user_id" bigint NOT NULL, "team_id" bigint NOT NULL)']),
    ("change_table :users do |t|\nt.remove :age\nt.string :a, :b\nt.timestamps null: true\nend",
     ['ALTER TABLE "users" DROP COLUMN "age"',
      'ALTER TABLE "users" ADD "a" character varying',
      'ALTER TABLE "users" ADD "b" character varying',
      'ALTER TABLE "users" ADD "created_at" timestamp(6)',
      'ALTER TABLE "users" ADD "updated_at" timestamp(6)']),
    (("change_table :users, bulk: true do |t|\nt.text :a\nt.index :a\nt.change :age, :bigint\n"
     "t.remove :email\nend"),
     ['ALTER TABLE "users" ADD "a" text', 'CREATE INDEX "index_users_on_a" ON "users" ("a")',
      'ALTER TABLE "users" ALTER COLUMN "age" TYPE bigint, DROP COLUMN "email"']),
    ("enable_extension 'citext'", ['CREATE EXTENSION IF NOT EXISTS "citext"']),
    ("drop_table :users, :teams, if_exists: true", ['DROP TABLE IF EXISTS "users", "teams"']),
    ("create_table :a, id: :uuid, force: :cascade do |t|\nend",
     ['DROP TABLE IF EXISTS "a" CASCADE',
      'CREATE TABLE "a" ("id" uuid DEFAULT gen_random_uuid() NOT NULL PRIMARY KEY)']),
    ("create_table :a, primary_key: [:b, :c] do |t|\nt.integer :b\nt.integer :c\nend",
     ['CREATE TABLE "a" ("b" integer, "c" integer, PRIMARY KEY ("b", "c"))']),
]  # fmt: skip


@pytest.mark.parametrize(("body", "expected"), UPS, ids=[body for body, _ in UPS])
def test_operations(body: str, expected: list[str]) -> None:
    assert ups(body) == expected


@pytest.mark.parametrize(
    ("version", "expected"),
    [
        ("4.2", ('"a" ("id" serial primary key, "b_id" integer, "c" timestamp, "created_at"'
                ' timestamp, "updated_at" timestamp)')),
        ("5.0", ('"a" ("id" serial primary key, "b_id" integer, "c" timestamp, "created_at"'
                ' timestamp NOT NULL, "updated_at" timestamp NOT NULL)')),
        ("5.1", ('"a" ("id" bigserial primary key, "b_id" bigint, "c" timestamp, "created_at"'
                ' timestamp NOT NULL, "updated_at" timestamp NOT NULL)')),
        ("6.1", ('"a" ("id" bigserial primary key, "b_id" bigint, "c" timestamp, "created_at"'
                ' timestamp(6) NOT NULL, "updated_at" timestamp(6) NOT NULL)')),
        ("7.0", ('"a" ("id" bigserial primary key, "b_id" bigint, "c" timestamp(6), "created_at"'
                ' timestamp(6) NOT NULL, "updated_at" timestamp(6) NOT NULL)')),
    ],
)  # fmt: skip
def test_versions(version: str, expected: str) -> None:
    body = "create_table :a do |t|\nt.references :b, index: true\nt.datetime :c\nt.timestamps\nend"
    assert ups(body, version=version) == [
        f"CREATE TABLE {expected}", 'CREATE INDEX "index_a_on_b_id" ON "a" ("b_id")',
    ]  # fmt: skip


DOWNS = [
    ("add_column :users, :a, :text\nadd_index :users, :a",
     ['DROP INDEX "index_users_on_a"', 'ALTER TABLE "users" DROP COLUMN "a"']),
    ("remove_column :users, :age", ["!remove_column is reversible only with a type"]),
    ("remove_column :users, :age, :integer, default: 0",
     ['ALTER TABLE "users" ADD "age" integer DEFAULT 0']),
    ("execute 'VACUUM'", ["!execute cannot be undone by Rails"]),
    ("change_column :users, :age, :bigint", ["!change_column cannot be undone by Rails"]),
    ("drop_table :users", ["!drop_table is reversible only with the table's columns"]),
    ("drop_table :users do |t|\nt.text :a\nend",
     ['CREATE TABLE "users" ("id" bigserial primary key, "a" text)']),
    ("change_column_null :users, :age, false",
     ['ALTER TABLE "users" ALTER COLUMN "age" DROP NOT NULL']),
    ("rename_column :users, :email, :mail",
     ['ALTER TABLE "users" RENAME COLUMN "mail" TO "email"',
      'ALTER INDEX "index_users_on_mail" RENAME TO "index_users_on_email"']),
    ("remove_index :users, :email, unique: true",
     ['CREATE UNIQUE INDEX "index_users_on_email" ON "users" ("email")']),
    ("add_reference :users, :boss, foreign_key: { to_table: :users }",
     ['ALTER TABLE "users" DROP CONSTRAINT "fk_rails_8c260d5f7b"',
      'ALTER TABLE "users" DROP COLUMN "boss_id"']),
    (("reversible do |dir|\ndir.up { execute 'SELECT 1' }\ndir.down { execute 'SELECT 2' }\nend\n"
     "add_column :users, :a, :text"),
     ['ALTER TABLE "users" DROP COLUMN "a"', "SELECT 2"]),
    ("up_only { execute 'SELECT 1' }", []),
    ("revert do\nadd_column :users, :a, :text\nend", ['ALTER TABLE "users" ADD "a" text']),
    ("change_table :users, bulk: true do |t|\nt.text :a\nt.rename :age, :years\nend",
     ['ALTER TABLE "users" RENAME COLUMN "years" TO "age"',
      'ALTER TABLE "users" DROP COLUMN "a"']),
    ("validate_foreign_key :users, :teams",
     ['ALTER TABLE "users" VALIDATE CONSTRAINT "fk_rails_b2bbf87303"']),
]  # fmt: skip


@pytest.mark.parametrize(("body", "expected"), DOWNS, ids=[body for body, _ in DOWNS])
def test_what_undoes_a_change(body: str, expected: list[str]) -> None:
    assert downs(body) == expected


CODE = [
    ("%w[a b].each { |c| remove_column :users, c }",
     ['ALTER TABLE "users" DROP COLUMN "a"', 'ALTER TABLE "users" DROP COLUMN "b"']),
    ("{ a: :text, b: :date }.each do |name, type|\nadd_column :users, name, type\nend",
     ['ALTER TABLE "users" ADD "a" text', 'ALTER TABLE "users" ADD "b" date']),
    ("tables.each { |t| drop_table t }", ["<drop_table>"]),
    ("drop_table :users if table_exists?(:users)", ['DROP TABLE "users"?']),
    ("return if done?\ndrop_table :users", ['DROP TABLE "users"?']),
    ("return unless adapter_name == 'PostgreSQL'\ndrop_table :users", ['DROP TABLE "users"']),
    ("if connection.adapter_name =~ /mysql/i\ndrop_table :users\nend", []),
    ("begin\nexecute 'SELECT 1'\nrescue StandardError\nnil\nend", ["SELECT 1"]),
    ("safety_assured { drop_table :users }", ['DROP TABLE "users"']),
    ("name = :users\ndrop_table name", ['DROP TABLE "users"']),
    ("drop_table name_of_it(:x)", ["<drop_table>"]),
    ("add_index :users, \"#{x}_id\"", ["<add_index>"]),
    ("backfill_everything :users", ["<backfill_everything*>"]),
    ("add_concurrent_thing :users", ["<add_concurrent_thing>"]),
    ("User.update_all(age: 1)", ['UPDATE "users" SET "age" = 1']),
    ("User.where(age: nil).update_all('age = 0')",
     ['UPDATE "users" SET age = 0 WHERE "age" IS NULL']),
    ("User.where('age < ?', x).delete_all", ['DELETE FROM "users" WHERE "?"()']),
    ("Old.delete_all", ['DELETE FROM "ancient"']),
    ("User.find_each { |u| u.update!(age: 1) }", ["<a loop*>"]),
    ("User.in_batches { |some| some.update_all(age: 1) }",
     ['UPDATE "users" SET "age" = 1 WHERE "?"()?']),
    ("User.where(age: 1).count", []),
    ("User.reset_column_information", []),
    ("User.create!(email: 'a')", ["INSERT INTO \"users\" (\"email\") VALUES ('a')"]),
    ("Users::Backfill.call", ["<Users::Backfill.call*>"]),
    ("Rails.logger.info 'x'\nsay 'y'", []),
    ("say_with_time('x') { execute 'SELECT 1' }", ["SELECT 1"]),
    ("add_all :users", ['ALTER TABLE "users" ADD "own" text']),
    ("revert Base", ["<revert Base>"]),
    ("create_table :a do |t|\nt.string(*names)\nend", ["<create_table>"]),
]  # fmt: skip


@pytest.mark.parametrize(("body", "expected"), CODE, ids=[body for body, _ in CODE])
def test_what_code_does(body: str, expected: list[str]) -> None:
    more = (
        "  class Old < ApplicationRecord\n    self.table_name = 'ancient'\n  end\n"
        f"  def up\n{body}\n  end\n  private\n"
        "  def add_all(table)\n    add_column table, :own, :text\n  end"
    )
    assert shown(read(more).migrations[-1].up) == expected


def test_sql_stands_where_it_is_written() -> None:
    sql = "      UPDATE a SET b = 1;\n      DROP TABLE #{t}\n"
    body = f"  def up\n    execute <<~SQL.squish\n{sql}    SQL\n  end"
    first, second = read(body).migrations[-1].up.statements
    assert (first.sql, first.place.line, first.place.column, first.is_written) == (
        "UPDATE a SET b = 1", 4, 7, True,
    )  # fmt: skip
    assert (second.place.line, second.bound) == (5, ("t",))


def test_outside_of_a_transaction() -> None:
    body = "  disable_ddl_transaction!\n  def up\n    transaction { execute 'SELECT 1' }\n  end"
    up = read(body).migrations[-1].up
    assert (up.wrapping, shown(up)) == (Wrapping.NONE, ["BEGIN", "SELECT 1", "COMMIT"])
    assert read("  def up\n  end").migrations[-1].up.wrapping is Wrapping.FILE
    assert read("  def up\n  end", Engine.MYSQL).migrations[-1].up.wrapping is Wrapping.NONE


def test_downs_that_are_written() -> None:
    body = "  def up\n  end\n  def down\n    raise ActiveRecord::IrreversibleMigration\n  end"
    down = read(body).migrations[-1].down
    assert down is not None
    assert (down.is_written, down.is_irreversible) == (True, True)
    assert read("  def up\n  end").migrations[-1].down is None
    old = read(
        "  def self.up\n    drop_table :a\n  end", head="class A < ActiveRecord::Migration\n"
    )
    assert shown(old.migrations[-1].up) == ['DROP TABLE "a"']


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("change_column_null :users, :age, false",
         ["ALTER TABLE `users` MODIFY COLUMN `age` int DEFAULT 0 NOT NULL"]),
        ("remove_index :users, :email", ["DROP INDEX `index_users_on_email` ON `users`"]),
        ("remove_foreign_key :users, :teams",
         ["ALTER TABLE `users` DROP FOREIGN KEY `fk_rails_b2bbf87303`"]),
        ("add_column :users, :a, :text, limit: 16.megabytes, after: :age",
         ["ALTER TABLE `users` ADD `a` text AFTER `age`"]),
        ("rename_table :users, :people",
         ["RENAME TABLE `users` TO `people`",
          "ALTER TABLE `people` RENAME INDEX `index_users_on_email` TO `index_people_on_email`",
          ("ALTER TABLE `people` RENAME INDEX `index_users_on_team_id` TO"
          " `index_people_on_team_id`")]),
    ],
)  # fmt: skip
def test_mysql(body: str, expected: list[str]) -> None:
    assert ups(body, Engine.MYSQL) == expected


def test_sqlite_writes_a_table_anew() -> None:
    assert ups("change_column_null :users, :age, false", Engine.SQLITE) == [
        'CREATE TABLE "ausers" AS SELECT * FROM "users"', 'DROP TABLE "users"',
        'ALTER TABLE "ausers" RENAME TO "users"',
    ]  # fmt: skip


def change(folder: Path, body: str, base: str = BASE) -> tuple[Finding, ...]:
    """What is found of a change with this body."""
    base = base.partition("--- db/migrate/2_change.rb")[0]
    text = f"{CLASS}  def change\n{body}\n  end\nend\n"
    return migrated(folder, f"{base}=== new\n--- db/migrate/2_change.rb\n{text}")


@pytest.mark.parametrize(
    ("body", "rule", "expected"),
    [
        ("add_index :users, :age", "index-not-concurrent",
         ("Use `algorithm: :concurrently` in a migration of its own with"
         " `disable_ddl_transaction!`.")),
        ("add_foreign_key :users, :teams, column: :age, on_delete: :nullify", "fk-not-not-valid",
         ("Write `add_foreign_key :users, :teams, column: :age, name: \"fk_rails_7037a1d62c\","
         " on_delete: :nullify, validate: false`, and in a later migration"
         " `validate_constraint :users, \"fk_rails_7037a1d62c\"`.")),
        ("change_column_null :users, :age, false", "set-not-null",
         ("Write `add_check_constraint :users, '\"age\" IS NOT NULL', name: \"users_age_given\","
         " validate: false`, and in a later migration `validate_constraint :users,"
         " \"users_age_given\"`, then `change_column_null :users, :age, false`, then"
         " `remove_check_constraint :users, name: \"users_age_given\"`.")),
    ],
)  # fmt: skip
def test_advice_speaks_rails(body: str, rule: str, expected: str, tmp_path: Path) -> None:
    assert expected in [each.fix for each in change(tmp_path, body) if each.rule == rule]


@pytest.mark.parametrize(
    ("sql", "expected"),
    [
        ("CREATE UNIQUE INDEX CONCURRENTLY a ON t (b, \"c d\")",
         'add_index :t, [:b, "c d"], unique: true, name: "a", algorithm: :concurrently'),
        ("ALTER TABLE t ADD CONSTRAINT a UNIQUE USING INDEX a",
         'add_unique_constraint :t, name: "a", using_index: "a"'),
        ("ALTER TABLE s.t ADD COLUMN a numeric(5,2)", 'add_column "s.t", :a, "numeric(5,2)"'),
        ("ALTER TABLE t ALTER COLUMN a SET DEFAULT now()",
         'change_column_default :t, :a, -> { "now()" }'),
        ("ALTER TABLE t ALTER COLUMN a DROP NOT NULL", "change_column_null :t, :a, true"),
        ("VACUUM \"t\"", "execute 'VACUUM \"t\"'"),
        ("SELECT 'a'", "execute \"SELECT 'a'\""),
        ("SELECT 'a' AS \"b\"", "execute 'SELECT \\'a\\' AS \"b\"'"),
    ],
)  # fmt: skip
def test_statements_as_operations(sql: str, expected: str) -> None:
    assert operation(sql) == expected


@pytest.mark.parametrize(
    ("body", "is_found"),
    [
        ("add_column :users, :a, :text\nadd_index :users, :a, unique: true", False),
        ("add_column :users, :a, :text, default: 'x'\nadd_index :users, :a, unique: true", True),
        (("add_column :users, :a, :text\n"
         "add_index :users, :a, unique: true, nulls_not_distinct: true"), True),
        ("add_index :users, :age, unique: true", True),
    ],
)  # fmt: skip
def test_a_new_column_holds_no_duplicates(body: str, is_found: bool, tmp_path: Path) -> None:
    rules = {each.rule for each in change(tmp_path, body)}
    assert ("unique-may-fail-on-duplicates" in rules) is is_found


@pytest.mark.parametrize(("null", "is_found"), [("true", False), ("false", True)])
def test_a_default_is_not_missed_where_null_is_taken(
    null: str, is_found: bool, tmp_path: Path
) -> None:
    base = BASE.replace("default: 0", "default: 0, null: false")
    body = f"change_column :users, :age, :integer, default: nil, null: {null}"
    rules = {each.rule for each in change(tmp_path, body, base)}
    assert ("drop-default" in rules) is is_found


def test_several_databases() -> None:
    history = "class A < ActiveRecord::Migration[7.1]\n  def change\n  end\nend\n"
    known = files(
        f"--- db/migrate/1_a.rb\n{history}--- db/cache_migrate/1_a.rb\n{history}"
        "--- db/cache_schema.rb\n  create_table \"x\", charset: \"utf8mb4\"\n"
        f"--- engines/shop/db/migrate/2_b.rb\n{history}--- vendor/gem/db/migrate/1_a.rb\n{history}"
    )  # fmt: skip
    found = {each.folder: each.engine for each in rails.find(known)}
    assert found == {
        "db/migrate": None, "db/cache_migrate": Engine.MYSQL, "engines/shop/db/migrate": None,
    }  # fmt: skip


def test_a_history_that_begins_in_the_middle() -> None:
    schema = '--- db/schema.rb\n  create_table "users"\n  create_table "older"\n'
    assert not only(schema + BASE).is_whole
    assert only(schema.replace("older", "users") + BASE).is_whole
    assert read("  def change\n    add_column :users, :a, :text\n  end").is_whole
    assert not read("  def change\n    add_column :others, :a, :text\n  end").is_whole
    assert not read("  def change\n    drop_table :others, if_exists: true\n  end").is_whole


def test_the_generators_key_type() -> None:
    given = (
        "--- config/application.rb\ng.orm :active_record, primary_key_type: :uuid\n" + BASE + CLASS
        + "  def change\n    create_table :a, id: key do |t|\n    end\n  end\n"
        "  def key\n    s = config.options[config.orm][:primary_key_type]\n    s || :primary_key\n"
        "  end\nend\n"
    )  # fmt: skip
    assert '"id" uuid' in shown(only(given).migrations[-1].up)[0]
    without = given.replace("primary_key_type: :uuid", "")
    assert '"id" bigserial' in shown(only(without).migrations[-1].up)[0]


def test_the_configured_type_of_times() -> None:
    given = (
        "--- config/initializers/times.rb\nPostgreSQLAdapter.datetime_type = :timestamptz\n"
        + BASE + CLASS + "  def change\n    add_column :users, :a, :datetime\n  end\nend\n"
    )  # fmt: skip
    expected = 'ALTER TABLE "users" ADD "a" timestamptz(6)'
    assert shown(only(given).migrations[-1].up) == [expected]
    old = shown(only(given.replace(CLASS, CLASS.replace("7.1", "6.1"))).migrations[-1].up)
    assert old == ['ALTER TABLE "users" ADD "a" timestamp']


def test_without_tree_sitter_it_is_unchecked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(trees.GRAMMARS, "ruby", ("no_such_module", "language"))
    trees.is_installed.cache_clear()
    trees.grammar.cache_clear()
    try:
        history = read("  def up\n  end")
    finally:
        monkeypatch.undo()
        trees.is_installed.cache_clear()
    assert [each.up.problem for each in history.migrations] == [code.NEEDED, code.NEEDED]


@pytest.mark.parametrize(
    "text", ["", "class A\nend\n", "module Db; X = 1; end\n", "\0\0", "class A < Migration\n"]
)
def test_what_is_no_migration_is_a_problem(text: str) -> None:
    known = files(f"--- db/migrate/1_a.rb\n{text}\n")
    (found,) = rails.find(known)
    (migration,) = rails.read(found, known, Engine.POSTGRESQL).migrations
    assert migration.up.problem or not migration.up.items


@pytest.mark.parametrize(
    ("one", "many"),
    [("user", "users"), ("category", "categories"), ("box", "boxes"), ("status", "statuses"),
     ("person", "people"), ("tax_class", "tax_classes"), ("analysis", "analyses"),
     ("news", "news"), ("datum", "data"), ("index", "indices"), ("bus", "buses"),
     ("movie", "movies"), ("wolf", "wolves"), ("wife", "wives"), ("series", "series")],
)  # fmt: skip
def test_plurals(one: str, many: str) -> None:
    assert (plural(one), singular(many), plural(many)) == (many, one, many)


def test_names() -> None:
    assert table_of_model("Admin::UserAccount") == "user_accounts"
    assert table_of_model("HTTPLog") == "http_logs"
    assert join_table("music_artists", "music_records") == "music_artists_records"
    assert foreign_key_name("users", ["team_id"]) == "fk_rails_b2bbf87303"
    long = index_name("notification_settings", ["user_id", "account_id", "channel_kind_of_it"])
    assert long.startswith("idx_on_user_id_account_id_channel_kind_of_it_")
    old = index_name("notification_settings", ["user_id", "account_id", "channel_kind"], (7, 0))
    assert old == "index_notification_settings_on_user_id_and_account_id_and_channel_kind"


@pytest.mark.parametrize(
    ("between", "fires"),
    [
        ("", False),
        ("User.update_all(token: 'a')", True),
    ],
    ids=["nothing fills it", "code fills it"],
)
def test_a_column_of_the_same_migration_holds_no_value_twice(
    between: str, fires: bool, tmp_path: Path
) -> None:
    """Outside of a transaction too: the running release does not know the column."""
    text = (
        "class Change < ActiveRecord::Migration[7.1]\n  disable_ddl_transaction!\n  def change\n"
        f"    add_column :users, :token, :string\n    {between}\n"
        "    add_index :users, :token, unique: true, algorithm: :concurrently\n  end\nend\n"
    )
    base = BASE.partition("--- db/migrate/2_change.rb")[0]
    found = migrated(tmp_path, f"{base}=== new\n--- db/migrate/2_change.rb\n{text}")
    assert fires == ("concurrent-unique-may-fail" in [each.rule for each in found])
