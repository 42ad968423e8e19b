"""Statements of PostgreSQL beside what is told of them, where a rule's own examples do not say."""

from pathlib import Path

import pytest
from tests.lab.judged import judged, told
from tests.unit.steps.migration_check.migrated import fires, silent

from launchready.model import Finding

BASE = """
CREATE TABLE parts (id bigint PRIMARY KEY, size int, name text);
CREATE TABLE stock (id bigint PRIMARY KEY, size int, part bigint NOT NULL);
CREATE VIEW sizes AS SELECT p.size, s.part FROM parts p JOIN stock s ON s.part = p.id;
CREATE TABLE far (id bigint) TABLESPACE slow;
CREATE TABLE parents (id bigint PRIMARY KEY);
CREATE TABLE children (parent bigint REFERENCES parents);
CREATE MATERIALIZED VIEW sums AS SELECT id AS part FROM stock;
CREATE FUNCTION f(a int) RETURNS int LANGUAGE sql AS 'SELECT 1';
"""


def rules_of(sql: str, *, mode: str = "transaction") -> set[str]:
    return told({"setup": BASE, "sql": sql, "mode": mode}, 16)


@pytest.mark.parametrize(
    ("sql", "rule"),
    [
        ("DO $$ BEGIN RAISE EXCEPTION 'no'; END $$", "statement-refused"),
        ("DROP OWNED BY intern", "drop-owned"),
        (f'CREATE TABLE "{chr(0x1F468) * 16}" (id bigint PRIMARY KEY)', "identifier-too-long"),
        ("DELETE FROM parents WHERE id = 1", "delete-may-fail-on-references"),
        ("ALTER TABLE parts ADD CHECK (size > 0) NOT ENFORCED", "statement-refused"),
        ("ALTER TABLE parts ADD COLUMN a int CHECK (a > 0) NOT ENFORCED", "statement-refused"),
        ("ALTER TABLE far SET TABLESPACE pg_default", "set-unlogged-rewrite"),
        (
            "ALTER TABLE parts SET TABLESPACE a; ALTER TABLE parts SET TABLESPACE pg_default",
            "set-unlogged-rewrite",
        ),
        (
            (
                "ALTER TABLE unseen VALIDATE CONSTRAINT a_positive;"
                " ALTER TABLE unseen ALTER COLUMN a SET NOT NULL"
            ),
            "set-not-null",
        ),
        ("ALTER TABLE parts ALTER COLUMN size TYPE bigint", "blocked-by-view"),
        ("CREATE OR REPLACE VIEW sizes AS SELECT part FROM stock", "statement-refused"),
        (
            "CREATE OR REPLACE FUNCTION f(b int) RETURNS text LANGUAGE sql AS ''",
            "statement-refused",
        ),
        (
            "CREATE TRIGGER t BEFORE UPDATE ON stock FOR EACH ROW EXECUTE FUNCTION touch()",
            "trigger-breaks-writes",
        ),
        ("DROP TABLE notes; CREATE TABLE notes (id bigint)", "drop-table"),
        ("UPDATE stock SET size = 1 WHERE part IS NOT NULL", "dml-without-where"),
        (
            "UPDATE stock SET size = p.size FROM parts p WHERE p.id = stock.part",
            "dml-without-where",
        ),
        (
            "MERGE INTO stock s USING parts p ON p.id = s.part WHEN MATCHED THEN DELETE",
            "dml-without-where",
        ),
        (
            (
                "DO $$ DECLARE r record; BEGIN FOR r IN SELECT * FROM parts LOOP"
                " UPDATE stock SET size = 1 WHERE part = r.id; END LOOP; END $$"
            ),
            "dml-without-where",
        ),
    ],
)
def test_it_is_told(sql: str, rule: str) -> None:
    assert rule in rules_of(sql)


@pytest.mark.parametrize(
    "sql",
    [
        "ALTER TABLE stock ALTER COLUMN size TYPE bigint USING size",
        "ALTER TABLE parts SET TABLESPACE pg_default",
        "CREATE INDEX ON sums (part)",
        "DELETE FROM children WHERE parent = 1; DELETE FROM parents WHERE id = 1",
        "DELETE FROM children WHERE parent = 1",
        (
            "ALTER TABLE unseen VALIDATE CONSTRAINT a_not_null;"
            " ALTER TABLE unseen ALTER COLUMN a SET NOT NULL"
        ),
        "CREATE OR REPLACE VIEW sizes AS SELECT p.size, p.id AS part, p.name FROM parts p",
        "CREATE OR REPLACE FUNCTION f(b text) RETURNS text LANGUAGE sql AS ''",
        "UPDATE stock SET size = 1 WHERE size IS NOT NULL",
        "UPDATE stock SET size = p.size FROM parts p WHERE p.id = stock.part AND p.name = 'x'",
        (
            "DO $$ DECLARE r record; BEGIN FOR r IN SELECT * FROM parts WHERE size = 1 LOOP"
            " UPDATE stock SET size = 1 WHERE part = r.id; END LOOP; END $$"
        ),
        "ALTER POLICY all_notes ON notes USING (true)",
        "CREATE TRIGGER t BEFORE UPDATE ON profiles FOR EACH ROW EXECUTE FUNCTION touch()",
        "SAVEPOINT a; DROP TABLE notes; ROLLBACK TO a; ALTER TABLE notes ADD COLUMN b text",
    ],
)
def test_it_is_not_told(sql: str) -> None:
    assert not rules_of(sql) - {"change-type-rewrite"}


