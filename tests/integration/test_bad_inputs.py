"""Every bad input we could think of gives the documented exit code and one clear line.

Each runs twice: for a person, and in a job of GitHub Actions, whose runner then reads the output.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.actions.runner_model import Seen, read_environment_file, run_log
from tests.integration.bad.cases import KEY, Case, Shop
from tests.integration.bad.command_lines import COMMAND_LINES
from tests.integration.bad.configs import CONFIGS
from tests.integration.bad.repositories import REPOSITORIES
from tests.integration.bad.stores import STORES
from tests.integration.bad.trees import TREES
from tests.integration.command import Done, in_actions, launchready

CASES = (*CONFIGS, *COMMAND_LINES, *REPOSITORIES, *STORES, *TREES)
EXAMINES = ("check", "secret-scan")
VERDICTS = {0: "passed", 1: "failed", 2: "errored", 3: "unchecked"}

_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\ud800-\udfff]")


def test_there_are_enough() -> None:
    assert len(CASES) >= 60
    assert len({case.why for case in CASES}) == len(CASES)


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    """A repository to spoil."""
    made = Shop.at(tmp_path)
    yield made
    assert not list(tmp_path.rglob("ran")), "something of the repository ran"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.why)
def test_a_bad_input(case: Case, shop: Shop) -> None:
    case.build(shop)
    on_a_laptop(case, shop)
    if not case.is_slow:
        in_a_job(case, shop)


def on_a_laptop(case: Case, shop: Shop) -> None:
    """A person sees the line, and nothing that hurts a terminal."""
    report = shop.place / "report.json"
    words = (*case.words, "--report", f"json={report}") if reports(case) else case.words
    done = launchready(
        *words, folder=shop.folder, environ=shop.environ, heeds_permissions=shop.heeds_permissions
    )
    assert done.code == case.code, done.said
    assert_harmless(done)
    if case.code == 2:
        assert case.is_said_in(done.stderr.splitlines()), done.stderr
        assert [line.partition(" ")[0] for line in done.stderr.splitlines()[-2:]] == [
            "error:",
            "hint:",
        ]
    elif case.line is not None:
        assert case.is_said_in(told(json.loads(report.read_text(encoding="utf-8")))), done.said
    if case.code == 3:
        assert "not known" in done.stdout or "NOT EXAMINED" in done.stdout


def in_a_job(case: Case, shop: Shop) -> None:
    """The runner sees annotations and nothing that it did not mean to; the outputs agree."""
    environ = {**in_actions(shop.place / "job"), **shop.environ}
    done = launchready(
        *case.words, folder=shop.folder, environ=environ, heeds_permissions=shop.heeds_permissions
    )
    code = case.code if case.code_in_actions is None else case.code_in_actions
    assert done.code == code, done.said
    assert_harmless(done)
    seen = run_log(done.stdout)
    assert_nothing_planted(seen)
    assert bool(seen.annotations) == bool(code), done.stdout
    assert not run_log(done.stderr).commands
    if environ["GITHUB_OUTPUT"] and (code == 2 or case.words[0] in EXAMINES):
        outputs = read_environment_file(Path(environ["GITHUB_OUTPUT"]).read_bytes())
        assert outputs["verdict"] == VERDICTS[code]
        assert outputs["exit-code"] == str(code)


def reports(case: Case) -> bool:
    """Whether a JSON report can be asked for beside what the case does."""
    return case.code != 2 and case.words[0] in EXAMINES


def assert_harmless(done: Done) -> None:
    """No traceback, no control character, no secret, whatever happened."""
    assert "Traceback" not in done.said
    assert not _CONTROL.search(done.said), ascii(done.said)
    assert KEY not in done.said


def assert_nothing_planted(seen: Seen) -> None:
    """Only our own commands, and all of our annotations are shown."""
    names = {command.name for command in seen.commands}
    assert names <= {"error", "warning", "notice", "group", "endgroup"}
    assert seen.unknown == []
    assert seen.errors == []
    assert seen.dropped == []
    assert seen.open_groups == 0
    assert all(each.message != "x" for each in seen.annotations)


def told(report: Any) -> list[str]:
    """What a report says: of each gap, of each finding and why there is no verdict."""
    lines = []
    for each in report.get("reports", [report]):
        lines += [f"{gap['target']}: {gap['reason']}" for gap in each["unchecked"]]
        lines += [f"{found['rule']} in {place(found)}" for found in each["findings"]]
    return lines


def place(finding: Any) -> str:
    """The file of a finding, or that it is in a message."""
    return str(finding["location"].get("path", "a message"))
