"""`migration-check --fix` on a real server and at the command line."""

from collections.abc import Mapping
from pathlib import Path

import pytest
from tests.integration.command import Done, launchready
from tests.postgres import INSTALLED
from tests.repository import Repository
from tests.unit.steps.migration_check.given import read
from tests.unit.steps.migration_check.mended import CASES
from tests.unit.steps.migration_check.migrated import files_of

from launchready.gateways.postgres.server import PostgresServer
from launchready.steps.migration_check.files import Files
from launchready.steps.migration_check.rehearsal.postgres_running import Run
from launchready.steps.migration_check.rehearsal.snapshot import shape_of


def ran(
    postgres: PostgresServer, files: Mapping[str, str], *, base: int
) -> tuple[frozenset[str], frozenset[str]]:
    """The shape of a database after all migrations, and after all but the `base` first are taken
    back.
    """
    known = Files(files, {path: text.encode() for path, text in files.items()})
    (history,) = read(known)
    database = postgres.create_database()
    try:
        with postgres.connect(database) as session:
            downs = [each.down for each in reversed(history.migrations[base:]) if each.down]
            shapes = []
            for scripts in ([each.up for each in history.migrations], downs):
                for script in scripts:
                    done = Run(session, {}, {})
                    list(done.all(script))
                    assert done.error is None, done.error
                shapes.append(shape_of(session))
            return shapes[0], shapes[1]
    finally:
        postgres.drop_database(database)


@pytest.mark.parametrize("postgres", [INSTALLED], indirect=True)
@pytest.mark.parametrize("name", CASES)
def test_the_catalogue_is_the_same_in_the_end(postgres: PostgresServer, name: str) -> None:
    before, after = CASES[name]
    base, new = files_of(before)
    count = len(
        read(Files(base, {path: text.encode() for path, text in base.items()}))[0].migrations
    )
    wanted = ran(postgres, {**base, **new}, base=count)
    assert ran(postgres, {**base, **new, **files_of(after)[0]}, base=count) == wanted
    assert wanted[0] != ran(postgres, base, base=count)[0] or "rebuilt" in name


def run(shop: Repository, *words: str) -> Done:
    return launchready("migration-check", *words, folder=shop.path)


@pytest.fixture
def shop(tmp_path: Path) -> Repository:
    """A repository with two migrations that can be mended and one that cannot, on a branch."""
    repository = Repository.at(tmp_path / "shop")
    base, new = files_of(CASES["golang-migrate: NOT NULL"][0])
    repository.commit(base)
    repository.git("checkout", "--quiet", "-b", "change")
    repository.write(new)
    return repository


def test_it_says_what_it_wrote_and_ends_with_the_verdict(shop: Repository) -> None:
    done = run(shop, "--fix", "--format=json")
    assert "fixed db/migrations/0002_email.up.sql:1: set-not-null: " in done.stderr
    assert "wrote db/migrations/0003_email_validate.up.sql" in done.stderr
    assert "set-not-null" not in [each["rule"] for each in done.findings]
    again = run(shop, "--fix")
    assert "nothing to fix" in again.stderr


def test_a_diff_is_shown_and_nothing_is_written(shop: Repository) -> None:
    before = {path: path.read_bytes() for path in shop.path.rglob("*.sql")}
    done = run(shop, "--diff")
    assert done.code == 0
    assert {path: path.read_bytes() for path in shop.path.rglob("*.sql")} == before
    shop.git("apply", text=done.stdout)
    assert "nothing to fix" in run(shop, "--fix").stderr


def test_what_is_staged_stays_staged(shop: Repository) -> None:
    shop.git("add", ".")
    staged = shop.git("write-tree")
    run(shop, "--fix")
    assert shop.git("write-tree") == staged


def test_a_rule_that_is_off_is_not_mended(shop: Repository) -> None:
    shop.write({"launchready.yml": "version: 1\nrules:\n  set-not-null: {severity: off}\n"})
    assert "nothing to fix" in run(shop, "--fix").stderr


def test_it_is_about_the_work_tree(shop: Repository) -> None:
    done = run(shop, "--fix", "--staged")
    assert done.code == 2
    assert "--staged cannot stand beside --fix or --diff" in done.stderr


def test_what_a_comment_accepts_is_neither_told_nor_mended(tmp_path: Path) -> None:
    """Of the work tree and of the index alike; one that accepts nothing is told of by `--all`."""
    repository = Repository.at(tmp_path)
    repository.commit({"migrations/0001_base.sql": "CREATE TABLE users (email text);\n"})
    repository.git("checkout", "--quiet", "-b", "change")
    accepted = "-- launchready: ignore[index-not-concurrent] there are ten rows\n"
    index = "CREATE INDEX users_email ON users (email);\n"
    repository.write({"migrations/0002_index.sql": accepted + index})
    repository.git("add", ".")
    for words in ((), ("--staged",), ("--all",)):
        done = run(repository, *words, "--format=json")
        (found,) = [each for each in done.findings if each["rule"] == "index-not-concurrent"]
        assert found["status"] == "suppressed"
        assert found["suppression"]["reason"] == "there are ten rows"
        assert "unused-suppression" not in [each["rule"] for each in done.findings]
    assert "nothing to fix" in run(repository, "--fix").stderr
    concurrent = index.replace("INDEX", "INDEX CONCURRENTLY")
    repository.write({"migrations/0002_index.sql": accepted + concurrent})
    done = run(repository, "--staged", "--format=json")
    assert [each["status"] for each in done.findings] == ["suppressed"], "the index has it still"
    done = run(repository, "--all", "--format=json")
    assert "unused-suppression" in [each["rule"] for each in done.findings]
