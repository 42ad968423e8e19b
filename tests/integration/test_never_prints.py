"""The canary: thousands of planted secrets, and not one byte of them in anything that is written.

Standard output and error, report files, summary, outputs, caches, the baseline, tracebacks: in
every format, loud and quiet, and on every way to fail. What a provider publishes of its tokens,
the prefix, may be shown; of the rest no eight characters in a row.
"""

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from tests.integration.command import Done, launchready, launchready_inside
from tests.integration.planted import Planter, harmless, plant, seen_in
from tests.repository import Repository

from launchready.reporters import REPORTERS

ROUNDS = 10
DOCS = Path(__file__).parents[2] / "docs"


@dataclass(frozen=True, kw_only=True)
class Field:
    """A repository full of secrets, and the pieces that must not be seen."""

    repository: Repository
    pieces: frozenset[str]
    count: int


@pytest.fixture(scope="module")
def field(tmp_path_factory: pytest.TempPathFactory) -> Field:
    repository = Repository.at(tmp_path_factory.mktemp("planted") / "shop")
    planter = Planter(chance=random.Random())  # another one in every run
    plant(repository, planter, rounds=ROUNDS)
    ours = [page.read_text(encoding="utf-8") for page in DOCS.rglob("*.md")]
    return Field(
        repository=repository,
        pieces=harmless(planter.pieces(), ours),
        count=len(planter.values),
    )


class Watch:
    """A machine of its own for one run: every folder that could be written to."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.reports = folder / "reports"
        for name in ("home", "cache", "temporary", "reports"):
            (folder / name).mkdir()

    @property
    def environ(self) -> dict[str, str]:
        return {
            "HOME": str(self.folder / "home"),
            "XDG_CACHE_HOME": str(self.folder / "cache"),
            "TMPDIR": str(self.folder / "temporary"),
            "GITHUB_STEP_SUMMARY": str(self.folder / "summary.md"),
            "GITHUB_OUTPUT": str(self.folder / "outputs.txt"),
        }

    def written(self, repository: Path) -> Iterator[tuple[str, str]]:
        """Name and text of every file that a run left, in the repository's own cache too.

        A compiled database is made of the rules before anything is read, and holds parts of them.
        """
        for top in (self.folder, repository / ".git" / "launchready", repository / ".launchready"):
            for path in sorted(top.rglob("*")):
                if path.is_file() and path.suffix != ".hsdb":
                    yield str(path), path.read_bytes().decode("utf-8", "replace")


@pytest.fixture
def watch(tmp_path_factory: pytest.TempPathFactory) -> Watch:
    return Watch(tmp_path_factory.mktemp("machine"))


def assert_silent(field: Field, watch: Watch, *done: Done) -> None:
    """Nothing that was written holds a piece of a planted secret."""
    texts = [*watch.written(field.repository.path)]
    for each in done:
        texts += [("standard output", each.stdout), ("standard error", each.stderr)]
    told = {name: sorted(found)[:3] for name, text in texts if (found := leaks(text, field))}
    assert told == {}


def run_script(script: str, field: Field, watch: Watch, *words: str) -> Done:
    """Run Python in the planted repository."""
    done = subprocess.run(
        [sys.executable, "-c", script, *words],
        cwd=field.repository.path,
        env={**os.environ, **watch.environ},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    return Done(code=done.returncode, stdout=done.stdout, stderr=done.stderr)


def leaks(text: str, field: Field) -> frozenset[str]:
    return seen_in(text, field.pieces)


def test_the_canary_sings(field: Field) -> None:
    """The test itself can fail: a piece in any writing is seen, and there are thousands."""
    assert field.count > 2000
    assert len(field.pieces) > 10_000
    piece = max(field.pieces, key=len)
    escaped = "".join(f"&#{ord(c)};" for c in piece)
    for text in (f"a{piece}b", escaped, piece[:4] + "\\" + piece[4:]):
        assert leaks(text, field)
    assert not leaks("nothing", field)


@pytest.mark.parametrize("words", [("--verbose",), ("--quiet", "--min-confidence", "low")])
def test_every_reporter(field: Field, watch: Watch, words: tuple[str, ...]) -> None:
    reports = [f"--report={name}={watch.reports / name}" for name in REPORTERS]
    folder = f"--report-folder={watch.reports}/folder"
    path = field.repository.path
    wanted = ("--format=json", *words, *reports, folder)
    done = launchready("secret-scan", *wanted, folder=path, environ=watch.environ)
    assert done.code in (1, 3)
    assert len(done.findings) > 400
    assert len(list(watch.reports.iterdir())) == len(REPORTERS) + 1
    assert_silent(field, watch, done)


def test_a_baseline_and_what_it_knows(field: Field, watch: Watch) -> None:
    path = field.repository.path
    try:
        written = launchready("baseline", folder=path, environ=watch.environ)
        again = launchready("check", "--verbose", "--jobs=2", folder=path, environ=watch.environ)
        assert (path / ".launchready" / "baseline.json").is_file()
        assert_silent(field, watch, written, again)
    finally:  # the other tests share the repository and are to find everything new
        shutil.rmtree(path / ".launchready", ignore_errors=True)


AUDITED = """
import os, sys
log = os.open({log!r}, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
def hook(event, words):
    if event != "open" or not isinstance(words[0], (str, bytes)):
        return
    path, mode, flags = words
    if flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT):
        os.write(log, os.fsencode(os.path.abspath(path)) + b"\\n")
