"""What is delivered, and what hides inside of files, from the plan to the finding."""

import gzip
import io
import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests.loopback import Answer, servers
from tests.repository import Repository, live_key
from tests.unit.gateways.unpack.archives import gzip_of, tarred, zipped
from tests.unit.steps.secret_scan.test_observe import Seen

from launchready.facts.secret import SecretFacts
from launchready.gateways import Gateways
from launchready.gateways.git import Git
from launchready.gateways.progress import Progress
from launchready.model import Finding, Looked
from launchready.steps.secret_scan.observe import observe
from launchready.steps.secret_scan.rules import RULES
from launchready.steps.secret_scan.settings import SecretScanSettings

KEY, OTHER, THIRD = (live_key(seed) for seed in range(3))
ALONE = {"history": False, "work_tree": False}


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repository:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    made = Repository.at(tmp_path / "repository")
    monkeypatch.chdir(made.path)
    return made


def _finding(fact: SecretFacts) -> Finding:
    (finding,) = (found for rule in RULES for found in rule.findings(fact, SecretScanSettings()))
    return finding


def _source_map(text: str) -> str:
    return json.dumps({"version": 3, "sources": ["../src/pay.ts"], "sourcesContent": [text]})


HIDING: dict[str, tuple[str, str | bytes, str]] = {
    "zip": ("a.zip", zipped({"src/pay.py": f"\n'{KEY}'".encode()}), "a.zip!/src/pay.py:2"),
    "wheel": ("a.whl", zipped({"pay.py": f"'{KEY}'".encode()}), "a.whl!/pay.py:1"),
    "npm pack": (
        "a-1.0.0.tgz",
        gzip.compress(tarred({"package/i.js": f"'{KEY}'".encode()})),
        "a-1.0.0.tgz!/package/i.js:1",
    ),
    "gzip": ("db.sql.gz", gzip_of(f"-- dump\n'{KEY}'".encode()), "db.sql.gz!/db.sql:2"),
    "source map": ("app.js.map", _source_map(f"//\nlet k='{KEY}'"), "app.js.map!/src/pay.ts:2"),
    "notebook": (
        "n.ipynb",
        json.dumps({"cells": [{"cell_type": "code", "source": ["\n", f"k='{KEY}'"]}]}),
        "n.ipynb!/cell-1.py:2",
    ),
    "UTF-16": ("a.txt", f"one\nkey={KEY}\n".encode("utf-16"), "a.txt:2"),
    "coloured log": ("a.log", f"\nusing \x1b[32m{KEY}\x1b[0m now\n", "a.log:2"),
    "megabytes in one line": (
        "a.js",
        "x=1;" * 400_000 + f"k='{KEY}';" + "y=2;" * 400_000,
        "a.js:1",
    ),
    "a long archive": (
        "a.zip",
        zipped({"big.bin": bytes(3 << 20), "k.py": f"'{KEY}'".encode()}, 0),
        "a.zip!/k.py:1",
    ),
}


@pytest.mark.parametrize("case", HIDING)
@pytest.mark.parametrize("where", ["artifact", "work tree", "history", "staged"])
def test_hiding_places(repository: Repository, case: str, where: str) -> None:
    name, content, place = HIDING[case]
    if where == "artifact":
        repository.write({f"dist/{name}": content})
        seen = Seen(repository.path, artifact=("dist",), **ALONE)
        assert seen.places == [f"dist/{place}"]
        assert seen.only.delivered_in == f"dist/{place}".rpartition(":")[0]
        return
    if where == "staged":
        repository.stage({name: content})
        seen = Seen(repository.path, staged=True)
        assert seen.places == [place]
        assert seen.only.is_staged
        return
    commit = repository.commit({name: content})
    if where == "history":
        (repository.path / name).unlink()
        repository.commit({})
        assert Seen(repository.path, no_cache=True).places == [f"{place}@{commit}"]
        return
    seen = Seen(repository.path, history=False)
    assert seen.places == [place]
    assert seen.only.is_in_head


