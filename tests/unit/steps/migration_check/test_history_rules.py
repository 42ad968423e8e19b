"""Rules on the history: what was merged stays, what is new comes last, and there is a way back."""

from pathlib import Path

import pytest
from tests.unit.steps.migration_check.mended import DJANGO
from tests.unit.steps.migration_check.migrated import fires, migrated, silent

USERS = "CREATE TABLE users (id bigint PRIMARY KEY);"
PAIR = f"--- db/1_a.up.sql\n{USERS}\n--- db/1_a.down.sql\nDROP TABLE users;\n"
FILL = (
    DJANGO
    + """\
--- shop/migrations/0002_fill.py
from django.db import migrations

def fill(apps, schema_editor):
    for each in apps.get_model("shop", "Order").objects.filter(total=None):
        each.save()

class Migration(migrations.Migration):
    dependencies = [("shop", "0001_initial")]
    operations = [migrations.RunPython(fill)]
"""
)
FIRES = [
    (
        "edited-after-merge",
        "another column",
        (
            f"--- migrations/1_a.sql\n{USERS}\n=== new\n--- migrations/1_a.sql\n"
            f"{USERS[:-2]}, a int);\n"
        ),
        "'1_a.sql' was changed after it was merged",
    ),
    (
        "edited-after-merge",
        "a comment, where the tool keeps checksums",
        f"--- sql/V1__a.sql\n{USERS}\n=== new\n--- sql/V1__a.sql\n-- users\n{USERS}\n",
        "'V1__a.sql' was changed after it was merged",
    ),
    (
        "edited-after-merge",
        "one changeSet of a file that grows",
        (
            "--- changelog/a.sql\n--liquibase formatted sql\n--changeset a:1\nSELECT 1;\n=== new\n"
            "--- changelog/a.sql\n--liquibase formatted sql\n--changeset a:1\nSELECT 2;\n"
            "--changeset a:2\nSELECT 3;\n"
        ),
        "'a:1' was changed after it was merged",
    ),
    (
        "deleted-or-renamed-applied-file",
        "renamed",
        (
            f"--- migrations/1_a.sql\n{USERS}\n=== new\n--- migrations/1_a.sql\n"
            f"--- migrations/2_a.sql\n{USERS}\n"
        ),
        (
            "'migrations/1_a.sql' of the base branch is called 'migrations/2_a.sql' now,"
            " so that it runs again"
        ),
    ),
    (
        "deleted-or-renamed-applied-file",
        "two are told together",
        (
            f"--- migrations/1_a.sql\n{USERS}\n--- migrations/2_b.sql\nSELECT 1;\n"
            "--- migrations/3_c.sql\nSELECT 2;\n=== new\n--- migrations/2_b.sql\n"
            "--- migrations/3_c.sql\n"
        ),
        "'migrations/2_b.sql' and 1 more of the base branch is deleted",
    ),
    (
        "duplicate-version",
        "Flyway takes 2 and 2.0 for the same",
        (
            f"--- sql/V1__a.sql\n{USERS}\n--- sql/V2__b.sql\nSELECT 1;\n=== new\n"
            "--- sql/V2.0__c.sql\nSELECT 2;\n"
        ),
        "version '2.0' is taken: 'V2__b.sql' has it too",
    ),
    (
        "out-of-order",
        "Drizzle looks at the time in its journal, not at the names",
        (
            '--- d/meta/_journal.json\n{"entries": [{"when": 9, "tag": "0000_a"}]}\n'
            f"--- d/0000_a.sql\n{USERS}\n=== new\n--- d/meta/_journal.json\n"
            '{"entries": [{"when": 9, "tag": "0000_a"}, {"when": 8, "tag": "0001_b"}]}\n'
            "--- d/0001_b.sql\nSELECT 1;\n"
        ),
        (
            "'0001_b.sql' comes before '0000_a.sql', which was there before:"
            " it never runs, and nothing says so"
        ),
    ),
    (
        "out-of-order",
        "goose refuses",
        (
            f"--- db/1_a.sql\n-- +goose Up\n{USERS}\n--- db/3_c.sql\n-- +goose Up\nSELECT 1;\n"
            "=== new\n--- db/2_b.sql\n-- +goose Up\nSELECT 2;\n"
        ),
        "'2_b.sql' comes before '3_c.sql', which was there before: the tool refuses to go on",
    ),
    (
        "journal-mismatch",
        "an entry without its file",
        (
            '--- d/meta/_journal.json\n{"entries": [{"when": 9, "tag": "0000_a"}]}\n'
            f"--- d/0000_a.sql\n{USERS}\n=== new\n--- d/meta/_journal.json\n"
            '{"entries": [{"when": 9, "tag": "0000_a"}, {"when": 10, "tag": "0001_b"}]}\n'
        ),
        "the journal names '0001_b', and there is no file '0001_b'.sql",
    ),
    (
        "journal-mismatch",
        "Prisma's lock is for another database",
        (
            '--- p/schema.prisma\ndatasource db {\n  provider = "postgresql"\n}\n'
            '--- p/migrations/migration_lock.toml\nprovider = "cockroachdb"\n'
            f"--- p/migrations/1_a/migration.sql\n{USERS}\n=== new\n"
            "--- p/migrations/2_b/migration.sql\nSELECT 1;\n"
        ),
        "the lock file is for 'cockroachdb', the schema's datasource for 'postgresql'",
    ),
    (
        "missing-down",
        "where the others have one",
        f"{PAIR}=== new\n--- db/2_b.up.sql\nDROP TABLE a;\n",
        "'2_b.up.sql' has no down",
    ),
    (
        "missing-down",
        "rows are moved and a column is gone",
        f"{PAIR}=== new\n--- db/2_b.up.sql\nUPDATE users SET id = 2;\nDROP TABLE users;\n",
        "'2_b.up.sql' has no down",
    ),
    (
        "data-without-down",
        "code that Django cannot take back",
        FILL,
        "'0002_fill.py' cannot be undone: a RunPython has no reverse_code",
    ),
    (
        "empty-down",
        "only a comment",
        (
            f"{PAIR}=== new\n--- db/2_b.up.sql\nALTER TABLE users ADD a int;\n"
            "--- db/2_b.down.sql\n-- nothing\n"
        ),
        "the down of '2_b.up.sql' does nothing",
    ),
]