def test_what_a_script_takes_back_is_there_again() -> None:
    taken = "BEGIN; DROP TABLE notes; ROLLBACK; DROP TABLE notes;"
    assert "drop-table" not in rules_of("BEGIN; DROP TABLE notes; ROLLBACK;", mode="outside")
    assert "drop-table" in rules_of(taken, mode="outside")


def test_rows_changed_one_statement_after_the_other_are_told_once(tmp_path: Path) -> None:
    text = (
        "BEGIN; ALTER TABLE users ADD COLUMN kind text;"
        " UPDATE users SET kind = 'a' WHERE age < 9; UPDATE users SET kind = 'b' WHERE age > 9;"
        " ALTER TABLE users ADD COLUMN more text; UPDATE users SET more = 'c' WHERE age > 9;"
    )
    assert len(fires(tmp_path, "backfill-in-ddl-transaction", text)) == 2


@pytest.mark.parametrize(
    "sql",
    [
        "ALTER TABLE users DROP CONSTRAINT once, ADD CONSTRAINT twice UNIQUE (age, name, mood)",
        "DROP INDEX old; CREATE UNIQUE INDEX new ON users (nickname) WHERE age > 1",
    ],
)
def test_rows_that_were_unique_up_to_here_are_no_trouble(sql: str, tmp_path: Path) -> None:
    base = (
        "--- migrations/0001.sql\nCREATE TABLE users (id bigint, age int, name text, mood text,"
        " nickname text, CONSTRAINT once UNIQUE (age, name)); "
        "CREATE UNIQUE INDEX old ON users (nickname);\n=== new\n--- migrations/0002.sql\n"
    )
    silent(tmp_path / "both", "unique-may-fail-on-duplicates", f"{base}{sql};\n")
    fires(
        tmp_path / "other",
        "unique-may-fail-on-duplicates",
        f"{base}{sql.replace('(age, name, mood)', '(mood)').replace('(nickname)', '(mood)')};\n",
    )


def test_an_enum_that_takes_anothers_place_and_name_is_the_same_to_code() -> None:
    swapped = (
        "CREATE TYPE mood_new AS ENUM ('calm', 'wild', 'odd');"
        "ALTER TABLE users ALTER COLUMN mood TYPE mood_new USING (mood::text::mood_new);"
    )
    back = "ALTER TYPE mood RENAME TO mood_old; ALTER TYPE mood_new RENAME TO mood;"
    assert "change-type-breaks-code" in rules_of(swapped)
    assert "change-type-breaks-code" not in rules_of(swapped + back)
    assert "change-type-rewrite" in rules_of(swapped + back)


def test_a_type_that_only_code_tells_is_a_doubt() -> None:
    rules = rules_of('ALTER TABLE parts ALTER COLUMN name TYPE "?"')
    assert {"change-type-unknown"} <= rules
    assert not rules & {"change-type-rewrite", "change-type-breaks-code"}


@pytest.mark.parametrize(
    ("sql", "mode", "is_told"),
    [
        ("BEGIN; BEGIN; SELECT 1; COMMIT;", "outside", True),
        ("BEGIN; SELECT 1; COMMIT; COMMIT;", "outside", True),
        ("BEGIN; SELECT 1; COMMIT;", "outside", False),
        ("BEGIN;\nSELECT 1;\nCOMMIT;\n", "transaction", True),
        ("COMMIT;\nCREATE INDEX CONCURRENTLY a ON parts (size);\n", "transaction", False),
        ("DO $$ BEGIN COMMIT; END $$;", "outside", False),
    ],
)
def test_transactions_that_nobody_meant(sql: str, mode: str, is_told: bool) -> None:
    assert ("transaction-nesting" in rules_of(sql, mode=mode)) is is_told


@pytest.mark.parametrize("base", ["", "CREATE TABLE a (id bigint PRIMARY KEY);"])
def test_reindex_of_a_schema_is_told_where_no_table_is_known(base: str) -> None:
    found = judged(base, "REINDEX SCHEMA public;", mode="outside")
    assert "reindex-not-concurrent" in {each.rule for each in found if isinstance(each, Finding)}
