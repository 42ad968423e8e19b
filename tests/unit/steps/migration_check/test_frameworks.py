"""Which tool runs a folder's files, in which order and transaction, and what is up and down."""

import pytest
from tests.unit.steps.migration_check.given import files, histories, only, told

from launchready.facts.migrations import Framework, Late
from launchready.facts.schema import Engine
from launchready.steps.migration_check.frameworks.plain import found_in

PRISMA = """\
--- prisma/schema.prisma
datasource db {
  provider = "postgresql"
}
--- prisma/migrations/migration_lock.toml
provider = "postgresql"
"""
READ = [
    (
        "Prisma's folders come in the order of their names, each file as one string",
        f"""\
{PRISMA}--- prisma/migrations/20240201000000_email/migration.sql
ALTER TABLE a ADD b int;
--- prisma/migrations/20240101000000_init/migration.sql
CREATE TABLE a ();
CREATE TABLE b ();
--- prisma/migrations/20240101000000_init/down.sql
DROP TABLE a;
""",
        Framework.PRISMA,
        (
            "20240101000000_init STRING: CREATE TABLE a ()@1; CREATE TABLE b ()@2 / DROP TABLE a@1",
            "20240201000000_email STRING: ALTER TABLE a ADD b int@1",
        ),
    ),
    (
        "since 7.4 Prisma sends a script with CREATE INDEX CONCURRENTLY in pieces",
        f"""\
{PRISMA}--- package.json
{{"devDependencies": {{"prisma": "^7.5.0"}}}}
--- prisma/migrations/1_a/migration.sql
CREATE INDEX CONCURRENTLY i ON a (b);
CREATE INDEX CONCURRENTLY j ON a (c);
--- prisma/migrations/2_b/migration.sql
DROP INDEX CONCURRENTLY i;
CREATE INDEX CONCURRENTLY k ON a (b);
--- prisma/migrations/3_c/migration.sql
CREATE TABLE c ();
CREATE TABLE d ();
""",
        Framework.PRISMA,
        (
            (
                "1_a NONE: CREATE INDEX CONCURRENTLY i ON a (b)@1;"
                " CREATE INDEX CONCURRENTLY j ON a (c)@2"
            ),
            "2_b STRING: DROP INDEX CONCURRENTLY i@1; CREATE INDEX CONCURRENTLY k ON a (b)@2",
            "3_c STRING: CREATE TABLE c ()@1; CREATE TABLE d ()@2",
        ),
    ),
    (
        "Prisma's MySQL has no transaction around the file",
        """\
--- db/migrations/migration_lock.toml
provider = "mysql"
--- db/migrations/1_a/migration.sql
CREATE TABLE a (b int);
""",
        Framework.PRISMA,
        ("1_a NONE: CREATE TABLE a (b int)@1",),
    ),
    (
        "Drizzle goes by its journal, all that is pending in one transaction",
        """\
--- drizzle/meta/_journal.json
{"dialect": "postgresql", "entries": [
  {"idx": 0, "when": 1, "tag": "0001_b"}, {"idx": 1, "when": 2, "tag": "0000_a"}]}
--- drizzle/0000_a.sql
CREATE TABLE a ();--> statement-breakpoint
CREATE TABLE b ()
--> statement-breakpoint
CREATE TABLE c ();
--- drizzle/0001_b.sql
CREATE TABLE d ();
--- drizzle/0002_not_in_it.sql
CREATE TABLE e ();
""",
        Framework.DRIZZLE,
        (
            "0001_b ALL: CREATE TABLE d ()@1",
            "0000_a ALL: CREATE TABLE a ()@1; CREATE TABLE b ()@2; CREATE TABLE c ()@4",
            "0002_not_in_it ALL: CREATE TABLE e ()@1",
        ),
    ),
    (
        "Drizzle's newer layout has a folder for each",
        """\
--- drizzle.config.ts
export default { dialect: "postgresql", out: "./drizzle" };
--- drizzle/20250102000000_b/migration.sql
CREATE TABLE b ();
--- drizzle/20250102000000_b/snapshot.json
{}
--- drizzle/20250101000000_a/migration.sql
CREATE TABLE a ();
--- drizzle/20250101000000_a/snapshot.json
{}
""",
        Framework.DRIZZLE,
        (
            "20250101000000_a ALL: CREATE TABLE a ()@1",
            "20250102000000_b ALL: CREATE TABLE b ()@1",
        ),
    ),
    (
        "Supabase's files are known by their folder",
        """\
--- supabase/migrations/20240101000000_a.sql
CREATE TABLE a ();
--- supabase/migrations/notes.sql
SELECT 1;
""",
        Framework.SUPABASE,
        ("20240101000000 FILE: CREATE TABLE a ()@1",),
    ),
    (
        "Flyway orders by number, undoes by U, and repeats R at the end",
        """\
--- src/main/resources/db/migration/V10__c.sql
CREATE TABLE c ();
--- src/main/resources/db/migration/V2_1__b.sql
CREATE TABLE b ();
--- src/main/resources/db/migration/sub/V2__a.sql
CREATE TABLE a ();
--- src/main/resources/db/migration/U2__a.sql
DROP TABLE a;
--- src/main/resources/db/migration/R__view.sql
CREATE OR REPLACE VIEW v AS SELECT 1;
--- src/main/java/db/migration/V3__Code.java
class V3__Code {}
""",
        Framework.FLYWAY,
        (
            "2 FILE: CREATE TABLE a ()@1 / DROP TABLE a@1",
            "2.1 FILE: CREATE TABLE b ()@1",
            "3 FILE: <a migration in java>",
            "10 FILE: CREATE TABLE c ()@1",
            " FILE: CREATE OR REPLACE VIEW v AS SELECT 1@1",
        ),
    ),
    (
        "Flyway opens no transaction around what cannot run in one, nor where the file says so",
        """\
--- sql/V1__a.sql
CREATE INDEX CONCURRENTLY i ON a (b);
--- sql/V2__b.sql
CREATE TABLE b ();
--- sql/V2__b.sql.conf
executeInTransaction=false
""",
        Framework.FLYWAY,
        (
            "1 NONE: CREATE INDEX CONCURRENTLY i ON a (b)@1",
            "2 NONE: CREATE TABLE b ()@1",
        ),
    ),
    (
        "golang-migrate pairs its files, and sends each as one string",
        """\
--- go.mod
module app
--- db/2_b.up.sql
BEGIN;
CREATE TABLE b ();
COMMIT;
--- db/10_c.up.sql
CREATE TABLE c ();
--- db/2_b.down.sql
DROP TABLE b;
""",
        Framework.GOLANG_MIGRATE,
        (
            "2 NONE: BEGIN@1; CREATE TABLE b ()@2; COMMIT@3 / DROP TABLE b@1",
            "10 STRING: CREATE TABLE c ()@1",
        ),
    ),
    (
        "goose's sections, whatever stands between them",
        """\
--- db/00001_a.sql
-- +goose Up
CREATE TABLE a ();
-- +goose StatementBegin
CREATE TABLE b ();
-- +goose StatementEnd
-- +goose Down
DROP TABLE b;
DROP TABLE a;
--- db/00002_b.sql
-- +goose NO TRANSACTION
-- +goose up
CREATE INDEX CONCURRENTLY i ON a (b);
--- db/00003_c.go
func init() { goose.AddMigrationContext(up, nil) }
--- db/00004_d.sql
CREATE TABLE d ();
""",
        Framework.GOOSE,
        (
            "00001 FILE: CREATE TABLE a ()@2; CREATE TABLE b ()@4 / DROP TABLE b@7; DROP TABLE a@8",
            "00002 NONE: CREATE INDEX CONCURRENTLY i ON a (b)@3",
            "00003 FILE: <a migration in Go>",
            "00004 FILE: !it has no line `-- +goose Up`",
        ),
    ),
    (
        "dbmate's sections; without a transaction it is still one string",
        """\
--- db/migrations/20240101000000_a.sql
-- migrate:up
CREATE TABLE a ();

-- migrate:down
DROP TABLE a;
--- db/migrations/20240102000000_b.sql
-- migrate:up transaction:false
CREATE INDEX CONCURRENTLY i ON a (b);
-- migrate:down
""",
        Framework.DBMATE,
        (
            "20240101000000 FILE: CREATE TABLE a ()@2 / DROP TABLE a@5",
            "20240102000000 STRING: CREATE INDEX CONCURRENTLY i ON a (b)@2 / ",
        ),
    ),
    (
        "sqlx knows files with and without a down, and a first line",
        """\
--- Cargo.toml
[dependencies]
sqlx = "0.8"
--- migrations/1_a.up.sql
CREATE TABLE a ();
--- migrations/1_a.down.sql
DROP TABLE a;
--- migrations/2_b.sql
-- no-transaction
CREATE INDEX CONCURRENTLY i ON a (b);
""",
        Framework.SQLX,
        (
            "1 FILE: CREATE TABLE a ()@1 / DROP TABLE a@1",
            "2 STRING: CREATE INDEX CONCURRENTLY i ON a (b)@2",
        ),
    ),
    (
        "diesel's folders, and one that opens no transaction",
        """\
--- migrations/2024-01-01-000000_a/up.sql
CREATE TABLE a ();
--- migrations/2024-01-01-000000_a/down.sql
DROP TABLE a;
--- migrations/2024-01-02-000000_b/up.sql
CREATE INDEX CONCURRENTLY i ON a (b);
--- migrations/2024-01-02-000000_b/metadata.toml
run_in_transaction = false
""",
        Framework.DIESEL,
        (
            "20240101000000 FILE: CREATE TABLE a ()@1 / DROP TABLE a@1",
            "20240102000000 STRING: CREATE INDEX CONCURRENTLY i ON a (b)@1",
        ),
    ),
    (
        "Sqitch goes by its plan; what was reworked is kept under its tag",
        """\
--- sqitch.conf
[core]
	engine = pg
--- sqitch.plan
%syntax-version=1.0.0
%project=app

users 2024-01-01T00:00:00Z A <a@example.com> # users
@v1 2024-01-02T00:00:00Z A <a@example.com>
email [users] 2024-01-03T00:00:00Z A <a@example.com>
users [users@v1] 2024-01-04T00:00:00Z A <a@example.com>
--- deploy/users.sql
BEGIN;
CREATE TABLE users (a int);
COMMIT;
--- deploy/users@v1.sql
CREATE TABLE users ();
--- deploy/email.sql
ALTER TABLE users ADD email text;
--- revert/email.sql
ALTER TABLE users DROP email;
""",
        Framework.SQITCH,
        (
            "users@v1 NONE: CREATE TABLE users ()@1",
            "email NONE: ALTER TABLE users ADD email text@1 / ALTER TABLE users DROP email@1",
            "users NONE: BEGIN@1; CREATE TABLE users (a int)@2; COMMIT@3",
        ),
    ),
    (
        "plain files go by the numbers in their names; downs lie beside",
        """\
--- db/migrations/2_b.sql
CREATE TABLE b ();
--- db/migrations/10_c.sql
CREATE TABLE c ();
--- db/migrations/rollback/2_b.sql
DROP TABLE b;
--- db/migrations/schema.sql
CREATE TABLE everything ();
""",
        Framework.PLAIN,
        ("2 STRING: CREATE TABLE b ()@1 / DROP TABLE b@1", "10 STRING: CREATE TABLE c ()@1"),
    ),
    (
        "plain files in two sections",
        """\
--- migrations/1_a.sql
-- +migrate Up
CREATE TABLE a ();
-- +migrate Down
DROP TABLE a;
--- migrations/2_b.sql
CREATE TABLE b ();
---- create above / drop below ----
DROP TABLE b;
--- migrations/3_c.sql
CREATE TABLE c ();
-- Down
DROP TABLE c;
--- migrations/4_d.sql
# --- !Ups
CREATE TABLE d ();
# --- !Downs
DROP TABLE d;
""",
        Framework.PLAIN,
        (
            "1 STRING: CREATE TABLE a ()@2 / DROP TABLE a@4",
            "2 STRING: CREATE TABLE b ()@1 / DROP TABLE b@3",
            "3 STRING: CREATE TABLE c ()@1 / DROP TABLE c@3",
            "4 STRING: CREATE TABLE d ()@2 / DROP TABLE d@4",
        ),
    ),
    (
        "plain files in folders of the product's versions",
        """\
--- store/migration/0.10/00_c.sql
CREATE TABLE c ();
--- store/migration/0.2/01_b.sql
CREATE TABLE b ();
--- store/migration/0.2/00_a.sql
CREATE TABLE a ();
""",
        Framework.PLAIN,
        (
            "0.2/00 STRING: CREATE TABLE a ()@1",
            "0.2/01 STRING: CREATE TABLE b ()@1",
            "0.10/00 STRING: CREATE TABLE c ()@1",
        ),
    ),
    (
        "the names of Postgrator",
        """\
--- migrations/001.do.sql
CREATE TABLE a ();
--- migrations/001.undo.sql
DROP TABLE a;
""",
        Framework.PLAIN,
        ("001 STRING: CREATE TABLE a ()@1 / DROP TABLE a@1",),
    ),
]