@pytest.mark.parametrize(
    ("rule", "text", "message"),
    [(r[0], r[2], r[3]) for r in FIRES],
    ids=[f"{r[0]}: {r[1]}" for r in FIRES],
)
def test_it_fires(rule: str, text: str, message: str, tmp_path: Path) -> None:
    assert [finding.message for finding in fires(tmp_path, rule, text)] == [message]


SILENT = [
    (
        "edited-after-merge",
        "a comment, where nobody keeps checksums",
        f"--- migrations/1_a.sql\n{USERS}\n=== new\n--- migrations/1_a.sql\n-- users\n{USERS}\n",
    ),
    (
        "edited-after-merge",
        "a down is mended",
        f"{PAIR}=== new\n--- db/1_a.down.sql\nDROP TABLE IF EXISTS users;\n",
    ),
    (
        "edited-after-merge",
        "what is repeatable is there to be edited",
        (
            f"--- sql/V1__a.sql\n{USERS}\n--- sql/R__v.sql\nCREATE VIEW v AS SELECT 1;\n=== new\n"
            "--- sql/R__v.sql\nCREATE VIEW v AS SELECT 2;\n"
        ),
    ),
    (
        "edited-after-merge",
        "a changelog that grows",
        (
            "--- changelog/a.sql\n--liquibase formatted sql\n--changeset a:1\nSELECT 1;\n=== new\n"
            "--- changelog/a.sql\n--liquibase formatted sql\n--changeset a:1\nSELECT 1;\n"
            "--changeset a:2\nSELECT 3;\n"
        ),
    ),
    (
        "duplicate-version",
        "plain files are known by their names",
        f"--- migrations/1_a.sql\n{USERS}\n=== new\n--- migrations/1_b.sql\nSELECT 1;\n",
    ),
    (
        "duplicate-version",
        "two that the base has already",
        f"{PAIR}--- db/1_b.up.sql\nSELECT 1;\n=== new\n--- db/2_c.up.sql\nSELECT 2;\n",
    ),
    (
        "out-of-order",
        "dbmate runs it after the newer ones",
        (
            f"--- db/1_a.sql\n-- migrate:up\n{USERS}\n--- db/3_c.sql\n-- migrate:up\nSELECT 1;\n"
            "=== new\n--- db/2_b.sql\n-- migrate:up\nSELECT 2;\n"
        ),
    ),
    (
        "missing-down",
        "a project that writes none",
        f"--- db/1_a.up.sql\n{USERS}\n=== new\n--- db/2_b.up.sql\nDROP TABLE users;\n",
    ),
    (
        "missing-down",
        "only rows are moved",
        FILL,
    ),
    (
        "data-without-down",
        "code of which nobody knows what it changes",
        FILL.replace("each.save()", "mend(schema_editor)"),
    ),
    (
        "empty-down",
        "of a change of rows",
        (
            f"{PAIR}=== new\n--- db/2_b.up.sql\nUPDATE users SET id = 2 WHERE id = 1;\n"
            "--- db/2_b.down.sql\n-- nothing\n"
        ),
    ),
]


@pytest.mark.parametrize(
    ("rule", "text"), [(r[0], r[2]) for r in SILENT], ids=[f"{r[0]}: {r[1]}" for r in SILENT]
)
def test_it_is_silent(rule: str, text: str, tmp_path: Path) -> None:
    silent(tmp_path, rule, text)


def test_with_all_each_migration_is_deployed_by_itself(tmp_path: Path) -> None:
    """Drizzle's one transaction around all that is pending holds no lock of years ago."""
    add, move = "ALTER TABLE users ADD a int;\n", "UPDATE users SET id = -id;\n"
    entries = ", ".join(f'{{"when": {n}, "tag": "000{n}"}}' for n in range(3))
    text = (
        f'--- d/meta/_journal.json\n{{"entries": [{entries}]}}\n--- d/0000.sql\n{USERS}\n'
        f"=== new\n--- d/0001.sql\n{add}--- d/0002.sql\n{move}"
    )
    pending, alone = (
        [each.rule for each in migrated(tmp_path / name, text, all=name == "all")]
        for name in ("new", "all")
    )
    assert "backfill-in-ddl-transaction" in pending
    assert "backfill-in-ddl-transaction" not in alone
