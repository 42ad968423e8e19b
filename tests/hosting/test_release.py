"""`launchready release`, by the command line, on a host of loopback and a real git repository."""

import json
import os
import secrets
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from launchready.facts.releases import Deed, Safety
from launchready.steps.rollback.ledger import parse_ledger
from tests.hosting.fake import BAD, COMMIT_OF, GOOD, Fake, running
from tests.hosting.fakes.vercel import VercelState
from tests.hosting.world import TOKEN_VARIABLE, migration_report, smoke_report
from tests.repository import Repository

CONFIG = """\
version: 1
rollback:
  host: {{vercel: {{project: prj_shop, token: {token}, api: "{api}"}}}}
"""


@dataclass
class Shop:
    """A clone whose ledger is a branch of its origin."""

    fake: Fake
    clone: Repository
    origin: Repository

    def command(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run launchready as a job of CI would."""
        environ = {n: v for n, v in os.environ.items() if not n.startswith(("GITHUB", "CI"))}
        return subprocess.run(
            [sys.executable, "-m", "launchready", *words],
            cwd=self.clone.path,
            env=environ | {TOKEN_VARIABLE: self.fake.token, "GITHUB_RUN_ID": "1"},
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )

    def ledger(self) -> str:
        """The ledger as the origin has it."""
        return self.origin.git("show", "launchready-releases:ledger.jsonl")


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    with running("vercel", secrets.token_urlsafe(24)) as fake:
        fake.state = VercelState()
        fake.state.building = []
        origin = Repository.at(tmp_path / "origin", "--bare")
        clone = Repository.at(tmp_path / "clone")
        config = CONFIG.format(token=TOKEN_VARIABLE, api=fake.address)
        clone.commit({"launchready.yml": config, "app.py": "print()\n"})
        clone.git("remote", "add", "origin", str(origin.path))
        yield Shop(fake, clone, origin)


def test_a_release_is_recorded_verified_and_gone_back_to(shop: Shop) -> None:
    """The whole life of two releases, and every command that a workflow calls for it."""
    fake, write = shop.fake, shop.clone.write
    fake.state.live = "dpl_good"
    write({"migrations.json": json.dumps(migration_report(COMMIT_OF[GOOD], "yes"))})
    first = ("--commit", COMMIT_OF[GOOD], "--judge-by", "migrations.json")
    done = shop.command("release", "record", *first)
    assert done.stdout == "aaaaaaaaaaaa (dpl_good) recorded\n", done.stderr
    assert "was recorded already" in shop.command("release", "record", *first).stdout

    write({"smoke.json": json.dumps(smoke_report(commit=COMMIT_OF[GOOD]))})
    refused = shop.command("release", "verify", "--judge-by", "smoke.json")
    assert refused.returncode == 2
    assert "does not show that it works: route-answers-wrong-status" in refused.stderr
    write({"smoke.json": json.dumps(smoke_report(commit=COMMIT_OF[GOOD], rule=""))})
    other = shop.command("release", "verify", "--judge-by", "smoke.json", "--commit", "f" * 40)
    assert "the host serves aaaaaaaaaaaa, and not ffffffffffff" in other.stderr
    named = ("--deployment", "dpl_good")
    done = shop.command("release", "verify", "--judge-by", "smoke.json", *named)
    assert done.stdout == "aaaaaaaaaaaa (dpl_good) is verified\n", done.stderr
    entries = parse_ledger(shop.ledger())
    assert [each.deed for each in entries] == [Deed.DEPLOYED, Deed.VERIFIED]
    assert entries[0].safety is Safety.YES

    fake.state.live = "dpl_bad"
    migrations = migration_report(COMMIT_OF[BAD], "yes")
    write({"migrations.json": json.dumps(migrations)})
    second = ("--commit", COMMIT_OF[BAD], "--judge-by", "migrations.json")
    assert shop.command("release", "record", *second).returncode == 0
    told = shop.command("release", "status").stdout
    assert told.startswith("live: bbbbbbbbbbbb, deployed ")
    assert "not verified; back to: aaaaaaaaaaaa (dpl_good, verified " in told

    write({"smoke.json": json.dumps(smoke_report(commit=COMMIT_OF[BAD]))})
    words = ("rollback", "--judge-by", "smoke.json")
    dry = shop.command(*words)
    assert dry.returncode == 1
    assert "POST /v1/projects/prj_shop/rollback/dpl_good?description=" in " ".join(
        dry.stdout.split()
    )
    assert fake.state.live == "dpl_bad"
    done = shop.command(*words, "--execute", "--report", "json=rollback.json")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "bbbbbbbbbbbb was bad; aaaaaaaaaaaa is live again" in " ".join(done.stdout.split())
    assert fake.state.live == "dpl_good"
    written = (shop.clone.path / "rollback.json").read_text()
    assert json.loads(written)["facts"]["rollback"]["stage"] == "done"
    again = shop.command(*words, "--execute")
    assert again.returncode == 0
    assert fake.asked.count("request_rollback") == 1
    assert fake.breaches == []
    said = "".join((told, dry.stdout, dry.stderr, done.stdout, done.stderr, written))
    assert fake.token not in said + shop.ledger()
