"""`migration-check` says how many migrations it judged, and how to have the others judged."""

import json

import pytest
from tests.integration.command import launchready
from tests.repository import Repository

OLD = {"migrations/001_users.sql": "CREATE TABLE users (id bigint PRIMARY KEY, name text);\n"}
NEW = {"migrations/002_name.sql": "CREATE INDEX by_name ON users (name);\n"}


@pytest.fixture
def deployed(shop: Repository) -> Repository:
    """The shop on a branch, with one migration, which the default branch has too."""
    shop.commit(OLD)
    shop.branch("change")
    return shop


def test_a_pass_without_a_new_one_says_that_none_was_judged(deployed: Repository) -> None:
    done = launchready("migration-check", folder=deployed.path)
    assert done.code == 0
    told = " ".join(done.stdout.split())
    assert "Looked at 1 migration in " in told
    assert "; none is new since main, so none was judged; `migration-check --all` judges" in told


def test_new_ones_are_counted_and_told_to_other_steps(deployed: Repository) -> None:
    deployed.commit(NEW)
    done = launchready("migration-check", "--report", "json=out.json", folder=deployed.path)
    assert done.code == 1
    assert "; 1 new since main\n" in done.stdout
    facts = json.loads((deployed.path / "out.json").read_text("utf-8"))["facts"]
    assert (facts["migrations"], facts["new_migrations"]) == (2, 1)


def test_where_all_are_judged_nothing_more_is_said(deployed: Repository) -> None:
    done = launchready("migration-check", "--all", folder=deployed.path)
    assert "Looked at 1 migration in " in done.stdout
    assert "new since" not in done.stdout
