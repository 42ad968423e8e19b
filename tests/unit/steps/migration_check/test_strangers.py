"""Migrations that are not read yet are told, and those of the base are no news."""

from pathlib import Path

import pytest
from tests.unit.steps.migration_check.migrated import observed

from launchready.model import Unchecked

CASES = {
    "MikroORM": (
        "migrations/1_a.ts",
        (
            "import { Migration } from '@mikro-orm/migrations';\n"
            "export class A extends Migration { async up() { this.addSql('SELECT 1'); } }\n"
        ),
    ),
    "Kysely": ("migrations/1_a.ts", "export async function up(db: Kysely<any>) {}\n"),
    "db-migrate": ("migrations/1_a.js", "exports.setup = (o) => { dbm = o.dbmigrate; };\n"),
}


def told(folder: Path, text: str) -> list[str]:
    return [
        each.reason
        for each in observed(folder, text)
        if isinstance(each, Unchecked) and "not read yet" in each.reason
    ]


@pytest.mark.parametrize("tool", CASES)
def test_a_new_one_is_unchecked(tool: str, tmp_path: Path) -> None:
    path, text = CASES[tool]
    seen = told(tmp_path, f"--- README.md\nhi\n=== new\n--- {path}\n{text}")
    assert seen == [f"migrations of {tool} are not read yet"]


@pytest.mark.parametrize("tool", CASES)
def test_one_of_the_base_is_no_news(tool: str, tmp_path: Path) -> None:
    path, text = CASES[tool]
    assert not told(tmp_path, f"--- {path}\n{text}=== new\n--- README.md\nhi\n")


def test_other_scripts_are_none(tmp_path: Path) -> None:
    assert not told(tmp_path, "--- a.md\na\n=== new\n--- src/migrations/all.ts\nexport {};\n")