@pytest.mark.parametrize(
    ("text", "framework", "expected"), [r[1:] for r in READ], ids=[r[0] for r in READ]
)
def test_histories_are_read(text: str, framework: Framework, expected: tuple[str, ...]) -> None:
    history = only(text)
    assert (history.framework, told(history)) == (framework, expected)


NONE = [
    ("a test's", "--- tests/migrations/1_a.sql\nCREATE TABLE a ();\n"),
    ("other people's", "--- node_modules/x/migrations/1_a.sql\nCREATE TABLE a ();\n"),
    ("an example's", "--- examples/app/prisma/migrations/1_a/migration.sql\nSELECT 1;\n"),
    ("of ClickHouse", "--- clickhouse/migrations/1_a.up.sql\nCREATE TABLE a ();\n"),
    ("of H2", "--- src/main/resources/db/migration/h2/V1__a.sql\nCREATE TABLE a ();\n"),
    ("queries", "--- sql/users.sql\nSELECT 1;\n--- sql/orders.sql\nSELECT 2;\n"),
    ("one numbered query", "--- sql/10_biggest.sql\nSELECT 1;\n"),
    ("a changelog of words", "--- CHANGELOG.yaml\n- version: 1\n"),
    (
        "of SQL Server",
        (
            '--- p/migrations/migration_lock.toml\nprovider = "sqlserver"\n'
            "--- p/migrations/1_a/migration.sql\nSELECT 1;\n"
        ),
    ),
]


