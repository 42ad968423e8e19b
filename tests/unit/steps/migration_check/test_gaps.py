"""Pieces of new migrations that nobody could follow are told as such, once."""

from collections.abc import Mapping
from pathlib import Path

import pytest
from tests.unit.steps.migration_check.mended import ALEMBIC, DJANGO, GOOSE
from tests.unit.steps.migration_check.migrated import migrated, observed

from launchready.facts.migrations import OpaqueFacts
from launchready.facts.rehearsal import RehearsalFacts
from launchready.model import FileLocation, Unchecked
from launchready.steps.migration_check.files import Files
from launchready.steps.migration_check.gaps import with_gaps

_ALEMBIC = (
    ALEMBIC
    + """\
--- migrations/versions/b2_change.py
from alembic import op
import os

revision = "b2"
down_revision = "a1"


def upgrade():
"""
)
_BUILT = "    op.execute(os.environ['SQL'])\n"
_READ = "    # launchready: ignore[code-not-followed] Ann has read it\n"
_PATH = "migrations/versions/b2_change.py"

CASES: Mapping[str, tuple[str, list[tuple[str, str]]]] = {
    "SQL that is built": (
        _ALEMBIC + _BUILT,
        [(f"{_PATH}:9", "op.execute is not followed (its SQL is built when it runs): ")],
    ),
    "two pieces of one migration": (
        _ALEMBIC + _BUILT + _BUILT,
        [(f"{_PATH}:9", "op.execute is not followed (its SQL is built when it runs), nor is one ")],
    ),
    "three": (
        _ALEMBIC + _BUILT * 3,
        [(f"{_PATH}:9", "op.execute is not followed (its SQL is built when it runs), nor are 2 ")],
    ),
    "one that somebody has read": (_ALEMBIC + _READ + _BUILT, []),
    "one of two": (
        _ALEMBIC + _READ + _BUILT + "\n" + _BUILT,
        [(f"{_PATH}:12", "op.execute is not followed (its SQL is built when it runs): ")],
    ),
    "a migration in Go": (
        GOOSE + "--- db/20260102000000_go.go\npackage db\n",
        [("db/20260102000000_go.go:1", "a migration in Go is not followed: ")],
    ),
    "code that changes rows": (
        DJANGO
        + """\
--- shop/migrations/0002_fill.py
from django.db import migrations

def fill(apps, schema_editor):
    for each in apps.get_model("shop", "Order").objects.all():
        each.save()

class Migration(migrations.Migration):
    dependencies = [("shop", "0001_initial")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
""",
        [],
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_what_is_unchecked(name: str, tmp_path: Path) -> None:
    text, expected = CASES[name]
    told = [each for each in observed(tmp_path, text) if isinstance(each, Unchecked)]
    assert [each.target for each in told] == [target for target, _ in expected]
    assert all(a.reason.startswith(b) for a, (_, b) in zip(told, expected, strict=True))
    assert all("ignore[code-not-followed]" in each.hint for each in told)


def test_the_comment_that_accepts_it_is_of_use(tmp_path: Path) -> None:
    """There is a finding that it accepts, so that it is not told of as unused."""
    rule = "code-not-followed"
    found = migrated(tmp_path / "read", _ALEMBIC + _READ + _BUILT)
    assert [each.location.line for each in found if each.rule == rule and
            isinstance(each.location, FileLocation)] == [10]  # fmt: skip
    assert rule not in [each.rule for each in migrated(tmp_path / "not", _ALEMBIC + _BUILT)]


@pytest.mark.parametrize(("skipped", "count"), [((), 0), (("op.execute",), 1)])
def test_a_rehearsal_that_ran_it_has_seen_it(
    skipped: tuple[str, ...], count: int, tmp_path: Path
) -> None:
    seen = [each for each in observed(tmp_path, _ALEMBIC + _BUILT) if isinstance(each, OpaqueFacts)]
    ran = RehearsalFacts(
        key=seen[0].migration.key, path=_PATH, location=seen[0].opaque.place, server="15",
        skipped=skipped,
    )  # fmt: skip
    told = [e for e in with_gaps((*seen, ran), Files(())) if isinstance(e, Unchecked)]
    assert len(told) == count