def test_one_of_the_history_that_is_delivered_is_said_first(repository: Repository) -> None:
    commit = repository.commit({"pay.ts": f"let k = '{KEY}'"})
    repository.commit({"pay.ts": "let k = env.KEY", ".gitignore": "dist/"})
    repository.write({"dist/app.js": f"k='{KEY}'"})
    seen = Seen(repository.path, artifact=("dist/*.js",))
    assert seen.places == ["dist/app.js:1", f"pay.ts:1@{commit}"]
    assert seen.only.is_delivered
    finding = _finding(seen.only)
    assert finding.message.startswith(
        "Stripe live secret key sk_live_********, in 2 places, is delivered to customers in"
        " dist/app.js, no longer in HEAD, but in the history since 2026-03-01"
    )
    assert finding.fix.endswith("build again and withdraw what holds it.")
    assert ("delivered_in", "dist/app.js") in finding.evidence.measured


def test_the_source_comes_before_what_was_built_of_it(repository: Repository) -> None:
    repository.commit({"pay.ts": f"let k = '{KEY}'", ".gitignore": "dist/"})
    repository.write({"dist/app.js": f"k='{KEY}'"})
    seen = Seen(repository.path, artifact=("dist",))
    assert seen.places == ["pay.ts:1", "dist/app.js:1"]
    assert "is delivered to customers in dist/app.js, still in HEAD" in _finding(seen.only).message


def test_only_delivered(repository: Repository) -> None:
    repository.write({"app.js": f"k='{KEY}'"})
    finding = _finding(Seen(repository.path, artifact=("app.js",), **ALONE).only)
    assert finding.message.endswith(", is delivered to customers in app.js")


def test_hostile_names_of_members_are_quoted_in_messages(repository: Repository) -> None:
    repository.write({"a.zip": zipped({"\x1b[31m\n::error::x.py": f"'{KEY}'".encode()})})
    finding = _finding(Seen(repository.path, artifact=("a.zip",), **ALONE).only)
    assert finding.message.isprintable()


def test_what_nothing_matches_is_unchecked(repository: Repository) -> None:
    seen = Seen(repository.path, artifact=("dist/**/*.js", "*.zip"), **ALONE)
    assert [each.target for each in seen.unchecked] == ["dist/**/*.js", "*.zip"]
    assert seen.facts == []


def test_a_broken_artifact_is_unchecked_and_a_broken_file_of_the_repository_a_note(
    repository: Repository,
) -> None:
    broken = zipped({"a": b"a" * 999, "b": b"neighbour"}, 0)
    broken = broken[:50] + b"?" + broken[51:]
    repository.commit({"test.zip": broken})
    artifact = Seen(repository.path, artifact=("test.zip",), **ALONE)
    assert artifact.unchecked[0].target == "test.zip!/a"
    assert artifact.unchecked[0].reason == "it is corrupt: its checksum is another"
    mine = Seen(repository.path, history=False)
    assert mine.unchecked == []
    assert "could not look into test.zip!/a: it is corrupt" in mine.said


def test_excluded_artifacts_are_left_out(repository: Repository) -> None:
    repository.write({"dist/a.js": f"'{KEY}'", "dist/b.js": f"'{OTHER}'"})
    seen = Seen(repository.path, artifact=("dist",), exclude=("b.js",), **ALONE)
    assert seen.places == ["dist/a.js:1"]


def test_links_lead_nowhere(repository: Repository, tmp_path: Path) -> None:
    (tmp_path / "outside.txt").write_text(KEY, encoding="utf-8")
    repository.write({"dist/a.txt": "clean"})
    (repository.path / "dist/link.txt").symlink_to(tmp_path / "outside.txt")
    assert Seen(repository.path, artifact=("dist",), **ALONE).facts == []


def test_names_with_glob_characters_are_names_where_they_are_there(repository: Repository) -> None:
    repository.write({"dist/[id].js": f"'{KEY}'", "dist/i.js": "clean"})
    assert Seen(repository.path, artifact=("dist/[id].js",), **ALONE).places == ["dist/[id].js:1"]