@pytest.mark.parametrize("text", [row[1] for row in NONE], ids=[row[0] for row in NONE])
def test_what_is_no_history_is_not_read(text: str) -> None:
    assert not histories(text)


def test_supabase_takes_out_of_the_transaction_what_cannot_run_in_one() -> None:
    text = (
        "--- supabase/migrations/1_a.sql\n"
        "CREATE TABLE a (b int);\n-- why\nCREATE INDEX CONCURRENTLY i ON a (b);\n"
    )
    outside = [each.is_outside for each in only(text).migrations[0].up.statements]
    assert outside == [False, True]
    old = f'--- package.json\n{{"devDependencies": {{"supabase": "2.90.0"}}}}\n{text}'
    assert not any(each.is_outside for each in only(old).migrations[0].up.statements)


def test_one_folder_of_two_engines_is_two_histories() -> None:
    text = "".join(
        f"--- db/upgrade/1.{n}-{name}.sql\nCREATE TABLE a (b int);\n"
        for n in (1, 2)
        for name in ("mysql", "pg", "oracle")
    ).replace("db/upgrade", "db/upgrades")
    assert {each.engine for each in histories(text)} == {Engine.MYSQL, Engine.POSTGRESQL}
    assert {len(each.migrations) for each in histories(text)} == {2}


