"""Builds the repository, runs every step on it and shows what a user sees."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from tests.demo import names, shop
from tests.demo.going_back import ENDS, go_back
from tests.demo.startup import build, propose_a_migration
from tests.live import Authority, live_site

LAUNCHREADY = [sys.executable, "-I", "-m", "launchready"]
QUIET = {"GITHUB_ACTIONS": "", "GITLAB_CI": "", "CI": ""}


def main() -> int:
    """Return 0 if the demo went as it should: the planted faults were found and the run failed."""
    folder = Path(tempfile.mkdtemp(prefix="launchready-demo-"))
    teapot = build(folder / "teapot")
    repository = teapot.path
    reports = folder / "reports"
    commits = _git(repository, "rev-list", "--all", "--count")
    _say(f"A start-up's repository with {commits} commits is at {repository}")

    words = ["check", "--report-folder", str(reports), "--quiet"]
    words += [word for name in ("summary", "sarif", "junit") for word in _report(name, reports)]
    code = _run(repository, *words)

    _say("What the run wrote")
    for path in sorted(reports.iterdir()):
        print(f"  {path.stat().st_size:7,} bytes  {path}")
    verdict = json.loads((reports / "check.json").read_text(encoding="utf-8"))["verdict"]
    _say(f"Exit code {code}, verdict {verdict}: a required check would have stopped the merge")

    _say("Before a commit: the hook looks at what is staged, as it is staged")
    (repository / "pay.py").write_text(
        f'stripe.api_key = "{"sk_" + "live_" + "4eC39HqLyjWDarjtT1zdp7dc"}"\n', encoding="utf-8"
    )
    _git(repository, "add", "pay.py")
    hook = _run(repository, "secret-scan", "--staged", "--quiet")

    _say("Adoption: accept today's findings, and only new ones fail")
    _run(repository, "baseline", "--quiet")
    after = _run(repository, "check", "--quiet")

    _say("A pull request: its migration is read, then run on a PostgreSQL that is thrown away")
    _git(repository, "add", "--all")
    _git(repository, "stash", "--quiet")
    propose_a_migration(teapot)
    migration = _run(repository, "migration-check", "--rehearse", "--quiet")

    _say("After the deploy: the live shop, asked what customers ask (on loopback, with TLS)")
    live = _ask_the_shop(folder)

    _say("The domain: its name servers, what they lead to, and what a stranger could take")
    (folder / "domain").mkdir()
    (folder / "domain" / "launchready.yml").write_text(names.CONFIG, encoding="utf-8")
    with names.names() as words:
        domain = _run(folder / "domain", "dns-check", *words, "--quiet")

    back = go_back(folder / "releases", _run, _say)
    print(f"\nTry more: cd {repository} and run launchready")
    is_right = (code, hook, after, migration, live, domain) == (1, 1, 0, 1, 1, 1)
    return 0 if is_right and back == ENDS else 1


def _ask_the_shop(folder: Path) -> int:
    (folder / "shop").mkdir()
    (folder / "shop" / "launchready.yml").write_text(shop.CONFIG, encoding="utf-8")
    names = (shop.HOST, shop.HOST.removeprefix("www."))
    with live_site(shop.Shop(), Authority(folder / "authority"), *names) as site:
        words = ["smoke-test", "--release", shop.RELEASE, *site.words, "--quiet"]
        return _run(folder / "shop", *words, environment=shop.ENVIRONMENT)


def _report(name: str, folder: Path) -> list[str]:
    suffix = {"summary": "md", "sarif": "sarif", "junit": "xml"}[name]
    return ["--report", f"{name}={folder / f'check.{suffix}'}"]


def _run(folder: Path, *words: str, environment: Mapping[str, str] | None = None) -> int:
    print(f"\n$ launchready {' '.join(words)}\n", flush=True)
    given = {**os.environ, **QUIET, **(environment or {})}
    done = subprocess.run([*LAUNCHREADY, *words], cwd=folder, env=given, check=False)
    sys.stdout.flush()
    return done.returncode


def _git(folder: Path, *words: str) -> str:
    done = subprocess.run(["git", *words], cwd=folder, capture_output=True, text=True, check=True)
    return done.stdout.strip()


def _say(text: str) -> None:
    print(f"\n=== {text}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