def test_escaped_names_in_a_document_are_judged_inside_alone(repository: Repository) -> None:
    password = "V3ry-" + KEY[-9:]
    text = f'db = {{"password": "{password}"}}\n'
    repository.write({"dist/app.js.map": _source_map(text)})
    seen = Seen(repository.path, artifact=("dist",), **ALONE)
    assert seen.places == ["dist/app.js.map!/src/pay.ts:1"]


def test_many_large_artifacts_are_shared_out(repository: Repository) -> None:
    filler = b"nothing to see here\n" * 500_000
    repository.write({f"dist/{n}.txt": filler + f"'{live_key(n)}'".encode() for n in range(4)})
    gateways = Gateways(
        root=repository.path, git=Git.around(repository.path), progress=Progress(None), jobs=2
    )
    settings = SecretScanSettings(artifact=("dist",), history=False, work_tree=False)
    *found, looked = observe(settings, gateways)
    assert sorted(fact.delivered_in for fact in found if isinstance(fact, SecretFacts)) == [
        f"dist/{n}.txt" for n in range(4)
    ]
    assert len(found) == 4
    assert isinstance(looked, Looked)
    assert (looked.name, looked.count) == ("artifacts", 4)


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[bytes, bytes], str]]:
    """Makes a run with this artifact and these logs."""
    monkeypatch.setenv("NO_PROXY", "*")
    with servers() as start:
        api = start()
        monkeypatch.setenv("GITHUB_API_URL", api.address)
        monkeypatch.setenv("GITHUB_REPOSITORY", "acme/shop")
        monkeypatch.setenv("GITHUB_TOKEN", "ghs_" + "t0" * 18)

        def make(artifact: bytes, logs: bytes) -> str:
            base = "/repos/acme/shop/actions"
            listing = {"artifacts": [{"id": 1, "name": "dist", "expired": False}]}
            path = f"{base}/runs/7/artifacts?per_page=100&page=1"
            api.says(path, Answer(body=json.dumps(listing).encode()))
            api.says(f"{base}/artifacts/1/zip", Answer(body=artifact))
            api.says(f"{base}/runs/7/logs", Answer(body=logs))
            return api.address

        yield make


def test_what_a_ci_run_left(repository: Repository, run: Callable[[bytes, bytes], str]) -> None:
    log = f"2026-01-02T03:04:05.1234567Z a\n2026-01-02T03:04:06.1234567Z echo {OTHER}\n"
    run(zipped({"app.js": f"k='{KEY}'".encode()}), zipped({"build/1_x.txt": log.encode()}))
    seen = Seen(repository.path, github_run=7, **ALONE)
    assert seen.unchecked == []
    found = {fact.left_in: _finding(fact) for fact in seen.facts}
    assert sorted(found) == [
        "github-run-7/dist.zip!/app.js",
        "github-run-7/logs.zip!/build/1_x.txt",
    ]
    (log_finding,) = (each for name, each in found.items() if "logs" in name)
    assert "can be read by all who see the CI run, in github-run-7/logs" in log_finding.message
    assert "delete the run's logs and artifacts" in log_finding.fix
    assert not any(fact.is_delivered for fact in seen.facts)


def test_a_run_without_a_token_is_unchecked(repository: Repository) -> None:
    seen = Seen(repository.path, github_run=7, **ALONE)
    assert [each.target for each in seen.unchecked] == ["github-run-7"]


def test_nothing_is_written_to_disk(
    repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    repository.write({"a.zip": zipped({"in.zip": zipped({"k.py": f"'{KEY}'".encode()})})})
    before = sorted(repository.path.rglob("*"))

    def refuse(*words: object, **options: object) -> io.IOBase:
        raise AssertionError(words)

    monkeypatch.setattr("tempfile.mkstemp", refuse)
    seen = Seen(repository.path, artifact=("a.zip",), **ALONE)
    assert seen.places == ["a.zip!/in.zip!/k.py:1"]
    assert sorted(repository.path.rglob("*")) == before