def test_a_folder_that_the_settings_name_is_one_whatever_its_files_are_called() -> None:
    known = files("--- queries/b.sql\nSELECT 1;\n--- queries/a.sql\nSELECT 1;\n")
    found = found_in("./queries/", known)
    assert found is not None
    assert found.paths == ("queries/a.sql", "queries/b.sql")
    assert found_in("elsewhere", known) is None


@pytest.mark.parametrize(
    ("text", "late"),
    [
        ("--- sql/V1__a.sql\nSELECT 1;\n", Late.REFUSES),
        ("--- flyway.conf\nflyway.outOfOrder=true\n--- sql/V1__a.sql\nSELECT 1;\n", Late.RUNS),
        ("--- a/1_a.up.sql\nSELECT 1;\n", Late.SKIPS),
        ("--- a/1_a.sql\n-- +goose Up\nSELECT 1;\n", Late.REFUSES),
        ("--- a/1_a.sql\n-- migrate:up\nSELECT 1;\n", Late.RUNS),
        ("--- supabase/migrations/1_a.sql\nSELECT 1;\n", Late.REFUSES),
    ],
)
def test_what_becomes_of_a_late_one_is_known(text: str, late: Late) -> None:
    assert only(text).late is late


def test_what_a_script_says_of_a_tool_is_not_its_version() -> None:
    text = (
        '--- package.json\n{"scripts": {"a": "npx prisma migrate deploy 2>&1"},\n'
        f'"devDependencies": {{\n"prisma": "6.1.0"}}}}\n{PRISMA}'
        "--- prisma/migrations/1_a/migration.sql\n"
        "CREATE INDEX CONCURRENTLY i ON a (b);\nSELECT 1;\n"
    )
    assert told(only(text))[0].startswith("1_a STRING")


def test_a_history_that_begins_elsewhere_is_not_whole() -> None:
    assert only("--- migrations/7_a.sql\nCREATE TABLE a ();\n").is_whole
    assert not only("--- migrations/7_a.sql\nALTER TABLE a ADD b int;\n").is_whole
    assert not only("--- db/1_a.up.sql\nCREATE TYPE m AS ENUM ('x');\nDROP TABLE a;\n").is_whole
    dumped = "--- migrations/7_a.sql\nCREATE TABLE a ();\n--- migrations/LATEST.sql\nSELECT 1;\n"
    assert not only(dumped).is_whole