sys.addaudithook(hook)
sys.argv = ["launchready", *sys.argv[1:]]
from launchready.__main__ import main
main()
"""


def test_nothing_is_written_but_what_was_asked_for(field: Field, watch: Watch) -> None:
    """No temporary file holds what was read for a while: this process and its workers open none."""
    log = watch.folder / "opened.log"
    report = watch.reports / "r.json"
    path = field.repository.path
    run_script(
        AUDITED.format(log=str(log)),
        field,
        watch,
        "secret-scan",
        "--jobs=3",
        f"--report=json={report}",
    )
    opened = set(log.read_text().splitlines()) - {os.devnull}
    assert any(name.startswith(str(watch.reports)) for name in opened)
    places = (watch.reports, watch.folder / "cache", path / ".git" / "launchready")
    allowed = (*map(str, places), str(watch.folder / "summary.md"), str(watch.folder / "outputs"))
    assert {name for name in opened if not name.startswith(allowed)} == set()
    assert list((watch.folder / "temporary").iterdir()) == []


BROKEN = """
import sys
from launchready.steps.secret_scan.scanning import scan
def crash(self, region, found):
    each = next(iter(found))
    raise RuntimeError(bytes(region.buffer[each.start:each.end]))
{patch}
sys.argv = ["launchready", *sys.argv[1:]]
from launchready.__main__ import main
main()
"""
CRASH = "scan.Scanner._described = crash"
KILL = "import os\nscan.Scanner._described = lambda self, *more: os.kill(os.getpid(), 9)"


@pytest.mark.parametrize(
    ("patch", "jobs", "code"),
    [(CRASH, 1, 4), (CRASH, 3, 4), (KILL, 3, 3)],
    ids=["a-bug", "a-bug-in-a-worker", "a-killed-worker"],
)
def test_what_breaks_tells_nothing(
    field: Field, watch: Watch, patch: str, jobs: int, code: int
) -> None:
    words = ["--no-cache", f"--jobs={jobs}", "-v", f"--report-folder={watch.reports}"]
    done = run_script(BROKEN.format(patch=patch), field, watch, "secret-scan", *words)
    assert done.code == code, done.stderr
    assert ("launchready broke" in done.stderr) is (code == 4)
    assert_silent(field, watch, done)


@pytest.mark.parametrize("ending", ["the-reader-goes-away", "interrupted"])
def test_an_early_end_tells_nothing(field: Field, watch: Watch, ending: str) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "launchready", "secret-scan", "--no-cache", "--format=text"],
        cwd=field.repository.path,
        env={**os.environ, **watch.environ},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout
    assert process.stderr
    if ending == "interrupted":
        time.sleep(1.5)
        process.send_signal(signal.SIGINT)
    out = process.stdout.read(2000 if ending != "interrupted" else -1).decode()
    process.stdout.close()
    err = process.stderr.read().decode()
    process.stderr.close()
    process.wait(300)
    assert_silent(field, watch, Done(code=0, stdout=out, stderr=err))


def test_an_unreadable_object_tells_nothing(tmp_path: Path, field: Field, watch: Watch) -> None:
    planter = Planter(chance=random.Random())
    repository = Repository.at(tmp_path / "broken")
    name = f"a-{planter.name()}.env"
    repository.commit({name: planter.token(), "b.env": planter.token()})
    repository.corrupt(repository.git("rev-parse", f"HEAD:{name}"))
    done = launchready(
        "secret-scan", "--format=json", folder=repository.path, environ=watch.environ
    )
    assert done.code == 1
    assert '"unchecked": 1' in done.stdout
    own = Field(repository=repository, pieces=planter.pieces(), count=3)
    assert_silent(own, watch, done)


CONFIGS = {
    "a-value-of-a-setting": "version: 1\nfail-on: {secret}\n",
    "a-name-of-a-setting": "version: 1\n{secret}: 1\n",
    "a-name-of-a-rule": "version: 1\nrules: {{'{secret}': {{severity: off}}}}\n",
    "a-list": "version: 1\nsecret-scan: {{exclude: {secret}}}\n",
    "no-yaml": "version: 1\nkey: '{secret}\n",
    "no-yaml-either": "version: 1\n{secret}\n  - [\n",
    "a-date": "version: 1\nignore: [{{rule: x, reason: y, until: {secret}}}]\n",
    "a-kind-of-ones-own": "version: 1\nsecret-scan: {{custom: [{{id: x-y, title: t, opens: o,"
    " revoke: r, shape: 'acme_{{alnum:32}}', good: ['{secret}'], bad: ['{secret}']}}]}}\n",
    "a-regex-of-ones-own": "version: 1\nsecret-scan: {{custom: [{{id: x-y, title: t, opens: o,"
    " revoke: r, regex: '(?P<secret>{secret}', good: ['x']}}]}}\n",
    "an-id-of-ones-own": "version: 1\nsecret-scan: {{custom: [{{id: '{secret}', title: t,"
    " opens: o, revoke: r, shape: 'acme_{{alnum:32}}', good: ['x']}}]}}\n",
}


@pytest.mark.parametrize("config", CONFIGS.values(), ids=CONFIGS)
def test_a_wrong_config_tells_nothing(tmp_path: Path, watch: Watch, config: str) -> None:
    planter = Planter(chance=random.Random())
    repository = Repository.at(tmp_path / "shop")
    secrets = [planter.token() for _ in range(12)]
    repository.write({f"{n}.yml": config.format(secret=each) for n, each in enumerate(secrets)})
    words: tuple[str, ...] = ("secret-scan", "--no-history", "--no-work-tree")
    if config == CONFIGS["a-name-of-a-rule"]:
        words = ("check",)  # one step alone does not know the rules of the others
    found = [
        launchready_inside(
            *words,
            f"--config={number}.yml",
            folder=repository.path,
            environ={**watch.environ, "GITHUB_ACTIONS": "true"},
        )
        for number in range(len(secrets))
    ]
    assert {done.code for done in found} <= {2, 3}
    assert any(done.code == 2 for done in found)
    assert all(done.stderr for done in found if done.code == 2)
    assert_silent(Field(repository=repository, pieces=planter.pieces(), count=9), watch, *found)
