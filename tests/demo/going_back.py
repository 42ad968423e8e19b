"""A bad release goes live, the smoke test fails, and rollback goes back, or says why not."""

import os
import secrets
from collections.abc import Callable, Mapping
from pathlib import Path

from tests.hosting.fake import BAD, GOOD, running
from tests.hosting.fakes.vercel import VercelState
from tests.hosting.world import site_of
from tests.repository import Repository

TOKEN = "DEMO_VERCEL_TOKEN"
_CONFIG = """\
version: 1
site:
  url: {site}
  private: true
  routes: [{{path: /}}]
  release: {{path: /, header: x-release}}
smoke-test:
  skip: [{skip}]
rollback:
  host: {{vercel: {{project: prj_shop, token: {token}, api: "{api}"}}}}
  ledger: releases.jsonl
  poll-seconds: 0.2
"""
_SKIP = "tls, redirects, pages, exposure, cache, unknown"
_FIRST = "CREATE TABLE users (id bigint PRIMARY KEY, email text, phone text);\n"
_ADDS = "ALTER TABLE users ADD COLUMN nickname text;\n"
_DROPS = "ALTER TABLE users DROP COLUMN email;\n"
_CODE = 'rows = db.execute("SELECT id, email FROM users")\n'

# Recorded, verified, migration-check, recorded, smoke-test, status, dry run, executed; and after it
# the smoke test and the status again. The second release is refused.
ENDS = (0, 0, 0, 0, 1, 0, 1, 0, 0, 0, *(0, 0, 1, 0, 1, 0, 1, 1))

Run = Callable[..., int]


class _Shop(VercelState):
    """The host, with the commits that the repository really has."""

    def __init__(self, commits: Mapping[str, str]) -> None:
        super().__init__()
        self.building = []
        self._commits = commits

    def commit(self, target: str) -> str:
        return next((self._commits[n] for n, each in self.ids.items() if each == target), "0" * 40)


def go_back(folder: Path, run: Run, say: Callable[[str], None]) -> tuple[int, ...]:
    """Two bad releases: from the one there is a safe way back, from the other there is none. The
    exit codes of the commands, in their order.
    """
    codes: list[int] = []
    for migration, title in ((_ADDS, "adds a column"), (_DROPS, "drops one that is read")):
        say(f"A bad release goes live, whose migration {title}")
        place = folder / title.replace(" ", "-")
        with running("vercel", secrets.token_urlsafe(24)) as fake, site_of(fake) as site:
            repository = Repository.at(place)
            config = _CONFIG.format(site=site, api=fake.address, token=TOKEN, skip=_SKIP)
            files = {
                "launchready.yml": config,
                "app.py": _CODE,
                "migrations/0001_users.sql": _FIRST,
            }
            ignored = {".gitignore": "*.json\nreleases.jsonl\n"}
            good = repository.commit(files | ignored)
            bad = repository.commit({"migrations/0002_next.sql": migration, "app.py": "print()\n"})
            fake.state = _Shop({GOOD: good, BAD: bad})
            environment = {TOKEN: fake.token, "GITHUB_RUN_ID": str(os.getpid())}

            def step(*words: str, at: Path = place, env: Mapping[str, str] = environment) -> None:
                codes.append(run(at, *words, environment=env))

            fake.state.live = "dpl_good"
            step("release", "record", "--commit", good)
            step("release", "verify", "--commit", good)
            fake.state.live = "dpl_bad"
            report = ("--report", "json=migrations.json")
            step("migration-check", "--base-ref", good, "--quiet", *report)
            step("release", "record", "--judge-by", "migrations.json")
            step("smoke-test", "--release", bad, "--report", "json=smoke.json", "--quiet")
            step("release", "status")
            judged = ("rollback", "--judge-by", "smoke.json", "--judge-by", "migrations.json")
            step(*judged)
            step(*judged, "--execute")
            if fake.state.live == "dpl_good":
                step("smoke-test", "--release", good, "--quiet")
                step("release", "status")
    return tuple(codes)
