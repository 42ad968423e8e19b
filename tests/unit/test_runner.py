"""A run of one step always ends in a report: passed, failed, unchecked, or why there is none."""

import datetime
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from tests.repository import live_key
from tests.unit.policy.build import policy

from launchready import __version__
from launchready.errors import ConfigError, Fault, LaunchReadyError
from launchready.gateways import Gateways
from launchready.gateways.git import Git
from launchready.gateways.progress import Progress
from launchready.model import (
    FileLocation,
    Finding,
    Looked,
    Report,
    Severity,
    Target,
    Unchecked,
    Verdict,
)
from launchready.runner import Circumstances, errored_report, failure_of, run_step
from launchready.step import Step, rule

KEY = live_key(40)
GAP = Unchecked(target="b.txt", reason="it cannot be read", hint="make it readable")
LATE = Unchecked(target="the change since main", reason="no such commit", hint="fetch it")


@dataclass(frozen=True, kw_only=True)
class LineFacts:
    text: str


@dataclass(frozen=True, kw_only=True)
class ShoutSettings:
    is_patient: bool = False


@rule(LineFacts, Severity.ERROR)
def shout(facts: LineFacts, settings: ShoutSettings) -> Iterator[Finding]:
    """A line shouts.

    Readers leave.

    Write it calmly.
    """
    if facts.text == "broken":
        raise ValueError(KEY)
    if facts.text.isupper() and not settings.is_patient:
        yield Finding(
            message="it shouts", location=FileLocation(path="a.txt", line=1), identity=facts.text
        )


def step_that_sees(*seen: object) -> Step[ShoutSettings]:
    """A step whose `observe` yields these; an exception among them is raised."""

    def observe(settings: ShoutSettings, gateways: Gateways) -> Iterator[object]:
        for each in seen:
            if isinstance(each, BaseException):
                raise each
            yield each

    return Step(
        name="shout-scan",
        settings=ShoutSettings,
        observe=observe,
        rules=(shout,),
        recognises=lambda gateways: True,
        sees_everything=lambda settings: True,
    )


@pytest.fixture
def run(tmp_path: Path) -> Callable[..., Report]:
    """Runs a step that sees what is given."""
    gateways = Gateways(root=tmp_path, git=Git(tmp_path), progress=Progress(None))

    def run_it(*seen: object, settings: Any = None, late: tuple[Unchecked, ...] = ()) -> Report:
        return run_step(
            step_that_sees(*seen),
            settings or ShoutSettings(),
            policy(rule_ids=frozenset({"shout"})),
            gateways,
            Circumstances(target=Target(commit="c" * 40, base="b" * 40), unchecked=late),
        )

    return run_it


@pytest.mark.parametrize(
    ("seen", "verdict", "findings", "gaps"),
    [
        pytest.param((), Verdict.PASSED, 0, (), id="nothing seen"),
        pytest.param((LineFacts(text="calm"),), Verdict.PASSED, 0, (), id="nothing wrong"),
        pytest.param((LineFacts(text="BUY"),), Verdict.FAILED, 1, (), id="a finding"),
        pytest.param((GAP,), Verdict.UNCHECKED, 0, (GAP,), id="a gap"),
        pytest.param(
            (GAP, LineFacts(text="BUY")), Verdict.FAILED, 1, (GAP,), id="a finding and a gap"
        ),
        pytest.param(("a fact of no rule",), Verdict.PASSED, 0, (), id="what no rule knows"),
    ],
)
def test_what_was_seen_is_judged(
    run: Callable[..., Report],
    seen: tuple[object, ...],
    verdict: Verdict,
    findings: int,
    gaps: tuple[Unchecked, ...],
) -> None:
    report = run(*seen)
    assert report.verdict is verdict
    assert len(report.findings) == findings
    assert report.unchecked == gaps
    assert report.failure is None


def test_how_much_was_looked_at_is_among_the_facts(run: Callable[..., Report]) -> None:
    looked = Looked(name="lines", one="line", many="lines", count=3)
    report = run(LineFacts(text="calm"), looked)
    assert report.looked == (looked,)
    assert report.facts == {"lines": 3}


def test_a_report_says_what_was_examined_and_by_which_rules(run: Callable[..., Report]) -> None:
    before = datetime.datetime.now(datetime.UTC)
    report = run(LineFacts(text="BUY"))
    assert report.step == "shout-scan"
    assert report.target == Target(commit="c" * 40, base="b" * 40)
    assert before <= report.started <= datetime.datetime.now(datetime.UTC)
    assert 0 < report.seconds < 60
    ids = [info.id for info in report.rules]
    assert ids[0] == "shout"
    assert "unused-suppression" in ids
    assert all(info.url for info in report.rules)
    (finding,) = report.findings
    assert (finding.rule, finding.severity) == ("shout", Severity.ERROR)
    assert (finding.impact, finding.fix) == ("Readers leave.", "Write it calmly.")


def test_settings_reach_the_rules(run: Callable[..., Report]) -> None:
    report = run(LineFacts(text="BUY"), settings=ShoutSettings(is_patient=True))
    assert report.verdict is Verdict.PASSED


def test_what_was_unknown_before_the_step_is_a_gap_of_it(run: Callable[..., Report]) -> None:
    report = run(late=(LATE,))
    assert report.verdict is Verdict.UNCHECKED
    assert report.unchecked == (LATE,)


@pytest.mark.parametrize(
    "seen",
    [(LineFacts(text="BUY"), ValueError(KEY)), (LineFacts(text="broken"),)],
    ids=["in observe", "in a rule"],
)
def test_a_bug_is_told_with_its_place_and_not_its_words(
    run: Callable[..., Report], seen: tuple[object, ...]
) -> None:
    report = run(*seen)
    assert report.verdict is Verdict.ERRORED
    assert report.findings == ()
    failure = report.failure
    assert failure is not None
    assert failure.is_bug
    assert failure.message == "launchready broke: ValueError"
    assert "runner.py" in failure.traceback
    assert "test_runner.py" in failure.traceback
    assert f"launchready {__version__}, Python 3." in failure.traceback
    assert KEY not in repr(report)


def test_a_users_error_is_told_in_its_own_words(run: Callable[..., Report]) -> None:
    report = run(LaunchReadyError("no", hint="yes"))
    assert report.verdict is Verdict.ERRORED
    assert report.failure is not None
    assert (report.failure.message, report.failure.hint) == ("no", "yes")
    assert not report.failure.is_bug


@pytest.mark.parametrize("end", [KeyboardInterrupt(), SystemExit(3)])
def test_an_interrupt_is_no_report(run: Callable[..., Report], end: BaseException) -> None:
    with pytest.raises(type(end)):
        run(end)


def test_the_faults_of_a_config_are_told() -> None:
    fault = Fault(path="launchready.yml", line=2, column=1, setting="", message="unknown setting")
    report = errored_report("check", ConfigError((fault,)))
    assert (report.step, report.verdict) == ("check", Verdict.ERRORED)
    assert report.failure is not None
    assert report.failure.faults == (fault,)
    assert not report.failure.is_bug


def test_the_cause_and_our_notes_are_told_and_no_words() -> None:
    try:
        try:
            raise KeyError(KEY)
        except KeyError as cause:
            raise RuntimeError(KEY) from cause
    except RuntimeError as error:
        error.add_note("in a worker: line 3")
        failure = failure_of(error)
    lines = failure.traceback.splitlines()
    assert lines[-4:-1] == ["RuntimeError", "caused by KeyError", "in a worker: line 3"]
    assert KEY not in repr(failure)
